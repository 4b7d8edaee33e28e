-- 0010 names by whole
-- Why:       whom a row may speak of is looked for by the folded name, all names of a file in one list.
-- Locks:     applications against writers while an index is made.
-- Old code:  ignores it.   Back: drop it.
-- Retention: as the application; a forgotten one has no name in its key.
CREATE INDEX applications_by_whole_name ON applications (split_part(match_key, '|', 1) COLLATE "C");
