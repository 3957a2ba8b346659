"""Mails of one second stand in one order, and what is done shows at once, on every machine."""

from collections.abc import Callable
from datetime import timedelta

from founder_inbox.app.queue import triage
from founder_inbox.app.reading.intake import take_in_all
from founder_inbox.core.letters.own_ids import OwnKind, own_id
from founder_inbox.core.sync.mailbox import Fetched, Flags
from founder_inbox.store import mailboxes
from tests.app.desk import NOW, Desk
from tests.app.letters import letter


def test_mails_of_one_second_stand_in_the_same_order_whoever_took_them_in(
    open_desk: Callable[[str], Desk],
) -> None:
    first = letter(message_id="<a@x.test>", date=NOW - timedelta(minutes=3))
    late = letter(message_id="<b@x.test>", references="<a@x.test>")
    between = letter(
        message_id="<c@x.test>", references="<a@x.test>", date=NOW - timedelta(minutes=1)
    )
    ours = letter(message_id="<d@x.test>", references="<a@x.test> <b@x.test>", date=NOW)
    shown = []
    for number, mails in enumerate(([first, late, between, ours], [ours, between, first, late])):
        desk = open_desk(f"machine{number}")
        for raw in mails:
            desk.receive((1, raw))
        [ticket] = desk.all()
        shown.append([entry.message_id for entry in desk.view(ticket.id).history])

    assert shown == [["<a@x.test>", "<c@x.test>", "<b@x.test>", "<d@x.test>"]] * 2


def test_a_ticket_that_is_closed_unread_is_read_at_once(open_desk: Callable[[str], Desk]) -> None:
    desk = open_desk("machine")
    desk.receive((1, letter()))
    [ticket] = desk.all()

    triage.close(desk.ws, [ticket], desk.tick())

    assert ticket.state.unread
    assert not desk.ticket(ticket.id).state.unread


def test_what_another_machine_signed_and_sent_is_in_its_ticket_here(
    open_desk: Callable[[str], Desk],
) -> None:
    desk = open_desk("machine")
    desk.receive((2, letter()))
    [ticket] = desk.all()
    signed = own_id(OwnKind.HAND_OFF, ticket.id, b"the secret of another machine", "acme.test")
    sent = letter(
        f"[hand-off #{ticket.id}] Export is empty",
        "Can you look?",
        sender="Ana <support@acme.test>",
        to="dan@acme.test",
        message_id="<h1@acme.test>",
        references=signed,
    )

    desk.receive((1, sent), role="sent")

    assert [one.id for one in desk.all()] == [ticket.id]
    assert desk.ticket(ticket.id).state.messages == 2


def test_nobody_else_gets_into_a_ticket_by_such_a_signature(
    open_desk: Callable[[str], Desk],
) -> None:
    desk = open_desk("machine")
    desk.receive((2, letter()))
    [ticket] = desk.all()
    forged = own_id(OwnKind.HAND_OFF, ticket.id, b"no secret of ours", "acme.test")

    desk.receive((1, letter("Mine", sender="eve@evil.test", message_id="<e@evil.test>",
                            references=forged)))  # fmt: skip

    assert len(desk.all()) == 2
    assert desk.ticket(ticket.id).state.messages == 1


def test_a_mail_of_ours_is_from_when_its_copy_arrived(open_desk: Callable[[str], Desk]) -> None:
    desk = open_desk("machine")
    store = desk.ws.store
    ours = letter(
        sender="Ana <support@acme.test>", to="tom@okafor.test", message_id="<o@acme.test>"
    )
    kept = mailboxes.add_raw(store, ours, NOW)
    take_in_all(desk.ws, NOW)
    store.run("update message set direction = 'out'")  # as the one who sends it files it
    flags = Flags(seen=True, answered=False, flagged=False)
    sent = mailboxes.add_mailbox(store, "Sent", "sent", 1)
    for uid, minutes in ((1, 5), (2, 9)):
        arrived = NOW - timedelta(minutes=minutes)
        mailboxes.add_fetched(store, sent, [Fetched(uid, ours, len(ours), arrived, flags)])

    [row] = store.rows(
        "select raw.id, received_at, at from raw join message on message = message.id"
    )
    assert tuple(row) == (kept, "2026-11-23T09:10:00Z", "2026-11-23T09:10:00Z")
