-- 0026 decisions
-- Why:       a rehearsal of the turn of the year comes before the ministry's decision; what is done has one, of that day or
--            before. A plan that takes another's place says what differs.
-- Locks:     plans and plan_lines against everything, for a moment (no row is written; a few hundred plans are checked).
-- Old code:  writes plans with a decision, as before; cannot read one without.
-- Back:      drop the columns and constraints once no plan is without a decision.
-- Retention: as plans.

ALTER TABLE plans ALTER COLUMN decided_on DROP NOT NULL, ALTER COLUMN decision_number DROP NOT NULL;
ALTER TABLE plans ADD COLUMN replaces bigint REFERENCES plans (id);
ALTER TABLE plans ADD CONSTRAINT plans_decision_is_whole
    CHECK ((decided_on IS NULL) = (decision_number IS NULL));
ALTER TABLE plans ADD CONSTRAINT plans_applied_are_decided
    CHECK (state <> 'applied' OR decision_number IS NOT NULL);
ALTER TABLE plans ADD CONSTRAINT plans_decided_by_the_day_they_are_applied
    CHECK (decided_on <= (applied_at AT TIME ZONE 'Asia/Tokyo')::date);
ALTER TABLE plan_lines ADD COLUMN earlier text;
CREATE INDEX plan_lines_differing ON plan_lines (plan_id, position) WHERE earlier IS NOT NULL;
