"""Forwards and new mails: what leaves, what it does to tickets, and what comes back."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from pathlib import Path

import pytest

from founder_inbox.app.queue import triage
from founder_inbox.app.queue.drafts import list_drafts
from founder_inbox.app.queue.tickets import Choice, list_tickets, view_ticket
from founder_inbox.app.sending import outbox, outgoing
from founder_inbox.app.sending.draft_files import attach, attached
from founder_inbox.app.sending.outgoing import Words, begin_forward, begin_new, queue_outgoing
from founder_inbox.app.sending.people import complete_people
from founder_inbox.app.sending.send import deliver_due
from founder_inbox.app.syncing.sync import SyncReport
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.model import Status
from founder_inbox.core.tickets.facts import Role, Then
from founder_inbox.errors import BadInput, NotFound
from founder_inbox.store.people import known_people
from founder_inbox.system import clock
from tests.app.desk import EVE, Desk, mail
from tests.app.letters import letter
from tests.servers.account import Account
from tests.servers.dovecot import DovecotServer

OpenDesk = Callable[[str], Desk]
Sync = Callable[..., SyncReport]
NOTE = "Hi Kim,\n\nwhat do you make of this?\n\nAna"
TO_KIM = Words(NOTE, "Kim Books <kim@books.test>", "Fwd: Export")


@pytest.fixture
def desk(open_desk: OpenDesk) -> Desk:
    """Tom wrote twice."""
    fresh = open_desk("one")
    fresh.receive((3, mail("a")), (2, mail("b", refs="a", text="One more thing.")))
    return fresh


def only(desk: Desk) -> str:
    [ticket] = desk.all()
    return ticket.id


def bytes_of(desk: Desk, number: int) -> EmailMessage:
    parsed = message_from_bytes(outbox.item_named(desk.ws.store, number).mime, policy=modern)
    assert isinstance(parsed, EmailMessage)
    return parsed


def test_a_forward_carries_the_whole_ticket_as_text_below_the_note(desk: Desk) -> None:
    begun = begin_forward(desk.ws, desk.ticket(only(desk)), desk.now)
    item = queue_outgoing(desk.ws, begun.mail, TO_KIM, desk.now)

    sent = bytes_of(desk, item.id)
    text = sent.get_content().replace("\r\n", "\n")
    assert sent["To"] == "Kim Books <kim@books.test>"
    assert (sent["Subject"], sent["In-Reply-To"]) == ("Fwd: Export", None)
    assert text.startswith("Hi Kim,\n\nwhat do you make of this?\n\nAna\n\n----------")
    assert text.index("Words of a") < text.index("One more thing.")
    assert text.count("From: Tom Okafor <tom@okafor.test>") == 2
    assert item.recipients == ("kim@books.test",)


def test_one_mail_can_be_forwarded_alone(desk: Desk) -> None:
    ticket = desk.ticket(only(desk))
    row = outgoing.mail_numbered(desk.ws, ticket, 2)
    begun = begin_forward(desk.ws, ticket, desk.now, message=row)

    assert "One more thing." in begun.quoted
    assert "Words of a" not in begun.quoted
    with pytest.raises(NotFound, match="so there is no mail 3"):
        outgoing.mail_numbered(desk.ws, ticket, 3)


def test_internal_notes_and_the_teams_mails_are_never_forwarded(desk: Desk) -> None:
    triage.add_note(desk.ws, desk.ticket(only(desk)), "He is rude, and a friend.", desk.now)
    desk.receive(
        (1, mail("v", refs="a", sender="Vlad <vlad@acme.test>", text="Between us: he is rude."))
    )

    assert "rude" not in begin_forward(desk.ws, desk.ticket(only(desk)), desk.now).quoted


def test_a_forward_changes_nothing_in_its_ticket_and_stands_in_its_history(desk: Desk) -> None:
    before = desk.ticket(only(desk)).state
    begun = begin_forward(desk.ws, desk.ticket(only(desk)), desk.now)
    queue_outgoing(desk.ws, begun.mail, TO_KIM, desk.tick())

    after = desk.ticket(only(desk)).state
    assert (after.status, after.waiting_since) == (before.status, before.waiting_since)
    history = desk.view(only(desk)).history
    assert any("forwarded to Kim Books" in entry.text for entry in history)


def test_the_customer_is_not_who_a_forward_goes_to(desk: Desk) -> None:
    begun = begin_forward(desk.ws, desk.ticket(only(desk)), desk.now)
    to_tom = Words(NOTE, "TOM@okafor.test", "Fwd: Export")

    assert "is this ticket's customer" in " ".join(
        outgoing.preview_outgoing(desk.ws, begun.mail, to_tom, desk.now).problems
    )
    with pytest.raises(BadInput, match="customer"):
        queue_outgoing(desk.ws, begun.mail, to_tom, desk.now)
    assert outbox.list_outbox(desk.ws.store) == []


def test_a_forward_taken_back_is_a_draft_again_with_people_words_and_files(
    desk: Desk, tmp_path: Path
) -> None:
    ticket = only(desk)
    begun = begin_forward(desk.ws, desk.ticket(ticket), desk.now)
    (tmp_path / "log.txt").write_text("words")
    attach(desk.ws, begun.mail.draft, str(tmp_path / "log.txt"), desk.now)
    queue_outgoing(desk.ws, begun.mail, TO_KIM, desk.tick())

    undone = triage.undo(desk.ws, desk.tick())
    again = begin_forward(desk.ws, desk.ticket(ticket), desk.tick())

    assert undone.words == "Taken back: the forward; it is a draft again"
    assert again.mail.id == begun.mail.id
    assert again.words == TO_KIM
    assert [file.name for file in again.files] == ["log.txt"]
    assert desk.view(ticket).draft is None


def test_the_customers_files_go_along_and_can_be_taken_off(open_desk: OpenDesk) -> None:
    desk = open_desk("files")
    raw = EmailMessage()
    raw["From"], raw["To"], raw["Subject"] = "Tom <tom@okafor.test>", "support@acme.test", "Log"
    raw["Message-ID"] = "<log@okafor.test>"
    raw.set_content("Here is the log.")
    raw.add_attachment(b"error 7", maintype="text", subtype="plain", filename="log.txt")
    desk.receive((1, raw.as_bytes()))

    begun = begin_forward(desk.ws, desk.ticket(only(desk)), desk.now)
    item = queue_outgoing(desk.ws, begun.mail, TO_KIM, desk.now)

    assert [(file.name, file.size) for file in begun.files] == [("log.txt", 7)]
    assert "Files: log.txt" in begun.quoted
    [part] = bytes_of(desk, item.id).iter_attachments()
    assert part.get_content().strip() == "error 7"


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ("", "There is no one to send this to"),
        ("kim", "“kim” is not a mail address"),
        ("kim@books.test, nobody", "“nobody” is not a mail address"),
        ("kim@books..test", "can't be a mail domain"),
        (", ".join(f"p{n}@b.test" for n in range(51)), "more than 50"),
    ],
)
def test_a_line_that_names_nobody_is_said_and_nothing_leaves(
    desk: Desk, people: str, said: str
) -> None:
    begun = begin_new(desk.ws, desk.now)
    words = Words("Hi there,\n\nhow is it going?\n\nAna", people, "Hello")

    assert said in outgoing.preview_outgoing(desk.ws, begun.mail, words, desk.now).problems[0]
    with pytest.raises(BadInput):
        queue_outgoing(desk.ws, begun.mail, words, desk.now)


def test_a_new_mail_without_words_does_not_leave_and_one_without_a_subject_is_asked_about(
    desk: Desk,
) -> None:
    begun = begin_new(desk.ws, desk.now)
    empty = Words(begun.words.body, "kim@books.test", "Hello")
    bare = Words("Hi,\n\nlunch?\n\nAna", "kim@books.test", "")

    assert outgoing.preview_outgoing(desk.ws, begun.mail, empty, desk.now).problems
    seen = outgoing.preview_outgoing(desk.ws, begun.mail, bare, desk.now)
    assert (seen.problems, seen.reminder) == ((), "It has no subject.")


def test_drafts_of_several_new_mails_stand_side_by_side(desk: Desk) -> None:
    first = begin_new(desk.ws, desk.now)
    assert begin_new(desk.ws, desk.now).mail == first.mail
    outgoing.keep_outgoing(desk.ws, first.mail, Words("one", "kim@books.test", "A"), desk.now)
    second = begin_new(desk.ws, desk.now)
    outgoing.keep_outgoing(desk.ws, second.mail, Words("two"), desk.now)

    kept = outgoing.outgoing_named(desk.ws, first.mail.draft)
    assert kept is not None
    assert outgoing.go_on(desk.ws, kept).words == Words("one", "kim@books.test", "A")
    assert second.mail.id != first.mail.id
    outgoing.give_up(desk.ws, kept, desk.now)
    assert outgoing.outgoing_named(desk.ws, first.mail.draft) is None
    assert attached(desk.ws, first.mail.draft) == ()


def test_a_new_mail_taken_back_leaves_no_ticket_behind(desk: Desk) -> None:
    begun = begin_new(desk.ws, desk.now)
    words = Words("Hi Kim,\n\nlunch?\n\nAna", "kim@books.test", "Lunch")
    queue_outgoing(desk.ws, begun.mail, words, desk.tick())
    triage.undo(desk.ws, desk.tick())

    assert len(desk.all()) == 1
    assert outbox.list_outbox(desk.ws.store) == []
    kept = outgoing.outgoing_named(desk.ws, begun.mail.draft)
    assert kept is not None
    assert outgoing.go_on(desk.ws, kept).words == words


@pytest.fixture
def kim(dovecot: DovecotServer) -> Iterator[Account]:
    """Somebody with a mailbox on the same server."""
    with dovecot.user() as fresh:
        yield fresh


def test_a_new_mail_begins_a_ticket_that_waits_and_its_answer_comes_home(
    ws: Workspace, account: Account, kim: Account, sync: Sync
) -> None:
    begun = begin_new(ws, clock.now())
    words = Words("Hi Kim,\n\nlunch?\n\nAna", f"Kim <{kim.address}>", "Lunch")
    item = queue_outgoing(ws, begun.mail, words, clock.now(), hold=False)
    assert list_tickets(ws.store, Choice(everything=True), clock.now(), None) == []
    assert sync(ws).sent == 1

    [ticket] = list_tickets(ws.store, Choice(everything=True), clock.now(), None)
    assert (ticket.id, ticket.state.status) == (item.ticket, Status.WAITING)
    assert ticket.state.customer.address == kim.address
    assert ticket.state.subject == "Lunch"
    [received] = kim.messages()
    assert b"References" not in received.raw
    account.append(
        letter(
            "Re: Lunch",
            "Yes, at noon.",
            sender=f"Kim <{kim.address}>",
            message_id="<yes@kim.test>",
            references=item.message_id,
        ),
        at=clock.now() + timedelta(seconds=2),
    )
    sync(ws)
    [ticket] = list_tickets(ws.store, Choice(everything=True), clock.now(), None)
    assert (ticket.state.status, ticket.state.messages) == (Status.OPEN, 2)
    assert ws.store.rows("select 1 from outgoing") == []


def test_a_forward_that_left_is_internal_and_an_answer_to_it_comes_into_the_ticket(
    ws: Workspace, account: Account, kim: Account, sync: Sync
) -> None:
    account.append(letter(message_id="<one@okafor.test>"), at=clock.now() - timedelta(hours=1))
    sync(ws)
    [ticket] = list_tickets(ws.store, Choice(everything=True), clock.now(), None)
    begun = begin_forward(ws, ticket, clock.now())
    words = Words(NOTE, f"Kim <{kim.address}>", "Fwd: Export")
    item = queue_outgoing(ws, begun.mail, words, clock.now(), hold=False)
    sync(ws)
    sync(ws)

    [ticket] = list_tickets(ws.store, Choice(everything=True), clock.now(), None)
    assert (ticket.state.status, ticket.state.last_reply_at) == (Status.OPEN, None)
    roles = [entry.role for entry in view_ticket(ws.store, ticket).history if entry.number]
    assert roles == [Role.CUSTOMER, Role.INTERNAL]
    account.append(
        letter(
            "Re: Fwd: Export",
            "Looks fine to me.",
            sender=f"Kim <{kim.address}>",
            message_id="<kim@kim.test>",
            references=item.message_id,
        ),
        at=clock.now() + timedelta(seconds=2),
    )
    sync(ws)
    [ticket] = list_tickets(ws.store, Choice(everything=True), clock.now(), None)
    assert ticket.state.messages == 3
    assert ticket.state.customer.address != kim.address


def test_people_are_found_by_any_word_of_name_or_address_the_last_heard_of_first(
    open_desk: OpenDesk,
) -> None:
    desk = open_desk("people")
    desk.receive(
        (9, mail("a", sender="Tom Okafor <tom@okafor.test>")),
        (5, mail("e", sender=EVE)),
        (3, mail("t", "Other", sender="Tomás Vega <tv@vega.test>")),
    )

    def found(typed: str) -> list[str]:
        return [person.address for person in complete_people(desk.ws, typed)]

    assert found("to") == ["tv@vega.test", "tom@okafor.test"]
    assert found("x@y.test, oka") == ["tom@okafor.test"]
    assert found("tom ok") == ["tom@okafor.test"]
    assert found("vla") == ["vlad@acme.test"]
    assert found("") == found("zz") == found('" OR *') == found("support") == []
    assert known_people(desk.ws.store, "\0\ud800") == []


def test_then_of_a_new_mail_can_be_closed(desk: Desk) -> None:
    begun = begin_new(desk.ws, desk.now)
    words = Words("Hi Kim,\n\nall is well.\n\nAna", "kim@books.test", "News")
    item = queue_outgoing(desk.ws, begun.mail, words, desk.now, then=Then.CLOSE)

    assert item.then is Then.CLOSE
    assert deliver_due(desk.ws, lambda: desk.now).sent == 0


def test_an_address_beyond_ascii_is_written_as_it_is(desk: Desk) -> None:
    begun = begin_new(desk.ws, desk.now)
    words = Words("Hallo Jörg,\n\nalles gut.\n\nAna", "Jörg <jörg@bücher.test>", "Hallo")
    item = queue_outgoing(desk.ws, begun.mail, words, desk.now)

    assert item.recipients == ("jörg@xn--bcher-kva.test",)
    assert "<jörg@xn--bcher-kva.test>".encode() in item.mime


def test_a_draft_of_any_kind_survives_a_kill_right_after_it_was_kept(
    desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "log.txt").write_text("words")
    script = f"""
