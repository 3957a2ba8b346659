"""A made-up mailbox for the screens: fixed mails at fixed times, through the real app layer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from founder_inbox.app.reading.intake import take_in_all
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.sync.mailbox import Fetched, Flags
from founder_inbox.store import mailboxes

MONDAY = datetime(2026, 11, 23, 9, 10, tzinfo=UTC)
HOURS = '["mon-fri 09:00-10:00", "mon-fri 17:00-18:00"]'

CONFIG = """
[account]
address = "support@acme.test"
name = "Ana from Acme"
signature = "Ana"

[imap]
host = "127.0.0.1"
port = 9
security = "none"

[smtp]
host = "127.0.0.1"
port = 9
security = "none"

[hours]
timezone = "UTC"
windows = {hours}

[[teammates]]
name = "Vlad"
address = "vlad@acme.test"

[storage]
dir = "data"

[keys]
{keys}
"""


@dataclass
class Clock:
    """The moment, set by hand."""

    moment: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.moment

    def pass_by(self, **span: int) -> None:
        self.moment += timedelta(**span)


@dataclass(frozen=True)
class Letter:
    """One mail to us: who, about what, which words, how many hours before Monday 09:10."""

    sender: str
    subject: str
    text: str
    hours_ago: float = 5
    seen: bool = False
    attachment: str = ""
    reply_to: str = ""
    to: str = "support@acme.test"


LETTERS = (
    Letter(
        "Rosa Benedetti <rosa@pictures.test>",
        "Thank you so much",
        "Hi Ana,\n\nthe fix works, thank you so much! You made my week.\n\nRosa",
        3,
    ),
    Letter("Tom Okafor <tom@bees.test>", "Thanks!", "That was quick. Thanks a lot, Ana!", 20),
    Letter(
        "Ana Ruiz <ana@ruiz.test>",
        "Charged twice this month",
        "Hi, I was charged twice in November: 9 EUR and again 9 EUR.\n"
        "Please refund one of them.\n\nAna Ruiz\n-- \nRuiz Studio, Lisbon",
        2,
    ),
    Letter(
        "Lee Whitcombe <lee@whitcombe.test>",
        "Everything is down",
        "Your site is down, error 502 on every page. My customers can't order.",
        1,
    ),
    Letter(
        "Jonas Brandt <jonas@brandt.test>",
        "Wie exportiere ich meine Liste?",
        "Hallo, wie kann ich meine Liste als CSV exportieren? Danke im Voraus!",
        30,
        attachment="screenshot.png",
    ),
    Letter(
        "Paul <paul@letters.test>",
        "How do I change the sender name?",
        "How do I change the sender name?",
        6,
        seen=True,
    ),
    Letter(
        "田中 由紀 <yuki@tanaka.test>",
        "使い方について",
        "How do I invite a colleague? よろしくお願いします。",
        9,
    ),
    Letter(
        "Nils Aalto <nils@aalto.test>",
        "Idea: a dark mode",
        "It would be great if you could add a dark mode. Just an idea!",
        50,
    ),
)


@dataclass
class Company:
    """A config, its data folder, and letters put into it."""

    folder: Path
    clock: Clock = field(default_factory=Clock)
    count: int = 0

    @property
    def config(self) -> str:
        return str(self.folder / "config.toml")

    def write_config(self, *, hours: str = HOURS, keys: str = "", strict: bool = False) -> None:
        text = CONFIG.format(hours=hours, keys=keys)
        if strict:
            text = text.replace("[hours]", '[hours]\nenforcement = "strict"')
        (self.folder / "config.toml").write_text(text, encoding="utf-8")

    def receive(self, ws: Workspace, *letters: Letter) -> None:
        dated = []
        for number, letter in enumerate(letters, self.count + 1):
            at = MONDAY - timedelta(hours=letter.hours_ago)
            dated.append((rendered(letter, number, at), at, letter.seen))
        self._take_in(ws, dated)

    def receive_raw(self, ws: Workspace, *raws: bytes) -> None:
        """Mails of any bytes, all two hours old."""
        self._take_in(ws, [(raw, MONDAY - timedelta(hours=2), False) for raw in raws])

    def _take_in(self, ws: Workspace, mails: Sequence[tuple[bytes, datetime, bool]]) -> None:
        inbox = mailboxes.mailbox_named(ws.store, "INBOX") or mailboxes.add_mailbox(
            ws.store, "INBOX", "inbox", 1
        )
        fetched = []
        for raw, at, seen in mails:
            self.count += 1
            flags = Flags(seen=seen, answered=False, flagged=False)
            fetched.append(Fetched(self.count, raw, len(raw), at, flags))
        mailboxes.add_fetched(ws.store, inbox, fetched)
        take_in_all(ws, self.clock())


def rendered(letter: Letter, number: int, at: datetime) -> bytes:
    """The mail as bytes, with a Message-ID that is the same in every run."""
    mail = EmailMessage()
    mail["From"] = letter.sender
    mail["To"] = letter.to
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<letter-{number}@customers.test>"
    if letter.reply_to:
        mail["In-Reply-To"] = mail["References"] = letter.reply_to
    mail.set_content(letter.text)
    if letter.attachment:
        mail.add_attachment(
            b"x" * 34_000, maintype="image", subtype="png", filename=letter.attachment
        )
    return mail.as_bytes()
