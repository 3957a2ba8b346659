"""When it is too much: what stands in the way of a session, and the acts that make it lighter."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from founder_inbox.app.hours.door import close_door
from founder_inbox.app.hours.opening import door_now
from founder_inbox.app.queue.tickets import list_tickets
from founder_inbox.app.queue.triage import act_of
from founder_inbox.app.session.burnout import read_burnout
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.burnout import Level, Reading
from founder_inbox.core.hours.days_off_words import Asked
from founder_inbox.core.hours.door import Door
from founder_inbox.core.hours.schedule import Window
from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.model import Lane, Status
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.core.times import to_text
from founder_inbox.errors import BadInput
from founder_inbox.store import events
from founder_inbox.store.tickets import Choice

HOWTO = Choice(Status.OPEN, Lane.HOWTO)
NOTE = "I need a lighter week; could you take the how-do-I questions?"


class Rest(StrEnum):
    """What the founder chose at red."""

    HAND_OFF = "hand_off"
    DAYS_OFF = "days_off"
    NOT_TODAY = "not_today"
    GO_ON = "go_on"


@dataclass(frozen=True, slots=True)
class RestOffer:
    """What is said at red. `teammate` is "" where none is configured, `howto` counts tickets."""

    reading: Reading
    window: Window
    howto: int
    teammate: str
    following: Window | None


def rest_offer(ws: Workspace, door: Door, now: datetime) -> RestOffer | None:
    """What to ask before the session in this window begins; None when nothing, or asked before."""
    if not door.is_open or door.window is None or _answered_in(ws, door.window):
        return None
    reading = read_burnout(ws, now)
    if reading.level is not Level.RED:
        return None
    mate = ws.teammate
    count = len(list_tickets(ws.store, HOWTO, now, None))
    return RestOffer(reading, door.window, count, mate.name if mate else "", door.next_window)


def hand_off_howto(ws: Workspace, window: Window, now: datetime) -> str:
    """Hand every open how-to ticket to the first teammate, as one act that `z` takes back.

    Words for the screen; a ticket that can't be handed off stays and is named. Raises BadInput
    without a teammate, and when not one could be handed off.
    """
    from founder_inbox.app.sending.hand_off import find_teammate, hand_off

    mate = find_teammate(ws, None)
    tickets = list_tickets(ws.store, HOWTO, now, None)
    act, words, refused = None, "", []
    for ticket in tickets:
        try:
            words = hand_off(ws, ticket, NOTE, now, mate.name, act=act)
        except BadInput as error:
            refused.append(str(error))
            continue
        act = act or act_of(events.events_of_ticket(ws.store, ticket.key)[-1])
    if refused and not act:
        raise BadInput(refused[0])
    _record(ws, Rest.HAND_OFF, window, now)
    done = counted(len(tickets) - len(refused), "how-to ticket")
    when = words.partition("; ")[2]
    said = f"Handed {done} to {mate.name}; {when}." if when else "No how-to ticket is open."
    return " ".join([said, *refused[:1]])


def rest_until(ws: Workspace, last: date, window: Window, now: datetime) -> str:
    """Days off through `last`, a day in the founder's zone; an override ends too.

    Returns what is wrong with the automatic reply, or "".
    """
    from founder_inbox.app.session.away import begin_break

    trouble = begin_break(ws, Asked(None, last), now)
    _record(ws, Rest.DAYS_OFF, window, now)
    if door_now(ws, now).is_open:
        close_door(ws, now)
    return trouble


def not_today(ws: Workspace, window: Window, now: datetime) -> None:
    """Close the door until the next window."""
    _record(ws, Rest.NOT_TODAY, window, now)
    if door_now(ws, now).is_open:
        close_door(ws, now)


def go_on(ws: Workspace, window: Window, now: datetime) -> None:
    """Begin the session all the same; it is not asked again in this window."""
    _record(ws, Rest.GO_ON, window, now)


def _answered_in(ws: Workspace, window: Window) -> bool:
    """Whether it was asked in this window; its end tells windows apart, an early start moves."""
    end = to_text(window.end)
    asked = events.events_since(ws.store, window.start, EventKind.REST, actor=ws.actor)
    return any(event.data.get("window_end") == end for event in asked)


def _record(ws: Workspace, chosen: Rest, window: Window, now: datetime) -> None:
    events.append_event(
        ws.store,
        now,
        ws.actor,
        None,
        EventKind.REST,
        {"chosen": chosen, "window_end": to_text(window.end)},
    )
