-- 0030 amendments and answers of members
-- Why:       the office sends an application back: which questions are to be answered anew, its words beside each, and until when.
--            Whoever is listed by an organization says that it is them, or that they do not wish it; an organization may have to
--            wait for that.
-- Locks:     none on the new tables; ACCESS EXCLUSIVE on fiscal_years and organization_years for columns with a constant default,
--            and on outbox while its words are looked at once.
-- Old code:  ignores it; an application that waits for it stays 補正待ち.   Back: take what is open back, then drop the tables and the columns.
-- Retention: amendments with the particulars of the application; answers, which name nobody, as the affiliation.
CREATE TABLE amendments (
    id               bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    application_id   bigint      NOT NULL REFERENCES applications (id),
    -- The office's words by the keys of the questions.
    questions        jsonb       NOT NULL,
    -- The last day on which it is answered.
    due_on           date        NOT NULL,
    asked_by         text        NOT NULL,
    asked_by_account bigint      GENERATED ALWAYS AS
        (CASE WHEN asked_by LIKE 'account:%' THEN substr(asked_by, 9)::bigint END) STORED,
    asked_at         timestamptz NOT NULL,
    state            text        NOT NULL DEFAULT 'open',
    ended_at         timestamptz,
    -- When it was said again that the day is near.
    reminded_at      timestamptz,
    CONSTRAINT amendments_ask_something CHECK (questions <> '{}'),
    CONSTRAINT amendments_state_is_known CHECK (state IN ('open', 'answered', 'taken_back', 'replaced', 'expired')),
    CONSTRAINT amendments_ended_say_when CHECK ((state = 'open') = (ended_at IS NULL))
);
CREATE UNIQUE INDEX amendments_one_open_per_application ON amendments (application_id) WHERE state = 'open';
CREATE INDEX amendments_by_application ON amendments (application_id, id);
CREATE INDEX amendments_open_by_day ON amendments (due_on, id) WHERE state = 'open';

CREATE TABLE listing_answers (
    id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    application_id  bigint      NOT NULL REFERENCES applications (id),
    organization_id bigint      NOT NULL REFERENCES organizations (id),
    -- The newest one counts.
    answer          text        NOT NULL,
    answered_at     timestamptz NOT NULL,
    CONSTRAINT listing_answers_answer_is_known CHECK (answer IN ('agreed', 'objected'))
);
CREATE INDEX listing_answers_by_application ON listing_answers (application_id, organization_id, id);

-- Whether the organization has asked its people, as each of its files says or on a day and in a way, or each says so themselves.
ALTER TABLE organization_years
    ADD COLUMN consent_rule     text NOT NULL DEFAULT 'attested',
    ADD COLUMN consent_asked_on date,
    ADD COLUMN consent_method   text NOT NULL DEFAULT '',
    ADD CONSTRAINT organization_years_consent_rule_is_known CHECK (consent_rule IN ('attested', 'member')),
    ADD CONSTRAINT organization_years_consent_says_how CHECK ((consent_asked_on IS NULL) = (consent_method = ''));

-- For how many days somebody is given time where the office says nothing else, and how many before the last one it is said again.
ALTER TABLE fiscal_years
    ADD COLUMN amendment_days smallint NOT NULL DEFAULT 14,
    ADD COLUMN amendment_reminder_days smallint NOT NULL DEFAULT 3,
    ADD CONSTRAINT fiscal_years_amendments_have_time
        CHECK (amendment_days > 0 AND amendment_reminder_days BETWEEN 0 AND amendment_days);

ALTER TABLE outbox DROP CONSTRAINT outbox_letter_is_known, ADD CONSTRAINT outbox_letter_is_known CHECK (letter IN
    ('code', 'receipt', 'already_received', 'appointment', 'resignation', 'group_applied', 'not_renewed', 'rejection',
     'job_failed', 'expired', 'sign_in_warning', 'alarm', 'withdrawal', 'correction', 'correction_refused',
     'mail_changed', 'receipts', 'dismissal', 'resumption', 'reopening', 'cancellation', 'parting',
     'password_changed', 'proposal', 'people_merged', 'people_separated', 'taken_back', 'group_undone',
     'second_factor', 'affiliation_ended', 'affiliation_resumed', 'amendment', 'amendment_reminder',
     'amendment_taken_back', 'listed', 'listing_refused', 'invitation', 'account_changed'));
