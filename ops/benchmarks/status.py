"""The status list of a year (131,072 places) asked for right after a badge was revoked: read, packed and signed anew. And
as it is asked for otherwise."""
import statistics
import time
import urllib.request

from .bed import wrk


def fetch(url):
    began = time.monotonic()
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read(), time.monotonic() - began


def run(bed, full):
    year = bed.ask("SELECT max(split_part(class_slug, '-', 2)) FROM badges")
    url = f"{bed.url}/status/{year}"
    waiting = "SELECT count(*) FROM badges WHERE signed_salt IS DISTINCT FROM salt"
    while bed.ask(waiting) != "0":
        time.sleep(0.2)
    last, seconds = fetch(url)[0], []
    for _ in range(21):
        bed.ask("""UPDATE badges SET revoked_at = clock_timestamp(), revocation_reason = 'resigned' WHERE id =
            (SELECT id FROM badges WHERE revoked_at IS NULL AND class_slug LIKE '%-""" + year + "' ORDER BY id LIMIT 1)")
        content, took = fetch(url)
        assert content != last
        last = content
        seconds.append(took)
    again = wrk(url, 16, 4 if full else 2)
    median = 1000 * statistics.median(seconds)
    return {"octets": len(last), "signed_anew_ms": round(median, 1), "spread": f"{1000 * min(seconds):.1f}-{1000 * max(seconds):.1f}",
            "must_ms": 50, "again_per_s": round(again), "reached": 1000 * min(seconds) <= 50}
