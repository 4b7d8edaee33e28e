"""One fiscal year through the pages, with exact counts: applications, a body's file, approval, decision,
badge, resignation, the turn of the year, the ministry's numbers and its workbook."""
import csv
import datetime
import glob
import hashlib
import re
import shutil
import subprocess
import zipfile

import excel
import openpyxl
import pytest
from conftest import ROOT, Installation, check_access
from test_application import apply, seen

ROSTER = """任命番号 委員番号 年度 年度（和暦） 応募区分コード 応募区分 募集対象区分コード 募集対象区分 氏 名 氏（カナ） 名（カナ） 氏（代替文字）
名（代替文字） 郵便番号 都道府県コード 都道府県 全国地方公共団体コード 市区町村 行政区 町字以下 建物名等 メールアドレス 電話番号 団体コード 団体名
法人番号 団体グループ 所属先の名称 部署・店舗名 応募経路 受付番号 受付日 決裁日 決裁番号 任命開始日 任命終了日 状態コード 状態 状態変更日 新規継続区分
動画1視聴日 動画1根拠 動画2視聴日 動画2根拠 バッジ希望 バッジ発行日 バッジURL""".split()
SHEETS = ["00_メタデータ", "01_任命者名簿", "02_応募一覧", "03_全体集計", "04_団体別集計", "05_団体グループ別集計",
          "06_都道府県別集計", "07_市区町村別集計", "08_区分別集計", "09_月次推移", "10_応募状況", "11_団体応募一覧",
          "12_動画視聴", "14_オープンバッジ", "15_資材送付", "90_コード表", "91_項目定義", "99_対応表"]


@pytest.fixture(scope="module")
def year():
    """An installation with nobody in it, on an autumn day."""
    installation = Installation()
    installation.start("--people", "0")
    yield installation
    installation.stop()
    shutil.rmtree(installation.data, ignore_errors=True)


def sign_in(page, installation, role):
    _, email, password = next(line for line in installation.lines if line.startswith(role + "\t")).split("\t")
    page.context.clear_cookies()
    page.goto(installation.url + "/sign-in")
    page.fill("#email", email)
    page.fill("#password", password)
    page.click("button:has-text('ログインする')")


def pairs(page):
    """What a list of answers says."""
    return dict(zip(page.locator("dl.answers dt").all_inner_texts(), page.locator("dl.answers dd").all_inner_texts()))


def wait_for(page, words):
    """Reloads until the worker has done it; two minutes at most."""
    for _ in range(400):
        if words in page.inner_text("main"):
            return
        page.wait_for_timeout(300)
        page.reload()
    raise AssertionError(page.inner_text("main"))


def totals(page):
    """The table of years and kinds: {(year, kind): [numbers]}."""
    rows = page.locator("table", has_text="当年度任命数").first.locator("tbody tr").all()
    cells = [row.locator("th, td").all_inner_texts() for row in rows]
    return {(row[0], row[1]): [int(n.replace(",", "")) for n in row[2:]] for row in cells}


def decide(page, number):
    page.fill("#decision_number", number)
    page.click("button:has-text('下見をする')")
    check_access(page)


