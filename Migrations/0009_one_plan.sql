-- 0009 one plan
-- Why:       the plan of an organization's file had columns of its own for what plans has of every act: number, year, state,
--            day, digest, who made it and when, when it was applied. It is a row of plans, act 'group'; group_files holds what
--            the file is. What a plan says of a person is one of the words that the program knows.
-- Locks:     plans, plan_lines and group_files for as long as the rows of files are rewritten.
-- Old code:  cannot plan or show a file.
-- Back:      add the columns to group_files and fill them from plans; delete the plans of act 'group'.
-- Retention: as plans and group_files.

ALTER TABLE plans
    ADD attested boolean NOT NULL DEFAULT false,
    ADD planned_by_account bigint GENERATED ALWAYS AS
        (CASE WHEN planned_by LIKE 'account:%' THEN substr(planned_by, 9)::bigint END) STORED,
    DROP CONSTRAINT plans_act_is_known,
    ADD CONSTRAINT plans_act_is_known CHECK (act IN ('group', 'appoint', 'renew')),
    DROP CONSTRAINT plans_applied_are_decided,
    ADD CONSTRAINT plans_applied_are_decided
        CHECK (act = 'group' OR state <> 'applied' OR decision_number IS NOT NULL),
    ADD CONSTRAINT plans_applied_are_attested CHECK (act <> 'group' OR state <> 'applied' OR attested);

INSERT INTO plans (number, act, fiscal_year, planned_on, plan_hash, attested, state, planned_by, planned_at, applied_at)
SELECT number, 'group', fiscal_year, planned_on, plan_hash, attested, state, uploaded_by, uploaded_at, applied_at
FROM group_files ORDER BY id;

ALTER TABLE group_files ADD plan_id bigint REFERENCES plans (id);

UPDATE group_files f SET plan_id = p.id FROM plans p WHERE p.number = f.number;

ALTER TABLE group_files
    ALTER plan_id SET NOT NULL,
    ADD CONSTRAINT group_files_one_per_plan UNIQUE (plan_id),
    DROP uploaded_by_account, DROP number, DROP fiscal_year, DROP state, DROP planned_on, DROP plan_hash,
    DROP attested, DROP uploaded_by, DROP uploaded_at, DROP applied_at;

ALTER TABLE plan_lines ADD CONSTRAINT plan_lines_outcome_is_known CHECK (outcome IN
    ('appoint', 'waits', 'continues', 'lacks_video', 'organization_closed', 'already_applied', 'declined', 'unanswered',
     'gone'));
