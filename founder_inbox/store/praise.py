"""Where the thank-you jar is filled from."""

from dataclasses import dataclass
from datetime import datetime

from founder_inbox.core.times import from_text
from founder_inbox.store.database import Store


@dataclass(frozen=True, slots=True)
class ThankYou:
    """A thank-you that was read and closed; `text` is what is new in it."""

    message_id: str
    ticket: str
    name: str
    at: datetime
    text: str


def closed_thank_yous(store: Store, limit: int) -> list[ThankYou]:
    """Customers' mails in the thank-you lane whose tickets are closed, the newest first."""
    rows = store.rows(
        """
        select message.message_id, ticket.id, message.sender_name, message.at, message.new_text
          from message join ticket on ticket.key = message.ticket
         where message.role = 'customer' and message.lane = 'thanks' and ticket.status = 'closed'
         order by message.at desc limit ?
        """,
        limit,
    )
    return [
        ThankYou(
            row["message_id"], row["id"], row["sender_name"], from_text(row["at"]), row["new_text"]
        )
        for row in rows
    ]