def test_a_year_from_the_first_form_to_the_workbook_of_the_next(plain_page, year, tmp_path):
    page = plain_page
    page.is_phone = False
    answers, receipt = apply(page, year, email="first@example.jp")

    people, planted = excel.rows(300, mistakes=6, duplicates=4)
    people[10][excel.HEADINGS.index("郵便番号")] = "060-0001"
    (tmp_path / "名簿.csv").write_bytes(excel.write(people))
    sign_in(page, year, "organization")
    page.set_input_files("#file", tmp_path / "名簿.csv")
    page.check("input[name=evidence][value=personal]")
    page.click("button:has-text('名簿をたしかめる')")
    check_access(page)
    assert "6件" in page.inner_text("main") and "290人の応募を送る" in page.inner_text("main")
    page.check("#agent_attestation")
    page.click("button:has-text('290人の応募を送る')")
    wait_for(page, "登録が終わりました")
    page.click("text=名簿を見る")
    check_access(page)
    assert "290人" in page.inner_text("main")

    sign_in(page, year, "office")
    check_access(page)
    page.goto(year.url + "/queue")
    check_access(page)
    page.click("button:has-text('選んだ応募を承認する')")
    assert page.inner_text("#errors a") == "承認する応募を選んでください。"
    check_access(page)
    page.click("a:has-text('髙橋 渉')")
    check_access(page)
    page.click("button:has-text('承認する'):not(:has-text('しない'))")
    assert "を承認しました。" in page.inner_text("main") and "290件のうち1件目" in page.inner_text("main")
    page.goto(year.url + "/queue")
    page.click("button:has-text('290件を承認する')")
    assert page.inner_text("h1") == "290件を承認しますか" and "ほかに240人います。" in page.inner_text("main")
    check_access(page)
    page.click("button:has-text('290件を承認する')")
    assert pairs(page)["承認済み（決裁待ち）"] == "291件"

    page.click("nav >> text=任命する")
    check_access(page)
    page.fill("#decided_on", "11/24")
    page.click("button:has-text('下見をする')")
    assert page.locator("#decided_on-e").count() == 1 and page.locator("#decision_number-e").count() == 1
    page.fill("#decided_on", "令和8年11月24日")
    decide(page, "デ推第1号")
    assert pairs(page)["任命する人"] == "291人"
    page.click("button:has-text('291人を任命する')")
    wait_for(page, "任命しました")
    check_access(page)

    page.context.clear_cookies()
    page.goto(year.url + "/status")
    page.fill("#receipt", receipt)
    page.fill("#email", answers["email"])
    page.click("text=番号をメールで受け取る")
    page.fill("#code", year.newest_code(seen))
    page.click("button:has-text('進む')")
    assert pairs(page)["いまの状態"] == "任命中"
    page.click("text=任命の証明とバッジを見る")
    token = page.url.split("/")[-1]
    assertion = page.request.get(f"{year.url}/ob2/assertions/{token}", headers={"Accept": "application/ld+json"})
    assert assertion.json()["expires"] == "2027-03-31T23:59:59+09:00"
    page.goto(year.url + "/my")
    page.check("#sure")
    page.click("button:has-text('やめる')")
    assert pairs(page)["いまの状態"] == "辞任"

    sign_in(page, year, "ministry")
    check_access(page)
    assert totals(page)[("令和8年度", "デジタル推進委員")] == [290, 291, 291, 0, 0, 1, 291, 291]
    assert "一致しています" in page.inner_text("main")
    page.goto(year.url + "/numbers?as_of=2026-11-23")
    assert "記録は2026年11月24日からです。" in page.inner_text("main")

    sign_in(page, year, "office")
    page.click("nav >> text=年度更新")
    check_access(page)
    page.click("button:has-text('令和9年度を準備する')")
    page.click("button:has-text('予行をする')")
    check_access(page)
    assert pairs(page)["決裁番号"] == "まだ入力していません"
    assert (pairs(page)["更新"], pairs(page)["動画の視聴が不足"]) == ("290人", "0人")
    assert page.locator("button:has-text('更新する')").count() == 0

    year.stop()
    year.move_to("2027-04-01T00:00:00+09:00")
    year.start()
    sign_in(page, year, "office")
    page.click("nav >> text=年度更新")
    page.click("button:has-text('予行をする')")
    page.click("button:has-text('290人を更新する')")
    assert page.locator("#decision_number-e").count() == 1
    check_access(page)
    page.fill("#decided_on", "2027-04-01")
    page.fill("#decision_number", "デ推第9号")
    page.click("button:has-text('290人を更新する')")
    wait_for(page, "年度を更新しました")
    check_access(page)
    again = page.url
    page.goto(again)
    assert page.locator("button:has-text('更新する')").count() == 0

    sign_in(page, year, "ministry")
    both = totals(page)
    assert both[("令和9年度", "デジタル推進委員")] == [290, 290, 0, 290, 0, 0, 291, 581]
    assert both[("令和8年度", "デジタル推進委員")] == [290, 291, 291, 0, 0, 1, 291, 291]
    assert page.locator("svg[role=img] title").first.text_content() == "デジタル推進委員の通算実人数の折れ線グラフ"
    page.click("summary")
    check_access(page)

    page.click("nav >> text=書き出し")
    check_access(page)
    page.click("button:has-text('書き出す')")
    assert page.locator("#purpose-e").count() == 1
    page.fill("#as_of", "2027-03-31")
    page.fill("#purpose", "年度末の報告")
    page.click("button:has-text('書き出す')")
    wait_for(page, "受け取る")
    check_access(page)
    with page.expect_download() as download:
        page.click("a:has-text('受け取る')")
    path = tmp_path / "本省様式.xlsx"
    download.value.save_as(path)
    check_workbook(path)
    check_in_libreoffice(path, tmp_path)


