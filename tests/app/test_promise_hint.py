"""Promises in mails that were not written here: from a phone, or a new mail of ours."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from founder_inbox.app.queue import triage
from founder_inbox.app.queue.promises import add_promise, list_promises, promises_in
from founder_inbox.app.sending.outgoing import Words, begin_new, preview_outgoing, queue_outgoing
from founder_inbox.app.sending.writing import OutgoingWriting
from founder_inbox.core.hours.when import When
from founder_inbox.store.events import last_events
from tests.app.desk import Desk, mail
from tests.app.letters import letter

US = "Ana from Acme <support@acme.test>"
PHONE = "Hi Tom,\n\nI will send you the file by Friday.\n\nAna"


def from_phone(text: str = PHONE, name: str = "p") -> bytes:
    return letter(
        "Re: Export",
        text,
        sender=US,
        to="tom@okafor.test",
        message_id=f"<{name}@phone.test>",
        references="<a@x.test>",
    )


@pytest.fixture
def desk(open_desk: Callable[[str], Desk]) -> Desk:
    fresh = open_desk("one")
    fresh.receive((3, mail("a")))
    return fresh


def test_a_date_in_a_mail_from_the_phone_is_named_and_kept_after_a_yes(desk: Desk) -> None:
    desk.receive((2, from_phone()), role="sent")
    [ticket] = desk.all()
    hint = desk.view(ticket.id).promise_hint
    assert hint is not None
    assert hint.words == "by Friday"
    assert ticket.state.promises == ()

    add_promise(desk.ws, ticket, When(hint.due, "Friday"), desk.tick(), hint)
    [kept] = list_promises(desk.ws.store)
    assert (kept.promise.words, kept.promise.due) == ("by Friday", hint.due)
    assert desk.view(ticket.id).promise_hint is None
    triage.undo(desk.ws, desk.tick())
    assert desk.view(ticket.id).promise_hint == hint


def test_a_later_mail_from_the_phone_keeps_it(desk: Desk) -> None:
    desk.receive((2, from_phone()), role="sent")
    [ticket] = desk.all()
    hint = desk.view(ticket.id).promise_hint
    assert hint is not None
    add_promise(desk.ws, ticket, When(hint.due, "Friday"), desk.tick(), hint)
    desk.receive((1, from_phone("Here it is.\n\nAna", "q")), role="sent")

    assert list_promises(desk.ws.store) == []
    assert desk.view(ticket.id).promise_hint is None


@pytest.mark.parametrize("text", ["Here it is.\n\nAna", "I'll get back to you.\n\nAna"])
def test_a_mail_without_a_date_asks_nothing(desk: Desk, text: str) -> None:
    desk.receive((2, from_phone(text)), role="sent")
    [ticket] = desk.all()

    assert desk.view(ticket.id).promise_hint is None


def test_what_is_closed_asks_nothing(desk: Desk) -> None:
    desk.receive((2, from_phone()), role="sent")
    [ticket] = desk.all()
    triage.close(desk.ws, [ticket], desk.tick())

    assert desk.view(ticket.id).promise_hint is None


def test_a_new_mail_that_promises_is_asked_about_and_undone_whole(desk: Desk) -> None:
    begun = begin_new(desk.ws, desk.now)
    words = Words("Hi Kim,\n\nI will send it by Friday.\n\nAna", "kim@books.test", "The file")
    found = preview_outgoing(desk.ws, begun.mail, words, desk.now).promises
    assert [promise.words for promise in found] == ["by Friday"]
    assert promises_in(desk.ws, words.body, desk.now + timedelta(days=7)) != found

    writing = OutgoingWriting(begun.mail).promising(found)
    item = queue_outgoing(desk.ws, writing.mail, words, desk.tick(), promises=writing.promises)
    kinds = [(event.kind, event.ticket) for event in last_events(desk.ws.store, 2)]
    assert kinds == [("promised", item.ticket), ("queued", item.ticket)]
    triage.undo(desk.ws, desk.tick())
    [undone] = last_events(desk.ws.store, 1)
    assert len(undone.data["events"] or ()) == 2  # type: ignore[arg-type]
