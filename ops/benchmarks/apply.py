"""A planned group file filed (applications, states, viewings, consents, affiliations, letters, journal), beside
the very same rows as one INSERT … SELECT a table into a database that was the same."""
import re
import statistics

from . import group
from .population import SEEDED_AT, bring_written, insert_written


def run(bed, full):
    population = bed.population(full)
    count = 12_000 if full else 1_200
    path = group.write(population.data / "group.csv", count)
    population.copy("planned")
    planned = population.enroll("planned", "import", "plan", path, "--organization", "fujita", "--clock", SEEDED_AT)
    number = re.search(r"plan (\S+):", planned.stdout).group(1)
    ours, theirs, peaks = [], [], []
    for _ in range(3):
        population.copy("ours", "planned"), population.copy("bare", "planned")
        done = population.enroll("ours", "import", "apply", number, "--clock", SEEDED_AT)
        assert f"applied {count}" in done.stdout, done.stdout
        bring_written(population, "ours", "bare")
        ours.append(done.seconds)
        theirs.append(insert_written(population, "bare"))
        peaks.append(done.peak_mib)
    ratio = statistics.median(a / b for a, b in zip(ours, theirs))
    return {"rows": count, "ours_s": round(statistics.median(ours), 2),
            "bare_s": round(statistics.median(theirs), 2), "ratio": round(ratio, 2), "must": 3,
            "peak_mib": round(max(peaks)), "reached": ratio <= 3}
