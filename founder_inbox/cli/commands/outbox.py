"""What is on its way, and what to do about a mail that is stuck."""

import click

from founder_inbox.app.hours.door import require_open
from founder_inbox.app.queue.tickets import find_ticket
from founder_inbox.app.sending import outbox as use
from founder_inbox.app.sending.takeover import list_elsewhere, take_over
from founder_inbox.app.workspace import Workspace
from founder_inbox.cli.context import answer, data_command, workspace
from founder_inbox.cli.delivery import deliver, outcome
from founder_inbox.cli.pages import elsewhere_page, outbox_page
from founder_inbox.cli.shapes import item_shape, waiting_shape
from founder_inbox.system import clock

_ACTS = ["send", "retry", "cancel", "arrived", "takeover"]


@data_command("outbox")
@click.argument(
    "act", type=click.Choice(["send", "retry", "cancel", "arrived", "takeover"]), required=False
)
@click.argument("number", type=int, metavar="[ID]", required=False)
@click.option("--all", "everything", is_flag=True, help="With what was sent lately.")
@click.option("--ticket", metavar="ID", help="For takeover: only what waits for this ticket.")
@click.pass_context
def outbox(
    ctx: click.Context, act: str | None, number: int | None, everything: bool, ticket: str | None
) -> int:
    """What is on its way.

    outbox send sends now what only waits out its undo time; outbox retry ID tries again,
    with the same Message-ID; outbox cancel ID makes it a draft again; outbox arrived ID says
    that one whose line broke is there; outbox takeover brings what waits on another machine here.
    """
    if (act in {"retry", "cancel", "arrived"}) != (number is not None):
        ctx.fail("Write outbox, outbox send, or outbox retry, cancel or arrived and its ID.")
    with workspace() as ws:
        if act == "cancel":
            return _cancel(ws, number or 0)
        if act == "arrived":
            use.arrived(ws, number or 0, clock.now())
            item = use.item_named(ws.store, number or 0)
            answer(lambda: item_shape(item), lambda: "Good: it counts as sent.")
            return 0
        if act == "retry":
            use.retry(ws, number or 0, clock.now())
            return _deliver(ws, [number or 0], one=True)
        if act == "send":
            return _send(ws)
        if act == "takeover":
            return _take_over(ws, ticket)
        items = use.list_outbox(ws.store, everything=everything)
        others = list_elsewhere(ws)
        page = outbox_page(items, clock.now(), ws.hours.zone)
        page = "\n".join(part for part in (page, elsewhere_page(others)) if part)
        shapes = [item_shape(item) for item in items] + [
            waiting_shape(mail, name) for mail, name in others
        ]
        answer(lambda: shapes, lambda: page or "Nothing is on its way.")
        return 0


def _take_over(ws: Workspace, ticket: str | None) -> int:
    wanted = find_ticket(ws.store, ticket).id if ticket else None
    items = take_over(ws, wanted, clock.now())
    page = outbox_page(items, clock.now(), ws.hours.zone)
    answer(lambda: [item_shape(item) for item in items], lambda: page)
    return 0


def _send(ws: Workspace) -> int:
    now = clock.now()
    require_open(ws, now)
    use.release(ws, now)
    due = [i.id for i in use.list_outbox(ws.store) if i.state in _WAITING and i.not_before <= now]
    return _deliver(ws, due)


_WAITING = {"held", "queued"}


def _deliver(ws: Workspace, numbers: list[int], *, one: bool = False) -> int:
    items, trouble = deliver(ws, numbers)
    words, code = outcome(ws, items, trouble)
    shapes = [item_shape(item) for item in items]
    answer(lambda: shapes[0] if one else shapes, lambda: words or "Nothing to send.")
    return code


def _cancel(ws: Workspace, number: int) -> int:
    item = use.item_named(ws.store, number)
    draft = use.cancel(ws, number, clock.now())
    answer(
        lambda: {"id": number, "ticket": item.ticket, "draft": draft},
        lambda: f"Taken out of the outbox. The words are the draft of #{item.ticket} again.",
    )
    return 0
