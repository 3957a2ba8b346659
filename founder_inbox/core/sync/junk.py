"""Mail that a provider's filter took for junk, although we know who wrote it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# Who was filtered longer ago has written again, or has left.
SPAN = timedelta(days=14)
EVERY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class JunkMail:
    """A mail in Junk, by its header alone; sizes in bytes, `received_at` aware."""

    uidvalidity: int
    uid: int
    message_id: str
    name: str
    address: str
    subject: str
    size: int
    received_at: datetime


def junk_words(count: int) -> str:
    """One sentence for the founder; empty when nobody known lies there."""
    if not count:
        return ""
    if count == 1:
        return "1 mail from somebody you know lies in Junk: founder-inbox rescue shows it."
    return f"{count} mails from people you know lie in Junk: founder-inbox rescue shows them."
