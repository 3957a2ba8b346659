"""Somebody was forgotten, here or on another machine: what is theirs goes, and stays away."""

from collections.abc import Sequence
from datetime import datetime

from founder_inbox.app.reading.project import project_tickets
from founder_inbox.app.reading.voters import recount_voters
from founder_inbox.core.model import Mail
from founder_inbox.core.sharing.forgotten import Forgotten, mark_of
from founder_inbox.store import forgotten as kept
from founder_inbox.store.database import Store
from founder_inbox.store.erasing import Erased, erase
from founder_inbox.store.sync_state import forget_words


def follow_forgotten(store: Store, now: datetime) -> None:
    """Erase here what lines of the journal say and was not erased yet. Inside `write()`."""
    for one in kept.not_acted_upon(store):
        follow(store, one, now)
        kept.note_forgotten(store, one.id, None, ())


def follow(store: Store, one: Forgotten, now: datetime, ids: Sequence[str] | None = None) -> Erased:
    """Erase what one line names; tickets that others are in are worked out anew.

    `ids`: the Message-IDs of its mails, where they are known; it is quicker then.
    """
    erased = erase(store, one, now, ids)
    project_tickets(store, erased.shared, now)
    recount_voters(store)
    # A sentence there may name a mail by its subject.
    forget_words(store)
    return erased


def is_forgotten(store: Store, mail: Mail) -> bool:
    """Whether a mail that came in was erased for good."""
    return kept.is_forgotten(store, mark_of(mail.message_id, mail.sender.address, mail.date))


def forget_again(store: Store, raw: int, now: datetime) -> None:
    """It came back, from a file or under another hash: its bytes go, too. Inside `write()`."""
    kept.empty_raw(store, raw, now)
    kept.write_file_again(store)
