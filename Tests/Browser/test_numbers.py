"""Numbers that were reported come out again."""
import datetime
import html
import re
import subprocess
import time

from test_journey import sign_in
from test_kill import Client, Database


def moment(text):
    code = re.search(r"known_on=([0-9T:.-]+)", html.unescape(text)).group(1)
    return datetime.datetime.fromisoformat(code + "+09:00")


def figures(text):
    return re.findall(r"<dd><b>([0-9,]+)</b>", text)


def test_numbers_taken_while_an_act_is_being_written_are_of_the_moment_before_it(installation):
    ministry = Client(installation.url).sign_in(installation, "ministry")
    database = Database(installation)
    writer = subprocess.Popen(
        ["psql", "-XAtq", f"host={database.socket} dbname=enroll user=app"], stdin=subprocess.PIPE, text=True)
    writer.stdin.write("SET application_name = 'enroll writing'; BEGIN; SELECT 1;\n")
    writer.stdin.flush()
    while int(database.ask("SELECT open_writing_age()")) < 3_000_000:
        time.sleep(0.2)
    ministry.go("/numbers")
    shown = moment(ministry.text)
    assert installation.now - shown > datetime.timedelta(seconds=3.5)
    writer.communicate("COMMIT;\n")
    for _ in range(50):
        ministry.go("/numbers")
        if moment(ministry.text) > shown + datetime.timedelta(seconds=3):
            break
        time.sleep(0.2)
    else:
        raise AssertionError("the numbers stand still")


def test_the_moment_that_the_page_names_leads_to_the_same_numbers(installation):
    ministry = Client(installation.url).sign_in(installation, "ministry")
    ministry.go("/numbers")
    first, address = ministry.text, html.unescape(re.search(r'href="(/numbers\?as_of=[^"]+)"', ministry.text).group(1))
    ministry.go(address)
    assert moment(ministry.text) == moment(first)
    assert figures(ministry.text) == figures(first) != []


def test_what_is_neither_day_nor_moment_is_told_beside_the_field_and_stays(page, installation):
    sign_in(page, installation, "ministry")
    page.goto(installation.url + "/numbers?as_of=&known_on=2026-13-01T00:00")
    assert "記録の時点をそのまま入力してください" in page.inner_text("#errors")
    assert page.input_value("#known_on") == "2026-13-01T00:00"
    page.goto(installation.url + "/numbers?as_of=&known_on=2099-01-01T00:00:00")
    assert "いままでの時点を入力してください" in page.inner_text("#errors")
