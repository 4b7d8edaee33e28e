-- 0033 plan confirmations
-- Why:       what appoints very many people, or turns the year, is looked at by two: one officer asks, another confirms.
-- Locks:     none but of the new table.
-- Old code:  asks nobody.   Back: drop the table.
-- Retention: as the plan; the reason of whoever declines is a sentence about the plan.
CREATE TABLE plan_confirmations (
    id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plan_id  bigint      NOT NULL REFERENCES plans (id),
    -- Who made up their mind first, and would have it done.
    asked_by text        NOT NULL,
    asked_by_account bigint GENERATED ALWAYS AS
        (CASE WHEN asked_by LIKE 'account:%' THEN substr(asked_by, 9)::bigint END) STORED,
    asked_at timestamptz NOT NULL,
    -- Nothing as long as it waits.
    answer   text        NOT NULL DEFAULT '',
    answered_by text,
    answered_by_account bigint GENERATED ALWAYS AS
        (CASE WHEN answered_by LIKE 'account:%' THEN substr(answered_by, 9)::bigint END) STORED,
    answered_at timestamptz,
    reason   text        NOT NULL DEFAULT '',
    CONSTRAINT plan_confirmations_answer_is_known CHECK (answer IN ('', 'confirmed', 'declined', 'withdrawn')),
    CONSTRAINT plan_confirmations_answered_wholly
        CHECK ((answer = '') = (answered_by IS NULL) AND (answer = '') = (answered_at IS NULL)),
    -- Nobody is the second beside themselves.
    CONSTRAINT plan_confirmations_by_two CHECK (answer NOT IN ('confirmed', 'declined') OR answered_by <> asked_by),
    CONSTRAINT plan_confirmations_withdrawn_by_whoever_asked CHECK (answer <> 'withdrawn' OR answered_by = asked_by),
    CONSTRAINT plan_confirmations_declined_say_why CHECK (answer <> 'declined' OR reason <> '')
);
CREATE UNIQUE INDEX plan_confirmations_one_standing ON plan_confirmations (plan_id) WHERE answer IN ('', 'confirmed');
CREATE INDEX plan_confirmations_waiting ON plan_confirmations (id) WHERE answer = '';
