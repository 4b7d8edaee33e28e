"""人を探す: the office finds a person however the name is written, and nothing personal gets into an address."""
import re

from conftest import check_access
from test_application import apply
from test_appointment import approve_and_appoint, open_own_page
from test_journey import pairs, sign_in


def look_for(page, typed):
    page.fill("#person", typed)
    page.click("button:has-text('探す')")
    check_access(page)
    assert re.search(r"/people(\?search=[\w-]{8})?$", page.url)
    return page.inner_text("main")


def appointment(page):
    assert "任命" in page.locator("main h2").all_inner_texts()
    return pairs(page)


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


def test_an_appointment_is_seen_and_found_by_both_numbers(page, installation):
    answers, receipt = apply(page, installation, family_name="番号", given_name=f"任命{page.is_phone}")
    approve_and_appoint(page, installation, receipt)
    review = f"{installation.url}/queue/application?receipt={receipt}"
    page.goto(review)
    check_access(page)
    shown = appointment(page)
    assert shown["任命の状態"] == "任命中" and shown["任命の最初の日"] == "2026年11月24日"
    assert shown["任命の最後の日"] == "2027年3月31日"
    numbers = (shown["任命番号"], shown["委員番号"])
    assert re.fullmatch(r"R08-P-\d{7}-\w", numbers[0]) and re.fullmatch(r"M-\d{8}-\w", numbers[1])
    page.click("nav >> text=人を探す")
    for typed in (*numbers, numbers[0].lower().replace("-", ""), numbers[1].replace("-", "－")):
        assert receipt in look_for(page, typed), typed
    open_own_page(page, installation, receipt, answers["email"])
    page.check("#sure")
    page.click("button:has-text('やめる')")
    sign_in(page, installation, "office")
    page.goto(review)
    check_access(page)
    assert appointment(page)["任命の状態"] == "辞任" and "2026年11月24日：辞任" in page.inner_text("main")
    page.click("text=任命の証明とバッジを見る")
    assert page.inner_text("h1") == "この任命は終わっています"


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
    if page.locator("a:has-text('次の')").count():
        page.click("a:has-text('次の')")
        check_access(page)
        second = page.inner_text("main")
    receipts = [re.findall(r"\d\d-\w{4}-\w{4}-\w", text) for text in (first, second)]
    assert receipts[0] and not set(receipts[0]) & set(receipts[1])


def test_back_and_reload_show_the_search_again(page, installation):
    sign_in(page, installation, "office")
    page.goto(installation.url + "/people")
    first = look_for(page, "ア")
    results = page.url
    page.locator("tbody a").first.click()
    check_access(page)
    assert page.inner_text("nav.menu [aria-current]") == "人を探す"
    page.click("text=探した結果にもどる")
    assert page.url == results and page.inner_text("main") == first
    second = look_for(page, "サ")
    page.go_back()
    assert page.inner_text("main") == first and page.input_value("#person") == "ア"
    page.go_forward()
    page.reload()
    assert page.inner_text("main") == second


def test_what_was_searched_is_kept_for_one_session_only(page, installation):
    sign_in(page, installation, "office")
    page.goto(installation.url + "/people")
    look_for(page, "渡邉 秘密")
    results = page.url
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    kept = cookies["search"]
    assert kept["httpOnly"] and "%" not in kept["value"] and "渡" not in kept["value"]
    sign_in(page, installation, "office")
    page.context.add_cookies([kept])
    page.goto(results)
    check_access(page)
    assert "残っていません" in page.inner_text("main") and page.input_value("#person") == ""
    page.click("button:has-text('ログアウトする')")
    assert "search" not in {cookie["name"] for cookie in page.context.cookies()}


def test_only_the_office_may_look(page, installation):
    sign_in(page, installation, "organization")
    page.goto(installation.url + "/people")
    assert page.inner_text("h1") == "この画面は見られません"
