"""団体応募 with Excel books that other people's programs wrote."""
import datetime
import subprocess

import excel
import openpyxl
import pytest
import xlsxwriter
from conftest import check_access
from test_group_file import apply, choose, plan, send, sign_in

SEEN = datetime.date(2026, 9, 1)
DAYS = {"視聴日（動画1）", "視聴日（動画2）"}


def typed(heading, cell):
    """What Excel makes of what is typed: days are days, a postal code without its hyphen is a number."""
    if heading in DAYS and cell in ("2026/9/1", "R8.9.2"):
        return SEEN
    return int(cell.replace("-", "")) if heading == "郵便番号" else cell


def by_openpyxl(path, people):
    book = openpyxl.Workbook()
    book.active.title = "記入のしかた"
    book.active["A1"] = "シート「名簿」に入力してください。"
    sheet = book.create_sheet("名簿")
    sheet.append(["見本病院　応募者名簿"])
    sheet.append(excel.HEADINGS)
    for person in people:
        sheet.append([typed(*pair) for pair in zip(excel.HEADINGS, person)])
    for row in sheet.iter_rows(min_row=3):
        row[5].number_format = "000-0000"
    book.save(path)


def by_xlsxwriter(path, people, mac=False):
    book = xlsxwriter.Workbook(str(path), {"date_1904": mac})
    sheet = book.add_worksheet()
    zeros, day, bold = (book.add_format(f) for f in (
        {"num_format": "0000000"}, {"num_format": '[$-411]ggge"年"m"月"d"日"'}, {"bold": True}))
    sheet.write_row(0, 0, excel.HEADINGS)
    for index, person in enumerate(people, 1):
        for column, (heading, cell) in enumerate(zip(excel.HEADINGS, person)):
            value = typed(heading, cell)
            if isinstance(value, datetime.date):
                sheet.write_datetime(index, column, value, day)
            elif heading == "氏":
                sheet.write_rich_string(index, column, bold, value[:1], value[1:] or " ")
            elif heading == "メールアドレス":
                sheet.write_url(index, column, "mailto:" + value, string=value)
            else:
                sheet.write(index, column, value, zeros)
    book.close()


def by_libreoffice(path, people, kind="xlsx"):
    source = path.with_suffix(".csv")
    # It takes R8.9.2 for a day of another century.
    people = [["2026/9/1" if cell == "R8.9.2" else cell for cell in person] for person in people]
    source.write_bytes(excel.write(people, encoding="utf-8"))
    # Columns by their place: 2 is text as it stands, 5 a day as year, month, day.
    columns = "/".join(f"{n}/{5 if h in DAYS else 2}" for n, h in enumerate(excel.HEADINGS, 1))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{path.parent}/profile", "--headless", "--convert-to", kind,
         f"--infilter=CSV:44,34,76,1,{columns}", "--outdir", path.parent, source],
        check=True, capture_output=True, timeout=120)
    return path.with_suffix("." + kind)


WRITERS = {
    "openpyxl": (by_openpyxl, 2), "XlsxWriter": (by_xlsxwriter, 1), "LibreOffice": (by_libreoffice, 1),
    "XlsxWriter from 1904": (lambda path, people: by_xlsxwriter(path, people, mac=True), 1)}


@pytest.mark.parametrize("writer", WRITERS)
def test_a_book_of_another_writer_says_what_the_list_says(installation, tmp_path, writer):
    write, heading = WRITERS[writer]
    first = 20_001 + 100 * list(WRITERS).index(writer)
    people = [excel.person(first + n) for n in range(30)]
    people[7][excel.HEADINGS.index("メールアドレス")] = "taro.example.jp"
    path = tmp_path / "名簿.xlsx"
    write(path, people)
    found = plan(installation, path)
    stops = [(p["row"], p["code"]) for p in found["problems"] if p["code"].startswith("E")]
    assert (found["encoding"], found["rows"], found["new"], stops) == (
        "xlsx", 30, 29, [(heading + 8, "E152")]), found["problems"]
    assert apply(installation, found["plan"]) == 29

    # The same people as a CSV file are known, and say nothing else.
    people[7][excel.HEADINGS.index("メールアドレス")] = excel.person(first + 7)[10]
    for person in people:
        person[excel.HEADINGS.index("視聴日（動画2）")] = "2026/9/1"
    again = tmp_path / "名簿.csv"
    again.write_bytes(excel.write(people))
    known = plan(installation, again)
    assert (known["unchanged"], known["new"], known["changed"]) == (29, 1, 0)


