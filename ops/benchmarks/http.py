"""A small JSON answer through the real router, beside nginx serving the same bytes as a file."""
import urllib.request

from .bed import Metered, side_by_side, wrk


def run(bed, full):
    path = "/ob2/badges/dps-2026"
    with urllib.request.urlopen(bed.url + path) as answer:
        body = answer.read()
        own = {"content-length", "content-type", "date", "connection", "server", "etag", "last-modified"}
        headers = [(name, value) for name, value in answer.getheaders() if name.lower() not in own]
    folder = bed.data / "files"
    (folder / "ob2/badges").mkdir(parents=True, exist_ok=True)
    (folder / path[1:]).write_bytes(body)
    peer = bed.nginx(folder, headers)
    seconds = 8 if full else 3
    ours = Metered(bed.server_pid(), lambda: wrk(bed.url + path, 64, seconds), seconds)
    found = side_by_side(ours, lambda: wrk(peer + path, 64, seconds))
    return {"body_bytes": len(body), "ours_per_s": round(found.ours), "nginx_per_s": round(found.theirs),
            "cpu_us": ours.microseconds} | found.figures(must=1.0)
