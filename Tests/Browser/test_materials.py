"""資材 on a phone of 360 px without script and on a desk: asked for by hand, by a table that Excel wrote, sent, come back."""
import io

import excel
import openpyxl
import pytest
from conftest import check_access, own_installation
from test_group_file import apply, plan
from test_members import fits


@pytest.fixture(scope="module")
def installation():
    yield from own_installation("--people", "0")


def signed_in(browser, installation, role, width):
    context = browser.new_context(locale="ja-JP", viewport={"width": width, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(20_000)
    _, email, password = next(x for x in installation.lines if x.startswith(role + "\t")).split("\t")
    page.goto(installation.url + "/sign-in")
    page.fill("#email", email)
    page.fill("#password", password)
    page.click("button:has-text('ログインする')")
    return page


def address(page, name="総務課"):
    page.fill("#ship_to_postal_code", "102-0094")
    page.select_option("#ship_to_prefecture", "東京都")
    page.fill("#ship_to_city", "千代田区")
    page.fill("#ship_to_street", "紀尾井町1-3")
    page.fill("#ship_to_name", name)


def test_a_clerk_asks_and_the_office_sends(browser, installation, tmp_path):
    path = tmp_path / "名簿.csv"
    path.write_bytes(excel.write([excel.person(n) for n in range(6001, 6006)]))
    number = plan(installation, path)["plan"]
    apply(installation, number)
    page = signed_in(browser, installation, "organization", 360)
    page.goto(f"{installation.url}/group-files/plan?number={number}")
    page.click("text=資材を頼む")
    assert f"名簿 {number} の分" in page.inner_text("main")
    fits(page, "materials", tmp_path)
    page.click("main table th a >> nth=0")
    assert page.input_value("#nametag_qty") == "5"
    page.fill("#nametag_qty", "10000")
    page.click("button:has-text('この内容で頼む')")
    assert "名札枚数は0から9999の整数で入力してください。" in page.inner_text("#errors")
    assert page.input_value("#nametag_qty") == "10000"
    fits(page, "not fit", tmp_path)
    page.fill("#nametag_qty", "5")
    address(page)
    page.click("button:has-text('この内容で頼む')")
    assert "資材を頼みました。" in page.inner_text("main") and number in page.inner_text("main")
    fits(page, "asked", tmp_path)
    page.fill("#ship_to_name", "庶務課")
    page.click("button:has-text('直して保存する')")
    assert "庶務課" in page.inner_text("main dl")
    own = page.url
    office = signed_in(browser, installation, "office", 360)
    office.goto(installation.url + "/materials")
    assert "ステッカー1枚、名札5枚、資料1部" in office.inner_text("main")
    fits(office, "shipments", tmp_path)
    office.click("button:has-text('選んだものを発送済みにする')")
    assert "発送した資材を、一覧から選んでください。" in office.inner_text("#errors")
    office.check("main table input[type=checkbox]")
    office.click("button:has-text('選んだものを発送済みにする')")
    assert "1件を発送済みにしますか" in office.inner_text("h1")
    fits(office, "shipping plan", tmp_path)
    office.click("button:has-text('1件を発送済みにする')")
    assert "1件を発送済みにしました。" in office.inner_text("main")
    fits(office, "shipped", tmp_path)
    office.click("button:has-text('もとにもどす')")
    assert "件の発送を取り消しました。" in office.inner_text("main")
    office.click("button:has-text('すべて発送済みにする')")
    office.click("button:has-text('1件を発送済みにする')")
    page.goto(own)
    assert "発送済み（" in page.inner_text("main") and page.locator("#ship_to_name").count() == 0
    office.goto(installation.url + "/materials?state=sent")
    fits(office, "sent", tmp_path)
    office.click("button:has-text('戻ってきた')")
    page.goto(installation.url + "/group/materials")
    assert "宛先に届かず、戻ってきた資材があります" in page.inner_text("main")
    fits(page, "came back", tmp_path)
    page.click("main .note a")
    page.fill("#ship_to_street", "紀尾井町1-4")
    page.click("button:has-text('直して保存する')")
    assert "依頼中" in page.inner_text("main dl")
    label = office.request.get(installation.url + "/materials/labels").body()
    assert label.startswith(b"\xef\xbb\xbf") and "紀尾井町1-4".encode() in label
    book = openpyxl.load_workbook(io.BytesIO(office.request.get(installation.url + "/materials/labels-book").body()))
    assert book.active.max_row == 2 and "102-0094" in [cell.value for cell in book.active[2]]
    page.context.close()
    office.context.close()
    a_table_that_a_spreadsheet_has_written_asks_for_what_is_lacking(browser, installation, tmp_path)


def a_table_that_a_spreadsheet_has_written_asks_for_what_is_lacking(browser, installation, tmp_path):
    path = tmp_path / "名簿2.csv"
    path.write_bytes(excel.write([excel.person(n) for n in range(6101, 6103)]))
    apply(installation, plan(installation, path)["plan"])
    page = signed_in(browser, installation, "organization", 1280)
    answer = page.request.get(installation.url + "/group/materials/table-book")
    book = openpyxl.load_workbook(io.BytesIO(answer.body()))
    sheet = book.active
    headings = [cell.value for cell in sheet[1]]
    row = dict(zip(headings, [cell.value for cell in sheet[2]]))
    assert row["名札枚数"] == "2" and row["ステッカー枚数"] == "0"
    assert row["送付先町名・番地"] == "紀尾井町1-4" and row["送付先郵便番号"] == "1020094"
    sheet.cell(2, headings.index("名札枚数") + 1).value = 3
    filled = io.BytesIO()
    book.save(filled)
    page.goto(installation.url + "/group/materials")
    page.screenshot(path=tmp_path / "desk.png", full_page=True)
    page.set_input_files("#file", {"name": "資材の表.xlsx", "mimeType": "application/octet-stream", "buffer": filled.getvalue()})
    page.click("button:has-text('表をたしかめる')")
    assert "1件の資材を頼みますか" in page.inner_text("h1") and "名札3枚" in page.inner_text("main")
    page.screenshot(path=tmp_path / "table.png", full_page=True)
    page.click("button:has-text('この内容で頼む')")
    assert "表のとおりに資材を頼みました。" in page.inner_text("main")
    assert page.locator("main table >> nth=0 >> tbody tr").count() == 2
    page.context.close()


def test_the_pages_are_for_everybody(browser, installation):
    for role, paths in (("organization", ("/group/materials", "/group/materials/ask?place=")),
                        ("office", ("/materials", "/materials?state=sent"))):
        page = signed_in(browser, installation, role, 1280)
        context = browser.new_context(locale="ja-JP", viewport={"width": 1280, "height": 900},
                                      storage_state=page.context.storage_state())
        desk = context.new_page()
        desk.is_phone = False
        for path in paths:
            desk.goto(installation.url + path)
            check_access(desk)
        context.close()
        page.context.close()
