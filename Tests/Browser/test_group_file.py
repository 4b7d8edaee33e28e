"""団体応募 from the command line, with a file as Japanese Excel saves it."""
import json

import excel
import pytest
from conftest import check_access, own_installation


@pytest.fixture(scope="module")
def installation():
    yield from own_installation("--people", "200")


def plan(installation, path, *options):
    done = installation.enroll("import", "plan", str(path), "--organization", "demo-hospital", "--json", *options)
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


def apply(installation, number):
    done = installation.enroll("import", "apply", number)
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split()[1])


def test_three_thousand_rows_with_mistakes_end_as_everybody_once(installation, tmp_path):
    people, planted = excel.rows(3000, mistakes=39, duplicates=15)
    first, errors = tmp_path / "名簿.csv", tmp_path / "直す行.csv"
    first.write_bytes(excel.write(people))

    found = plan(installation, first, "--errors", str(errors))
    counts = {key: found[key] for key in ("rows", "new", "unchanged", "duplicate", "error", "held")}
    assert counts == dict(rows=3000, new=2946, unchanged=0, duplicate=15, error=39, held=0)
    assert found["encoding"] == "cp932"
    stops = {p["row"]: p["code"] for p in found["problems"] if p["code"].startswith("E") and p["code"] != "E301"}
    assert stops == planted
    assert apply(installation, found["plan"]) == 2946
    assert installation.enroll("import", "apply", found["plan"]).returncode == 1

    table = excel.read(errors.read_bytes())
    assert table[0] == excel.HEADINGS + ["行番号", "理由", "直し方"]
    assert [int(row[-3]) for row in table[1:]] == sorted(planted)
    assert all(row[-2] and row[-1] for row in table[1:])
    corrected = []
    for row in table[1:]:
        n = int(row[-3]) - 1
        assert row[:-3] == ["'" + cell if cell[:1] in set("=+-@") else cell for cell in people[n - 1]]
        corrected.append(excel.person(n) + row[-3:])
    errors.write_bytes(excel.write(corrected, headings=table[0]))

    again = plan(installation, errors)
    assert (again["new"], again["error"], again["leaving"]) == (39, 0, 2946)
    assert not [p for p in again["problems"] if p["code"] == "W410"]
    assert apply(installation, again["plan"]) == 39

    whole = tmp_path / "全員.csv"
    whole.write_bytes(excel.write([excel.person(n) for n in range(1, 2986)], encoding="utf-8-sig"))
    last = plan(installation, whole)
    assert (last["unchanged"], last["new"], last["changed"], last["leaving"]) == (2985, 0, 0, 0)


def test_a_misspelt_column_and_a_missing_one_are_told(installation, tmp_path):
    path = tmp_path / "列.csv"
    headings = [{"オープンバッジ希望": "バッヂ", "メールアドレス": "メール"}.get(h, h) for h in excel.HEADINGS]
    path.write_bytes(excel.write([excel.person(n) for n in (9002, 9003)], headings=headings))
    command = ["import", "plan", str(path), "--organization", "demo-hospital"]
    refused = installation.enroll(*command)
    assert refused.returncode == 1, refused
    assert refused.stdout.splitlines()[1].startswith("何の列か分からない見出しがあります：バッヂ。"), refused
    done = installation.enroll(*command, "--column", "バッヂ=unused")
    assert done.stdout.splitlines()[1:] == [
        "次の列は使用しません：バッヂ", "「オープンバッジ希望」の列がありません。全員がオープンバッジを希望しないものとして登録します（前に送った方の希望は変わりません）。",
        "「バッヂ」の列：使わない（登録しない）"], done
    assert "列.csv" in installation.enroll("import", "list").stdout.splitlines()[0]


def test_the_command_tells_causes_and_rare_ones_first(installation, tmp_path):
    people = [excel.person(n) for n in range(9101, 9107)]
    for person in people:
        person[excel.HEADINGS.index("視聴日（動画1）")] = "9/1"
    people[5][excel.HEADINGS.index("本人同意")] = "検討中"
    path = tmp_path / "名簿.csv"
    path.write_bytes(excel.write(people + [["合計", "6名"]]))
    done = installation.enroll("import", "plan", str(path), "--organization", "demo-hospital")
    told = [line for line in done.stdout.splitlines()[1:] if not line.startswith("  ")]
    assert told[:3] == ["応募者の行ではないため、読み飛ばしました：8行目", "本人の同意が確認できない：1行",
                        "「視聴日（動画1）」を読み取れない：6行"], done
    assert done.stdout.count("を読み取れません。") == 3


def test_a_file_that_is_no_list_is_refused_whole(installation, tmp_path):
    for content, code in [(b"", "E401"), (b"PK\x03\x04xx", "E403"), ("あ,い\r\n".encode(), "E406"),
                          (excel.write([excel.person(1)[:-5]], headings=excel.HEADINGS[:-5]), "E408"),
                          (excel.write([excel.person(1)]).replace(b"102-0094", b'"102'), "E411")]:
        path = tmp_path / "file.csv"
        path.write_bytes(content)
        found = plan(installation, path)
        assert found["plan"] is None and [p["code"] for p in found["problems"]] == [code], found["problems"]


