"""Numbers that were reported come out again."""
import datetime
import html
import re
import subprocess
import time

import pytest
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
    page.goto(installation.url + "/numbers?as_of=&known_on=yesterday")
    assert "記録の時点をそのまま入力してください" in page.inner_text("#errors")
    assert page.input_value("#known_on") == "yesterday"
    page.goto(installation.url + "/numbers?as_of=&known_on=2026-13-01T00:00")
    assert "暦にない日付です" in page.inner_text("#errors")
    assert page.input_value("#known_on") == "2026-13-01T00:00"
    page.goto(installation.url + "/numbers?as_of=&known_on=2099-01-01T00:00:00")
    assert "いままでの時点を入力してください" in page.inner_text("#errors")


# Where each name of a month stands, and where its month is on the line; both in pixels.
NAMES = """[...document.querySelectorAll('.plot')].map(plot => {
    const line = plot.querySelector('svg').getBoundingClientRect();
    const places = plot.querySelector('.ln').getAttribute('d').match(/[ML][0-9.]+/g)
        .map(step => line.left + line.width * parseFloat(step.slice(1)) / 100);
    const card = plot.closest('.card').getBoundingClientRect();
    return [...plot.querySelectorAll('.x text')].filter(text => text.getBoundingClientRect().width).map(text => {
        const box = text.getBoundingClientRect();
        return {name: text.textContent, left: box.left, right: box.right, places: places,
                inside: box.left >= card.left && box.right <= card.right};
    });
})"""


def month(name):
    year, number = re.fullmatch(r"(\d+)年(\d+)月", name).groups()
    return int(year) * 12 + int(number)


@pytest.mark.parametrize("day", ["2026-04-30", "2026-05-31", "2026-06-30", "2026-08-31", "2026-10-31", "2026-11-24"])
def test_every_month_is_named_where_it_stands_on_the_line(plain_page, installation, day):
    page = plain_page
    sign_in(page, installation, "ministry")
    for width in (320, 480, 767, 768, 1000, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{installation.url}/numbers?as_of={day}")
        charts = [names for names in page.evaluate(NAMES) if names]
        assert len(charts) == page.locator(".plot").count() > 0
        for names in charts:
            first = month(names[0]["name"])
            for name in names:
                middle = (name["left"] + name["right"]) / 2
                assert abs(middle - name["places"][month(name["name"]) - first]) < 1.5, (width, name)
                assert name["inside"], (width, name)
            assert month(names[-1]["name"]) - first == len(names[0]["places"]) - 1
            for one, next in zip(names, names[1:]):
                assert one["right"] + 4 < next["left"], (width, one["name"], next["name"])


def test_the_page_fits_a_small_desk(plain_page, installation):
    """Nothing has to be moved sideways at 1000 px, and the smaller chart is the smaller one."""
    page = plain_page
    sign_in(page, installation, "ministry")
    page.set_viewport_size({"width": 1000, "height": 900})
    page.goto(installation.url + "/numbers")
    page.click("summary")
    wide = page.evaluate("""[document.documentElement, ...document.querySelectorAll('.scroll')]
        .filter(e => e.scrollWidth > e.clientWidth).map(e => e.getAttribute('aria-label'))""")
    assert wide == []
    charts = {figure.get_attribute("aria-labelledby"): figure.bounding_box() for figure in page.locator("figure").all()}
    promoters, callers = charts["chart-promoter"], charts["chart-caller"]
    assert callers["width"] < promoters["width"] * 0.7 and callers["height"] < promoters["height"]
    page.click("nav a:has-text('九州・沖縄')")
    assert 0 <= page.locator("#prefecture-40").bounding_box()["y"] < 900
