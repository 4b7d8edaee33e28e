"""Every page in every state: axe, the Nu Html Checker, a narrow screen, large text, forced colours, and nothing on
the console. test_addresses.py asks every address besides, so that no new page can be forgotten."""
import http.client
import json
import re

import excel
import pytest
from conftest import DAY, own_installation
from test_accounts import begin, invitation
from test_application import fill, seen
from test_kill import Database
from visit import Visit, nu


@pytest.fixture(scope="module")
def empty():
    yield from own_installation("--people", "0")


def test_no_page_in_any_state_has_a_finding(browser, empty, tmp_path):
    context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(20_000)
    visit = Visit(page, empty, tmp_path)
    try:
        refusals(visit)
        applicant = an_applicant(visit)
        own_acts(visit, applicant)
        somebody_who_gets_no_code(visit)
        a_body(visit)
        the_office(visit)
        the_ministry(visit)
        an_own_account(visit)
        materials(visit)
        accounts(visit)
        organizations(visit)
        badges(visit, applicant)
        somebody_rejected(visit)
        the_day_after(visit)
        trouble(visit)
        a_year_not_open(visit)
    finally:
        print(json.dumps(visit.findings, ensure_ascii=False, indent=1))
        context.close()
    findings = visit.findings + nu(tmp_path)
    assert not findings, json.dumps(findings, ensure_ascii=False, indent=1)
    assert len(visit.known) >= 60


def refusals(visit):
    page = visit.page
    visit.goto("/nope")
    visit.look("404")
    visit.goto("/verify/none")
    visit.look("404 badge")
    visit.sign_in("organization")
    page.evaluate("document.querySelector('input[name=csrf]').value = 'x'")
    visit.press("ログアウトする")
    visit.look("403 form of somebody else")
    server = http.client.HTTPConnection("127.0.0.1", visit.installation.port, timeout=20)
    server.putrequest("POST", "/group-files")
    server.putheader("Content-Length", str(22 << 20))
    server.endheaders()
    answer = server.getresponse()
    assert answer.status == 413 and "大きすぎます" in answer.read().decode()
    page.context.clear_cookies()
    for _ in range(12):
        visit.goto("/sign-in")
        page.fill("#email", "nobody@demo.example")
        page.fill("#password", "x" * 20)
        visit.press("ログインする")
        visit.look("sign-in wrong or too often")


def an_applicant(visit):
    page = visit.page
    page.context.clear_cookies()
    visit.goto("/apply")
    visit.look("ground")
    page.click("text=デジタル庁が認める者")
    visit.press("入力した内容を確認する")
    visit.look("form with every problem")
    assert page.locator("#errors li").count() > 9
    page.context.clear_cookies()
    visit.press("入力した内容を確認する")
    visit.look("form come back")
    answers = fill(page, family_name="𠮷髙﨑" * 16, activity_note="長" * 400, affiliation_unit="部" * 100,
                   workplace_name="社" * 100)
    page.check("#consent_public")
    visit.press("入力した内容を確認する")
    visit.look("code")
    page.fill("#code", "1")
    visit.press("進む")
    visit.look("code wrong")
    page.fill("#code", visit.installation.newest_code(seen))
    visit.press("進む")
    visit.look("check")
    page.click("a:has-text('直す（氏名）')")
    assert page.evaluate("location.hash") == "#family_name"
    visit.look("form filled")
    visit.goto("/applications/check")
    visit.press("応募を送る")
    visit.look("done")
    receipt = page.inner_text(".big")
    assert "2026年11月24日" in page.inner_text(".answers")
    page.go_back()
    visit.look("back after sending")
    assert page.inner_text(".big") == receipt
    visit.goto("/status")
    visit.press("番号をメールで受け取る")
    visit.look("status empty")
    page.fill("#receipt", receipt)
    page.fill("#email", answers["email"])
    visit.press("番号をメールで受け取る")
    visit.look("status code")
    page.fill("#code", "000000")
    visit.press("進む")
    visit.look("status code wrong")
    visit.installation.newest_code(seen)  # nobody uses it
    return answers, receipt


