"""Telling other machines what waits in this one's outbox, and what no longer does."""

import base64
from datetime import datetime

from founder_inbox.app.reading.project import project_tickets
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.sharing.waiting import LARGEST_CARRIED, TAKEABLE
from founder_inbox.core.tickets.facts import Then
from founder_inbox.core.times import to_text
from founder_inbox.store import outbox, sharing
from founder_inbox.store.events import next_word
from founder_inbox.store.outbox import OutboxItem
from founder_inbox.store.settings import machine_of
from founder_inbox.store.tickets import key_of_id
from founder_inbox.store.waiting import WaitingMail, waiting_elsewhere, waiting_of_machine


def tell_of_outbox(ws: Workspace, now: datetime) -> int:
    """Put down what other machines have to know of our outbox; returns how many words it took.

    A mail that leaves within its undo time is never spoken of.
    """
    machine = machine_of(ws.store)
    _let_go(ws, now)
    said = {mail.message_id: mail for mail in waiting_of_machine(ws.store, machine)}
    here = {item.message_id: item for item in outbox.live_items(ws.store) if _is_told(item)}
    told = 0
    with ws.store.write():
        for message_id, item in here.items():
            if message_id not in said or _differs(said[message_id], item):
                say_of(ws, item, now)
                told += 1
        for message_id in said.keys() - here.keys():
            _say_gone(ws, said[message_id], now)
            told += 1
    return told


def _is_told(item: OutboxItem) -> bool:
    return item.then is not Then.AUTOMATIC and not item.by_rule


def _differs(said: WaitingMail, item: OutboxItem) -> bool:
    return (said.state, said.not_before, said.seen) != (item.state, item.not_before, item.seen)


def _let_go(ws: Workspace, now: datetime) -> None:
    """Take out of the outbox what another machine has taken over, if it has not left already."""
    taken = {mail.message_id for mail in waiting_elsewhere(ws.store, machine_of(ws.store))}
    for item in outbox.live_items(ws.store) if taken else ():
        if item.message_id in taken and item.state in TAKEABLE and not item.attempts:
            with ws.store.write():
                outbox.delete_item(ws.store, item.id)
                key = key_of_id(ws.store, item.ticket) if item.ticket else None
                project_tickets(ws.store, [key] if key is not None else [], now)


def say_of(ws: Workspace, item: OutboxItem, now: datetime) -> None:
    """Put down how a mail of this outbox stands, for the other machines. Inside `write()`."""
    data: sharing.Record = {
        "machine": machine_of(ws.store),
        "sender": item.sender,
        "recipients": list(item.recipients),
        "subject": item.subject,
        "body": item.body,
        "then": item.then,
        "seen": item.seen,
        "not_before": to_text(item.not_before),
        "created_at": to_text(item.created_at),
        "answer": item.answer,
    }
    if len(item.mime) <= LARGEST_CARRIED:
        data["mime"] = base64.b64encode(item.mime).decode("ascii")
    record = {
        "message_id": item.message_id,
        "at": to_text(now),
        "actor": ws.actor,
        "ticket": item.ticket,
        "state": item.state,
        "data": data,
    }
    sharing.say_waiting(ws.store, next_word(ws.store, now), record)


def _say_gone(ws: Workspace, mail: WaitingMail, now: datetime) -> None:
    record = {
        "message_id": mail.message_id,
        "at": to_text(now),
        "actor": ws.actor,
        "ticket": mail.ticket,
        "state": sharing.GONE,
        "data": {"machine": machine_of(ws.store)},
    }
    sharing.say_waiting(ws.store, next_word(ws.store, now), record)
