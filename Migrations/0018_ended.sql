-- 0018 ended
-- Why:       whoever resigned, was dismissed or changed the kind may apply again in the same year; the
--            application that their appointment came of no longer stands in the way of another one.
-- Locks:     applications against everything while the index is built (55,000 people: under a second).
-- Old code:  takes an application after a resignation for the second of one that stands, as before.
-- Back:      make the index of 0002 again (fails while somebody has applied again); drop the column.
-- Retention: as applications.

-- Whether the appointment that came of it ended before its year did. The days are in appointment_terms;
-- this is what an index can see of them.
ALTER TABLE applications ADD COLUMN appointment_ended boolean NOT NULL DEFAULT false;
UPDATE applications a SET appointment_ended = true
FROM appointments p JOIN appointment_terms t ON t.appointment_id = p.id
WHERE p.application_id = a.id AND t.known_until = 'infinity' AND t.end_reason <> '';

DROP INDEX applications_one_live_per_kind_and_year;
CREATE UNIQUE INDEX applications_one_live_per_kind_and_year
    ON applications (fiscal_year, kind, match_key)
    WHERE state IN ('submitted', 'correcting', 'reviewing', 'approved', 'appointed')
      AND NOT appointment_ended;
