"""A year of support before the demo begins: questions, answers, and what Ana did with them.

Nothing of it is on the demo's mail server: it came, as it were, from an older mailbox's export.
The same moment always makes the same year.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

from founder_inbox.app.reading.intake import take_in_waiting
from founder_inbox.app.reading.project import project_stale, project_ticket
from founder_inbox.app.workspace import Workspace, open_workspace
from founder_inbox.core.hours.schedule import next_window
from founder_inbox.core.tickets.journal import EventKind, Json
from founder_inbox.demo.company import DOMAIN, FOUNDER, TEAMMATE
from founder_inbox.store.events import append_event
from founder_inbox.store.imported import FoundMail, add_imported
from founder_inbox.store.messages import threads_of
from founder_inbox.store.tickets import ticket_with_key

QUESTIONS = 120
_DAYS = 315
_QUIET = timedelta(days=17)
_SOURCE = "last-year.mbox"
_NOTE = "Looked at their account first."


@dataclass(frozen=True, slots=True)
class Person:
    """A customer."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What was asked, and Ana's answer."""

    subject: str
    question: str
    answer: str


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

    @property
    def question_id(self) -> str:
        """The Message-ID of the question."""
        return f"<year-{self.number}@{self.person.address.partition('@')[2]}>"


def add_year(config: Path, now: datetime) -> int:
    """Take the year in and record what was done; returns how many questions it had."""
    with open_workspace(str(config)) as ws:
        year = list(past_year(ws, now))
        mails = [mail for each in year for mail in _mails(each)]
        add_imported(ws.store, mails, _SOURCE, now)
        take_in_waiting(ws, now)
        project_stale(ws.store, now)
        with ws.store.write_again():
            for each in sorted(year, key=lambda past: past.answered):
                _record(ws, each, now)
    return len(year)


def past_year(ws: Workspace, now: datetime) -> Iterator[Past]:
    """The questions, the oldest first: more of them the nearer to today."""
    people, letters = _sheets()
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
        )


def _answer_time(ws: Workspace, asked: datetime, number: int) -> datetime:
    """In the next window; every ninth time in the one after, every 23rd later still."""
    at = asked
    for _ in range(1 + (number % 9 == 4) + 2 * (number % 23 == 7)):
        window = next_window(ws.hours, at)
        at = window.start if window else at + timedelta(hours=12)
    return at + timedelta(minutes=4 + number * 7 % 40)


def _mails(past: Past) -> Iterator[FoundMail]:
    person, letter = past.person, past.letter
    asked = _mail((person.name, person.address), FOUNDER, letter.subject, past.asked)
    asked["Message-ID"] = past.question_id
    asked.set_content(f"{letter.question}\n\n{person.name.split()[0]}\n")
    yield FoundMail(_raw(asked), past.asked, "inbox")
    answer = _mail(FOUNDER, (person.name, person.address), f"Re: {letter.subject}", past.answered)
    answer["Message-ID"] = f"<year-answer-{past.number}@{DOMAIN}>"
    answer["In-Reply-To"] = answer["References"] = past.question_id
    answer.set_content(f"Hi {person.name.split()[0]},\n\n{letter.answer}\n\nAna\n")
    yield FoundMail(_raw(answer), past.answered, "sent")


def _mail(sender: tuple[str, str], to: tuple[str, str], subject: str, at: datetime) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = f'"{sender[0]}" <{sender[1]}>'
    mail["To"] = f'"{to[0]}" <{to[1]}>'
    mail["Subject"] = subject
    mail["Date"] = format_datetime(at)
    return mail


def _raw(mail: EmailMessage) -> bytes:
    return mail.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _record(ws: Workspace, past: Past, now: datetime) -> None:
    """What Ana did, at the time she did it."""
    key = threads_of(ws.store, [past.question_id]).get(past.question_id)
    ticket = ticket_with_key(ws.store, key) if key is not None else None
    if ticket is None or key is None:
        return
    done = past.answered + timedelta(minutes=1)

    def act(kind: EventKind, data: dict[str, Json], at: datetime = done) -> None:
        append_event(ws.store, at, ws.actor, ticket.id, kind, data)

    if past.handed_off:
        handed: dict[str, Json] = {"to": "Vlad", "address": TEAMMATE, "note": "", "told": 1}
        act(EventKind.HANDED_OFF, handed, past.asked + timedelta(minutes=30))
    if past.quick_fix:
        asked = int((done - past.asked).total_seconds())
        act(EventKind.QUICK_FIX_FINISHED, {"worked": 600 + past.number * 5, "asked": asked})
    if past.gift:
        gift: dict[str, Json] = {"amount": past.gift, "currency": "EUR", "given": "credit"}
        act(EventKind.GOODWILL, gift | {"why": "for the trouble"})
    if past.number % 2 == 0:
        act(EventKind.NOTE, {"text": _NOTE}, past.answered - timedelta(minutes=7))
    act(EventKind.CLOSED, {})
    project_ticket(ws.store, key, now)


@cache
def _sheets() -> tuple[tuple[Person, ...], tuple[Letter, ...]]:
    text = (files("founder_inbox.demo") / "mails" / "year.toml").read_text(encoding="utf-8")
    found = tomllib.loads(text)
    people = tuple(Person(**row) for row in found["people"])
    return people, tuple(Letter(**row) for row in found["letters"])
