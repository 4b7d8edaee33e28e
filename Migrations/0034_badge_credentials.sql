-- 0034 badge credentials
-- Why:       a badge is a credential of Open Badges 3.0, too: signed once and kept, with a place in the status list of its
--            fiscal year that is given once.
-- Locks:     badges, for a moment: a column that is NULL, and two small indexes.
-- Old code:  ignores them; whatever it issues or binds to another address waits to be signed.
--            Back: drop the tables, the indexes and the column; credentials that were given out verify no more.
-- Retention: keys and places for ever. Credentials as long as the application; what they say goes with its particulars.
CREATE TABLE badge_keys (
    -- The thumbprint of its JWK, cut.
    id                text        NOT NULL,
    -- proof: Ed25519, of credentials and status lists. token: RSA, of credentials as JWT.
    purpose           text        NOT NULL,
    -- Of Ed25519 32 octets, of RSA SubjectPublicKeyInfo; the secret half is a file.
    public_key        bytea       NOT NULL,
    made_at           timestamptz NOT NULL,
    retired_at        timestamptz,
    compromised_since timestamptz,
    CONSTRAINT badge_keys_id_unique PRIMARY KEY (id),
    CONSTRAINT badge_keys_purpose_is_known CHECK (purpose IN ('proof', 'token')),
    CONSTRAINT badge_keys_retired_later CHECK (retired_at >= made_at),
    CONSTRAINT badge_keys_compromised_sign_no_more
        CHECK (compromised_since IS NULL OR retired_at IS NOT NULL)
);
CREATE UNIQUE INDEX badge_keys_one_signs ON badge_keys (purpose) WHERE retired_at IS NULL;

CREATE TABLE badge_statuses (
    badge_id     bigint      NOT NULL REFERENCES badges (id),
    -- Of the class; one list a year.
    fiscal_year  smallint    NOT NULL,
    status_index integer     NOT NULL,
    -- Whom the credential is about: of this badge, not of the person.
    subject      uuid        NOT NULL,
    known_from   timestamptz NOT NULL,
    CONSTRAINT badge_statuses_one_of_a_badge PRIMARY KEY (badge_id),
    CONSTRAINT badge_statuses_index_given_once UNIQUE (fiscal_year, status_index),
    CONSTRAINT badge_statuses_subject_unique UNIQUE (subject),
    CONSTRAINT badge_statuses_index_is_a_place CHECK (status_index >= 0)
);

CREATE TABLE badge_credentials (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    badge_id   bigint      NOT NULL REFERENCES badges (id),
    -- Of the address to which the badge was bound; the badge's own is what it is bound to now.
    salt       text        NOT NULL,
    key_id     text        NOT NULL REFERENCES badge_keys (id),
    valid_from timestamptz NOT NULL,
    -- As it is given out, to the octet; NULL once what stands in it is forgotten.
    document   text,
    -- SHA-256 of it.
    digest     bytea       NOT NULL,
    known_from timestamptz NOT NULL,
    CONSTRAINT badge_credentials_one_of_an_address_and_key UNIQUE (badge_id, salt, key_id),
    CONSTRAINT badge_credentials_digest_has_its_length CHECK (octet_length(digest) = 32)
);

CREATE TABLE badge_tokens (
    credential_id bigint      NOT NULL REFERENCES badge_credentials (id),
    key_id        text        NOT NULL REFERENCES badge_keys (id),
    token         text,
    known_from    timestamptz NOT NULL,
    CONSTRAINT badge_tokens_one_of_a_key PRIMARY KEY (credential_id, key_id)
);

-- The address for which a badge was signed last; it waits while this is not what it is bound to.
ALTER TABLE badges ADD COLUMN signed_salt text;
CREATE INDEX badges_to_sign ON badges (id) WHERE signed_salt IS DISTINCT FROM salt;
CREATE INDEX badges_revoked ON badges (id) WHERE revoked_at IS NOT NULL;
