"""A planned group file filed (applications, states, viewings, consents, affiliations, letters, journal), beside
the very same rows as one INSERT … SELECT a table into a database that was the same."""
import re

from . import group
from .bed import Comparison, quiet
from .population import SEEDED_AT, bring_written, insert_written


def run(bed, full):
    population = bed.population(full)
    count = 12_000 if full else 1_200
    path = group.write(population.data / "group.csv", count)
    population.copy("planned")
    planned = population.enroll("planned", "import", "plan", path, "--organization", "fujita", "--clock", SEEDED_AT)
    number = re.search(r"plan (\S+):", planned.stdout).group(1)
    pairs, peaks = [], []
    for _ in range(5):
        population.copy("ours", "planned"), population.copy("bare", "planned")
        quiet()
        done = population.enroll("ours", "import", "apply", number, "--clock", SEEDED_AT)
        assert f"applied {count}" in done.stdout, done.stdout
        bring_written(population, "ours", "bare")
        pairs.append((done.seconds, insert_written(population, "bare")))
        peaks.append(done.peak_mib)
    found = Comparison(pairs)
    return {"rows": count, "ours_s": round(found.ours, 2), "bare_s": round(found.theirs, 2),
            "peak_mib": round(max(peaks))} | found.figures(must=3, at_most=True)