def test_a_clerk_corrects_the_book_of_wrong_rows_and_sends_it_as_it_is(page, installation, tmp_path):
    first = 22_001 if page.is_phone else 23_001
    people = [excel.person(first + n) for n in range(5)]
    path = tmp_path / "名簿.xlsx"
    by_openpyxl(path, people)
    book = openpyxl.load_workbook(path)
    sheet = book["名簿"]
    street = excel.HEADINGS.index("町字以下") + 1
    sheet.cell(4, street, datetime.date(2026, 1, 2)).number_format = 'm"月"d"日"'
    sheet.row_dimensions[6].hidden = True
    sheet.merge_cells("M5:M7")
    book.save(path)

    sign_in(page, installation)
    choose(page, installation, path)
    check_access(page)
    told = page.inner_text("main")
    for word in ("シート「名簿」を読み取りました。", "「記入のしかた」", "表示されていない行も読み取りました：6行目。",
                 "結合されたセルがあります：M5:M7。", "「町字以下」", "（2026/1/2）", "直すところには色がついています。"):
        assert word in told, (word, told)
    with page.expect_download() as download:
        page.click("text=直す行を保存する（Excel）")
    assert download.value.suggested_filename == "直す行.xlsx"
    errors = tmp_path / "直す行.xlsx"
    download.value.save_as(errors)
    book = openpyxl.load_workbook(errors)
    sheet = book["直す行"]
    assert [cell.value for cell in sheet[1]] == excel.HEADINGS + ["行番号", "理由", "直し方"]
    assert sheet.max_row == 2 and sheet.cell(2, len(excel.HEADINGS) + 1).value == "4"
    colours = {cell.column for cell in sheet[2] if cell.fill.fgColor.rgb == "FFFFD9D9"}
    assert colours == {street} and {cell.number_format for cell in sheet[2]} <= {"@", "General"}
    sheet.cell(2, street).value = "紀尾井町1-2"
    book.save(errors)

    send_first = page.locator("button:has-text('4人の応募を送る')")
    assert send_first.count() == 1
    send(page, "4人の応募を送る")
    assert page.inner_text("h1") == "4人の応募を受け付けました"
    choose(page, installation, errors)
    check_access(page)
    assert "次の列は使用しません" not in page.inner_text("main")
    send(page, "1人の応募を送る")
    assert page.inner_text("h1") == "1人の応募を受け付けました"


def test_files_of_other_spreadsheets_are_told_what_to_do(page, installation, tmp_path):
    sign_in(page, installation)
    other = by_libreoffice(tmp_path / "名簿", [excel.person(1)], kind="ods")
    old = by_libreoffice(tmp_path / "名簿", [excel.person(1)], kind="xls")
    for path, word in [(other, "OpenDocumentの書類"), (old, "古い形式のExcelブック（.xls）")]:
        choose(page, installation, path)
        check_access(page)
        assert word in page.inner_text("#errors") and "保存し直してください。" in page.inner_text("#errors")
    assert page.get_attribute("#file", "accept").startswith(".xlsx,.csv")