def check_workbook(path):
    """As openpyxl reads it: the numbers of the page, text for codes, real days, no formula."""
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == SHEETS
    tables = {sheet.title: list(sheet.values) for sheet in book}
    for sheet in book:
        assert sheet.freeze_panes == "A2" and len(set(tables[sheet.title][0])) == sheet.max_column
        assert not sheet.merged_cells.ranges
        check_print(sheet)
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert dict(tables["00_メタデータ"])["件数照合の結果"] == "一致"
    assert dict(tables["00_メタデータ"])["集計基準日"] == "2027-03-31"

    roster = tables["01_任命者名簿"]
    assert list(roster[0]) == ROSTER and len(roster) == 292
    rows = [dict(zip(roster[0], row)) for row in roster[1:]]
    assert sum(row["状態"] == "任命中" for row in rows) == 290
    gone = next(row for row in rows if row["状態"] == "辞任")
    assert (gone["氏"], gone["氏（カナ）"], gone["状態変更日"]) == ("髙橋", "タカハシ", datetime.datetime(2026, 11, 24))
    assert gone["任命終了日"] == datetime.datetime(2026, 11, 24) and gone["年度"] == 2026
    assert "0600001" in {row["郵便番号"] for row in rows} and {row["都道府県コード"] for row in rows} == {"13"}
    assert len({row["任命番号"] for row in rows}) == len({row["委員番号"] for row in rows}) == 291

    total = tables["03_全体集計"]
    assert total[1] == (2026, "令和8年度", "1", "デジタル推進委員", 290, 291, 291, 0, 0, 1, 291, 291)
    for name, key in [("04_団体別集計", "団体コード"), ("05_団体グループ別集計", "団体グループ"),
                      ("06_都道府県別集計", "都道府県コード")]:
        head = tables[name][0]
        lines = [dict(zip(head, row)) for row in tables[name][1:] if row[0] == 2026]
        assert sum(line["現任者数"] for line in lines) == 290 and sum(line["当年度任命数"] for line in lines) == 291
        assert all(isinstance(line[key], str) for line in lines)
    assert len(tables["06_都道府県別集計"]) == 1 + 48 * 2
    months = [row for row in tables["09_月次推移"] if row[2] == "デジタル推進委員"]
    assert [row[0] for row in months] == [f"2026-{m:02}" for m in range(4, 13)] + ["2027-01", "2027-02", "2027-03"]
    assert months[-1][3:] == (0, 0, 0, 290, 291) and months[7][3:] == (291, 291, 1, 290, 291)
    check_further_sheets({name: [dict(zip(table[0], row)) for row in table[1:]] for name, table in tables.items()})
    codes = [dict(zip(tables["90_コード表"][0], row)) for row in tables["90_コード表"][1:]]
    assert {code["有効開始日"] for code in codes} == {datetime.datetime(2026, 4, 1)}
    groups = {row[1] for row in tables["05_団体グループ別集計"][1:]}
    assert {row["団体グループ"] for row in rows} == {"病院", "個人（団体に所属しない）"} <= groups
    assert {code["名称"] for code in codes if code["コード種別"] == "団体グループ"} == groups
    defined = {(row[0], row[1]) for row in tables["91_項目定義"][1:]}
    assert defined >= {(name, heading) for name in SHEETS for heading in tables[name][0]}


