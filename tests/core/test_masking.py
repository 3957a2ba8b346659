"""What must not become public is taken out; what explains stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.knowledge.masking import mask

_STRIPE = "sk_" + "live_51HabcDEF"


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Hi Tom Okafor, dear Tom", "Hi [name], dear [name]"),
        ("write to tom+x@okafor.test.", "write to [address]."),
        (f"the key {_STRIPE} works", "the key [key] works"),
        ("your password is hunter2!", "your password is [key]"),
        ("token: 9f86d081884c7d659a2feaa0c55ad015", "token: [key]"),
        ("call +49 (0)30 123456-7 now", "call [number] now"),
        ("order no. 2026-0012 is here", "order no. [number] is here"),
        ("DE89 3704 0044 0532 0130 00", "[number]"),
        ("card 4111 1111 1111 1111", "card [number]"),
        ("ticket #k7f3q2d", "ticket [number]"),
        ("from 192.168.1.10", "from [number]"),
        ("12 Main Street, Hauptstraße 5", "[address], [address]"),
        ("https://acme.test/reset?token=abc", "[link]"),
        ("https://acme.test/u/9fK3kdkd93kdkDkd9392", "[link]"),
        ("https://tom:pw@acme.test/", "[link]"),
    ],
)
def test_what_is_private_is_masked(said: str, left: str) -> None:
    assert mask(said, ["Tom Okafor"]) == left


@pytest.mark.parametrize(
    "said",
    [
        "1. Open Settings, 2. press Export",
        "In 2026 use version 3.11.2 for 1,000 rows of 20 MB",
        "Your password is under Settings",
        "https://acme.test/help/how-to-export-your-subscriber-list",
        "the file how-to-export-your-subscriber-list.csv",
        "It costs 9 EUR a month, 90 EUR a year",
    ],
)
def test_what_explains_stays(said: str) -> None:
    assert mask(said, ["Tom Okafor", "The Support Team"]) == said


@given(st.text(max_size=300), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_can_be_masked(text: str, names: list[str]) -> None:
    assert isinstance(mask(text, names), str)


@given(st.from_regex(r"[a-z]{1,8}@[a-z]{1,8}\.test", fullmatch=True), st.text(max_size=40))
def test_no_mail_address_survives(address: str, around: str) -> None:
    assert address not in mask(f"{around} {address} {around}")
