"""An application filed and acknowledged durably, beside pgbench running the same statements in one transaction.

Ours is the press of 「応募を送る」 over HTTP and the receipt page it leads to: request and form parsed, cookie and
token checked, draft read and checked against the year's rules, application with its states, viewings, consents,
letter and journal committed (synchronous_commit on, fsync on), 303; then the page with the number. What comes
before (form, code by mail) is not measured: confirmed drafts are laid into the database for both sides.
pgbench runs submit.sql, prepared, over as many connections, in the same database and as the same role; it reads
the application for the receipt page as the server does. Afterwards both sides must have written the same rows.
"""
import base64
import hashlib
import json
import os
import re
import subprocess
import time
import urllib.request

from .bed import ROOT, free_port, side_by_side
from .population import SEEDED_AT

CONNECTIONS = 8
MOST_PER_S = 5_000  # drafts laid out for a second of measuring
DAY = SEEDED_AT[:10]
FORM = {"applicant_kind": "promoter", "eligibility_category": "agency_approved", "workplace_name": "見本商店",
        "activity_note": "公民館",        "family_name": "髙橋", "given_name": "渉", "family_name_kana": "タカハシ", "given_name_kana": "ワタル",
        "postal_code": "102-0094", "prefecture": "東京都", "city": "千代田区", "street": "紀尾井町1-3",
        "view_1_on": DAY, "view_2_on": DAY, "badge_opt_in": "yes", "consent_terms": "yes", "consent_privacy": "yes"}
# As the service plans its own (ops/decisions/0021, 0064).
PLANNED = "-c enable_seqscan=off -c jit=off -c plan_cache_mode=force_generic_plan"
SPREAD = 0.5  # a statement more or less is 1; what a connection tells too late of its reads is less
LAID_OUT = {"drafts", "fiscal_years"}  # what laying out drafts writes and looks into as well
WRITTEN = ["people", "applications", "application_states", "viewings", "application_consents", "outbox", "events"]


class Service:
    """`enroll serve` alone: the worker that sends the letters is another process and would take from both sides."""

    def __init__(self, population):
        self.population, self.database, self.made = population, population.copy("submit"), 0
        self.sent = []
        self.ask("ANALYZE")
        self.url = f"http://127.0.0.1:{free_port()}"
        environment = os.environ | population.login("submit") | {
            "ENROLL_HOME": str(ROOT), "ENROLL_LOG_LEVEL": "error",
            "ENROLL_KEYS": str(population.data / "keys"), "ENROLL_SMTP_URL": f"folder:{population.data}/mail",
            "ENROLL_LISTEN": self.url.removeprefix("http://"), "ENROLL_PUBLIC_URL": self.url}
        self.process = subprocess.Popen(
            [ROOT / ".build/release/enroll", "serve", "--clock", SEEDED_AT], env=environment,
            stdout=subprocess.PIPE, text=True)
        assert self.process.stdout.readline().startswith("ready: "), "the server did not start"

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)

    def ask(self, sql):
        return self.population.ask("submit", sql)

    def visitor(self):
        """A browser's cookie and the token of its forms."""
        ground = "applicant_kind=promoter&eligibility_category=agency_approved"
        with urllib.request.urlopen(f"{self.url}/applications/new?{ground}") as answer:
            cookie = answer.headers["Set-Cookie"].split(";")[0]
            return cookie, re.search(r'name="csrf" value="([^"]+)"', answer.read().decode()).group(1)

    def drafts(self, count, digest):
        """Lays confirmed drafts into the database, the nth under `digest(n)`."""
        first, self.made = self.made, self.made + count
        lines = []
        for n in range(first, first + count):
            answers = json.dumps(FORM | {"email": f"submit-{n}@example.jp"}, ensure_ascii=False)
            once = base64.urlsafe_b64encode(digest(n).ljust(18, b"-")[:18]).decode()
            lines.append(f"\\\\x{digest(n).hex()}\t{DAY[:4]}\t{answers}\t{once}{n}\t{SEEDED_AT}\t{SEEDED_AT}\n")
        subprocess.run(
            ["psql", "-Xq", self.population.url("submit"), "-c",
             "COPY drafts (token_hash, fiscal_year, answers, once_key, created_at, confirmed_at) FROM STDIN"],
            input="".join(lines), text=True, check=True)
        return first

    def rows(self):
        counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in WRITTEN)
        return [int(each) for each in self.ask(f"SELECT {counts}").split("|")]


def token(n):
    return base64.urlsafe_b64encode(hashlib.sha256(f"token {n}".encode()).digest()).decode().rstrip("=")


