-- 0036 discarded files
-- Why:       whoever looks after an organization's file can put it away unsent; what was in it is forgotten at once.
-- Locks:     plans, for a moment: a constraint is checked again.
-- Old code:  does not know the word and cannot show such a file.   Back: only while there is none.
-- Retention: as every plan; the contents go with the act.
ALTER TABLE plans DROP CONSTRAINT plans_state_is_known;
ALTER TABLE plans ADD CONSTRAINT plans_state_is_known
    CHECK (state IN ('planned', 'confirmed', 'applied', 'replaced', 'discarded'));
ALTER TABLE plans ADD CONSTRAINT plans_only_files_are_discarded CHECK (state <> 'discarded' OR act = 'group');
