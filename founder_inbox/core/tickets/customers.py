"""What is known of the person who writes: facts only, nothing guessed (handbook ch. 6)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from founder_inbox.core.tickets.facts import Promise
from founder_inbox.core.tickets.goodwill import Gift
from founder_inbox.core.tickets.hits import find_hits, wanted_words
from founder_inbox.core.tickets.journal import Event, EventKind, effective

ROUGH_SPAN = timedelta(days=14)
_MOST_NOTES = 3
# Mailboxes of their own domains say nothing of a company.
_FREE_MAIL = frozenset(
    (
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com"),
        *("icloud.com", "me.com", "mac.com", "aol.com", "proton.me", "protonmail.com", "pm.me"),
        *("gmx.de", "gmx.net", "gmx.at", "gmx.ch", "gmx.com", "web.de", "t-online.de"),
        *("freenet.de", "arcor.de", "posteo.de", "mailbox.org", "tutanota.com", "tuta.io"),
        *("fastmail.com", "fastmail.fm", "hey.com", "zoho.com", "mail.com", "duck.com"),
        *("orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr", "bluewin.ch"),
        *("libero.it", "virgilio.it", "telefonica.net", "terra.es", "seznam.cz", "wp.pl"),
        *("o2.pl", "onet.pl", "mail.ru", "yandex.ru", "yandex.com", "qq.com", "163.com"),
        *("126.com", "naver.com", "rediffmail.com", "comcast.net", "verizon.net", "att.net"),
        *("btinternet.com", "sky.com", "virginmedia.com", "shaw.ca", "bigpond.com"),
    )
)
_FREE_NAMES = frozenset({"yahoo", "ymail", "hotmail", "live", "outlook", "gmx", "rocketmail"})


@dataclass(frozen=True, slots=True)
class Rough:
    """A ticket of theirs that went badly: when it last moved, and what was rough about it."""

    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note of the founder's: on a ticket of this customer, or on the customer."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class CustomerFacts:
    """What stands beside a ticket. `zone`: where their last mail was written, None unless told.

    `known` is what the founder wrote down about them, `notes` those on their tickets, `given` what
    they were given, the oldest first.
    """

    company: str
    zone: timezone | None = None
    gently: Rough | None = None
    notes: tuple[Note, ...] = ()
    promises: tuple[Promise, ...] = ()
    known: Note | None = None
    given: tuple[Gift, ...] = ()


def company_of(address: str) -> str:
    """The domain of an address where that says something: not for mailboxes anybody can have."""
    domain = address.rpartition("@")[2].strip().casefold()
    free = domain in _FREE_MAIL or domain.partition(".")[0] in _FREE_NAMES
    return "" if free or "." not in domain else domain


def customer_notes(events: Iterable[Event]) -> dict[str, Note]:
    """What is written down about each customer, by folded address; the latest line counts.

    An empty one takes it away.
    """
    kept: dict[str, Note] = {}
    for event in effective(events):
        address, text = event.data.get("address"), event.data.get("text")
        if event.kind is not EventKind.CUSTOMER_NOTE or not isinstance(address, str):
            continue
        if isinstance(text, str) and text.strip():
            kept[address.casefold()] = Note(event.at, text)
        else:
            kept.pop(address.casefold(), None)
    return kept


def noted_with(notes: Mapping[str, Note], words: str) -> list[str]:
    """The addresses of those whose note has these words; the last may be the beginning of one."""
    wanted = wanted_words(words).text
    return [address for address, note in notes.items() if find_hits(wanted, note.text)]


def zone_told(offset: int | None) -> timezone | None:
    """The zone of a Date header's offset in seconds; None for 0, which many servers put for all."""
    if not offset or abs(offset) > 14 * 3600:
        return None
    return timezone(timedelta(seconds=offset - offset % 60))


def their_time(zone: timezone, now: datetime) -> str:
    """The time on their clock now: "02:10 where they wrote (UTC+09:00)"."""
    here = now.astimezone(zone)
    return f"{here:%H:%M} where they wrote ({here.tzname()})"


def last_rough(found: Sequence[Rough], now: datetime) -> Rough | None:
    """The latest rough ticket of the last two weeks."""
    recent = [rough for rough in found if timedelta(0) <= now - rough.at <= ROUGH_SPAN]
    return max(recent, key=lambda rough: rough.at, default=None)


def last_notes(found: Sequence[Note]) -> tuple[Note, ...]:
    """The newest notes, the newest first."""
    return tuple(sorted(found, key=lambda note: note.at, reverse=True)[:_MOST_NOTES])
