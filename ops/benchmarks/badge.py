"""Badge JSON by token from the database over 64 connections and the pool (4 pipelined ones a worker), beside
pgbench reading the same row over 8."""
import re
import subprocess

from .bed import Metered, side_by_side, wrk

QUERY = """SELECT b.token, b.class_slug, b.salt, b.identity, b.issued_on, b.expires_on, b.revoked_at,
 b.revocation_reason, a.number FROM badges b JOIN appointments a ON a.id = b.appointment_id WHERE b.token = '{}';"""


def pgbench(bed, script, seconds):
    found = subprocess.run(
        ["/usr/lib/postgresql/15/bin/pgbench", "-n", "-M", "prepared", "-c", "8", "-j", "2", "-T", str(seconds), "-f",
         script, "-h", bed.socket, "-U", "app", "enroll"], capture_output=True, text=True, check=True).stdout
    return float(re.search(r"tps = ([\d.]+)", found).group(1))


def run(bed, full):
    bed.url
    token = bed.ask("SELECT token FROM badges ORDER BY id LIMIT 1")
    script = bed.data / "badge.sql"
    script.write_text(QUERY.format(token).replace("\n", " "))
    seconds = 8 if full else 3
    address = f"{bed.url}/ob2/assertions/{token}"
    ours = Metered(bed.server_pid(), lambda: wrk(address, 64, seconds, "-H", "Accept: application/ld+json"), seconds)
    found = side_by_side(ours, lambda: pgbench(bed, script, seconds))
    return {"ours_per_s": round(found.ours), "pgbench_per_s": round(found.theirs),
            "cpu_us": ours.microseconds} | found.figures(must=0.6)
