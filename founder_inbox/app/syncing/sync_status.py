"""One word for the header: when we last heard from the server, or what is in the way."""

from datetime import datetime, timedelta, tzinfo

from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.hours.time_words import describe_age
from founder_inbox.store import actions
from founder_inbox.store.database import Store
from founder_inbox.store.mailboxes import all_mailboxes
from founder_inbox.store.sync_state import SyncState, read_sync_state

FRESH = timedelta(minutes=20)


def sync_words(store: Store, now: datetime, zone: tzinfo, *, silent: bool = False) -> SafeLine:
    """Say "synced 09:21", "offline, synced 2 h ago", "login refused", "fetching 120 of 2,000".

    A mailbox that is not as the server has it is named; `doctor` says what differs.

    While the door is shut (`silent`) only what needs the founder's hand is said.
    """
    state = read_sync_state(store)
    if silent and state.doing != "refused":
        return SafeLine("")
    return safe_line(_words(store, state, now, zone), 80)


def count_untold(store: Store, now: datetime) -> int:
    """How many of the founder's changes the server would not take; `doctor` names them."""
    return actions.count_untold(store, now)


def sync_trouble(store: Store) -> SafeLine | None:
    """The whole sentence of what is in the way, or None."""
    state = read_sync_state(store)
    return safe_line(state.error, 500) if state.error else None


def _words(store: Store, state: SyncState, now: datetime, zone: tzinfo) -> str:
    last = _last(state, now, zone)
    if state.doing == "offline":
        return f"offline, {last}"
    if state.doing == "refused":
        return "login refused: see founder-inbox doctor"
    if state.doing == "fetching" and state.progress:
        return f"fetching {state.progress}"
    apart = [mailbox.name for mailbox in all_mailboxes(store) if mailbox.trouble]
    return f"{last}, {safe_line(apart[0], 12)} differs: see doctor" if apart else last


def _last(state: SyncState, now: datetime, zone: tzinfo) -> str:
    if state.synced_at is None:
        return "not synced yet"
    if now - state.synced_at < FRESH:
        return f"synced {state.synced_at.astimezone(zone):%H:%M}"
    return f"synced {describe_age(state.synced_at, now)} ago"
