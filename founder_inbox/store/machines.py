"""The machines that write in the shared journal: what they are called, and when they last did."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from founder_inbox.core.times import from_text, to_text
from founder_inbox.store.database import Store
from founder_inbox.store.settings import get_setting, set_setting

_SETTING = "machines"
# More than anybody has; whoever could write more in our mailbox gains nothing by it.
_MOST = 50


class Machine(msgspec.Struct, frozen=True):
    """`name` is empty for one that gave none; `seen` its newest message, aware UTC."""

    name: str = ""
    seen: str = ""

    @property
    def seen_at(self) -> datetime | None:
        """When its newest message was written, by its own clock."""
        return from_text(self.seen) if self.seen else None


def known_machines(store: Store) -> dict[str, Machine]:
    """Every other machine that was heard of, by the id in its lines."""
    found = get_setting(store, _SETTING)
    return msgspec.json.decode(found, type=dict[str, Machine]) if found else {}


def note_machine(store: Store, writer: str, names: Mapping[str, str], at: datetime | None) -> None:
    """Remember what a message says: who wrote it and when, and what machines are called."""
    known = before = known_machines(store)
    for machine, name in names.items():
        old = known.get(machine, Machine())
        known = known | {machine: msgspec.structs.replace(old, name=name or old.name)}
    if at is not None:
        old = known.get(writer, Machine())
        newest = max(old.seen, to_text(at))
        known = known | {writer: msgspec.structs.replace(old, seen=newest)}
    if known != before and len(known) <= _MOST:
        set_setting(store, _SETTING, msgspec.json.encode(known).decode())


def machine_name(store: Store, machine: str) -> str:
    """What a machine is called: its name, else the id in its lines."""
    found = known_machines(store).get(machine)
    return found.name if found and found.name else f"machine {machine[:8]}"
