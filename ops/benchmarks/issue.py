"""Every badge of the population made a credential of Open Badges 3.0, with its proof and its place in the status list, and
stored, beside OpenSSL signing as often with Ed25519 and doing nothing else."""
import re
import subprocess

from .bed import quiet, side_by_side
from .population import SEEDED_AT


def openssl():
    """Seconds of a signature; it says how many there are in one."""
    found = subprocess.run(
        ["openssl", "speed", "-seconds", "2", "-mr", "ed25519"], capture_output=True, text=True, check=True).stdout
    return 1 / float(re.search(r"\+F\d+:\d+:253:[^:]+:([\d.e-]+):", found).group(1))


def run(bed, full):
    population = bed.population(full)
    count = int(population.ask("enroll", "SELECT count(*) FROM badges"))
    peaks = []

    def ours():
        population.copy("signing")
        quiet()
        done = population.enroll("signing", "badges", "sign", "--clock", SEEDED_AT)
        assert done.stdout.strip() == f"{count} signed", done.stdout
        peaks.append(done.peak_mib)
        return done.seconds

    found = side_by_side(ours, lambda: count * openssl(), rounds=3)
    return {"badges": count, "ours_s": round(found.ours, 2), "ed25519_s": round(found.theirs, 2),
            "each_us": round(found.ours / count * 1e6), "peak_mib": round(max(peaks))} | found.figures(must=10, at_most=True)
