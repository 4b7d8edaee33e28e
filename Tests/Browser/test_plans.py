"""Every page at the size of 20,000 people: PostgreSQL itself (auto_explain) tells the plan of every query that
any page sends: none reads a table of more than 1,000 rows from end to end, whatever the statistics say, and none is
compiled first, which takes longer than reading. A new page is covered as soon as
an `…Endpoints.swift` names it or a page links to it. Queries that count or need a whole list say so in their text."""
import json
import re
import shutil
import time
import urllib.error

import pytest
from conftest import ROOT, Installation
from test_kill import Applicants, Client, Database

PEOPLE = 20_000
LARGE = 1_000
MARKS = ("/* tally */", "/* whole list */")
# For the service alone: what this test asks beside it is not looked at.
EXPLAIN = """ALTER ROLE enroll_app SET session_preload_libraries = auto_explain;
    ALTER ROLE enroll_app SET auto_explain.log_min_duration = 0;
    ALTER ROLE enroll_app SET auto_explain.log_format = json"""


@pytest.fixture(scope="module")
def large():
    installation = Installation()
    installation.start("--people", str(PEOPLE))
    database = Database(installation)
    docomo = installation.enroll("account", "add", "docomo@demo.example", "--role", "organization",
                                 "--organization", "docomo", "--name", "見本 担当")
    assert docomo.returncode == 0, docomo.stderr
    for command in (["open-year", "2027"], ["renew", "plan", "--fiscal-year", "2027"]):
        done = installation.enroll(*command)
        assert done.returncode == 0, done.stderr
    client = Client(installation.url).sign_in(installation, "ministry")
    client.go("/exports").go("/exports", purpose="報告", as_of="", known_on="")
    database.wait_for(database.ask("SELECT number FROM exports"))
    database.ask("ALTER SYSTEM SET autovacuum = off")
    database.ask("SELECT pg_reload_conf()")
    database.ask("VACUUM ANALYZE")
    tables = set(database.ask(
        f"SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples > {LARGE}").split())
    assert {"applications", "affiliations", "appointments", "viewings", "plan_lines", "outbox"} <= tables
    database.ask(EXPLAIN)
    docomo = docomo.stdout.strip().replace("organization", "docomo", 1)
    installation.stop()
    yield installation, database, tables, docomo
    shutil.rmtree(installation.data, ignore_errors=True)


# What the statistics tell: of the tables as they are, of tables that were never looked at while they had rows, and of
# those of before a bulk act that moved everybody.
STATISTICS = {
    "full": "ANALYZE",
    "empty": """DELETE FROM pg_statistic WHERE starelid IN (
            SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace);
        UPDATE pg_class SET reltuples = 0, relpages = 0 WHERE relnamespace = 'public'::regnamespace""",
    "before": """CREATE TEMP TABLE now_so AS SELECT id, state, organization_id, submitted_by FROM applications;
        UPDATE applications SET state = 'rejected', organization_id = NULL, submitted_by = NULL;
        ANALYZE;
        UPDATE applications a SET state = n.state, organization_id = n.organization_id, submitted_by = n.submitted_by
        FROM now_so n WHERE n.id = a.id""",
}


def routes():
    """Every path that the site knows."""
    text = "".join(file.read_text() for file in sorted((ROOT / "Sources/Web").glob("*/*Endpoints.swift")))
    return re.findall(r'= Route\("(/[^"]*)"\)', text)


