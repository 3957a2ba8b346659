"""Bringing mails to the tickets that merges and splits in the journal give them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from founder_inbox.core.tickets.homes import MOVES, homes, touched_names
from founder_inbox.core.tickets.journal import Event, EventKind
from founder_inbox.store import events, threads
from founder_inbox.store.database import Store
from founder_inbox.store.threads import Thread


def rehome(store: Store, touched: Iterable[int], now: datetime) -> set[int]:
    """Work out anew where the mails of these threads are at home, and of all that moves with them.

    Returns the keys of tickets that changed and have to be projected. Cheap while nobody has
    merged or split anything.
    """
    moves = events.events_of_kinds(store, *sorted(MOVES))
    keys = set(touched)
    if not moves or not keys:
        return set()
    known = threads.threads_named(store, [name for move in moves for name in touched_names(move)])
    found, concerned = _connected(keys, moves, known)
    if not concerned:
        return set()
    undone = events.events_of_kinds(store, EventKind.UNDONE)
    with store.write():
        return _place(store, found, [*concerned, *undone], known, now)


def _place(
    store: Store, keys: set[int], said: Sequence[Event], known: dict[str, Thread], now: datetime
) -> set[int]:
    for event in said:
        into, root = event.data.get("into"), event.data.get("message_id")
        if event.kind is EventKind.SPLIT and isinstance(into, str) and into not in known:
            key = threads.create_thread(store, str(root), now, into)
            known[into] = threads.thread_with_key(store, key)
            keys.add(key)
    mails = threads.filed_messages(store, keys)
    placed = homes([mail.filed for mail in mails], threads.known_names(known), said)
    return threads.place_threads(
        store, [threads.thread_with_key(store, key) for key in sorted(keys)], mails, placed, now
    )


def _connected(
    keys: set[int], moves: Sequence[Event], known: dict[str, Thread]
) -> tuple[set[int], list[Event]]:
    """The threads that any move, undone ones too, ties to these; and those moves."""
    found = set(keys)
    groups = [{known[name].key for name in touched_names(m) if name in known} for m in moves]
    while more := {key for group in groups if group & found for key in group} - found:
        found |= more
    return found, [m for m, group in zip(moves, groups, strict=True) if group & found]
