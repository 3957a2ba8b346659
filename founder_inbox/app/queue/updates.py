"""The word in between: when a customer hears the next news, in their language."""

from datetime import datetime, time, timedelta

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.schedule import next_window
from founder_inbox.core.hours.walltime import opening_instant
from founder_inbox.core.letters.letter import WEEKDAYS, day_and_month
from founder_inbox.core.model import Lane
from founder_inbox.core.tickets.entry import Ticket

# The canned reply that `N` begins with, and its date.
UPDATE = "update"
DATE = "ask.date"
_ON = {"en": "on {}, {}", "de": "am {}, {}", "fr": "{} {}", "es": "el {} {}"}


def next_news_words(ws: Workspace, ticket: Ticket, now: datetime, language: str) -> str:
    """When they hear from us again, "on Thursday, 26 November": urgent the next day with a window.

    The others the day after that. It is only proposed; the founder may write another date.
    """
    days = 1 if ticket.state.verdict.lane is Lane.URGENT else 2
    zone = ws.hours.zone
    earliest = now.astimezone(zone).date() + timedelta(days=days)
    midnight = opening_instant(datetime.combine(earliest, time.min), zone)
    window = next_window(ws.hours, midnight - timedelta(seconds=1))
    day = window.start.astimezone(zone).date() if window else earliest
    weekday = WEEKDAYS.get(language, WEEKDAYS["en"])[day.weekday()]
    return _ON.get(language, _ON["en"]).format(weekday, day_and_month(day, language))
