-- 0011 own corrections
-- Why:       whoever applied corrects their application, or asks the office to, and changes their mail address; an
--            organization's file changes nothing any more of whoever has confirmed their address.
-- Locks:     ACCESS EXCLUSIVE on applications and application_versions for columns without a default; on outbox and
--            mail_codes while their words are looked at once.
-- Old code:  knows none of it.   Back: drop the table, the columns and the words.
-- Retention: as the application; what was asked for goes when its particulars are forgotten.
ALTER TABLE applications
    -- When the person opened the application by a code that was sent to its address; null while nobody has, and where the
    -- person applied themselves, which takes a code.
    ADD COLUMN mail_confirmed_at timestamptz;

-- Null in versions of before, when these were never corrected.
ALTER TABLE application_versions
    ADD COLUMN kind            text,
    ADD COLUMN category        text,
    ADD COLUMN programme_id    text,
    ADD COLUMN organization_id bigint,
    ADD COLUMN activity_note   text NOT NULL DEFAULT '';

-- 訂正の申し出: what somebody asks the office to correct after their application was approved.
CREATE TABLE correction_requests (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    application_id bigint      NOT NULL REFERENCES applications (id),
    answers        jsonb       NOT NULL,
    asked_at       timestamptz NOT NULL,
    state          text        NOT NULL DEFAULT 'open',
    -- Why it was refused, as the person is told.
    reason         text        NOT NULL DEFAULT '',
    decided_at     timestamptz,
    CONSTRAINT correction_requests_say_something CHECK (answers <> '{}'),
    CONSTRAINT correction_requests_state_is_known
        CHECK (state IN ('open', 'accepted', 'refused', 'taken_back', 'replaced')),
    CONSTRAINT correction_requests_decided_say_when CHECK ((state = 'open') = (decided_at IS NULL))
);
CREATE UNIQUE INDEX correction_requests_one_open_per_application
    ON correction_requests (application_id) WHERE state = 'open';
CREATE INDEX correction_requests_by_application ON correction_requests (application_id);

ALTER TABLE mail_codes DROP CONSTRAINT mail_codes_purpose_is_known,
    ADD CONSTRAINT mail_codes_purpose_is_known CHECK (purpose IN ('apply', 'status', 'mail'));
ALTER TABLE outbox DROP CONSTRAINT outbox_letter_is_known, ADD CONSTRAINT outbox_letter_is_known CHECK (letter IN
    ('code', 'receipt', 'already_received', 'appointment', 'resignation', 'group_applied', 'not_renewed', 'rejection',
     'job_failed', 'expired', 'sign_in_warning', 'alarm', 'withdrawal', 'correction', 'correction_refused',
     'mail_changed', 'receipts'));
