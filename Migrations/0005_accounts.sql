-- 0005 accounts
-- Why:       office, organisations and the ministry sign in; rights are read on every request.
-- Locks:     none, new tables.   Old code: ignores them.   Back: drop the tables.
-- Retention: sessions until they end; sign-in attempts 90 days; accounts while in use.

CREATE TABLE accounts (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email           text   NOT NULL,
    name            text   NOT NULL,
    role            text   NOT NULL,
    organization_id bigint REFERENCES organizations (id),
    password_hash   text   NOT NULL,
    created_at      timestamptz NOT NULL,
    disabled_at     timestamptz,
    CONSTRAINT accounts_email_unique UNIQUE (email),
    CONSTRAINT accounts_role_is_known CHECK (role IN ('office', 'organization', 'ministry')),
    CONSTRAINT accounts_of_organizations_name_theirs
        CHECK ((role = 'organization') = (organization_id IS NOT NULL))
);

-- A signed-in browser: an account's, or a volunteer's (person_id) after a mailed code.
CREATE TABLE sessions (
    token_hash       bytea  PRIMARY KEY,
    account_id       bigint REFERENCES accounts (id),
    application_id   bigint REFERENCES applications (id),
    created_at       timestamptz NOT NULL,
    last_seen_at     timestamptz NOT NULL,
    expires_at       timestamptz NOT NULL,
    second_factor_at timestamptz,
    CONSTRAINT sessions_belong_to_one
        CHECK ((account_id IS NULL) <> (application_id IS NULL))
);
CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX sessions_by_end ON sessions (expires_at);

-- What was counted for a limit (sign-in, mailed codes), by a keyed hash of account or address.
CREATE TABLE attempts (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    limiter text        NOT NULL,
    subject text        NOT NULL,
    at      timestamptz NOT NULL
);
CREATE INDEX attempts_by_subject ON attempts (limiter, subject, at);
