"""The server as a stranger on the network meets it, and as its operator does: a second one beside the demo's,
on the same database."""
import gzip
import http.client
import os
import re
import resource
import signal
import socket
import subprocess
import threading
import time
import urllib.parse

import pytest
from conftest import ROOT, free_port
from test_kill import Client, Database

START = """. ops/lib/installation.sh; installation_at "$1"; prepare_installation; shift
    exec .build/release/enroll serve "$@"
"""


class Server:
    """`enroll serve` by itself, with an operator's address, and with few open files if so wanted."""

    def __init__(self, installation, files=None, **settings):
        self.port, self.watch = free_port(), free_port()
        environment = os.environ | {
            "ENROLL_LISTEN": f"127.0.0.1:{self.port}", "ENROLL_OPERATOR_LISTEN": f"127.0.0.1:{self.watch}",
            "ENROLL_LOG_LEVEL": "error"} | settings

        def limit():
            if files:
                resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))

        self.process = subprocess.Popen(
            ["bash", "-c", START, "-", installation.data, *installation.clock_option()], cwd=ROOT, stdout=subprocess.PIPE, text=True,
            env=environment, preexec_fn=limit)
        assert any(line.startswith("ready: ") for line in self.process.stdout)

    def ask(self, method, path, headers={}, port=None, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=20)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.content = answer.read()
        connection.close()
        return answer

    def connect(self, address="127.0.0.1"):
        s = socket.socket()
        s.settimeout(20)
        s.bind((address, 0))
        s.connect(("127.0.0.1", self.port))
        return s

    def request(self, path="/healthz"):
        return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=12) == 0


@pytest.fixture(scope="module")
def server(installation):
    server = Server(installation)
    yield server
    server.stop()


def test_what_never_changes_is_sent_once(server):
    page = server.ask("GET", "/").content.decode()
    path = re.search(r'href="(/assets/[^"]+)"', page).group(1)
    plain = server.ask("GET", path, {"Accept-Encoding": "identity"})
    packed = server.ask("GET", path, {"Accept-Encoding": "br, gzip;q=0.8"})
    refused = server.ask("GET", path, {"Accept-Encoding": "gzip;q=0, *"})
    assert plain.status == packed.status == 200
    assert packed.getheader("Content-Encoding") == "gzip" and not plain.getheader("Content-Encoding")
    assert gzip.decompress(packed.content) == plain.content == refused.content
    assert len(packed.content) < len(plain.content) / 2
    assert plain.getheader("ETag") != packed.getheader("ETag")
    for answer in (plain, packed):
        assert answer.getheader("Vary") == "Accept-Encoding"
        assert answer.getheader("Cache-Control") == "public, max-age=31536000, immutable"
        coding = answer.getheader("Content-Encoding") or "identity"
        again = server.ask("GET", path, {"Accept-Encoding": coding, "If-None-Match": answer.getheader("ETag")})
        assert (again.status, again.content) == (304, b"")
        assert again.getheader("ETag") == answer.getheader("ETag") and again.getheader("Vary")
    stale = server.ask("GET", path, {"Accept-Encoding": "gzip", "If-None-Match": plain.getheader("ETag")})
    assert stale.status == 200


def test_head_is_get_without_its_body(server):
    for path in ("/", "/healthz", "/ob2/issuer", "/sign-in"):
        whole, head = server.ask("GET", path), server.ask("HEAD", path)
        assert (head.status, head.content) == (whole.status, b"")
        assert head.getheader("Content-Length") == whole.getheader("Content-Length")


@pytest.mark.parametrize("path, allowed", [
    ("/", "GET, HEAD, OPTIONS"), ("/sign-in", "GET, HEAD, POST, OPTIONS"), ("/sign-out", "GET, HEAD, POST, OPTIONS"),
    ("/group-files", "GET, HEAD, POST, OPTIONS"), ("/group-files/apply", "GET, HEAD, POST, OPTIONS"),
    ("/ob2/issuer", "GET, HEAD, OPTIONS"), ("*", "GET, HEAD, POST, OPTIONS"),
])
def test_options_says_what_each_address_takes(server, path, allowed):
    answer = server.ask("OPTIONS", path)
    assert (answer.status, answer.getheader("Allow")) == (204, allowed)
    if path != "*":
        wrong = server.ask("DELETE", path)
        assert (wrong.status, wrong.getheader("Allow")) == (405, allowed)


