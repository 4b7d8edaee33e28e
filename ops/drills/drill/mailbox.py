"""A mail server that takes everything unless told otherwise, counts every Message-ID and finds the six digits of a code."""
import collections
import email
import hashlib
import re
import socketserver
import threading
import time


class Session(socketserver.StreamRequestHandler):
    """RFC 5321, as much of it as libcurl speaks to a server without extensions."""

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        self.say("220 sink")
        try:
            while line := self.rfile.readline():
                verb = line.split()[0].upper() if line.split() else b""
                if refusal := self.server.mailbox.refusals.get(b"EHLO" if verb == b"HELO" else verb):
                    self.say(refusal)
                    continue
                if verb == b"DATA":
                    self.say("354 go on")
                    self.server.mailbox.take(self.message())
                self.say("221 bye" if verb == b"QUIT" else "250 ok")
                if verb == b"QUIT":
                    return
        except OSError:
            pass  # the worker was killed

    def message(self):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        if not line:
            raise OSError("hung up in the middle of a letter")
        return b"".join(lines)


class Mailbox(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self, ground):
        super().__init__(("127.0.0.1", 0), Session)
        self.mailbox = self
        self.codes, self.counts = {}, collections.Counter()
        # What is said to a command instead of taking it.
        self.refusals = {}
        self.url = f"smtp://127.0.0.1:{self.server_address[1]}"
        ground.environment["ENROLL_SMTP_URL"] = self.url
        threading.Thread(target=self.serve_forever, daemon=True).start()
        ground.at_end(self.shutdown)

    def take(self, message):
        letter = email.message_from_bytes(message)
        number = letter["Message-ID"].strip("<> \r\n")
        self.counts[number] += 1
        if number.startswith("code-"):
            text = letter.get_payload(decode=True).decode()
            self.codes[number.split("@")[0]] = re.search(r"\d{6}", text).group(0)

    def code(self, token, within=10.0):
        """The code that was sent for the page that holds this token; None when it does not come."""
        name = "code-" + hashlib.sha256(token.encode()).digest()[:12].hex()
        end = time.monotonic() + within
        while time.monotonic() < end:
            if name in self.codes:
                return self.codes[name]
            time.sleep(0.02)
        return None
