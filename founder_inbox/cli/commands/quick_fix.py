"""Quick fixes: flag, clock, finish, and the figures. Free at any hour: it is building, not mail."""

import click

from founder_inbox.app.queue import quick_fix as fixes
from founder_inbox.app.workspace import Workspace
from founder_inbox.cli.arguments import answer_changed, named
from founder_inbox.cli.context import answer, data_command, workspace
from founder_inbox.cli.pages import queue_page
from founder_inbox.cli.shapes import figures_shape, ticket_shape
from founder_inbox.core.letters.letter import elapsed
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.quick_fix import minutes_left
from founder_inbox.errors import BadInput
from founder_inbox.system import clock

_ACTS = ("start", "stop", "finish", "off")


@data_command("quickfix")
@click.argument("tickets", nargs=-1, metavar="[TICKET]...")
@click.option("--minutes", type=click.IntRange(1, 240), metavar="N", help="Your estimate.")
@click.option("--start", "act", flag_value="start", help="Start the clock of one.")
@click.option("--stop", "act", flag_value="stop", help="Put it aside; the time is kept.")
@click.option("--finish", "act", flag_value="finish", help="It is live: the true times.")
@click.option("--off", "act", flag_value="off", help="Take the flag off.")
def quickfix(tickets: tuple[str, ...], minutes: int | None, act: str | None) -> None:
    """Flag what takes under 20 minutes: do it now, then tell them it is live.

    Three may be open. Without a ticket: those that are, and how long they take from asked to live.
    """
    with workspace() as ws:
        if not tickets:
            _overview(ws)
            return
        found = named(ws, tickets)
        if act in {"start", "stop", "finish"}:
            if len(found) > 1:
                raise BadInput("A clock runs for one ticket at a time. Name one.")
            _clock(ws, found[0], act or "")
        elif act == "off":
            fixes.unflag(ws, found, clock.now())
            answer_changed(ws, found, "is no quick fix")
        else:
            fixes.flag(ws, found, clock.now(), minutes)
            answer_changed(ws, found, "flagged as a quick fix")


def _clock(ws: Workspace, ticket: Ticket, act: str) -> None:
    now = clock.now()
    if act == "start":
        fixes.start(ws, ticket, now)
        answer_changed(ws, [ticket], "the clock runs")
    elif act == "stop":
        fixes.put_aside(ws, ticket, now)
        answer_changed(ws, [ticket], "put aside; founder-inbox reply --canned quickfix-later")
    else:
        done = fixes.finish(ws, ticket, now)
        asked, worked = elapsed(done.asked, "en"), elapsed(done.worked, "en")
        words = f"live {asked} after they asked, {worked} of work; now tell them"
        answer_changed(ws, [ticket], words)


def _overview(ws: Workspace) -> None:
    now = clock.now()
    open_, figures = fixes.open_fixes(ws.store), fixes.figures(ws, now)
    left = minutes_left([t.state.fix_clock for t in open_], fixes.usual_minutes(ws), now)

    def page() -> str:
        nothing = "No quick fix is open."
        parts = [queue_page(open_, now, None, statuses=True) if open_ else nothing]
        return "\n".join([*parts, *filter(None, [fixes.figures_words(figures)])])

    answer(
        lambda: {
            "open": [ticket_shape(ticket) for ticket in open_],
            "minutes_left": left,
            **figures_shape(figures),
        },
        page,
    )
