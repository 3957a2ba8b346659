"""Laptop, desktop and teammate on one mailbox, and a telephone: in the end all show the same."""

import os
import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from founder_inbox.app.queue import triage
from founder_inbox.app.queue.tickets import find_ticket, list_tickets
from founder_inbox.app.sending.reply import queue_reply
from founder_inbox.core.hours.when import parse_when
from founder_inbox.core.model import Lane
from founder_inbox.core.tickets.identity import ticket_id
from founder_inbox.errors import FounderInboxError
from founder_inbox.store.settings import machine_of
from tests.app.letters import letter
from tests.app.machines import Cut, Machine
from tests.servers.account import Account
from tests.servers.smtp import SmtpServer

Make = Callable[..., Machine]
# More: FOUNDER_INBOX_ROUNDS=200 FOUNDER_INBOX_SEED=7 pytest tests/app/test_three_machines.py
ROUNDS = int(os.environ.get("FOUNDER_INBOX_ROUNDS", "30"))
SEED = int(os.environ.get("FOUNDER_INBOX_SEED", "20261123"))
CLOCKS = {"laptop": 0, "desktop": 6, "teammate": -4}
TAGS = ("billing", "export", "vip")


def test_after_any_script_all_machines_show_the_same_and_each_mail_is_there_once(
    machine: Make, account: Account, smtp_server: SmtpServer
) -> None:
    chance = random.Random(SEED)
    machines = [machine(name, ahead=timedelta(minutes=minutes)) for name, minutes in CLOCKS.items()]
    names = [f"<q{number}@okafor.test>" for number in range(6)]
    for name in names:
        account.append(letter(f"About {name[2:3]}", message_id=name, to=account.address))
    for one in machines:
        one.sync()

    for number in range(ROUNDS):
        _step(chance, chance.choice(machines), account, number)
    for _ in range(3):
        for one in machines:
            # Later, when every copy is in Sent.
            one.ahead += timedelta(minutes=1)
            one.sync(full=True)
            one.sync()

    first, *others = [one.picture() for one in machines]
    assert [_differences(first, other) for other in others] == [[], []]
    assert {shape["id"] for shape in first} >= {ticket_id(name) for name in names}
    lying = [raw for box in ("INBOX", "Sent", "Archive") for raw in _ids(account, box)]
    assert len(lying) == len(set(lying))
    assert len({machine_of(one.ws.store) for one in machines}) == 3


def _differences(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> list[str]:
    """Where two machines show something else, for people."""
    ours, theirs = ({shape["id"]: shape for shape in shapes} for shapes in (one, other))
    found = [f"{name}: only here" for name in ours.keys() ^ theirs.keys()]
    for name in ours.keys() & theirs.keys():
        a, b = ours[name], theirs[name]
        found += [f"{name} {key}: {_unlike(a[key], b[key])}" for key in a if a[key] != b[key]]
    return found


def _unlike(one: object, other: object) -> str:
    """Of two lists only what is not in both."""
    if not (isinstance(one, list) and isinstance(other, list)):
        return f"{one!r} / {other!r}"
    here = [entry for entry in one if entry not in other]
    there = [entry for entry in other if entry not in one]
    return f"{here!r} / {there!r}" if here or there else "another order"


def _step(chance: random.Random, one: Machine, account: Account, number: int) -> None:
    """Something a person does there, mostly offline; now and then a round, whole or cut off."""
    tickets = list_tickets(one.ws.store, one.every, one.now(), None)
    ticket = find_ticket(one.ws.store, chance.choice(tickets).id)
    store, now = one.ws, one.now()
    until = parse_when("3d", now, store.hours.zone, store.hours)
    acts: list[Callable[[], object]] = [
        lambda: triage.close(store, [ticket], now),
        lambda: triage.reopen(store, [ticket], now),
        lambda: triage.snooze(store, [ticket], until, now),
        lambda: triage.move_to_lane(store, [ticket], chance.choice(list(Lane)[:4]), now),
        lambda: triage.add_note(store, ticket, f"note {number}", now),
        lambda: triage.tag(store, [ticket], chance.choice(TAGS), now),
        lambda: triage.undo(store, now),
        lambda: queue_reply(store, ticket, f"Answer {number}, as asked.", now, hold=False),
        lambda: _telephone(chance, account),
        lambda: _customer(chance, account, number),
        one.sync,
        one.sync,
        lambda: one.cut_off(chance.randrange(1, 12)),
    ]
    try:
        chance.choice(acts)()
    except (FounderInboxError, Cut):
        one.ws.store.connection.rollback()


def _customer(chance: random.Random, account: Account, number: int) -> None:
    """Somebody writes, for the first time or again."""
    words = chance.choice(["It is down!", "A refund, please.", "It would be nice if it could fly."])
    again = chance.choice(["", f"<q{chance.randrange(6)}@okafor.test>"])
    name = f"<m{number}@okafor.test>"
    account.append(letter(words, words, message_id=name, references=again, to=account.address))


def _telephone(chance: random.Random, account: Account) -> None:
    """Another mail program reads, flags or answers something."""
    client = account.client()
    client.select_folder("INBOX")
    uids = client.search()
    flag = chance.choice([b"\\Seen", b"\\Flagged", b"\\Answered"])
    client.add_flags([chance.choice(uids)], [flag], silent=True)
    client.logout()


def _ids(account: Account, box: str) -> list[bytes]:
    if not account.client().folder_exists(box):
        return []
    raws = (mail.raw.lower() for mail in account.messages(box))
    return [raw.partition(b"message-id: ")[2].partition(b"\r\n")[0] for raw in raws]
