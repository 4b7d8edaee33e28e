"""任命状 in other people's readers: what its text is, whose the fonts are, where its QR code leads."""
import base64
import csv
import datetime
import json
import re
import subprocess
import urllib.request

import cbor2
import cwt
import pytest
import zxingcpp
from conftest import DAY
from test_application import fill, open_form, seen
from test_appointment import open_own_page

JAPAN = datetime.timezone(datetime.timedelta(hours=9))

# 氏 and 名: outside of JIS, outside of the first plane, forms of one character by both collections, one name, and as
# long as a name may be.
NAMES = {
    "compatibility": ("髙﨑", "祐介"),
    "second plane": ("𠮷田", "𠮟"),
    "forms": ("葛\U000e0101城", "邉\U000e0106邉\U000e010f邉\U000e0110"),
    "one": ("サリ", ""),
    "long": ("アレクサンドラ・" * 6 + "ア", "ポチョムキナ・" * 7 + "ナ"),
}


def tool(*command, text=True):
    done = subprocess.run(command, capture_output=True, text=text)
    assert done.returncode == 0, (command, done.stderr)
    return done.stdout


def apply_as(page, installation, family, given):
    open_form(page, installation)
    if not given:
        page.check("#single_name")
    answers = fill(
        page, family_name=family, given_name=given, family_name_kana="タナカ", given_name_kana="ハナコ" if given else "")
    page.click("text=入力した内容を確認する")
    page.fill("#code", installation.newest_code(seen))
    page.click("button:has-text('進む')")
    page.click("button:has-text('応募を送る')")
    return page.inner_text(".big"), answers["email"]


def sign_in(page, installation):
    _, email, password = next(line for line in installation.lines if line.startswith("office\t")).split("\t")
    page.context.clear_cookies()
    page.goto(installation.url + "/sign-in")
    page.fill("#email", email)
    page.fill("#password", password)
    page.click("button:has-text('ログインする')")


def saved(page, press, folder, name):
    """What the browser saves, and under which name."""
    with page.expect_download() as download:
        page.click(press)
    assert re.fullmatch(r"ninmeijo-R08-P-\d{7}-[0-9A-Z]\.pdf", download.value.suggested_filename)
    download.value.save_as(folder / name)
    return folder / name


def check_signed(installation, address, number, name):
    """Signature and claims, read by another library with the key that is published."""
    with urllib.request.urlopen(installation.url + "/.well-known/jwks.json") as answer:
        keys = [cwt.COSEKey.from_jwk(key) for key in json.load(answer)["keys"]]
    code = address.split("?c=")[1]
    octets = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
    claims = cbor2.loads(cwt.COSE.new().decode(octets, keys))
    assert (claims["no"], claims[2], claims["k"], claims["fy"]) == (number, name, "dps", 2026)
    first, end = (datetime.datetime(*day, tzinfo=JAPAN).timestamp() for day in ((2026, 11, 24), (2027, 4, 1)))
    assert (claims[5], claims[4]) == (first, end) and len(claims[7]) == 16
    changed = bytearray(octets)
    changed[-1] ^= 1
    with pytest.raises(cwt.VerifyError):
        cwt.COSE.new().decode(bytes(changed), keys)


@pytest.fixture(scope="module")
def appointed(browser, installation):
    """Receipt, address and page of each of the names, all appointed by one decision."""
    context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo")
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.is_phone = True
    people = {case: apply_as(page, installation, *name) for case, name in NAMES.items()}
    sign_in(page, installation)
    for receipt, _ in people.values():
        page.goto(f"{installation.url}/queue/application?receipt={receipt}")
        page.click("button:text-is('承認する')")
    done = installation.enroll("appoint", "plan", "--decided-on", DAY, "--decision-number", "デ推第7号")
    number = re.match(r"plan (A-\w+):", done.stdout).group(1)
    assert installation.enroll("appoint", "apply", number).returncode == 0
    installation.appointed_by = number
    yield page, people
    context.close()


