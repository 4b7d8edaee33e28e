"""What the benchmarks run on: a demo of its own, a peer beside it, and the arithmetic of rounds."""
import os
import pathlib
import re
import shutil
import signal
import socket
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Bed:
    """A demo with 2,000 people in a folder of its own, started when the first benchmark asks."""

    def __init__(self):
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


def side_by_side(ours, theirs, rounds=5):
    """Medians of interleaved rounds, and the median of their ratios."""
    pairs = [(ours(), theirs()) for _ in range(rounds)]
    return (statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs),
            statistics.median(a / b for a, b in pairs))


def resident(pid, key="VmRSS"):
    """MiB of a process; VmHWM is its peak."""
    with open(f"/proc/{pid}/status") as file:
        return int(re.search(rf"{key}:\s+(\d+)", file.read()).group(1)) / 1024
