"""What lines of the journal from other machines change here: the tickets they are about."""

from collections.abc import Sequence
from datetime import datetime

from founder_inbox.app.reading.forgetting import follow_forgotten
from founder_inbox.app.reading.project import QUIET_BEFORE, project_tickets, quiet_before
from founder_inbox.app.reading.rehome import rehome
from founder_inbox.app.reading.voters import KINDS as IDEA_KINDS
from founder_inbox.app.reading.voters import recount_voters
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.tickets.homes import MOVES, touched_names
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.core.times import from_text, to_text
from founder_inbox.store import events, threads
from founder_inbox.store.settings import set_setting
from founder_inbox.store.sharing import Taken
from founder_inbox.store.tickets import all_keys, key_of_id
from founder_inbox.store.verdicts import follow_new_lines

# After one of these any ticket may stand differently: an address was blocked, or no longer.
_BLOCKS = frozenset({EventKind.SPAM, EventKind.UNBLOCKED})


def settle_shared(ws: Workspace, taken: Sequence[Taken], now: datetime) -> None:
    """Work out anew every ticket that new lines are about. Inside `write()`.

    Lines about mails that are not here yet count when these come.
    """
    kinds = {kind for one in taken for kind in one.kinds}
    named = {ticket for one in taken for ticket in one.tickets}
    if not kinds and not named:
        return
    if EventKind.FORGOTTEN in kinds:
        follow_forgotten(ws.store, now)
    everything = bool(kinds & _BLOCKS) or _adopt_first_import(ws, kinds)
    keys = {key for name in named if (key := key_of_id(ws.store, name)) is not None}
    if kinds & {*MOVES, EventKind.UNDONE}:
        keys |= _brought_home(ws, now)
    if EventKind.SORTED in kinds:
        keys |= follow_new_lines(ws.store)
    project_tickets(ws.store, all_keys(ws.store) if everything else keys, now)
    if kinds & {*IDEA_KINDS, EventKind.UNDONE}:
        recount_voters(ws.store)


def _brought_home(ws: Workspace, now: datetime) -> set[int]:
    moves = events.events_of_kinds(ws.store, *sorted(MOVES))
    names = [name for move in moves for name in touched_names(move)]
    known = threads.threads_named(ws.store, names)
    return rehome(ws.store, {thread.key for thread in known.values()}, now) if known else set()


def _adopt_first_import(ws: Workspace, kinds: set[str]) -> bool:
    """The first machine said what arrived settled; a later one goes by that, and not by its own."""
    if EventKind.IMPORTED not in kinds:
        return False
    first = events.events_of_kinds(ws.store, EventKind.IMPORTED)[0]
    before = from_text(str(first.data["quiet_before"]))
    if before == quiet_before(ws.store):
        return False
    set_setting(ws.store, QUIET_BEFORE, to_text(before))
    return True
