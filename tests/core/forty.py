"""Forty tickets with every edge, each figure worked out by hand in the comment beside it.

Support in Berlin, Monday to Friday 09:00-10:00 and 17:00-18:00. A line is "day time word" in
October 2026 (the 5th is a Monday), or "month-day time word". Minutes in the comments:
F first answer, O of it in support hours, W windows missed, R resolution, S the customer sat
waiting, n answers. On Sunday the 25th the clocks go back at 03:00, on 29 March forward at 02:00.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from founder_inbox.core.hours.schedule import parse_hours
from founder_inbox.core.metrics.cases import MailFact, TicketFacts
from founder_inbox.core.metrics.figures import FixDone
from founder_inbox.core.model import Lane, Status
from founder_inbox.core.tickets.facts import Role
from founder_inbox.core.tickets.journal import Event, EventKind, Json

BERLIN = ZoneInfo("Europe/Berlin")
HOURS = parse_hours("Europe/Berlin", ["mon-fri 09:00-10:00", "mon-fri 17:00-18:00"], [])
NOW = datetime(2026, 10, 30, 12, 0, tzinfo=BERLIN).astimezone(UTC)

LINES: dict[int, tuple[str, ...]] = {
    # In one window. F 20, O 20, W 0, R 20, S 20, n 1
    1: ("5 09:10 ask", "5 09:30 answer", "5 09:31 close"),
    # Over one window's end. F 440, O 10 + 10 = 20, W 1 (10:00), R 440, S 440, n 1
    2: ("5 09:50 ask", "5 17:10 answer+close"),
    # Asked and answered outside the hours. F 120, O 0, W 0, R 120, S 120, n 1
    3: ("5 20:00 ask", "5 22:00 answer", "6 09:00 close"),
    # Asked outside, answered inside. F 13 h 20 = 800, O 20, W 0, R 800, S 800, n 1
    4: ("5 20:00 ask", "6 09:20 answer", "6 09:40 close"),
    # Over a weekend. F 62 h 35 = 3755, O 5, W 0, R 3755, S 3755, n 1
    5: ("2 18:30 ask", "5 09:05 answer+close"),
    # Reopened within seven days: one case. F 10, O 10, W 0, R 8 h 25 = 505, S 10 + 330, n 2
    6: (
        "6 09:05 ask", "6 09:15 answer", "6 09:20 close",
        "6 12:00 ask", "6 17:30 answer", "6 17:35 close",
    ),
    # Written to again after nine days: two cases. F 10 and 30, O the same, R the same, n 1 and 1
    7: ("6 09:00 ask", "6 09:10 answer+close", "15 09:00 ask", "15 09:30 answer+close"),
    # Reopened by hand. F 10, O 10, W 0, R 40, S 10 + 10 (09:30-09:40) = 20, n 2
    8: (
        "7 09:00 ask", "7 09:10 answer", "7 09:15 close",
        "7 09:30 reopen", "7 09:40 answer", "7 09:50 close",
    ),
    # A thank-you after the close changes nothing. F 5, O 5, W 0, R 5, S 5, n 1
    9: ("7 09:20 ask", "7 09:25 answer+close", "7 20:00 thanks"),
    # Praise alone is no case.
    10: ("7 10:00 thanks", "7 17:00 close"),
    # A thank-you that the sorter took for a question, moved by hand, is none either.
    11: ("7 10:00 ask", "7 17:00 lane:thanks", "7 17:01 close"),
    # A question taken for a thank-you, moved by hand. F 10, O 10, W 0, R 10, S 10, n 1
    12: ("8 09:00 thanks", "8 09:05 lane:howto", "8 09:10 answer+close"),
    # Their out-of-office note asks nothing. F 20, O 20, W 0, R 20, S 20, n 1
    13: ("8 09:00 ask", "8 09:20 answer", "8 09:21 machine", "8 17:00 close"),
    # A machine's mail alone is no case.
    14: ("8 11:00 machine", "8 17:00 close"),
    # A contact form's mail is one. F 10, O 10, W 0, R 10, S 10, n 1
    15: ("8 17:05 form", "8 17:15 answer+close"),
    # Our automatic reply is no answer. F 30, O 30, W 0, R 30, S 30, n 1
    16: ("9 09:10 ask", "9 09:11 auto", "9 09:40 answer+close"),
    # "Still on it" is none either. F 8 h 20 = 500, O 60 + 20, W 1, R 500, S 500, n 1
    17: ("9 09:00 ask", "9 09:10 update", "9 17:20 answer+close"),
    # Handed off, answered by the teammate on Tuesday; the introduction is no answer.
    # F 27 h = 1620, O 60 + 60 + 60, W 3 (Mon 10 and 18, Tue 10), R 1620, S 1620, n 1, level two
    18: (
        "12 09:00 ask", "12 09:10 handoff", "12 09:11 introduction",
        "13 12:00 answer", "13 17:00 close",
    ),
    # Handed off and taken back. F 35, O 35, W 0, R 35, S 35, n 1, level two
    19: ("12 09:00 ask", "12 09:05 handoff", "12 09:30 back", "12 09:35 answer+close"),
    # Put off over two windows. F 23 h 40 = 1420, O 30 + 60 + 10, W 2, R 1420, S 1420, n 1
    20: ("12 09:30 ask", "12 09:35 snooze", "13 09:10 answer+close"),
    # Put off and answered in the same window. F 10, O 10, W 0, R 10, S 10, n 1
    21: ("12 17:10 ask", "12 17:12 snooze", "12 17:20 answer", "14 09:00 close"),
    # Two merged while open: the earliest mail counts. F 40, O 40, W 0, R 40, S 40, n 1
    22: ("13 09:00 ask", "13 09:20 ask", "13 09:30 merge", "13 09:40 answer+close"),
    # Merged with one that was closed: that close holds no more. F 15, O 5, W 0, R 60, S 15, n 2
    23: (
        "13 08:50 ask", "13 09:00 ask", "13 09:05 answer", "13 09:06 close",
        "13 09:40 merge", "13 09:50 answer", "13 09:55 close",
    ),
    # Merged when both were closed: the close holds. F 10, O 10, W 0, R 10, S 10, n 1
    24: ("13 17:00 ask", "13 17:10 answer+close", "14 09:00 merge"),
    # One from which a mail was split off … F 10, O 10, W 0, R 10, S 10, n 1
    25: ("14 09:00 ask", "14 09:02 split", "14 09:10 answer+close"),
    # … and that mail. F 15, O 15, W 0, R 15, S 15, n 1
    26: ("14 09:05 ask", "14 09:20 answer+close"),
    # Spam, and what was deleted unread, are no cases.
    27: ("14 03:00 ask", "14 09:00 spam"),
    28: ("14 03:00 ask", "14 09:01 delete"),
    # Deleted after an answer is closed. F 30, O 30, W 0, R 30, S 30, n 1
    29: ("14 09:00 ask", "14 09:30 answer", "15 09:00 delete"),
    # We wrote first: no case.
    30: ("14 09:00 answer", "15 12:00 ask", "15 17:10 answer+close"),
    # A quick fix, live after 18 minutes. F 20, O 20, W 0, R 20, S 20, n 1
    31: ("15 09:00 ask", "15 09:20 answer+close"),
    # The first answer did not arrive. F 485, O 60 + 5, W 1, R 485, S 485, n 1
    32: ("15 09:00 ask", "15 09:10 answer", "15 09:12 bounce", "15 17:05 answer+close"),
    # An outage's note to everybody is no answer. F 490, O 60 + 10, W 1, R 490, S 490, n 1
    33: ("16 09:00 ask", "16 09:10 bulk", "16 17:10 answer+close"),
    # Not answered by noon of the 30th. W 1 (10:00)
    34: ("30 08:00 ask",),
    # Closed without an answer. W 2 (10:00, 18:00), S 9 h 30 = 570, n 0, no F, no R
    35: ("16 09:00 ask", "16 18:30 close"),
    # Closed without having seen their second mail. F 10, O 10, W 0, R 30, S 10 + 10, n 2
    36: (
        "19 09:00 ask", "19 09:10 answer", "19 09:20 ask", "19 09:21 close-seen-1",
        "19 09:30 answer+close",
    ),
    # A close that was undone. F 20, O 20, W 0, R 20, S 20, n 1
    37: ("19 09:00 ask", "19 09:05 close", "19 09:06 undo", "19 09:20 answer+close"),
    # Over the night that has 25 hours. F 37 h 10 + 1 h = 2290, O 10, W 0, R 2290, S 2290, n 1
    38: ("24 20:00 ask", "26 09:10 answer+close"),
    # Both at 02:30 on the clock, an hour apart. F 60, O 0, W 0, R 60, S 60, n 1
    39: ("25 02:30 ask", "25 02:30* answer+close"),
    # In March, over the night that has 23 hours. F 37 h 10 - 1 h = 2170, O 10, W 0, n 1
    40: ("3-28 20:00 ask", "3-30 09:10 answer+close"),
}  # fmt: skip

_MAILS = {
    "ask": (Role.CUSTOMER, Lane.HOWTO),
    "thanks": (Role.CUSTOMER, Lane.THANKS),
    "form": (Role.MACHINE, Lane.HOWTO),
    "machine": (Role.MACHINE, Lane.AUTOMATIC),
    "auto": (Role.MACHINE, Lane.AUTOMATIC),
    "answer": (Role.US, Lane.HOWTO),
    "update": (Role.US, Lane.HOWTO),
    "introduction": (Role.US, Lane.HOWTO),
    "bulk": (Role.US, Lane.HOWTO),
    "bounce": (Role.MACHINE, Lane.AUTOMATIC),
}
_EVENTS: dict[str, tuple[EventKind, dict[str, Json]]] = {
    "close": (EventKind.CLOSED, {}),
    "close-seen-1": (EventKind.CLOSED, {"seen": 1}),
    "reopen": (EventKind.REOPENED, {}),
    "handoff": (EventKind.HANDED_OFF, {"to": "Vlad", "address": "vlad@acme.test"}),
    "back": (EventKind.TAKEN_BACK, {}),
    "snooze": (EventKind.SNOOZED, {"until": "2026-10-13T07:00:00Z"}),
    "merge": (EventKind.MERGED, {"other": "zzzzzzz"}),
    "split": (EventKind.SPLIT, {"into": "t26"}),
    "spam": (EventKind.SPAM, {}),
    "delete": (EventKind.TRASHED, {}),
    "lane:thanks": (EventKind.LANE, {"lane": "thanks"}),
    "lane:howto": (EventKind.LANE, {"lane": "howto"}),
}


def at(day: str, clock: str) -> datetime:
    """A moment on Berlin's clocks, as UTC; a star is the second time that hour comes."""
    month, _, number = day.rpartition("-")
    hour, minute = clock.rstrip("*").split(":")
    local = datetime(2026, int(month or 10), int(number), int(hour), int(minute), tzinfo=BERLIN)
    return local.replace(fold=int(clock.endswith("*"))).astimezone(UTC)


