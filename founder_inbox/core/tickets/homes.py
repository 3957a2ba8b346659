"""Where mails are at home once people have merged tickets and split mails off.

Threading files each mail under a *thread*, for good. What people did since is in the journal, and
this fold over it gives each mail its ticket. Threads, tickets and mails have names that are the
same on every machine, so the same facts give the same homes, in whatever order they came in.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from founder_inbox.core.tickets.journal import Event, EventKind, Json, effective

MOVES = frozenset({EventKind.MERGED, EventKind.SPLIT})


@dataclass(frozen=True, slots=True)
class Filed:
    """A mail as threading filed it: its id, its thread's name, the ids it answers, nearest last."""

    message_id: str
    thread: str
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Homes:
    """The ticket of each mail, and of each name a ticket ever had."""

    of_mail: Mapping[str, str]
    of_name: Mapping[str, str]


def merge_data(other: str, roots: tuple[str, str], seen: tuple[int, int]) -> dict[str, Json]:
    """The fields of a `merged` event, which is recorded for the ticket that stays.

    `roots` are the Message-IDs that the kept ticket and `other` began with, `seen` how many
    customer mails each had.
    """
    return {"other": other, "roots": list(roots), "counts": list(seen)}


def split_data(
    message_id: str, into: str, seen: int, stay: Collection[str] = ()
) -> dict[str, Json]:
    """The fields of a `split` event, which is recorded for the ticket that the mail leaves.

    `seen` is how many customer mails go with it. `stay` are mails that look like answers to it
    and are none: what tells of a hand-off stays where the hand-off is.
    """
    data: dict[str, Json] = {"message_id": message_id, "into": into, "counts": [seen]}
    return data | ({"stay": list[Json](sorted(stay))} if stay else {})


def going_with(message_id: str, stay: Collection[str], mails: Sequence[Filed]) -> set[str]:
    """The mails of a ticket that a split takes along, itself among them."""
    return answers_to(message_id, [mail for mail in mails if mail.message_id not in stay])


def touched_names(event: Event) -> tuple[str, ...]:
    """Every name, of a ticket or a mail, by which a merge or split says what it is about."""
    roots = event.data.get("roots")
    names = [event.ticket, event.data.get("other"), event.data.get("into")]
    names += [event.data.get("message_id"), *(roots if isinstance(roots, list) else [])]
    return tuple(name for name in names if isinstance(name, str) and name)


def homes(mails: Sequence[Filed], known: Mapping[str, str], events: Iterable[Event]) -> Homes:
    """Fold merges and splits, in any order and any number of times, into everyone's home.

    `known` says which thread a name means: old ids of a thread, and Message-IDs it began with.
    What names nothing that is here yet waits until it is.
    """
    counted = effective({event.id: event for event in events}.values())
    fold = _Fold(mails, known)
    for event in counted:
        if event.kind is EventKind.MERGED:
            fold.merge(event)
        elif event.kind is EventKind.SPLIT:
            fold.split(event)
    return Homes(fold.place, fold.named)


def answers_to(message_id: str, mails: Iterable[Filed]) -> set[str]:
    """That mail and those of `mails`, all of one ticket, that answer it, directly or not.

    A mail answers the nearest one that it names and that is among them. One id can stand in
    several mails; they stay together.
    """
    parents: dict[str, str] = {}
    given = sorted(mails, key=lambda mail: (mail.message_id, mail.references))
    here = {mail.message_id for mail in given}
    for mail in given:
        others = (ref for ref in reversed(mail.references) if ref != mail.message_id)
        nearest = next((ref for ref in others if ref in here), None)
        if nearest is not None:
            parents.setdefault(mail.message_id, nearest)
    below: dict[str, list[str]] = {}
    for mail_id, parent in parents.items():
        below.setdefault(parent, []).append(mail_id)
    found, wait = {message_id} & here, [message_id]
    while wait:
        more = [mail_id for mail_id in below.get(wait.pop(), ()) if mail_id not in found]
        found.update(more)
        wait += more
    return found


class _Fold:
    """The homes while the events are walked through."""

    def __init__(self, mails: Sequence[Filed], known: Mapping[str, str]) -> None:
        self.mails = mails
        self.known = known
        self.place = {mail.message_id: mail.thread for mail in mails}
        self.named = {mail.thread: mail.thread for mail in mails}

    def merge(self, event: Event) -> None:
        """Everything that is in the other ticket, and its names, go to the kept one."""
        roots = event.data.get("roots")
        first, second = roots if isinstance(roots, list) and len(roots) == 2 else ("", "")
        kept = self._ticket(event.ticket, first)
        other = self._ticket(event.data.get("other"), second)
        if kept is None or other is None or kept == other:
            return
        for names in (self.place, self.named):
            for name, ticket in names.items():
                if ticket == other:
                    names[name] = kept

    def split(self, event: Event) -> None:
        """A mail, and those that answer it, go to a ticket of their own, if something stays."""
        message, into = event.data.get("message_id"), event.data.get("into")
        if not isinstance(message, str) or not isinstance(into, str):
            return
        left, into = self.place.get(message), self.known.get(into, into)
        if left is None or left == into:
            return
        here = [mail for mail in self.mails if self.place[mail.message_id] == left]
        stay = event.data.get("stay")
        named = (
            {name for name in stay if isinstance(name, str)} if isinstance(stay, list) else set()
        )
        moved = going_with(message, named - {message}, here)
        if len(moved) == len({mail.message_id for mail in here}):
            return
        self.named[into] = into
        self.place |= dict.fromkeys(moved, into)

    def _ticket(self, name: Json, root: Json) -> str | None:
        """The ticket that a name means now; a root helps where ids are others."""
        for given in (name, root):
            if isinstance(given, str):
                ticket = self.named.get(self.known.get(given, given))
                if ticket is not None:
                    return ticket
        return None
