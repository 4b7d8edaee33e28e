"""Honest clients while 300 others drip a head or a body, beside the same without them."""
import socket
import threading
import time
import urllib.parse

from .bed import side_by_side, wrk


class Drippers(threading.Thread):
    """One byte a second on each connection, a new one for each that was cut."""

    def __init__(self, url, count=300):
        super().__init__(daemon=True)
        self.address = urllib.parse.urlsplit(url)
        self.count, self.is_over = count, False

    def run(self):
        held = []
        while not self.is_over:
            held += [self.open(n) for n in range(self.count - len(held))]
            for s in list(held):
                try:
                    s.send(b"x")
                except OSError:
                    held.remove(s)
            time.sleep(1)
        for s in held:
            s.close()

    def open(self, number):
        s = socket.socket()
        s.bind((f"127.0.{number % 200 + 1}.2", 0))
        s.connect((self.address.hostname, self.address.port))
        head = f"Host: {self.address.netloc}\r\n"
        s.send((f"POST /sign-in HTTP/1.1\r\n{head}Content-Length: 5000\r\n\r\n" if number % 2 else
                f"GET / HTTP/1.1\r\n{head}X-Slow: ").encode())
        s.setblocking(False)
        return s


def run(bed, full):
    path = bed.url + "/ob2/badges/dps-2026"
    seconds = 8 if full else 3

    def beside():
        drippers = Drippers(bed.url)
        drippers.start()
        time.sleep(1)
        rate = wrk(path, 64, seconds)
        drippers.is_over = True
        drippers.join()
        return rate

    found = side_by_side(beside, lambda: wrk(path, 64, seconds))
    return {"with_slow_per_s": round(found.ours), "without_per_s": round(found.theirs)} | found.figures(must=0.9)
