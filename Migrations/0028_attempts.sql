-- 0028 attempts
-- Why:       what was counted for a limit stands in limit_counts (0023) since; nothing reads or writes
--            attempts any more.
-- Locks:     attempts alone, for a moment.
-- Old code:  that of before 0023 cannot sign anybody in; it is two releases old.
-- Back:      make the table again, empty.
-- Retention: nothing is kept.

DROP TABLE attempts;
