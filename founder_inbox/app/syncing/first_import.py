"""The first import is quiet: how many tickets arrived closed, said once."""

from founder_inbox.app.reading.project import quiet_before
from founder_inbox.app.workspace import Workspace
from founder_inbox.store.settings import get_setting, set_setting
from founder_inbox.store.tickets import count_settled

_COUNTED = "arrived_closed"
_TOLD = "arrived_closed_told"


def finish_first_import(ws: Workspace) -> int:
    """Call at the end of a whole round: after the first one, how many tickets arrived closed.

    0 after any other round. What came in before an import was interrupted counts, too.
    """
    before = quiet_before(ws.store)
    if before is None or get_setting(ws.store, _COUNTED) is not None:
        return 0
    count = count_settled(ws.store, before)
    set_setting(ws.store, _COUNTED, str(count))
    return count


def arrival_words(count: int) -> str:
    """One sentence; empty when none arrived closed."""
    if not count:
        return ""
    have = "1 ticket has" if count == 1 else f"{count:,} tickets have"
    it = "It is" if count == 1 else "They are"
    return f"{have} been silent for 14 days and arrived closed. {it} in search, and nobody waits."


def is_told(ws: Workspace) -> bool:
    """Whether there is nothing to be said any more."""
    return get_setting(ws.store, _TOLD) is not None


def take_arrival_words(ws: Workspace) -> str:
    """The sentence when the first import is over, once; empty before and after."""
    counted = get_setting(ws.store, _COUNTED)
    if counted is None or is_told(ws):
        return ""
    set_setting(ws.store, _TOLD, "yes")
    return arrival_words(int(counted))
