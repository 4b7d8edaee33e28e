-- 0007 business places
-- Why:       an organization's people belong to a hospital, a shop or a department of it, which may have its own
--            coordinator; 事業所 are the organization's own facts, and its files, accounts and members name them.
-- Locks:     ACCESS EXCLUSIVE on affiliations, accounts and group_files for a moment: a nullable column each, no rewrite; the
--            foreign keys are checked against columns that are empty.
-- Old code:  ignores them.   Back: drop the columns and the table.
-- Retention: as long as the organization.

-- A 事業所 stands below its organization or below another 事業所 of the same. Its path is made of the codes from the top
-- down, so that no 事業所 can stand below itself, and what is below one begins with its path.
CREATE TABLE business_places (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id bigint NOT NULL REFERENCES organizations (id),
    path            text   NOT NULL,
    parent_path     text,
    code            text   NOT NULL,
    name            text   NOT NULL,
    opens_on        date   NOT NULL,
    -- The first day on which it is there no more.
    ends_on         date   NOT NULL DEFAULT 'infinity',
    CONSTRAINT business_places_path_unique UNIQUE (organization_id, path),
    CONSTRAINT business_places_belong_to_one_organization UNIQUE (organization_id, id),
    CONSTRAINT business_places_code_is_plain CHECK (code ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    CONSTRAINT business_places_path_is_short CHECK (octet_length(path) <= 400),
    CONSTRAINT business_places_stand_below_their_parent CHECK (path = coalesce(parent_path || '/', '') || code),
    CONSTRAINT business_places_parent_exists
        FOREIGN KEY (organization_id, parent_path) REFERENCES business_places (organization_id, path),
    CONSTRAINT business_places_name_given CHECK (name <> ''),
    CONSTRAINT business_places_name_unique_beside UNIQUE NULLS NOT DISTINCT (organization_id, parent_path, name),
    CONSTRAINT business_places_last_some_time CHECK (ends_on > opens_on)
);

-- Where the organization has put its member; null for none of its 事業所.
ALTER TABLE affiliations ADD COLUMN business_place_id bigint,
    ADD CONSTRAINT affiliations_business_place_is_the_organizations
        FOREIGN KEY (organization_id, business_place_id) REFERENCES business_places (organization_id, id);
CREATE INDEX affiliations_by_business_place ON affiliations (business_place_id) WHERE business_place_id IS NOT NULL;

-- Whoever looks after one 事業所 and what is below it; null for the whole organization.
ALTER TABLE accounts ADD COLUMN business_place_id bigint,
    ADD CONSTRAINT accounts_business_place_is_the_organizations
        FOREIGN KEY (organization_id, business_place_id) REFERENCES business_places (organization_id, id),
    ADD CONSTRAINT accounts_of_a_business_place_are_the_organizations
        CHECK (business_place_id IS NULL OR organization_id IS NOT NULL);

-- How much of the organization whoever sent the file looked after.
ALTER TABLE group_files ADD COLUMN business_place_id bigint,
    ADD CONSTRAINT group_files_business_place_is_the_organizations
        FOREIGN KEY (organization_id, business_place_id) REFERENCES business_places (organization_id, id);
