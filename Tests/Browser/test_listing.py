"""Whoever is listed by an organization says on a phone of 360 px without script that it is them, or not."""
import excel
from conftest import check_access
from test_amendments import phone, sign_in  # noqa: F401
from test_application import seen
from test_group_file import apply, plan
from test_members import fits


def test_whoever_is_listed_agrees_and_objects(browser, installation, phone, tmp_path):  # noqa: F811
    path, lines = tmp_path / "名簿.csv", tmp_path / "行.csv"
    person = [*excel.person(5101)[:10], "listed@example.jp", *excel.person(5101)[11:]]
    path.write_bytes(excel.write([person]))
    apply(installation, plan(installation, path)["plan"])
    desk = browser.new_context(locale="ja-JP", viewport={"width": 1280, "height": 900}).new_page()
    desk.is_phone = False
    sign_in(desk, installation, "organization")
    desk.goto(installation.url + "/group/members")
    row = desk.locator("main table tbody tr", has_text=excel.person(5101)[1])
    receipt = row.locator("td[data-l=受付番号]").first.inner_text().strip()
    phone.goto(installation.url + "/status")
    phone.fill("#receipt", receipt)
    phone.fill("#email", "listed@example.jp")
    phone.click("text=番号をメールで受け取る")
    phone.fill("#code", installation.newest_code(seen))
    phone.click("button:has-text('進む')")
    assert "あなたを名簿にのせた団体" in phone.inner_text("main")
    phone.click("button:has-text('それは私です・同意します')")
    assert "答えを受け付けました。" in phone.inner_text("main")
    fits(phone, "agreed", tmp_path)
    phone.click("summary:has-text('希望しないとき')")
    phone.click("button:has-text('希望しないと答える')")
    assert "印をつけてください" in phone.inner_text("#errors")
    fits(phone, "not sure", tmp_path)
    phone.check("input[name^=sure-]")
    phone.click("button:has-text('希望しないと答える')")
    assert "団体に知らせました。" in phone.inner_text("main")
    assert "取下げ" in phone.inner_text("main")
    desk.goto(installation.url + "/group/members?of=left")
    assert "本人が希望しない" in desk.inner_text("main")
    sign_in(desk, installation, "office")
    desk.goto(installation.url + "/files/consents")
    fits(desk, "rules", tmp_path)
    check_access(desk)
    desk.context.close()
