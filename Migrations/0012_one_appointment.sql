-- 0012 one appointment
-- Why:       nobody is 推進委員 and よびかけ員 on one day. The tables promised it for each kind alone, and
--            somebody whose two appointments began on one day was both. Whoever resigns or is
--            dismissed no longer counts on the last day itself, as in every count.
-- Locks:     appointment_terms against everything while the index is built (55,000 people: a second).
--            Fails, and changes nothing, while somebody is both: end one of the two first.
-- Old code:  may be refused what it would have done wrongly.
-- Back:      drop the constraint; make the old one again.
-- Retention: as appointment_terms.

ALTER TABLE appointment_terms DROP CONSTRAINT appointment_terms_one_active_per_person_and_kind;
ALTER TABLE appointment_terms ADD CONSTRAINT appointment_terms_one_active_per_person EXCLUDE USING gist
    (person_id WITH =,
     daterange(true_from, true_until,
               CASE WHEN end_reason IN ('resigned', 'revoked') THEN '[)' ELSE '[]' END) WITH &&)
    WHERE (known_until = 'infinity');
