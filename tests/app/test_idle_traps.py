"""Waiting for news on lines that lie: what the syncing process makes of each trap of IDLE."""

import socket
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from founder_inbox.app.syncing.sync import connect
from founder_inbox.app.syncing.watch import Watch
from founder_inbox.app.workspace import Workspace
from founder_inbox.store.sync_state import read_sync_state
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.scripted import ScriptedServer, Step, Then

PATIENCE = 20.0
IDLING = b"+ idling\r\n"


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        running.inbox.mails = {3: letter(message_id="<3@x.test>")}
        yield running
        assert running.steps == []


@pytest.fixture
def ws(
    server: ScriptedServer,
    account: Account,
    config_file: ConfigFile,
    open_with: Callable[[Path], Workspace],
) -> Workspace:
    return open_with(config_file(account, security="none", imap_port=server.port))


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, float]]:
    """Which failure in a row it was, and what the server asked for; nobody waits for it here."""
    asked: list[tuple[int, float]] = []

    def no_pause(failures: int, _chance: float, wait: float = 0.0) -> float:
        asked.append((failures, wait))
        return 0.0

    monkeypatch.setattr("founder_inbox.app.syncing.watch.pause_after", no_pause)
    return asked


def watch_until(ws: Workspace, enough: Callable[[], bool]) -> None:
    """Run the process's loop here; it looks at the clock twice a second at least."""
    give_up = clock.monotonic() + PATIENCE

    def now() -> datetime:
        moment = clock.now()
        if watch is not None:
            watch.stopping = enough() or clock.monotonic() > give_up
        return moment

    watch: Watch | None = None
    watch = Watch(ws, now, until_eof=False)
    watch.run()
    assert enough(), "it did not happen in time"


def arrive(server: ScriptedServer) -> None:
    server.inbox.mails[9] = letter("New", message_id="<9@x.test>")


def mails(ws: Workspace) -> int:
    row = ws.store.row("select count(*) as n from message")
    return int(row["n"]) if row else 0


@pytest.mark.parametrize(
    ("answer", "then"),
    [
        (IDLING, Then.CLOSE),
        (IDLING + b"* BYE going down for maintenance\r\n", Then.CLOSE),
        (IDLING + b"* BYE idle for too long\r\n", Then.GO),
        (IDLING + b"* 2 EXI", Then.CLOSE),
        (b"", Then.CLOSE),
    ],
    ids=["closed", "bye and closed", "bye", "half a line", "closed before idling"],
)
def test_a_line_lost_while_waiting_is_one_failure_and_one_new_line(
    ws: Workspace,
    server: ScriptedServer,
    pauses: list[tuple[int, float]],
    answer: bytes,
    then: Then,
) -> None:
    server.steps = [Step("IDLE", answer, then)]
    watch_until(ws, lambda: server.asked("IDLE") == 2)

    assert pauses == [(1, 0.0)]
    assert server.asked("LOGIN") == 2
    assert mails(ws) == 1


@pytest.mark.parametrize(
    "news",
    [
        IDLING + b"* 2 EXISTS\r\n",
        [IDLING, b"* 2 EXISTS\r\n"],
        [IDLING, b"* 2 EX", b"ISTS\r\n"],
        b"* 2 EXISTS\r\n" + IDLING,
    ],
    ids=["glued", "apart", "in two pieces", "before"],
)
def test_news_brings_the_mail_however_it_arrives(
    ws: Workspace, server: ScriptedServer, pauses: list[tuple[int, float]], news: bytes
) -> None:
    server.steps = [Step("IDLE", news)]

    def came() -> bool:
        if server.asked("IDLE") == 1:
            arrive(server)
        return mails(ws) == 2

    watch_until(ws, came)
    assert (server.asked("LOGIN"), pauses) == (1, [])


def test_a_line_that_stays_silent_is_looked_at_all_the_same(
    ws: Workspace, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server tells of nothing, ever; nine minutes are one second here."""
    monkeypatch.setattr("founder_inbox.app.syncing.watch.IDLE_SECONDS", 1)

    def came() -> bool:
        if server.asked("IDLE") == 1:
            arrive(server)
        return mails(ws) == 2

    watch_until(ws, came)
    assert server.asked("DONE") >= 1
    assert server.asked("LOGIN") == 1


@pytest.mark.parametrize(
    ("command", "answer", "wait"),
    [
        (
            "EXAMINE",
            b"{tag} BAD Request is throttled. Suggested Backoff Time: 7000 milliseconds\r\n",
            7.0,
        ),
        ("EXAMINE", b"{tag} NO [UNAVAILABLE] try later\r\n", 120.0),
        ("LIST", b"{tag} NO [LIMIT] too many commands\r\n", 300.0),
        ("LOGIN", b"{tag} NO [UNAVAILABLE] no login now\r\n", 120.0),
        ("IDLE", IDLING + b"* BYE [UNAVAILABLE] back soon\r\n", 120.0),
    ],
)
def test_a_server_that_asks_for_time_gets_it(
    ws: Workspace,
    server: ScriptedServer,
    pauses: list[tuple[int, float]],
    command: str,
    answer: bytes,
    wait: float,
) -> None:
    server.steps = [Step(command, answer)]
    watch_until(ws, lambda: mails(ws) == 1 and server.asked("LOGIN") == 2)

    assert pauses == [(1, wait)]
    assert server.asked("LOGIN") == 2


def test_failures_in_a_row_are_counted_until_a_line_holds(
    ws: Workspace, server: ScriptedServer, pauses: list[tuple[int, float]]
) -> None:
    server.steps = [Step("LOGIN", b"", Then.CLOSE)] * 3
    watch_until(ws, lambda: mails(ws) == 1)

    assert [failures for failures, _ in pauses] == [1, 2, 3]
    assert read_sync_state(ws.store).doing in {"idle", "fetching"}


def test_a_server_that_takes_idle_back_is_asked_now_and_then(
    ws: Workspace, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("founder_inbox.app.syncing.watch.POLL_SECONDS", 0)
    server.steps = [Step("IDLE", b"{tag} BAD unknown command\r\n")]

    def came() -> bool:
        if server.asked("IDLE"):
            arrive(server)
        return mails(ws) == 2

    watch_until(ws, came)
    assert server.asked("LOGIN") == 1


def test_a_silent_line_is_kept_alive_below(ws: Workspace, server: ScriptedServer) -> None:
    session = connect(ws)
    line = session.client.socket()
    assert line.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
    session.drop()
