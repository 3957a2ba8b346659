"""A year of support before the demo begins: questions, answers, and what Ana did with them.

Nothing of it is on the demo's mail server: it came, as it were, from an older mailbox's export.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from founder_inbox.app.reading.intake import take_in_waiting
from founder_inbox.app.reading.project import project_stale, project_ticket
from founder_inbox.app.workspace import Workspace, open_workspace
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.journal import EventKind, Json
from founder_inbox.demo.company import DOMAIN, FOUNDER, TEAMMATE
from founder_inbox.demo.lessons import add_lessons
from founder_inbox.demo.past import Past, past_year
from founder_inbox.store.events import append_event
from founder_inbox.store.imported import FoundMail, add_imported
from founder_inbox.store.messages import threads_of
from founder_inbox.store.tickets import ticket_with_key

_THANKED_AFTER = timedelta(hours=3)
_SOURCE = "last-year.mbox"
_NOTE = "Looked at their account first."


def add_year(config: Path, now: datetime) -> int:
    """Take the year in and record what was done; returns how many questions it had."""
    with open_workspace(str(config)) as ws:
        year = list(past_year(ws, now))
        mails = [mail for each in year for mail in _mails(each)]
        add_imported(ws.store, mails, _SOURCE, now)
        take_in_waiting(ws, now)
        project_stale(ws.store, now)
        with ws.store.write_again():
            done = [
                (each, ticket)
                for each in sorted(year, key=lambda past: past.answered)
                if (ticket := _record(ws, each, now)) is not None
            ]
            add_lessons(ws, done)
    return len(year)


def _mails(past: Past) -> Iterator[FoundMail]:
    person, letter = past.person, past.letter
    asked = _mail((person.name, person.address), FOUNDER, letter.subject, past.asked)
    asked["Message-ID"] = past.question_id
    asked.set_content(f"{past.words}\n\n{person.name.split()[0]}\n")
    yield FoundMail(_raw(asked), past.asked, "inbox")
    answer = _mail(FOUNDER, (person.name, person.address), f"Re: {letter.subject}", past.answered)
    answer["Message-ID"] = f"<year-answer-{past.number}@{DOMAIN}>"
    answer["In-Reply-To"] = answer["References"] = past.question_id
    answer.set_content(f"Hi {person.name.split()[0]},\n\n{letter.answer}\n\nAna\n")
    yield FoundMail(_raw(answer), past.answered, "sent")
    if past.thanks:
        at = past.answered + _THANKED_AFTER
        thanks = _mail((person.name, person.address), FOUNDER, f"Re: {letter.subject}", at)
        thanks["Message-ID"] = f"<year-thanks-{past.number}@{person.address.partition('@')[2]}>"
        thanks["In-Reply-To"] = thanks["References"] = str(answer["Message-ID"])
        thanks.set_content(f"{past.thanks}\n\n{person.name.split()[0]}\n")
        yield FoundMail(_raw(thanks), at, "inbox")


def _mail(sender: tuple[str, str], to: tuple[str, str], subject: str, at: datetime) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = f'"{sender[0]}" <{sender[1]}>'
    mail["To"] = f'"{to[0]}" <{to[1]}>'
    mail["Subject"] = subject
    mail["Date"] = format_datetime(at)
    return mail


def _raw(mail: EmailMessage) -> bytes:
    return mail.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _record(ws: Workspace, past: Past, now: datetime) -> Ticket | None:
    """What Ana did, at the time she did it; returns the ticket."""
    key = threads_of(ws.store, [past.question_id]).get(past.question_id)
    ticket = ticket_with_key(ws.store, key) if key is not None else None
    if ticket is None or key is None:
        return None

    def act(kind: EventKind, data: dict[str, Json], at: datetime = past.done) -> None:
        append_event(ws.store, at, ws.actor, ticket.id, kind, data)

    if past.handed_off:
        handed: dict[str, Json] = {"to": "Vlad", "address": TEAMMATE, "note": "", "told": 1}
        act(EventKind.HANDED_OFF, handed, past.asked + timedelta(minutes=30))
    if past.quick_fix:
        asked = int((past.done - past.asked).total_seconds())
        act(EventKind.QUICK_FIX_FINISHED, {"worked": 600 + past.number * 5, "asked": asked})
    if past.gift:
        gift: dict[str, Json] = {"amount": past.gift, "currency": "EUR", "given": "credit"}
        act(EventKind.GOODWILL, gift | {"why": "for the trouble"})
    if past.number % 2 == 0:
        act(EventKind.NOTE, {"text": _NOTE}, past.answered - timedelta(minutes=7))
    act(EventKind.CLOSED, {})
    if past.thanks:
        act(EventKind.CLOSED, {}, past.answered + 2 * _THANKED_AFTER)
    project_ticket(ws.store, key, now)
    return ticket
