"""A book of 100,000 × 20 as Excel writes it (texts shared, real days), read to texts by our reader; its time beside
python-calamine's (Rust), beside inflating the same parts alone (igzip) and, once, beside openpyxl's read-only mode."""
import statistics
import subprocess

from .bed import ROOT, Comparison, quiet
from .population import measured

MAKE = """
import sys, datetime, xlsxwriter
rows, path = int(sys.argv[1]), sys.argv[2]
book = xlsxwriter.Workbook(path, {'strings_to_urls': False})
sheet = book.add_worksheet()
day, zeros = book.add_format({'num_format': 14}), book.add_format({'num_format': '0000000'})
seen = datetime.date(2026, 9, 1)
for n in range(rows):
    sheet.write_row(n, 0, [n, "髙橋", f"渉{n}", "タカハシ", f"ワタル{n % 900}"])
    sheet.write_number(n, 5, 600001 + n % 9000, zeros)
    sheet.write_row(n, 6, ["東京都", "千代田区", f"紀尾井町{n % 50}-3", "", f"person{n}@example.jp", "03-1234-5678", "外来"])
    sheet.write_datetime(n, 13, seen, day)
    sheet.write_datetime(n, 14, seen, day)
    sheet.write_row(n, 15, ["同意する", "希望する", f"E{n:06}", "看護部", "備考"])
book.close()
"""
CALAMINE = """
import sys, python_calamine
rows = python_calamine.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
print(len(rows), sum(cell != "" for row in rows for cell in row))
"""
OPENPYXL = """
import sys, openpyxl
rows = openpyxl.load_workbook(sys.argv[1], read_only=True).worksheets[0].iter_rows(values_only=True)
print(sum(1 for _ in rows))
"""


def run(bed, full):
    rows = 100_000 if full else 30_000
    folder = bed.data / "books"
    folder.mkdir(exist_ok=True)
    book, packed = folder / "book.xlsx", folder / "parts.gz"
    subprocess.run([bed.python("XlsxWriter==3.2.9"), "-c", MAKE, str(rows), book], check=True)
    with open(folder / "parts.xml", "wb") as parts:
        for part in ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"):
            subprocess.run(["unzip", "-p", book, part], stdout=parts, check=True)
    subprocess.run(["igzip", "-1", "-f", "-k", "-o", packed, folder / "parts.xml"], check=True)
    ours, theirs, bare, peak = [], [], [], 0
    calamine = bed.python("python-calamine==0.9.1")
    for _ in range(5):
        quiet()
        mine = measured([ROOT / ".build/release/workbook-bench", "read", book])
        other = measured([calamine, "-c", CALAMINE, book])
        if mine.stdout.split() != other.stdout.split():
            raise SystemExit(f"read otherwise: {mine.stdout} and {other.stdout}")
        ours.append(mine.cpu), theirs.append(other.cpu)
        bare.append(measured(["igzip", "-d", "-c", packed]).cpu)
        peak = max(peak, mine.peak_mib)
    slow = measured([bed.python("openpyxl==3.1.5"), "-c", OPENPYXL, book]).cpu
    found = Comparison(list(zip(theirs, ours)))
    of_openpyxl, of_inflate = slow / statistics.median(ours), statistics.median(ours) / statistics.median(bare)
    figures = found.figures(must=1)
    figures["reached"] = figures["reached"] and of_openpyxl >= 10 and of_inflate <= 3 and peak <= 32
    return {"rows": rows, "cpu_s": round(statistics.median(ours), 2), "calamine_cpu_s": round(statistics.median(theirs), 2),
            "inflate_cpu_s": round(statistics.median(bare), 2), "openpyxl_cpu_s": round(slow, 1),
            "of_openpyxl": round(of_openpyxl, 1), "must_of_openpyxl": 10, "of_inflate": round(of_inflate, 1),
            "must_of_inflate": 3, "peak_mib": round(peak), "must_mib": 32} | figures
