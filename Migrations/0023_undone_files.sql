-- 0023 undone files
-- Why:       what an organization's file did is taken back: row by row, by a plan of its own, as long as dated data says; the
--            letters of a file wait a while, so that an early undo is silent.
-- Locks:     ACCESS EXCLUSIVE on plans, doubts, jobs and outbox while their words are looked at once; on group_lines and
--            application_versions for columns without a default.
-- Old code:  knows none of it.   Back: drop the tables and columns, and the lists without the words while nothing is undone.
-- Retention: rules for ever; what a plan says of a row as the plan; what a version holds besides as the application.

-- For how long something is taken back, and how long its letters wait.
CREATE TABLE undo_rules (
    name       text    NOT NULL,
    -- From this day on it holds, until a later row of the name does.
    valid_from date    NOT NULL,
    value      integer NOT NULL,
    source     text    NOT NULL,
    CONSTRAINT undo_rules_once PRIMARY KEY (name, valid_from),
    CONSTRAINT undo_rules_name_is_known CHECK (name IN ('file_days', 'file_letter_minutes')),
    CONSTRAINT undo_rules_value_not_negative CHECK (value >= 0),
    CONSTRAINT undo_rules_say_where_from CHECK (source <> '')
);

ALTER TABLE plans
    -- The plan whose doing this one takes back.
    ADD COLUMN undoes bigint REFERENCES plans (id),
    DROP CONSTRAINT plans_act_is_known,
    ADD CONSTRAINT plans_act_is_known CHECK (act IN ('group', 'appoint', 'renew', 'undo_group')),
    DROP CONSTRAINT plans_applied_are_decided,
    ADD CONSTRAINT plans_applied_are_decided
        CHECK (act IN ('group', 'undo_group') OR state <> 'applied' OR decision_number IS NOT NULL),
    ADD CONSTRAINT plans_undoing_name_what CHECK ((act = 'undo_group') = (undoes IS NOT NULL));
CREATE INDEX plans_by_what_they_undo ON plans (undoes) WHERE undoes IS NOT NULL;

-- What a plan says of each row of the file that it takes back.
CREATE TABLE undo_lines (
    plan_id        bigint  NOT NULL REFERENCES plans (id),
    group_file_id  bigint  NOT NULL,
    row_number     integer NOT NULL,
    -- Null where the row waits for the office's word and has filed nobody.
    application_id bigint  REFERENCES applications (id),
    outcome        text    NOT NULL,
    -- What is done, why nothing is, or why it cannot be.
    reason         text    NOT NULL,
    CONSTRAINT undo_lines_once PRIMARY KEY (plan_id, row_number),
    CONSTRAINT undo_lines_are_of_a_line
        FOREIGN KEY (group_file_id, row_number) REFERENCES group_lines (group_file_id, row_number),
    CONSTRAINT undo_lines_outcome_is_known CHECK (outcome IN ('reversed', 'kept', 'failed')),
    CONSTRAINT undo_lines_reason_is_known CHECK (reason IN (
        'take_back', 'restore', 'leave', 'unask',
        'confirmed', 'approved', 'appointed', 'rejected', 'withdrawn', 'expired', 'merged', 'changed', 'corrected',
        'forgotten', 'former_is_gone', 'former_is_taken'))
);
CREATE INDEX undo_lines_by_outcome ON undo_lines (plan_id, outcome, row_number);

-- The plan that has taken the row back.
ALTER TABLE group_lines ADD COLUMN undone_by bigint REFERENCES plans (id);

-- A question about a row that was taken back is asked no more.
ALTER TABLE doubts DROP CONSTRAINT doubts_answer_is_known,
    ADD CONSTRAINT doubts_answer_is_known CHECK (answer IN ('', 'same', 'different', 'undone'));

-- What a file may correct and no number of a day is made of: kept so that it can come back. Null in versions of before.
ALTER TABLE application_versions
    ADD COLUMN email           text,
    ADD COLUMN employee_number text,
    ADD COLUMN no_reading      boolean,
    ADD COLUMN single_name     boolean,
    ADD COLUMN workplace_key   text,
    ADD COLUMN match_key       text,
    ADD COLUMN loose_key       text,
    ADD COLUMN sort_key        text;

ALTER TABLE jobs DROP CONSTRAINT jobs_act_is_known, ADD CONSTRAINT jobs_act_is_known CHECK (act IN
    ('apply_group_file', 'apply_appointments', 'apply_renewal', 'undo_group_file', 'export_ministry'));
ALTER TABLE outbox DROP CONSTRAINT outbox_letter_is_known, ADD CONSTRAINT outbox_letter_is_known CHECK (letter IN
    ('code', 'receipt', 'already_received', 'appointment', 'resignation', 'group_applied', 'not_renewed', 'rejection',
     'job_failed', 'expired', 'sign_in_warning', 'alarm', 'withdrawal', 'correction', 'correction_refused',
     'mail_changed', 'receipts', 'dismissal', 'resumption', 'reopening', 'cancellation', 'parting',
     'password_changed', 'proposal', 'people_merged', 'people_separated', 'taken_back', 'group_undone'));
