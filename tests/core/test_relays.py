"""Contact forms: who wrote what a machine's address sends."""

import pytest

from founder_inbox.core.model import Address
from founder_inbox.core.relays import is_relay, writer

TOM = Address("Tom", "tom@okafor.test")


@pytest.mark.parametrize(
    "sender",
    [
        "no-reply@acme.test",
        "wordpress@acme.test",
        "www-data@web7.hoster.test",
        "contact-form@acme.test",
        "Kontaktformular@acme.test",
        "forms@acme.test",
        "submissions@formspree.io",
        "formresponses@netlify.com",
    ],
)
def test_whoever_filled_in_a_form_is_the_writer(sender: str) -> None:
    assert writer(Address("Acme form", sender), [TOM]) == TOM


@pytest.mark.parametrize(
    ("sender", "reply_to"),
    [
        ("tom@work.test", [TOM]),
        ("no-reply@okafor.test", [TOM]),
        ("no-reply@acme.test", []),
        ("no-reply@acme.test", [TOM, Address("", "eve@evil.test")]),
        ("no-reply@acme.test", [Address("", "no-reply@other.test")]),
        ("no-reply@acme.test", [Address("", "nobody")]),
        ("formica@ants.test", [TOM]),
    ],
)
def test_a_person_or_a_machine_without_one_behind_it_is_the_writer_itself(
    sender: str, reply_to: list[Address]
) -> None:
    assert not is_relay(Address("", sender), reply_to)
    assert writer(Address("", sender), reply_to).address == sender
