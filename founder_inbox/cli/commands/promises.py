"""Promises: the dates you gave, the earliest first; one made elsewhere; one that is kept."""

import click

from founder_inbox.app.queue import promises as use
from founder_inbox.app.queue.promises import OpenPromise
from founder_inbox.app.queue.tickets import find_ticket
from founder_inbox.app.workspace import Workspace
from founder_inbox.cli.arguments import answer_changed
from founder_inbox.cli.context import answer, data_command, workspace
from founder_inbox.cli.shapes import open_promise_shape
from founder_inbox.cli.table import table, terminal_width
from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.time_words import describe_moment
from founder_inbox.core.hours.when import parse_when
from founder_inbox.system import clock


@data_command("promises")
@click.argument("act", type=click.Choice(["add", "keep"]), required=False)
@click.argument("ticket", required=False)
@click.argument("when", nargs=-1)
@click.pass_context
def promises(
    ctx: click.Context, act: str | None, ticket: str | None, when: tuple[str, ...]
) -> None:
    """What you promised, and when it is due.

    A promise in a reply is kept by your next one to that customer. promises add TICKET WHEN notes
    one that was made elsewhere; promises keep TICKET says that it is kept.
    """
    if (act is not None) != (ticket is not None) or (act == "add") != bool(when):
        ctx.fail("Write promises, promises add TICKET WHEN, or promises keep TICKET.")
    with workspace() as ws:
        if act is None or ticket is None:
            _list(ws)
            return
        found, now = find_ticket(ws.store, ticket), clock.now()
        if act == "add":
            moment = parse_when(" ".join(when), now, ws.hours.zone, ws.hours)
            use.add_promise(ws, found, moment, now)
            answer_changed(ws, [found], f"promised by {moment.words}")
        else:
            use.keep_promises(ws, found, now)
            answer_changed(ws, [found], "promise kept")


def _list(ws: Workspace) -> None:
    found, now = use.list_promises(ws.store), clock.now()

    def row(open_: OpenPromise) -> tuple[str, ...]:
        promise, state = open_.promise, open_.ticket.state
        due = describe_moment(promise.due, now, ws.hours.zone)
        return (
            f"#{open_.ticket.id}",
            f"due since {due}" if promise.due <= now else due,
            f"“{safe_line(promise.words)}”",
            safe_line(state.customer.name or state.customer.address),
            safe_line(state.subject) or "(no subject)",
        )

    def page() -> str:
        if not found:
            return "You owe nobody a date."
        return table([row(open_) for open_ in found], terminal_width(), flexible=(2, 3, 4))

    answer(lambda: [open_promise_shape(open_, now) for open_ in found], page)
