"""The ground a drill stands on: a git-ignored folder of its own, the binary, and every process it started."""
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def shell(script, *arguments, environment=None):
    """Runs a script of bash with the functions of ops/lib; gives what it printed."""
    done = subprocess.run(
        ["bash", "-c", "set -euo pipefail; . ops/lib/installation.sh; " + script, "-", *map(str, arguments)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, env=environment)
    if done.returncode != 0:
        raise SystemExit(f"{done.stdout}\nthe drill could not go on: {script} {' '.join(map(str, arguments))}")
    return done.stdout.strip()


def binary(packages):
    """The release binary, built when it is not given by ENROLL_BINARY; installs what is missing."""
    shell('need_packages $BUILD_PACKAGES "$@"', *packages)
    return shell('build_binary; echo "$BINARY"').splitlines()[-1]


class Service:
    """One `enroll serve` or `enroll work`, ended by its process number only."""

    def __init__(self, ground, arguments, environment):
        self.ground, self.arguments, self.environment = ground, arguments, environment
        self.process = None

    def start(self):
        log = open(self.ground.data / "service.log", "a")
        self.process = subprocess.Popen(
            [self.ground.binary, *self.arguments], stdout=subprocess.PIPE, stderr=log, text=True,
            env=os.environ | self.ground.environment | self.environment)
        if self.arguments[0] == "serve" and not any(line.startswith("ready: ") for line in self.process.stdout):
            raise RuntimeError("the server did not start: " + self.ground.last_words())
        return self

    @property
    def is_up(self):
        return self.process is not None and self.process.poll() is None

    def kill(self):
        """Without a word, as by a power cut."""
        if self.is_up:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self):
        """Asked to stop; gives its exit code and how many seconds it took."""
        began = time.monotonic()
        if self.is_up:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(30), time.monotonic() - began
        except subprocess.TimeoutExpired:
            self.kill()
            return -9, time.monotonic() - began


class Ground:
    """A folder of its own below the checkout (user postgres must reach it); all of it goes at the end."""

    def __init__(self, name, packages=()):
        self.binary = binary(packages)
        base = ROOT / ".enroll"
        base.mkdir(exist_ok=True)
        self.data = pathlib.Path(tempfile.mkdtemp(prefix=f"drill-{name}-", dir=base))
        os.chmod(self.data, 0o755)
        self.environment = {"ENROLL_HOME": str(ROOT), "ENROLL_KEYS": f"{self.data}/keys", "ENROLL_LOG_LEVEL": "error",
                            "ENROLL_PUBLIC_URL": "http://localhost:8080"}
        self.services, self.endings = [], []

    def __enter__(self):
        signal.signal(signal.SIGTERM, lambda *_: exit(143))
        return self

    def __exit__(self, *_):
        for service in self.services:
            if service.is_up:
                service.kill()
        for ending in reversed(self.endings):
            ending()
        if os.environ.get("DRILL_KEEP"):
            print(f"kept: {self.data}")
        else:
            shutil.rmtree(self.data, ignore_errors=True)

    def at_end(self, ending):
        self.endings.append(ending)

    def enroll(self, *arguments, **environment):
        """A command of the operator's; gives what it printed."""
        done = subprocess.run([self.binary, *map(str, arguments)], capture_output=True, text=True,
                              env=os.environ | self.environment | environment)
        if done.returncode != 0:
            raise RuntimeError(f"enroll {arguments[0]}: {done.stderr.strip()[-500:]}")
        return done.stdout

    def serve(self, *options, port=None, **environment):
        """A server on a port of its own (`.port`), not yet started."""
        port = port or free_port()
        service = Service(self, ["serve", *options], {"ENROLL_LISTEN": f"127.0.0.1:{port}"} | environment)
        service.port = port
        self.services.append(service)
        return service

    def work(self, *options, **environment):
        """A worker, not yet started."""
        self.services.append(Service(self, ["work", *options], environment))
        return self.services[-1]

    def last_words(self):
        path = self.data / "service.log"
        return path.read_text()[-1500:] if path.exists() else "nothing was said"

    def prepare(self, cluster, people=0, clock=None, database="enroll"):
        """Schema, lists and demo, with invented people if they are wanted."""
        self.environment["ENROLL_DATABASE"] = cluster.connection(database, "enroll_app")
        self.environment["ENROLL_DATABASE_OWNER"] = cluster.connection(database)
        at = ["--clock", clock] if clock else []
        self.enroll("migrate", "--kind", "demo")
        self.enroll("load")
        self.enroll("demo", *at)
        if people:
            self.enroll("seed", "--people", people, *at)