def test_the_template_as_a_book_offers_choices_and_keeps_zeros(plain_page, installation, tmp_path):
    sign_in(plain_page, installation)
    with plain_page.expect_download() as download:
        plain_page.click("text=名簿のひな形を保存する（Excel）")
    assert download.value.suggested_filename == "団体応募様式_令和8年度.xlsx"
    path = tmp_path / "ひな形.xlsx"
    download.value.save_as(path)
    book = openpyxl.load_workbook(path)
    sheet = book["名簿"]
    offered = {rule.promptTitle: rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert offered["応募区分"] == '"デジタル推進委員,デジタル推進よびかけ員"'
    assert offered["都道府県"].startswith('"北海道,青森県,') and offered["都道府県"].endswith(',沖縄県"')
    assert all(sheet.column_dimensions[cell.column_letter]._style.numFmtId == 49 for cell in sheet[1])
    columns = {cell.value: cell.column for cell in sheet[1]}
    for number in (24_001, 24_002):
        answers = dict(zip(excel.HEADINGS, excel.person(number))) | {"郵便番号": "1020094"}
        sheet.append({columns[heading]: answer for heading, answer in answers.items()})
    book.save(path)
    found = plan(installation, path)
    assert (found["rows"], found["new"], found["error"]) == (2, 2, 0), found["problems"]
    assert "W306" in [p["code"] for p in found["problems"]]


def own_template(page, path):
    with page.expect_download() as download:
        page.click("text=名簿のひな形を保存する（Excel）")
    download.value.save_as(path)
    return openpyxl.load_workbook(path)


def test_the_template_of_an_organization_offers_its_places_and_says_for_whom_it_is(plain_page, installation, tmp_path):
    for code, name in (("ward-a", "外来、A棟"), ("ward-b", "B棟")):
        added = installation.enroll("places", "add", "demo-hospital", code, "--name", name)
        assert added.returncode == 0, added.stderr
    sign_in(plain_page, installation)
    path = tmp_path / "ひな形.xlsx"
    book = own_template(plain_page, path)
    assert [sheet.sheet_state for sheet in book] == ["visible", "visible", "hidden"]
    about = {row[0].value: row[1].value for row in book["この様式について"]}
    assert (about["団体コード"], about["年度"]) == ("demo-hospital", "令和8年度")
    sheet = book["名簿"]
    rule = next(rule for rule in sheet.data_validations.dataValidation if rule.promptTitle == "事業所")
    listed, cells = rule.formula1.split("!")
    offered = [row[0].value for row in book[listed.strip("'")][cells.replace("$", "")]]
    assert {"外来、A棟", "B棟"} <= set(offered)
    # LibreOffice reads the same list.
    subprocess.run(["soffice", "--headless", "--convert-to", "ods", "--outdir", tmp_path, path], check=True,
                   capture_output=True, timeout=120)
    content = subprocess.run(["unzip", "-p", tmp_path / "ひな形.ods", "content.xml"], check=True, capture_output=True).stdout
    assert "cell-content-is-in-list([$事業所の一覧" in content.decode().replace("'", "").replace("$$", "$")

    columns = {cell.value: cell.column for cell in sheet[1]}
    for number, place in ((24_011, offered[0]), (24_012, offered[-1])):
        answers = dict(zip(excel.HEADINGS, excel.person(number))) | {"事業所": place}
        sheet.append({columns[heading]: answer for heading, answer in answers.items()})
    book.save(path)
    found = plan(installation, path)
    assert (found["rows"], found["new"], found["error"]) == (2, 2, 0), found["problems"]
    assert not {"N424", "W201", "W205"} & {p["code"] for p in found["problems"]}

    book["この様式について"]["B2"] = "令和7年度"
    book["この様式について"]["B4"] = "another-hospital"
    book.save(path)
    choose(plain_page, installation, path)
    told = plain_page.inner_text("main")
    assert "様式の版が古い可能性があります（令和7年度）。" in told
    assert "このひな形は「" in told and "の名簿か、ご確認ください。" in told
    check_access(plain_page)


def test_a_clerk_reads_another_sheet_of_the_book(page, installation, tmp_path):
    first = 24_001 if page.is_phone else 25_001
    book = openpyxl.Workbook()
    book.active.title = "記入のしかた"
    for name, numbers in (("外来", range(2)), ("病棟 2F", range(2, 5))):
        sheet = book.create_sheet(name)
        sheet.append(excel.HEADINGS)
        for n in numbers:
            sheet.append(excel.person(first + n))
    path = tmp_path / "名簿.xlsx"
    book.save(path)

    named = plan(installation, path, "--sheet", "病棟　２Ｆ")
    assert (named["sheet"], named["new"]) == ("病棟 2F", 3), named["problems"]
    missing = plan(installation, path, "--sheet", "内科")
    assert [p["code"] for p in missing["problems"]] == ["E435"] and missing["plan"] is None

    sign_in(page, installation)
    choose(page, installation, path)
    assert "シート「外来」を読み取っています。" in page.inner_text("main")
    check_access(page)
    page.select_option("#sheet-chosen", label="記入のしかた")
    page.click("button:has-text('このシートを読み取る')")
    assert "シート「外来」を読み取っています。" in page.inner_text("main")
    check_access(page)
    page.select_option("#sheet-chosen", label="病棟 2F")
    page.click("button:has-text('このシートを読み取る')")
    told = page.inner_text("main")
    assert "シート「病棟 2F」を読み取っています。" in told and "3行のうち、登録できる行は3件です。" in told
    check_access(page)


def test_a_file_that_is_not_to_be_sent_is_put_away(page, installation, tmp_path):
    first = 24_101 if page.is_phone else 25_101
    path = tmp_path / "名簿.xlsx"
    by_openpyxl(path, [excel.person(first), excel.person(first + 1)])
    sign_in(page, installation)
    choose(page, installation, path)
    assert "2行のうち、登録できる行は2件です。" in page.inner_text("main")
    before = page.url
    page.click("summary:has-text('この名簿を送らない')")
    check_access(page)
    page.click("button:has-text('送らずに取りやめる')")
    assert page.inner_text("h1") == "この名簿は、送らずに取りやめました"
    assert excel.person(first)[1] not in page.inner_text("main")
    check_access(page)
    page.goto(before)
    assert "の応募を送る" not in page.content()
    page.click("text=もう一度、名簿をえらんでください")
    assert "取りやめました" in page.inner_text("main")
    # A file whose headings wait for a word, too.
    book = openpyxl.load_workbook(path)
    for cell in book["名簿"][2]:
        cell.value = {"氏": "サーネーム"}.get(cell.value, cell.value)
    book.save(path)
    choose(page, installation, path)
    assert page.inner_text("h1") == "列の読み方を選ぶ"
    page.click("summary:has-text('この名簿を送らない')")
    check_access(page)
    page.click("button:has-text('送らずに取りやめる')")
    assert "名簿を送らずに取りやめました" in page.inner_text("main")
    check_access(page)
