"""Our own Message-IDs: made, read, and proven."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.letters.own_ids import (
    OwnId,
    OwnKind,
    is_genuine,
    new_message_id,
    own_id,
    parse_own_id,
)
from founder_inbox.errors import BadInput

KEY = b"k" * 32
CHANCE = "0" * 16


@pytest.mark.parametrize("kind", list(OwnKind))
def test_an_own_id_is_read_back_and_genuine(kind: OwnKind) -> None:
    made = own_id(kind, "k7f3q2d", KEY, "acme.test")
    read = parse_own_id(made)

    assert made.startswith("<fi.h.k7f3q2d." if kind is OwnKind.HAND_OFF else "<fi.k7f3q2d.")
    assert read is not None
    assert (read.kind, read.ticket) == (kind, "k7f3q2d")
    assert is_genuine(read, KEY)


def test_a_token_is_worth_nothing_for_another_ticket_kind_or_key() -> None:
    read = parse_own_id(own_id(OwnKind.REPLY, "k7f3q2d", KEY, "acme.test"))

    assert read is not None
    assert not is_genuine(OwnId(read.kind, "k7f3q2e", read.token), KEY)
    assert not is_genuine(OwnId(OwnKind.HAND_OFF, read.ticket, read.token), KEY)
    assert not is_genuine(read, b"other key")


@pytest.mark.parametrize(
    "text",
    ["", "<abc@x>", "<fi.k7f3q2d@x>", "<fi.k7f3q2d.short@x>", "<fi.x.k7f3q2d.aaaaaaaaaaaaaaaa@x>",
     "<fi.k7f3q2d.aaaaaaaaaaaaaaaa@x> y", "<fi.k7f3q2d.aaaaaaaaaaaaaaaa@x\r\n>",
     "<fi.K7F3Q2D.aaaaaaaaaaaaaaaa@x>"],
)  # fmt: skip
def test_other_texts_are_not_our_ids(text: str) -> None:
    assert parse_own_id(text) is None


@given(st.text(max_size=100))
def test_reading_an_id_never_fails(text: str) -> None:
    found = parse_own_id(f"<fi.{text}@{text}>")

    assert found is None or found.ticket in text


def test_a_message_id_is_made_from_the_callers_chance() -> None:
    assert new_message_id("Acme.Test", "ab" * 16) == f"<{'ab' * 16}@acme.test>"
    assert new_message_id("münchen.example", "0" * 16).endswith("@xn--mnchen-3ya.example>")


@pytest.mark.parametrize(
    ("domain", "chance"),
    [("a.test", "xyz"), ("a.test", ""), ("a b", CHANCE), ("a\r\n", CHANCE), ("", CHANCE)],
)
def test_a_message_id_of_odd_parts_is_refused(domain: str, chance: str) -> None:
    with pytest.raises(BadInput):
        new_message_id(domain, chance)


@pytest.mark.parametrize("ticket", ["", "short", "k7f3q2!", "k7f3q2d\r\n", "K7F3Q2D"])
def test_an_own_id_of_an_odd_ticket_is_refused(ticket: str) -> None:
    with pytest.raises(BadInput):
        own_id(OwnKind.REPLY, ticket, KEY, "acme.test")
