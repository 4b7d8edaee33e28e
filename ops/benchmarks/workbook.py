"""本省様式 of the whole population (55,425 × 47 and every sheet made so far) by `enroll export ministry`; and
1,000,000 × 15 by the same writer: its CPU beside deflate of the same XML alone (igzip, which is ISA-L level 1), its
time beside XlsxWriter with constant_memory."""
import shutil
import statistics
import subprocess

from .bed import ROOT, Comparison, quiet
from .population import SEEDED_AT, measured

XLSXWRITER = """
import sys, xlsxwriter
rows, path = int(sys.argv[1]), sys.argv[2]
book = xlsxwriter.Workbook(path, {'constant_memory': True, 'strings_to_urls': False})
sheet = book.add_worksheet()
for n in range(rows):
    sheet.write_row(n, 0, [f"R08-P-{n:07}", n, "髙橋", f"渉{n}", "タカハシ", f"person{n}@example.jp", "0312345678", "13",
        "東京都", "131016", "千代田区", 2026, 46000 + n % 365, "任命中", "窓口で、利用を支援している。"])
book.close()
"""


def run(bed, full):
    population = bed.population(full)
    out = population.data / "ministry.xlsx"
    exports = [population.enroll("enroll", "export", "ministry", "--out", out, "--overwrite", "--clock", SEEDED_AT) for _ in range(3)]
    rows = 1_000_000 if full else 100_000
    folder = population.data / "sheets"
    folder.mkdir(exist_ok=True)
    writer = ROOT / ".build/release/workbook-bench"
    cpu, deflate, seconds, theirs, peak = [], [], [], [], 0
    for turn in range(5):
        quiet()
        ours = measured([writer, str(rows), folder / "ours.xlsx"])
        if turn == 0:
            with open(folder / "sheet.xml", "wb") as xml:
                subprocess.run(["unzip", "-p", folder / "ours.xlsx", "xl/worksheets/sheet1.xml"], stdout=xml, check=True)
        bare = measured(["igzip", "-1", "-f", "-k", "-o", folder / "sheet.gz", folder / "sheet.xml"])
        cpu.append(ours.cpu), deflate.append(bare.cpu), seconds.append(ours.seconds)
        peak = max(peak, ours.peak_mib)
        if not full or turn == 0:
            theirs.append(measured([bed.python("XlsxWriter==3.2.9"), "-c", XLSXWRITER, str(rows), folder / "theirs.xlsx"]).seconds)
    shutil.rmtree(folder)
    found = Comparison(list(zip(cpu, deflate)))
    faster = statistics.median(theirs) / statistics.median(seconds)
    figures = found.figures(must=2.5, at_most=True)
    figures["reached"] = figures["reached"] and faster >= 30 and peak <= 32
    exported = sorted(each.seconds for each in exports)[1]
    return {"people": population.people, "export_s": round(exported, 2),
            "export_peak_mib": round(max(each.peak_mib for each in exports)), "rows": rows,
            "cpu_s": round(statistics.median(cpu), 2), "deflate_cpu_s": round(statistics.median(deflate), 2),
            "xlsxwriter_s": round(statistics.median(theirs), 1),
            "faster": round(faster, 1), "must_be_faster": 30, "peak_mib": round(peak, 1), "must_mib": 32} | figures
