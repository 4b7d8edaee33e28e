"""A body's file for the benchmarks of its plan and of applying it: CP932, as Japanese Excel saves it."""
import csv
import io
import json
import subprocess

HEADINGS = ["氏", "名", "氏（カナ）", "名（カナ）", "郵便番号", "都道府県", "市区町村", "町字以下", "建物名等",
            "メールアドレス", "電話番号", "部署・店舗名", "視聴日（動画1）", "視聴日（動画2）", "本人同意", "オープンバッジ希望"]
FAMILIES = [("髙橋", "タカハシ"), ("山﨑", "ヤマサキ"), ("佐藤", "サトウ"), ("渡邊", "ワタナベ"), ("齋藤", "サイトウ")]
DIGITS = ["レイ", "イチ", "ニ", "サン", "ヨン", "ゴ", "ロク", "ナナ", "ハチ", "キュウ"]


def person(n):
    family, reading = FAMILIES[n % len(FAMILIES)]
    given = "".join(DIGITS[int(d)] for d in str(n))
    return [family, given, reading, given, "102-0094", "東京都", "千代田区", "紀尾井町1-3", "", f"bench{n}@example.jp",
            "03-1234-5678", "外来", "2026/9/1", "R8.9.2", "同意する", "希望する" if n % 3 else ""]


def write(path, count):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows(person(n) for n in range(1, count + 1))
    path.write_bytes(text.getvalue().encode("cp932"))
    return path


BOOK = """
import json, sys, xlsxwriter
book = xlsxwriter.Workbook(sys.argv[1], {'strings_to_urls': False, 'strings_to_numbers': False})
sheet = book.add_worksheet()
for number, row in enumerate(json.load(sys.stdin)):
    sheet.write_row(number, 0, row)
book.close()
"""


def write_book(python, path, count):
    """The same people as a book, its texts shared as Excel shares them."""
    rows = [HEADINGS] + [person(n) for n in range(1, count + 1)]
    subprocess.run([python, "-c", BOOK, path], input=json.dumps(rows), text=True, check=True)
    return path
