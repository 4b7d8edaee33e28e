-- 0012 ended by the office
-- Why:       the office ends appointments (辞任, 解任, 死亡) as of a day, and takes it back; a badge may hold again.
-- Locks:     ACCESS EXCLUSIVE on appointment_terms and outbox while their words are looked at once.
-- Old code:  knows none of it.   Back: the lists without the words and drop the table, while nothing of it is used.
-- Retention: as the badge; of whoever has died no letter waits.
ALTER TABLE appointment_terms DROP CONSTRAINT appointment_terms_end_reason_is_known,
    ADD CONSTRAINT appointment_terms_end_reason_is_known
        CHECK (end_reason IN ('', 'resigned', 'revoked', 'superseded', 'deceased'));

-- From when until when a badge did not hold that holds now: what was counted then is counted so ever after.
CREATE TABLE badge_revocations_undone (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    badge_id   bigint      NOT NULL REFERENCES badges (id),
    revoked_at timestamptz NOT NULL,
    reason     text        NOT NULL,
    undone_at  timestamptz NOT NULL,
    CONSTRAINT badge_revocations_undone_in_order CHECK (undone_at >= revoked_at)
);
CREATE INDEX badge_revocations_undone_by_badge ON badge_revocations_undone (badge_id);

-- Letters that wait for somebody, to be held back.
CREATE INDEX outbox_waiting_by_person ON outbox (person_id) WHERE state = 'waiting';
ALTER TABLE outbox DROP CONSTRAINT outbox_letter_is_known, ADD CONSTRAINT outbox_letter_is_known CHECK (letter IN
    ('code', 'receipt', 'already_received', 'appointment', 'resignation', 'group_applied', 'not_renewed', 'rejection',
     'job_failed', 'expired', 'sign_in_warning', 'alarm', 'withdrawal', 'correction', 'correction_refused',
     'mail_changed', 'receipts', 'dismissal', 'resumption'));
