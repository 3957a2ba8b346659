"""The syncing process, as the app starts it: it hears of new mail, and it ends at once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from founder_inbox.app.hours.door import open_early
from founder_inbox.app.syncing.sync_status import sync_trouble
from founder_inbox.app.syncing.watch import Watch
from founder_inbox.app.workspace import Workspace
from founder_inbox.errors import LoginRefused
from founder_inbox.store.sync_state import read_sync_state
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.dovecot import DovecotServer
from tests.servers.proxy import BARE, STRONG, Fault, ImapProxy

PATIENCE = 15.0
# Whatever it waits for, a look, a silent server, the next try, would take several times as long.
AT_ONCE = 6
Open = Callable[[Path], Workspace]


@pytest.fixture
def proxy(dovecot: DovecotServer) -> Iterator[ImapProxy]:
    with ImapProxy(dovecot, STRONG) as running:
        yield running


def until(true: Callable[[], object], seconds: float = PATIENCE) -> float:
    """Wait for something another process does; returns how long that took."""
    started = clock.monotonic()
    while not true():
        waited = clock.monotonic() - started
        assert waited < seconds, "it did not happen in time"
        time.sleep(0.01)
    return clock.monotonic() - started


@contextmanager
def watching(config: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`founder-inbox sync --watch --until-eof`, as the app starts it."""
    command = [sys.executable, "-m", "founder_inbox", "sync", "--watch", "--until-eof"]
    with subprocess.Popen(
        [*command, "--config", str(config)], stdin=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        try:
            yield child
        finally:
            child.kill()


def count_mails(ws: Workspace) -> int:
    row = ws.store.row("select count(*) as n from message")
    return int(row["n"]) if row else 0


def in_idle(proxy: ImapProxy) -> bool:
    return bool(proxy.conversations) and proxy.conversations[-1].commands[-1:] == [b"IDLE"]


def end_of(child: subprocess.Popen[bytes], how: str) -> tuple[int, float]:
    """End it by a signal or by the end of its input; exit code and seconds."""
    started = clock.monotonic()
    if how == "eof":
        assert child.stdin is not None
        child.stdin.close()
    else:
        child.send_signal(getattr(signal, how))
    return child.wait(PATIENCE), clock.monotonic() - started


@pytest.mark.parametrize("how", ["SIGTERM", "SIGINT", "SIGHUP", "eof"])
def test_it_hears_of_a_new_mail_at_once_and_ends_at_once(
    proxy: ImapProxy, account: Account, config_file: ConfigFile, open_with: Open, how: str
) -> None:
    account.messages()
    config = config_file(account, imap_port=proxy.imaps_port)
    ws = open_with(config)
    with watching(config) as child:
        until(lambda: in_idle(proxy))
        account.append(letter())

        assert until(lambda: count_mails(ws) == 1) < AT_ONCE
        until(lambda: in_idle(proxy))
        code, seconds = end_of(child, how)
    assert (code, seconds < AT_ONCE) == (0, True)


@pytest.mark.parametrize("how", ["SIGTERM", "eof"])
@pytest.mark.parametrize("stalls_after", [0, 30, 700])
def test_it_ends_at_once_while_the_server_says_nothing(
    proxy: ImapProxy, account: Account, config_file: ConfigFile, how: str, stalls_after: int
) -> None:
    proxy.fault = Fault(stall_after=stalls_after)
    config = config_file(account, security="none", imap_port=proxy.imap_port)
    with watching(config) as child:
        until(lambda: proxy.conversations and proxy.conversations[0].sent == stalls_after)
        code, seconds = end_of(child, how)
    assert (code, seconds < AT_ONCE) == (0, True)


def test_it_ends_at_once_while_it_waits_for_the_server_to_come_back(
    proxy: ImapProxy, account: Account, config_file: ConfigFile, open_with: Open
) -> None:
    proxy.fault = Fault(cut_after=0)
    config = config_file(account, security="none", imap_port=proxy.imap_port)
    ws = open_with(config)
    with watching(config) as child:
        until(lambda: read_sync_state(ws.store).doing == "offline")
        code, seconds = end_of(child, "SIGTERM")
    assert (code, seconds < AT_ONCE) == (0, True)
    assert "it goes on when the server is back" in (sync_trouble(ws.store) or "")


def test_a_nudge_brings_a_round_at_once_also_where_there_is_no_idle(
    proxy: ImapProxy, account: Account, config_file: ConfigFile, open_with: Open
) -> None:
    proxy.profile = BARE
    account.messages()
    config = config_file(account, imap_port=proxy.imaps_port)
    ws = open_with(config)
    with watching(config) as child:
        until(lambda: proxy.commands.count(b'EXAMINE "INBOX"') == 2)  # for the round, for the wait
        account.append(letter())
        child.send_signal(signal.SIGUSR1)

        assert until(lambda: count_mails(ws) == 1) < 1.5
    assert b"IDLE" not in proxy.commands


def test_a_nudge_ends_the_wait_for_a_server_that_was_away(
    proxy: ImapProxy, account: Account, config_file: ConfigFile, open_with: Open
) -> None:
    proxy.fault = Fault(cut_after=0)
    config = config_file(account, imap_port=proxy.imaps_port)
    ws = open_with(config)
    with watching(config) as child:
        until(lambda: read_sync_state(ws.store).doing == "offline")
        proxy.fault = Fault()
        child.send_signal(signal.SIGUSR1)

        assert until(lambda: read_sync_state(ws.store).synced_at) < AT_ONCE


def test_a_refused_login_is_tried_twice_and_no_more(
    proxy: ImapProxy, account: Account, config_file: ConfigFile, open_with: Open
) -> None:
    config = config_file(account, imap_port=proxy.imaps_port, password="wrong")
    ws = open_with(config)
    with watching(config) as child:
        until(lambda: read_sync_state(ws.store).doing == "refused")
        child.send_signal(signal.SIGUSR1)
        assert child.wait(PATIENCE) == LoginRefused.exit_code

    assert sum(command.startswith(b"LOGIN") for command in proxy.commands) == 2
    assert "app password" in (sync_trouble(ws.store) or "")


def test_a_connection_that_was_lost_is_made_again_and_nothing_is_missed(
    proxy: ImapProxy, account: Account, config_file: ConfigFile, open_with: Open
) -> None:
    account.messages()
    config = config_file(account, imap_port=proxy.imaps_port)
    ws = open_with(config)
    with watching(config) as child:
        until(lambda: in_idle(proxy))
        proxy.hang_up()
        until(lambda: read_sync_state(ws.store).doing == "offline")
        account.append(letter())
        child.send_signal(signal.SIGUSR1)
        until(lambda: count_mails(ws) == 1)
        until(lambda: in_idle(proxy))

    assert len(proxy.conversations) == 2


def test_a_process_killed_again_and_again_loses_and_doubles_nothing(
    proxy: ImapProxy, account: Account, config_file: ConfigFile, open_with: Open
) -> None:
    account.append_many([letter(f"Q {n}", message_id=f"<{n}@x.test>") for n in range(400)])
    config = config_file(account, imap_port=proxy.imaps_port)
    ws = open_with(config)
    for enough in (1, 100, 101, 250):
        with watching(config) as child:
            until(lambda wanted=enough: count_mails(ws) >= wanted)  # type: ignore[misc]
            child.kill()
    with watching(config):
        until(lambda: in_idle(proxy))

    places = ws.store.row("select count(*) as n, count(distinct uid) as uids from location")
    tickets = ws.store.row("select count(*) as n from ticket")
    assert places is not None
    assert tickets is not None
    assert (places["n"], places["uids"], count_mails(ws), tickets["n"]) == (400, 400, 400, 400)


def test_after_a_sleep_of_the_machine_the_old_line_is_not_trusted(
    proxy: ImapProxy, account: Account, config_file: ConfigFile, open_with: Open
) -> None:
    ws = open_with(config_file(account, imap_port=proxy.imaps_port))
    slept = timedelta(0)

    def now() -> datetime:
        nonlocal slept
        if in_idle(proxy) and len(proxy.conversations) == 1:
            slept = timedelta(hours=1)
        elif in_idle(proxy):
            watch.stopping = True
        return clock.now() + slept

    watch = Watch(ws, now, until_eof=False)
    watch.run()

    first, second = proxy.conversations
    assert first.commands[-1] == b"IDLE"  # no DONE and no LOGOUT: nobody was there to hear it
    assert b"IDLE" in second.commands


def test_a_mail_that_comes_between_a_round_and_the_wait_is_not_overlooked(
    proxy: ImapProxy, account: Account, config_file: ConfigFile, open_with: Open
) -> None:
    account.messages()
    ws = open_with(config_file(account, imap_port=proxy.imaps_port))
    came = False

    def now() -> datetime:
        nonlocal came
        # Asked right after a round has ended, before the inbox is opened to wait.
        if not came and read_sync_state(ws.store).synced_at is not None:
            came = True
            account.append(letter())
        if in_idle(proxy):
            watch.stopping = True
        return clock.now()

    watch = Watch(ws, now, until_eof=False)
    watch.run()

    assert came
    assert count_mails(ws) == 1
    assert os.getpid() == read_sync_state(ws.store).pid


def test_outside_the_hours_news_wait_for_their_round_and_the_opening_brings_one(
    proxy: ImapProxy, account: Account, config_file: ConfigFile, open_with: Open
) -> None:
    account.messages()
    config = config_file(account, imap_port=proxy.imaps_port, windows=[])
    ws = open_with(config)
    with watching(config):
        until(lambda: in_idle(proxy))
        talk = proxy.conversations[-1]
        idles = talk.commands.count(b"IDLE")
        account.append(letter())
        until(lambda: talk.commands.count(b"IDLE") > idles)
        assert count_mails(ws) == 0

        open_early(ws, 10, "a customer is on the phone", clock.now())
        until(lambda: count_mails(ws) == 1)


def test_outside_the_hours_neither_a_lost_line_nor_a_restart_makes_a_round(
    proxy: ImapProxy, account: Account, config_file: ConfigFile, open_with: Open
) -> None:
    account.messages()
    config = config_file(account, imap_port=proxy.imaps_port, windows=[])
    ws = open_with(config)
    with watching(config) as child:
        until(lambda: in_idle(proxy))
        account.append(letter())
        proxy.hang_up()
        until(lambda: read_sync_state(ws.store).doing == "offline")
        child.send_signal(signal.SIGUSR1)  # it need not wait before it connects again
        until(lambda: len(proxy.conversations) == 2 and in_idle(proxy))
    with watching(config) as child:
        until(lambda: len(proxy.conversations) == 3 and in_idle(proxy))
        assert count_mails(ws) == 0
        assert read_sync_state(ws.store).doing == "idle"

        child.send_signal(signal.SIGUSR1)
        until(lambda: count_mails(ws) == 1)


def test_an_answer_from_another_mail_program_is_seen_while_it_listens_to_the_inbox(
    proxy: ImapProxy,
    account: Account,
    config_file: ConfigFile,
    open_with: Open,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("founder_inbox.app.syncing.watch.SENT_SECONDS", 1)
    account.append(letter())
    ws = open_with(config_file(account, imap_port=proxy.imaps_port))
    answered = False
    watch: Watch | None = None

    def now() -> datetime:
        nonlocal answered
        if in_idle(proxy) and not answered:
            answered = True
            account.append(
                letter("Re: Export", sender=account.address, message_id="<a@acme.test>"), "Sent"
            )
        if watch is not None:
            watch.stopping = count_mails(ws) == 2
        return clock.now()

    watch = Watch(ws, now, until_eof=False)
    watch.run()

    assert count_mails(ws) == 2
    assert [c for c in proxy.commands if c.startswith(b"STATUS")]
    assert len(proxy.conversations) == 1
