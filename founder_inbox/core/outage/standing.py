"""How an outage stands, in one line: above the queue, and in the header."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from founder_inbox.core.hours.fire import number_words
from founder_inbox.core.hours.time_words import counted, describe_wait
from founder_inbox.core.outage.incident import Incident

# How long before the promised time the founder is reminded.
SOON = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the screen shows. `presses`: the founder is late, or something is to be confirmed.

    `short` is the header's piece, empty where nothing is open.
    """

    line: str
    short: str = ""
    presses: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """Who has the last update: `told` of `people`, `failed`; `offered` tickets look alike."""

    people: int = 0
    told: int = 0
    failed: int = 0
    offered: int = 0


def suspected(people: int, key: str) -> Standing:
    """What is said when so many report an outage and no outage is open."""
    return Standing(f"{number_words(people)} people say it is down. {key} opens outage mode.", "",
                    presses=True)  # fmt: skip


def standing(incident: Incident, counts: Counts, now: datetime, zone: tzinfo, key: str) -> Standing:
    """Say how an open outage stands; the most pressing comes first."""
    pieces = [_due(incident, now, zone)]
    presses = incident.next_at is not None and now >= incident.next_at - SOON
    if counts.failed:
        pieces.append(f"{counted(counts.failed, 'mail')} did not arrive")
        presses = True
    if counts.offered:
        pieces.append(f"{counted(counts.offered, 'more ticket looks', 'more tickets look')} alike")
        presses = True
    if incident.rounds:
        pieces.append(f"{counts.told} of {counts.people} told")
    since = incident.opened_at.astimezone(zone)
    words = " · ".join(filter(None, pieces))
    return Standing(
        f"Outage since {since:%H:%M}: {words}. {key} shows it.",
        _short(incident, now, zone),
        presses,
    )


def _due(incident: Incident, now: datetime, zone: tzinfo) -> str:
    if not incident.rounds:
        return "nobody has been told yet"
    if incident.next_at is None:
        return "no next update was promised"
    clock = f"{incident.next_at.astimezone(zone):%H:%M}"
    if now >= incident.next_at:
        return f"the update promised for {clock} is due"
    return f"next update at {clock}, in {describe_wait(incident.next_at - now)}"


def _short(incident: Incident, now: datetime, zone: tzinfo) -> str:
    at = incident.next_at
    if at is None:
        return "outage"
    clock = f"{at.astimezone(zone):%H:%M}"
    return f"outage update due {clock}" if now >= at - SOON else f"outage, update {clock}"