def press(service, visitor, seconds):
    """Applications a second that were filed while as many receipt pages were shown; the first call shows none."""
    cookie, csrf = visitor
    count, folder = MOST_PER_S * seconds, service.population.data
    first = service.drafts(count, lambda n: hashlib.sha256(token(n).encode()).digest())
    (folder / "fresh").write_text("".join(f"{token(n)}\n" for n in range(first, first + count)))
    (folder / "sent").write_text("".join(f"{token(n)}\n" for n in service.sent))
    before = service.rows()
    found = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", ROOT / "ops/benchmarks/submit.lua", service.url],
        capture_output=True, text=True, check=True,
        env=os.environ | {"FOLDER": str(folder), "COOKIE": cookie, "CSRF": csrf})
    found = found.stdout
    filed, shown, wrong, microseconds = map(int, re.search(r"SUBMIT (\d+) (\d+) (\d+) (\d+)", found).groups())
    assert wrong == 0 and "Socket errors" not in found, found
    assert not service.sent or abs(filed - shown) <= CONNECTIONS, found
    service.sent = service.sent or range(first + 1, first + filed // 2)  # wrk throws its first away
    return checked(service, before, filed, filed / microseconds * 1e6)


def pgbench(service, seconds):
    """The same statements a second."""
    each = MOST_PER_S * seconds // CONNECTIONS
    first = service.drafts(each * CONNECTIONS, lambda n: n.to_bytes(8, "big"))
    receipt = service.ask("SELECT lane, subject, body FROM outbox WHERE letter = 'receipt' ORDER BY id DESC LIMIT 1")
    lane, subject, body = receipt.split("|", 2)
    match, loose, order = (service.ask(
        f"SELECT {key} FROM applications WHERE email LIKE 'submit-%' LIMIT 1")
        for key in ("match_key", "loose_key", "sort_key"))
    words = {"base": first - 1, "each": each, "year": DAY[:4], "day": DAY, "now": SEEDED_AT, "match": match, "loose": loose,
             "sort": order, "digest": hashlib.sha256(b"").hexdigest(), "once": "x" * 24, "mail": "submit-",
             "lane": lane, "subject": subject, "body": body}
    script = (ROOT / "ops/benchmarks/submit.sql").read_text()
    for word, value in words.items():
        script = script.replace(f"@{word}@", str(value).replace("\n", " "))
    path = service.population.data / "submit.sql"
    path.write_text(script)
    before = service.rows()
    found = subprocess.run(
        ["/usr/lib/postgresql/15/bin/pgbench", "-n", "-M", "prepared", "-c", str(CONNECTIONS), "-j", "1", "-T", str(seconds),
         "-D", "k=0", "-f", path, "-h", service.population.socket, "-U", "enroll_app", "submit"],
        stdout=subprocess.PIPE, text=True, check=True, env=os.environ | {"PGOPTIONS": PLANNED}).stdout
    count = int(re.search(r"actually processed: (\d+)", found).group(1))
    return checked(service, before, count, float(re.search(r"tps = ([\d.]+)", found).group(1)))


def checked(service, before, count, rate):
    """The rate, when every application that was counted is in every table; a few more were cut off while answered."""
    written = [after - old for after, old in zip(service.rows(), before)]
    applications = written[1]
    assert count <= applications <= count + CONNECTIONS, (count, written)
    assert written == [applications * each for each in (1, 1, 1, 2, 2, 1, 1)], written
    return rate


def uses(service):
    """How often each table has been looked into and written to since it was last asked, by filed application."""
    found = service.ask("""SELECT relname, coalesce(idx_scan, 0) + seq_scan, n_tup_ins + n_tup_upd
        FROM pg_stat_user_tables WHERE coalesce(idx_scan, 0) + seq_scan + n_tup_ins + n_tup_upd > 0""")
    rows = {name: (int(read), int(written)) for name, read, written in (line.split("|") for line in found.splitlines())}
    service.ask("SELECT pg_stat_reset()")
    filed = rows["applications"][1]
    # What is done once in a while only is nothing of the statements.
    used = {name: tuple(round(each / filed, 1) for each in row) for name, row in rows.items() if name not in LAID_OUT}
    return {name: each for name, each in used.items() if max(each) >= SPREAD}


def compare_statements(service, visitor, seconds):
    """Fails when the statements of submit.sql are no longer those of Store. What was used is told by a connection that
    ends."""
    service.ask("SELECT pg_stat_reset()")
    pgbench(service, seconds)
    theirs = uses(service)
    press(service, visitor, seconds)
    service.close()
    while service.ask("SELECT count(*) FROM pg_stat_activity WHERE usename = 'enroll_app'") != "0":
        time.sleep(0.1)
    ours = uses(service)
    for table in ours.keys() | theirs.keys():
        pairs = zip(ours.get(table, (0, 0)), theirs.get(table, (0, 0)))
        assert all(abs(a - b) < SPREAD for a, b in pairs), \
            f"submit.sql has other statements than Store about {table}: {ours} beside {theirs}"


def run(bed, full):
    service = Service(bed.population(full))
    try:
        visitor = service.visitor()
        seconds = 8 if full else 3
        press(service, visitor, 1)
        found = side_by_side(
            lambda: press(service, visitor, seconds), lambda: pgbench(service, seconds))
        compare_statements(service, visitor, seconds)
    finally:
        service.close()
    return {"ours_per_s": round(found.ours), "pgbench_per_s": round(found.theirs)} | found.figures(must=0.75)
