"""Tags: spelled once, put on or taken off, short enough for a row."""

import pytest

from founder_inbox.core.tickets.tags import badge, comes_off, spelled, understood
from founder_inbox.errors import BadInput

KNOWN = ["refund", "VIP", "refunded later"]


def test_a_known_tag_keeps_its_spelling_and_a_new_one_gets_yours() -> None:
    assert spelled("Refund ", KNOWN) == "refund"
    assert spelled("vip", KNOWN) == "VIP"
    assert spelled("Beta", KNOWN) == "Beta"


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "\x1b[2J"])
def test_a_tag_without_a_letter_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="needs a name"):
        spelled(text, KNOWN)


def test_a_tag_comes_off_only_where_all_have_it() -> None:
    with_it, without = frozenset({"refund"}), frozenset({"VIP"})

    assert comes_off("refund", [with_it, with_it])
    assert not comes_off("refund", [with_it, without])
    assert not comes_off("refund", [])


def test_what_enter_would_do_is_said_with_the_tags_that_begin_so() -> None:
    assert understood("ref", KNOWN, []) == ("Puts on ref, a new tag · also: refund, refunded later")
    assert understood("REFUND", KNOWN, [frozenset({"refund"})]) == (
        "Takes off refund · also: refunded later"
    )


def test_a_row_shows_the_first_tag_and_how_many_more() -> None:
    assert badge([]) == ""
    assert badge(["refund"]) == "[refund]"
    assert badge({"vip", "refund"}) == "[refund +1]"
    assert len(badge(["a-very-long-tag-indeed"])) <= 12
