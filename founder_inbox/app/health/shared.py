"""Whether what is done here reaches the founder's other machines, and what was found on the way."""

from collections.abc import Iterator, Mapping

from founder_inbox.app.syncing.forgetting import left_words
from founder_inbox.app.syncing.journal_box import read_box
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.checks import Check, State
from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.time_words import counted
from founder_inbox.store.events import CLOCK_BEHIND
from founder_inbox.store.machines import Machine, known_machines
from founder_inbox.store.settings import get_setting
from founder_inbox.store.sharing import count_unshared, ignored_mails

NAME = "other machines"
# Smaller differences between our clock and the server's do no harm.
_CLOCKS_APART = 60


def look_at_shared(ws: Workspace) -> Iterator[Check]:
    """The shared journal: whether it goes up, what in its mailbox is not ours, and the clock."""
    if not ws.config.journal.share:
        yield Check(NAME, State.OK, "nothing is shared ([journal] share = false)")
        return
    box, waiting = read_box(ws.store), count_unshared(ws.store)
    if box.trouble:
        yield Check(
            NAME,
            State.NOTE,
            f"what you do stays on this machine: {safe_line(box.trouble, 300)}",
            f"Nothing is lost: {counted(waiting, 'line')} of the journal go up when it is mended. "
            "founder-inbox sync --full tries again now.",
        )
    else:
        todo = f"{counted(waiting, 'line')} go up with the next sync"
        yield Check(NAME, State.OK, todo if waiting else "all is shared")
    if others := known_machines(ws.store):
        names = tuple(one.name for one in others.values() if one.name)
        yield Check(NAME, State.OK, f"known: {_machines_words(others)}", names=names)
    if box.moved:
        yield Check(
            NAME,
            State.NOTE,
            f"{counted(box.moved, 'mail')} had been delivered into the mailbox founder-inbox",
            "They are in the inbox, and nothing in them was believed. If the server delivers "
            "to address+founder-inbox, that can be switched off there.",
        )
    strange = ignored_mails(ws.store)
    if strange:
        yield Check(
            NAME,
            State.NOTE,
            f"{counted(len(strange), 'message')} in the mailbox founder-inbox can't be read, the "
            f"last because {safe_line(strange[-1][1], 200)}",
            "They do no harm and stay where they are.",
        )
    behind = int(get_setting(ws.store, CLOCK_BEHIND) or 0)
    if abs(behind) > _CLOCKS_APART:
        side = "behind" if behind > 0 else "ahead of"
        yield Check(
            NAME,
            State.NOTE,
            f"this machine's clock is {counted(abs(behind), 'second')} {side} the mail server's",
            "It is allowed for; better is a clock that is set by the network.",
        )


def _machines_words(others: Mapping[str, Machine]) -> str:
    """Each by its name, and the day it last wrote."""
    return ", ".join(
        f"{safe_line(one.name, 40) or machine}"
        + (f" (last wrote {at.date()})" if (at := one.seen_at) else "")
        for machine, one in sorted(others.items(), key=lambda item: item[1].name)
    )


def look_at_forgotten(ws: Workspace) -> Iterator[Check]:
    """What is left to do for people who asked to be forgotten; nothing where all is done."""
    for words in left_words(ws):
        yield Check(
            "forgotten",
            State.NOTE,
            words,
            "Here it is erased. The rest is done with the next sync, or now: founder-inbox sync",
        )
