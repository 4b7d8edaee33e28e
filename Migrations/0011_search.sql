-- 0011 search
-- Why:       the office finds a person by name, reading, mail or receipt number; a body's roster is
--            paged by reading, however many people stand in it. Three indexes that are read take the
--            place of three that hardly were. That one term stands of an appointment is promised by
--            a unique index, which costs a fraction of the exclusion constraint that promised it.
-- Locks:     applications, affiliations and appointment_terms against writing while indexes are built
--            (55,000 people: a few seconds).   Old code: leaves sort_key empty: its rows come first.
-- Back:      drop the new indexes and the column; make the old indexes and the constraint again.
-- Retention: as affiliations.

DROP INDEX applications_by_match_key;
DROP INDEX applications_by_loose_key;
DROP INDEX applications_by_email;

-- The key begins with the folded name, so that it is both the sure key and the name's prefix.
CREATE INDEX applications_by_name ON applications (match_key COLLATE "C", id);
CREATE INDEX applications_by_reading
    ON applications (split_part(loose_key, '|', -1) COLLATE "C", id);
CREATE INDEX applications_by_mail ON applications (lower(email) COLLATE "C", id);

ALTER TABLE affiliations ADD COLUMN sort_key text NOT NULL DEFAULT '' COLLATE "ja-x-icu";
UPDATE affiliations f SET sort_key = a.sort_key FROM applications a WHERE a.id = f.application_id;
CREATE INDEX affiliations_by_reading
    ON affiliations (organization_id, fiscal_year, sort_key, id) WHERE known_until = 'infinity';

ALTER TABLE appointment_terms DROP CONSTRAINT appointment_terms_one_standing;
CREATE UNIQUE INDEX appointment_terms_one_standing
    ON appointment_terms (appointment_id) WHERE known_until = 'infinity';
