"""Every address of a page, asked by everybody: no page has a finding, and none is left out."""
import json
import re

import pytest
from conftest import ROOT, own_installation
from visit import Visit, nu

ENDPOINTS = "".join(file.read_text() for file in sorted((ROOT / "Sources/Web").glob("*/*Endpoints.swift")))
ROUTES = re.findall(r'= Route\("(/[^"]*)"\)', ENDPOINTS)
# Answers that are no pages: a word for machines, and files.
NO_PAGE = {"/healthz", "/readyz", "/ob2/issuer", "/group-files/template", "/group-files/template-book", "/group-files/own-template",
           "/group-files/own-template-book", "/group-files/errors", "/exports/file",
           "/group/members/file", "/group/members/book", "/group/materials/table", "/group/materials/table-book", "/materials/labels",
           "/materials/labels-book", "/.well-known/jwks.json", "/.well-known/did.json"}


@pytest.fixture(scope="module")
def empty():
    yield from own_installation("--people", "0")


def test_no_page_at_any_address_has_a_finding(browser, empty, tmp_path):
    context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(20_000)
    visit = Visit(page, empty, tmp_path)
    visited = set()
    for role in (None, "organization", "office", "ministry"):
        if role:
            visit.sign_in(role)
        for path in sorted(set(ROUTES) - NO_PAGE):
            visit.goto(path)
            visit.look(f"{role or 'nobody'} {path}")
            visited.add(path)
    context.close()
    assert visited == set(ROUTES) - NO_PAGE
    findings = visit.findings + nu(tmp_path)
    assert not findings, json.dumps(findings, ensure_ascii=False, indent=1)
