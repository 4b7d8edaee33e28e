"""A client that behaves as a browser without scripts: cookies, forms, and the same press again after trouble."""
import http.client
import re
import secrets
import threading
import time
import urllib.parse


class Answer:
    """An answer that was read to its end."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self):
        return self.body.decode()

    @property
    def place(self):
        return self.headers.get("Location", "")


class Record:
    """What became of every request of a drill, for all clients together."""

    def __init__(self):
        self.lock = threading.Lock()
        self.entries = []

    def add(self, began, path, outcome, retry_after=None):
        with self.lock:
            self.entries.append((began, time.monotonic(), outcome, retry_after, path))

    def slowest(self, since=0.0):
        """How long the slowest request took, answered or not, and which it was."""
        took = [(ended - began, path, outcome) for began, ended, outcome, _, path in list(self.entries) if began >= since]
        return max(took, key=lambda entry: entry[0], default=(0.0, "", ""))

    def outcomes(self, since=0.0, until=float("inf")):
        found = {}
        for _, ended, outcome, *_ in list(self.entries):
            if since <= ended <= until:
                found[outcome] = found.get(outcome, 0) + 1
        return found

    def refusals(self, since, until=float("inf")):
        """Answers of 5xx in that time, each with what it says of trying again."""
        return [(outcome, retry_after) for _, ended, outcome, retry_after, _ in list(self.entries)
                if since <= ended <= until and isinstance(outcome, int) and outcome >= 500]


def parts(form, name, file_name, content):
    """multipart/form-data: its type and its octets."""
    mark = "drill" + secrets.token_hex(12)
    head = "".join(f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
                   for key, value in form.items())
    head += (f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
             "Content-Type: text/csv\r\n\r\n")
    return f"multipart/form-data; boundary={mark}", head.encode() + content + f"\r\n--{mark}--\r\n".encode()


class GaveUp(Exception):
    """No good answer came in time."""


class Browser:
    """`ports` are instances of one service; a request that got no answer goes to the next of them."""

    def __init__(self, ports, record=None, patience=60.0, timeout=20.0, address=None):
        self.ports, self.record = list(ports), record or Record()
        # From where it asks, where the drill stands for the proxy in front.
        self.forwarded = {"X-Forwarded-For": address} if address else {}
        self.patience, self.timeout = patience, timeout
        self.cookies, self.csrf = {}, ""

    def once(self, path, form=None, file=None):
        """One try at one instance; throws OSError or HTTPException when it is not read to the end."""
        port, began = self.ports[0], time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=self.timeout)
        try:
            answer = self.exchange(connection, port, path, form, file)
            self.record.add(began, path, answer.status, answer.headers.get("Retry-After"))
            return answer
        except (OSError, http.client.HTTPException) as error:
            self.record.add(began, path, type(error).__name__)
            self.ports.append(self.ports.pop(0))
            raise
        finally:
            connection.close()

    def exchange(self, connection, port, path, form, file):
        headers = {"Host": f"127.0.0.1:{port}", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        headers |= self.forwarded
        body = None
        if file is not None:
            headers["Content-Type"], body = parts(form | {"csrf": self.csrf}, *file)
        elif form is not None:
            body = urllib.parse.urlencode(form | {"csrf": self.csrf})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("POST" if form is not None else "GET", path, body, headers)
        response = connection.getresponse()
        answer = Answer(response.status, response.headers, response.read())
        self.remember(answer)
        return answer

    def upload(self, path, form, name, file_name, content):
        """One try with a file."""
        return self.once(path, form, (name, file_name, content))

    def remember(self, answer):
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value
        if answer.headers.get_content_type() == "text/html":
            if found := re.search(r'name="csrf" value="([^"]+)"', answer.text):
                self.csrf = found.group(1)

    def insist(self, path, form=None, until=(200, 303)):
        """The same request again, as a person presses again, until it is answered as wanted."""
        end = time.monotonic() + self.patience
        last = None
        while time.monotonic() < end:
            try:
                answer = self.once(path, form)
                if answer.status in until:
                    return answer
                last = answer.status
                if answer.status < 500:
                    raise GaveUp(f"{path}: {answer.status}")
            except (OSError, http.client.HTTPException) as error:
                last = error
            time.sleep(0.1)
        raise GaveUp(f"{path}: {last!r}")

    def sign_in(self, account):
        address, password = account
        self.insist("/sign-in")
        return self.insist("/sign-in", {"email": address, "password": password}, until=(303,))