def somebody_who_gets_no_code(visit):
    """Sends for the number again and again, while another person begins at the same browser."""
    page = visit.page
    visit.goto("/applications/new?other=yes")
    page.check("input[name=eligibility_category][value=agency_approved]")
    page.check("input[name=applicant_kind][value=promoter]")
    fill(page)
    visit.press("入力した内容を確認する")
    for _ in range(4):
        visit.installation.newest_code(seen)
        visit.press("もう一度送る")
        visit.look("code sent again")
    visit.installation.newest_code(seen)
    visit.press("もう一度送る")
    visit.look("code sent too often")
    assert "最後に届いた番号は、まだ使えます。" in page.inner_text("#errors")
    page.click("text=メールアドレスを直す")
    visit.look("form filled before")
    visit.goto("/applications/confirm")
    page.evaluate("document.querySelector('input[name=draft]').value = 'x.y'")
    visit.press("進む")
    visit.look("page of another draft")


def open_own(visit, applicant):
    answers, receipt = applicant
    page = visit.page
    page.context.clear_cookies()
    visit.goto("/status")
    page.fill("#receipt", receipt)
    page.fill("#email", answers["email"])
    visit.press("番号をメールで受け取る")
    page.fill("#code", visit.installation.newest_code(seen))
    visit.press("進む")


def own_acts(visit, applicant):
    """Corrects the application before it is approved, begins to change the address, and loses the receipt."""
    page = visit.page
    open_own(visit, applicant)
    visit.look("my waiting")
    page.click("text=応募の内容を直す")
    visit.look("correction")
    page.fill("#city", "どこか")
    visit.press("この内容に直す")
    visit.look("correction with a problem")
    other = page.context.new_page()
    other.goto(visit.installation.url + "/my/correction")
    other.fill("#street", "麹町2-1")
    other.click("button:has-text('この内容に直す')")
    other.close()
    page.fill("#city", "千代田区")
    visit.press("この内容に直す")
    visit.look("correction overtaken")
    visit.goto("/my")
    visit.goto("/my/correction")
    page.fill("#phone", "0312345678")
    visit.press("この内容に直す")
    visit.look("corrected")
    page.click("text=メールアドレスを変える")
    visit.look("new address")
    visit.press("番号をメールで受け取る")
    visit.look("no new address")
    page.fill("#email", "new.one@example.jp")
    visit.press("番号をメールで受け取る")
    visit.look("code of a new address")
    page.fill("#code", "000000")
    visit.press("進む")
    visit.look("wrong code of a new address")
    visit.installation.newest_code(seen)
    visit.goto("/status/receipts")
    visit.press("受付番号をメールで受け取る")
    visit.look("no address of a receipt")
    page.fill("#email", "nobody@example.jp")
    visit.press("受付番号をメールで受け取る")
    visit.look("receipts sent")


