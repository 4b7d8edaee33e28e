-- 0025 second factors
-- Why:       an account signs in with a code of an authenticator too, and proves itself again before acts that matter.
-- Locks:     ACCESS EXCLUSIVE on sessions for a column without a default; on outbox while its words are looked at once.
-- Old code:  knows none of it, and lets whoever has a password in.   Back: drop the tables, the column and the words; the
--            function as in 0005.
-- Retention: as the account, until it is reset.
CREATE TABLE second_factors (
    account_id    bigint      PRIMARY KEY REFERENCES accounts (id),
    -- Under a key that is kept outside of the database.
    sealed_secret text        NOT NULL,
    set_up_at     timestamptz NOT NULL,
    -- Of the last code that was taken: none is taken twice.
    last_step     bigint      NOT NULL,
    CONSTRAINT second_factors_secret_is_sealed CHECK (length(sealed_secret) >= 60)
);

-- 予備のコード: each lets somebody in once who has not their authenticator; keyed digests.
CREATE TABLE recovery_codes (
    account_id bigint NOT NULL REFERENCES second_factors (account_id),
    code_hash  bytea  NOT NULL,
    used_at    timestamptz,
    CONSTRAINT recovery_codes_once PRIMARY KEY (account_id, code_hash),
    CONSTRAINT recovery_codes_digest_is_whole CHECK (length(code_hash) = 32)
);

-- When whoever sits there has typed a code of the second factor last.
ALTER TABLE sessions ADD COLUMN proved_at timestamptz;

DROP FUNCTION session_of(bytea);
CREATE FUNCTION session_of(digest bytea)
RETURNS TABLE (account_id bigint, application_id bigint, last_seen_at timestamptz, expires_at timestamptz,
               proved_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT s.account_id, s.application_id, s.last_seen_at, s.expires_at, s.proved_at
    FROM sessions s WHERE s.token_hash = digest
$$;

ALTER TABLE outbox DROP CONSTRAINT outbox_letter_is_known, ADD CONSTRAINT outbox_letter_is_known CHECK (letter IN
    ('code', 'receipt', 'already_received', 'appointment', 'resignation', 'group_applied', 'not_renewed', 'rejection',
     'job_failed', 'expired', 'sign_in_warning', 'alarm', 'withdrawal', 'correction', 'correction_refused',
     'mail_changed', 'receipts', 'dismissal', 'resumption', 'reopening', 'cancellation', 'parting',
     'password_changed', 'proposal', 'people_merged', 'people_separated', 'taken_back', 'group_undone',
     'second_factor'));
