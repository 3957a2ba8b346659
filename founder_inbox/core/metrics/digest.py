"""The week for the founder's notes or team, as Markdown: facts in, a page out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from founder_inbox.core.hours.time_words import MONTH_NAMES, counted
from founder_inbox.core.metrics import chart
from founder_inbox.core.metrics.figures import Figures

# What means something in Markdown or HTML: a customer's words stay words (CommonMark 0.31, 2.4).
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!])")


@dataclass(frozen=True, slots=True)
class Said:
    """What a customer said: by whom, in which ticket, in their words."""

    who: str
    ticket: str
    words: str


@dataclass(frozen=True, slots=True)
class Gained:
    """An idea and the customers who asked for it, this week and in all."""

    title: str
    new: int
    voters: int


@dataclass(frozen=True, slots=True)
class Took:
    """What let a bug happen, of which kind; how many it has hit, and the week's time for it."""

    what: str
    kind: str
    customers: int
    spent: timedelta


@dataclass(frozen=True, slots=True)
class Digest:
    """A week, from Monday `first` through `last`. `about` counts what it was about."""

    first: date
    last: date
    figures: Figures
    before: Figures
    about: Sequence[tuple[str, int]]
    causes: Sequence[Took]
    said: Sequence[Said]
    ideas: Sequence[Gained]
    thanks: Sequence[Said]
    given: str


def digest_page(found: Digest) -> str:
    """The page; a part with nothing in it is left out."""
    parts = [
        [f"# Support, {_days(found.first, found.last)}", "", *_figures(found)],
        _part("What it was about", [f"{name}: {many}" for name, many in found.about]),
        _part("What caused it", [_cause(took) for took in found.causes]),
        _part("What customers said", [_quoted(said) for said in found.said]),
        _part("Ideas", [_idea(idea) for idea in found.ideas]),
        _part("Thanks", [_quoted(said) for said in found.thanks]),
        _part("Given", [found.given] if found.given else []),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def escaped(text: str) -> str:
    """Foreign words that mean nothing to Markdown but themselves."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _figures(found: Digest) -> list[str]:
    now, before = found.figures, found.before
    if not now.created and not now.closed:
        return ["A quiet week: nothing came in."]
    rows = [
        f"- {counted(now.created, 'question')} came in ({before.created} the week before), "
        f"{now.closed} closed.",
        f"- {counted(now.windows_missed, 'window')} missed, by {counted(now.late, 'question')}.",
    ]
    if now.first_answer.median is not None:
        middle, most = chart.duration(now.first_answer.median), chart.duration(now.first_answer.p90)
        rows.append(f"- First answer: half within {middle}, nine of ten within {most}.")
    if now.quick_fixes:
        rows.append(f"- {counted(now.quick_fixes, 'quick fix', 'quick fixes')} went live.")
    if now.spent.seconds >= 60:
        rows.append(f"- {chart.duration(now.spent.seconds)} of your time.")
    return rows


def _part(heading: str, rows: Sequence[str]) -> list[str]:
    return [f"## {heading}", "", *(f"- {row}" for row in rows)] if rows else []


def _quoted(said: Said) -> str:
    return f"“{escaped(said.words)}” {escaped(said.who)} (#{said.ticket})"


def _idea(idea: Gained) -> str:
    more = f", {idea.new} new" if idea.new else ""
    return f"{escaped(idea.title)}: {counted(idea.voters, 'customer')}{more}"


def _cause(took: Took) -> str:
    seconds = took.spent.total_seconds()
    time = f", {chart.duration(seconds)} of your time" if seconds >= 60 else ""
    whom = counted(took.customers, "customer")
    return f"{escaped(took.what)} ({took.kind}): {whom}{time}"


def _days(first: date, last: date) -> str:
    start = f"{first.day} {MONTH_NAMES[first.month - 1]}"
    return f"{start} to {last.day} {MONTH_NAMES[last.month - 1]} {last.year}"
