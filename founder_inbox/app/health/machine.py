"""What lies on this machine: disk, rights, journal, clock and zone."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.checks import Check, State
from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.store.health import count_events, newest_arrival, unknown_kinds
from founder_inbox.system.clock import local_zone_name
from founder_inbox.system.disk import free_bytes, readable_by_others
from founder_inbox.system.speller import dictionaries, spelling_program

_CLOCKS_APART = timedelta(minutes=2)
_LITTLE, _NOTHING = 1_000_000_000, 100_000_000


def look_at_machine(ws: Workspace, now: datetime) -> Iterator[Check]:
    """Each of them, the reading of the database left to `doctor`."""
    yield disk(free_bytes(ws.paths.data))
    yield _rights(ws)
    yield _journal(ws)
    yield _clock(ws, now)
    yield zone(ws.config.hours.timezone, local_zone_name(), now)
    yield spelling(spelling_program(), sorted(dictionaries().values()))


def disk(free: int) -> Check:
    """Whether there is room; `free` in bytes."""
    words = f"{free / 1e9:.1f} GB are free under the data folder"
    advice = "Make room: without it new mail can't be kept, and waits on the server."
    if free < _NOTHING:
        return Check("disk", State.FAILED, words, advice, 73)
    if free < _LITTLE:
        return Check("disk", State.NOTE, words, advice)
    return Check("disk", State.OK, words)


def spelling(program: str | None, known: Sequence[str]) -> Check:
    """Which spelling program is asked about drafts; none is no fault, only named."""
    if program and known:
        named = safe_line(f"{Path(program).name} with {', '.join(known)}", 120)
        return Check("spelling", State.OK, named)
    words = "no dictionary is here" if program else "no spelling program is here"
    advice = "To have drafts looked through: install hunspell and the dictionaries you write in."
    return Check("spelling", State.OK, words, advice)


def zone(configured: str, local: str, now: datetime) -> Check:
    """Which zone the hours are in, and whether the machine thinks the same."""
    from zoneinfo import ZoneInfo

    name = local if configured == "local" else configured
    here = now.astimezone(ZoneInfo(name))
    words = f"{here:%A %H:%M} in {name}"
    if configured not in {"local", local}:
        words += f", as [hours] says; this machine is in {local}"
    return Check("zone", State.OK, words)


def _rights(ws: Workspace) -> Check:
    config = ws.config.imap.password_file
    secret = (ws.paths.config.parent / config,) if config else ()
    open_ = readable_by_others((ws.paths.data, ws.paths.database, *secret))
    if not open_:
        return Check("rights", State.OK, "nobody else may read your mail here")
    names = ", ".join(path.name for path in open_)
    return Check(
        "rights",
        State.NOTE,
        f"others on this machine may read {names}",
        f"chmod go-rwx {safe_line(str(open_[0]))}",
    )


def _journal(ws: Workspace) -> Check:
    unknown = unknown_kinds(ws.store, [kind.value for kind in EventKind])
    count = counted(count_events(ws.store), "act")
    if unknown:
        return Check(
            "journal",
            State.NOTE,
            f"{count}; of {', '.join(map(safe_line, unknown[:5]))} this version knows nothing",
            "A newer version wrote them; they are kept. Install the newer one here, too.",
        )
    return Check("journal", State.OK, f"{count} written down")


def _clock(ws: Workspace, now: datetime) -> Check:
    """The server stamps arrivals with its own clock: one in our future means ours is slow."""
    newest = newest_arrival(ws.store)
    if newest is not None and newest - now > _CLOCKS_APART:
        minutes = round((newest - now).total_seconds() / 60)
        return Check(
            "clock",
            State.NOTE,
            f"the newest mail arrived {counted(minutes, 'minute')} from now by the server's clock",
            "Let this machine set its clock by the network: your hours go by it.",
        )
    return Check("clock", State.OK, "no mail comes from the future")
