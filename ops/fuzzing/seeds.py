"""Writes the hostile requests of the tests, and some fields and forms, as seeds: one file each."""
import pathlib
import re
import sys

CASES = pathlib.Path(__file__).resolve().parents[2] / "Tests/HostileRequests/cases"
ESCAPES = {b"r": b"\r", b"n": b"\n", b"t": b"\t"}
POST = rb"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
HIDDEN = rb"GET /hidden HTTP/1.1\r\nHost: h\r\n\r\n"
OTHERS = [
    b"\0a=b&c=%E6%97%A5&d=+", b"\0text/html;q=0.8;a=\"b\\\"c\"", b"\0Sun, 06 Nov 1994 08:49:37 GMT", b"\x000-5,7-",
    b"\0W/\"a\", \"b\"", b"\0/own/path?x=y",
    b"\x01--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--X\r\n"
    b"Content-Disposition: form-data; name=\"f\"; filename=\"x.csv\"\r\nContent-Type: text/csv\r\n\r\n"
    b"a,b\r\n--\r\n--X--\r\n"]


def repeated(found):
    text, _, count = found.group(1).rpartition(b"*")
    return text * int(count)


def unescaped(found):
    kind = found.group(1)
    return bytes([int(kind[1:], 16)]) if kind[:1] == b"x" and len(kind) == 3 else ESCAPES.get(kind, kind)


def octets(text):
    text = text.replace(b"{post}", POST).replace(b"{hidden}", HIDDEN)
    text = re.sub(rb"\{([^}]*\*\d+)\}", repeated, text)
    return re.sub(rb"\\(x[0-9a-f]{2}|.)", unescaped, text)


def main(folder):
    seeds = [octets(line.split(b"\t")[1]) for path in sorted(CASES.glob("*.tsv"))
             for line in path.read_bytes().splitlines() if line.count(b"\t") == 2]
    for number, seed in enumerate([s for s in seeds if len(s) <= 4096] + OTHERS):
        (pathlib.Path(folder) / f"{number:04}").write_bytes(seed)


main(sys.argv[1])