def a_body(visit):
    page = visit.page
    visit.sign_in("organization")
    visit.press("名簿をたしかめる")
    visit.look("no file chosen")
    assert page.locator("#errors a").all_inner_texts() == [
        "名簿のファイルを選んでください。", "動画の視聴を確認した方法を選んでください。"]

    def send(name, data):
        visit.goto("/group")
        page.set_input_files("#file", {"name": name, "mimeType": "text/csv", "buffer": data})
        page.check("input[name=evidence][value=personal]")
        visit.press("名簿をたしかめる")

    send("空.csv", b"")
    visit.look("file of nothing")
    assert "何も入っていません" in page.inner_text("#errors")
    send("見出しなし.csv", b"a,b,c\r\n1,2,3\r\n")
    visit.look("file without headings")
    people, _ = excel.rows(160, mistakes=30, duplicates=2)
    people.append([*excel.person(3)[:10], "other@hospital.example.jp", *excel.person(3)[11:]])
    send(("長い名前の名簿" * 12)[:90] + ".csv", excel.write([row + ["x"] for row in people], excel.HEADINGS + ["知らない列"]))
    visit.look("columns of a file")
    visit.press("この読み方で名簿をたしかめる")
    visit.look("column not chosen")
    assert page.locator("#errors li").count() == 1
    page.check("#rest")
    visit.press("この読み方で名簿をたしかめる")
    visit.look("plan with errors")
    assert "「知らない列」の列：使わない" in page.inner_text("main")
    plan = page.url.removeprefix(visit.installation.url)
    visit.goto(page.get_attribute("a:has-text('列の読み方を見直す')", "href"))
    visit.look("columns of a plan")
    visit.goto(plan)
    visit.press("人の応募を送る")
    visit.look("not attested")
    page.check("#agent_attestation")
    visit.press("人の応募を送る")
    visit.look("job of a file")
    visit.wait("登録が終わりました")
    visit.look("file applied")
    visit.goto("/group")
    visit.look("group with files")
    visit.goto("/group/members")
    visit.look("members")
    for typed, found in (("タカハシ", "members found"), ("いない", "no member found")):
        page.fill("#person", typed)
        visit.press("探す")
        visit.look(found)
    headings = [heading if heading != "オープンバッジ希望" else "バッヂ" for heading in excel.HEADINGS]
    send("同じ.csv", excel.write([excel.person(1), excel.person(2)], headings))
    visit.look("plan with nothing to send")
    send("同じ.csv", excel.write([excel.person(1), excel.person(2)], ["メールアドレス", *headings[1:]]))
    visit.look("columns that ask the same")
    send("なし.csv", excel.write([["", *person[1:]] for person in people[:1]]))
    visit.look("plan of people who are known")
    send("まちがい.csv", excel.write([excel.person(n) for n in range(901, 904)]))
    page.check("#agent_attestation")
    visit.press("人の応募を送る")
    visit.wait("登録が終わりました")
    visit.look("file that can be taken back")
    visit.press("取消しの下見をする")
    visit.look("plan of an undo")
    visit.press("3人を取り消す")
    visit.look("job of an undo")
    visit.wait("名簿の送信を取り消しました")
    visit.look("file taken back")
    page.locator("nav.crumb a").nth(1).click()
    visit.look("page of a file taken back")
    assert "送信を取り消しました" in page.inner_text("#undo")


