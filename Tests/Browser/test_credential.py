"""Open Badges 3.0 as others read it: PyLD for what is stated, cryptography for who signed it, PyJWT for the token, the
published schemas for the shape. Contexts come from Tests/OpenBadges: nothing is fetched but from the installation."""
import base64
import copy
import gzip
import hashlib
import io
import json
import subprocess
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree

import jsonschema
import jwt
import openbadges_bakery
import png
import pytest
import zxingcpp
from conftest import ROOT
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from openbadgeslib import baking
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier
from PIL import Image
from pyld import jsonld
from test_application import apply
from test_appointment import approve_and_appoint, open_own_page

OPEN_BADGES = ROOT / "Tests/OpenBadges"
CONTEXTS = {
    "https://www.w3.org/ns/credentials/v2": "credentials-v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "ob-v3p0-context-3.0.3",
    "https://www.w3.org/ns/did/v1": "did-v1",
    "https://w3id.org/security/multikey/v1": "security-multikey-v1",
    "https://w3id.org/security/jwk/v1": "security-jwk-v1",
}
ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def shipped(address, options):
    """Only what is in the repository; anything else fails the test."""
    text = (OPEN_BADGES / f"contexts/{CONTEXTS[address]}.json").read_text()
    return {"contextUrl": None, "documentUrl": address, "document": json.loads(text), "contentType": "application/ld+json"}


def base58(text):
    number = 0
    for letter in text:
        number = number * 58 + ALPHABET.index(letter)
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def fetch(address, accept="application/vc+ld+json"):
    request = urllib.request.Request(address, headers={"Accept": accept} if accept else {})
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.headers["Access-Control-Allow-Origin"] == "*" and not answer.headers["Set-Cookie"]
        return answer.headers, answer.read()


def document(address, **options):
    return json.loads(fetch(address, **options)[1])


def unsigned_members(value):
    """Each member, taken away, changes what is stated: none is only decoration."""
    whole = quads(value)

    def walk(here, path):
        if isinstance(here, dict):
            for name in here:
                if path == () and name in ("@context", "proof"):
                    continue
                less = copy.deepcopy(value)
                place = less
                for step in path:
                    place = place[step]
                del place[name]
                if quads(less) == whole:
                    yield path + (name,)
                yield from walk(here[name], path + (name,))
        elif isinstance(here, list):
            for index, one in enumerate(here):
                yield from walk(one, path + (index,))

    return list(walk(value, ()))


