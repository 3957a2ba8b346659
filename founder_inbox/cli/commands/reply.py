"""Answering a customer from the command line."""

import difflib
from dataclasses import dataclass
from datetime import datetime

import click

from founder_inbox.app.hours.door import door_now
from founder_inbox.app.knowledge.asked import note_use, offer_named
from founder_inbox.app.queue.promises import promise_words, promises_in
from founder_inbox.app.queue.temper import hold_for
from founder_inbox.app.queue.tickets import find_ticket, view_ticket
from founder_inbox.app.sending.canned import used_reply, values_for
from founder_inbox.app.sending.draft_files import attach_all, attached
from founder_inbox.app.sending.letters import duration_words, leaves_at
from founder_inbox.app.sending.outbox import cancel
from founder_inbox.app.sending.reply import queue_reply
from founder_inbox.app.sending.wording import reply_named, word_reply
from founder_inbox.app.workspace import Workspace
from founder_inbox.cli.arguments import read_text, ticket_argument
from founder_inbox.cli.context import data_command, is_interactive, say, workspace
from founder_inbox.cli.delivery import send, tell
from founder_inbox.core.knowledge.offers import Offer
from founder_inbox.core.letters.canned import CannedReply, asks
from founder_inbox.core.letters.files import reminder
from founder_inbox.core.promises.finder import FoundPromise
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Then
from founder_inbox.core.times import to_text
from founder_inbox.errors import BadInput, FounderInboxError
from founder_inbox.store.drafts import goes_to_all
from founder_inbox.store.outbox import OutboxItem
from founder_inbox.system import clock


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asked for."""

    canned: str | None
    body_file: str | None
    answers: dict[str, str]
    attach: tuple[str, ...]
    then: Then
    draft: bool
    everyone: bool
    promise: bool


@data_command("reply")
@ticket_argument
@click.option("--canned", metavar="NAME", help="A canned reply; founder-inbox replies lists them.")
@click.option("--body-file", metavar="FILE", help="Your words; - is standard input.")
@click.option("--draft", is_flag=True, help="The draft that is kept for this ticket.")
@click.option(
    "--set", "values", metavar="KEY=VALUE", multiple=True, help="Fill a field; may be repeated."
)
@click.option(
    "--attach", metavar="FILE", multiple=True, help="A file that goes along; may be repeated."
)
@click.option(
    "--close", "then", flag_value="close", help="Close the ticket once the mail is accepted."
)
@click.option(
    "--stay", "then", flag_value="update", help="A word in between: you still owe the answer."
)
@click.option("--promise", is_flag=True, help="Keep the dates in it on the list of promises.")
@click.option("--all", "everyone", is_flag=True, help="To everybody who was written to.")
@click.pass_context
def reply(
    ctx: click.Context,
    /,
    ticket: str,
    canned: str | None,
    body_file: str | None,
    values: tuple[str, ...],
    attach: tuple[str, ...],
    then: str | None,
    **flags: bool,
) -> int:
    """Answer a customer: now within your hours, else when support opens next.

    Greeting and signature are added where they are missing. On a terminal it is held for a few
    seconds, in which Ctrl+C takes it back.
    """
    if not (canned or body_file or flags["draft"]):
        ctx.fail("Say what to send: --canned NAME, --body-file FILE (- is standard input), --draft")
    asked = Asked(canned, body_file, _pairs(ctx, values), attach, Then(then or Then.WAIT), **flags)
    with workspace() as ws:
        with ws.store.write():
            item = _queue(ws, find_ticket(ws.store, ticket), asked)
        calm = hold_for(ws, find_ticket(ws.store, ticket), item.body)
        if calm.why and is_interactive() and door_now(ws, clock.now()).is_open:
            return tell(item, f"{calm.why} {_waits(item, calm.seconds)}")
        return send(ws, item, lambda: _take_back(ws, item))


def _queue(ws: Workspace, ticket: Ticket, asked: Asked) -> OutboxItem:
    now = clock.now()
    offer = offer_named(ws, ticket, asked.canned, now) if asked.canned else None
    canned = _canned(ws, ticket, asked.canned, offer)
    _check_names(ws, ticket, canned, asked.answers)
    text = read_text(asked.body_file) if asked.body_file else ""
    if asked.draft:
        text = _draft(ws, ticket) + text
    body = word_reply(ws, ticket, canned, text, asked.answers, now)
    kept = attached(ws, ticket.id) if asked.draft else ()
    files = (*kept, *attach_all(ws, ticket.id, asked.attach, now))
    if words := reminder(body, files):
        say(f"{words} It is sent as it is.")
    item = queue_reply(
        ws,
        ticket,
        body,
        now,
        then=asked.then,
        everyone=asked.everyone or (asked.draft and goes_to_all(ws.store, ticket.id)),
        hold=is_interactive(),
        files=files,
        promises=_promises(ws, ticket, body, asked, now),
    )
    if offer:
        note_use(ws, ticket, offer, now)
    elif canned:
        used_reply(ws, canned, now)
    return item


def _canned(
    ws: Workspace, ticket: Ticket, name: str | None, offer: Offer | None
) -> CannedReply | None:
    if offer is not None:
        return offer.reply
    return reply_named(ws, ticket, name) if name else None


def _promises(
    ws: Workspace, ticket: Ticket, body: str, asked: Asked, now: datetime
) -> tuple[FoundPromise, ...]:
    """The dates to keep on the list: none is taken without a yes, and what to do is said."""
    found = promises_in(ws, body, leaves_at(ws, now, 0))
    for promise in () if asked.promise else found:
        say(
            f"This promises something, {promise_words(promise.words, promise.due, now, ws)}. "
            f"To be reminded: founder-inbox promises add {ticket.id} {to_text(promise.due)}"
        )
    return found if asked.promise else ()


def _waits(item: OutboxItem, seconds: int) -> str:
    """Where nobody counts minutes at a prompt: it stays in the outbox."""
    return (
        f"It leaves with the first sync in {duration_words(seconds)}. Now: founder-inbox outbox "
        f"retry {item.id}. Not at all: founder-inbox outbox cancel {item.id}"
    )


def _take_back(ws: Workspace, item: OutboxItem) -> str:
    cancel(ws, item.id, clock.now())
    return f"Taken back. Nothing was sent; the words are the draft of #{item.ticket}."


def _draft(ws: Workspace, ticket: Ticket) -> str:
    draft = view_ticket(ws.store, ticket).draft
    if draft is None:
        raise FounderInboxError(f"#{ticket.id} has no draft. Nothing was sent.")
    return draft


def _check_names(
    ws: Workspace, ticket: Ticket, canned: CannedReply | None, answers: dict[str, str]
) -> None:
    """Refuse a `--set` for a field that the reply does not have: it is a slip of the finger."""
    known = list(values_for(ws, ticket, clock.now(), "en"))
    known += [ask.name.removeprefix("ask.") for ask in asks(canned)] if canned else []
    for name in answers if canned else ():
        if name.removeprefix("ask.") not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise BadInput(f"--set {name}: this reply has no such field.{hint} Nothing was sent.")


def _pairs(ctx: click.Context, values: tuple[str, ...]) -> dict[str, str]:
    for value in values:
        if "=" not in value or not value.partition("=")[0].strip():
            ctx.fail(f"--set {value!r}: write KEY=VALUE, such as --set date=Friday")
    return {key.strip(): value for key, _, value in (pair.partition("=") for pair in values)}
