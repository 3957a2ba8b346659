"""Handing a ticket to the teammate, and taking it back."""

from collections.abc import Iterator

import click

from founder_inbox.app.hours.door import door_now, opening_words, require_open
from founder_inbox.app.queue import triage
from founder_inbox.app.queue.levels import level_one
from founder_inbox.app.queue.tickets import find_ticket, load_tickets
from founder_inbox.app.sending.hand_off import hand_off, teammate_for
from founder_inbox.app.sending.outbox import list_outbox
from founder_inbox.app.sending.saving_replies import answered_one
from founder_inbox.app.workspace import Workspace
from founder_inbox.cli.arguments import answer_changed, ticket_argument
from founder_inbox.cli.context import answer, data_command, is_interactive, workspace
from founder_inbox.cli.delivery import INTERRUPTED, deliver, hold, outcome
from founder_inbox.cli.plain import Json
from founder_inbox.cli.shapes import item_shape, ticket_shape
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.levels import LevelOne, level_words
from founder_inbox.store.outbox import OutboxItem
from founder_inbox.system import clock


@data_command("handoff")
@click.argument("ticket", metavar="TICKET", required=False)
@click.option("--to", metavar="NAME", help="Another teammate than the one it would go to.")
@click.option("--note", metavar="TEXT", default="", help="Why; as last time if you leave it out.")
@click.option("--report", is_flag=True, help="Instead: what level one closed by itself.")
def handoff(ticket: str | None, to: str | None, note: str, report: bool) -> int:
    """Hand a ticket to your teammate: they get everything, the customer hears who will write.

    Outside your hours both mails wait for the next window. --report hands nothing off: it says
    how much was closed without a teammate in 30 days, and what is handed off most.
    """
    if report:
        return _report()
    if ticket is None:
        raise click.UsageError("Name the ticket, or ask for the --report.")
    with workspace() as ws:
        found = find_ticket(ws.store, ticket)
        name = teammate_for(ws, found, to).name
        items = _hand_off(ws, found, note, to)
        door = door_now(ws, clock.now())
        trouble = None
        if door.is_open:
            if items and not hold(items[0].not_before, lambda: triage.undo(ws, clock.now()).words):
                return INTERRUPTED
            items, trouble = deliver(ws, [item.id for item in items])
            words, code = outcome(ws, items, trouble)
        else:
            opening = opening_words(ws, door, clock.now())
            words, code = f"The mails leave when support opens: {opening}.", 0
        answer(
            lambda: _shape(ws, found, items),
            lambda: f"#{found.id} handed to {name}.\n{words}",
        )
        return code


@data_command("takeback")
@ticket_argument
@click.option("--note", metavar="TEXT", default="", help="A note with it; at level two the advice.")
def takeback(ticket: str, note: str) -> None:
    """Take a handed-off ticket back into your queue; at level two send it back with advice."""
    with workspace() as ws:
        found = find_ticket(ws.store, ticket)
        require_open(ws, clock.now())
        triage.take_back(ws, found, clock.now(), note)
        said = "is yours again" if ws.config.level == 1 else "is back at level one"
        answer_changed(ws, [found], said)


def _report() -> int:
    with workspace() as ws:
        found = level_one(ws, clock.now())
        nothing = "Nothing was closed or handed off in 30 days."
        answer(
            lambda: {
                "closed": found.closed,
                "alone": found.alone,
                "share": found.share,
                "target": found.target,
                "handed_most": [
                    {
                        "topic": m.topic,
                        "tickets": m.tickets,
                        "write_reply": m.write_reply,
                        "ids": [*m.ids],
                    }
                    for m in found.handed_most
                ],
            },
            lambda: "\n".join([*level_words(found), *_how_to_write(ws, found)]) or nothing,
        )
    return 0


def _how_to_write(ws: Workspace, found: LevelOne) -> Iterator[str]:
    """The command for each topic that has an answer worth keeping."""
    for most in found.handed_most:
        if most.write_reply and (ticket := answered_one(ws, most.ids)):
            yield f"founder-inbox replies save {ticket.id} --name {most.topic} keeps your answer."


def _hand_off(ws: Workspace, ticket: Ticket, note: str, to: str | None) -> list[OutboxItem]:
    """Hand off; the mails that came of it, in the order written."""
    before = {item.id for item in list_outbox(ws.store)}
    hand_off(ws, ticket, note, clock.now(), to, hold=is_interactive())
    return [i for i in list_outbox(ws.store) if i.id not in before and i.ticket == ticket.id]


def _shape(ws: Workspace, ticket: Ticket, items: list[OutboxItem]) -> dict[str, Json]:
    [now] = load_tickets(ws.store, [ticket.key])
    return ticket_shape(now) | {"outbox": [item_shape(item) for item in items]}