def quads(value):
    return jsonld.normalize(value, {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": shipped})


def multikey(did, method):
    """The key that the issuer's DID document lists for assertions, as a verifier finds it."""
    found = next(one for one in did["verificationMethod"] if one["id"] == method)
    assert found["type"] == "Multikey" and found["controller"] == did["id"] and method in did["assertionMethod"]
    octets = base58(found["publicKeyMultibase"][1:])
    assert found["publicKeyMultibase"][0] == "z" and octets[:2] == b"\xed\x01" and len(octets) == 34
    return Ed25519PublicKey.from_public_bytes(octets[2:])


def check_proof(signed, did):
    """eddsa-rdfc-2022, section 3.2.2."""
    (proof,) = signed["proof"]
    options = {name: value for name, value in proof.items() if name != "proofValue"} | {"@context": signed["@context"]}
    unsigned = {name: value for name, value in signed.items() if name != "proof"}
    message = b"".join(hashlib.sha256(quads(value).encode()).digest() for value in (options, unsigned))
    assert proof["cryptosuite"] == "eddsa-rdfc-2022" and proof["proofPurpose"] == "assertionMethod"
    multikey(did, proof["verificationMethod"]).verify(base58(proof["proofValue"][1:]), message)


def check_schema(value, name):
    schema = json.loads((OPEN_BADGES / f"schemas/{name}.json").read_text())
    jsonschema.validators.validator_for(schema)(schema).validate(value)


def bit(installation, status, did):
    """What the list that a credential names says of it."""
    entry_list = document(installation.url + urllib.parse.urlsplit(status["statusListCredential"]).path)
    assert entry_list["id"] == status["statusListCredential"] and entry_list["issuer"] == did["id"]
    check_schema(entry_list, "bitstring_status_list_credential_schema")
    check_proof(entry_list, did)
    encoded = entry_list["credentialSubject"]["encodedList"]
    assert encoded[0] == "u"
    bits = gzip.decompress(base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4)))
    assert len(bits) * 8 >= 131_072
    index = int(status["statusListIndex"])
    return bits[index // 8] >> (7 - index % 8) & 1


@pytest.fixture(scope="module")
def badge(browser, installation):
    """Somebody's own page in a browser, their address of mail, and where their credential is."""
    page = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo").new_page()
    page.is_phone = True
    answers, receipt = apply(page, installation)
    approve_and_appoint(page, installation, receipt)
    open_own_page(page, installation, receipt, answers["email"])
    page.click("text=任命の証明とバッジを見る")
    assert page.get_by_role("link", name="署名のある証明（Open Badges 3.0）").is_visible()
    yield page, answers["email"], f"{installation.url}/ob3/credentials/{page.url.split('/')[-1]}"
    page.context.close()


def test_a_verifier_holds_the_credential_to_its_proof_its_schemas_and_its_contexts(badge, installation):
    _, email, address = badge
    headers, content = fetch(address)
    assert headers.get_content_type() == "application/vc+ld+json" and fetch(address, accept=None)[1] == content
    credential = json.loads(content)
    assert credential["id"] == address
    check_schema(credential, "ob_v3p0_achievementcredential_schema")
    check_schema(credential, "w3c_verifiable_credential_v2_schema")
    check_schema(credential["credentialStatus"], "bitstring_status_list_entry_schema")
    did = document(installation.url + "/.well-known/did.json")
    assert did["id"] == credential["issuer"]["id"]
    check_proof(credential, did)
    # The picture stands in two places, and what it is is said in both.
    assert {member[-2:] for member in unsigned_members(credential)} == {("image", "type")}

    (identity,) = credential["credentialSubject"]["identifier"]
    assert identity["identityHash"] == "sha256$" + hashlib.sha256((email + identity["salt"]).encode()).hexdigest()
    assert email not in content.decode() and "髙橋" not in content.decode()
    achievement = credential["credentialSubject"]["achievement"]
    assert document(achievement["id"]) == achievement | {"@context": credential["@context"]}
    for linked in (achievement["criteria"]["id"], achievement["image"]["id"]):
        with urllib.request.urlopen(linked, timeout=10) as answer:
            assert answer.status == 200

    for change in ({"validUntil": "2037-03-31T23:59:59+09:00"}, {"name": "大臣"}, {"id": address + "x"}):
        with pytest.raises(InvalidSignature):
            check_proof(credential | change, did)


def test_the_issuer_s_keys_are_listed_where_verifiers_look(badge, installation):
    fetch(badge[2] + ".jwt")
    did = document(installation.url + "/.well-known/did.json")
    kinds = [one["type"] for one in did["verificationMethod"]]
    assert "Multikey" in kinds and "JsonWebKey" in kinds
    assert sorted(did["assertionMethod"]) == sorted(one["id"] for one in did["verificationMethod"])
    quads(did)
    jwks = document(installation.url + "/.well-known/jwks.json")["keys"]
    for key in jwks:
        assert not {"d", "p", "q", "dp", "dq", "qi"} & set(key)
        name = key["kid"].split("/")[-1]
        assert document(f"{installation.url}/keys/{name}") == key
        assert key["kty"] != "RSA" or key["kid"] == f"{installation.url}/keys/{name}"
    assert {key["kty"] for key in jwks} >= {"OKP", "RSA"}


def test_a_reader_of_jwt_finds_the_key_and_the_same_credential(badge, installation):
    address = badge[2]
    headers, content = fetch(address + ".jwt", accept=None)
    assert headers.get_content_type() == "text/plain"
    asked, same = fetch(address, accept="application/vc+jwt")
    assert asked.get_content_type() == "application/vc+jwt" and same == content
    header = jwt.get_unverified_header(content.decode())
    assert set(header) == {"alg", "typ", "kid"} and header["typ"] == "JWT"
    key = jwt.PyJWK(document(header["kid"]))
    found = jwt.PyJWKClient(installation.url + "/.well-known/jwks.json").get_signing_key_from_jwt(content.decode())
    assert found.key.public_numbers() == key.key.public_numbers()
    credential = document(address)
    claims = jwt.decode(content.decode(), key, algorithms=["RS256"], issuer=credential["issuer"]["id"],
                        options={"verify_exp": False, "verify_nbf": False, "require": ["exp", "nbf", "iss", "sub", "jti"]})
    own = {name: claims.pop(name) for name in ("iss", "sub", "jti", "nbf", "exp")}
    assert claims == {name: value for name, value in credential.items() if name != "proof"}
    assert own["sub"] == credential["credentialSubject"]["id"] and own["jti"] == credential["id"] == address
    read = OB3Verifier(key.key, issuer_did=credential["issuer"]["id"]).verify(content.decode())  # openbadgeslib
    assert read.achievement.name == credential["credentialSubject"]["achievement"]["name"]
    with pytest.raises(OB3VerificationError):
        OB3Verifier(key.key).verify(content.decode()[:-8] + "AAAAAAAA")
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(content.decode()[:-8] + "AAAAAAAA", key, algorithms=["RS256"], options={"verify_exp": False, "verify_nbf": False})


def test_our_own_verifier_says_the_same_without_a_database(badge, installation, tmp_path):
    names = {"credential.json": badge[2], "credential.jwt": badge[2] + ".jwt",
             "list.json": document(badge[2])["credentialStatus"]["statusListCredential"],
             "jwks.json": installation.url + "/.well-known/jwks.json"}
    for name, address in names.items():
        (tmp_path / name).write_bytes(fetch(address, accept="*/*")[1])
    binary = ROOT / ".build/release/enroll"

    def verify(name, *more):
        done = subprocess.run(
            [binary, "badges", "verify", name, "--keys", "jwks.json", "--json", *more], cwd=tmp_path, capture_output=True,
            text=True, timeout=60, env={"PATH": "/usr/bin:/bin"})
        return done.returncode, json.loads(done.stdout)

    for name in ("credential.json", "credential.jwt"):
        assert verify(name, "--on", "2026-12-01", "--status", "list.json")[0] == 0
        code, said = verify(name, "--on", "2027-04-01")
        assert code == 1 and said["said"] == "無効です（理由：満了）"
    changed = (tmp_path / "credential.json").read_text().replace("dps-2026", "dps-2027")
    (tmp_path / "changed.json").write_text(changed)
    code, said = verify("changed.json", "--on", "2026-12-01")
    assert code == 1 and said["said"] == "無効です（理由：改ざん）" and said["credential"] is None


def test_pictures_carry_the_badge_for_readers_that_we_did_not_write(badge, installation, tmp_path):
    token = badge[2].split("/")[-1]
    headers, picture = fetch(f"{installation.url}/badges/{token}.png", accept="*/*")
    assert headers.get_content_type() == "image/png"
    _, drawing = fetch(f"{installation.url}/badges/{token}.svg", accept="*/*")
    credential, assertion = document(badge[2]), document(f"{installation.url}/ob2/assertions/{token}")

    with Image.open(io.BytesIO(picture)) as image:  # Pillow
        image.load()
        assert image.size == (600, 600)
        texts = image.text
    chunks = [(name, content) for name, content in png.Reader(bytes=picture).chunks() if name == b"iTXt"]  # pypng
    assert [content.split(b"\0")[0] for _, content in chunks] == [b"openbadges", b"openbadgecredential"]
    for keyword, value in (("openbadges", assertion), ("openbadgecredential", credential)):
        assert texts[keyword].isascii() and json.loads(texts[keyword]) == value
        assert any(content == keyword.encode() + b"\0\0\0\0\0" + texts[keyword].encode() for _, content in chunks)
    assert texts["openbadges"] == openbadges_bakery.unbake(io.BytesIO(picture))
    assert assertion["image"] == {"id": f"{installation.url}/badges/{token}.png"}
    check_proof(json.loads(texts["openbadgecredential"]), document(installation.url + "/.well-known/did.json"))

    _, card = fetch(f"{installation.url}/badges/{token}/card.png", accept="*/*")
    with Image.open(io.BytesIO(card)) as image:
        assert image.size == (1240, 600)
        assert zxingcpp.read_barcode(image.convert("RGB")).text == f"{installation.url}/verify/{token}"

    root = xml.etree.ElementTree.fromstring(drawing)
    first = root[0]
    assert first.tag == "{https://purl.imsglobal.org/ob/v3p0}credential"
    assert first.text == texts["openbadgecredential"]

    for keyword in ("openbadges", "openbadgecredential"):  # openbadgeslib
        assert baking.extract_png(picture, keyword=keyword.encode()) == texts[keyword]
    assert baking.extract_svg(drawing, element="openbadges:credential", text_fallback=True) == first.text

    (tmp_path / "badge.png").write_bytes(picture)
    (tmp_path / "badge.svg").write_bytes(drawing)
    (tmp_path / "keys.json").write_bytes(fetch(installation.url + "/.well-known/jwks.json", accept="*/*")[1])
    (tmp_path / "cut.png").write_bytes(picture[:-20])
    for name, expected in (("badge.png", 0), ("badge.svg", 0), ("cut.png", 2)):
        done = subprocess.run(
            [ROOT / ".build/release/enroll", "badges", "verify", name, "--keys", "keys.json"], cwd=tmp_path,
            capture_output=True, text=True, timeout=60, env={"PATH": "/usr/bin:/bin"})
        assert done.returncode == expected, done.stdout + done.stderr


def test_whoever_has_a_file_has_it_judged_on_the_page(badge, installation, tmp_path, page):
    token = badge[2].split("/")[-1]
    _, picture = fetch(f"{installation.url}/badges/{token}.png", accept="*/*")
    (tmp_path / "badge.png").write_bytes(picture)
    (tmp_path / "cut.png").write_bytes(picture[:-20])
    with Image.open(io.BytesIO(picture)) as image:
        image.save(tmp_path / "copied.png")
    for name, words in (("badge.png", "この証明は有効です"), ("cut.png", "こわれている"), ("copied.png", "証明が入っていません")):
        page.goto(installation.url + "/verify")
        page.set_input_files("#file", tmp_path / name)
        page.click("button:has-text('確かめる')")
        page.wait_for_load_state()
        assert words in page.inner_text("main"), name


def test_whoever_resigns_is_in_the_list_at_once(badge, installation):
    page, _, address = badge
    before = document(address)
    did = document(installation.url + "/.well-known/did.json")
    assert bit(installation, before["credentialStatus"], did) == 0
    page.goto(installation.url + "/my")
    page.check("#sure")
    page.click("button:has-text('やめる')")
    page.wait_for_load_state()
    assert bit(installation, before["credentialStatus"], did) == 1
    assert document(address) == before