def test_nobody_keeps_what_is_not_said_to_be_kept(server):
    for path in ("/", "/sign-in", "/my", "/nowhere", "/healthz", "/exports", "/ob2/assertions/none"):
        assert server.ask("GET", path).getheader("Cache-Control") == "no-store", path
    assert server.ask("GET", "/ob2/issuer").getheader("Cache-Control") == "public, max-age=300"
    for answer in (server.ask("GET", "/", {"Host": "evil.example"}), server.ask("GET", "/%zz")):
        assert answer.status in (400, 421) and answer.getheader("Cache-Control") == "no-store"
        assert answer.getheader("X-Content-Type-Options") == "nosniff"


def test_a_download_goes_on_where_it_broke_off(installation, server):
    client = Client(f"http://127.0.0.1:{server.port}").sign_in(installation, "office")
    client.go("/exports").go("/exports", as_of="2026-11-24", known_on="", purpose="取り直しの試験")
    for _ in range(300):
        found = re.search(r'href="(/exports/file\?number=[^"]+)"', client.go("/exports").text)
        if found:
            break
        time.sleep(0.2)
    path = found.group(1)
    jar = next(h for h in client.opener.handlers if hasattr(h, "cookiejar")).cookiejar
    cookie = {"Cookie": "; ".join(f"{c.name}={c.value}" for c in jar)}
    whole = server.ask("GET", path, cookie)
    tag, size = whole.getheader("ETag"), len(whole.content)
    assert whole.status == 200 and whole.content[:2] == b"PK" and tag and whole.getheader("Last-Modified")
    assert whole.getheader("Accept-Ranges") == "bytes" and int(whole.getheader("Content-Length")) == size
    for text, part in (("0-0", slice(0, 1)), ("100-", slice(100, None)), ("-7", slice(-7, None)),
                       (f"{size // 3}-{size - 2}", slice(size // 3, size - 1))):
        answer = server.ask("GET", path, cookie | {"Range": f"bytes={text}", "If-Range": tag})
        assert answer.status == 206 and answer.content == whole.content[part], text
    beyond = server.ask("GET", path, cookie | {"Range": f"bytes={size}-"})
    assert (beyond.status, beyond.getheader("Content-Range")) == (416, f"bytes */{size}")
    other = server.ask("GET", path, cookie | {"Range": "bytes=0-0", "If-Range": '"other"'})
    assert (other.status, len(other.content)) == (200, size)
    known = server.ask("GET", path, cookie | {"If-None-Match": tag})
    assert (known.status, known.content) == (304, b"")
    assert server.ask("GET", path).status == 303, "a stranger"


def test_only_the_operator_sees_the_metrics(server):
    assert server.ask("GET", "/metrics").status == 404
    before = server.ask("GET", "/metrics", port=server.watch).content.decode()
    for _ in range(5):
        server.ask("GET", "/nowhere")
    answer = server.ask("GET", "/metrics", port=server.watch)
    text = answer.content.decode()
    assert answer.getheader("Content-Type").startswith("text/plain; version=0.0.4")

    def value(text, name):
        return float(re.search(rf"^{re.escape(name)} (\S+)$", text, re.M).group(1))

    missed = 'enroll_http_responses_total{class="4xx"}'
    assert value(text, missed) == value(before, missed) + 5
    assert value(text, "enroll_http_requests_in_flight") == 0
    assert 0 < value(text, "process_resident_memory_bytes") < 2**30
    assert {name for name in re.findall(r"^# TYPE (\S+)", text, re.M)} == {
        name for name in re.findall(r"^([a-z_]+)[ {]", text, re.M)}
    for path in ("/healthz", "/readyz"):
        assert server.ask("GET", path, port=server.watch).status == 200
    assert server.ask("GET", "/", port=server.watch).status == 404
    assert server.ask("POST", "/metrics", port=server.watch).status == 405
    for host, status in ((f"localhost:{server.watch}", 200), ("rebound.example", 421)):
        assert server.ask("GET", "/metrics", {"Host": host}, port=server.watch).status == status


def hold(installation, statement):
    """Runs it in a transaction that stays open until what is given back is called."""
    psql = subprocess.Popen(
        ["psql", "-Xq", "-v", "ON_ERROR_STOP=1", f"host={Database(installation).socket} dbname=enroll user=app"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    psql.stdin.write(f"BEGIN; {statement};\n\\echo held\n")
    psql.stdin.flush()
    assert psql.stdout.readline() == "held\n"
    return psql.communicate


def test_the_operator_sees_who_waits_for_the_database(server, installation):
    def waits():
        text = server.ask("GET", "/metrics", port=server.watch).content.decode()
        found = re.findall(r'^enroll_database_(waits|wait_seconds|refused)_total\{pool="(\w+)"\} (\S+)$', text, re.M)
        return {(name, pool): float(value) for name, pool, value in found}

    before = waits()
    assert set(before) == {(name, pool) for name in ("waits", "wait_seconds", "refused") for pool in ("writing", "reading")}
    cookie = {"Cookie": "draft=" + "A" * 43}
    for _ in range(10):
        release = hold(installation, "LOCK TABLE drafts")
        asked = [threading.Thread(target=server.ask, args=("GET", "/applications/done", cookie)) for _ in range(16)]
        for thread in asked:
            thread.start()
            time.sleep(0.04)
        release()
        for thread in asked:
            thread.join()
        after = waits()
        if after["waits", "reading"] > before["waits", "reading"]:
            break
    assert after["waits", "reading"] > before["waits", "reading"]
    assert after["wait_seconds", "reading"] > before["wait_seconds", "reading"]
    assert after["waits", "writing"] == before["waits", "writing"]


def test_a_crowd_beyond_the_open_files_does_not_end_it(installation):
    server = Server(installation, files=256)
    crowd = [server.connect(f"127.0.{n % 100 + 1}.3") for n in range(600)]
    answered = 0
    for s in crowd[:60]:
        s.sendall(server.request())
        answered += s.recv(4096).startswith(b"HTTP/1.1 200")
    assert answered == 60
    time.sleep(1.5)
    for s in crowd:
        s.close()
    assert server.ask("GET", "/healthz").status == 200
    server.stop()


def test_a_ceiling_is_a_setting(installation):
    server = Server(installation, ENROLL_CONNECTIONS="3")
    held = [server.connect() for _ in range(3)]
    for s in held:
        s.sendall(server.request())
        assert s.recv(4096).startswith(b"HTTP/1.1 200")
    waiting = server.connect()
    waiting.sendall(server.request())
    waiting.settimeout(0.5)
    with pytest.raises(TimeoutError):
        waiting.recv(1)
    held[0].close()
    waiting.settimeout(10)
    assert waiting.recv(4096).startswith(b"HTTP/1.1 200")
    server.stop()


def test_it_stops_with_what_it_accepted_and_says_so_beforehand(installation):
    server = Server(installation)
    half, idle = server.connect(), server.connect()
    half.sendall(server.request()[:-2])
    idle.sendall(server.request())
    assert idle.recv(4096).startswith(b"HTTP/1.1 200")
    time.sleep(0.3)
    server.process.send_signal(signal.SIGTERM)
    time.sleep(0.3)
    assert server.ask("GET", "/readyz", port=server.watch).status == 503
    with pytest.raises(ConnectionRefusedError):
        server.connect()
    half.sendall(b"\r\n")
    answer = half.recv(4096)
    assert answer.startswith(b"HTTP/1.1 200") and b"Connection: close" in answer
    assert idle.recv(1) == b""
    assert server.process.wait(timeout=10) == 0


def test_whoever_never_finishes_does_not_hold_it_up(installation):
    server = Server(installation)
    half = server.connect()
    half.sendall(server.request()[:-2])
    began = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(timeout=20) == 0
    assert time.monotonic() - began < 10


def test_a_second_signal_ends_it_at_once(installation):
    server = Server(installation)
    half = server.connect()
    half.sendall(server.request()[:-2])
    time.sleep(0.2)
    server.process.send_signal(signal.SIGTERM)
    time.sleep(0.3)
    assert server.process.poll() is None
    began = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(timeout=5) == -signal.SIGTERM
    assert time.monotonic() - began < 1


def test_a_wrong_address_in_the_settings_is_said():
    for name in ("TRUSTED_PROXY", "OPERATOR_LISTEN", "LISTEN", "CONNECTIONS"):
        done = subprocess.run(
            [ROOT / ".build/release/enroll", "serve"], capture_output=True, text=True,
            env={"ENROLL_DATABASE": "x", f"ENROLL_{name}": "proxy.example"})
        assert done.returncode == 2 and f"ENROLL_{name}" in done.stderr, done.stderr
