"""The reckoning: what was acknowledged against what the database holds."""

LIVE = "('submitted', 'correcting', 'reviewing', 'approved', 'appointed')"


def lost(cluster, receipts, database="enroll"):
    """Acknowledged receipts that are not there, under the address that was told."""
    kept = {tuple(row) for row in cluster.rows(
        "SELECT email, receipt FROM applications WHERE email LIKE 'drill-%'", database)}
    return sum((address, receipt) not in kept for address, receipt in receipts.items())


def doubled(cluster, database="enroll"):
    """People of the drill with more than one application, and anybody with two live ones or two terms."""
    return int(cluster.ask(f"""SELECT
        (SELECT count(*) FROM (SELECT FROM applications WHERE email LIKE 'drill-%'
            GROUP BY email, fiscal_year HAVING count(*) > 1) f)
        + (SELECT count(*) FROM (SELECT FROM applications WHERE state IN {LIVE} AND NOT appointment_ended
            GROUP BY fiscal_year, kind, match_key HAVING count(*) > 1) f)
        + (SELECT count(*) FROM (SELECT FROM appointment_terms WHERE known_until = 'infinity'
            GROUP BY fiscal_year, person_id, kind HAVING count(*) > 1) f)
        + (SELECT count(*) FROM (SELECT FROM outbox WHERE letter <> 'code'
            GROUP BY letter, recipient, body HAVING count(*) > 1) f)""", database))


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
