"""A private PostgreSQL, made by ops/lib/cluster.sh, that is killed, frozen and looked at from outside."""
import os
import pathlib
import signal
import subprocess
import time

from .ground import ROOT, shell

PG_BIN = "/usr/lib/postgresql/15/bin"


class Away(Exception):
    """The database did not answer."""


class Cluster:
    def __init__(self, ground, place=None):
        """Its folder is `place` (default: the drill's); nothing is made yet."""
        self.ground = ground
        self.place = pathlib.Path(place or ground.data)
        self.place.mkdir(exist_ok=True)
        os.chmod(self.place, 0o755)
        self.folder, self.socket, self.owner = shell(
            'cluster_at "$1"; echo "$CLUSTER" "$SOCKET" "$PG_OWNER"', self.place).split()
        ground.at_end(self.end)

    def connection(self, database="enroll", login="app"):
        """As the owner, or as the service signs in (`enroll_app`)."""
        return f"host={self.socket} dbname={database} user={login}"

    def make(self, **settings):
        shell('cluster_at "$1"; make_cluster', self.place)
        self.configure(**settings)
        return self

    def configure(self, **settings):
        """Adds lines to the settings; the last of a name counts. Read at the next start."""
        with open(f"{self.folder}/postgresql.auto.conf", "a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())

    def start(self):
        shell('cluster_at "$1"; start_cluster', self.place)
        return self

    def need(self, database="enroll"):
        shell('cluster_at "$1"; need_database "$2"', self.place, database)
        return self

    def stop(self):
        shell('cluster_at "$1"; stop_cluster', self.place)

    def as_owner(self, *command):
        """Runs a program of PostgreSQL as the owner of the folder."""
        return shell('cluster_at "$1"; shift; as_owner env -C / "$@" 2>&1', self.place, *command)

    def processes(self):
        """The postmaster and its children; the pid file may be stale, so the folder is compared."""
        try:
            with open(f"{self.folder}/postmaster.pid") as file:
                head = int(file.readline())
            if os.readlink(f"/proc/{head}/cwd") != os.path.realpath(self.folder):
                return []
        except (OSError, ValueError):
            return []
        found = subprocess.run(["pgrep", "-P", str(head)], capture_output=True, text=True).stdout
        return [head, *map(int, found.split())]

    def signal(self, number):
        """To the postmaster first, so that it makes no new children meanwhile."""
        processes = self.processes()
        for pid in processes:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass
        return processes

    def kill(self):
        """Every process at once, and waits until they are gone."""
        gone = self.signal(signal.SIGKILL)
        for _ in range(500):
            if not any(is_running(pid) for pid in gone):
                return
            time.sleep(0.01)

    def freeze(self):
        self.signal(signal.SIGSTOP)

    def thaw(self):
        self.signal(signal.SIGCONT)

    def ask(self, sql, database="enroll"):
        """The answer of psql, unaligned; throws Away."""
        done = subprocess.run(["psql", "-XAtq", self.connection(database), "-c", sql], capture_output=True, text=True,
                              timeout=60)
        if done.returncode != 0:
            raise Away(done.stderr.strip())
        return done.stdout.strip()

    def rows(self, sql, database="enroll"):
        return [line.split("|") for line in self.ask(sql, database).splitlines()]

    def answers(self):
        return subprocess.run([f"{PG_BIN}/pg_isready", "-q", "-h", self.socket, "-U", "app"]).returncode == 0

    def end(self):
        """Nothing of a drill is worth a clean stop, but its shared memory must go."""
        self.thaw()
        if not self.processes() and (pathlib.Path(self.folder) / "postmaster.pid").exists():
            subprocess.run(["bash", "-c", '. ops/lib/installation.sh; cluster_at "$1"; start_cluster', "-", self.place],
                           cwd=ROOT, capture_output=True)
        shell('cluster_at "$1"; as_owner env -C / "$PG_BIN/pg_ctl" -D "$CLUSTER" -m immediate -w -s stop || true', self.place)
        outside = pathlib.Path(self.folder).parent
        if ROOT not in outside.parents and str(outside).startswith("/var/lib/promotion-enrollment/"):
            subprocess.run(["rm", "-rf", str(outside)])


def is_running(pid):
    """A zombie that nobody has waited for holds no file and no memory any more."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