def check_further_sheets(tables):
    """02, 07, 08, 10, 11, 12, 14 and 99 say the same as the roster and the totals."""
    def total(name, column, **where):
        return sum(row[column] for row in tables[name] if all(row[key] == value for key, value in where.items()))

    for name in ("07_市区町村別集計", "08_区分別集計"):
        assert (total(name, "現任者数", 年度=2026), total(name, "当年度任命数", 年度=2026)) == (290, 291)
    assert {row["全国地方公共団体コード"] for row in tables["07_市区町村別集計"]} == {"131016"}
    programmes = [row for row in tables["08_区分別集計"] if row["募集対象区分"] == "国が実施する事業"]
    assert len(programmes) == 15 and {row["所管省庁"] for row in programmes} >= {"総務省", "厚生労働省"}
    applications = tables["02_応募一覧"]
    assert len(applications) == total("10_応募状況", "件数", 年度=2026) >= 291
    receipts = {row["受付番号"]: row["状態"] for row in applications}
    assert all(receipts[row["受付番号"]] == "任命済み" for row in tables["01_任命者名簿"])
    files = {row["一括受付番号"] for row in tables["11_団体応募一覧"]}
    assert {row["一括受付番号"] for row in applications if row["応募経路"] == "団体"} == files != set()
    assert total("11_団体応募一覧", "登録数") >= sum(row["応募経路"] == "団体" for row in applications)
    seen = [row for row in tables["12_動画視聴"] if row["動画コード"] == "basics"]
    assert len(seen) == 4 and sum(row["人数"] for row in seen) >= 291
    assert total("14_オープンバッジ", "発行数") == sum(row["バッジ発行日"] is not None for row in tables["01_任命者名簿"])
    assert total("14_オープンバッジ", "失効数") == 1 and total("14_オープンバッジ", "再発行数") == 0
    assert tables["99_対応表"][0]["変更日"] == datetime.datetime(2026, 11, 24)


def check_print(sheet):
    """Across A4, one page wide, the shaded headings on each; every column wide enough for what stands in it."""
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight) == ("landscape", 9, 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.print_title_rows == "$1:$1"
    assert not sheet._images and not sheet._charts
    for column in sheet.iter_cols():
        assert column[0].fill.fill_type == "solid"
        needed = max(sum(1 + (ord(letter) > 0x7FF) for letter in shown(cell.value)) for cell in column)
        width = sheet.column_dimensions[column[0].column_letter].width
        assert min(needed, 80) <= width <= 80, (sheet.title, column[0].value)


def check_in_libreoffice(path, folder):
    """The same cells in another reader."""
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
         'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1', "--outdir", folder, path],
        check=True, capture_output=True, timeout=120)
    book = openpyxl.load_workbook(path)
    for sheet in book:
        with open(glob.glob(f"{folder}/*-{glob.escape(sheet.title)}.csv")[0], encoding="utf-8") as file:
            read = list(csv.reader(file))
        assert read == [[shown(cell) for cell in row] for row in sheet.values], sheet.title


def shown(cell):
    if isinstance(cell, datetime.datetime):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, float):
        return f"{cell:g}"
    return "" if cell is None else str(cell)


def cells(path):
    book = openpyxl.load_workbook(path)
    return {sheet.title: [row for row in sheet.values if row[0] != "出力日時"] for sheet in book}


def data_digest(path):
    """As ops/decisions/0029 says it is made."""
    book = zipfile.ZipFile(path)
    lines = [f"{hashlib.sha256(book.read(name)).hexdigest()}  {name}\n" for name in book.namelist()
             if name != "xl/worksheets/sheet1.xml"]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def test_the_same_number_comes_out_again_later(year, tmp_path):
    """The numbers reported in autumn, asked for again after the turn of the year."""
    def export(name, instant):
        year.move_to(instant)
        done = year.enroll(
            "export", "ministry", "--as-of", "2026-11-24", "--known-on", "2026-11-24", "--out", tmp_path / name)
        assert done.returncode == 0, done.stderr
        return re.search("^data sha256 ([0-9a-f]{64})$", done.stdout, re.MULTILINE).group(1)

    digests = {export("a.xlsx", "2027-04-01T12:00:00+09:00"),
               export("b.xlsx", "2027-04-02T09:00:00+09:00")}
    assert digests == {data_digest(tmp_path / "a.xlsx")}
    first, second = cells(tmp_path / "a.xlsx"), cells(tmp_path / "b.xlsx")
    assert first == second
    assert first["03_全体集計"][1][4:] == (290, 291, 291, 0, 0, 1, 291, 291)
