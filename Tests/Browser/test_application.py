"""個人応募 in a browser, from the start page to the status page."""
import concurrent.futures
import itertools
import re
import urllib.parse
import urllib.request

import pytest
from conftest import check_access

number = itertools.count(1)
seen = set()


def fill(page, **changes):
    answers = {
        "workplace_name": "見本商店", "activity_note": "公民館でスマートフォンの使い方を教えています。", "family_name": "髙橋", "given_name": "渉",
        "family_name_kana": "たかはし", "given_name_kana": "ワタル", "postal_code": "102-0094",
        "city": "千代田区", "street": "紀尾井町1-3", "email": f"wataru{next(number)}@example.jp",
        "view_1_on": "2026-09-01", "view_2_on": "令和8年9月1日",
    } | changes
    for name, value in answers.items():
        page.fill(f"#{name}", value)
    page.select_option("#prefecture", "東京都")
    page.check("input[name=badge_opt_in][value=yes]")
    page.check("#consent_terms")
    page.check("#consent_privacy")
    return answers


def open_form(page, installation):
    page.goto(installation.url)
    check_access(page)
    page.click("text=応募をはじめる")
    check_access(page)
    page.click("text=デジタル庁が認める者")
    check_access(page)


def apply(page, installation, **changes):
    open_form(page, installation)
    answers = fill(page, **changes)
    page.click("text=入力した内容を確認する")
    check_access(page)
    page.fill("#code", installation.newest_code(seen))
    page.click("button:has-text('進む')")
    check_access(page)
    assert answers["family_name"] in page.inner_text("dl")
    page.click("button:has-text('応募を送る')")
    check_access(page)
    return answers, page.inner_text(".big")


def test_an_application_reaches_its_receipt_and_its_status(page, installation):
    answers, receipt = apply(page, installation)
    assert re.fullmatch(r"\d\d-[2-9A-Z]{4}-[2-9A-Z]{4}-[0-9A-Z]", receipt)
    page.goto(installation.url + "/status")
    check_access(page)
    page.fill("#receipt", receipt.lower())
    page.fill("#email", answers["email"])
    page.click("text=番号をメールで受け取る")
    check_access(page)
    page.fill("#code", installation.newest_code(seen))
    page.click("button:has-text('進む')")
    check_access(page)
    assert "受付済み" in page.inner_text("dl") and "髙橋 渉" in page.inner_text("dl")


def test_every_problem_is_shown_at_once_and_nothing_typed_is_lost(page, installation):
    open_form(page, installation)
    fill(page, workplace_name="", family_name="", postal_code="123", view_1_on="9/1", email="taro", street="１丁目２")
    page.click("text=入力した内容を確認する")
    check_access(page)
    assert page.title().startswith("エラー：")
    assert page.inner_text("#errors-h") == "直してほしいところが5か所あります"
    assert page.input_value("#view_1_on") == "9/1" and page.input_value("#street") == "１丁目２"
    assert "氏を入力してください。" in page.inner_text("#family_name-e")
    assert "所属先の名称を入力してください。" in page.inner_text("#workplace_name-e")


def test_a_second_press_and_the_back_button_give_the_same_receipt(page, installation):
    open_form(page, installation)
    fill(page)
    page.click("text=入力した内容を確認する")
    page.fill("#code", installation.newest_code(seen))
    page.click("button:has-text('進む')")
    token = {"csrf": page.input_value("input[name=csrf]")}
    presses = [page.request.post(installation.url + "/applications", form=token).text() for _ in range(2)]
    receipts = {re.search(r'class="big">([^<]+)<', text).group(1) for text in presses}
    assert len(receipts) == 1
    page.reload()
    assert page.inner_text(".big") in receipts


def test_presses_at_the_same_time_give_one_receipt_that_exists(plain_page, installation):
    page = plain_page
    open_form(page, installation)
    answers = fill(page, given_name="同時", given_name_kana="ドウジ")
    page.click("text=入力した内容を確認する")
    page.fill("#code", installation.newest_code(seen))
    page.click("button:has-text('進む')")
    form = urllib.parse.urlencode({"csrf": page.input_value("input[name=csrf]")}).encode()
    cookies = "; ".join(f"{c['name']}={c['value']}" for c in page.context.cookies())

    def press(_):
        request = urllib.request.Request(installation.url + "/applications", form, {"Cookie": cookies})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return re.search(r'class="big">([^<]+)<', answer.read().decode()).group(1)

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        receipts = set(pool.map(press, range(8)))
    assert len(receipts) == 1
    page.goto(installation.url + "/status")
    page.fill("#receipt", receipts.pop())
    page.fill("#email", answers["email"])
    page.click("text=番号をメールで受け取る")
    page.fill("#code", installation.newest_code(seen))
    page.click("button:has-text('進む')")
    assert "受付済み" in page.inner_text("dl")


def test_the_same_person_twice_is_told_nothing_and_counted_once(page, installation):
    answers, receipt = apply(page, installation)
    page.context.clear_cookies()
    open_form(page, installation)
    fill(page, email=answers["email"])
    page.click("text=入力した内容を確認する")
    page.fill("#code", installation.newest_code(seen))
    page.click("button:has-text('進む')")
    page.click("button:has-text('応募を送る')")
    assert page.inner_text("h1") == "応募を受け付けました"
    assert page.inner_text(".big") != receipt


@pytest.mark.parametrize("path", ["/about", "/terms", "/privacy", "/accessibility", "/demo/mail", "/nope"])
def test_the_other_pages_stand(page, installation, path):
    page.goto(installation.url + path)
    check_access(page)
    assert page.locator("h1").count() == 1


def test_a_form_that_is_not_ours_is_refused(page, installation):
    answer = page.request.post(installation.url + "/applications", form={"csrf": "x"})
    assert answer.status == 403
    answer = page.request.get(installation.url + "/")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