import os, signal
from founder_inbox.app.sending.draft_files import attach
from founder_inbox.app.sending.outgoing import Words, begin_new, keep_outgoing
from founder_inbox.app.sending.reply import keep_draft
from founder_inbox.app.queue.tickets import find_ticket
from founder_inbox.app.workspace import open_workspace
from founder_inbox.system import clock
with open_workspace({str(desk.ws.paths.config)!r}) as ws:
    keep_draft(ws, find_ticket(ws.store, {only(desk)!r}), "Hi Tom, soon", clock.now())
    begun = begin_new(ws, clock.now())
    keep_outgoing(ws, begun.mail, Words("Lunch?", "kim@books.test", "Lunch"), clock.now())
    attach(ws, begun.mail.draft, {str(tmp_path / "log.txt")!r}, clock.now())
    os.kill(os.getpid(), signal.SIGKILL)
"""
    ended = subprocess.run([sys.executable, "-c", script], check=False)

    found = {draft.kind: draft for draft in list_drafts(desk.ws)}
    assert ended.returncode == -signal.SIGKILL
    assert found["reply"].body == "Hi Tom, soon"
    assert (found["new"].people, found["new"].subject) == ("kim@books.test", "Lunch")
    assert (found["new"].body, found["new"].files) == ("Lunch?", 1)
