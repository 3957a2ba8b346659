"""What another mail program does is an act in the ticket's history, on the real Dovecot."""

from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest

from founder_inbox.app.queue import triage
from founder_inbox.app.queue.quick_fix import open_fixes
from founder_inbox.app.queue.tickets import Choice, list_tickets, view_ticket
from founder_inbox.app.syncing.journal_box import TRY_AGAIN, read_box, save_box
from founder_inbox.app.syncing.sync import SyncReport
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.model import Status
from founder_inbox.core.tickets.elsewhere import ANOTHER_PROGRAM
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.core.times import to_text
from founder_inbox.store.events import events_of_kinds
from founder_inbox.store.facts import closed_times
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.app.machines import Machine
from tests.servers.account import Account

SEEN = [r"\Seen"]
Sync = Callable[..., SyncReport]


def only(ws: Workspace) -> Ticket:
    [ticket] = list_tickets(ws.store, Choice(everything=True), clock.now(), None)
    return ticket


def others_did(ws: Workspace) -> list[str]:
    """The words of the history's lines by another mail program."""
    history = view_ticket(ws.store, only(ws)).history
    return [entry.text for entry in history if entry.sender.name == ANOTHER_PROGRAM]


def move_all(account: Account, source: str, target: str) -> None:
    client = account.client()
    if not client.folder_exists(target):
        client.create_folder(target)
    client.select_folder(source)
    client.move(client.search("ALL"), target)
    client.logout()


def flag_all(account: Account, flag: bytes, *, on: bool = True) -> None:
    client = account.client()
    client.select_folder("INBOX")
    uids = client.search("ALL")
    if on:
        client.add_flags(uids, [flag], silent=True)
    else:
        client.remove_flags(uids, [flag], silent=True)
    client.logout()


