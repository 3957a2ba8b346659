"""Who answers a mail of ours, with what words, and after how long.

Customers with `answers` in people.toml write back, one answer for each mail of ours until their
answers run out; the teammates answer every hand-off. Nobody answers a machine (RFC 3834).
"""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from founder_inbox.core.display import safe_line
from founder_inbox.core.mime.headers import decode_words
from founder_inbox.demo.company import ALIASES, BILLING, FOUNDER, SUPPORT, TEAMMATE, Person, people
from founder_inbox.demo.letters import Sheet, render
from founder_inbox.demo.mailbag import attribution

_TEAM = frozenset({TEAMMATE, BILLING})
_TEAMMATE_SECONDS = 8.0
_TEAMMATE_LIMIT = 20  # an end, should two programs ever start to talk to each other
_QUOTED_LINES = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """A mail that is going to be written: after `seconds`, from `person` to `recipient`."""

    seconds: float
    person: Person
    recipient: str
    text: str
    question: Message

    def render(self, at: datetime) -> bytes:
        """Write the answer at `at` (aware): threaded and with a quotation."""
        message_id = str(self.question["Message-ID"] or "").strip()
        references = (*str(self.question["References"] or "").split(), message_id)
        zone = ZoneInfo(self.person.zone)
        asked = _date(self.question, at).astimezone(zone)
        subject = _header(self.question, "Subject")
        digest = sha256(f"{message_id} {self.person.address}".encode()).hexdigest()[:20]
        return render(
            Sheet(
                message_id=f"<{digest}@{self.person.address.partition('@')[2]}>",
                sender=(self.person.name, self.person.address),
                to=("", self.recipient),
                subject=subject if subject.lower().startswith("re:") else f"Re: {subject}",
                at=at.astimezone(zone).replace(microsecond=0),
                text=self.text,
                quote=(attribution(FOUNDER, asked, self.person.language), _text(self.question)),
                references=tuple(id_ for id_ in references if id_),
            )
        )


class Answers:
    """Remembers how often each person has answered."""

    def __init__(self) -> None:
        self._people = {person.address: person for person in people().values()}
        self._given: dict[str, int] = {}

    def to(self, recipient: str, raw: bytes) -> Answer | None:
        """Decide what answer the mail `raw`, delivered to `recipient`, is going to get, if any."""
        person = self._people.get(recipient)
        question = message_from_bytes(raw)
        if person is None or not person.answers or not _from_us(question) or _automatic(question):
            return None
        given = self._given.get(recipient, 0)
        if given >= (_TEAMMATE_LIMIT if recipient in _TEAM else len(person.answers)):
            return None
        self._given[recipient] = given + 1
        text = person.answers[given % len(person.answers)]
        return Answer(_seconds(recipient, given), person, _reply_to(question), text, question)


def account_of(address: str) -> str:
    """Find the account of an address: aliases and plus-addresses are the support mailbox's."""
    local, _, domain = address.lower().rpartition("@")
    plain = f"{local.partition('+')[0]}@{domain}"
    return SUPPORT if plain in ALIASES else plain


def _seconds(recipient: str, given: int) -> float:
    if recipient in _TEAM:
        return _TEAMMATE_SECONDS
    return 4 + sha256(f"{recipient} {given}".encode()).digest()[0] / 64


def _from_us(question: Message) -> bool:
    senders = getaddresses([str(value) for value in question.get_all("From", [])])
    return any(account_of(address) == SUPPORT for _, address in senders)


def _automatic(question: Message) -> bool:
    submitted = str(question["Auto-Submitted"] or "no").strip().lower()
    return submitted != "no" or str(question["Precedence"] or "").lower() in {"bulk", "junk"}


def _reply_to(question: Message) -> str:
    found = getaddresses([str(question["Reply-To"] or question["From"])])
    return next((address for _, address in found if address), SUPPORT)


def _header(question: Message, name: str) -> str:
    return safe_line(decode_words(str(question[name] or "")))


def _date(question: Message, default: datetime) -> datetime:
    try:
        date = parsedate_to_datetime(str(question["Date"]))
    except ValueError:
        return default
    return date if date.tzinfo and 1970 < date.year < 9000 else default


def _text(question: Message) -> str:
    """Return the first plain text of a mail, short enough to be quoted."""
    for part in question.walk():
        if part.get_content_type() == "text/plain":
            payload = part.get_payload(decode=True)
            content = payload if isinstance(payload, bytes) else b""
            lines = content.decode(_charset(part), "replace").splitlines()
            return "\n".join(lines[:_QUOTED_LINES])
    return ""


def _charset(part: Message) -> str:
    charset = part.get_content_charset("utf-8")
    return charset if charset in {"utf-8", "us-ascii", "iso-8859-1"} else "utf-8"
