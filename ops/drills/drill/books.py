"""The reckoning: what was acknowledged against what the database holds."""

LIVE = "('submitted', 'correcting', 'reviewing', 'approved', 'appointed')"


def lost(cluster, receipts, database="enroll"):
    """Acknowledged receipts that are not there, under the address that was told."""
    kept = {tuple(row) for row in cluster.rows(
        "SELECT email, receipt FROM applications WHERE email LIKE 'drill-%'", database)}
    return sum((address, receipt) not in kept for address, receipt in receipts.items())


def doubled(cluster, database="enroll"):
    """People of the drill with more than one application, and anybody with two live ones, two terms of one day or the
    same letter twice; whoever resigned and was appointed again has two terms, one after the other. A letter past its
    lifetime has no text any more, only its Message-ID."""
    return int(cluster.ask(f"""WITH terms AS (
            SELECT id, fiscal_year, person_id, kind, daterange(true_from, ends_on) AS days
            FROM appointment_terms WHERE known_until = 'infinity')
        SELECT
        (SELECT count(*) FROM (SELECT FROM applications WHERE email LIKE 'drill-%'
            GROUP BY email, fiscal_year HAVING count(*) > 1) f)
        + (SELECT count(*) FROM (SELECT FROM applications WHERE state IN {LIVE} AND NOT appointment_ended
            GROUP BY fiscal_year, kind, match_key HAVING count(*) > 1) f)
        + (SELECT count(*) FROM terms t JOIN terms o USING (fiscal_year, person_id, kind)
            WHERE t.id < o.id AND t.days && o.days)
        + (SELECT count(*) FROM (SELECT FROM outbox WHERE letter <> 'code'
            GROUP BY letter, recipient, CASE body WHEN '' THEN message_id ELSE body END HAVING count(*) > 1) f)""",
        database))


def half_done(cluster, database="enroll"):
    """A receipt without its letter, state, consents or journal line, and a letter without its receipt."""
    return int(cluster.ask("""
        WITH ours AS (SELECT a.id, a.receipt, 'receipt-' || lower(a.receipt) || '@%' AS letter
                      FROM applications a WHERE a.email LIKE 'drill-%')
        SELECT (SELECT count(*) FROM ours o
                WHERE NOT EXISTS (SELECT FROM outbox x WHERE x.message_id LIKE o.letter)
                   OR NOT EXISTS (SELECT FROM application_states s WHERE s.application_id = o.id)
                   OR NOT EXISTS (SELECT FROM application_consents c WHERE c.application_id = o.id)
                   OR NOT EXISTS (SELECT FROM events e WHERE e.subject = 'receipt:' || o.receipt))
             + (SELECT count(*) FROM outbox x WHERE x.letter = 'receipt' AND x.recipient LIKE 'drill-%'
                AND NOT EXISTS (SELECT FROM ours o WHERE x.message_id LIKE o.letter))
             + (SELECT count(*) FROM drafts d WHERE d.receipt IS NOT NULL
                AND NOT EXISTS (SELECT FROM applications a WHERE a.receipt = d.receipt))""", database))
