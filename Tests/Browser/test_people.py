"""人を探す: the office finds a person however the name is written, and nothing personal gets into an address."""
import re

from conftest import check_access
from test_application import apply
from test_journey import sign_in


def look_for(page, typed):
    page.fill("#person", typed)
    page.click("button:has-text('探す')")
    check_access(page)
    assert page.url.endswith("/people")
    return page.inner_text("main")


def test_a_person_is_found_by_name_reading_receipt_and_mail(page, installation):
    answers, receipt = apply(
        page, installation, family_name="渡邉", given_name="探子", family_name_kana="ワタナベ", given_name_kana="サガシコ")
    sign_in(page, installation, "office")
    page.click("nav >> text=人を探す")
    check_access(page)
    for typed in ("渡邉探子", "渡辺　探", "渡邊 探子", "わたなべさがし", "ﾜﾀﾅﾍﾞ ｻｶﾞｼｺ", receipt.lower().replace("-", ""),
                  answers["email"].upper()):
        assert receipt in look_for(page, typed), typed
    page.click(f"tr:has-text('{receipt}') a")
    assert "探子" in page.inner_text("dl.answers")


def test_nobody_and_nothing_are_told_apart(page, installation):
    sign_in(page, installation, "office")
    page.goto(installation.url + "/people")
    assert "見つかりませんでした" in look_for(page, "だれもいない")
    look_for(page, "　")
    assert "入力してください" in page.inner_text("#errors")
    assert page.title().startswith("エラー")


def test_a_long_answer_is_paged_by_key(page, installation):
    sign_in(page, installation, "office")
    page.goto(installation.url + "/people")
    first, second = look_for(page, "ア"), ""
    if page.locator("button:has-text('次の')").count():
        page.click("button:has-text('次の')")
        check_access(page)
        second = page.inner_text("main")
    receipts = [re.findall(r"\d\d-\w{4}-\w{4}-\w", text) for text in (first, second)]
    assert receipts[0] and not set(receipts[0]) & set(receipts[1])


def test_only_the_office_may_look(page, installation):
    sign_in(page, installation, "organization")
    page.goto(installation.url + "/people")
    assert page.inner_text("h1") == "この画面は見られません"
