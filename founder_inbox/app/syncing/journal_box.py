"""What this machine knows of the journal's mailbox: where it left off, and what is in its way."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec

from founder_inbox.core.times import from_text_or_none, to_text
from founder_inbox.store.database import Store
from founder_inbox.store.settings import get_setting, set_setting

_SETTING = "journal_box"
TRY_AGAIN = timedelta(minutes=10)


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """`uidvalidity` 0: never seen. `trouble` is a sentence, `until` when it is tried again.

    `shared_at`: when everything was last the same here and there. `said`: the trouble that the
    founder was told. `moved` counts mails that strangers had got into the mailbox.
    """

    uidvalidity: int = 0
    uidnext: int = 1
    snapshot_upto: int = 0
    trouble: str = ""
    until: str | None = None
    said: str = ""
    shared_at: str | None = None
    moved: int = 0

    def rests(self, now: datetime) -> bool:
        """Whether it is too early to try again; a clock that was ahead then makes it no later."""
        until = from_text_or_none(self.until)
        return until is not None and now < until <= now + TRY_AGAIN


@dataclass(slots=True)
class Exchanged:
    """What an exchange did: lines that came and went up, and sentences for the founder."""

    came: int = 0
    went: int = 0
    words: list[str] = field(default_factory=list)

    def add(self, other: "Exchanged") -> None:
        """Count another exchange in."""
        self.came += other.came
        self.went += other.went
        self.words += other.words


def read_box(store: Store) -> Box:
    """What is known; a fresh one where nothing is."""
    kept = get_setting(store, _SETTING)
    try:
        return msgspec.json.decode(kept, type=Box) if kept else Box()
    except msgspec.DecodeError:
        return Box()


def save_box(store: Store, box: Box) -> None:
    """Remember it, if it changed."""
    if box != read_box(store):
        set_setting(store, _SETTING, msgspec.json.encode(box).decode())


def shared_now(box: Box, now: datetime) -> Box:
    """The same, without trouble."""
    return msgspec.structs.replace(box, trouble="", until=None, said="", shared_at=to_text(now))
