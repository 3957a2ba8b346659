"""The first import: tickets after few round trips, quiet, and going on where it was stopped."""

import re
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from founder_inbox.app.syncing.first_import import arrival_words, is_told, take_arrival_words
from founder_inbox.app.syncing.sync import SyncReport, connect, prepare, sync_round
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.sync.plan import BATCH_MAILS
from founder_inbox.core.sync.uids import expand
from founder_inbox.store.sync_state import read_sync_state
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.cli.conftest import program
from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.dovecot import DovecotServer
from tests.servers.proxy import STRONG, ImapProxy

Sync = Callable[..., SyncReport]
Open = Callable[[Path], Workspace]
_FETCHED = re.compile(rb"UID FETCH ([\d:,]+) \(.*BODY\.PEEK\[\]")


class Enough(Exception):
    """The test has seen what it wanted to see."""


@pytest.fixture
def proxy(dovecot: DovecotServer) -> Iterator[ImapProxy]:
    with ImapProxy(dovecot, STRONG) as running:
        yield running


def fill(account: Account, mails: int) -> None:
    account.append_many([letter(f"Q {n}", message_id=f"<{n}@x.test>") for n in range(mails)])


def count(ws: Workspace, table: str) -> int:
    row = ws.store.row(f"select count(*) as n from {table}")
    return int(row["n"]) if row else 0


def fetched(proxy: ImapProxy) -> Counter[int]:
    """How often each mail of the inbox was asked for."""
    pieces = (found[1].decode() for c in proxy.commands if (found := _FETCHED.match(c)))
    return Counter(uid for piece in pieces for uid in expand(piece, 10_000))


def trips_to_the_first_tickets(ws: Workspace, proxy: ImapProxy) -> int:
    """Commands until 50 tickets are listed; the import is broken off then."""

    def now() -> datetime:
        if count(ws, "ticket") >= 50:
            raise Enough
        return clock.now()

    prepare(ws, clock.now())
    session = connect(ws)
    with pytest.raises(Enough):
        sync_round(ws, session, now)
    session.drop()
    return len(proxy.commands)


@pytest.mark.parametrize("mails", [60, 700])
def test_the_first_tickets_are_there_after_a_few_round_trips_whatever_the_size(
    proxy: ImapProxy, account: Account, config_file: ConfigFile, open_with: Open, mails: int
) -> None:
    fill(account, mails)
    proxy.delay = 0.05
    ws = open_with(config_file(account, imap_port=proxy.imaps_port))

    # One of them is for the batch after these, which travels while they are filed.
    assert trips_to_the_first_tickets(ws, proxy) <= 12

    newest = ws.store.row("select min(uid) as low, max(uid) as high from location")
    assert newest is not None
    assert (newest["high"], newest["low"] > mails - 60) == (mails, True)


def test_an_import_that_was_stopped_goes_on_and_fetches_nothing_stored_twice(
    proxy: ImapProxy, account: Account, config_file: ConfigFile, open_with: Open, sync: Sync
) -> None:
    fill(account, 180)
    ws = open_with(config_file(account, imap_port=proxy.imaps_port))
    trips_to_the_first_tickets(ws, proxy)
    here = count(ws, "location")
    report = sync(ws)

    assert report.fetched == 180 - here > 0
    asked = fetched(proxy)
    assert asked.keys() == set(range(1, 181))
    # The batch that was on its way when the line was dropped, and nothing that had been stored.
    assert sum(times - 1 for times in asked.values()) <= BATCH_MAILS
    assert count(ws, "ticket") == 180


def test_ctrl_c_ends_a_sync_says_how_far_it_came_and_the_next_one_goes_on(
    proxy: ImapProxy, account: Account, config_file: ConfigFile, open_with: Open, sync: Sync
) -> None:
    fill(account, 200)
    proxy.delay = 0.05
    config = config_file(account, imap_port=proxy.imaps_port)
    ws = open_with(config)
    with program("sync", "--config", config) as child:
        give_up = clock.monotonic() + 30
        while not read_sync_state(ws.store).progress:
            assert clock.monotonic() < give_up
            time.sleep(0.005)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=15)

    assert (child.returncode, out) == (130, "")
    said = re.fullmatch(
        r"Stopped after (\d+) of 200 mails\. What came in stays; the next sync goes on there\.\n",
        err,
    )
    assert said, err
    assert read_sync_state(ws.store).doing == "idle"
    before = count(ws, "location")
    assert before >= int(said[1]) > 0

    proxy.delay = 0
    assert sync(ws).fetched == 200 - before
    assert count(ws, "ticket") == 200
    assert max(fetched(proxy).values()) <= 2  # the batch that was on its way may come again


def test_how_many_tickets_arrived_closed_is_said_once_also_after_an_interruption(
    proxy: ImapProxy, account: Account, config_file: ConfigFile, open_with: Open, sync: Sync
) -> None:
    old = clock.now() - timedelta(days=40)
    for number in range(60):
        account.append(letter(f"Old {number}", message_id=f"<o{number}@x.test>", date=old), at=old)
    account.append(letter("New", message_id="<new@x.test>"))
    ws = open_with(config_file(account, imap_port=proxy.imaps_port))
    trips_to_the_first_tickets(ws, proxy)
    assert take_arrival_words(ws) == ""
    assert not is_told(ws)

    assert sync(ws).arrived_closed == 60
    said = ws.store.rows("select message_id from message join sorted_mail on mail = key")
    assert [row["message_id"] for row in said] == ["<new@x.test>"]
    account.append(letter("Old again", message_id="<late@x.test>", date=old), at=old)
    assert sync(ws).arrived_closed == 0
    assert take_arrival_words(ws).startswith("60 tickets have been silent for 14 days")
    assert take_arrival_words(ws) == ""
    assert arrival_words(1).startswith("1 ticket has been")
    assert arrival_words(0) == ""
