"""What a rule writes, one machine sends: each claims its mail in the journal, the first has it.

The order is that of the messages in the journal's mailbox, which the server gives and every
machine reads alike. While no other machine is known nothing is claimed.
"""

import hashlib
import logging
import re
from datetime import datetime, timedelta

from founder_inbox.app.sending.outbox import withdraw
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.tickets.facts import Then
from founder_inbox.core.tickets.journal import MACHINE, EventKind, Json
from founder_inbox.store import events, outbox
from founder_inbox.store.outbox import OutboxItem
from founder_inbox.store.settings import machine_of
from founder_inbox.store.sharing import first_claim, knows_others

log = logging.getLogger(__name__)
# An older claim was about another occasion.
SAME_OCCASION = timedelta(days=2)
_ANSWERS = re.compile(rb"^in-reply-to:[ \t\r\n]*(<[^<>\s]{1,900}>)", re.IGNORECASE | re.MULTILINE)
_WAITING = frozenset({"held", "queued"})


def claim_what_rules_wrote(ws: Workspace, now: datetime) -> int:
    """Claim each mail that a rule wrote here and nobody has claimed; returns how many."""
    if not _is_shared(ws):
        return 0
    claimed = 0
    with ws.store.write():
        for item in _of_rules(ws):
            if first_claim(ws.store, key_of(item), item.created_at - SAME_OCCASION) is None:
                data = {"key": key_of(item)}
                events.append_event(ws.store, now, MACHINE, None, EventKind.CLAIMED, data)
                claimed += 1
    return claimed


def give_up_lost(ws: Workspace, now: datetime) -> int:
    """Take out of the outbox what another machine has claimed first; returns how many."""
    if not _is_shared(ws):
        return 0
    lost = [item for item in _of_rules(ws) if _winner(ws, item) not in {None, machine_of(ws.store)}]
    with ws.store.write():
        for item in lost:
            log.info("mail %d is sent by another machine", item.id)
            _take_back_record(ws, item, now)
            withdraw(ws, item, now)
    return len(lost)


def may_leave(ws: Workspace, item: OutboxItem) -> bool:
    """Whether a mail is ours to send: a person wrote it, or our claim was the first."""
    if item.attempts or not _is_shared(ws) or not _is_by_itself(ws, item):
        return True
    return _winner(ws, item) == machine_of(ws.store)


def key_of(item: OutboxItem) -> str:
    """What tells a rule's mail from every other one, alike on each machine."""
    answers = _ANSWERS.search(item.mime.partition(b"\r\n\r\n")[0])
    parts = (item.then, item.ticket or "", *sorted(item.recipients))
    text = "\0".join((*parts, answers[1].decode("ascii", "replace") if answers else item.subject))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _winner(ws: Workspace, item: OutboxItem) -> str | None:
    """The machine whose claim lies first in the mailbox; None while none lies there."""
    claim = first_claim(ws.store, key_of(item), item.created_at - SAME_OCCASION)
    return claim[0] if claim and claim[1] else None


def _is_shared(ws: Workspace) -> bool:
    return ws.config.journal.share and knows_others(ws.store)


def _of_rules(ws: Workspace) -> list[OutboxItem]:
    live = outbox.live_items(ws.store)
    waiting = (item for item in live if item.state in _WAITING and not item.attempts)
    return [item for item in waiting if _is_by_itself(ws, item)]


def _is_by_itself(ws: Workspace, item: OutboxItem) -> bool:
    if item.by_rule or item.then is not Then.INTERNAL:
        return item.by_rule
    passed = events.events_since(ws.store, item.created_at - SAME_OCCASION, EventKind.PASSED_ON)
    return any(event.data.get("outbox") == [item.id] for event in passed)


def _take_back_record(ws: Workspace, item: OutboxItem, now: datetime) -> None:
    """The automatic reply was the other machine's; it stands in the history once."""
    said = events.events_since(ws.store, item.created_at - SAME_OCCASION, EventKind.AUTO_REPLIED)
    for event in said:
        if event.data.get("outbox") == item.id:
            data: dict[str, Json] = {"events": [event.id]}
            events.append_event(ws.store, now, MACHINE, event.ticket, EventKind.UNDONE, data)