def the_office(visit):
    page = visit.page
    visit.sign_in("office")
    visit.goto("/files")
    visit.look("files of all organizations")
    page.locator("tbody a").last.click()
    visit.look("file as the office sees it")
    visit.press("取消しの下見をする")
    visit.look("plan of an undo by the office")
    visit.goto("/queue")
    visit.look("queue")
    visit.goto("/queue?days=30&order=organization&doubt=yes")
    visit.look("queue narrowed to nobody")
    visit.goto("/queue")
    visit.press("選んだ応募を承認する")
    visit.look("nobody chosen")
    page.locator("main a[href^='/queue/application']").nth(1).click()
    visit.look("review")
    visit.press("承認しない")
    visit.look("no reason")
    page.fill("#reason", "活動の内容が確かめられませんでした。")
    visit.press("承認しない")
    visit.look("sure not to approve")
    visit.press("もどって、理由を直す")
    assert page.input_value("#reason") == "活動の内容が確かめられませんでした。"
    visit.press("承認しない")
    visit.press("件を承認しない")
    visit.look("rejected")
    visit.goto("/queue")
    page.locator("[name=application]").first.check()
    page.context.clear_cookies(name="session")
    session_ends(visit)
    visit.look("approved")
    visit.goto("/doubts")
    visit.look("doubts")
    page.locator("button[value=same]").first.click()
    visit.look("doubt decided")
    visit.press("元にもどす")
    visit.look("doubt taken back")
    page.locator("button[value=later]").first.click()
    visit.look("doubt put off")
    visit.goto("/doubts?put_off=yes")
    visit.look("doubts put off")
    page.locator("button[value=same]").first.click()
    visit.goto("/doubts/answered")
    visit.look("answered doubts")
    visit.goto("/people/merge")
    visit.look("merging people")
    visit.goto("/proposals")
    visit.look("proposals")
    visit.goto("/people")
    visit.press("探す")
    visit.look("search for nothing")
    for person in ("髙橋", "だれでもない"):
        page.fill("#person", person)
        visit.press("探す")
        visit.look(f"search {len(person)}")
    page.go_back()
    page.locator("tbody a").first.click()
    visit.look("review from a search")
    visit.goto("/people?search=AAAAAAAA")
    visit.look("search forgotten")
    visit.goto("/queue")
    for _ in range(3):
        if not page.locator("button:has-text('件を承認する')").count():
            break
        page.locator("button:has-text('件を承認する')").first.click()
        visit.look("sure to approve")
        visit.press("件を承認する")
    visit.look("queue done")
    decide(visit, "/decisions", "下見をする")
    visit.press("人を任命する")
    visit.look("job of a plan")
    visit.wait("任命しました")
    visit.look("appointed")
    plan = page.url
    visit.press("取消しの下見をする")
    visit.look("undo of appointments")
    visit.press("人を取り消す")
    visit.look("undo of appointments without a reason")
    page.goto(plan)
    receipt = page.locator("tbody a").first
    shown = receipt.inner_text()
    receipt.click()
    visit.look("review of somebody appointed")
    assert shown in page.inner_text("dl.answers")
    one_person(visit)
    visit.goto("/today")
    visit.look("today")
    visit.goto("/decisions")
    visit.look("decisions")
    visit.goto("/renewal")
    visit.press("年度を準備する")
    visit.look("/renewal")
    visit.press("予行をする")
    visit.look("/renewal plan")
    page.locator("main ul.links a").nth(1).click()
    visit.look("outcome with nobody")


def one_person(visit):
    """Everything about somebody, notes and a letter once more."""
    page = visit.page
    page.click("a:has-text('この人の記録を全部見る')")
    visit.look("person")
    visit.press("メモを書く")
    visit.look("no note")
    page.fill("#words", "旧姓での問い合わせ。\n本人と確認ずみ。")
    visit.press("メモを書く")
    visit.look("note written")
    page.click("a:has-text('書き直す')")
    visit.look("note written anew")
    page.fill("#words", "旧姓「岡」での問い合わせ。")
    page.check("#shown")
    visit.press("メモを書き直す")
    visit.look("note corrected")
    visit.press("取り消す")
    visit.look("note struck")
    visit.wait("送った（")
    visit.press("もう一度送る")
    visit.look("letter once more")
    visit.press("もう一度送る")
    visit.look("letter sent once more")
    page.click("a:has-text('だれが見たかも含めて見る')")
    visit.look("person with who looked")


def session_ends(visit):
    """What was chosen is still there after signing in again."""
    page = visit.page
    visit.press("選んだ応募を承認する")
    visit.look("session ended")
    _, email, password = next(line for line in visit.installation.lines if line.startswith("office\t")).split("\t")
    page.fill("#email", email)
    page.fill("#password", password)
    visit.press("ログインする")
    visit.look("go on")
    visit.press("続きを送る")
    assert "1件を承認しました。" in page.inner_text("main")


def decide(visit, path, button):
    page = visit.page
    visit.goto(path)
    visit.look(path)
    page.fill("#decided_on", "きのう")
    visit.press(button)
    visit.look(f"{path} problems")
    page.fill("#decided_on", DAY)
    page.fill("#decision_number", "デ推第1号")
    visit.press(button)
    visit.look(f"{path} plan")


