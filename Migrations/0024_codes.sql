-- 0024 codes
-- Why:       the time of a mailed code begins when its letter has been sent, so the code knows its letter.
-- Locks:     mail_codes for a moment (a column without a value, an index of a few thousand rows).
-- Old code:  keeps codes without a letter; they are good from the moment they were asked for, as before.
-- Back:      drop the column.
-- Retention: as mail_codes.

ALTER TABLE mail_codes ADD COLUMN message_id text;
CREATE INDEX mail_codes_by_letter ON mail_codes (message_id);
CREATE INDEX mail_codes_by_end ON mail_codes (expires_at);