@pytest.mark.parametrize("case", NAMES)
def test_every_reader_finds_the_same_words_in_fonts_that_go_with_the_file(appointed, installation, tmp_path, case):
    page, people = appointed
    receipt, email = people[case]
    open_own_page(page, installation, receipt, email)
    own = page.inner_text("main")
    number = re.search(r"R08-P-\d{7}-[0-9A-Z]", own).group(0)
    badge = page.get_attribute("a:has-text('任命の証明とバッジを見る')", "href")
    file = saved(page, "text=任命状をひらく（PDF）", tmp_path, "own.pdf")

    tool("qpdf", "--check", file)
    about = tool("pdfinfo", file)
    assert re.search(r"Pages: +1\n", about) and "(A4)" in about and re.search(r"Tagged: +yes", about)
    assert re.search(rf"Title: +任命状 {number}\n", about)
    assert '"/Lang": "u:ja-JP"' in tool("qpdf", "--json", "--json-key=qpdf", file)
    fonts = [line.split() for line in tool("pdffonts", file).splitlines()[2:]]
    assert fonts and all(re.match(r"[A-Z]{6}\+", font[0]) for font in fonts), fonts
    # Embedded, subset, and with what its glyphs mean.
    assert all(font[-5:-2] == ["yes", "yes", "yes"] for font in fonts), fonts

    # As one reads it; a long name and a sentence may run over more lines.
    words = "".join(tool("pdftotext", "-raw", file, "-").split())
    name = " ".join(part for part in NAMES[case] if part)
    expected = [
        f"第{number}号", "委員番号M-", "任命状", name.replace(" ", "") + "殿", "あなたをデジタル推進委員に任命します。",
        "お力添えをお願いします。", "見本です", "任期", "令和8年11月24日から（2026年11月24日）", "令和9年3月31日まで（2027年3月31日）",
        "令和8年11月24日", "デジタル大臣見本大臣", "QRコードから"]
    place = 0
    for part in expected:
        assert part in words[place:], (part, words)
        place = words.index(part, place) + len(part)
    assert "再発行" not in words
    # For whoever listens, each in one piece. Poppler 22 takes the end of a text beside a glyph, which a selector needs,
    # for the end of the piece.
    assert case == "forms" or f'"{name} 殿"' in tool("pdfinfo", "-struct-text", file).replace("\n", "")

    edges = [float(edge) for edge in re.findall(r'xM(?:in|ax)="([\d.]+)"', tool("pdftotext", "-bbox", file, "-"))]
    assert min(edges) > 28 * 72 / 25.4 and max(edges) < 182.5 * 72 / 25.4

    tool("pdftoppm", "-r", "200", "-gray", "-singlefile", file, tmp_path / "page")
    octets = (tmp_path / "page.pgm").read_bytes()
    head = re.match(rb"P5\s(\d+) (\d+)\s255\s", octets)
    width, height = int(head[1]), int(head[2])
    seen_codes = zxingcpp.read_barcodes(memoryview(octets[head.end():]).cast("B", (height, width)))
    assert len(seen_codes) == 1 and seen_codes[0].text.startswith(installation.url + "/w/?c=")
    check_signed(installation, seen_codes[0].text, number, name)
    page.goto(seen_codes[0].text)
    assert page.inner_text("h1") == "有効です" and name in page.inner_text("main") and number in page.inner_text("main")
    page.goto(installation.url + badge)
    assert number in page.inner_text("main")


def test_the_office_has_the_same_file_and_one_that_says_that_it_is_another(appointed, installation, tmp_path):
    page, people = appointed
    receipt, email = people["compatibility"]
    open_own_page(page, installation, receipt, email)
    own = saved(page, "text=任命状をひらく（PDF）", tmp_path, "own.pdf").read_bytes()
    sign_in(page, installation)
    page.goto(f"{installation.url}/queue/application?receipt={receipt}")
    assert saved(page, "text=任命状をひらく（PDF）", tmp_path, "same.pdf").read_bytes() == own
    again = saved(page, "button:has-text('再発行の任命状をひらく（PDF）')", tmp_path, "again.pdf")
    assert "再発行　令和8年11月24日" in tool("pdfinfo", "-struct-text", again)
    assert saved(page, "text=任命状をひらく（PDF）", tmp_path, "later.pdf").read_bytes() == own


