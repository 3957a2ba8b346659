"""Which ticket a mail comes into, with a real database: joined, kept apart, suggested."""

import base64
from collections.abc import Callable
from typing import Any

import pytest

from founder_inbox.app.reading.placement import UNPROVEN
from founder_inbox.app.reading.rereading import read_anew
from founder_inbox.app.sending import reply
from founder_inbox.app.sending.send import _accepted
from founder_inbox.core.letters.own_ids import OwnKind, own_id
from founder_inbox.core.model import Status
from founder_inbox.core.tickets.belonging import Belonging
from founder_inbox.core.tickets.identity import ticket_id
from founder_inbox.store.settings import ticket_secret_of
from tests.app.desk import EVE, TOM, Desk, mail
from tests.app.letters import letter

A = ticket_id("<a1@x.test>")
FAILED = "mx.acme.test; spf=fail; dmarc=fail header.from=evil.test"
WORDS = "Please take the second column out of the export and try once more after lunch."


@pytest.fixture
def desk(open_desk: Callable[[str], Desk]) -> Desk:
    """Tom's ticket, which begins with one mail."""
    made = open_desk("one")
    made.receive((30, mail("a1", "Export is empty")))
    return made


def answer(desk: Desk, words: str = WORDS) -> None:
    """We answer Tom, and the mail leaves."""
    text = f"Hi Tom,\n\n{words}\n\nAna"
    item = reply.queue_reply(desk.ws, desk.ticket(A), text, desk.tick())
    with desk.ws.store.write():
        _accepted(desk.ws, item, desk.tick(), copy=False)
        desk.ws.store.run("update outbox set state = 'sent'")


def signed(desk: Desk, ticket: str = A, secret: bytes = b"") -> str:
    key = secret or ticket_secret_of(desk.ws.store)
    return own_id(OwnKind.REPLY, ticket, key, "acme.test")


@pytest.mark.parametrize("field", ["References", "In-Reply-To"])
def test_our_signed_id_brings_an_answer_home_where_all_else_is_gone(desk: Desk, field: str) -> None:
    headers: dict[str, Any] = {field.replace("-", "_"): signed(desk)}
    desk.receive((1, letter("Quite new", sender=EVE, message_id="<e@x.test>", **headers)))

    assert desk.mails() == {A: ["a1", "e"]}


def test_an_id_of_our_form_that_we_did_not_sign_is_like_any_other(desk: Desk) -> None:
    forged = signed(desk, secret=b"guessed")
    desk.receive((1, letter("Hi", sender=EVE, message_id="<e@x.test>", references=forged)))

    assert desk.mails()[A] == ["a1"]


def test_exchanges_original_id_counts_like_a_reference(desk: Desk) -> None:
    headers: dict[str, Any] = {"X_Microsoft_Original_Message_ID": "<a1@x.test>"}
    desk.receive((1, letter("Hi", sender=EVE, message_id="<e@x.test>", **headers)))

    assert desk.mails() == {A: ["a1", "e"]}


def test_outlook_without_references_finds_its_own_conversation_and_nobody_elses(
    desk: Desk,
) -> None:
    def outlook(name: str, more: bytes, sender: str = TOM) -> bytes:
        index = base64.b64encode(bytes(range(22)) + more).decode()
        headers: dict[str, Any] = {"Thread_Topic": "Invoice", "Thread_Index": index}
        return letter("Invoice", sender=sender, message_id=f"<{name}@x.test>", **headers)

    desk.receive(
        (9, outlook("o1", b"")), (8, outlook("o2", b"12345")), (7, outlook("e1", b"12345", EVE))
    )

    assert desk.mails()[ticket_id("<o1@x.test>")] == ["o1", "o2"]
    assert desk.mails()[ticket_id("<e1@x.test>")] == ["e1"]


def test_mails_about_one_jira_issue_are_one_ticket(desk: Desk) -> None:
    ids = ["JIRA.1.1446902881000.65.14474", "JIRA.1.1446902881000.99.14475"]
    for hours, id_ in zip((3, 2), ids, strict=True):
        name = f"<{id_}@Atlassian.JIRA>"
        desk.receive((hours, letter(f"[J-1] {id_}", sender=EVE, message_id=name)))

    assert sorted(map(len, desk.mails().values())) == [1, 2]


def test_the_same_subject_joins_an_answer_by_its_mark_or_by_our_words_in_it(desk: Desk) -> None:
    answer(desk)
    quoting = f"Done, still empty.\n\nOn Monday Ana wrote:\n> {WORDS}\n"
    desk.receive(
        (0.3, mail("a2", "Re: Export is empty")),
        (0.2, mail("a3", "Export is empty", text=quoting)),
        (0.1, mail("b1", "Export is empty", text="And here is another thing.")),
    )

    # Our own answer goes by an id of chance.
    assert [name for name in desk.mails()[A] if len(name) == 2] == ["a1", "a2", "a3"]
    assert desk.mails()[ticket_id("<b1@x.test>")] == ["b1"]


def test_an_empty_subject_and_another_sender_never_join(desk: Desk) -> None:
    desk.receive(
        (9, mail("n1", "")),
        (8, mail("n2", "Re: ")),
        (7, mail("e1", "Re: Export is empty", sender=EVE)),
    )

    assert sorted(map(len, desk.mails().values())) == [1, 1, 1, 1]


