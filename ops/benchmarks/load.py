"""90 % page reads, 8 % badge reads, 2 % applications, while a group file of 12,000 rows is imported and the
ministry's workbook is written and a mass mail of 55,000 letters leaves. `serve` and `work` run as two processes, as in production."""
import argparse
import http.cookiejar
import json
import os
import pathlib
import re
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request

from . import group
from .bed import ROOT, free_port, resident
from .population import SEEDED_AT, Population


class Browser:
    """Posts forms as a browser without scripts does, and remembers how long each answer took."""

    def __init__(self, url, times):
        self.url, self.times, self.text = url, times, ""
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def go(self, path, **form):
        found = re.search(r'name="csrf" value="([^"]+)"', self.text)
        data = urllib.parse.urlencode(form | {"csrf": found.group(1) if found else ""}).encode() if form else None
        started = time.monotonic()
        with self.opener.open(self.url + path, data, timeout=30) as answer:
            self.text, self.at = answer.read().decode(), answer.geturl()
        self.times.append((time.monotonic() - started) * 1000)
        return self

    def sign_in(self, account):
        role, email, password = account
        return self.go("/sign-in").go("/sign-in", email=email, password=password)

    @property
    def cookie(self):
        return "; ".join(f"{each.name}={each.value}" for each in self.cookies)

    def links(self, pattern):
        return sorted(set(link.replace("&amp;", "&") for link in re.findall(rf'href="({pattern}[^"]*)"', self.text)))


class Applicants(threading.Thread):
    """Whole applications, one after the other, a little apart from each other."""

    def __init__(self, installation, pause):
        super().__init__(daemon=True)
        self.installation, self.pause = installation, pause
        self.times, self.failures, self.count, self.is_over = [], [], 0, False

    def run(self):
        while not self.is_over:
            started = time.monotonic()
            self.count += 1
            try:
                self.apply(f"load{self.count}@example.jp")
            except Exception as error:  # whatever it is, it counts as an error and is printed
                self.failures.append(repr(error))
            time.sleep(max(0, self.pause - (time.monotonic() - started)))

    def apply(self, address):
        browser = Browser(self.installation.url, self.times)
        browser.go("/apply").go("/applications/new?applicant_kind=promoter&eligibility_category=agency_approved")
        browser.go("/applications/draft", applicant_kind="promoter", eligibility_category="agency_approved",
                   workplace_name="見本商店", activity_note="公民館", family_name="髙橋", given_name=f"渉{self.count}".translate(KANJI),
                   family_name_kana="タカハシ", given_name_kana="ワタル", postal_code="102-0094",
                   prefecture="東京都", city="千代田区", street="紀尾井町1-3", email=address, view_1_on="2026-09-01",
                   view_2_on="2026-09-01", badge_opt_in="yes", consent_terms="yes", consent_privacy="yes")
        browser.go("/applications/confirm", code=self.code(address))
        browser.go("/applications", sure="yes")
        assert re.search(r'class="big">([^<]+)<', browser.text), "no receipt"

    def code(self, address):
        for _ in range(100):
            body = self.installation.population.ask(
                "enroll", f"SELECT body FROM outbox WHERE recipient = '{address}' AND letter = 'code'")
            if body:
                return re.search(r"\d{6}", body).group(0)
            time.sleep(0.05)
        raise AssertionError("no code was written")


KANJI = str.maketrans("0123456789", "零一二三四五六七八九")


class Installation:
    """A population that is served by two processes."""

    def __init__(self, population):
        self.population = population
        self.url = f"http://127.0.0.1:{free_port()}"
        environment = os.environ | population.login("enroll") | {
            "ENROLL_HOME": str(ROOT), "ENROLL_LOG_LEVEL": "error",
            "ENROLL_KEYS": str(population.data / "keys"), "ENROLL_SMTP_URL": f"folder:{population.data}/mail",
            "ENROLL_LISTEN": self.url.removeprefix("http://"), "ENROLL_PUBLIC_URL": self.url}
        self.log = open(population.data / "load.log", "w+")
        start = lambda *command: subprocess.Popen(
            [ROOT / ".build/release/enroll", *command, "--clock", SEEDED_AT], env=environment,
            stdout=subprocess.PIPE, stderr=self.log, text=True)
        self.server, self.worker = start("serve"), start("work")
        if not self.server.stdout.readline().startswith("ready: "):
            raise SystemExit("the server did not start")
        with open(f"{population.cluster}/postmaster.pid") as file:
            self.postmaster = int(file.readline())

    def account(self, role, *options):
        done = self.population.enroll("enroll", "account", "add", f"{role}@load.example", "--role",
                                     *options, "--name", role)
        return done.stdout.strip().split("\t")

    def stop(self):
        for process in (self.server, self.worker):
            process.terminate()
        return [process.wait(30) for process in (self.server, self.worker)]


