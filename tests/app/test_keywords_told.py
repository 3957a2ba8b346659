"""Keywords on the real Dovecot, for mail programs that show them."""

from collections.abc import Callable
from datetime import timedelta

from founder_inbox.app.queue import quick_fix, triage
from founder_inbox.app.queue.tickets import Choice, list_tickets
from founder_inbox.app.syncing.sync import SyncReport
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.when import parse_when
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.mail.imap_answers import read_selected
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.servers.account import Account

Sync = Callable[..., SyncReport]
SELECTED = {b"UIDVALIDITY": 1, b"UIDNEXT": 5, b"EXISTS": 4}


def only(ws: Workspace) -> Ticket:
    [ticket] = list_tickets(ws.store, Choice(everything=True), clock.now(), None)
    return ticket


def flags(account: Account) -> set[str]:
    [mail] = account.messages()
    return {flag for flag in mail.flags if flag != r"\Seen"}


def test_what_is_put_off_carries_a_keyword_until_it_is_back(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append(letter(), flags=["Work"])
    sync(ws)
    until = parse_when("3d", clock.now(), ws.hours.zone, ws.hours)
    triage.snooze(ws, [only(ws)], until, clock.now())
    sync(ws)
    assert flags(account) == {"Work", "$FounderInboxSnoozed"}
    assert sync(ws).updated == 0

    triage.undo(ws, clock.now() + timedelta(seconds=1))
    sync(ws)
    assert flags(account) == {"Work"}


def test_the_flag_of_a_quick_fix_goes_when_it_is_closed_and_comes_back_with_undo(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append(letter())
    sync(ws)
    quick_fix.flag(ws, [only(ws)], clock.now())
    sync(ws)
    assert flags(account) == {r"\Flagged"}
    triage.close(ws, [only(ws)], clock.now())
    sync(ws)
    assert flags(account) == set()
    triage.undo(ws, clock.now())
    sync(ws)
    assert flags(account) == {r"\Flagged"}
    assert only(ws).state.quick_fix


def test_a_server_says_itself_whether_it_keeps_keywords() -> None:
    kept = SELECTED | {b"PERMANENTFLAGS": (b"\\Seen", b"\\*")}
    fixed = SELECTED | {b"PERMANENTFLAGS": (b"\\Seen",)}

    assert read_selected(kept).keeps_keywords
    assert not read_selected(fixed).keeps_keywords
    assert not read_selected(SELECTED).keeps_keywords
