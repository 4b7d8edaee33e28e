-- 0032 stand-in
-- Why:       nothing.
-- Locks:     none.
-- Old code:  ignores it.   Back: nothing.
-- Retention: none.
SELECT;
