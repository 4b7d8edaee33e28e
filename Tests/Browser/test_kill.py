"""kill -9 in the middle of jobs: of the server with its worker, and of the database. Afterwards everything is
not begun, going on or done; nobody is doubled and nothing acknowledged is lost."""
import contextlib
import email
import fcntl
import glob
import http.cookiejar
import os
import random
import re
import shutil
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

import excel
import pytest
from conftest import ROOT, Installation

SEED = int(os.environ.get("ENROLL_KILL_SEED", random.randrange(10**6)))


class Client:
    """Posts forms as a browser without scripts does."""

    def __init__(self, url):
        self.url = url
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)
        self.text = ""

    def go(self, path, **form):
        data = urllib.parse.urlencode(form | {"csrf": self.csrf}).encode() if form else None
        with self.opener.open(self.url + path, data, timeout=120) as answer:
            self.text = answer.read().decode()
            self.at = answer.geturl()
        return self

    @property
    def csrf(self):
        found = re.search(r'name="csrf" value="([^"]+)"', self.text)
        return found.group(1) if found else ""

    def sign_in(self, installation, role):
        _, address, password = next(line for line in installation.lines if line.startswith(role + "\t")).split("\t")
        self.go("/sign-in").go("/sign-in", email=address, password=password)
        return self


class Applicants(threading.Thread):
    """Somebody who applies again and again, and remembers every receipt that was read to its end."""

    def __init__(self, installation):
        super().__init__(daemon=True)
        self.installation = installation
        self.receipts, self.addresses = [], []
        self.is_over = False

    def run(self):
        number = 0
        while not self.is_over:
            number += 1
            try:
                self.apply(f"kill{number}@example.jp")
            except (urllib.error.URLError, ConnectionError, TimeoutError, OSError, AssertionError, AttributeError):
                time.sleep(0.2)

    def apply(self, address):
        client = Client(self.installation.url)
        client.go("/apply").go("/applications/new?applicant_kind=promoter&eligibility_category=agency_approved")
        client.go("/applications/draft", applicant_kind="promoter", eligibility_category="agency_approved",
                  workplace_name="見本商店", activity_note="公民館", family_name="髙橋", given_name=address.split("@")[0].replace("kill", "渉"),
                  family_name_kana="タカハシ", given_name_kana="ワタル", postal_code="102-0094", prefecture="東京都",
                  city="千代田区", street="紀尾井町1-3", email=address, view_1_on="2026-09-01",
                  view_2_on="2026-09-01", badge_opt_in="yes", consent_terms="yes", consent_privacy="yes")
        client.go("/applications/confirm", code=self.code(address))
        client.go("/applications", sure="yes")
        receipt = re.search(r'class="big">([^<]+)<', client.text).group(1)
        self.receipts.append(receipt)
        self.addresses.append(address)

    def code(self, address):
        for _ in range(50):
            for path in glob.glob(f"{self.installation.data}/mail/code-*.eml"):
                letter = email.message_from_bytes(open(path, "rb").read())
                if address in letter["To"]:
                    return re.search(r"\d{6}", letter.get_payload(decode=True).decode()).group(0)
            time.sleep(0.1)
        raise AssertionError("no code came")


