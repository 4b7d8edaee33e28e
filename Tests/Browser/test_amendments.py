"""補正 on a phone of 360 px without script: the person sees only what the office has asked anew."""
import pytest
from conftest import check_access
from test_application import apply, seen
from test_members import fits


@pytest.fixture()
def phone(browser):
    context = browser.new_context(locale="ja-JP", viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.is_phone = True
    page.set_default_timeout(20_000)
    yield page
    context.close()


def sign_in(page, installation, role):
    _, email, password = next(x for x in installation.lines if x.startswith(role + "\t")).split("\t")
    page.context.clear_cookies()
    page.goto(installation.url + "/sign-in")
    page.fill("#email", email)
    page.fill("#password", password)
    page.click("button:has-text('ログインする')")


def test_an_application_is_sent_back_and_comes_back(browser, installation, phone, tmp_path):
    answers, receipt = apply(phone, installation)
    desk = browser.new_context(locale="ja-JP", viewport={"width": 1280, "height": 900}).new_page()
    desk.is_phone = False
    sign_in(desk, installation, "office")
    desk.goto(installation.url + f"/queue/amendment?receipt={receipt}")
    fits(desk, "office form", tmp_path)
    desk.fill("#say-street", "番地まで入力してください。")
    desk.fill("#say-postal_code", "住所の町名と合っていません。いまの住所の郵便番号を、もう一度見てください。")
    desk.click("button:has-text('確かめる')")
    fits(desk, "office asked", tmp_path)
    desk.click("button:has-text('応募を返す')")
    assert "応募を返しました" in desk.inner_text("main")
    fits(desk, "office review", tmp_path)
    check_access(desk)
    phone.goto(installation.url + "/status")
    phone.fill("#receipt", receipt)
    phone.fill("#email", answers["email"])
    phone.click("text=番号をメールで受け取る")
    phone.fill("#code", installation.newest_code(seen))
    phone.click("button:has-text('進む')")
    assert "2か所を直してください" in phone.inner_text("h1")
    assert phone.locator("#family_name").count() == 0
    fits(phone, "what is asked", tmp_path)
    phone.fill("#street", "")
    phone.click("button:has-text('直して送る')")
    fits(phone, "a problem", tmp_path)
    phone.fill("#street", "紀尾井町1-4")
    phone.click("button:has-text('直して送る')")
    assert "直した内容を受け付けました。" in phone.inner_text("main")
    desk.set_viewport_size({"width": 1280, "height": 900})
    desk.goto(installation.url + "/queue")
    assert "補正あり" in desk.inner_text("#waiting")
    desk.goto(installation.url + f"/queue/application?receipt={receipt}")
    assert "紀尾井町1-4" in desk.inner_text("main")
    desk.context.close()
