"""A group file of 30,000 CP932 rows (more are not taken) read, checked, compared with everybody known and kept as a plan,
beside psql's \\copy of the same bytes into a bare table; 20,000 rows by themselves, which have a limit in seconds and
MiB; and a book of the same 20,000 beside them."""
import statistics

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
    rows = 30_000 if full else 3_000
    path = group.write(population.data / "group.csv", rows)
    found = side_by_side(
        lambda: plan(population, path).seconds, lambda: copy(population, path).seconds)
    large = group.write(population.data / "large.csv", 20_000)
    book = group.write_book(bed.python("XlsxWriter==3.2.9"), population.data / "large.xlsx", 20_000)
    plans, books = [], []
    for _ in range(5):
        quiet()
        plans.append(plan(population, large)), books.append(plan(population, book))
    seconds = sorted(each.seconds for each in plans)
    of_csv = statistics.median(b.seconds / a.seconds for a, b in zip(plans, books))
    peak = max(each.peak_mib for each in plans)
    reached = found.low <= 8 and seconds[0] <= 2 and peak <= 128 and of_csv <= 1.5
    return {"rows": rows, "ours_s": round(found.ours, 2), "copy_s": round(found.theirs, 2),
            "ratio": round(found.ratio, 1), "must": 8, "rows_20000_s": round(seconds[2], 2), "must_s": 2,
            "spread": f"{seconds[0]:.2f}-{seconds[-1]:.2f}", "cpu_s": round(statistics.median(p.cpu for p in plans), 2),
            "peak_mib": round(peak), "must_mib": 128, "book_of_csv": round(of_csv, 2), "must_of_csv": 1.5,
            "book_peak_mib": round(max(each.peak_mib for each in books)), "reached": reached}
