"""審査と任命: from the queue to a number and a term."""
import hashlib
import re

from conftest import DAY, check_access
from test_application import apply, seen


def approve_and_appoint(page, installation, receipt):
    role, email, password = next(line for line in installation.lines if line.startswith("office\t")).split("\t")
    page.goto(installation.url + "/sign-in")
    page.fill("#email", email)
    page.fill("#password", password)
    page.click("button:has-text('ログインする')")
    page.goto(f"{installation.url}/queue/application?receipt={receipt}")
    check_access(page)
    page.click("button:text-is('承認する')")

    done = installation.enroll("appoint", "plan", "--decided-on", DAY, "--decision-number", "デ推第1号")
    number, count = re.fullmatch(r"plan (A-\w+): (\d+)\n", done.stdout).groups()
    assert int(count) >= 1
    assert installation.enroll("appoint", "apply", number).stdout == f"appointed {count}\n"
    assert installation.enroll("appoint", "apply", number).returncode == 1


def open_own_page(page, installation, receipt, email):
    page.context.clear_cookies()
    page.goto(installation.url + "/status")
    page.fill("#receipt", receipt)
    page.fill("#email", email)
    page.click("text=番号をメールで受け取る")
    page.fill("#code", installation.newest_code(seen))
    page.click("button:has-text('進む')")
    check_access(page)


def test_who_is_approved_is_appointed_once_under_the_decision(page, installation):
    answers, receipt = apply(page, installation)
    approve_and_appoint(page, installation, receipt)
    open_own_page(page, installation, receipt, answers["email"])
    text = page.inner_text("dl")
    assert "任命中" in text and re.search(r"R\d\d-P-\d{7}-[0-9A-Z]", text) and "3月31日まで" in text

    page.click("text=任命の証明とバッジを見る")
    check_access(page)
    assert page.inner_text("h1") == "この証明は有効です" and "髙橋" not in page.inner_text("main")
    assert page.evaluate("document.images[0].naturalWidth") == 600 if not page.is_phone else True
    token = page.url.split("/")[-1]
    address = f"{installation.url}/ob2/assertions/{token}"
    assertion = page.request.get(address, headers={"Accept": "application/ld+json"})
    badge = assertion.json()
    assert badge["id"] == address and badge["expires"].endswith("-03-31T23:59:59+09:00")
    identity = hashlib.sha256((answers["email"].lower() + badge["recipient"]["salt"]).encode()).hexdigest()
    assert badge["recipient"]["identity"] == "sha256$" + identity
    kind = page.request.get(badge["badge"]).json()
    assert page.request.get(kind["issuer"]).json()["type"] == "Issuer"
    assert page.request.get(kind["image"]).body()[:4] == b"\x89PNG"

    page.goto(installation.url + "/my")
    page.check("#sure")
    page.click("button:has-text('やめる')")
    assert "R" in page.inner_text("dl")
    gone = page.request.get(address, headers={"Accept": "application/ld+json"})
    assert gone.status == 410 and gone.json()["revoked"] is True
    page.goto(f"{installation.url}/verify/{token}")
    check_access(page)
    assert page.inner_text("h1") == "この任命は終わっています"
