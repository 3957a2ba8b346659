"""Who a ticket is from, what it is about, and why it stands in its lane."""

from collections.abc import Callable, Iterator
from datetime import datetime, tzinfo

from rich.cells import cell_len

from founder_inbox.app.queue.tickets import TicketView
from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.hours.time_words import counted, describe_age, describe_moment
from founder_inbox.core.model import Address, Lane, Status
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import TicketState
from founder_inbox.core.tickets.owed import is_owed
from founder_inbox.core.tickets.promises import PromiseHint
from founder_inbox.tui.widgets.text import Piece, content

KeyOf = Callable[[str], str]

LANE_WORDS = {
    Lane.THANKS: "thank-you",
    Lane.URGENT: "urgent",
    Lane.HOWTO: "how do I",
    Lane.FEATURE: "idea",
    Lane.AUTOMATIC: "machine mail",
}


def head_lines(
    view: TicketView, width: int, now: datetime, zone: tzinfo, key_of: KeyOf, asked: str = ""
) -> Iterator[Piece]:
    """Three lines: subject and id, the customer with the address always shown, lane and status.

    `key_of` gives the key of an action, empty where it has none. `asked`: how often others asked.
    """
    facts = view.ticket.state
    number = safe_line(f"#{view.ticket.id}")
    subject = safe_line(facts.subject) or safe_line("(no subject)")
    yield _fit(subject, width - cell_len(number) - 2), "bold"
    yield SafeLine("  "), ""
    yield number, "$text-muted"
    yield SafeLine("\n"), ""
    yield from _customer(facts.customer, view, width)
    yield SafeLine("\n"), ""
    yield from _standing(view, width, now, zone, key_of, asked)


def _customer(customer: Address, view: TicketView, width: int) -> Iterator[Piece]:
    address = safe_line(customer.address)
    facts = _facts(view)
    if customer.name:
        room = width - cell_len(address) - 3
        yield _cut(safe_line(customer.name, 80), max(room, 8)), "$text-accent"
        yield SafeLine(" "), ""
    yield SafeLine(f"<{address}>"), ""
    used = cell_len(customer.name) + cell_len(address) + 3
    if used + cell_len(facts) + 3 <= width:
        yield SafeLine(f" · {facts}"), "$text-muted"


def _facts(view: TicketView) -> str:
    others = len(view.others)
    return counted(others + 1, "ticket") if others else "first ticket"


def _standing(
    view: TicketView, width: int, now: datetime, zone: tzinfo, key_of: KeyOf, asked: str
) -> Iterator[Piece]:
    """Lane, whose turn, what is special; the reasons last, because they may be cut."""
    ticket, guess = view.ticket, view.belongs_to
    facts = ticket.state
    lane = safe_line(LANE_WORDS[facts.verdict.lane])
    if facts.verdict.topic:
        lane = safe_line(f"{lane}, {facts.verdict.topic}")
    words = [standing_words(ticket, now, zone), asked, "draft kept" if view.draft else ""]
    hint = f" {key_of('merge')} merges" if key_of("merge") else ""
    words += [f"quick fix? {view.fix_hint.reason}" if view.fix_hint else ""]
    promised = view.promise_hint
    words += [promise_words(promised, key_of("promise")) if promised else ""]
    words += [f"belongs to #{guess.ticket}?{hint}" if guess else ""]
    words += [", ".join(facts.verdict.reasons)]
    rest = safe_line(" · ".join(filter(None, words)))
    pressing = facts.verdict.lane is Lane.URGENT or facts.delivery_failed
    yield _cut(lane, width), "bold $text-warning" if pressing else "bold"
    yield SafeLine(" · "), "$text-muted"
    yield _cut(rest, width - cell_len(lane) - 3), "$text-muted"


def promise_words(hint: PromiseHint, key: str) -> str:
    """What asks about a date in a mail that another program sent."""
    return f"you wrote “{hint.words}”" + (f": {key} keeps it in mind" if key else "")


def standing_words(ticket: Ticket, now: datetime, zone: tzinfo) -> SafeLine:
    """Whose turn it is, since when, and what is special."""
    facts = ticket.state
    parts = []
    if facts.status is Status.OPEN and facts.waiting_since:
        parts.append(f"waiting {describe_age(facts.waiting_since, now)}")
    elif facts.status is Status.SNOOZED and facts.snoozed_until:
        parts.append(f"put off until {describe_moment(facts.snoozed_until, now, zone)}")
    elif facts.status is Status.HANDED_OFF:
        parts.append(f"with {facts.assignee or 'the teammate'}")
    elif facts.status is Status.WAITING:
        parts.append("the customer's turn")
    elif facts.status is Status.CLOSED:
        parts.append("done")
    if facts.promises:
        parts.append(f"promise due {describe_moment(facts.promises[0].due, now, zone)}")
    parts += [_heard(facts, now)] if is_owed(facts.update_due_at, now) else []
    parts += ["our mail did not arrive"] if facts.delivery_failed else []
    parts += ["quick fix"] if facts.quick_fix else []
    parts += [f"back from {facts.back_from}"] if facts.back_from else []
    parts += [f"tags: {', '.join(sorted(facts.tags))}"] if facts.tags else []
    return safe_line(" · ".join(parts))


def _heard(facts: TicketState, now: datetime) -> str:
    """When the customer last heard from us."""
    if facts.last_reply_at is None:
        return "has not heard from us yet"
    return f"heard from us {describe_age(facts.last_reply_at, now)} ago"


def _fit(text: SafeLine, width: int) -> SafeLine:
    return SafeLine(content(text).truncate(max(width, 4), ellipsis=True, pad=True).plain)


def _cut(text: SafeLine, width: int) -> SafeLine:
    return SafeLine(content(text).truncate(max(width, 4), ellipsis=True).plain)
