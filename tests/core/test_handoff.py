"""The hand-off: a mail that needs no tool, never to the customer, and the way back."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern

import pytest

from founder_inbox.core.letters.canned import parse_reply
from founder_inbox.core.letters.compose import Draft, build, check
from founder_inbox.core.letters.handoff import (
    Author,
    Entry,
    Promise,
    TicketFacts,
    brief,
    by_when,
    check_recipients,
    hand_off_mark,
    introduction,
    subject_for,
)
from founder_inbox.core.letters.own_ids import OwnKind, own_id
from founder_inbox.core.model import Address
from founder_inbox.errors import BadInput, NotFound

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
ANA = Address("Ana Ruiz", "ana@ruiz.studio")
VLAD = Address("Vlad", "vlad@acme.test")
KEY = b"k" * 32


def facts(**changes: object) -> TicketFacts:
    known: dict[str, object] = {
        "id": "k7f3q2d",
        "subject": "Charged twice",
        "customer": ANA,
        "known": ("customer since 2024", "3 tickets"),
        "wants": "I was charged twice in November.\nPlease refund one.",
        "tried": ("looked at the invoice",),
        "promised": (Promise("an answer", NOW + timedelta(days=1)),),
        "entries": (
            Entry(NOW, Author.US, "Vera", "I am looking.", ()),
            Entry(NOW - timedelta(hours=2), Author.CUSTOMER, "Ana Ruiz", "Charged!", ("bill.pdf",)),
            Entry(NOW, Author.NOTE, "Vera", "Stripe shows two."),
        ),
    }
    return TicketFacts(**{**known, **changes})  # type: ignore[arg-type]  # a builder for tests


def written(**changes: object) -> str:
    return brief(
        facts(**changes), "needs the payment login", "Vlad", "Vera", "support@acme.test"
    ).body


def test_the_teammate_can_answer_from_the_mail_alone() -> None:
    mail = brief(facts(), "needs the payment login", "Vlad", "Vera", "support@acme.test")

    assert mail.subject == "[hand-off #k7f3q2d] Charged twice"
    for expected in (
        "Hi Vlad,",
        "needs the payment login",
        "Ana Ruiz <ana@ruiz.studio>",
        "- customer since 2024",
        "    Please refund one.",
        "- looked at the invoice",
        "- 2026-11-21 09:00: an answer",
        "write to ana@ruiz.studio with support@acme.test in copy",
        "2026-11-20 07:00, Ana Ruiz wrote:",
        "2026-11-20 09:00, Vera noted (internal):",
        "Attached: bill.pdf",
    ):
        assert expected in mail.body
    assert mail.body.index("Charged!") < mail.body.index("I am looking.")


def test_what_is_not_known_has_no_empty_heading() -> None:
    body = written(tried=(), promised=(), wants=" ")

    assert "Tried so far" not in body
    assert "Promised" not in body
    assert "in their words" not in body


def test_a_very_long_message_is_shortened_and_says_so() -> None:
    body = written(entries=(Entry(NOW, Author.CUSTOMER, "Ana", "x" * 50_000),))

    assert len(body) < 25_000
    assert "shortened" in body


def test_a_hand_off_needs_a_reason() -> None:
    with pytest.raises(BadInput, match="why"):
        brief(facts(), "  ", "Vlad", "Vera", "support@acme.test")


def test_the_mail_leaves_and_is_read_as_it_was_written() -> None:
    mail = brief(facts(wants="{{7*7}}?\n> “ja”"), "why", "Vlad", "Vera", "support@acme.test")
    draft = Draft(
        sender=Address("", "support@acme.test"), to=(VLAD,), subject=mail.subject, body=mail.body
    )
    check(draft, written="why")

    raw = build(draft, "<0123456789abcdef@acme.test>", NOW)

    message = message_from_bytes(raw, policy=modern)
    assert isinstance(message, EmailMessage)
    assert message["Subject"] == mail.subject
    assert message.get_content().replace("\r\n", "\n") == mail.body


CUSTOMERS = ["other@x.example", "ana@ruiz.studio", "bea@münchen.example", "carl@gmail.com"]


@pytest.mark.parametrize(
    "address",
    [
        "ana@ruiz.studio",
        "ANA@Ruiz.Studio",
        "ana+private@ruiz.studio",
        "bea@münchen.example",
        "Bea+x@XN--MNCHEN-3YA.example",
        "c.a.r.l@googlemail.com",
    ],
)
def test_the_customer_never_gets_the_internal_mail(address: str) -> None:
    with pytest.raises(BadInput, match="is the customer"):
        check_recipients([VLAD, Address("Vlad", address)], CUSTOMERS)


def test_the_team_may_get_it() -> None:
    check_recipients([VLAD], ["ana@ruiz.studio"])


def test_an_answer_is_recognised_by_our_genuine_id_whatever_the_subject_says() -> None:
    ours = own_id(OwnKind.HAND_OFF, "k7f3q2d", KEY, "acme.test")

    mark = hand_off_mark("[hand-off #0000000] x", ["<a@b>", ours], KEY)

    assert mark is not None
    assert (mark.ticket, mark.proven) == ("k7f3q2d", True)


def test_a_forged_or_other_id_proves_nothing() -> None:
    forged = own_id(OwnKind.HAND_OFF, "k7f3q2d", b"guess", "acme.test")
    of_a_reply = own_id(OwnKind.REPLY, "k7f3q2d", KEY, "acme.test")

    assert hand_off_mark("Hello", [forged, of_a_reply], KEY) is None


@pytest.mark.parametrize(
    "subject",
    ["[hand-off #k7f3q2d] x", "Re: [hand-off #k7f3q2d] x", "AW: WG: [Hand-Off #K7F3Q2D]",
     "回复： [hand-off #k7f3q2d] x"],
)  # fmt: skip
def test_the_tag_in_front_names_the_ticket_unproven(subject: str) -> None:
    mark = hand_off_mark(subject, [], KEY)

    assert mark is not None
    assert (mark.ticket, mark.proven) == ("k7f3q2d", False)


@pytest.mark.parametrize(
    "subject",
    ["", "hand-off k7f3q2d", "please see [hand-off #k7f3q2d]", "[x] [hand-off #k7f3q2d]",
     "[hand-off #k7]", "a" * 5_000],
)  # fmt: skip
def test_a_tag_among_other_words_names_nothing(subject: str) -> None:
    assert hand_off_mark(subject, [], KEY) is None


def test_a_tag_that_a_customer_wrote_is_taken_off() -> None:
    assert subject_for("k7f3q2d", "Re: [hand-off #0000000] x") == "[hand-off #k7f3q2d] Re: x"


def intro(language: str, body: str) -> str:
    return f"---\nname: intro\nlanguage: {language}\n---\n{body}\n"


def test_the_customer_is_introduced_in_their_language_by_name_with_a_date() -> None:
    replies = [
        parse_reply(intro("en", "{{ teammate }} writes {{ ask.date: When? }}."), "intro.md"),
        parse_reply(intro("de", "{{ teammate }} schreibt {{ ask.date: Wann? }}."), "intro.de.md"),
    ]
    values = {"teammate": "Vlad", "ask.date": "Mittwoch"}

    assert introduction(replies, "de", values).text == "Vlad schreibt Mittwoch."
    assert introduction(replies, "fr", values).text == "Vlad writes Mittwoch."
    with pytest.raises(BadInput, match=r"ask\.date"):
        introduction(replies, "en", {"teammate": "Vlad"})
    with pytest.raises(NotFound):
        introduction([], "en", values)


def test_the_customer_is_told_a_day_two_working_days_ahead_that_skips_the_weekend() -> None:
    thursday = datetime(2026, 11, 19, 17, 0, tzinfo=UTC)
    monday = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    assert by_when(monday, "en") == "by 25 November 2026"
    assert by_when(thursday, "de") == "bis zum 23. November 2026"
