"""The README's pictures: a phone's form with its problems, a body's plan, the numbers. `ops/pictures/make` calls it."""
import pathlib
import shutil
import sys
import tempfile

import excel
from conftest import Installation
from playwright.sync_api import sync_playwright


def main(folder):
    installation = Installation()
    installation.start("--people", "2000")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])

        def page(width, height):
            page = browser.new_page(locale="ja-JP", viewport={"width": width, "height": height})
            page.goto(installation.url)
            return page

        def signed_in(role):
            _, email, password = next(x for x in installation.lines if x.startswith(role + "\t")).split("\t")
            desk = page(1000, 1100)
            desk.goto(installation.url + "/sign-in")
            desk.fill("#email", email)
            desk.fill("#password", password)
            desk.click("button:has-text('ログインする')")
            return desk

        phone = page(390, 1100)
        phone.goto(installation.url + "/applications/new?applicant_kind=promoter&eligibility_category=agency_approved")
        for name, value in {"family_name": "髙橋", "given_name": "渉", "family_name_kana": "高橋",
                            "given_name_kana": "ワタル", "postal_code": "102", "street": "紀尾井町1-3",
                            "email": "wataru.example.jp"}.items():
            phone.fill(f"#{name}", value)
        phone.click("text=入力した内容を確認する")
        phone.evaluate("document.querySelector('#family_name_kana').closest('.field').scrollIntoView()")
        phone.screenshot(path=folder / "form.png")

        desk = signed_in("organization")
        people, _ = excel.rows(312, mistakes=11, duplicates=2)
        with tempfile.NamedTemporaryFile(prefix="meibo_", suffix=".csv") as file:
            file.write(excel.write(people))
            file.flush()
            desk.set_input_files("#file", file.name)
            desk.check("input[name=evidence][value=personal]")
            desk.click("button:has-text('名簿をたしかめる')")
        desk.screenshot(path=folder / "plan.png")

        desk = signed_in("ministry")
        desk.set_viewport_size({"width": 1000, "height": 1400})
        desk.screenshot(path=folder / "numbers.png")
        browser.close()
    installation.stop()
    shutil.rmtree(installation.data, ignore_errors=True)


main(pathlib.Path(sys.argv[1]))
