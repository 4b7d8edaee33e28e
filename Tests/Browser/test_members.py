"""The organization's own people on a phone of 360 px without script: lists, one person, leavers, files."""
import io

import excel
import openpyxl
import pytest
from conftest import check_access, own_installation
from test_group_file import apply, plan


@pytest.fixture(scope="module")
def installation():
    yield from own_installation("--people", "200")


@pytest.fixture()
def phone(browser, installation, tmp_path):
    path = tmp_path / "名簿.csv"
    path.write_bytes(excel.write([excel.person(n) for n in range(5001, 5006)]))
    apply(installation, plan(installation, path)["plan"])
    context = browser.new_context(locale="ja-JP", viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(20_000)
    _, email, password = next(x for x in installation.lines if x.startswith("organization\t")).split("\t")
    page.goto(installation.url + "/sign-in")
    page.fill("#email", email)
    page.fill("#password", password)
    page.click("button:has-text('ログインする')")
    yield page
    context.close()


def fits(page, name, folder):
    page.screenshot(path=folder / f"{name}.png", full_page=True)
    width = page.locator("html").bounding_box()["width"]
    for box in page.locator("main h1, main h2, main p, main form, main .btn, main li, main dl").all():
        found = box.bounding_box()
        assert not found or found["x"] + found["width"] <= width + 1, (name, box.inner_text()[:60], found)


def test_leavers_are_said_and_taken_back_on_a_phone_without_script(phone, installation, tmp_path):
    page = phone
    page.goto(installation.url + "/group/members")
    assert "いまの名簿　5人" in page.inner_text("main")
    fits(page, "roster", tmp_path)
    page.click("button:has-text('選んだ人が離れたことを届け出る')")
    assert "離れた人を、名簿から選んでください。" in page.inner_text("#errors")
    for box in page.locator("main table input[type=checkbox]").all()[:2]:
        box.check()
    page.click("button:has-text('選んだ人が離れたことを届け出る')")
    fits(page, "when and why", tmp_path)
    page.select_option("#left_because", "retired")
    page.fill("#left_on", "2026年10月31日")
    page.click("button:has-text('確かめる')")
    assert "2人が離れたことを届け出ますか" in page.inner_text("h1")
    fits(page, "plan", tmp_path)
    page.click("button:has-text('2人を届け出る')")
    assert "2人が離れたことを届け出ました。" in page.inner_text("main")
    fits(page, "left", tmp_path)
    page.click("main table th a >> nth=0")
    assert "離れた：退職（2026年10月31日）" in page.inner_text("main")
    fits(page, "one who left", tmp_path)
    page.click("button:has-text('もとにもどす')")
    assert "届け出を取り消しました。" in page.inner_text("main")
    fits(page, "one", tmp_path)
    page.fill("#affiliation_unit", "薬局")
    page.click("button:has-text('部署を直す')")
    assert "内容を直しました。" in page.inner_text("main")
    page.fill("#phone", "12")
    page.click("button:has-text('この内容に直す')")
    assert page.locator("#phone-e").count() == 1
    fits(page, "one with a problem", tmp_path)
    page.goto(installation.url + "/group/members?of=left")
    page.click("button:has-text('もとにもどす')")
    assert "いまの名簿　5人" in page.inner_text("main")


def test_the_roster_is_a_book_and_a_file_that_excel_opens(phone, installation):
    answer = phone.request.get(installation.url + "/group/members/book")
    assert answer.status == 200
    sheet = openpyxl.load_workbook(io.BytesIO(answer.body())).active
    headings = [cell.value for cell in sheet[1]]
    assert {"確認済み", "連絡済み", "視聴", "離れた日"} <= set(headings)
    assert sheet.max_row == 6
    assert sheet.cell(2, headings.index("受け付けた日") + 1).is_date
    text = phone.request.get(installation.url + "/group/members/file").body()
    assert text.startswith(b"\xef\xbb\xbf") and text.count(b"\r\n") == 6


def test_the_pages_are_for_everybody(browser, installation, phone):
    phone.goto(installation.url + "/group/members")
    link = phone.locator("main table th a").first.get_attribute("href")
    context = browser.new_context(locale="ja-JP", viewport={"width": 1280, "height": 900},
                                  storage_state=phone.context.storage_state())
    page = context.new_page()
    page.is_phone = False
    for path in ("/group/members", "/group/members?of=unreached", link):
        page.goto(installation.url + path)
        check_access(page)
    context.close()