class Database:
    """The installation's own PostgreSQL, looked at from outside."""

    def __init__(self, installation):
        found = subprocess.run(
            ["bash", "-c", '. ops/lib/installation.sh; cluster_at "$1"; echo "$CLUSTER"; echo "$SOCKET"', "-",
             installation.data], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
        self.folder, self.socket = found

    def ask(self, sql):
        done = subprocess.run(
            ["psql", "-XAtq", f"host={self.socket} dbname=enroll user=app", "-c", sql], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def kill(self):
        """The server and all its backends at once."""
        with open(f"{self.folder}/postmaster.pid") as file:
            head = int(file.readline())
        children = subprocess.run(["pgrep", "-P", str(head)], capture_output=True, text=True).stdout.split()
        for pid in [head, *map(int, children)]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass

    @contextlib.contextmanager
    def held_down(self):
        """Nobody starts it meanwhile: who wants to waits for this lock (ops/lib/cluster.sh)."""
        with open(f"{self.folder}.starting", "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.kill()
            yield

    def wait_for(self, subject):
        """Until the job is no longer waiting; three minutes at most."""
        for _ in range(900):
            state = self.ask(f"SELECT state || failure FROM jobs WHERE subject = '{subject}'")
            if state != "waiting":
                return state
            time.sleep(0.2)
        raise AssertionError(f"the job {subject} never ended")

    def check(self):
        """What must hold whatever was killed when."""
        assert self.ask("""SELECT count(*) FROM (SELECT 1 FROM applications
            WHERE state IN ('submitted', 'correcting', 'reviewing', 'approved', 'appointed')
              AND NOT appointment_ended
            GROUP BY fiscal_year, kind, match_key HAVING count(*) > 1) f""") == "0"
        assert self.ask("""SELECT count(*) FROM (SELECT 1 FROM appointment_terms WHERE known_until = 'infinity'
            GROUP BY fiscal_year, person_id, kind HAVING count(*) > 1) f""") == "0"
        assert self.ask("""SELECT count(*) FROM (SELECT count(*) AS made, max(substr(number, 7, 7)::int) AS last
            FROM appointments GROUP BY fiscal_year, kind) f WHERE made <> last""") == "0", "numbers have gaps"
        assert self.ask("""SELECT count(*) FROM applications a WHERE state = 'appointed'
            AND NOT EXISTS (SELECT FROM appointments p WHERE p.application_id = a.id)""") == "0"
        assert self.ask("""SELECT count(*) FROM group_files f JOIN plans p ON p.id = f.plan_id WHERE p.state = 'applied' AND applied_count <>
            (SELECT count(*) FROM group_lines l WHERE l.group_file_id = f.id AND applied_as <> '')""") == "0"
        assert self.ask("""SELECT count(*) FROM exports x WHERE finished_at IS NOT NULL AND byte_count <>
            (SELECT sum(length(bytes)) FROM export_chunks c WHERE c.export_id = x.id)""") == "0"


@pytest.fixture(scope="module")
def bench():
    print(f"\nENROLL_KILL_SEED={SEED}")
    installation = Installation()
    installation.start("--people", "1500")
    yield installation, Database(installation), random.Random(SEED)
    installation.stop()
    shutil.rmtree(installation.data, ignore_errors=True)


def crash(installation, database, chance, longest, of_database):
    """Kills at a moment of the seed, and starts everything again."""
    time.sleep(chance.uniform(0, longest))
    if of_database:
        database.kill()
        time.sleep(0.3)
    installation.kill()
    installation.start("--people", "0")


def plan_number(client):
    return re.search(r"number=([\w-]+)", client.at).group(1)


def test_nothing_is_lost_or_doubled_by_kill_9(bench, tmp_path):
    installation, database, chance = bench
    applicants = Applicants(installation)
    applicants.start()

    for round in range(2):
        people = [excel.person(n) for n in range(1 + 2000 * round, 2001 + 2000 * round)]
        path = tmp_path / f"{round}.csv"
        path.write_bytes(excel.write(people))
        planned = installation.enroll("import", "plan", path, "--organization", "demo-hospital")
        number = re.match(r"plan ([\w-]+):", planned.stdout).group(1)
        clerk = Client(installation.url).sign_in(installation, "organization")
        clerk.go(f"/group-files/plan?number={number}")
        clerk.go("/group-files/apply", number=number, agent_attestation="yes")
        crash(installation, database, chance, 1.0, of_database=round == 1)
        assert database.wait_for(number) == "done"
        assert database.ask(f"SELECT applied_count FROM group_files f JOIN plans p ON p.id = f.plan_id WHERE p.number = '{number}'") == "2000"
        database.check()

    applicants.is_over = True
    applicants.join(30)
    assert len(applicants.receipts) >= 2
    kept = database.ask("SELECT receipt FROM applications WHERE email LIKE 'kill%'").split()
    assert set(applicants.receipts) <= set(kept) and len(kept) == len(set(kept))

    officer = Client(installation.url).sign_in(installation, "office")
    for _ in range(3):
        for form in re.findall(r'name="organization" value="(\d*)">.*?name="last" value="(\d+)">.*?name="count" value="(\d+)"',
                               officer.go("/queue").text)[:1]:
            officer.go("/queue/approve-body", organization=form[0], last=form[1], count=form[2], sure="yes")
    officer.go("/decisions").go("/decisions", decided_on="2026-11-24", decision_number="デ推第1号")
    number = plan_number(officer)
    officer.go("/plans/apply", number=number)
    crash(installation, database, chance, 1.5, of_database=False)
    assert database.wait_for(number) == "done"
    assert int(database.ask("SELECT count(*) FROM applications WHERE state = 'approved'")) == 0
    database.check()

    ministry = Client(installation.url).sign_in(installation, "ministry")
    ministry.go("/exports").go("/exports", purpose="報告", as_of="", known_on="")
    crash(installation, database, chance, 0.6, of_database=True)
    assert database.wait_for(database.ask("SELECT number FROM exports ORDER BY id DESC LIMIT 1")) == "done"
    database.check()

    installation.stop()
    installation.move_to("2027-04-01T00:00:00+09:00")
    installation.start("--people", "0")
    active = database.ask("""SELECT count(*) FROM appointment_terms WHERE known_until = 'infinity'
        AND ends_on = '2027-04-01' AND end_reason = ''""")
    officer = Client(installation.url).sign_in(installation, "office")
    officer.go("/renewal").go("/renewal", csrf="")
    number = plan_number(officer)
    officer.go("/plans/apply", number=number, decided_on="2027-04-01", decision_number="デ推第9号")
    crash(installation, database, chance, 3.0, of_database=False)
    assert database.wait_for(number) == "done"
    assert database.ask("SELECT count(*) FROM appointments WHERE fiscal_year = 2027") == active
    database.check()
