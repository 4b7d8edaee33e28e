"""審査と任命: from the queue to a number and a term."""
import datetime
import re
import subprocess

from conftest import ROOT, check_access
from test_application import apply, seen


def enroll(installation, *arguments):
    return subprocess.run(
        [ROOT / "ops/enroll", "--data", str(installation.data), *arguments], capture_output=True, text=True)


def test_who_is_approved_is_appointed_once_under_the_decision(page, installation):
    answers, receipt = apply(page, installation)
    role, email, password = next(line for line in installation.lines if line.startswith("office\t")).split("\t")
    page.goto(installation.url + "/sign-in")
    page.fill("#email", email)
    page.fill("#password", password)
    page.click("button:has-text('ログインする')")
    while True:
        boxes = page.locator("tr", has_text=answers["family_name"]).locator("input")
        if boxes.count():
            break
        page.click("text=次の50件")
    check_access(page)
    for box in boxes.all():
        box.check()
    page.click("text=選んだ応募を承認する")

    day = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9))).date().isoformat()
    done = enroll(installation, "appoint", "plan", "--decided-on", day, "--decision-number", "デ推第1号")
    number, count = re.fullmatch(r"plan (A-\w+): (\d+)\n", done.stdout).groups()
    assert int(count) >= 1
    assert enroll(installation, "appoint", "apply", number).stdout == f"appointed {count}\n"
    assert enroll(installation, "appoint", "apply", number).returncode == 1

    page.context.clear_cookies()
    page.goto(installation.url + "/status")
    page.fill("#receipt", receipt)
    page.fill("#email", answers["email"])
    page.click("text=番号をメールで受け取る")
    page.fill("#code", installation.newest_code(seen))
    page.click("button:has-text('進む')")
    check_access(page)
    text = page.inner_text("dl")
    assert "任命中" in text and re.search(r"R\d\d-P-\d{7}-[0-9A-Z]", text) and "3月31日まで" in text
