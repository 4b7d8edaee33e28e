"""kill -9 of server, worker or database at a drawn moment of one act, again and again from the same state."""
import datetime
import http.client
import threading
import time

from . import books
from .applicants import first_after
from .browser import Browser, GaveUp
from .cluster import Away, Cluster
from .mailbox import Mailbox

VICTIMS = ["server", "worker", "database"]

# Everything that an act may add to. Two runs that did the same count the same; not so how many tries its letters took,
# which the mailbox tells, and what the worker found past its lifetime on its daily round.
CENSUS = """
    SELECT 'people', '', count(*) FROM people UNION ALL
    SELECT 'applications', state || ' ' || route, count(*) FROM applications GROUP BY 2 UNION ALL
    SELECT 'states', state, count(*) FROM application_states GROUP BY 2 UNION ALL
    SELECT 'viewings', grade, count(*) FROM viewings GROUP BY 2 UNION ALL
    SELECT 'consents', kind, count(*) FROM application_consents GROUP BY 2 UNION ALL
    SELECT 'affiliations', (known_until = 'infinity')::text, count(*) FROM affiliations GROUP BY 2 UNION ALL
    SELECT 'appointments', fiscal_year::text || kind || history, count(*) FROM appointments GROUP BY 2 UNION ALL
    SELECT 'terms', fiscal_year::text || kind || (known_until = 'infinity'), count(*) FROM appointment_terms
        GROUP BY 2 UNION ALL
    SELECT 'badges', class_slug || (revoked_at IS NULL), count(*) FROM badges GROUP BY 2 UNION ALL
    SELECT 'letters', letter, count(*) FROM outbox GROUP BY 2 UNION ALL
    SELECT 'undone', outcome, count(*) FROM undo_lines GROUP BY 2 UNION ALL
    SELECT 'plans', act || ' ' || state, count(*) FROM plans GROUP BY 2 UNION ALL
    SELECT 'files', p.state, sum(f.applied_count) FROM group_files f JOIN plans p ON p.id = f.plan_id GROUP BY 2 UNION ALL
    SELECT 'lines', applied_as || (undone_by IS NULL), count(*) FROM group_lines GROUP BY 2 UNION ALL
    SELECT 'exports', (finished_at IS NULL)::text, sum(row_count) FROM exports GROUP BY 2 UNION ALL
    SELECT 'counters', name, last_value FROM counters WHERE name NOT LIKE 'mail-%' UNION ALL
    SELECT 'journal', act, count(*) FROM events WHERE act <> 'forget' GROUP BY 2 UNION ALL
    SELECT 'jobs', act || ' ' || state || failure, count(*) FROM jobs GROUP BY 2
    ORDER BY 1, 2"""


class Act:
    """What is interrupted. `path` and `form` are the press that asks for it, by an account of `role`."""

    role, path, people = "office", "", 0
    # When the people were seeded, and when the act is asked for.
    seeded = clock = "2026-11-24T10:00:00+09:00"
    # Whether the act is over only when its letters have left.
    has_letters = False

    def prepare(self, stage):
        """Brings the database to the state before the press."""

    def form(self):
        raise NotImplementedError

    def afterwards(self, drill, stage):
        """What else must hold after the last moment."""

    def outcome(self, stage):
        """What must be the same as when nothing was killed."""
        return {(kind, name): int(count) for kind, name, count in stage.cluster.rows(CENSUS)}


