-- 0026 signed certificates
-- Why:       the QR code of a 任命状 is signed, so that a changed one is seen, and kept, so that one which was signed by
--            somebody who had the key is seen as well.
-- Locks:     none, new tables.
-- Old code:  ignores them.   Back: drop the tables; codes that were given out are checked by nobody then.
-- Retention: keys for ever. Codes as long as the application; what is printed goes with its particulars.
CREATE TABLE signing_keys (
    -- The thumbprint of its JWK, cut.
    id                text        NOT NULL,
    -- x and y; the secret half is a file.
    public_key        bytea       NOT NULL,
    made_at           timestamptz NOT NULL,
    retired_at        timestamptz,
    compromised_since timestamptz,
    CONSTRAINT signing_keys_id_unique PRIMARY KEY (id),
    CONSTRAINT signing_keys_are_points CHECK (octet_length(public_key) = 64),
    CONSTRAINT signing_keys_retired_later CHECK (retired_at >= made_at),
    CONSTRAINT signing_keys_compromised_sign_no_more
        CHECK (compromised_since IS NULL OR retired_at IS NOT NULL)
);
CREATE UNIQUE INDEX signing_keys_one_signs ON signing_keys ((retired_at IS NULL)) WHERE retired_at IS NULL;

CREATE TABLE certificate_codes (
    id             bytea       NOT NULL,
    appointment_id bigint      NOT NULL REFERENCES appointments (id),
    key_id         text        NOT NULL REFERENCES signing_keys (id),
    -- Digest of what stands on the paper; of the code alone once that is forgotten.
    printed        bytea       NOT NULL,
    -- The signed octets; NULL once what stands in them is forgotten.
    code           bytea,
    -- SHA-256 of them, by which the very code is known that was given out.
    digest         bytea       NOT NULL,
    known_from     timestamptz NOT NULL,
    CONSTRAINT certificate_codes_id_unique PRIMARY KEY (id),
    CONSTRAINT certificate_codes_id_has_its_length CHECK (octet_length(id) = 16),
    CONSTRAINT certificate_codes_digest_has_its_length CHECK (octet_length(digest) = 32),
    CONSTRAINT certificate_codes_one_of_a_paper_and_key UNIQUE (appointment_id, key_id, printed)
);
