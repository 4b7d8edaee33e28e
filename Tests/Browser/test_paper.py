"""What people print and hand on says whose it is, where it is found and whom to call."""
from test_application import apply
from test_appointment import approve_and_appoint, open_own_page


def test_a_receipt_and_a_proof_carry_the_service_its_address_and_its_telephone(plain_page, installation):
    page = plain_page
    answers, receipt = apply(page, installation)
    page.emulate_media(media="print")
    sheets = [(page.inner_text("body"), f"応募の状況を見る画面：{installation.url}/status", receipt)]
    page.emulate_media(media="screen")
    assert not page.locator(".paper").is_visible()
    approve_and_appoint(page, installation, receipt)
    open_own_page(page, installation, receipt, answers["email"])
    page.click("text=任命の証明とバッジを見る")
    page.emulate_media(media="print")
    sheets.append((page.inner_text("body"), f"この証明の画面：{page.url}", "この証明は有効です"))
    for words, address, fact in sheets:
        for expected in ("デジタル推進委員 受付サービス（", address, "電話：0120-000-000", "見本です。", fact):
            assert expected in words, (expected, words)
        assert "応募の状況を見る\n" not in words and "担当者のログイン" not in words
