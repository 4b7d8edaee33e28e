-- 0005 accounts
-- Why:       office, organizations and the ministry sign in; applicants come by a mailed code. Rights are read on every
--            request.
-- Locks:     none, new tables.   Old code: ignores them.   Back: drop the tables.
-- Retention: sessions until they end; codes and what was counted for limits two days; accounts while in use.

CREATE TABLE accounts (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email           text   NOT NULL,
    name            text   NOT NULL,
    role            text   NOT NULL,
    organization_id bigint REFERENCES organizations (id),
    password_hash   text   NOT NULL,
    created_at      timestamptz NOT NULL,
    disabled_at     timestamptz,
    CONSTRAINT accounts_role_is_known CHECK (role IN ('office', 'organization', 'ministry')),
    CONSTRAINT accounts_of_organizations_name_theirs CHECK ((role = 'organization') = (organization_id IS NOT NULL))
);
-- Whoever signs in types their address in any case.
CREATE UNIQUE INDEX accounts_email_unique_in_any_case ON accounts (lower(email));

-- A signed-in browser: an account's, or an applicant's after a mailed code. One browser holds one session: a sign-in
-- takes the place of the one before it. A browser is known by a keyed digest of its cookie.
CREATE TABLE sessions (
    token_hash     bytea       PRIMARY KEY,
    account_id     bigint      REFERENCES accounts (id),
    application_id bigint      REFERENCES applications (id),
    created_at     timestamptz NOT NULL,
    last_seen_at   timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    browser_hash   bytea,
    CONSTRAINT sessions_belong_to_one CHECK ((account_id IS NULL) <> (application_id IS NULL)),
    CONSTRAINT sessions_one_in_a_browser UNIQUE (browser_hash)
);
CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX sessions_by_end ON sessions (expires_at);

-- Six-digit codes sent by mail; bound to the page that asked, stored as keyed hashes. Their time begins when the letter
-- has been sent, so a code knows its letter.
CREATE TABLE mail_codes (
    token_hash bytea       PRIMARY KEY,
    purpose    text        NOT NULL,
    subject    text        NOT NULL,
    email      text        NOT NULL,
    code_hash  bytea       NOT NULL,
    expires_at timestamptz NOT NULL,
    tries_left smallint    NOT NULL,
    used_at    timestamptz,
    message_id text,
    CONSTRAINT mail_codes_purpose_is_known CHECK (purpose IN ('apply', 'status')),
    CONSTRAINT mail_codes_tries_not_negative CHECK (tries_left >= 0)
);
CREATE INDEX mail_codes_by_subject ON mail_codes (purpose, subject);
CREATE INDEX mail_codes_by_letter ON mail_codes (message_id);
CREATE INDEX mail_codes_by_end ON mail_codes (expires_at);

-- What was counted for a limit, by a keyed hash of account, client or mailbox: one row a subject.
CREATE TABLE limit_counts (
    limiter  text        NOT NULL,
    subject  text        NOT NULL,
    began_at timestamptz NOT NULL,
    count    integer     NOT NULL,
    CONSTRAINT limit_counts_once PRIMARY KEY (limiter, subject),
    CONSTRAINT limit_counts_not_negative CHECK (count >= 0)
);
CREATE INDEX limit_counts_by_age ON limit_counts (began_at);

-- The session of a browser whose digest somebody knows; nobody can list them.
CREATE FUNCTION session_of(digest bytea)
RETURNS TABLE (account_id bigint, application_id bigint, last_seen_at timestamptz, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT s.account_id, s.application_id, s.last_seen_at, s.expires_at
    FROM sessions s WHERE s.token_hash = digest
$$;
