"""Triage: close, reopen, snooze, park, lane, note, tag, undo.

What changes whose turn it is needs an open door; notes, tags and undo don't.
"""

import click

from founder_inbox.app.hours.door import require_open
from founder_inbox.app.queue import triage
from founder_inbox.app.queue.tickets import find_ticket
from founder_inbox.cli.arguments import (
    LANES,
    answer_changed,
    named,
    read_text,
    ticket_argument,
    tickets_argument,
)
from founder_inbox.cli.context import answer, data_command, workspace
from founder_inbox.core.hours.when import parse_when
from founder_inbox.core.model import Lane
from founder_inbox.system import clock


@data_command("close")
@tickets_argument
def close(tickets: tuple[str, ...]) -> None:
    """Done with tickets. When the customer writes again they come back."""
    with workspace() as ws:
        found = named(ws, tickets)
        require_open(ws, clock.now())
        triage.close(ws, found, clock.now())
        answer_changed(ws, found, "closed")


@data_command("reopen")
@tickets_argument
def reopen(tickets: tuple[str, ...]) -> None:
    """Put tickets back into the queue."""
    with workspace() as ws:
        found = named(ws, tickets)
        require_open(ws, clock.now())
        triage.reopen(ws, found, clock.now())
        answer_changed(ws, found, "open again")


@data_command("snooze")
@ticket_argument
@click.argument("when", nargs=-1, required=True)
def snooze(ticket: str, when: tuple[str, ...]) -> None:
    """Put a ticket off until WHEN, or until the customer writes.

    WHEN as you say it: tomorrow, "fri 14:30", in 3 days, next window, 1 dec 10:00.
    """
    with workspace() as ws:
        found = find_ticket(ws.store, ticket)
        now = clock.now()
        moment = parse_when(" ".join(when), now, ws.hours.zone, ws.hours)
        require_open(ws, now)
        triage.snooze(ws, [found], moment, now)
        answer_changed(ws, [found], f"is back {moment.words}, or when they write")


@data_command("park")
@tickets_argument
def park(tickets: tuple[str, ...]) -> None:
    """Take five: tickets go out of sight for five minutes, with their drafts."""
    with workspace() as ws:
        found = named(ws, tickets)
        require_open(ws, clock.now())
        until = triage.park(ws, found, clock.now()).astimezone(ws.hours.zone)
        answer_changed(ws, found, f"put aside, back at {until:%H:%M}")


@data_command("lane")
@tickets_argument
@click.argument("lane", type=click.Choice(LANES))
def lane(tickets: tuple[str, ...], lane: str) -> None:
    """Move tickets to another lane; the sorter learns from it."""
    with workspace() as ws:
        found = named(ws, tickets)
        require_open(ws, clock.now())
        triage.move_to_lane(ws, found, Lane(lane), clock.now())
        answer_changed(ws, found, f"moved to {lane}")


@data_command("note")
@ticket_argument
@click.argument("text", nargs=-1, required=True)
def note(ticket: str, text: tuple[str, ...]) -> None:
    """Write down something for yourself; no customer ever sees it. TEXT - is standard input."""
    with workspace() as ws:
        found = find_ticket(ws.store, ticket)
        words = read_text("-") if text == ("-",) else " ".join(text)
        triage.add_note(ws, found, words, clock.now())
        answer_changed(ws, [found], "has a note")


@data_command("tag")
@tickets_argument
@click.argument("name")
def tag(tickets: tuple[str, ...], name: str) -> None:
    """Put a tag on tickets, or take it off where all of them have it."""
    with workspace() as ws:
        found = named(ws, tickets)
        done = triage.tag(ws, found, name, clock.now())
        answer_changed(ws, found, done[0].lower() + done[1:])


@data_command("undo")
def undo() -> None:
    """Take the last act back; a reply only while it is held."""
    with workspace() as ws:
        undone = triage.undo(ws, clock.now())
        draft = undone.draft
        answer(
            lambda: {"undone": undone.words, "tickets": list(undone.tickets), "draft": draft},
            lambda: " ".join([f"{undone.words}.", *(f"#{id_}" for id_ in undone.tickets)]),
        )