def an_own_account(visit):
    page = visit.page
    visit.sign_in("ministry")
    other = page.context.browser.new_context()
    elsewhere = Visit(other.new_page(), visit.installation, visit.folder)
    elsewhere.sign_in("ministry")
    visit.goto("/account")
    visit.look("own account, signed in twice")
    visit.press("ほかの画面のログインをすべて終わらせる")
    visit.look("other sessions ended")
    other.close()
    visit.goto("/account/password")
    visit.press("パスワードを変える")
    visit.look("no password")
    page.fill("#password", "x" * 20)
    for field in ("#new_password", "#new_password_again"):
        page.fill(field, "うみと やまと そらのいろ3つ")
    visit.press("パスワードを変える")
    visit.look("wrong old password")
    page.context.clear_cookies()
    visit.goto("/sign-in/password")
    visit.press("番号をメールで受け取る")
    visit.look("no address of an account")
    page.fill("#email", "nobody@example.jp")
    visit.press("番号をメールで受け取る")
    visit.look("code of a forgotten password")
    visit.press("パスワードを決める")
    visit.look("no code of a forgotten password")


def materials(visit):
    """資材: asked for by hand and by a table, sent, come back; and what is wrong on the way."""
    page = visit.page
    visit.sign_in("organization")
    visit.goto("/group/materials/ask?place=")
    visit.look("form of materials")
    visit.press("この内容で頼む")
    visit.look("materials not fit")
    page.fill("#ship_to_postal_code", "1020094")
    page.select_option("#ship_to_prefecture", "東京都")
    for name, text in (("city", "千代田区"), ("street", "紀尾井町1-3"), ("name", "総務課")):
        page.fill(f"#ship_to_{name}", text)
    page.fill("#nametag_qty", "3")
    visit.press("この内容で頼む")
    visit.look("materials asked for")
    visit.press("取りやめる")
    visit.look("materials withdrawn")
    visit.press("また頼む")
    visit.goto("/group/materials")
    visit.look("materials of an organization")
    page.set_input_files("#file", {"name": "表.csv", "mimeType": "text/csv", "buffer": "氏,名\r\n山田,一\r\n".encode()})
    visit.press("表をたしかめる")
    visit.look("no table of materials")
    head = "事業所コード,ステッカー枚数,名札枚数,資料部数,送付先郵便番号,送付先都道府県,送付先市区町村,送付先町名・番地,宛名・部署\r\n"
    for row, state in (("?,x,1,1,102,,,,", "table that is not fit"), (",1,2,1,1020094,東京都,千代田区,1-3,総務課", "table")):
        page.set_input_files("#file", {"name": "表.csv", "mimeType": "text/csv", "buffer": (head + row + "\r\n").encode()})
        visit.press("表をたしかめる")
        visit.look(state)
        if state != "table":
            visit.goto("/group/materials")
    visit.press("この内容で頼む")
    visit.look("materials asked for by a table")
    visit.sign_in("office")
    visit.goto("/materials")
    visit.look("shipments")
    visit.press("選んだものを発送済みにする")
    visit.look("no shipment chosen")
    visit.press("すべて発送済みにする")
    visit.look("shipping plan")
    page.fill("#sent_on", "2020-01-01")
    visit.press("件を発送済みにする")
    visit.look("shipped too early")
    page.fill("#sent_on", DAY)
    visit.press("件を発送済みにする")
    visit.look("shipped")
    visit.goto("/materials?state=sent")
    visit.look("shipments that were sent")
    visit.press("戻ってきた")
    visit.look("shipments that came back")
    visit.goto("/materials?state=withdrawn")
    visit.look("no shipments of a state")