@pytest.mark.parametrize("box", ["Archive", "Trash", "Junk"])
def test_what_a_phone_puts_away_is_closed_and_comes_back_from_there(
    box: str, ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append(letter())
    sync(ws)
    move_all(account, "INBOX", box)
    sync(ws)

    assert others_did(ws) == [f"moved to {box}"]
    assert only(ws).state.status is Status.CLOSED
    assert closed_times(ws.store, clock.now() - timedelta(days=1)) == []

    move_all(account, box, "INBOX")
    sync(ws)
    sync(ws)
    assert others_did(ws) == [f"moved to {box}", "brought back to the inbox"]
    assert only(ws).state.status is Status.OPEN

    move_all(account, "INBOX", box)
    sync(ws)
    assert only(ws).state.status is Status.CLOSED
    assert len(others_did(ws)) == 3


@pytest.mark.parametrize("box", ["Trash", "Junk"])
def test_opening_again_brings_back_what_a_phone_has_put_into_a_bin(
    box: str, ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append(letter())
    sync(ws)
    move_all(account, "INBOX", box)
    sync(ws)
    triage.reopen(ws, [only(ws)], clock.now())
    sync(ws)
    sync(ws)

    assert len(account.messages("INBOX")) == 1
    assert only(ws).state.status is Status.OPEN
    assert others_did(ws) == [f"moved to {box}"]


def test_what_is_deleted_for_good_elsewhere_stays_open_and_says_so(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append(letter())
    sync(ws)
    client = account.client()
    client.select_folder("INBOX")
    client.delete_messages(client.search("ALL"), silent=True)
    client.expunge()
    for _ in range(2):
        sync(ws)

    assert others_did(ws) == ["deleted on the server; the text stays here"]
    assert only(ws).state.status is Status.OPEN


def test_a_flag_on_the_phone_is_a_quick_fix_and_so_is_one_that_is_older_than_our_look(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    sync(ws)
    account.append(letter(), flags=[r"\Flagged"])
    sync(ws)
    assert only(ws).state.quick_fix
    flag_all(account, rb"\Flagged", on=False)
    sync(ws)
    assert not only(ws).state.quick_fix
    flag_all(account, rb"\Flagged")
    for _ in range(2):
        sync(ws)

    assert [ticket.id for ticket in open_fixes(ws.store)] == [only(ws).id]
    assert [words.split(",")[0] for words in others_did(ws)] == [
        "flagged",
        "flag taken off",
        "flagged",
    ]


def test_answered_elsewhere_is_said_and_the_ticket_waits_for_the_answer_to_be_seen(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append(letter())
    sync(ws)
    flag_all(account, rb"\Answered")
    for _ in range(2):
        sync(ws)

    assert others_did(ws) == ["marked as answered; the answer itself is not in Sent"]
    assert only(ws).state.status is Status.OPEN


def test_what_was_flagged_before_the_first_sync_is_no_act(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append(letter(), flags=[r"\Flagged", r"\Answered"])
    for _ in range(2):
        sync(ws)

    assert others_did(ws) == []
    assert not only(ws).state.quick_fix


def test_when_very_many_leave_the_inbox_at_once_none_of_them_is_closed(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append_many([letter(f"Q {n}", message_id=f"<{n}@x.test>") for n in range(25)])
    sync(ws)
    move_all(account, "INBOX", "Archive")
    for _ in range(2):
        sync(ws)

    found = list_tickets(ws.store, Choice(everything=True), clock.now(), None)
    assert {ticket.state.status for ticket in found} == {Status.OPEN}
    lines = [entry for entry in view_ticket(ws.store, found[0]).history if not entry.message]
    assert [entry.text for entry in lines] == ["taken out of the inbox, with many others"]


def test_three_machines_see_one_act_of_the_phone_once_and_none_of_their_own(
    machine: Callable[..., Machine], account: Account
) -> None:
    machines = [machine(name) for name in ("laptop", "desktop", "teammate")]
    account.append(letter(message_id="<1@x.test>"), flags=SEEN)
    _rounds(machines)
    first = machines[0]
    before = first.now() - timedelta(minutes=1)  # what came in that second could be meant, too
    triage.close(first.ws, [only(first.ws)], before)
    triage.reopen(first.ws, [only(first.ws)], before)
    flag_all(account, rb"\Flagged")
    _rounds(machines)
    assert others_did(first.ws) == ["flagged, so it is a quick fix"]
    account.append(letter("Again", message_id="<2@x.test>", references="<1@x.test>"), flags=SEEN)
    _rounds(machines)
    move_all(account, "INBOX", "Archive")
    _rounds(machines)

    assert machines[0].picture() == machines[1].picture() == machines[2].picture()
    assert others_did(first.ws) == ["flagged, so it is a quick fix", "moved to Archive"]
    assert only(first.ws).state.status is Status.CLOSED


def test_two_machines_that_saw_it_before_they_heard_of_each_other_tell_of_one_act(
    machine: Callable[..., Machine], account: Account
) -> None:
    machines = [machine(name) for name in ("laptop", "desktop")]
    account.append(letter(), flags=SEEN)
    _rounds(machines)
    move_all(account, "INBOX", "Trash")
    for one in machines:
        _alone(one)
    _rounds(machines)

    recorded = events_of_kinds(machines[0].ws.store, EventKind.ELSEWHERE)
    assert len({event.machine for event in recorded}) == 2
    assert others_did(machines[0].ws) == ["moved to Trash"]
    assert machines[0].picture() == machines[1].picture()


def _rounds(machines: list[Machine]) -> None:
    for _ in range(2):
        for one in machines:
            one.sync()


def _alone(one: Machine) -> None:
    """A round in which the journal could not be read."""
    with one.ws.store.write():
        box = read_box(one.ws.store)
        save_box(
            one.ws.store,
            msgspec.structs.replace(box, until=to_text(one.now() + TRY_AGAIN)),
        )
    one.sync()
    with one.ws.store.write():
        save_box(one.ws.store, box)
