-- 0035 materials
-- Why:       an organization asks for ステッカー, 名札 and 資料 for itself or a 事業所, beside its file or later; the office sends them, and
--            hears of parcels that come back.
-- Locks:     none on other tables but for the moment of their foreign keys.
-- Old code:  ignores it.   Back: drop both tables.
-- Retention: what was asked for, and the place it went to, as long as the organization; to whom a parcel was addressed, and the
--            telephone, from the end of the fiscal year in which it was asked for, as applications that led to no appointment 1 fiscal year.

-- What never changes of a request. Its number is told to people.
CREATE TABLE material_requests (
    id                bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id   bigint      NOT NULL REFERENCES organizations (id),
    business_place_id bigint,
    fiscal_year       smallint    NOT NULL REFERENCES fiscal_years (start_year),
    -- The file with which it was asked for.
    group_file_id     bigint      REFERENCES group_files (id),
    -- The form that was sent: pressed twice, it is one request.
    once_key          text        NOT NULL,
    asked_on          date        NOT NULL,
    asked_by          text        NOT NULL,
    asked_by_account  bigint      GENERATED ALWAYS AS
        (CASE WHEN asked_by LIKE 'account:%' THEN substr(asked_by, 9)::bigint END) STORED,
    asked_at          timestamptz NOT NULL,
    CONSTRAINT material_requests_once_key_unique UNIQUE (organization_id, once_key),
    CONSTRAINT material_requests_business_place_is_the_organizations
        FOREIGN KEY (organization_id, business_place_id) REFERENCES business_places (organization_id, id)
);
CREATE INDEX material_requests_by_organization ON material_requests (organization_id, id);

-- Facts: how many, where to and how far it is, as far as we knew. A row is closed and another one added.
CREATE TABLE material_facts (
    id                bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id        bigint      NOT NULL REFERENCES material_requests (id),
    sticker_count     integer     NOT NULL,
    nametag_count     integer     NOT NULL,
    material_count    integer     NOT NULL,
    postal_code       text        NOT NULL,
    prefecture_code   text        NOT NULL REFERENCES prefectures (code),
    municipality_code text        NOT NULL REFERENCES municipalities (code),
    ward              text        NOT NULL,
    street            text        NOT NULL,
    building          text        NOT NULL,
    addressee         text        NOT NULL,
    phone             text        NOT NULL,
    is_forgotten      boolean     NOT NULL DEFAULT false,
    state             text        NOT NULL,
    sent_on           date,
    returned_on       date,
    said_by           text        NOT NULL,
    said_by_account   bigint      GENERATED ALWAYS AS
        (CASE WHEN said_by LIKE 'account:%' THEN substr(said_by, 9)::bigint END) STORED,
    known_from        timestamptz NOT NULL,
    known_until       timestamptz NOT NULL DEFAULT 'infinity',
    CONSTRAINT material_facts_counts_are_in_range CHECK (sticker_count BETWEEN 0 AND 9999
        AND nametag_count BETWEEN 0 AND 9999 AND material_count BETWEEN 0 AND 9999),
    CONSTRAINT material_facts_ask_for_something CHECK (sticker_count + nametag_count + material_count > 0),
    CONSTRAINT material_facts_postal_code_has_seven_digits CHECK (postal_code ~ '^[0-9]{7}$'),
    CONSTRAINT material_facts_addressee_given CHECK (is_forgotten OR addressee <> ''),
    CONSTRAINT material_facts_state_is_known CHECK (state IN ('waiting', 'sent', 'withdrawn', 'returned')),
    CONSTRAINT material_facts_sent_say_when CHECK ((state IN ('sent', 'returned')) = (sent_on IS NOT NULL)),
    CONSTRAINT material_facts_returned_say_when CHECK ((state = 'returned') = (returned_on IS NOT NULL)),
    CONSTRAINT material_facts_come_back_after_they_left CHECK (returned_on >= sent_on),
    CONSTRAINT material_facts_known_in_order CHECK (known_until >= known_from)
);
CREATE UNIQUE INDEX material_facts_one_standing_per_request ON material_facts (request_id)
    WHERE known_until = 'infinity';
CREATE INDEX material_facts_by_state ON material_facts (state, request_id) WHERE known_until = 'infinity';
CREATE INDEX material_facts_said_together ON material_facts (known_from, id) WHERE state = 'sent';
CREATE INDEX material_facts_by_request ON material_facts (request_id, id);
