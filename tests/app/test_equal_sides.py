"""What is here is what the server has, whatever happened to either; where it is not, it is said."""

from collections.abc import Callable
from datetime import UTC

import pytest

from founder_inbox.app.health.doctor import examine
from founder_inbox.app.syncing.sync import SyncReport
from founder_inbox.app.syncing.sync_status import sync_words
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.checks import State
from founder_inbox.store.mailboxes import known_uids, mailbox_named
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.servers.account import Account

Sync = Callable[..., SyncReport]

LOST_ROW = "delete from location where uid = 2"
PHANTOM = (
    "insert into location (mailbox, uidvalidity, uid, raw) "
    "select mailbox, uidvalidity, 99, raw from location where uid = 1"
)
A_DAY_AGO = "update mailbox set checked_at = '2020-01-01T00:00:00Z'"


def here(ws: Workspace) -> list[int]:
    row = mailbox_named(ws.store, "INBOX")
    assert row is not None
    return sorted(known_uids(ws.store, row))


def meddle(ws: Workspace, *statements: str) -> None:
    with ws.store.write():
        for statement in statements:
            ws.store.run(statement)


@pytest.fixture
def filled(ws: Workspace, account: Account, sync: Sync) -> Workspace:
    for number in range(1, 5):
        account.append(letter(f"Q {number}", message_id=f"<{number}@x.test>"))
    sync(ws)
    return ws


@pytest.mark.parametrize(
    "meddling",
    [
        (LOST_ROW,),
        (PHANTOM,),
        ("update location set gone_at = '2026-01-01T00:00:00Z' where uid = 3",),
        (LOST_ROW, PHANTOM, A_DAY_AGO),
        ("delete from location",),
        ("update mailbox set uidnext = 1, messages = 0",),
        ("update mailbox set highestmodseq = 1",),
        ("update mailbox set highestmodseq = 9223372036854775807",),
    ],
    ids=" and ".join,
)
def test_a_database_that_was_meddled_with_is_equal_again_after_one_round(
    filled: Workspace, sync: Sync, meddling: tuple[str, ...]
) -> None:
    meddle(filled, *meddling)
    report = sync(filled)

    assert here(filled) == [1, 2, 3, 4]
    assert report.question is None
    tickets = filled.store.row("select count(*) as n from ticket")
    assert tickets is not None
    assert tickets["n"] == 4


def test_a_full_round_compares_also_where_the_counts_agree(filled: Workspace, sync: Sync) -> None:
    meddle(filled, LOST_ROW, PHANTOM)
    sync(filled, full=True)

    assert here(filled) == [1, 2, 3, 4]


def test_what_differs_is_said_by_doctor_and_in_the_header_until_it_is_mended(
    filled: Workspace, sync: Sync, account: Account
) -> None:
    account.append_many([letter(message_id=f"<m{n}@x.test>") for n in range(40)])
    sync(filled)
    client = account.client()
    client.select_folder("INBOX")
    client.delete_messages(client.search("ALL"), silent=True)
    client.expunge()
    sync(filled)

    words = sync_words(filled.store, clock.now(), UTC)
    assert words.endswith(", INBOX differs: see doctor")
    [check] = [c for c in examine(str(filled.paths.config), clock.now()) if c.name == "mailbox"]
    assert check.state is State.FAILED
    assert check.words.startswith("INBOX: 44 of 44 mails have vanished")

    sync(filled, full=True)
    assert "differs" not in sync_words(filled.store, clock.now(), UTC)