class Memory(threading.Thread):
    """The most that the processes of the database held together, each shared page counted once."""

    def __init__(self, postmaster):
        super().__init__(daemon=True)
        self.postmaster, self.peak, self.is_over = postmaster, 0.0, False

    def run(self):
        while not self.is_over:
            children = subprocess.run(["pgrep", "-P", str(self.postmaster)], capture_output=True, text=True).stdout
            self.peak = max(self.peak, sum(map(self.share, [str(self.postmaster), *children.split()])))
            time.sleep(1)

    @staticmethod
    def share(pid):
        try:
            text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            return 0.0
        return int(re.search(r"^Pss:\s+(\d+)", text, re.M).group(1)) / 1024


def pages(installation, folder):
    """What people look at, how often, and with whose cookie."""
    office = Browser(installation.url, []).sign_in(installation.account("office", "office"))
    clerk = Browser(installation.url, []).sign_in(
        installation.account("docomo", "organization", "--organization", "docomo"))
    ministry = Browser(installation.url, []).sign_in(installation.account("ministry", "ministry"))
    lines = [(12, "/", ""), (12, "/apply", ""), (6, "/status", ""), (4, "/about", ""), (4, "/terms", ""),
             (10, "/applications/new?applicant_kind=promoter&eligibility_category=agency_approved", "")]
    receipts = installation.population.ask("enroll", "SELECT receipt FROM applications ORDER BY id LIMIT 200").split()
    lines += [(1, f"/queue/application?receipt={receipt}", office.cookie) for receipt in receipts[::20]]
    lines += [(4, "/queue", office.cookie), (2, "/people", office.cookie), (2, "/decisions", office.cookie)]
    lines += [(1, link, office.cookie) for link in office.go("/decisions").links("/plans")[:4]]
    lines += [(6, "/group/members", clerk.cookie), (3, "/group", clerk.cookie), (1, "/group-files/template", clerk.cookie)]
    lines += [(4, link, clerk.cookie) for link in clerk.go("/group/members").links("/group/members")[:3]]
    lines += [(2, "/exports", ministry.cookie)]
    # Of everybody who looks at pages a few officials look at the numbers, which count everybody each time.
    lines = [(10 * weight, path, cookie) for weight, path, cookie in lines] + [(1, "/numbers", ministry.cookie)]
    (folder / "pages").write_text("".join(f"{weight}\t{path}\t{cookie}\n" for weight, path, cookie in lines))
    tokens = installation.population.ask("enroll", "SELECT token FROM badges WHERE revoked_at IS NULL ORDER BY id LIMIT 2000").split()
    (folder / "badges").write_text("".join(f"{token}\n" for token in tokens))
    return clerk, ministry


def ask_for_work(installation, clerk, ministry, rows):
    """An import and a workbook, as people ask for them; gives the subjects of the jobs."""
    path = group.write(installation.population.data / "group.csv", rows)
    planned = installation.population.enroll(
        "enroll", "import", "plan", path, "--organization", "docomo", "--clock", SEEDED_AT)
    number = re.search(r"plan (\S+):", planned.stdout).group(1)
    clerk.go(f"/group-files/plan?number={number}").go("/group-files/apply", number=number, agent_attestation="yes")
    ministry.go("/exports").go("/exports", purpose="負荷の試し", as_of="", known_on="")
    return [number, installation.population.ask("enroll", "SELECT max(number) FROM exports WHERE finished_at IS NULL")]


def lay_letters(population, count):
    """A mass mail that waits: everybody's letter, from a few large domains and many small ones."""
    population.ask("enroll", f"""INSERT INTO outbox (message_id, letter, recipient, subject, body, lane, send_at, created_at)
        SELECT 'load-' || n || '@enroll.example', 'appointment', 'p' || n || '@' || CASE WHEN n % 3 > 0 THEN 'big' || n % 3
               ELSE 'small' || n % 997 END || '.example', 's', repeat('x', 800), 'mass', now(), now()
        FROM generate_series(1, {count}) AS n""")


def code_delays(population):
    """Seconds from the writing of each code to its leaving, and the mass letters that were left then."""
    delays = population.ask("enroll", """SELECT extract(epoch FROM coalesce(delivered_at, created_at + interval '1 hour')
        - created_at) FROM outbox WHERE letter = 'code'""").split()
    left = population.ask("enroll", "SELECT count(*) FROM outbox WHERE lane = 'mass' AND state = 'waiting'")
    return [float(delay) for delay in delays], int(left)


