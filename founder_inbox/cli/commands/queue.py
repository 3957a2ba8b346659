"""Reading: list, show, search. All of it works offline and outside the hours."""

from datetime import datetime

import click

from founder_inbox.app.queue import searches
from founder_inbox.app.queue.quick_fix import figures, figures_words
from founder_inbox.app.queue.reach import REACHES, is_narrow, search_in_reach
from founder_inbox.app.queue.tickets import (
    Choice,
    find_ticket,
    list_tickets,
    load_tickets,
    view_ticket,
)
from founder_inbox.app.workspace import Workspace
from founder_inbox.cli.arguments import LANES, STATUSES, ticket_argument
from founder_inbox.cli.context import answer, data_command, workspace
from founder_inbox.cli.pages import queue_page, ticket_page
from founder_inbox.cli.shapes import ticket_shape, view_shape
from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.schedule import missed_before
from founder_inbox.core.model import Lane, Status
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.queue_order import has_missed_window
from founder_inbox.core.tickets.saved_searches import SavedSearch
from founder_inbox.system import clock


@data_command("list")
@click.option(
    "--status",
    type=click.Choice([*STATUSES, "all"]),
    help="Whose turn it is; the open ones by default, at level two what was handed up.",
)
@click.option("--lane", type=click.Choice(LANES), help="Only this lane.")
@click.option("--quick-fix", is_flag=True, help="Only what is flagged as a quick fix.")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="At most N tickets.")
def list_(status: str | None, lane: str | None, quick_fix: bool, limit: int | None) -> None:
    """Tickets in the order to answer them: thanks, urgent, how-to, ideas."""
    with workspace() as ws:
        now = clock.now()
        status = status or ws.turn.value
        choice = Choice(
            status=None if status == "all" else Status(status),
            lane=Lane(lane) if lane else None,
            quick_fix=quick_fix,
            everything=status == "all",
        )
        found = list_tickets(ws.store, choice, now, limit)
        mixed = status == "all" or choice.status is Status.HANDED_OFF
        nothing = "Nothing here." if status != ws.turn else "Nobody waits for you."
        before = missed_before(ws.hours, now)
        more = figures_words(figures(ws, now)) if quick_fix else ""
        _answer_list(found, before, statuses=mixed, nothing=nothing, more=more)


class _Query(click.Command):
    """Lets `-word` through: in a query it excludes, it is no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Shield what begins with one hyphen from the parser."""
        shielded = [
            f"\0{arg}" if arg[:1] == "-" and arg[1:2] not in {"", "-"} and arg != "-h" else arg
            for arg in args
        ]
        return super().parse_args(ctx, shielded)


@data_command("search", cls=_Query)
@click.argument("query", nargs=-1)
@click.option("--limit", type=click.IntRange(min=1), default=200, metavar="N", show_default=True)
@click.option("--save", metavar="NAME", help="Keep QUERY under a name, and search.")
@click.option("--use", metavar="NAME", help="Search what was saved under this name.")
@click.option("--forget", metavar="NAME", help="Keep that one no longer.")
@click.option("--saved", is_flag=True, help="List the saved searches.")
def search(
    query: tuple[str, ...],
    limit: int,
    save: str | None,
    use: str | None,
    forget: str | None,
    saved: bool,
) -> None:
    """Find tickets, last moved first.

    Gmail's words: from: to: subject: is:open is:unread has:attachment lane: before: after:
    older_than: -word "phrase", and company:
    """
    _check_asked(query, save, use, forget, saved=saved)
    with workspace() as ws:
        now = clock.now()
        if saved or forget:
            _answer_saved([searches.forget_search(ws, forget, now)] if forget else None, ws)
            return
        # The shell took the quotes away: a word with a space in it was a phrase.
        words = [word.removeprefix("\0") for word in query]
        text = words[0] if len(words) == 1 else " ".join(map(_requoted, words))
        if use:
            text = searches.find_search(ws, use).query
        if save:
            searches.save_search(ws, save, text, now)
        found = load_tickets(ws.store, search_in_reach(ws, text, now, limit))
        more = REACHES if is_narrow(ws, text, now) else ""
        before = missed_before(ws.hours, now)
        _answer_list(found, before, statuses=True, nothing="No ticket has that.", more=more)


def _check_asked(
    query: tuple[str, ...], save: str | None, use: str | None, forget: str | None, *, saved: bool
) -> None:
    """One thing at a time. Raises UsageError."""
    alone = [name for name, given in (("--use", use), ("--forget", forget)) if given is not None]
    alone += ["--saved"] if saved else []
    if len(alone) > 1 or (alone and (query or save is not None)):
        raise click.UsageError(f"{alone[0]} stands alone, without QUERY or another of these.")
    if not alone and not query:
        raise click.UsageError("Missing QUERY: what to look for. --saved lists the saved ones.")


def _answer_saved(forgotten: list[SavedSearch] | None, ws: Workspace) -> None:
    shown = searches.saved_searches(ws) if forgotten is None else forgotten
    begin = "" if forgotten is None else "Forgotten: "
    answer(
        lambda: [{"name": kept.name, "query": kept.query} for kept in shown],
        lambda: (
            "\n".join(begin + safe_line(f"{kept.name}: {kept.query}") for kept in shown)
            or "No search is saved yet: founder-inbox search --save NAME QUERY keeps one."
        ),
    )


@data_command("show")
@ticket_argument
@click.option("--quoted", is_flag=True, help="With the quoted lines.")
def show(ticket: str, quoted: bool) -> None:
    """One ticket with its mails and notes. Reading here marks nothing as read."""
    with workspace() as ws:
        view = view_ticket(ws.store, find_ticket(ws.store, ticket))
        answer(
            lambda: view_shape(view),
            lambda: ticket_page(view, clock.now(), ws.hours.zone, quoted=quoted),
        )


def _answer_list(
    found: list[Ticket],
    before: datetime | None,
    *,
    statuses: bool,
    nothing: str,
    more: str = "",
) -> None:
    def page() -> str:
        now = clock.now()
        listed = queue_page(found, now, before, statuses=statuses) if found else nothing
        return f"{listed}\n{more}" if more else listed

    answer(
        lambda: [
            ticket_shape(ticket) | {"missed_window": has_missed_window(ticket.state, before)}
            for ticket in found
        ],
        page,
    )


def _requoted(word: str) -> str:
    """Give a phrase back the quotes that the shell took: `subject:two words`, `-two words`."""
    if " " not in word or '"' in word:
        return word
    minus = "-" if word.startswith("-") else ""
    key, colon, rest = word.removeprefix("-").partition(":")
    if colon and " " not in key:
        return f'{minus}{key}:"{rest}"'
    return f'{minus}"{word.removeprefix("-")}"'
