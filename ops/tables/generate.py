"""Writes Sources/JapaneseText/Generated: character tables as one string literal each.

Sources: Python's codecs `cp932` and `euc_jis_2004` and its unicodedata (Unicode, Inc. licence);
SKK-JISYO.itaiji of Debian's skkdic-extra (public domain by its header); our own rows below.
"""
import pathlib
import sys
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2] / "Sources/JapaneseText/Generated"
OWN = {"髙": "高", "𠮷": "吉", "槗": "橋", "﨑": "崎", "德": "徳", "濵": "浜", "瀨": "瀬", "栁": "柳",
       "桒": "桑", "曻": "昇", "黑": "黒", "圡": "土", "㐂": "喜", "𡈽": "土", "𠮟": "叱", "嶌": "島",
       "邉": "辺", "邊": "辺", "齋": "斎", "齊": "斉", "嶋": "島", "廣": "広", "眞": "真", "惠": "恵",
       "澤": "沢", "濱": "浜", "龍": "竜", "竈": "釜", "檮": "梼", "淸": "清", "靑": "青", "晴": "晴",
       "增": "増", "寬": "寛", "敎": "教", "橫": "横", "渚": "渚", "祐": "祐", "祥": "祥", "逸": "逸",
       "隆": "隆", "﨟": "臈", "凜": "凛", "堯": "尭", "遙": "遥", "瑤": "瑶", "槇": "槙", "薰": "薫",
       "緖": "緒", "賴": "頼", "郞": "郎", "塚": "塚", "朗": "朗", "顚": "顛", "彌": "弥", "舘": "館",
       "䅣": "秋", "藪": "薮", "躰": "体", "冨": "富", "峯": "峰", "埜": "野", "嵜": "崎", "碕": "崎"}
# Forms of common kanji that other countries' fonts write.
OWN |= {"內": "内", "吳": "呉", "吿": "告", "戶": "戸", "產": "産", "絕": "絶", "脫": "脱", "說": "説",
        "銳": "鋭", "旣": "既", "姬": "姫", "娛": "娯", "稅": "税", "閱": "閲", "悅": "悦", "彥": "彦",
        "强": "強", "尙": "尚", "閒": "間", "昻": "昂", "黃": "黄"}
# CJK radicals that Unicode does not decompose but a PDF puts in the place of a kanji.
RADICALS = {"⺁": "厂", "⺅": "亻", "⺎": "兀", "⺏": "尢", "⺒": "巳", "⺓": "幺", "⺛": "旡", "⺝": "月",
            "⺞": "歺", "⺟": "母", "⺠": "民", "⺩": "王", "⺫": "罒", "⺬": "示", "⺮": "竹", "⺵": "网",
            "⺻": "聿", "⺼": "肉", "⻁": "虎", "⻂": "衣", "⻃": "覀", "⻄": "西", "⻅": "見", "⻆": "角",
            "⻉": "貝", "⻑": "長", "⻒": "長", "⻔": "門", "⻘": "青", "⻝": "食", "⻟": "食", "⻤": "鬼",
            "⻨": "麦", "⻩": "黄", "⻫": "斉", "⻭": "歯", "⻯": "竜", "⻱": "亀", "⻲": "亀", "⻳": "亀"}


def kanji(c):
    return 0x3400 <= ord(c) <= 0x9FFF or 0xF900 <= ord(c) <= 0xFAFF or ord(c) >= 0x20000


def cp932_cells():
    cells = []
    for lead in [*range(0x81, 0xA0), *range(0xE0, 0xFD)]:
        for trail in [*range(0x40, 0x7F), *range(0x80, 0xFD)]:
            try:
                c = bytes([lead, trail]).decode("cp932")
            except UnicodeDecodeError:
                c = " "
            cells.append(c if len(c) == 1 and not 0xE000 <= ord(c) < 0xF900 else " ")
    return "".join(cells)


def jisx0213():
    found = []
    for code in [*range(0xA0, 0x3000), *range(0x3001, 0xE000), *range(0xF900, 0x10000),
                 *range(0x20000, 0x30000)]:
        try:
            chr(code).encode("euc_jis_2004")
            found.append(chr(code))
        except UnicodeEncodeError:
            pass
    return "".join(c for c in found if not unicodedata.combining(c))


def variants():
    parent = {}

    def find(c):
        while parent.setdefault(c, c) != c:
            c = parent[c]
        return c

    for line in open(sys.argv[1], encoding="euc-jp"):
        if line.startswith(";") or " /" not in line:
            continue
        key, rest = line.strip().split(" /", 1)
        group = [key] + [v.split(";")[0] for v in rest.split("/")]
        group = [c for c in group if len(c) == 1 and kanji(c)]
        for c in group[1:]:
            parent[find(c)] = find(group[0])

    def order(c):
        return (c.encode("cp932") if encodable(c) else b"\xff\xff") + b""

    groups = {}
    for c in list(parent):
        groups.setdefault(find(c), []).append(c)
    table = {}
    for group in groups.values():
        best = min(group, key=order)
        table.update({c: best for c in group if c != best})
    for code in [*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20)]:
        plain = unicodedata.normalize("NFC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table[chr(code)] = table.get(plain, plain)
    for c, plain in OWN.items():
        if c != plain:
            table[c] = plain
    for c in list(table):
        seen = {c}
        while table[c] in table and table[c] not in seen:
            seen.add(table[c])
            table[c] = table[table[c]]
    return "".join(c + table[c] for c in sorted(table) if table[c] != c)


def radicals():
    table = {chr(c): unicodedata.normalize("NFKC", chr(c)) for c in range(0x2F00, 0x2FD6)} | RADICALS
    return "".join(c + table[c] for c in sorted(table))


def encodable(c):
    try:
        c.encode("cp932")
        return True
    except UnicodeEncodeError:
        return False


def compatibility():
    lines = []
    ranges = [(0xA0, 0x100), (0x2000, 0x2100), (0x2100, 0x2190), (0x2460, 0x2500), (0x3000, 0x3001),
              (0x3200, 0x3400), (0xFF00, 0xFFF0)]
    for first, last in ranges:
        for code in range(first, last):
            plain = unicodedata.normalize("NFKC", chr(code))
            if plain != chr(code) and "\n" not in plain and not 0xFF61 <= code <= 0xFFDC:
                lines.append(chr(code) + plain)
    return "\\n".join(lines)


def write(name, doc, literal):
    text = literal.replace('"', '\\"') if "\\n" in literal else literal.replace("\\", "\\\\").replace('"', '\\"')
    (ROOT / f"{name}.swift").write_text(
        f"// Made by ops/tables/generate.py; do not edit.\n\n/// {doc}\nlet {name[0].lower() + name[1:]}: "
        f'StaticString =\n    "{text}"\n', encoding="utf-8")


write("Cp932Cells", "The characters of CP932's double-byte cells in order of code; a space is an empty cell.", cp932_cells())
write("Jisx0213Characters", "The single characters of JIS X 0213 beyond ASCII.", jisx0213())
write("KanjiVariants", "Pairs: a variant kanji and the one it is matched as.", variants())
write("RadicalKanji", "Pairs: a radical and the kanji that looks like it.", radicals())
write("CompatibilityForms", "Lines: a compatibility character and what it stands for.", compatibility().replace('\\\\n', '\\n'))