class Stage:
    """A prepared database that is put back before every moment, a server, a worker and the clerk's browser."""

    def __init__(self, ground, act):
        self.ground, self.act = ground, act
        self.mailbox = Mailbox(ground)
        self.cluster = Cluster(ground).make().start().need()
        ground.prepare(self.cluster, act.people, act.seeded)
        self.server, self.worker = ground.serve(), ground.work()
        self.began, self.ahead = time.monotonic(), 0
        self.account = self.add_account()
        act.prepare(self)
        self.run(self.server)
        self.browser = Browser(self.server_port, patience=60)
        self.browser.sign_in(self.account)
        self.browser.insist(act.page)
        self.server.kill()
        self.cluster.ask("ALTER DATABASE enroll RENAME TO prepared", "postgres")

    @property
    def server_port(self):
        return [self.server.port]

    @property
    def clock(self):
        """The time of the play: it goes on since the moment was set up."""
        passed = datetime.timedelta(seconds=time.monotonic() - self.began + self.ahead)
        return (datetime.datetime.fromisoformat(self.act.clock) + passed).isoformat(timespec="seconds")

    def add_account(self):
        body = ["--organization", "demo-hospital"] if self.act.role == "organization" else []
        line = self.ground.enroll("account", "add", "clerk@demo.example", "--role", self.act.role, *body, "--name", "見本")
        return line.strip().split("\t")[1:]

    def run(self, service):
        service.arguments[1:] = ["--clock", self.clock]
        service.start()

    def set_up(self):
        """The prepared state again, and everything running."""
        self.cluster.ask("DROP DATABASE IF EXISTS enroll WITH (FORCE)", "postgres")
        self.cluster.ask("CREATE DATABASE enroll TEMPLATE prepared", "postgres")
        self.mailbox.counts.clear()
        self.began, self.ahead = time.monotonic(), 0
        self.run(self.server)
        self.run(self.worker)

    def press(self):
        try:
            return self.browser.once(self.act.path, self.act.form())
        except (OSError, http.client.HTTPException):
            return None  # what became of it is asked of the database

    def job(self):
        """not begun, waiting (going on), done, or failed with its reason."""
        found = self.cluster.ask("SELECT state || failure FROM jobs ORDER BY id DESC LIMIT 1")
        return found or "not begun"

    def letters_left(self):
        return int(self.cluster.ask("SELECT count(*) FROM outbox WHERE state = 'waiting'"))

    def wait_until(self, holds, within=120.0):
        end = time.monotonic() + within
        while time.monotonic() < end:
            if holds():
                return True
            time.sleep(0.05)
        return False

    def send_letters(self):
        """What a killed worker had taken waits for its lease: a worker is started one minute later by its clock."""
        if self.wait_until(lambda: self.letters_left() == 0, within=3):
            return True
        self.worker.stop()
        self.ahead = 61
        self.run(self.worker)
        return self.wait_until(lambda: self.letters_left() == 0)

    def clear(self):
        self.server.kill()
        self.worker.kill()

    def undisturbed(self):
        """How long the press, the job, and the job with its letters take when nobody is killed, and what comes out."""
        self.set_up()
        began = time.monotonic()
        self.press()
        pressed = time.monotonic() - began
        assert self.wait_until(lambda: self.job() == "done"), self.job() + self.ground.last_words()
        worked = time.monotonic() - began
        if self.act.has_letters:
            assert self.wait_until(lambda: self.letters_left() == 0)
            assert self.mailbox.counts, "the act had no letter to send"
        mailed = time.monotonic() - began
        outcome = self.act.outcome(self)
        self.clear()
        return pressed, worked, mailed, outcome

    def kill(self, victim):
        {"server": self.server, "worker": self.worker, "database": self.cluster}[victim].kill()

    def revive(self, victim):
        if victim == "database":
            self.cluster.start()
        else:
            self.run(self.server if victim == "server" else self.worker)

    def moment(self, victim, moment):
        """One kill; gives in which state the act was found, and how long it took to be done from then on."""
        self.set_up()
        pressing = threading.Thread(target=self.press)
        pressing.start()
        time.sleep(moment)
        self.kill(victim)
        pressing.join(30)
        time.sleep(0.2)
        self.revive(victim)
        revived = time.monotonic()
        found = self.job()
        if found == "not begun":
            self.browser.insist(self.act.path, self.act.form(), until=(303,))
        done = self.wait_until(lambda: self.job() not in ("waiting", "not begun"))
        return found, done, time.monotonic() - revived


def differences(found, wanted):
    return {key: (found.get(key), wanted.get(key)) for key in found.keys() | wanted.keys()
            if found.get(key) != wanted.get(key)}


def play(drill, ground, act):
    """Every moment of the seed; each must end as if nothing had happened."""
    stage = Stage(ground, act)
    pressed, worked, mailed, wanted = stage.undisturbed()
    drill.say(f"undisturbed: pressed in {pressed:.2f} s, done in {worked:.2f} s, letters sent in {mailed:.2f} s")
    victims = (VICTIMS * drill.rounds)[:drill.rounds]
    drill.chance.shuffle(victims)
    states, back, resent = {}, [], 0
    for round, victim in enumerate(victims):
        # The server dies around the press, the others while the job goes on or while its letters leave.
        moment = drill.chance.uniform(0, 2 * pressed if victim == "server" else drill.chance.choice([worked, mailed]))
        found, done, seconds = stage.moment(victim, moment)
        drill.promise(done and stage.job() == "done", f"after {victim} at {moment:.2f} s the job is {stage.job()}")
        if act.has_letters:
            drill.promise(stage.send_letters(), f"{stage.letters_left()} letters never left")
        count(drill, stage, wanted)
        copies = [n for n in stage.mailbox.counts.values() if n > 1]
        drill.promise(max(copies, default=1) <= 2, f"a letter was sent {max(copies, default=1)} times")
        resent += len(copies)
        states[found] = states.get(found, 0) + 1
        back.append(seconds)
        drill.say(f"moment {round + 1}: {victim} at {moment:.2f} s, found {found}, done {seconds:.2f} s later, "
                  f"{len(copies)} letters sent twice")
        if round + 1 == len(victims):
            act.afterwards(drill, stage)
        stage.clear()
    drill.count(found=str(states).replace(" ", ""), sent_twice=resent)
    drill.back(back, at_most=3 * mailed + 30)  # the whole act once more, on a busier machine


def count(drill, stage, wanted):
    """Whatever is not as in the undisturbed run is half done; what is more than there, doubled."""
    wrong = differences(stage.act.outcome(stage), wanted)
    gaps = int(stage.cluster.ask("""SELECT count(*) FROM (SELECT count(*) AS made, max(substr(number, 7, 7)::int) AS last
        FROM appointments GROUP BY fiscal_year, kind) f WHERE made <> last"""))
    drill.reckon(0, 0, books.doubled(stage.cluster), len(wrong) + gaps)
    if wrong or gaps:
        drill.say(f"found and wanted: {wrong}, {gaps} gaps in the numbers")
