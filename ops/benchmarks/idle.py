"""Memory that 10,000 idle keep-alive connections take."""
import resource
import socket
import urllib.parse

from .bed import resident


def run(bed, full):
    count = 10_000 if full else 1_000
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, count + 500), hard))
    address = urllib.parse.urlsplit(bed.url)
    pid = bed.server_pid()
    before = resident(pid)
    held = []
    for number in range(count):
        # Loopback has many addresses, and a ceiling holds for each.
        s = socket.socket()
        s.bind((f"127.0.{number // 200 % 250 + 1}.1", 0))
        s.connect((address.hostname, address.port))
        s.sendall(f"GET /healthz HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n".encode())
        held.append(s)
    alive = sum(s.recv(4096).startswith(b"HTTP/1.1 200") for s in held)
    after = resident(pid)
    for s in held:
        s.close()
    return {"connections": alive, "before_MiB": round(before), "after_MiB": round(after),
            "added_MiB": round(after - before, 1), "must": 64, "reached": alive == count and after - before <= 64}
