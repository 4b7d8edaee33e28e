-- 0020 sheet of a waiting file
-- Why:       whoever sends a book may name the sheet that is meant; a file that waits for its columns to be said keeps it.
-- Locks:     waiting_files, for a moment: a column without a default.
-- Old code:  leaves it empty, and reads the sheet that looks like a list of people.   Back: drop the column.
-- Retention: as the file that waits.

ALTER TABLE waiting_files ADD COLUMN sheet_name text;
