"""A typed line of people: what is understood, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.letters.recipients import (
    last_typed,
    read_recipients,
    with_person,
    written,
)
from founder_inbox.core.model import Address
from founder_inbox.errors import BadInput

ANA, BO = Address("Ana Ruiz", "ana@ruiz.test"), Address("", "bo@b.test")


@pytest.mark.parametrize(
    ("typed", "people"),
    [
        ("", ()),
        (" , ; ", ()),
        ("bo@b.test", (BO,)),
        ("Ana Ruiz <ana@ruiz.test>, bo@b.test", (ANA, BO)),
        ("Ana Ruiz <ana@ruiz.test>; bo@b.test,", (ANA, BO)),
        ('"Ruiz, Ana" <ana@ruiz.test>', (Address("Ruiz, Ana", "ana@ruiz.test"),)),
        ("bo@b.test, BO+x@b.test", (BO,)),
        ("jürgen@münchen.test", (Address("", "jürgen@münchen.test"),)),
    ],
)
def test_people_are_read_each_once(typed: str, people: tuple[Address, ...]) -> None:
    assert read_recipients(typed) == people


@pytest.mark.parametrize(
    "typed",
    [
        "ana",
        "ana@",
        "@ruiz.test",
        "ana ruiz@b.test",
        "Ana <ana>",
        "a@b..c",
        "<>",
        '"',
        "a@b.test x",
    ],
)
def test_what_is_no_address_is_refused_in_words(typed: str) -> None:
    with pytest.raises(BadInput):
        read_recipients(typed)


@given(st.text(max_size=60))
def test_any_line_is_read_or_refused_and_no_control_character_gets_through(typed: str) -> None:
    try:
        people = read_recipients(typed)
    except BadInput:
        return
    for person in people:
        assert "@" in person.address
        assert (person.name + person.address).isprintable()


@given(st.text(max_size=30), st.sampled_from(["ana@ruiz.test", "bo+x@b.test"]))
def test_a_person_that_was_completed_is_read_back(name: str, address: str) -> None:
    [found] = read_recipients(written(Address(name, address)))

    assert found.address == address


def test_a_line_of_hostile_length_is_read_at_once() -> None:
    with pytest.raises(BadInput):
        read_recipients('"' * 20_000 + "a," * 20_000)


def test_completion_is_about_the_last_person_of_the_line() -> None:
    assert last_typed("bo@b.test, an") == "an"
    assert with_person("bo@b.test, an", ANA) == "bo@b.test, Ana Ruiz <ana@ruiz.test>, "
    assert with_person("an", ANA) == "Ana Ruiz <ana@ruiz.test>, "
