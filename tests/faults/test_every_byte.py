"""The line breaks at every single byte of a whole sync, and in the end all is as if it never had.

What the next round makes of a store depends on nothing but that store, so of all the places that
leave the same behind one is gone on from; the others need no second look.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from founder_inbox.app.syncing.sync import connect, prepare, sync_round
from founder_inbox.app.workspace import Workspace, open_workspace
from founder_inbox.errors import ServerUnreachable
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.scripted import ScriptedServer

AT_LEAST = 1_000
STANDS = (
    "select id, subject, status, lane, messages, unread from ticket order by id",
    "select mailbox.name, uid, location.uidvalidity, seen, gone_at, sha256 from location "
    "join mailbox on mailbox.id = mailbox join raw on raw.id = raw order by 1, 2, 3",
    "select message_id, direction, role, subject, new_text from message order by message_id",
    "select name, uidvalidity, uidnext, messages, trouble from mailbox order by name",
    "select sha256, message is null from raw order by sha256",
    "select name from setting order by name",
)
Stand = tuple[tuple[tuple[object, ...], ...], ...]


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        running.inbox.mails = {
            uid: letter(f"Question {uid}", message_id=f"<{uid}@x.test>") for uid in (3, 5)
        }
        yield running
        assert running.surprises == []


@pytest.fixture
def ws(
    server: ScriptedServer, account: Account, config_file: ConfigFile, tmp_path: Path
) -> Iterator[Workspace]:
    """A workspace without TLS, whose password needs no program of its own."""
    path = config_file(account, security="none", imap_port=server.port)
    word = tmp_path / "password"
    word.write_text(account.password)
    word.chmod(0o600)
    text = re.sub(r"password_command = .*", f'password_file = "{word}"', path.read_text())
    path.write_text(text)
    with open_workspace(str(path)) as opened:
        yield opened


def stand(ws: Workspace) -> Stand:
    return tuple(tuple(map(tuple, ws.store.rows(sql))) for sql in STANDS)


def go_round(ws: Workspace) -> None:
    prepare(ws, clock.now())
    session = connect(ws)
    try:
        sync_round(ws, session, clock.now)
    except BaseException:
        session.drop()
        raise
    session.close()


def emptier(ws: Workspace) -> Callable[[], None]:
    """Makes the store as it is now, again and again."""
    blank = ws.paths.data.parent / "blank.db"
    ws.store.connection.execute("vacuum into ?", (str(blank),))
    tables = [
        row["name"]
        for row in ws.store.rows(
            "select name from sqlite_schema where type = 'table' and name not like 'search%' "
            "and name not like 'sqlite%'"
        )
    ]
    ws.store.connection.execute("attach ? as blank", (str(blank),))

    def empty() -> None:
        ws.store.connection.execute("pragma foreign_keys = off")
        with ws.store.write():
            ws.store.run("insert into search(search) values ('delete-all')")
            for table in tables:
                ws.store.run(f"delete from {table}")
                ws.store.run(f"insert into {table} select * from blank.{table}")
            ws.store.run("delete from sqlite_sequence")  # rows have the same numbers each time
        ws.store.connection.execute("pragma foreign_keys = on")

    return empty


def test_cut_at_every_byte_a_sync_ends_like_one_that_was_not(
    ws: Workspace, server: ScriptedServer
) -> None:
    empty, blank = emptier(ws), stand(ws)
    go_round(ws)
    whole, length = stand(ws), server.sent
    assert len(whole[0]) == 2
    assert length > AT_LEAST
    ends: dict[Stand, Stand] = {}

    for place in range(length):
        if stand(ws) != blank:
            empty()
        server.cut_after = place
        with suppress(ServerUnreachable):
            go_round(ws)
        server.cut_after = None
        left = stand(ws)
        if left not in ends:
            go_round(ws)
            ends[left] = stand(ws)
        # The last is what is remembered for later, such as where lines have broken.
        assert ends[left][:-1] == whole[:-1], f"cut after {place} bytes"

    # Nothing, a mailbox, its mails, and all of it: not every place is like every other.
    assert len(ends) >= 4
