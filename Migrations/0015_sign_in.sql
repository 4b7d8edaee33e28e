-- 0015 sign-in
-- Why:       whoever signs in types their address in any case; so an address is one account, whatever its case.
-- Locks:     accounts against writing while the index is built (a few thousand rows: a moment).
--            Fails, and changes nothing, while two accounts differ in case alone: change one of the two first.
-- Old code:  adds an account as before; is refused one that differs from another in case alone.
-- Back:      drop the index.
-- Retention: as accounts.

CREATE UNIQUE INDEX accounts_email_unique_in_any_case ON accounts (lower(email));
