-- 0020 owners
-- Why:       a body's file changes only what is its own. Who filed an application is kept, also when it is
--            renewed; what a file says otherwise of somebody whom it may not change is kept beside it.
-- Locks:     applications against everything while the column is filled (55,000 people: under a second).
-- Old code:  files for a body without saying so: those are nobody's to change by a file.
-- Back:      drop the column and the table.
-- Retention: proposals as applications.

-- The body whose file filed it, which is the application's own; null where the person applied
-- themselves. A renewal keeps it.
ALTER TABLE applications ADD COLUMN filed_by bigint;
UPDATE applications a SET filed_by = a.organization_id
WHERE a.organization_id IS NOT NULL
  AND EXISTS (SELECT FROM application_consents c
              WHERE c.application_id = a.id AND c.given_by = 'agent');
ALTER TABLE applications ADD CONSTRAINT applications_filed_by_their_own_body
    CHECK (filed_by IS NULL OR filed_by IS NOT DISTINCT FROM organization_id);

-- Facts: what a body's file says of somebody otherwise than the application does, as typed. Rows are
-- added, never changed, except that known_until closes a row which a later file of the body replaces.
CREATE TABLE proposals (
    id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    application_id  bigint      NOT NULL REFERENCES applications (id),
    organization_id bigint      NOT NULL REFERENCES organizations (id),
    answers         jsonb       NOT NULL,
    known_from      timestamptz NOT NULL,
    known_until     timestamptz NOT NULL DEFAULT 'infinity',
    CONSTRAINT proposals_say_something CHECK (answers <> '{}'),
    CONSTRAINT proposals_known_in_order CHECK (known_until >= known_from)
);
CREATE UNIQUE INDEX proposals_one_standing_per_application_and_body
    ON proposals (application_id, organization_id) WHERE known_until = 'infinity';
GRANT SELECT ON proposals TO enroll_reader;