def accounts(visit):
    """Invited, used, changed, disabled; and what a link says that is over."""
    page = visit.page
    page.is_phone = False
    visit.sign_in("organization")
    visit.goto("/group/accounts")
    visit.press("招待のメールを送る")
    visit.look("nobody invited to an organization")
    visit.sign_in("office")
    visit.goto("/accounts/invite?role=office")
    visit.look("invitation to the office")
    visit.press("招待のメールを送る")
    visit.look("nobody invited to the office")
    page.fill("#name", "審査 花子")
    page.fill("#email", "review@office.example")
    page.check("[name=right][value=review]")
    visit.press("招待のメールを送る")
    visit.look("invited")
    link = invitation(visit.installation, "review@office.example")
    page.click("tbody a >> nth=0")
    visit.look("an account")
    page.click("text=引き継ぐ人を招待する")
    visit.look("handing over")
    visit.sign_in("office")
    visit.goto("/accounts?organization=demo-hospital")
    page.click("tbody a >> nth=-1")
    visit.press("アカウントを止める")
    visit.look("account disabled")
    visit.press("また使えるようにする")
    visit.look("account enabled")
    begin(page, visit.installation, "review@office.example")
    visit.look("the queue with one right")
    visit.goto("/accounts")
    visit.look("not theirs by right")
    visit.goto(link)
    visit.look("an invitation that was used")
    visit.goto("/invitation/none")
    visit.look("no invitation")


def organizations(visit):
    """Opened, renamed, with 事業所, closed and opened again; and what the journal says of it."""
    page = visit.page
    visit.sign_in("office")
    visit.goto("/organizations/new")
    visit.press("団体をひらく")
    visit.look("no organization")
    for field, text in (("code", "east-hospital"), ("name", "東病院"), ("number", "8000012010038")):
        page.fill(f"#{field}", text)
    for field, choice in (("kind", "399"), ("group", "hospitals"), ("category", "agency_approved")):
        page.select_option(f"#{field}", choice)
    visit.press("団体をひらく")
    visit.look("organization opened")
    page.click("summary:has-text('事業所をくわえる')")
    visit.press("くわえる")
    visit.look("no business place")
    page.fill("#new_path", "ward-1")
    page.fill("#new_place_name", "第一病棟")
    visit.press("くわえる")
    visit.look("business place added")
    page.fill("#name", "東総合病院")
    visit.press("名前を変える")
    visit.look("organization renamed")
    page.fill("#ends", "きのう")
    visit.press("団体をとじる")
    visit.look("no day of an end")
    page.fill("#ends", "2027年3月31日")
    visit.press("団体をとじる")
    visit.look("organization closed")
    page.click("text=この団体の記録を見る")
    visit.look("journal of an organization")
    visit.goto("/organizations?q=東病院")
    assert "東総合病院" in page.inner_text("main")
    visit.look("organization found by its name of before")
    visit.goto("/journal?from=x")
    visit.look("no day of the journal")
    visit.goto("/journal?watching=yes")
    visit.look("the whole journal")


def the_ministry(visit):
    page = visit.page
    visit.sign_in("ministry")
    visit.look("numbers")
    page.click("summary")
    visit.look("numbers with table")
    visit.goto("/numbers?as_of=x&known_on=2030-01-01")
    visit.look("numbers of no day")
    visit.goto("/numbers?as_of=2026-02-30")
    assert "暦にない日付です" in page.inner_text("main")
    visit.goto("/exports")
    visit.press("書き出す")
    visit.look("no purpose")
    page.fill("#purpose", "月次の報告")
    visit.press("書き出す")
    visit.look("export under way")
    visit.wait("受け取る")
    visit.look("exports")


