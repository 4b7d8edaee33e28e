"""Open Badges 2.0 as a verifier meets them: hosted documents, nothing signed."""
import datetime
import hashlib
import json
import urllib.error
import urllib.parse
import urllib.request

import jsonschema
from conftest import ROOT
from test_application import apply
from test_appointment import approve_and_appoint, open_own_page


def fetch(address):
    """Status, media type and bytes; as a verifier asks, without cookies."""
    request = urllib.request.Request(address, headers={"Accept": "application/ld+json, application/json"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers, answer.read()


def document(address, kind, status=200):
    """What lies at an address, held to the schema of its kind; its id is the address."""
    found, headers, content = fetch(address)
    assert found == status and headers.get_content_type() in ("application/ld+json", "application/json")
    assert headers["Access-Control-Allow-Origin"] == "*" and not headers["Set-Cookie"]
    schema = json.loads((ROOT / f"Tests/Browser/schemas/ob_v2p0_{kind}_schema.json").read_text())
    value = json.loads(content)
    jsonschema.Draft201909Validator(schema).validate(value)
    assert value["id"] == address
    return value


def origin(address):
    return urllib.parse.urlsplit(address)[:2]


def test_a_verifier_finds_all_that_a_hosted_badge_promises(plain_page, installation):
    page = plain_page
    answers, receipt = apply(page, installation)
    approve_and_appoint(page, installation, receipt)
    open_own_page(page, installation, receipt, answers["email"])
    page.click("text=任命の証明とバッジを見る")
    address = f"{installation.url}/ob2/assertions/{page.url.split('/')[-1]}"

    assertion = document(address, "assertion")
    with urllib.request.urlopen(address) as unasked:  # a verifier that names no type gets the document too
        assert json.load(unasked) == assertion
    badge = document(assertion["badge"], "badgeclass")
    issuer = document(badge["issuer"], "profile")
    assert origin(issuer["id"]) == origin(badge["id"]) == origin(assertion["id"])
    assert issuer["url"].startswith(installation.url)
    assert assertion["verification"]["type"] == "HostedBadge"

    recipient = assertion["recipient"]
    assert recipient["type"] == "email" and recipient["hashed"] is True and len(recipient["salt"]) >= 16
    digest = hashlib.sha256((answers["email"] + recipient["salt"]).encode()).hexdigest()
    assert recipient["identity"] == "sha256$" + digest
    assert answers["email"] not in json.dumps(assertion) and "髙橋" not in json.dumps(assertion, ensure_ascii=False)

    issued = datetime.datetime.fromisoformat(assertion["issuedOn"])
    expires = datetime.datetime.fromisoformat(assertion["expires"])
    year = issued.year if issued.month >= 4 else issued.year - 1
    japan = datetime.timezone(datetime.timedelta(hours=9))
    assert expires == datetime.datetime(year + 1, 3, 31, 23, 59, 59, tzinfo=japan)
    assert issued <= datetime.datetime.now(japan) <= expires

    status, headers, image = fetch(badge["image"])
    assert status == 200 and headers.get_content_type() == "image/png" and image[:8] == b"\x89PNG\r\n\x1a\n"
    assert fetch(badge["criteria"]["id"])[0] == 200
    assert badge["id"].endswith(f"-{year}")

    page.goto(installation.url + "/my")
    page.check("#sure")
    page.click("button:has-text('やめる')")
    page.wait_for_load_state()
    gone = document(address, "assertion_revoked", status=410)
    assert gone["revoked"] is True and gone["revocationReason"]
    assert "recipient" not in gone


def test_what_is_no_badge_is_not_found(installation):
    for path in ["/ob2/assertions/" + "A" * 43, "/ob2/assertions/x", "/ob2/badges/none-2026", "/badges/x/image.png"]:
        assert fetch(installation.url + path)[0] == 404


def test_whoever_is_appointed_chooses_whether_their_name_is_shown(plain_page, installation):
    page = plain_page
    answers, receipt = apply(page, installation)
    approve_and_appoint(page, installation, receipt)

    def proof(shown):
        open_own_page(page, installation, receipt, answers["email"])
        page.click("#share > summary")
        page.click("text=お名前の表示を変える")
        page.set_checked("#consent_public", shown)
        page.click("button:has-text('訂正を申し出る')")
        page.wait_for_load_state()
        page.goto(installation.url + "/my")
        page.click("text=任命の証明とバッジを見る")
        page.wait_for_load_state()
        return page.inner_text("main")

    assert "お名前は、この画面では示しません" in (shown := proof(False)) or "髙橋" in shown
    assert "髙橋" in proof(True)
    assert "髙橋" not in proof(False)
