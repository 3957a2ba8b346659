"""What the security page claims is kept by a test, and the page names it."""

import re

import pytest

from tests.docs.pages import DOCS, page, rows

NAMED = re.compile(r"\]\(\.\./(tests/\w+/test_\w+\.py)\)")
CLAIMS = [row for row in rows(page("security.md")) if len(row) == 3]


def test_every_table_of_the_page_names_its_tests() -> None:
    assert len(CLAIMS) >= 30
    assert len(CLAIMS) == len(rows(page("security.md")))


@pytest.mark.parametrize("claim", CLAIMS, ids=[row[0][:40] for row in CLAIMS])
def test_a_claim_names_tests_that_are_there(claim: list[str]) -> None:
    named = [DOCS.parent / path for path in NAMED.findall(claim[2])]

    assert named
    for path in named:
        assert "\ndef test_" in path.read_text() or "\nasync def test_" in path.read_text()
