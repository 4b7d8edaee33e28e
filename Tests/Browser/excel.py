"""Writes a group's file as Japanese Excel saves it: CP932 or UTF-8 with a mark, CR LF, ¥1-2 as typed."""
import csv
import io

HEADINGS = ["No.", "氏", "名", "氏（カナ）", "名（カナ）", "郵便番号", "都道府県", "市区町村", "町字以下", "建物名等",
            "メールアドレス", "電話番号", "部署・店舗名", "視聴日（動画1）", "視聴日（動画2）", "本人同意", "オープンバッジ希望"]
FAMILY = ["髙橋", "山﨑", "佐藤", "鈴木", "渡邊", "齋藤", "中村", "小林", "加藤", "吉田"]
KANA = ["タカハシ", "ヤマサキ", "サトウ", "スズキ", "ワタナベ", "サイトウ", "ナカムラ", "コバヤシ", "カトウ", "ヨシダ"]
DIGITS = ["レイ", "イチ", "ニ", "サン", "ヨン", "ゴ", "ロク", "ナナ", "ハチ", "キュウ"]

# What people do wrong: the column, what stands there, the code of its message.
MISTAKES = [("氏", "", "E111"), ("氏（カナ）", "高橋", "E122"), ("郵便番号", "600001", "E223"), ("市区町村", "なし市", "E138"),
            ("町字以下", "1月2日", "E142"), ("メールアドレス", "taro.example.jp", "E152"), ("電話番号", "12345678", "E162"),
            ("視聴日（動画1）", "9/1", "E175"), ("視聴日（動画2）", "2027/1/1", "E173"), ("本人同意", "", "E222"),
            ("氏", "=cmd", "E226"), ("都道府県", "江戸", "E136"), ("視聴日（動画1）", "2025/4/1", "E174")]


def person(n):
    given = "".join(DIGITS[int(d)] for d in str(n))
    return [str(n), FAMILY[n % 10], given, KANA[n % 10].lower(), given, "102-0094", "東京都", "千代田区",
            "紀尾井町①号館1-3" if n % 7 == 0 else "紀尾井町1-3", "", f"staff{n}@hospital.example.jp", "", "外来",
            "2026/9/1", "R8.9.2", "同意する", "希望する" if n % 3 == 0 else ""]


def rows(count, mistakes=0, duplicates=0):
    """`count` rows; the last but one block repeats earlier people, mistakes are spread evenly."""
    people = [person(n) for n in range(1, count - duplicates + 1)]
    planted = {}
    for k in range(mistakes):
        column, value, code = MISTAKES[k % len(MISTAKES)]
        n = 50 + k * ((count - duplicates - 100) // max(1, mistakes))
        people[n][HEADINGS.index(column)] = value
        planted[n + 2] = code
    again = [person(n) for n in range(1, duplicates + 1)]
    return people + again, planted


def write(people, headings=HEADINGS, encoding="cp932"):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(people)
    return text.getvalue().encode(encoding)


def read(data, encoding="cp932"):
    return list(csv.reader(io.StringIO(data.decode(encoding), newline="")))
