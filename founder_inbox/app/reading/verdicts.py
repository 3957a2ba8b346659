"""Where a customer's mail stands is said once, for every machine.

What the sorter makes of a mail depends on what it has learned by then, which no other machine
and no new data folder can repeat. So the first that sorts a mail says so in the journal.
"""

from collections.abc import Collection
from datetime import datetime

from founder_inbox.app.reading.project import quiet_before
from founder_inbox.core.tickets.journal import MACHINE, EventKind
from founder_inbox.store.database import Store
from founder_inbox.store.events import append_event
from founder_inbox.store.verdicts import unsaid_verdicts

MOST_IN_A_LINE = 100


def say_sorted(store: Store, messages: Collection[int], now: datetime) -> None:
    """Put into the journal where these mails stand, if nobody has; many in one line.

    Their tickets are worked out by now: what arrived closed with the first import is left out.
    """
    said = unsaid_verdicts(store, messages, quiet_before(store))
    for start in range(0, len(said), MOST_IN_A_LINE):
        mails = list(said[start : start + MOST_IN_A_LINE])
        append_event(store, now, MACHINE, None, EventKind.SORTED, {"mails": [*mails]})
