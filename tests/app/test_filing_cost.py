"""What filing a mail costs does not grow with its ticket, nor with the mailbox.

Counted in steps of SQLite and not in seconds: the same on every machine. What is worked out in
Python is worked out from rows, and reading a row takes steps, too.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from founder_inbox.app.queue import triage
from founder_inbox.app.queue.tickets import Choice, list_tickets
from founder_inbox.app.reading.intake import BATCH, take_in_waiting
from founder_inbox.app.reading.project import project_stale
from founder_inbox.app.syncing.sync import prepare
from founder_inbox.app.workspace import Workspace, open_workspace
from founder_inbox.core.sync.mailbox import Fetched, Flags
from founder_inbox.store import mailboxes, stale
from tests.app.letters import letter
from tests.tui.company import Company

NOW = datetime(2026, 11, 23, 9, 15, tzinfo=UTC)
UNREAD = Flags(seen=False, answered=False, flagged=False)
STEPS = 100
EVERYTHING = Choice(None, everything=True)
Write = Callable[[int], bytes]


def of_one_ticket(number: int) -> bytes:
    return letter(
        "Re: Export",
        f"This is number {number} about it. Can you look?",
        message_id=f"<m{number}@x.test>",
        references=f"<root@x.test> <m{number - 1}@x.test>",
    )


def of_many_tickets(number: int) -> bytes:
    ticket = number // 3
    return letter(
        f"Re: Export {ticket}",
        f"This is number {number} about it. Can you look?",
        sender=f"Tom <tom{ticket}@okafor.test>",
        message_id=f"<m{number}@x.test>",
        references=f"<root{ticket}@x.test>",
    )


@contextmanager
def desk_in(folder: Path) -> Iterator[Workspace]:
    folder.mkdir(exist_ok=True)
    company = Company(folder)
    company.write_config()
    with open_workspace(company.config) as ws:
        yield ws


def receive(ws: Workspace, mails: int, write: Write) -> None:
    """A first import, the newest batch first, as `fetch_mails` files it; not yet its end.

    The oldest mail comes alone, so that a long ticket is left behind however fast the others are.
    """
    box = mailboxes.add_mailbox(ws.store, "INBOX", "inbox", 1)
    numbers = list(range(mails))
    while numbers:
        size = min(BATCH, max(len(numbers) - 1, 1))
        raws = [(number, write(number)) for number in numbers[-size:]]
        del numbers[-size:]
        found = [
            Fetched(n + 1, raw, len(raw), NOW - timedelta(minutes=mails - n), UNREAD)
            for n, raw in raws
        ]
        mailboxes.add_fetched(ws.store, box, found)
        take_in_waiting(ws, NOW)


def mails_counted(ws: Workspace) -> int:
    """What the only ticket's row says."""
    [row] = ws.store.rows("select messages from ticket")
    return int(row["messages"])


@contextmanager
def counted(ws: Workspace) -> Iterator[list[int]]:
    """How many steps SQLite takes inside."""
    done = [0]

    def stepped() -> int:
        done[0] += STEPS
        return 0

    ws.store.connection.set_progress_handler(stepped, STEPS)
    try:
        yield done
    finally:
        ws.store.connection.set_progress_handler(None, 0)


@pytest.mark.parametrize("write", [of_one_ticket, of_many_tickets])
def test_a_mail_costs_the_same_among_many(tmp_path: Path, write: Write) -> None:
    costs: dict[int, float] = {}
    for mails in (400, 1_600):
        with desk_in(tmp_path / str(mails)) as ws, counted(ws) as done:
            receive(ws, mails, write)
            project_stale(ws.store, NOW)
        costs[mails] = done[0] / mails

    assert costs[1_600] / costs[400] < 1.4, costs


def test_a_long_ticket_that_was_left_behind_is_put_right_after_a_crash(tmp_path: Path) -> None:
    with desk_in(tmp_path) as ws:
        receive(ws, 590, of_one_ticket)
        assert stale.stale_tickets(ws.store)
        assert mails_counted(ws) < 590

    with desk_in(tmp_path) as ws:
        prepare(ws, NOW)
        assert stale.stale_tickets(ws.store) == []
        assert mails_counted(ws) == 590


def test_what_a_person_does_with_a_ticket_left_behind_sees_all_its_mails(tmp_path: Path) -> None:
    with desk_in(tmp_path) as ws:
        receive(ws, 590, of_one_ticket)
        ticket = list_tickets(ws.store, EVERYTHING, NOW, None)[0]
        triage.close(ws, [ticket], NOW)

        assert mails_counted(ws) == 590
        assert stale.stale_tickets(ws.store) == []
