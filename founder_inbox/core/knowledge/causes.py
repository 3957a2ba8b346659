"""Causes: what made a bug possible, who was hit, so that it doesn't happen again.

Worked out from the journal; the same lines in any order give the same causes.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from founder_inbox.core.tickets.identity import ticket_id
from founder_inbox.core.tickets.journal import Event, EventKind, effective

_NAME = 5


class CauseKind(StrEnum):
    """What let it happen."""

    BUG = "bug"
    DOCS = "docs"
    INTERFACE = "interface"
    CONFIGURATION = "configuration"
    THIRD_PARTY = "third_party"
    SLIP = "slip"


KIND_WORDS = {
    CauseKind.BUG: "a bug",
    CauseKind.DOCS: "the docs",
    CauseKind.INTERFACE: "the interface",
    CauseKind.CONFIGURATION: "the configuration",
    CauseKind.THIRD_PARTY: "a third party",
    CauseKind.SLIP: "a slip",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One cause. `id` is its first event's, `name` what people say; `tickets` it hit, oldest first.

    `told` are the tickets whose customers were written to that it is fixed, each with its mail's
    row in the outbox of `machine`.
    """

    id: str
    name: str
    kind: CauseKind
    what: str
    opened_at: datetime
    link: str = ""
    test: bool = False
    tickets: tuple[str, ...] = ()
    fixed_at: datetime | None = None
    told: tuple[tuple[str, int, str], ...] = ()


def causes(events: Iterable[Event]) -> tuple[Cause, ...]:
    """Every cause the events tell of, oldest first."""
    found: dict[str, Cause] = {}
    for event in effective(events):
        if event.kind is EventKind.CAUSE_NAMED:
            found[event.id] = _named(event)
            continue
        id_, step = str(event.data.get("cause")), _STEPS.get(event.kind)
        if step is not None and id_ in found:
            found[id_] = step(found[id_], event)
    return tuple(found.values())


def minutes_by_kind(
    causes: Iterable[Cause], spent: Mapping[str, timedelta]
) -> dict[CauseKind, timedelta]:
    """The time spent on the tickets of each kind of cause, the most first."""
    found: dict[CauseKind, timedelta] = {}
    for cause in causes:
        for ticket in cause.tickets:
            time = spent.get(ticket, timedelta())
            if time:
                found[cause.kind] = found.get(cause.kind, timedelta()) + time
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def check_in_due(
    events: Iterable[Event], wrote_at: datetime | None, replied_at: datetime | None, now: datetime
) -> str | None:
    """The cause whose fix is to be asked about in a ticket by now; None where none is.

    `wrote_at`, `replied_at`: the customer's last mail and ours. Who has written since the fix has
    said already whether it held.
    """
    puts = [e for e in effective(events) if e.kind is EventKind.SNOOZED]
    last = puts[-1] if puts else None
    if last is None or not last.data.get("check_in"):
        return None
    try:
        until = datetime.fromisoformat(str(last.data["until"]))
    except (KeyError, ValueError):  # written by another version
        return None
    written = wrote_at is not None and wrote_at > last.at
    asked = replied_at is not None and replied_at >= until
    return None if written or asked or until > now else str(last.data["check_in"])


def _named(event: Event) -> Cause:
    return Cause(
        id=event.id,
        name=ticket_id(event.id, _NAME),
        kind=_kind(event) or CauseKind.BUG,
        what=str(event.data.get("what") or ""),
        opened_at=event.at,
        link=str(event.data.get("link") or ""),
        test=bool(event.data.get("test")),
        tickets=(event.ticket,) if event.ticket else (),
    )


def _kind(event: Event) -> CauseKind | None:
    said = str(event.data.get("kind"))
    return CauseKind(said) if said in list(CauseKind) else None


def _linked(cause: Cause, event: Event) -> Cause:
    if event.ticket is None or event.ticket in cause.tickets:
        return cause
    return replace(cause, tickets=(*cause.tickets, event.ticket))


def _unlinked(cause: Cause, event: Event) -> Cause:
    return replace(cause, tickets=tuple(t for t in cause.tickets if t != event.ticket))


def _changed(cause: Cause, event: Event) -> Cause:
    said = event.data
    return replace(
        cause,
        kind=_kind(event) or cause.kind,
        what=str(said["what"]) if said.get("what") else cause.what,
        link=str(said["link"]) if said.get("link") is not None else cause.link,
        test=bool(said["test"]) if said.get("test") is not None else cause.test,
    )


def _fixed(cause: Cause, event: Event) -> Cause:
    tickets, numbers = event.data.get("tickets"), event.data.get("outbox")
    names = [str(name) for name in tickets] if isinstance(tickets, list) else []
    numbers = numbers if isinstance(numbers, list) else []
    rows = [row if isinstance(row, int) else 0 for row in numbers]
    machine = event.id.rpartition("-")[2]
    told = tuple((name, row, machine) for name, row in zip(names, rows, strict=False))
    return replace(cause, fixed_at=cause.fixed_at or event.at, told=(*cause.told, *told))


_STEPS: dict[EventKind, Callable[[Cause, Event], Cause]] = {
    EventKind.CAUSE_LINKED: _linked,
    EventKind.CAUSE_UNLINKED: _unlinked,
    EventKind.CAUSE_CHANGED: _changed,
    EventKind.CAUSE_FIXED: _fixed,
}