def test_mails_of_a_contact_form_are_tickets_of_those_who_filled_it_in(desk: Desk) -> None:
    form = "Acme form <no-reply@forms.test>"
    for name, person in (("f1", "ida@ida.test"), ("f2", "bo@bo.test"), ("f3", "ida@ida.test")):
        raw = letter("Re: Your site", sender=form, message_id=f"<{name}@x.test>", Reply_To=person)
        desk.receive((5, raw))

    customers = {t.id: t.state.customer.address for t in desk.all()}
    assert len(customers) == 4
    assert [customers[ticket_id(f"<f{n}@x.test>")] for n in (1, 2)] == [
        "ida@ida.test",
        "bo@bo.test",
    ]
    desk.receive((1, mail("i2", "Re: Your site", refs="f1", sender="ida@ida.test")))
    assert not any(e.new_sender for e in desk.view(ticket_id("<f1@x.test>")).history)


def test_a_mail_without_an_id_is_one_mail_however_often_it_comes(desk: Desk) -> None:
    raw = (
        b"From: eve@evil.test\r\nSubject: No id\r\nDate: Mon, 23 Nov 2026 08:00:00 +0000\r\n\r\nHi"
    )
    desk.receive((3, raw))
    desk.receive((3, raw), (2, raw))
    desk.receive((1, raw + b" there"))

    assert [t.state.messages for t in desk.all() if t.state.subject == "No id"] == [1, 1]


def test_one_id_with_another_text_is_another_mail_of_the_same_ticket(desk: Desk) -> None:
    desk.receive((3, mail("a1", "Export is empty", text="Something else")))

    assert desk.mails() == {A: ["a1", "a1"]}


def test_somebody_else_who_answers_is_in_the_ticket_and_named_as_new_there(desk: Desk) -> None:
    desk.receive((3, mail("e1", "Re: Export is empty", refs="a1", sender=EVE)))
    history = desk.view(A).history

    assert [entry.new_sender for entry in history] == [False, True]
    assert "eve@evil.test is new in this ticket." in history[1].warnings
    assert desk.ticket(A).state.customer.address == "tom@okafor.test"


@pytest.mark.parametrize("by", ["token", "id"])
def test_an_unknown_sender_without_proof_is_not_joined_but_suggested(desk: Desk, by: str) -> None:
    named = signed(desk) if by == "token" else "<a1@x.test>"
    raw = letter(
        "Re: Export is empty",
        sender=EVE,
        message_id="<e1@x.test>",
        references=named,
        Authentication_Results=FAILED,
    )
    desk.receive((3, raw))
    alone = ticket_id("<e1@x.test>")

    assert desk.mails() == {A: ["a1"], alone: ["e1"]}
    view = desk.view(alone)
    assert view.belongs_to == Belonging(A, "it answers a mail there, unproven")
    assert UNPROVEN in view.history[0].warnings
    desk.receive((2, mail("e2", refs="a1 e1", sender=EVE)))
    assert desk.mails() == {A: ["a1"], alone: ["e1", "e2"]}


def test_what_was_kept_apart_stays_so_when_it_is_read_anew(desk: Desk) -> None:
    raw = mail("e1", refs="a1 b7", sender=EVE)
    desk.receive((3, b"Authentication-Results: " + FAILED.encode() + b"\r\n" + raw))
    desk.ws.store.run("update raw set parser = 0")
    read_anew(desk.ws, desk.tick())
    desk.receive((2, mail("b7", "Another matter")))

    alone = ticket_id("<e1@x.test>")
    assert desk.mails() == {A: ["a1"], alone: ["e1"], ticket_id("<b7@x.test>"): ["b7"]}
    assert UNPROVEN in desk.view(alone).history[0].warnings


def test_who_is_known_in_the_ticket_needs_no_proof(desk: Desk) -> None:
    copied = letter(
        "Re: Export is empty", message_id="<a2@x.test>", references="<a1@x.test>", Cc=EVE
    )
    desk.receive((5, copied))
    for name, sender in (("a3", TOM), ("e1", EVE)):
        raw = mail(name, refs="a1", sender=sender)
        desk.receive((3, b"Authentication-Results: " + FAILED.encode() + b"\r\n" + raw))

    assert desk.mails() == {A: ["a1", "a2", "a3", "e1"]}


def test_a_new_ticket_that_quotes_us_is_suggested_for_the_ticket_we_wrote_that_in(
    desk: Desk,
) -> None:
    answer(desk)
    text = f"Tom showed me this:\n\nOn Monday Ana wrote:\n> {WORDS}\n\nWhich column?\n"
    desk.receive((0.1, mail("e1", "A question", sender=EVE, text=text)))
    fresh = ticket_id("<e1@x.test>")

    assert desk.ticket(A).state.status is Status.WAITING
    assert desk.view(fresh).belongs_to == Belonging(A, "it quotes what you wrote there")
    desk.merge(fresh, A, different=True)
    assert desk.view(A).belongs_to is None


def test_what_we_wrote_alike_in_several_tickets_points_to_none(desk: Desk) -> None:
    desk.receive((20, mail("b1", "Other export", sender="Bo <bo@bo.test>")))
    answer(desk)
    item = reply.queue_reply(
        desk.ws, desk.ticket(ticket_id("<b1@x.test>")), f"Hi Bo,\n\n{WORDS}\n\nAna", desk.tick()
    )
    with desk.ws.store.write():
        _accepted(desk.ws, item, desk.tick(), copy=False)
    text = f"Look:\n\nOn Monday Ana wrote:\n> {WORDS}\n"
    desk.receive((0.1, mail("e1", "A question", sender=EVE, text=text)))

    assert desk.view(ticket_id("<e1@x.test>")).belongs_to is None