def badges(visit, applicant):
    page = visit.page
    open_own(visit, applicant)
    visit.look("my appointed")
    page.click("details.show > summary")
    visit.look("my badge shown")
    page.click("details.show > summary")
    page.click("#save > summary")
    page.click("#share > summary")
    visit.look("my badge to save and share")
    visit.goto("/verify")
    page.click("main details > summary")
    visit.press("確かめる")
    visit.look("no file of a badge chosen")
    visit.goto("/my")
    page.click("text=任命の証明とバッジを見る")
    page.fill("#on", "昨日")
    visit.press("この日について確かめる")
    visit.look("badge on a day that is none")
    page.fill("#on", "2020-01-01")
    visit.press("この日について確かめる")
    visit.look("badge before its day")
    visit.goto("/my")
    page.click("text=内容の訂正を申し出る")
    visit.look("correction of somebody appointed")
    page.fill("#street", "麹町3-1")
    visit.press("訂正を申し出る")
    visit.look("correction asked for")
    receipt = applicant[1]
    own = page.context.cookies()
    visit.sign_in("office")
    visit.goto("/proposals")
    visit.look("correction before the office")
    visit.goto(f"/queue/application?receipt={receipt}")
    visit.look("review with a correction")
    visit.press("申し出のとおりには直さない")
    visit.look("no reason against a correction")
    page.fill("#why", "書類を送ってください。")
    visit.press("申し出のとおりには直さない")
    visit.look("correction refused")
    an_end_and_back(visit, receipt)
    page.context.clear_cookies()
    page.context.add_cookies(own)
    visit.goto("/my")
    visit.look("my correction refused")
    page.click("text=任命の証明とバッジを見る")
    badge = page.url
    visit.look("badge")
    assert "𠮷髙﨑" in page.inner_text("dl.answers")
    visit.goto("/badges/promoter-2026/criteria")
    visit.look("criteria")
    visit.goto("/my")
    visit.press("やめる")
    visit.look("not sure")
    page.check("#sure")
    visit.press("やめる")
    visit.look("resigned")
    visit.goto("/my/certificate")
    visit.look("no certificate")
    page.goto(badge)
    visit.look("badge revoked")
    visit.goto("/demo/mail")
    visit.look("mail")


def an_end_and_back(visit, receipt):
    """The office ends an appointment, and takes it back."""
    page = visit.page
    visit.goto(f"/queue/application?receipt={receipt}")
    page.click("text=任命を終える（辞任・解任・死亡）")
    visit.look("end of an appointment")
    page.fill("#ended_on", "2026-11-31")
    visit.press("確かめる")
    visit.look("end of an appointment with problems")
    page.select_option("#reason", "revoked")
    page.fill("#ended_on", DAY)
    page.fill("#because", "活動の実態がないため")
    visit.press("確かめる")
    visit.look("end of an appointment asked for")
    visit.press("任命を終える")
    visit.look("appointment ended")
    visit.press("任命にもどす")
    visit.look("appointment taken back")
    page.click("text=任命を取り消す（はじめから誤りだったとき）")
    visit.look("cancelling an appointment")
    visit.press("確かめる")
    visit.look("cancelling an appointment without a reason")
    page.fill("#because", "別の人の応募だったため")
    visit.press("確かめる")
    visit.look("cancelling an appointment asked for")
    visit.press("任命を取り消す")
    visit.look("appointment cancelled")
    visit.press("任命にもどす")


def reopened(visit, receipt):
    """A refusal and an approval are taken back."""
    page = visit.page
    visit.goto(f"/queue/application?receipt={receipt}")
    visit.look("refused, to be reopened")
    visit.press("審査にもどす")
    visit.look("reopening asked for")
    visit.press("件を審査にもどす")
    visit.look("reopened")
    visit.press("承認する")
    visit.goto("/queue/approved")
    visit.look("approvals")
    page.locator("main button:has-text('審査にもどす')").first.click()
    visit.look("reopening of an approval asked for")
    visit.press("件を審査にもどす")
    visit.look("approval reopened")
    visit.goto(f"/queue/application?receipt={receipt}")
    page.fill("#reason", "  1行目です。\n\n2行目です。  \n")
    visit.press("承認しない")
    visit.press("件を承認しない")