def sign_in(page, installation):
    role, email, password = next(line for line in installation.lines if line.startswith("organization\t")).split("\t")
    page.goto(installation.url)
    page.click("text=団体でまとめて応募する")
    check_access(page)
    page.fill("#email", email)
    page.fill("#password", password)
    page.click("button:has-text('ログインする')")
    assert page.inner_text("h1") == "見本病院"


def test_a_clerk_sends_a_list_and_sees_its_people(page, installation, tmp_path):
    first = 5001 if page.is_phone else 6001
    people = [excel.person(n) for n in range(first, first + 30)]
    people[3][excel.HEADINGS.index("視聴日（動画1）")] = "9/1"
    path = tmp_path / "名簿.csv"
    path.write_bytes(excel.write(people))

    page.goto(installation.url + "/group")
    assert "/sign-in?next=" in page.url
    sign_in(page, installation)
    check_access(page)
    page.set_input_files("#file", path)
    page.check("input[name=evidence][value=personal]")
    page.click("button:has-text('名簿をたしかめる')")
    check_access(page)
    assert "山﨑 ゴ" in page.inner_text("main") or "髙橋 ロク" in page.inner_text("main") or "山﨑 ロク" in page.inner_text("main")
    assert "5行目「視聴日（動画1）」：視聴日「9/1」を読み取れません。" in page.inner_text("main")
    with page.expect_download() as download:
        page.click("text=直す行を保存する")
    rows = excel.read(open(download.value.path(), "rb").read())
    assert len(rows) == 2 and rows[1][:-3] == people[3]

    page.click("button:has-text('29人の応募を送る')")
    check_access(page)
    assert "チェックしてください。" in page.inner_text("#errors")
    page.check("#agent_attestation")
    page.click("button:has-text('29人の応募を送る')")
    for _ in range(100):
        if "受け付けました" in page.inner_text("h1"):
            break
        page.wait_for_timeout(100)
        page.reload()
    assert page.inner_text("h1") == "29人の応募を受け付けました"
    check_access(page)
    page.click("text=名簿を見る")
    check_access(page)
    assert page.locator("tbody tr").count() >= 29


def choose(page, installation, path):
    page.goto(installation.url + "/group")
    page.set_input_files("#file", path)
    page.check("input[name=evidence][value=personal]")
    page.click("button:has-text('名簿をたしかめる')")


def send(page, button):
    page.check("#agent_attestation")
    page.click(f"button:has-text('{button}')")
    for _ in range(100):
        if "応募を送っています" not in page.inner_text("h1"):
            return
        page.wait_for_timeout(100)
        page.reload()


def test_the_page_says_what_sending_does(page, installation, tmp_path):
    """Rows that repeat another are found, an equal plan is planned again, and what is known is not sent twice."""
    first = 7001 if page.is_phone else 8001
    path = tmp_path / "名簿.csv"
    path.write_bytes(excel.write([excel.person(n) for n in (first, first + 1, first)]))
    sign_in(page, installation)
    plans = []
    for _ in range(2):
        choose(page, installation, path)
        plans.append(page.url)
    page.click("summary:has-text('ファイルの中で重複している行（1件）')")
    assert "4行目" in page.inner_text("details") and "（2行目と同じ方）" in page.inner_text("details")
    assert page.locator("nav.menu a:has-text('名簿')").count() == 1
    assert page.locator("button:has-text('ログアウトする')").count() == 1
    send(page, "2人の応募を送る")
    assert page.inner_text("h1") == "2人の応募を受け付けました"
    page.goto(plans[0])
    send(page, "2人の応募を送る")
    assert page.inner_text("h1") == "もう一度、名簿をたしかめてください"
    check_access(page)
    page.click("a:has-text('新しい下見')")
    assert "送る応募はありません" in page.inner_text("main")
    assert page.locator("main button:has-text('送る')").count() == 0
    check_access(page)
    page.click("text=いまの名簿を見る")
    with page.expect_download() as download:
        page.click("text=名簿を保存する（CSV）")
    data = open(download.value.path(), "rb").read()
    assert data.startswith(b"\xef\xbb\xbf") and len(data.splitlines()) > 2


def test_a_wrong_password_and_a_foreign_file_are_told_nothing(page, installation):
    page.goto(installation.url + "/sign-in")
    page.fill("#email", "nobody@demo.example")
    page.fill("#password", "x" * 20)
    page.click("button:has-text('ログインする')")
    check_access(page)
    assert "メールアドレスかパスワードが違います" in page.inner_text("#errors")
    sign_in(page, installation)
    assert page.request.get(installation.url + "/group-files/plan?number=G-none").status == 404
