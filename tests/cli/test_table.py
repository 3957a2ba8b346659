"""Tables line up, whatever letters are in them."""

from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.cli.table import fit, indent, table, width_of


def test_wide_letters_take_two_cells_and_marks_none() -> None:
    assert width_of("田中") == 4
    assert width_of("e\u0301") == 1
    assert width_of("🎉") == 2


def test_columns_begin_at_the_same_cell_in_every_row() -> None:
    page = table([("田中", "a"), ("Bo", "b")], 40)

    assert page.split("\n") == ["田中  a", "Bo    b"]


def test_only_flexible_columns_are_cut_and_say_so() -> None:
    page = table([("#abc", "x" * 100, "2 h")], 40, flexible=(1,))

    assert len(page) == 40
    assert page.startswith("#abc  xxx")
    assert page.endswith("…  2 h")


def test_no_rows_make_no_table() -> None:
    assert table([], 40) == ""


def test_indenting_leaves_empty_lines_empty() -> None:
    assert indent("a\n\nb") == "  a\n\n  b"


@given(st.text(max_size=60), st.integers(2, 40))
def test_fitted_text_fills_its_cells_exactly(text: str, width: int) -> None:
    assert width_of(fit(text, width)) == width