@dataclass
class _Builder:
    """One ticket, grown line by line."""

    id: str
    mails: list[MailFact] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def add(self, line: str) -> None:
        """Read one line."""
        day, clock, word = line.split()
        moment, (first, _, then) = at(day, clock), word.partition("+")
        if first == "undo":
            self._event(moment, EventKind.UNDONE, {"events": [self.events[-1].id]})
        elif first in _EVENTS:
            self._event(moment, *_EVENTS[first])
        else:
            self._mail(moment, first)
        if first in {"update", "introduction"} or then:
            sent: dict[str, Json] = {
                "message_id": self.mails[-1].message_id, "then": then or first
            }  # fmt: skip
            self._event(moment, EventKind.SENT, sent)

    def _mail(self, moment: datetime, word: str) -> None:
        role, lane = _MAILS[word]
        lost = self.mails[-1].message_id if word == "bounce" else None
        name = f"<{self.id}.{len(self.mails)}@acme.test>"
        self.mails.append(MailFact(name, moment, role, lane, word == "bulk", lost))

    def _event(self, moment: datetime, kind: EventKind, data: dict[str, Json]) -> None:
        millis = int(moment.timestamp() * 1000)
        name = f"{millis:012x}-{len(self.events):04x}-00000000"
        self.events.append(Event(name, moment, "Ana", self.id, kind, data))


def ticket(number: int) -> TicketFacts:
    """One of the forty."""
    builder = _Builder(f"t{number}")
    for line in LINES[number]:
        builder.add(line)
    status = Status.OPEN if number == 34 else Status.CLOSED
    lane = Lane.URGENT if number == 3 else Lane.HOWTO
    who = f"customer{number % 9}@acme.test"
    return TicketFacts(builder.id, who, lane, status, builder.mails, builder.events)


FORTY = [ticket(number) for number in LINES]
FIXES = [FixDone(at("15", "09:18"), "t31", timedelta(minutes=18))]
