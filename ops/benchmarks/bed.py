"""What the benchmarks run on: a demo of its own, a peer beside it, and the arithmetic of rounds."""
import os
import pathlib
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Bed:
    """A demo with 2,000 people in a folder of its own, started when the first benchmark asks."""

    def __init__(self, seed):
        self.seed = seed
        base = ROOT / ".enroll"
        base.mkdir(exist_ok=True)
        self.data = pathlib.Path(tempfile.mkdtemp(prefix="bench-", dir=base))
        os.chmod(self.data, 0o755)
        self.started = []
        self._url = None
        self._population = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in reversed(self.started):
            process.send_signal(signal.SIGTERM)
            process.wait(30)
        if self._population:
            self._population.close()
        shutil.rmtree(self.data, ignore_errors=True)

    def population(self, full):
        """The letter's population, or a tenth of it, in a database that nobody serves."""
        if not self._population:
            from .population import FULL, Population
            self._population = Population(FULL if full else FULL // 10)
        return self._population

    def python(self, package):
        """A Python that has a package of PyPI."""
        place = ROOT / ".enroll/bench-python"
        if not (place / "bin/python").exists():
            subprocess.run(["python3", "-m", "venv", place], check=True)
        subprocess.run([place / "bin/pip", "install", "-q", "--disable-pip-version-check", package], check=True)
        return place / "bin/python"

    @property
    def url(self):
        if not self._url:
            port = free_port()
            process = subprocess.Popen(
                [ROOT / "ops/run", "--demo", "--people", "2000", "--port", str(port), "--data", self.data],
                stdout=subprocess.PIPE, stderr=open(self.data / "run.log", "w"), text=True,
                env=os.environ | {"ENROLL_LOG_LEVEL": "error", "ENROLL_CONNECTIONS": "11000"})
            self.started.append(process)
            if not any(line.startswith("ready: ") for line in process.stdout):
                raise SystemExit((self.data / "run.log").read_text()[-2000:])
            self._url = f"http://127.0.0.1:{port}"
        return self._url

    @property
    def socket(self):
        """Where the demo's database listens."""
        self.url
        return subprocess.run(
            ["bash", "-c", '. ops/lib/installation.sh; cluster_at "$1"; echo "$SOCKET"', "-", self.data],
            cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()

    def ask(self, sql):
        return subprocess.run(
            ["psql", "-XAtq", f"host={self.socket} dbname=enroll user=app", "-c", sql],
            capture_output=True, text=True, check=True).stdout.strip()

    def enroll(self, *arguments):
        return subprocess.run(
            [ROOT / "ops/enroll", "--data", self.data, *arguments], capture_output=True, text=True)

    def server_pid(self):
        return int(subprocess.run(
            ["pgrep", "-P", str(self.started[0].pid), "enroll"], capture_output=True, text=True, check=True)
            .stdout.split()[0])

    def nginx(self, folder, headers):
        """nginx with two workers on the files of a folder; gives its address."""
        port = free_port()
        place = self.data / f"nginx-{port}"
        place.mkdir()
        lines = "".join(f'add_header {name} "{value}";' for name, value in headers)
        (place / "nginx.conf").write_text(f"""
            worker_processes 2; daemon off; pid {place}/pid; error_log {place}/error.log crit;
            events {{ worker_connections 4096; }}
            http {{ access_log off; keepalive_requests 1000000000; open_file_cache max=100;
              default_type application/ld+json; types {{ }} sendfile on; tcp_nopush on;
              client_body_temp_path {place}; proxy_temp_path {place}; fastcgi_temp_path {place};
              uwsgi_temp_path {place}; scgi_temp_path {place};
              server {{ listen 127.0.0.1:{port}; root {folder}; {lines} }} }}""")
        process = subprocess.Popen(["nginx", "-c", place / "nginx.conf", "-p", place], stderr=subprocess.DEVNULL)
        self.started.append(process)
        time.sleep(0.5)
        return f"http://127.0.0.1:{port}"


def wrk(url, connections, seconds, *options):
    """Requests a second, with no answer but 2xx."""
    threads = min(2, connections)
    found = subprocess.run(
        ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", *options, url],
        capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in found and "Socket errors" not in found, found
    return float(re.search(r"Requests/sec:\s+([\d.]+)", found).group(1))


class Comparison:
    """What interleaved rounds found: ours beside theirs, the ratio of each round, and how far they spread."""

    def __init__(self, pairs):
        self.ours = statistics.median(a for a, _ in pairs)
        self.theirs = statistics.median(b for _, b in pairs)
        ratios = [a / b for a, b in pairs]
        self.ratio, self.low, self.high = statistics.median(ratios), min(ratios), max(ratios)

    def figures(self, must, at_most=False):
        """The ratio beside what it must be. It is missed only where no round reached it: within the spread the
        machine decides."""
        reached = self.low <= must if at_most else self.high >= must
        return {"ratio": round(self.ratio, 2), "spread": f"{self.low:.2f}-{self.high:.2f}", "must": must,
                "reached": reached}


def side_by_side(ours, theirs, rounds=5):
    """Ours and theirs by turns, each round when the machine is quiet."""
    pairs = []
    for _ in range(rounds):
        quiet()
        pairs.append((ours(), theirs()))
    return Comparison(pairs)


def quiet(patience=60):
    """Waits until four fifths of a second's processor time are idle; after a minute it says that they are not."""
    for _ in range(patience):
        before, after = processor_times(1)
        idle = (after[3] - before[3]) / max(1, sum(after) - sum(before))
        if idle >= 0.8:
            return
    print(f"The machine is busy ({1 - idle:.0%}): the figures are of ours and of others.", file=sys.stderr)


def processor_times(seconds):
    """The kernel's counts of ticks (user, nice, system, idle, …) before and after."""
    def now():
        with open("/proc/stat") as file:
            return [int(word) for word in file.readline().split()[1:9]]
    before = now()
    time.sleep(seconds)
    return before, now()


def processor_seconds(pid):
    """User and system time that a process has taken."""
    with open(f"/proc/{pid}/stat") as file:
        words = file.read().rsplit(")", 1)[1].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


class Metered:
    """A rate, and besides how many microseconds of the server's processor time one answer took: that hardly depends
    on what else the machine does."""

    def __init__(self, pid, rate, seconds):
        self.pid, self.rate, self.seconds, self.found = pid, rate, seconds, []

    def __call__(self):
        before, began = processor_seconds(self.pid), time.monotonic()
        rate = self.rate()
        taken, lasted = processor_seconds(self.pid) - before, time.monotonic() - began
        self.found.append(taken / (rate * min(lasted, self.seconds)) * 1e6)
        return rate

    @property
    def microseconds(self):
        return round(statistics.median(self.found), 1)


def resident(pid, key="VmRSS"):
    """MiB of a process; VmHWM is its peak."""
    with open(f"/proc/{pid}/status") as file:
        return int(re.search(rf"{key}:\s+(\d+)", file.read()).group(1)) / 1024
