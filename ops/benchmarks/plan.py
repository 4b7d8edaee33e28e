"""A group file of 12,000 CP932 rows read, checked, compared with everybody known and kept as a plan, beside psql's
\\copy of the same bytes into a bare table; and 20,000 rows by themselves, which have a limit in seconds and MiB."""
from . import group
from .bed import quiet, side_by_side
from .population import SEEDED_AT, measured


def plan(population, path):
    return population.enroll("plans", "import", "plan", path, "--organization", "fujita", "--clock", SEEDED_AT)


def copy(population, path):
    columns = ", ".join(f"c{n} text" for n in range(len(group.HEADINGS)))
    population.ask("plans", f"DROP TABLE IF EXISTS bare; CREATE TABLE bare ({columns})")
    command = f"\\copy bare FROM '{path}' (FORMAT csv, HEADER, ENCODING 'SJIS')"
    return measured(["psql", "-Xq", population.url("plans"), "-c", command])


def run(bed, full):
    population = bed.population(full)
    population.copy("plans")
    path = group.write(population.data / "group.csv", 12_000 if full else 1_200)
    found = side_by_side(
        lambda: plan(population, path).seconds, lambda: copy(population, path).seconds)
    large = group.write(population.data / "large.csv", 20_000)
    quiet()
    plans = [plan(population, large) for _ in range(5)]
    seconds = sorted(each.seconds for each in plans)
    peak = max(each.peak_mib for each in plans)
    return {"rows": 12_000 if full else 1_200, "ours_s": round(found.ours, 2), "copy_s": round(found.theirs, 2),
            "ratio": round(found.ratio, 1), "rows_20000_s": round(seconds[2], 2), "must_s": 2,
            "spread": f"{seconds[0]:.2f}-{seconds[-1]:.2f}", "peak_mib": round(peak), "must_mib": 128,
            "reached": seconds[0] <= 2 and peak <= 128}
