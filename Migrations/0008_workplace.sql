-- 0008 workplace
-- Why:       所属先の名称 is asked of whoever belongs to no organization of the list; the office finds people by it, folded as
--            names are (workplace_key).
-- Locks:     applications and application_versions for a moment: columns with a constant, a constraint that is checked and an
--            index of nothing yet (55,000 people: under a second).
-- Old code:  asks nothing, and writes nothing of it.
-- Back:      drop the columns, and make applications_forgotten_name_nobody of 0002 again.
-- Retention: as applications and application_versions; wiped with the particulars.

ALTER TABLE applications
    ADD COLUMN workplace_name text NOT NULL DEFAULT '',
    ADD COLUMN workplace_key  text NOT NULL DEFAULT '';
ALTER TABLE application_versions ADD COLUMN workplace_name text NOT NULL DEFAULT '';

ALTER TABLE applications DROP CONSTRAINT applications_forgotten_name_nobody;
ALTER TABLE applications ADD CONSTRAINT applications_forgotten_name_nobody CHECK (forgotten_at IS NULL OR
    (family_name || given_name || family_name_kana || given_name_kana || family_name_0213 || given_name_0213
     || ward || street || building || email || phone || employee_number || workplace_name || workplace_key || unit
     || activity_note = ''));

-- Most say nothing of it.
CREATE INDEX applications_by_workplace ON applications (workplace_key COLLATE "C", id) WHERE workplace_key <> '';
