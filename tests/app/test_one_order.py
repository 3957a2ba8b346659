"""Mails of one second stand in one order, and what is done shows at once, on every machine."""

from collections.abc import Callable
from datetime import timedelta

from founder_inbox.app.queue import triage
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
