-- 0009 versions
-- Why:       numbers and names of a day must come out again after an address was corrected or a body
--            was put into another group: what was replaced is kept, with the moment until which it
--            was believed; a body's name and group belong to a fiscal year.
-- Locks:     organization_years for a moment (a column is added and filled).
-- Old code:  adds no versions and reads the newest; organization_years takes the body's own name.
-- Back:      drop the table and the columns.
-- Retention: as applications.

CREATE TABLE application_versions (
    application_id    bigint      NOT NULL REFERENCES applications (id),
    family_name       text        NOT NULL,
    given_name        text        NOT NULL,
    family_name_kana  text        NOT NULL,
    given_name_kana   text        NOT NULL,
    family_name_0213  text        NOT NULL,
    given_name_0213   text        NOT NULL,
    postal_code       text        NOT NULL,
    prefecture_code   text        NOT NULL REFERENCES prefectures (code),
    municipality_code text        NOT NULL REFERENCES municipalities (code),
    ward              text        NOT NULL,
    street            text        NOT NULL,
    building          text        NOT NULL,
    phone             text        NOT NULL,
    unit              text        NOT NULL,
    content_hash      text        NOT NULL,
    known_from        timestamptz NOT NULL,
    known_until       timestamptz NOT NULL,
    CONSTRAINT application_versions_end_once PRIMARY KEY (application_id, known_until),
    CONSTRAINT application_versions_known_in_order CHECK (known_until >= known_from)
);
CREATE INDEX application_versions_by_end ON application_versions (known_until);
GRANT SELECT ON application_versions TO enroll_reader;

ALTER TABLE organization_years ADD COLUMN name text NOT NULL DEFAULT '';
ALTER TABLE organization_years ADD COLUMN group_code text REFERENCES organization_groups (code);
UPDATE organization_years y SET name = o.name, group_code = o.group_code
FROM organizations o WHERE o.id = y.organization_id;