def test_all_of_a_plan_are_one_file_that_every_reader_reads(appointed, installation, tmp_path):
    """Pages in the order of the list, words as in single files, fonts once for all, codes that lead where they should."""
    file, names = tmp_path / "all.pdf", tmp_path / "all.csv"
    command = ["appoint", "certificates", installation.appointed_by, "--out", str(file)]
    done = installation.enroll(*command, "--list", str(names), "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    rows = list(csv.reader(names.read_text(encoding="utf-8-sig").splitlines()))
    assert told["given"] == len(rows) - 1 >= len(NAMES) and told["not_given"] == 0

    tool("qpdf", "--check", file)
    about = tool("pdfinfo", file)
    assert f"Pages: {' ' * 10}{told['given']}" in about and "(A4)" in about and re.search(r"Tagged: +yes", about)
    assert re.search(rf"Title: +任命状（{installation.appointed_by}）\n", about)
    assert '"/Lang": "u:ja-JP"' in tool("qpdf", "--json", "--json-key=qpdf", file)
    fonts = [line.split() for line in tool("pdffonts", file).splitlines()[2:]]
    assert fonts and all(re.match(r"[A-Z]{6}\+", font[0]) and font[-5:-2] == ["yes"] * 3 for font in fonts), fonts

    for place, row in enumerate(rows[1:], 1):
        assert row[0] == str(place)
        words = "".join(tool("pdftotext", "-raw", "-f", str(place), "-l", str(place), file, "-").split())
        assert f"第{row[1]}号" in words and row[3].replace(" ", "") + "殿" in words, (row, words)
        assert "令和9年3月31日まで（2027年3月31日）" in words and "デジタル大臣見本大臣" in words and "再発行" not in words
        tool("pdftoppm", "-r", "200", "-gray", "-singlefile", "-f", str(place), "-l", str(place), file, tmp_path / "page")
        octets = (tmp_path / "page.pgm").read_bytes()
        head = re.match(rb"P5\s(\d+) (\d+)\s255\s", octets)
        width, height = int(head[1]), int(head[2])
        codes = zxingcpp.read_barcodes(memoryview(octets[head.end():]).cast("B", (height, width)))
        assert len(codes) == 1 and codes[0].text.startswith(installation.url + "/w/?c=")
        check_signed(installation, codes[0].text, row[1], row[3])

    refused = installation.enroll(*command)
    assert refused.returncode == 1 and "is there already" in refused.stderr
    again = installation.enroll(*command[:-1], str(tmp_path / "again.pdf"))
    assert again.returncode == 0 and (tmp_path / "again.pdf").read_bytes() == file.read_bytes()
    marked = installation.enroll(*command[:-1], str(tmp_path / "marked.pdf"), "--reissue")
    assert marked.returncode == 0
    assert tool("pdftotext", tmp_path / "marked.pdf", "-").count("再発行") == told["given"]


def card_of(x, y):
    """Which of the ten places of a sheet a point in millimetres is in."""
    return int((y - 11) // 55) * 2 + int((x - 14) // 91)


def test_nametags_bear_each_name_whole_and_the_code_of_the_same_person(appointed, installation, tmp_path):
    """In the order of the plan, ten to a page; nothing reaches the edge where it is cut."""
    file, letters, names = tmp_path / "tags.pdf", tmp_path / "all.pdf", tmp_path / "all.csv"
    done = installation.enroll("appoint", "nametags", installation.appointed_by, "--out", str(file), "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    done = installation.enroll(
        "appoint", "certificates", installation.appointed_by, "--out", str(letters), "--list", str(names))
    assert done.returncode == 0, done.stderr
    rows = list(csv.reader(names.read_text(encoding="utf-8-sig").splitlines()))[1:]
    pages = -(-len(rows) // 10)
    assert (told["given"], told["not_given"], told["pages"]) == (len(rows), 0, pages)

    tool("qpdf", "--check", file)
    about = tool("pdfinfo", file)
    assert re.search(rf"Pages: +{pages}\n", about) and "(A4)" in about and re.search(r"Tagged: +yes", about)
    assert re.search(rf"Title: +名札（{installation.appointed_by}）\n", about)
    fonts = [line.split() for line in tool("pdffonts", file).splitlines()[2:]]
    assert fonts and all(re.match(r"[A-Z]{6}\+", font[0]) and font[-5:-2] == ["yes"] * 3 for font in fonts), fonts

    def code(path, page, left=0, top=0, width=210, height=297):
        dots = 300 / 25.4
        area = [str(round(value * dots)) for value in (left, top, width, height)]
        tool(
            "pdftoppm", "-r", "300", "-gray", "-singlefile", "-f", str(page), "-l", str(page), "-x", area[0], "-y", area[1],
            "-W", area[2], "-H", area[3], path, tmp_path / "part")
        octets = (tmp_path / "part.pgm").read_bytes()
        head = re.match(rb"P5\s(\d+) (\d+)\s255\s", octets)
        shape = (int(head[2]), int(head[1]))
        found = zxingcpp.read_barcodes(memoryview(octets[head.end():]).cast("B", shape))
        assert len(found) == 1
        return found[0].text

    for place, row in enumerate(rows):
        page, card = place // 10 + 1, place % 10
        left, top = 14 + 91 * (card % 2), 11 + 55 * (card // 2)
        point = 72 / 25.4
        area = [str(round(value * point)) for value in (left, top, 91, 55)]
        words = tool(
            "pdftotext", "-raw", "-f", str(page), "-l", str(page), "-r", "72", "-x", area[0], "-y", area[1], "-W", area[2],
            "-H", area[3], file, "-")
        words = "".join(words.split())
        expected = [row[5], row[4].replace(" ", ""), row[3].replace(" ", ""), row[6].replace(" ", ""), "令和8年度", row[1]]
        assert words == "".join(expected), (row, words)
        assert code(file, page, left, top, 91, 55) == code(letters, place + 1)

    for number in range(1, pages + 1):
        boxes = re.findall(
            r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"',
            tool("pdftotext", "-bbox", "-f", str(number), "-l", str(number), file, "-"))
        assert boxes
        for box in boxes:
            x, y, right, bottom = (float(edge) / 72 * 25.4 for edge in box)
            assert card_of(x - 2.4, y - 1.5) == card_of(right + 2.4, bottom + 1.5), box

    refused = installation.enroll("appoint", "nametags", installation.appointed_by, "--out", str(file))
    assert refused.returncode == 1 and "is there already" in refused.stderr
