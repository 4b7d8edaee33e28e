"""アカウント: the office invites somebody by a mailed link, says what they may, and ends it; a clerk invites a second one."""
import email
import glob
import re
import time

from conftest import check_access
from test_journey import sign_in

PASSWORD = "うみと やまと そらのいろ3つ"


def invitation(installation, address):
    """The path of the link in the letter to an address."""
    for _ in range(300):
        for path in glob.glob(f"{installation.data}/mail/invitation-*.eml"):
            letter = email.message_from_file(open(path))
            if address in letter["To"]:
                return re.search(r"/invitation/[\w-]{43}", letter.get_payload(decode=True).decode()).group(0)
        time.sleep(0.1)
    raise AssertionError("no invitation came")


def begin(page, installation, address):
    """Whoever was invited sets a password and signs in."""
    page.context.clear_cookies()
    page.goto(installation.url + invitation(installation, address))
    check_access(page)
    page.click("button:has-text('使い始める')")
    check_access(page)
    assert "新しいパスワードを入力してください。" in page.inner_text("main")
    for field in ("#new_password", "#new_password_again"):
        page.fill(field, PASSWORD)
    page.click("button:has-text('使い始める')")
    page.fill("#email", address)
    page.fill("#password", PASSWORD)
    page.click("button:has-text('ログインする')")


def test_somebody_is_invited_and_may_what_was_said(page, installation):
    address = f"review{int(page.is_phone)}@office.example"
    sign_in(page, installation, "office")
    page.click("nav >> text=アカウント >> nth=0")
    check_access(page)
    page.click("text=事務局の人を招待する")
    check_access(page)
    page.fill("#name", "審査 花子")
    page.fill("#email", address)
    page.click("button:has-text('招待のメールを送る')")
    check_access(page)
    assert "権限を1つ以上選んでください。" in page.inner_text("main")
    page.check("[name=right][value=review]")
    page.click("button:has-text('招待のメールを送る')")
    check_access(page)
    assert address in page.inner_text("#invited")
    begin(page, installation, address)
    menu = page.inner_text("nav.menu")
    assert "重複の確認" in menu and "任命する" not in menu and "記録を見る" not in menu
    assert page.goto(installation.url + "/accounts").status == 403
    sign_in(page, installation, "office")
    page.goto(f"{installation.url}/accounts?role=office")
    page.click(f"tr:has-text('{address}') a")
    check_access(page)
    page.click("button:has-text('アカウントを止める')")
    check_access(page)
    assert "アカウントを止めました。" in page.inner_text("main")


def test_a_clerk_invites_a_second_one(page, installation):
    address = f"second{int(page.is_phone)}@hospital.example"
    sign_in(page, installation, "organization")
    page.click("nav >> text=担当者 >> nth=0")
    check_access(page)
    page.fill("#name", "二人目 担当")
    page.fill("#email", address)
    page.click("button:has-text('招待のメールを送る')")
    check_access(page)
    begin(page, installation, address)
    page.goto(installation.url + "/group/accounts")
    check_access(page)
    assert address in page.inner_text("main")
