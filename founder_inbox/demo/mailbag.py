"""The company's mail with dates, ids and bytes.

Dates count back from the start of the demo, so that it is always fresh. The same `now` gives the
same bytes, and ids don't depend on `now` at all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from founder_inbox.core.model import Lane
from founder_inbox.demo.company import (
    FOUNDER,
    SUPPORT,
    ZONE,
    Letter,
    Thread,
    attachment,
    outage_threads,
    people,
    threads,
)
from founder_inbox.demo.letters import Form, Sheet, render, render_bounce

_SPAN = re.compile(r"(\d{1,4})([dhm])")
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WROTE = {
    "de": "Am {at:%d.%m.%Y} um {at:%H:%M} schrieb {who}:",
    "en": "On {day}, {month} {at.day}, {at.year} at {at:%H:%M} {who} wrote:",
    "es": "El {at:%d/%m/%Y} a las {at:%H:%M}, {who} escribió:",
    "fr": "Le {at:%d/%m/%Y} à {at:%H:%M}, {who} a écrit :",
    "ja": "{at.year}年{at.month}月{at.day}日 {at:%H:%M} {who}:",
}


@dataclass(frozen=True, slots=True)
class SampleMail:
    """A mail to be put into `folder` of the support mailbox. `at` is its internal date."""

    folder: str
    flags: tuple[str, ...]
    at: datetime
    raw: bytes
    thread: str
    lane: Lane


def mails(now: datetime, *, outage: bool = False) -> tuple[SampleMail, ...]:
    """Write all mail that is there when the demo starts at `now` (aware), oldest first.

    With `outage` three people have just written that Paperplane is down.
    """
    wanted = (*threads(), *(outage_threads() if outage else ()))
    found = [mail for thread in wanted if not thread.mails[0].after for mail in _mails(thread, now)]
    return tuple(sorted(found, key=lambda mail: mail.at))


def later_threads() -> tuple[tuple[float, Thread], ...]:
    """List the new mail of the demo's life: (seconds after the start, thread), soonest first."""
    found = [(thread.mails[0].after, thread) for thread in threads() if thread.mails[0].after]
    return tuple(sorted(found, key=lambda pair: pair[0]))


def arriving(thread: Thread, at: datetime) -> bytes:
    """Write a thread's first mail at `at` (aware)."""
    return render(_sheet(thread, 0, at))


def attribution(who: tuple[str, str], at: datetime, language: str) -> str:
    """Write the line above a quotation of `who` (name, address), in the writer's language.

    `at` is when the quoted mail was written, in the writer's zone.
    """
    return _WROTE.get(language, _WROTE["en"]).format(
        at=at,
        day=_DAYS[at.weekday()],
        month=_MONTHS[at.month - 1],
        who=f"{who[0]} <{who[1]}>",
    )


def _mails(thread: Thread, now: datetime) -> Iterator[SampleMail]:
    for index, letter in enumerate(thread.mails):
        raw = _rendered(_sheet(thread, index, now), letter, now)
        folder = "Sent" if letter.ours else thread.folder
        at = _at(thread, index, now)
        yield SampleMail(folder, _flags(thread, index), at, raw, thread.key, thread.lane)


def _rendered(sheet: Sheet, letter: Letter, now: datetime) -> bytes:
    if not letter.bounce_of:
        return render(sheet)
    thread = next(thread for thread in threads() if thread.key == letter.bounce_of)
    index = max(i for i, other in enumerate(thread.mails) if other.ours)
    return render_bounce(sheet, _sheet(thread, index, now))


def _flags(thread: Thread, index: int) -> tuple[str, ...]:
    if thread.mails[index].ours:
        return ("\\Seen",)
    if any(letter.ours for letter in thread.mails[index + 1 :]):
        return ("\\Seen", "\\Answered")
    return ("\\Seen",) if thread.seen or thread.folder != "INBOX" else ()


def _sheet(thread: Thread, index: int, now: datetime) -> Sheet:
    letter, person = thread.mails[index], people()[thread.person]
    them, us = (person.name, person.address), (FOUNDER[0], thread.to)
    return Sheet(
        message_id=_message_id(thread, index),
        sender=us if letter.ours else them,
        to=them if letter.ours else ("", thread.to),
        subject=thread.subject if index == 0 else f"Re: {thread.subject}",
        at=_local(thread, letter, _at(thread, index, now)),
        text=letter.text,
        quote=_quote(thread, index, now) if index else None,
        references=tuple(_message_id(thread, i) for i in range(index)),
        headers=() if letter.ours else tuple(thread.headers.items()),
        form=Form.PLAIN if letter.ours else thread.form,
        page=letter.page,
        charset="utf-8" if letter.ours else thread.charset,
        encoding=thread.encoding,
        files=tuple(attachment(name) for name in letter.files),
    )


def _quote(thread: Thread, index: int, now: datetime) -> tuple[str, str]:
    """Quote the mail before: its line of introduction and its text."""
    letter, before, person = thread.mails[index], thread.mails[index - 1], people()[thread.person]
    who = FOUNDER if before.ours else (person.name, person.address)
    at = _local(thread, letter, _at(thread, index - 1, now))
    return attribution(who, at, "en" if letter.ours else person.language), before.text


def _local(thread: Thread, letter: Letter, at: datetime) -> datetime:
    """Express `at` in the zone of the letter's writer."""
    zone = ZONE if letter.ours else people()[thread.person].zone
    return at.astimezone(ZoneInfo(zone))


def _at(thread: Thread, index: int, now: datetime) -> datetime:
    """Find when a letter was written; odd seconds, so that not all share the start's."""
    letter = thread.mails[index]
    odd = sha256(f"{index} {thread.key}".encode()).digest()[0] % 60 if letter.ago else 0
    return now.replace(microsecond=0) - _span(letter.ago) - timedelta(seconds=odd)


def _message_id(thread: Thread, index: int) -> str:
    writer = SUPPORT if thread.mails[index].ours else people()[thread.person].address
    domain = writer.partition("@")[2]
    return f"<{sha256(f'{thread.key} {index}'.encode()).hexdigest()[:20]}@{domain}>"


def _span(ago: str) -> timedelta:
    return sum(
        (timedelta(**{_UNITS[unit]: int(number)}) for number, unit in _SPAN.findall(ago)),
        timedelta(),
    )
