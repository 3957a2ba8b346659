"""The questions of a year and what became of each: the same moment always makes the same year."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.schedule import next_window

QUESTIONS = 120
_DAYS = 315
_QUIET = timedelta(days=17)


@dataclass(frozen=True, slots=True)
class Person:
    """A customer."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What was asked, and Ana's answer; what she learned of it.

    `also`: the same in other words; each customer has their own.
    `idea`: title, problem, state and, where declined, why; `cause`: its kind and what it was.
    """

    subject: str
    question: str
    answer: str
    idea: tuple[str, ...] = ()
    cause: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """One question of the year and its fate; `number` counts from the oldest."""

    number: int
    person: Person
    letter: Letter
    asked: datetime
    answered: datetime
    handed_off: bool
    quick_fix: bool
    gift: str
    thanks: str

    @property
    def done(self) -> datetime:
        """When Ana was through with it."""
        return self.answered + timedelta(minutes=1)

    @property
    def words(self) -> str:
        """The question in this customer's words."""
        said = (self.letter.question, *self.letter.also)
        return said[sum(self.person.name.encode()) % len(said)]

    @property
    def question_id(self) -> str:
        """The Message-ID of the question."""
        return f"<year-{self.number}@{self.person.address.partition('@')[2]}>"


def past_year(ws: Workspace, now: datetime) -> Iterator[Past]:
    """The questions, the oldest first: more of them the nearer to today."""
    people, letters, thanks = _sheets()
    for number in range(QUESTIONS):
        back = _DAYS * (1 - (number + 0.5) / QUESTIONS) ** 1.4
        asked = now - _QUIET - timedelta(days=back, hours=number * 7 % 24)
        yield Past(
            number,
            people[number * 5 % len(people)],
            letters[number * 3 % len(letters)],
            asked,
            _answer_time(ws, asked, number),
            handed_off=number % 8 == 3,
            quick_fix=number % 15 == 2,
            gift="9.00" if number % 25 == 1 else "",
            thanks=thanks[number // 7 % len(thanks)] if number % 7 == 4 else "",
        )


def _answer_time(ws: Workspace, asked: datetime, number: int) -> datetime:
    """In the next window; every ninth time in the one after, every 23rd later still."""
    at = asked
    for _ in range(1 + (number % 9 == 4) + 2 * (number % 23 == 7)):
        window = next_window(ws.hours, at)
        at = window.start if window else at + timedelta(hours=12)
    return at + timedelta(minutes=4 + number * 7 % 40)


@cache
def _sheets() -> tuple[tuple[Person, ...], tuple[Letter, ...], tuple[str, ...]]:
    text = (files("founder_inbox.demo") / "mails" / "year.toml").read_text(encoding="utf-8")
    found = tomllib.loads(text)
    people = tuple(Person(**row) for row in found["people"])
    letters = (Letter(**row) for row in found["letters"])
    return people, tuple(letters), tuple(row["text"] for row in found["thanks"])
