"""Foreign text is safe to draw, and stays readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from founder_inbox.core.display import safe_filename, safe_line, safe_text, steady_text

NASTY = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("\x1b\x9b\x9d]\\[;m\x07ab \u200c\u200d\u0301\u202e\ud800\U000e0041\r\n\t"),
    ),
    max_size=200,
)


@pytest.mark.parametrize(
    ("foreign", "shown"),
    [
        ("plain", "plain"),
        ("a\x1b[31mred\x1b[0m b", "ared b"),
        ("a\x1b]52;c;aGk=\x07b", "ab"),
        ("a\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "alink"),
        ("a\x9b31mb\x90q\x9cc", "abc"),
        ("cut \x1b]0;title never ends", "cut 0;title never ends"),
        ("one\r\ntwo\u2028three\tfour", "one two three four"),
        ("fdp\u202eexe.\u2066x\u200b\ufeff\u00ad", "fdpexe.x"),
        ("e" + "\u0301" * 50, "e" + "\u0301" * 3),
        ("\ud800x", "\ufffdx"),
        ("👍🏽 ❤️ 1️⃣", "👍 ❤ 1"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\u200cb\u200dc", "abc"),
        ("hidden\U000e0041\U000e0042", "hidden"),
        ("[/x] [@click=quit]z[/]", "[/x] [@click=quit]z[/]"),
    ],
)
def test_a_line_loses_its_controls_and_keeps_its_words(foreign: str, shown: str) -> None:
    assert safe_line(foreign) == shown


def test_a_text_keeps_its_lines_and_its_family_emoji() -> None:
    assert (
        safe_text("a\r\nb\rc\td \u202e👨\u200d👩\u200d👧") == "a\nb\nc       d 👨\u200d👩\u200d👧"
    )


def test_what_is_too_long_is_cut_and_says_so() -> None:
    assert len(safe_line("x" * 1000)) == 300
    assert safe_line("x" * 1000).endswith("…")
    assert safe_text("word " * 1000, 500).endswith("this text is very long.]")
    assert len(safe_text("word " * 1000, 500)) == 500


@given(NASTY)
def test_nothing_a_terminal_acts_on_comes_through(foreign: str) -> None:
    line, text = safe_line(foreign), safe_text(foreign)
    assert not any(c < " " or "\x7f" <= c <= "\x9f" for c in line)
    assert not any((c < " " and c != "\n") or "\x7f" <= c <= "\x9f" for c in text)
    assert not any("\ud800" <= c <= "\udfff" or "\u202a" <= c <= "\u202e" for c in line + text)


@given(NASTY)
def test_cleaning_twice_is_cleaning_once(foreign: str) -> None:
    assert safe_line(safe_line(foreign)) == safe_line(foreign)
    assert safe_text(safe_text(foreign)) == safe_text(foreign)


@pytest.mark.parametrize(
    ("foreign", "saved"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\evil.exe", "evil.exe"),
        (".bashrc", "bashrc"),
        ("--rf", "rf"),
        ("..", "attachment"),
        ("", "attachment"),
        ("a\x00b\n.txt", "ab.txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("résumé.pdf", "résumé.pdf"),
    ],
)
def test_a_file_name_stays_in_its_folder(foreign: str, saved: str) -> None:
    assert safe_filename(foreign) == saved


@given(NASTY)
def test_any_file_name_is_short_visible_and_no_path(foreign: str) -> None:
    name = safe_filename(foreign)
    assert name
    assert len(name.encode()) <= 120
    assert not set(name) & set("/\\\0\n")
    assert name[0] not in ".-"


def test_a_long_file_name_keeps_its_suffix() -> None:
    assert safe_filename("é" * 200 + ".pdf").endswith("é.pdf")


@pytest.mark.parametrize(
    ("written", "drawn", "cells"),
    [
        ("a\u2764\ufe0fb", "a\u2764b", 3),
        ("a\U0001f44d\U0001f3fdb", "a\U0001f44db", 4),
        ("a1\ufe0f\u20e3b", "a1b", 3),
        ("\u26a0\ufe0f careful", "\u26a0 careful", 9),
        ("\U0001f3f3\ufe0f\u200d\U0001f308", "\U0001f3f3\U0001f308", 3),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f468\U0001f469\U0001f467", 6),
        ("한국어 ＡＢ", "한국어 ＡＢ", 11),
        ("e\u0301a", "e\u0301a", 2),
    ],
)
def test_what_is_drawn_is_as_wide_as_a_terminal_makes_it(
    written: str, drawn: str, cells: int
) -> None:
    """The cells are where the cursor of tmux 3.3a stood after it."""
    assert steady_text(written) == drawn
    assert cell_len(drawn) == cells


def test_a_joiner_between_letters_stays() -> None:
    assert steady_text("\u0928\u094d\u200d\u0928") == "\u0928\u094d\u200d\u0928"


@given(NASTY)
def test_steady_text_is_safe_and_the_same_when_done_again(foreign: str) -> None:
    once = steady_text(foreign)
    assert steady_text(once) == once == safe_text(once)
