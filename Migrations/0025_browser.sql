-- 0025 browser
-- Why:       one browser holds one session: a sign-in takes the place of the session before it, also when two are
--            pressed at the same moment. A browser is known by a keyed digest of its cookie.
-- Locks:     sessions against writing while the index is built (some thousand rows: a moment).
-- Old code:  opens sessions of no known browser, as many as it likes.   Back: drop the column.
-- Retention: as sessions.

ALTER TABLE sessions ADD COLUMN browser_hash bytea;
ALTER TABLE sessions ADD CONSTRAINT sessions_one_in_a_browser UNIQUE (browser_hash);
