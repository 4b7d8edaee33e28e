"""The office at its daily work: what stops it says so and lets it go on, and a second press does no harm."""
import re

import pytest
from conftest import check_access
from test_application import apply
from test_appointment import approve_and_appoint, open_own_page
from test_journey import pairs, sign_in

HOME = {"office": "/today", "organization": "/group", "ministry": "/numbers"}


def press_twice(page, words, before):
    """The same form is sent a second time from a page that was opened before the first."""
    second = page.context.new_page()
    second.goto(page.url)
    for sheet in (page, second):
        before(sheet)
        sheet.click(f"button:has-text('{words}')")
    return second


@pytest.mark.parametrize("role", HOME)
def test_an_error_page_keeps_the_menu_and_leads_home(page, installation, role):
    sign_in(page, installation, role)
    paths = ["/nowhere", "/queue" if role != "office" else "/group"]
    for path, status in zip(paths, (404, 403)):
        assert page.goto(installation.url + path).status == status
        assert page.locator("nav.menu li").count() >= 2
        check_access(page)
    page.click("main a.btn")
    assert page.url == installation.url + HOME[role]
    page.goto(installation.url + "/sign-in")
    assert page.url == installation.url + HOME[role]
    page.goto(installation.url + "/sign-in?next=%2fnumbers")
    assert page.url == installation.url + "/numbers"
    page.goto(installation.url + "/nowhere")
    page.click("button:has-text('ログアウトする')")
    page.goto(installation.url + "/sign-in")
    assert page.inner_text("h1") == "担当者のログイン"


def test_nobody_gets_the_page_of_the_public(page, installation):
    page.goto(installation.url + "/nowhere")
    assert page.locator("nav.menu").count() == 0
    assert page.get_attribute("main a.btn", "href") == "/"


def reject(sheet, reason):
    sheet.fill("#reason", reason)


def test_a_second_rejection_ends_where_the_first_did(page, installation):
    _, receipt = apply(page, installation)
    sign_in(page, installation, "office")
    page.goto(f"{installation.url}/queue/application?receipt={receipt}")
    second = press_twice(page, "承認しない", lambda sheet: reject(sheet, "内容が確かめられませんでした。"))
    check_access(page)
    for sheet in (page, second):
        assert receipt in sheet.inner_text("main") and "内容が確かめられませんでした。" in sheet.inner_text("main")
        sheet.click("button:has-text('1件を承認しない')")
    assert page.url.startswith(installation.url + "/queue?rejected=")
    assert (second.url, second.inner_text("h1")) == (page.url, page.inner_text("h1"))


def test_a_rejection_after_an_approval_says_that_it_is_decided(page, installation):
    answers, receipt = apply(page, installation)
    sign_in(page, installation, "office")
    review = f"{installation.url}/queue/application?receipt={receipt}"
    page.goto(review)
    second = page.context.new_page()
    second.goto(review)
    second.click("button:has-text('承認する')")
    reject(page, "内容が確かめられませんでした。")
    page.click("button:has-text('承認しない')")
    assert page.inner_text("h1") == "もう決まっています"
    check_access(page)
    page.click("main a.btn")
    assert page.url == review and "承認済み" in page.inner_text("main")


def test_a_second_resignation_ends_where_the_first_did(page, installation):
    answers, receipt = apply(page, installation)
    approve_and_appoint(page, installation, receipt)
    open_own_page(page, installation, receipt, answers["email"])
    second = press_twice(page, "やめる", lambda sheet: sheet.check("#sure"))
    assert second.url == page.url and pairs(second)["いまの状態"] == "辞任"


def test_the_queue_is_gone_through_by_buttons_and_keys(page, installation):
    receipts = [apply(page, installation)[1] for _ in range(3)]
    sign_in(page, installation, "office")
    page.goto(f"{installation.url}/queue/application?receipt={receipts[0]}&line=yes&of=alone")
    has_keys = page.locator("nav.line .keys").is_visible()

    def step(key, receipt):
        page.keyboard.press(key) if has_keys else page.click(f"nav.line [data-key={key}]")
        page.wait_for_url(f"**receipt={receipt}&**")
        assert receipt in page.inner_text("main")
        check_access(page)

    step("j", receipts[1])
    step("k", receipts[0])
    if has_keys:
        page.keyboard.press("r")
    else:
        page.focus("#reason")
    page.keyboard.type("jka")
    assert receipts[0] in page.url and page.input_value("#reason") == "jka"
    page.locator("h1").click()
    step("a", receipts[1])
    assert f"（{receipts[0]}）を承認しました。" in page.inner_text("main")
    if has_keys:
        page.click("button:has-text('使わない')")
        page.keyboard.press("j")
        page.reload()
        assert page.inner_text("[data-keys-switch]") == "使う" and receipts[1] in page.url
        page.click("[data-keys-switch]")
        page.set_viewport_size({"width": 640, "height": 800})
        page.keyboard.press("j")
        assert receipts[1] in page.url and page.locator("nav.line a:has-text('承認しない')").is_visible()
    page.click("button:has-text('承認を取り消して、審査にもどす')")
    assert receipts[0] in page.url and "審査にもどしました。" in page.inner_text("main")
