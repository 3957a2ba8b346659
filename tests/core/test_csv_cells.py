"""What a spreadsheet would run is shown to it as text."""

import pytest

from founder_inbox.core.tickets.csv_cells import cell


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_formula_becomes_text(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (True, "1"), (False, "0"), (12, "12"), ("a = b", "a = b")]
)
def test_anything_else_stays_as_it_is(value: object, text: str) -> None:
    assert cell(value) == text
