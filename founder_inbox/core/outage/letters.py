"""What an update says to one person: which letter, in which language, and the next time in words.

The letters are the canned replies `outage-open`, `outage-more` and `outage-over`. What is asked
in them is filled in once for each language, so nobody gets a letter that is half in another one.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from founder_inbox.core.letters.letter import day
from founder_inbox.core.outage.incident import Facts, Part

# The three facts people want (handbook ch. 5), and what comes with them.
RUNNING = ("known", "data", "meanwhile", "status", "next")
OVER = ("back", "lost", "cause", "prevent")
# These are the same in every language.
SHARED = frozenset({"status", "next"})
MAY_BE_EMPTY = frozenset({"status", "meanwhile"})

LABELS: Mapping[str, str] = {
    "known": "What we know",
    "data": "Is data safe",
    "meanwhile": "What to do now",
    "status": "Status page",
    "next": "Next update at",
    "back": "What works again",
    "lost": "How long it took",
    "cause": "The cause, with “we”",
    "prevent": "Done against it",
}
EXAMPLES: Mapping[str, str] = {
    "known": "the app has not been reachable since 09:40",
    "data": "safe · or: I'm checking, and will tell you",
    "meanwhile": "the phone app still works; may stay empty",
    "status": "https://status.example.com; may stay empty",
    "next": "10:30 · in 30 min",
    "back": "everything has been back since 11:10",
    "lost": "90 minutes",
    "cause": "we filled a disk and noticed too late",
    "prevent": "the disk is twice as large, and an alarm is on it from today",
}


def fields_of(part: Part) -> tuple[str, ...]:
    """What is filled in for a letter, in order."""
    return OVER if part is Part.OVER else RUNNING


def missing(part: Part, facts: Mapping[str, str]) -> tuple[str, ...]:
    """What must still be filled in before this letter can leave."""
    return tuple(
        name
        for name in fields_of(part)
        if name not in MAY_BE_EMPTY and not facts.get(name, "").strip()
    )


def with_shared(facts: Facts) -> dict[str, dict[str, str]]:
    """The facts with what is the same in every language put into each."""
    shared = {
        name: text
        for said in facts.values()
        for name, text in said.items()
        if name in SHARED and text.strip()
    }
    return {language: {**said, **shared} for language, said in facts.items()}


def ready(part: Part, facts: Facts) -> tuple[str, ...]:
    """The languages in which nothing is missing, English first."""
    complete = [lang for lang, said in with_shared(facts).items() if not missing(part, said)]
    return tuple(sorted(complete, key=lambda lang: (lang != "en", lang)))


@dataclass(frozen=True, slots=True)
class Choice:
    """Which letter one person gets: the canned reply's name, and the language."""

    name: str
    language: str


def choose(
    part: Part,
    facts: Facts,
    wanted: str | None,
    shipped: Collection[tuple[str, str]],
    *,
    told_before: bool,
) -> Choice | None:
    """The letter for somebody who writes `wanted`; None while no language is ready.

    `shipped` are name and language of the replies there are. Who hears of it for the first time
    is not told "as promised".
    """
    first = part is Part.MORE and not told_before
    languages = ready(part, facts)
    for language in sorted(languages, key=lambda lang: lang != wanted):
        full = with_shared(facts)[language]
        if first and full.get("meanwhile", "").strip() and (_name(Part.OPEN), language) in shipped:
            return Choice(_name(Part.OPEN), language)
        if (_name(part), language) in shipped:
            return Choice(_name(part), language)
    return None


def _name(part: Part) -> str:
    return f"outage-{part}"


def next_words(at: datetime, now: datetime, zone: tzinfo, zone_name: str, language: str) -> str:
    """The promised time as the letter says it: "10:30 (Berlin time)", "10:30 Uhr (Ortszeit …)".

    Customers live elsewhere, so the founder's place is named; another day is, too.
    """
    here, today = at.astimezone(zone), now.astimezone(zone)
    place = zone_name.rpartition("/")[2].replace("_", " ")
    clock = f"{here:%H:%M}"
    if language == "de":
        date = "" if here.date() == today.date() else f" am {day(here, 'de')}"
        return f"{clock} Uhr{date} (Zeit in {place})" if place != "UTC" else f"{clock} UTC{date}"
    date = "" if here.date() == today.date() else f" on {day(here, language)}"
    return f"{clock}{date} ({place} time)" if place != "UTC" else f"{clock} UTC{date}"
