"""A draft of what to publish after an outage: honest, short, sorry, nobody else's fault (ch. 5)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.letters.letter import day, elapsed
from founder_inbox.core.outage.incident import Incident, Part
from founder_inbox.core.tone.findings import Finding

_OPEN = "…"
_SORRY = re.compile(
    r"\b(?:sorry|apologi[sz]e|(?:tut|täte) (?:mir|uns)\b.{0,20}\bleid|entschuldig\w{1,10})"
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What is counted: who wrote to us about it, and when the first of them did (UTC)."""

    people: int
    first_report: datetime | None


def post_mortem(
    incident: Incident, numbers: Numbers, product: str, zone: tzinfo, language: str
) -> str:
    """Write the draft in Markdown; what nobody has said yet is "…", to be filled in."""
    facts = _facts(incident, language)
    began = numbers.first_report or incident.opened_at
    ended = incident.over_at
    words = _GERMAN if language == "de" else _ENGLISH
    lasted = elapsed(ended - began, language) if ended else _OPEN
    lines = [
        words["title"].format(product=product, day=day(began.astimezone(zone), language)),
        "",
        words["sorry"].format(product=product, lasted=facts.get("lost") or lasted),
        "",
        words["happened"],
        "",
        _sentence(facts.get("cause", _OPEN)),
        "",
        words["data_head"],
        "",
        _sentence(facts.get("data", _OPEN)),
        "",
        words["when"],
        "",
        *_timeline(incident, numbers, zone, words, language),
        "",
        words["next"],
        "",
        _sentence(facts.get("prevent", _OPEN)),
        "",
        words["thanks"].format(people=_people(numbers.people, language)),
    ]
    return "\n".join(lines) + "\n"


def lacks_sorry(text: str) -> tuple[Finding, ...]:
    """The finding for a text in which nobody is sorry, at its beginning."""
    if _SORRY.search(text.casefold()):
        return ()
    first = text.lstrip().partition("\n")[0]
    start = len(text) - len(text.lstrip())
    return (
        Finding(
            start,
            start + len(first),
            first,
            "no-sorry",
            "Nobody says sorry here, and that is what they look for first.",
            "I'm sorry. You count on it, and it wasn't there.",
            "handbook ch. 5",
        ),
    )


def _facts(incident: Incident, language: str) -> dict[str, str]:
    """What was said last of each thing, in this language where it was said in it."""
    found: dict[str, str] = {}
    for said in incident.rounds:
        spoken = said.facts.get(language) or next(iter(said.facts.values()), {})
        found |= {name: text.strip() for name, text in spoken.items() if text.strip()}
    return found


def _timeline(
    incident: Incident, numbers: Numbers, zone: tzinfo, words: Mapping[str, str], language: str
) -> list[str]:
    lines = []
    if numbers.first_report:
        lines.append((numbers.first_report, words["first"]))
    for said in incident.rounds:
        spoken = said.facts.get(language) or next(iter(said.facts.values()), {})
        over = said.part is Part.OVER
        lines.append((said.at, _sentence(spoken.get("back" if over else "known", _OPEN))))
    return [f"- {at.astimezone(zone):%H:%M}  {text}" for at, text in lines] or [f"- {_OPEN}"]


def _sentence(words: str) -> str:
    text = words.strip() or _OPEN
    return text if text[-1] in ".!?…" else f"{text[0].upper()}{text[1:]}."


def _people(count: int, language: str) -> str:
    if language == "de":
        return "einen Menschen" if count == 1 else f"{count} Menschen"
    return counted(count, "person", "people")


_ENGLISH = {
    "title": "# {product} was down on {day}",
    "sorry": "For {lasted} you could not use {product}. I'm sorry. You count on it, and it wasn't "
    "there when you needed it.",
    "happened": "## What happened",
    "data_head": "## Your data",
    "when": "## When",
    "first": "The first of you wrote to me.",
    "next": "## What keeps it from happening again",
    "thanks": "We heard of it from {people} who took the time to write: thank you. If anything "
    "still looks odd, write to me, and I'll look at once.",
}
_GERMAN = {
    "title": "# {product} war am {day} nicht erreichbar",
    "sorry": "{lasted} lang konnten Sie {product} nicht benutzen. Es tut mir leid. Sie verlassen "
    "sich darauf, und es war nicht da, als Sie es brauchten.",
    "happened": "## Was passiert ist",
    "data_head": "## Ihre Daten",
    "when": "## Wann",
    "first": "Die erste Mail von Ihnen kam an.",
    "next": "## Was verhindert, dass es wieder passiert",
    "thanks": "Wir haben es durch {people} erfahren, die sich die Zeit für eine Mail genommen "
    "haben: danke. Sieht noch etwas seltsam aus, schreiben Sie mir, und ich sehe sofort nach.",
}