class Walker:
    """Somebody who opens every page and every link on it, a few of each kind."""

    def __init__(self, client, start):
        self.client, self.seen, self.count = client, set(), {}
        self.waiting = list(start)

    def walk(self):
        while self.waiting:
            path = self.waiting.pop()
            page = path.split("?")[0]
            if path in self.seen or self.count.get(page, 0) >= 6 or page == "/sign-out":
                continue
            self.seen.add(path)
            self.count[page] = self.count.get(page, 0) + 1
            try:
                self.client.go(path)
            except UnicodeDecodeError:
                continue  # a file that is no page
            except urllib.error.HTTPError as error:
                assert error.code < 500 or error.code == 503 and page == "/readyz", path
                continue
            self.waiting += [link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"#]*)"', self.client.text)]
        return self


def plans(log):
    """(text of the statement, its plan, whether the server compiles it) of everything that was logged."""
    for found in re.finditer(r"plan:\n\t?(\{.*?\n\t\}|\{.*?\n\})\n", log, re.S):
        plan = json.loads(found.group(1).replace("\n\t", "\n"))
        yield plan["Query Text"], plan["Plan"], "JIT" in plan


def whole_reads(plan, is_cut=False):
    """The tables that a plan reads from end to end: as they lie, or by an index of which it wants everything."""
    kind = plan["Node Type"]
    by_index = kind in ("Index Scan", "Index Only Scan") and "Index Cond" not in plan and not is_cut
    if kind == "Seq Scan" or by_index:
        yield plan["Relation Name"]
    for part in plan.get("Plans", []):
        yield from whole_reads(part, is_cut or kind == "Limit")


def search(client):
    """Every way of finding somebody, with the next page."""
    client.go("/people")
    receipt = client.person["receipt"]
    for typed in (receipt, *client.person["numbers"], client.person["email"], "佐藤", "サトウ", "ﾔﾏﾀﾞ", "渡邉", "だれもいない",
                  "太郎", "ハナ", "090123", "060-", "東京都千代田区", "見本町1", "ドコモ", "person1", "@people"):
        client.go("/people").go("/people", person=typed)
        links = re.findall(r'href="(/people\?search=[^"]*)"', client.text)
        for link in links:
            client.go(link.replace("&amp;", "&"))
            for later in re.findall(r'href="(/people\?search=[^"]*after=\d+)"', client.text):
                client.go(later.replace("&amp;", "&"))


def visit_everything(installation, database, round):
    paths = routes()
    token = database.ask("SELECT token FROM badges ORDER BY id LIMIT 1")
    slug = database.ask("SELECT class_slug FROM badges ORDER BY id LIMIT 1")
    paths += [f"/verify/{token}", f"/ob2/assertions/{token}", f"/ob2/badges/{slug}", "/ob2/issuer"]
    receipt, email = database.ask("SELECT receipt || '|' || email FROM applications LIMIT 1").split("|")
    Walker(Client(installation.url), paths).walk()
    for role in ("docomo", "organization", "ministry", "office"):
        client = Client(installation.url).sign_in(installation, role)
        Walker(client, paths).walk()
    numbers = database.ask(
        "SELECT a.number || '|' || p.member_number FROM appointments a JOIN people p ON p.id = a.person_id LIMIT 1")
    client.person = {"receipt": receipt, "email": email, "numbers": numbers.split("|")}
    search(client)
    Applicants(installation).apply(f"kill{round}@example.jp")
    status = Client(installation.url).go("/status")
    status.go("/status", receipt=receipt, email=email)


@pytest.mark.parametrize("statistics", STATISTICS)
def test_no_page_reads_a_large_table_from_end_to_end(large, statistics):
    installation, database, large_tables, docomo = large
    installation.start("--people", "0")
    log_file = open(f"{database.folder}/boot.log", errors="replace")
    try:
        installation.lines.append(docomo)
        database.ask(STATISTICS[statistics])
        log_file.seek(0, 2)
        visit_everything(installation, database, list(STATISTICS).index(statistics) + 1)
        time.sleep(1)
    finally:
        installation.stop()
    log = log_file.read()
    seen, wrong = 0, {}
    for text, plan, is_compiled in plans(log):
        seen += 1
        assert not is_compiled, f"the server compiles a plan before it reads: {text[:600]}"
        tables = large_tables & set(whole_reads(plan))
        if tables and not any(mark in text for mark in MARKS):
            wrong[" ".join(text.split())[:600]] = tables
    assert seen > 300, "auto_explain told nothing"
    assert not wrong, "\n".join(f"{tables}: {text}" for text, tables in wrong.items())
