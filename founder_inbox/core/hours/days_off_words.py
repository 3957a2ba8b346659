"""A break in words: "until friday", "from 24 dec until 2 jan", "in 2 weeks with reply"."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from founder_inbox.core.hours.schedule import SupportHours
from founder_inbox.errors import BadInput

_SPAN = re.compile(r"from (?P<first>.{1,80}?) (?:until|till|to) (?P<last>.{1,80})")
_UNTIL = re.compile(r"(?:(?:until|till) )?(?P<last>.{1,80})")
_REPLY = re.compile(
    r"(?P<days>.{1,180}?),? (?P<how>with|and|without|no) (?:one |an? )?"
    r"(?:auto(?:matic)?[ -]?)?repl(?:y|ies)"
)
_TODAY = frozenset({"today", "heute", "tonight"})
_EXAMPLES = 'Try "friday", "in 2 weeks" or "2026-12-01".'


@dataclass(frozen=True, slots=True)
class Asked:
    """What was understood: the last day, and the first where one was named; founder's days.

    `auto_reply`: whether senders get an automatic reply, None where nothing was said of it.
    """

    first: date | None
    last: date
    auto_reply: bool | None = None


def parse_break(text: str, now: datetime, hours: SupportHours) -> Asked:
    """Read a break; `now` is aware. A day alone is the last one. Raises BadInput."""
    tidy, auto_reply = _reply_in(" ".join(text[:200].casefold().split()))
    if span := _SPAN.fullmatch(tidy):
        return Asked(_day(span["first"], now, hours), _day(span["last"], now, hours), auto_reply)
    if tidy.startswith("from "):
        raise BadInput("Say until when, too: from 24 dec until 2 jan.")
    found = _UNTIL.fullmatch(tidy)
    if found is None:
        raise BadInput(f"Until when? {_EXAMPLES}")
    return Asked(None, _day(found["last"], now, hours), auto_reply)


def _reply_in(tidy: str) -> tuple[str, bool | None]:
    """The words without what they say of the automatic reply, and that."""
    found = _REPLY.fullmatch(tidy)
    return (found["days"], found["how"] in {"with", "and"}) if found else (tidy, None)


def _day(text: str, now: datetime, hours: SupportHours) -> date:
    """The local day that is meant. "2026-12-01" is that day also when it is over."""
    if text in _TODAY:
        return now.astimezone(hours.zone).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        return _day_in_words(text, now, hours)


def _day_in_words(text: str, now: datetime, hours: SupportHours) -> date:
    from founder_inbox.core.hours.when import parse_when

    when = parse_when(text, now, hours.zone, hours)
    if when.if_no_answer:
        raise BadInput(f"A break ends on a day. {_EXAMPLES}")
    return when.at.astimezone(hours.zone).date()
