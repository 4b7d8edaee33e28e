"""A CSV file of 100,000 × 20 in CP932, decoded and parsed by our reader; its time beside Python's csv module."""
import csv
import statistics

from .bed import ROOT, Comparison, quiet
from .population import measured

THEIRS = """
import csv, sys
rows = filled = 0
for row in csv.reader(open(sys.argv[1], encoding="cp932", newline="")):
    rows += 1
    filled += sum(1 for cell in row if cell)
print(rows, filled)
"""


def write(path, rows):
    with open(path, "w", encoding="cp932", newline="") as file:
        out = csv.writer(file)
        for n in range(rows):
            out.writerow([n, "髙橋", f"渉{n}", "タカハシ", f"ワタル{n % 900}", "102-0094", "東京都", "千代田区",
                          f"紀尾井町{n % 50}-3", "", f"person{n}@example.jp", "03-1234-5678", "外来, 2階", "2026/9/1",
                          "R8.9.1", "同意する", "希望する", f"E{n:06}", "看護部", '"備考"'])


def run(bed, full):
    rows = 100_000
    folder = bed.data / "books"
    folder.mkdir(exist_ok=True)
    path = folder / "file.csv"
    write(path, rows)
    ours, theirs, peak = [], [], 0
    for _ in range(5):
        quiet()
        mine = measured([ROOT / ".build/release/workbook-bench", "csv", path])
        other = measured(["python3", "-c", THEIRS, path])
        if mine.stdout.split() != other.stdout.split():
            raise SystemExit(f"read otherwise: {mine.stdout} and {other.stdout}")
        ours.append(mine.cpu), theirs.append(other.cpu)
        peak = max(peak, mine.peak_mib)
    found = Comparison(list(zip(theirs, ours)))
    figures = found.figures(must=6)
    return figures | {
        "rows": rows, "cpu_s": round(statistics.median(ours), 3), "python_cpu_s": round(statistics.median(theirs), 3),
        "peak_mib": round(peak), "must_mib": 32, "reached": figures["reached"] and peak <= 32}
