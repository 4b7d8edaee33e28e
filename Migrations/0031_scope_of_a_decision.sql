-- 0031 scope of a decision
-- Why:       a 決裁 need not be about everybody who is approved: whom it is about is kept with the plan, so that the plan
--            made again says the same.
-- Locks:     plans, for a moment.
-- Old code:  ignores it; its plans are about everybody.   Back: drop the tables and the column.
-- Retention: as long as the plan.
ALTER TABLE plans ADD COLUMN only_kind text;
ALTER TABLE plans ADD CONSTRAINT plans_only_kind_is_known CHECK (only_kind IN ('promoter', 'caller'));
ALTER TABLE plans ADD CONSTRAINT plans_only_appointments_have_a_scope CHECK (only_kind IS NULL OR act = 'appoint');

CREATE TABLE plan_applicants (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plan_id         bigint NOT NULL REFERENCES plans (id),
    -- NULL of those who apply alone.
    organization_id bigint REFERENCES organizations (id),
    CONSTRAINT plan_applicants_once UNIQUE NULLS NOT DISTINCT (plan_id, organization_id)
);

CREATE TABLE plan_left_out (
    plan_id        bigint NOT NULL REFERENCES plans (id),
    application_id bigint NOT NULL REFERENCES applications (id),
    CONSTRAINT plan_left_out_once PRIMARY KEY (plan_id, application_id)
);
