"""Who speaks in a ticket for the first time: said visibly, so that no stranger is taken for Ana."""

from collections.abc import Iterable
from dataclasses import replace

from founder_inbox.core.relays import writer
from founder_inbox.core.tickets.entry import Entry, EntryKind
from founder_inbox.core.tickets.facts import Role


def mark_newcomers(history: Iterable[Entry]) -> list[Entry]:
    """The same entries, oldest first; a mail of a person not named in any mail before says so.

    The first mail's writer is the customer, and who was written to or copied in is no stranger.
    """
    marked: list[Entry] = []
    known: set[str] = set()
    for entry in history:
        if entry.kind is not EntryKind.MESSAGE:
            marked.append(entry)
            continue
        person = writer(entry.sender, entry.reply_to).address.casefold()
        is_new = bool(known) and entry.role is Role.CUSTOMER and person not in known
        marked.append(_as_newcomer(entry) if is_new else entry)
        people = (entry.sender, *entry.to, *entry.cc, *entry.reply_to)
        known |= {person.address.casefold() for person in people}
    return marked


def _as_newcomer(entry: Entry) -> Entry:
    address = writer(entry.sender, entry.reply_to).address
    words = f"{address or 'Somebody without an address'} is new in this ticket."
    return replace(entry, warnings=(*entry.warnings, words), new_sender=True)
