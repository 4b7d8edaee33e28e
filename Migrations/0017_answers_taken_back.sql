-- 0017 answers taken back
-- Why:       同じ人・別人 is taken back; what was filed by the answer is in doubt again and waits. あとで is remembered.
--            ops/decisions/0040.
-- Locks:     ACCESS EXCLUSIVE on doubts while columns with constant defaults are added and two indexes are made, and on outbox
--            while its words are looked at once; application_states against writers while an index is made.
-- Old code:  ignores it.   Back: drop what is added, while no question is open about something filed.
-- Retention: as the question.
ALTER TABLE doubts
    -- What the answer filed, and when; it stays when the answer is taken back.
    ADD COLUMN application_id bigint REFERENCES applications (id),
    ADD COLUMN filed_at       timestamptz,
    -- あとで: it waits, behind the others.
    ADD COLUMN put_off_at     timestamptz,
    ADD COLUMN put_off_by     text NOT NULL DEFAULT '',
    ADD CONSTRAINT doubts_filed_say_when CHECK ((application_id IS NULL) = (filed_at IS NULL)),
    ADD CONSTRAINT doubts_put_off_say_by_whom CHECK ((put_off_at IS NULL) = (put_off_by = ''));
CREATE INDEX doubts_open_about_filed ON doubts (application_id) WHERE answer = '' AND application_id IS NOT NULL;
-- What led into another application, as it was known on a day.
CREATE INDEX application_states_merged ON application_states (application_id, id) WHERE state = 'merged';
CREATE INDEX doubts_answered ON doubts (decided_at, id) WHERE answer <> '';

ALTER TABLE outbox DROP CONSTRAINT outbox_letter_is_known, ADD CONSTRAINT outbox_letter_is_known CHECK (letter IN
    ('code', 'receipt', 'already_received', 'appointment', 'resignation', 'group_applied', 'not_renewed', 'rejection',
     'job_failed', 'expired', 'sign_in_warning', 'alarm', 'withdrawal', 'correction', 'correction_refused',
     'mail_changed', 'receipts', 'dismissal', 'resumption', 'reopening', 'cancellation', 'parting'));
