-- Why: the office sees beside its queue how many appointments of the year have ended. They are few, and
--   are counted without going through everybody's applications.
-- Locks: applications, while the index is made; it is small, but all rows are read once.
-- Old code: does not look for it.
-- Back: DROP INDEX applications_ended; the page counts the same, more slowly.
-- Retention: nothing new is kept.
CREATE INDEX applications_ended ON applications (fiscal_year, state) WHERE appointment_ended;