def wait_for(population, subjects):
    wanted = ", ".join(f"'{subject}'" for subject in subjects)
    for _ in range(600):
        states = population.ask("enroll", f"SELECT state || failure FROM jobs WHERE subject IN ({wanted})").split()
        if "waiting" not in states:
            return states
        time.sleep(0.5)
    return states


def quantile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def run(population, options):
    installation = Installation(population)
    try:
        return load(installation, population, options)
    finally:
        for process in (installation.server, installation.worker):
            process.kill()


def load(installation, population, options):
    clerk, ministry = pages(installation, population.data)
    # Signing in takes 128 MiB for a moment, on purpose; from here on it is the load that is measured.
    pathlib.Path(f"/proc/{installation.server.pid}/clear_refs").write_text("5")
    memory, applicants = Memory(installation.postmaster), Applicants(installation, options.pause)
    subjects = ask_for_work(installation, clerk, ministry, max(100, 12_000 * options.people // 55_425))
    lay_letters(population, options.letters)
    began = time.monotonic()
    memory.start(), applicants.start()
    environment = os.environ | {"LOAD_FOLDER": str(population.data), "LOAD_THINK_MS": str(options.think),
                                "LOAD_HOST": installation.url.removeprefix("http://")}
    found = subprocess.run(
        ["wrk", "-t2", f"-c{options.connections}", f"-d{options.seconds}s", "--timeout", "10s", "-s",
         ROOT / "ops/benchmarks/load.lua", installation.url], capture_output=True, text=True, env=environment)
    applicants.is_over = True
    applicants.join(60)
    codes, left = code_delays(population)
    states = wait_for(population, subjects)
    jobs = time.monotonic() - began
    memory.is_over = True
    figures = re.search(r"LOAD (\d+) (\d+) (\d+) (\d+) ([\d. ]+)", found.stdout)
    if not figures:
        raise SystemExit(found.stdout + found.stderr)
    read_pages, badges, wrong, broken = map(int, figures.groups()[:4])
    p50, p95, p99, longest = (round(float(each), 1) for each in figures.group(5).split())
    peaks = resident(installation.server.pid, "VmHWM"), resident(installation.worker.pid, "VmHWM")
    ends = installation.stop()
    installation.log.seek(0)
    logged = installation.log.read()
    failures = applicants.failures + [f"job {state}" for state in states if state != "done"]
    failures += [f"exit {code}" for code in ends if code]
    # What the security log says is no fault.
    failures += [line for line in logged.splitlines() if " security act=" not in line]
    failures += found.stderr.splitlines()
    failures += [line for line in found.stdout.splitlines() if line.strip().startswith("Socket errors")]
    if max(codes, default=3600.0) > 2:
        failures.append(f"a code left after {max(codes, default=3600.0):.1f} s, promised 2 s")
    total = read_pages + badges + len(applicants.times)
    result = {
        "people": options.people, "seed_s": round(population.seed_seconds, 1), "requests": total,
        "per_s": round(total / options.seconds), "pages_pct": round(100 * read_pages / total, 1),
        "badges_pct": round(100 * badges / total, 1), "applications_pct": round(100 * len(applicants.times) / total, 1),
        "applications": applicants.count, "p50_ms": p50, "p95_ms": p95, "p99_ms": p99, "max_ms": longest,
        "application_p50_ms": round(quantile(applicants.times, 0.5), 1),
        "application_p99_ms": round(quantile(applicants.times, 0.99), 1), "jobs_s": round(jobs, 1),
        "code_p50_s": round(quantile(codes or [3600.0], 0.5), 2), "code_max_s": round(max(codes, default=3600.0), 2),
        "letters_left": left,
        "errors": max(wrong + broken, len(failures)), "server_mib": round(peaks[0]), "worker_mib": round(peaks[1]),
        "database_mib": round(memory.peak)}
    for failure in failures[:10]:
        print(failure, file=sys.stderr)
    return result


def main():
    parser = argparse.ArgumentParser(prog="ops/load")
    parser.add_argument("--people", type=int, default=5_542, help="how many the database holds (55425: the letter's)")
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--think", type=int, default=80, help="mean pause between two requests of a connection, ms")
    parser.add_argument("--pause", type=float, default=0.7, help="seconds from one application to the next")
    parser.add_argument("--letters", type=int, default=55_000, help="letters of a mass mail that wait when it begins")
    parser.add_argument("--json", metavar="FILE")
    options = parser.parse_args()
    population = Population(options.people)
    try:
        result = run(population, options)
    finally:
        population.close()
    for key, value in result.items():
        print(f"{key}\t{value}")
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(result, indent=1))
    sys.exit(1 if result["errors"] else 0)


if __name__ == "__main__":
    main()