def somebody_rejected(visit):
    """The reason is on the own page as it was written, with a way to apply again."""
    page, number = visit.page, 701
    path = visit.installation.data / "もう1人.csv"
    path.write_bytes(excel.write([excel.person(number)]))
    planned = visit.installation.enroll("import", "plan", str(path), "--organization", "demo-hospital")
    plan = re.search(r"G-\w+", planned.stdout).group(0)
    assert visit.installation.enroll("import", "apply", plan).returncode == 0
    visit.sign_in("office")
    visit.goto("/queue")
    page.locator("main a[href^='/queue/application']").first.click()
    shown = dict(zip(page.locator("dt").all_inner_texts(), page.locator("dd").all_inner_texts()))
    page.fill("#reason", "  1行目です。\n\n2行目です。  \n")
    visit.press("承認しない")
    visit.press("件を承認しない")
    visit.look("rejected with lines")
    reopened(visit, shown["受付番号"])
    open_own(visit, ({"email": shown["メールアドレス"]}, shown["受付番号"]))
    visit.look("my rejected")
    assert page.locator(".note p").first.inner_text() == "1行目です。\n\n2行目です。"
    page.click("main a:has-text('もう一度、応募する')")
    visit.look("form again")
    assert page.url.endswith("/applications/new?again=yes")
    assert page.input_value("#email") == shown["メールアドレス"]
    assert not page.is_checked("#consent_terms")


def two_more(visit, first):
    """Two people of the hospital come and are approved."""
    installation, page = visit.installation, visit.page
    path = installation.data / "もう2人.csv"
    path.write_bytes(excel.write([excel.person(n) for n in (first, first + 1)]))
    planned = installation.enroll("import", "plan", str(path), "--organization", "demo-hospital")
    number = re.search(r"G-\w+", planned.stdout).group(0)
    assert installation.enroll("import", "apply", number).returncode == 0
    visit.goto("/queue")
    visit.press("件を承認する")
    visit.press("件を承認する")


def the_day_after(visit):
    """A plan of yesterday that would appoint others today does nothing and says so."""
    installation, page = visit.installation, visit.page
    visit.sign_in("office")
    two_more(visit, 501)
    visit.goto("/decisions")
    page.fill("#decided_on", "2026-11-23")
    page.fill("#decision_number", "デ推第1号")
    visit.press("下見をする")
    visit.look("plan that lets everybody wait")
    assert page.inner_text("main").count("応募の受付が決裁日より後です。") == 2
    assert "任命する人はいません。理由は" in page.inner_text("main")
    decide(visit, "/decisions", "下見をする")
    plan = page.url
    two_more(visit, 601)
    installation.stop()
    installation.move_to("2026-11-25T09:00:00+09:00")
    installation.start("--people", "0")
    visit.sign_in("office")
    page.goto(plan)
    visit.press("人を任命する")
    visit.wait("下見のあとに変わったところがあります")
    visit.look("plan changed")
    page.click("a:has-text('新しい下見')")
    visit.look("plan in place of another")
    assert page.locator("button:has-text('4人を任命する')").count() == 1


def trouble(visit):
    """What breaks shows a reference; a database that is away is waited for."""
    database = Database(visit.installation)
    database.ask("ALTER TABLE badges RENAME TO badges_put_away")
    visit.goto("/verify/none")
    database.ask("ALTER TABLE badges_put_away RENAME TO badges")
    assert visit.came[visit.page.main_frame].status == 500
    visit.look("500")
    with database.held_down():
        visit.goto("/verify/none")
        assert visit.came[visit.page.main_frame].status == 503
        visit.look("503")
    visit.installation.kill()


def a_year_not_open(visit):
    """Nobody has opened the year that has just begun."""
    installation = visit.installation
    installation.move_to("2028-03-31T23:59:59+09:00")
    installation.start("--people", "0")
    visit.page.wait_for_timeout(2_000)
    visit.page.context.clear_cookies()
    visit.goto("/apply")
    visit.wait("応募はまだ始まっていません")
    visit.look("year not open")
