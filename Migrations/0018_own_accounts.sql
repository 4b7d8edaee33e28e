-- 0018 own accounts
-- Why:       whoever has an account changes its password, sets one that was forgotten by a mailed code, and sees and ends
--            their sessions: so a session has a number, and says roughly from where and with what it was opened.
-- Locks:     ACCESS EXCLUSIVE on sessions, which are few and short-lived, while their numbers are given; on mail_codes and
--            outbox while their words are looked at once.
-- Old code:  opens sessions that say nothing of where.   Back: drop the function, the columns and the words.
-- Retention: sessions until they end.
ALTER TABLE sessions
    ADD COLUMN id      bigint GENERATED ALWAYS AS IDENTITY,
    -- Part of an address of the network, and a browser's kind: enough for the owner to know it again.
    ADD COLUMN network text NOT NULL DEFAULT '',
    ADD COLUMN device  text NOT NULL DEFAULT '',
    ADD CONSTRAINT sessions_number_unique UNIQUE (id),
    ADD CONSTRAINT sessions_of_applicants_say_no_place
        CHECK (account_id IS NOT NULL OR (network = '' AND device = ''));

-- The sessions of an account; `is_this` is that of the browser whose digest somebody knows. Digests stay where they are.
CREATE FUNCTION sessions_of(account bigint, digest bytea)
RETURNS TABLE (id bigint, is_this boolean, created_at timestamptz, last_seen_at timestamptz, expires_at timestamptz,
               network text, device text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT s.id, coalesce(s.token_hash = digest, false), s.created_at, s.last_seen_at, s.expires_at, s.network, s.device
    FROM sessions s WHERE s.account_id = account
$$;

ALTER TABLE mail_codes DROP CONSTRAINT mail_codes_purpose_is_known,
    ADD CONSTRAINT mail_codes_purpose_is_known CHECK (purpose IN ('apply', 'status', 'mail', 'password'));
ALTER TABLE outbox DROP CONSTRAINT outbox_letter_is_known, ADD CONSTRAINT outbox_letter_is_known CHECK (letter IN
    ('code', 'receipt', 'already_received', 'appointment', 'resignation', 'group_applied', 'not_renewed', 'rejection',
     'job_failed', 'expired', 'sign_in_warning', 'alarm', 'withdrawal', 'correction', 'correction_refused',
     'mail_changed', 'receipts', 'dismissal', 'resumption', 'reopening', 'cancellation', 'parting',
     'password_changed'));
