-- 0022 people merged
-- Why:       the office says that two persons are one, and takes it back; both numbers lead to the one who stays, and what was
--            counted before stays. ops/decisions/0043.
-- Locks:     ACCESS EXCLUSIVE on people, appointments, appointment_terms and outbox while their words and keys are looked at
--            once.
-- Old code:  knows none of it.   Back: drop what is added, while nobody is merged.
-- Retention: for ever, as the numbers: the reason is in the journal alone.
ALTER TABLE people
    -- 統合: who this person is; nil of whoever stands for themselves.
    ADD COLUMN merged_into bigint REFERENCES people (id),
    ADD CONSTRAINT people_lead_to_others CHECK (merged_into <> id);

CREATE TABLE person_merges (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    survivor_id bigint      NOT NULL REFERENCES people (id),
    absorbed_id bigint      NOT NULL REFERENCES people (id),
    merged_at   timestamptz NOT NULL,
    merged_by   text        NOT NULL,
    undone_at   timestamptz,
    undone_by   text        NOT NULL DEFAULT '',
    CONSTRAINT person_merges_are_of_two CHECK (survivor_id <> absorbed_id),
    CONSTRAINT person_merges_undone_say_by_whom CHECK ((undone_at IS NULL) = (undone_by = ''))
);
CREATE UNIQUE INDEX person_merges_one_standing ON person_merges (absorbed_id) WHERE undone_at IS NULL;
CREATE INDEX person_merges_by_survivor ON person_merges (survivor_id);

-- Each application that went over or was changed by it, as it was before.
CREATE TABLE merged_applications (
    merge_id       bigint NOT NULL REFERENCES person_merges (id),
    application_id bigint NOT NULL REFERENCES applications (id),
    person_id      bigint NOT NULL REFERENCES people (id),
    state          text   NOT NULL,
    -- Into which it leads since; nil where it does not.
    led_into       bigint REFERENCES applications (id),
    CONSTRAINT merged_applications_once PRIMARY KEY (merge_id, application_id)
);
CREATE INDEX merged_applications_by_application ON merged_applications (application_id, merge_id);

-- Who somebody is, however often they were merged.
CREATE FUNCTION survivor_of(person bigint) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
RETURN (WITH RECURSIVE way(id, next) AS (
            SELECT p.id, p.merged_into FROM people p WHERE p.id = person
            UNION ALL SELECT p.id, p.merged_into FROM people p JOIN way w ON p.id = w.next)
        SELECT w.id FROM way w WHERE w.next IS NULL);

-- A term as it was known before is of whom it was known to be; a later one may be of the one who stays.
ALTER TABLE appointments
    ADD CONSTRAINT appointments_of_a_kind_and_year UNIQUE (id, kind, fiscal_year);
ALTER TABLE appointment_terms
    DROP CONSTRAINT appointment_terms_belong,
    ADD CONSTRAINT appointment_terms_belong FOREIGN KEY (appointment_id, kind, fiscal_year)
        REFERENCES appointments (id, kind, fiscal_year),
    DROP CONSTRAINT appointment_terms_end_reason_is_known,
    ADD CONSTRAINT appointment_terms_end_reason_is_known
        CHECK (end_reason IN ('', 'resigned', 'revoked', 'superseded', 'deceased', 'cancelled', 'merged')),
    DROP CONSTRAINT appointment_terms_cancelled_have_no_day,
    -- 取消 and 統合: it holds on no day.
    ADD CONSTRAINT appointment_terms_cancelled_have_no_day
        CHECK (end_reason NOT IN ('cancelled', 'merged') OR ends_on = true_from);
ALTER TABLE appointments DROP CONSTRAINT appointments_identity;

ALTER TABLE outbox DROP CONSTRAINT outbox_letter_is_known, ADD CONSTRAINT outbox_letter_is_known CHECK (letter IN
    ('code', 'receipt', 'already_received', 'appointment', 'resignation', 'group_applied', 'not_renewed', 'rejection',
     'job_failed', 'expired', 'sign_in_warning', 'alarm', 'withdrawal', 'correction', 'correction_refused',
     'mail_changed', 'receipts', 'dismissal', 'resumption', 'reopening', 'cancellation', 'parting', 'password_changed',
     'proposal', 'people_merged', 'people_separated'));
