"""任命状 of many in one PDF, beside Typst (Rust) setting the same words. Ours have a QR code each; Typst, which has none of its
own, is spared it. Both with their start, fonts and the writing of the file."""
import statistics
import subprocess

from .bed import ROOT, quiet
from .population import measured

EMBLEM = """<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512" viewBox="0 0 512 512"><circle cx="256" cy="256" r="248"
 fill="#0017c1"/><circle cx="256" cy="256" r="226" fill="#fff"/><circle cx="214" cy="120" r="40" fill="#0017c1"/>
 <path d="M150 200c40-52 172-52 212 0" fill="none" stroke="#259d63" stroke-width="18"/></svg>"""
SOURCE = """
#set document(title: "任命状", author: "見本 大臣")
#set page(paper: "a4", margin: 0mm)
#set text(font: "BIZ UDPMincho", lang: "ja", size: 15pt)
#let names = ("青木 みのり", "佐藤 太郎", "渡邊 花子", "小野寺 健一", "高橋 真由美", "長谷川 さくら")
#let at(x, y, what) = place(dx: x * 1mm, dy: y * 1mm, what)
#for n in range(COUNT) {
  at(11, 11, rect(width: 188mm, height: 275mm, stroke: 1.6mm + rgb("#0b2a6b")))
  at(16, 16, rect(width: 178mm, height: 265mm, stroke: 0.5mm + rgb("#b78f00")))
  at(92, 24, box(width: 90mm, align(right, text(size: 11pt)[第 R08-P-#(1000000 + n) 号])))
  at(92, 29.5, box(width: 90mm, align(right, text(size: 9.6pt)[委員番号 M-#(2000000 + n)])))
  at(86, 33, image("emblem.svg", width: 38mm))
  at(30, 80, box(width: 150mm, align(center, heading(text(size: 59pt)[任命状]))))
  at(30, 110, box(width: 150mm, align(center, text(size: 30pt)[#names.at(calc.rem(n, 6)) #text(size: 21pt)[殿]])))
  at(36, 134, box(width: 140mm, text(size: 17.5pt)[あなたをデジタル推進委員に任命します。]))
  at(36, 152, box(width: 140mm, text(size: 17.5pt)[デジタル機器やサービスに不慣れな方に対し、きめ細かなサポートを行うことを期待します。]))
  at(36, 182, [任期])
  at(55, 182, [令和8年4月1日から#text(size: 12pt)[（2026年4月1日）]])
  at(55, 191, [令和9年3月31日まで#text(size: 12pt)[（2027年3月31日）]])
  at(36, 206, [令和8年4月1日])
  at(56, 220, [#text(size: 16pt)[デジタル大臣]　#text(size: 21pt)[見本 大臣]])
  at(146, 213, rect(width: 26mm, height: 26mm, stroke: (dash: "dashed")))
  at(146, 224, box(width: 26mm, align(center, text(size: 9.6pt)[公印])))
  at(36, 251, box(width: 104mm, align(right, text(font: "BIZ UDPGothic", size: 9.4pt)[QRコードから、この任命がいま有効か確かめられます。])))
  if n < COUNT - 1 { pagebreak() }
}
"""
TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"


def pages(file):
    about = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True).stdout
    return int(next(line.split()[1] for line in about.splitlines() if line.startswith("Pages:")))


def run(bed, full):
    count = 5_000 if full else 1_000
    folder = bed.data / "letters"
    folder.mkdir(exist_ok=True)
    emblem, source = folder / "emblem.svg", folder / "letters.typ"
    emblem.write_text(EMBLEM)
    source.write_text(SOURCE.replace("COUNT", str(count)))
    typst, ours, theirs = bed.python("typst==0.15.2"), [], []
    for _ in range(5 if full else 3):
        quiet()
        ours.append(measured([ROOT / ".build/release/letters-bench", str(count), emblem, folder / "ours.pdf"]))
        theirs.append(measured([typst, "-c", TYPST, source, folder / "theirs.pdf"]))
    if pages(folder / "ours.pdf") != count or pages(folder / "theirs.pdf") != count:
        raise SystemExit("another number of pages")
    cpu = statistics.median(mine.cpu for mine in ours)
    ratio = statistics.median(other.cpu / mine.cpu for mine, other in zip(ours, theirs))
    peak = max(mine.peak_mib for mine in ours)
    return {"count": count, "per_cpu_s": round(count / cpu), "must_per_s": 1500, "typst_cpu_by_ours": round(ratio, 2), "must_ratio": 5,
            "peak_mib": round(peak), "must_mib": 64, "typst_peak_mib": round(max(other.peak_mib for other in theirs)),
            "reached": count / cpu >= 1500 and ratio >= 5 and peak <= 64}
