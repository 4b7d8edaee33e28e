-- 0037 workbook data
-- Why:       whoever holds two workbooks of 本省様式 sees whether they say the same, whenever and by whomever they were
--            written: the SHA-256 of their data parts is kept beside that of the file. Whether somebody wanted a badge is
--            counted as it was known then, so what was said before a correction is kept with the rest.
-- Locks:     exports and application_versions for a moment (a column is added to each).
-- Old code:  writes workbooks without the sum, and versions without the wish: those count as the wish is now.
-- Back:      drop the columns.
-- Retention: as exports and application_versions; the wish names nobody.

ALTER TABLE exports ADD COLUMN data_sha256 text NOT NULL DEFAULT '';
ALTER TABLE application_versions ADD COLUMN badge_opt_in boolean;
