"""The files of large mails come a piece at a time when somebody wants them, and only then."""

import json
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from founder_inbox.app.queue.tickets import Choice, list_tickets
from founder_inbox.app.reading.attachments import TicketFile, as_now, ask_for, ask_no_more, files_of
from founder_inbox.app.reading.attachments import save_file as save
from founder_inbox.app.reading.intake import take_in_all
from founder_inbox.app.syncing.parts import GONE, PIECE, bring_parts
from founder_inbox.app.syncing.sync import SyncReport, connect
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.sync.mailbox import Fetched, Flags
from founder_inbox.errors import BadInput, NotFound, ServerUnreachable
from founder_inbox.store import mailboxes
from founder_inbox.store.parts import PartState
from founder_inbox.system import clock
from founder_inbox.system.locks import held
from tests.app.letters import letter
from tests.cli.conftest import ROOT, program
from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.dovecot import DovecotServer
from tests.servers.large_mail import WORDS, file_bytes, mail, multipart, part, with_files
from tests.servers.proxy import Fault, ImapProxy

Sync = Callable[..., SyncReport]
BIG = file_bytes(3_000_000)
MAIL = with_files(("plan.pdf", BIG), ("more.pdf", file_bytes(400_000, 2)))


@pytest.fixture
def proxy(dovecot: DovecotServer) -> Iterator[ImapProxy]:
    with ImapProxy(dovecot) as running:
        yield running


@pytest.fixture
def config(account: Account, config_file: ConfigFile, proxy: ImapProxy) -> Path:
    return config_file(account, imap_port=proxy.imaps_port)


@pytest.fixture
def ws(config: Path, open_with: Callable[[Path], Workspace]) -> Workspace:
    return open_with(config)


def files(ws: Workspace) -> list[TicketFile]:
    tickets = list_tickets(ws.store, Choice(everything=True), clock.now(), None)
    return [file for ticket in tickets for file in files_of(ws, ticket)]


def got(ws: Workspace, file: TicketFile) -> int:
    part = as_now(ws, file).part
    return part.got if part else 0


def why(ws: Workspace, file: TicketFile) -> tuple[PartState, str | None]:
    part = as_now(ws, file).part
    assert part is not None
    return part.state, part.answer


def test_a_file_that_is_asked_for_is_there_after_a_round_and_only_that_one(
    ws: Workspace, account: Account, sync: Sync, tmp_path: Path
) -> None:
    account.append(MAIL)
    sync(ws)
    plan, more = files(ws)
    assert (plan.here, more.here) == (False, False)
    ask_for(ws, [plan])
    sync(ws)

    path = save(ws, as_now(ws, plan), tmp_path / "files")

    assert path.read_bytes() == BIG
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not as_now(ws, more).here
    assert account.messages()[0].flags == frozenset()


def test_a_file_on_the_server_is_not_saved_as_an_empty_one(
    ws: Workspace, account: Account, sync: Sync, tmp_path: Path
) -> None:
    account.append(MAIL)
    sync(ws)

    with pytest.raises(NotFound, match="still on the server"):
        save(ws, files(ws)[0], tmp_path / "files")
    assert not (tmp_path / "files").exists()


def test_quoted_printable_and_plain_files_are_decoded_too(
    ws: Workspace, account: Account, sync: Sync, tmp_path: Path
) -> None:
    table = "Grüße;1=2\r\n" * 40_000
    quoted = table.encode().replace(b"=", b"=3D").replace(b"\xc3", b"=C3").replace(b"\xbc", b"=BC")
    disposition = "Content-Disposition: attachment; filename=t.csv"
    parts = [
        WORDS,
        part("text/csv", quoted, "Content-Transfer-Encoding: quoted-printable", disposition),
        part("text/csv", table.encode(), "Content-Transfer-Encoding: 8bit", disposition),
    ]
    account.append(mail(multipart("outer", parts)))
    sync(ws)
    ask_for(ws, files(ws))
    sync(ws)

    saved = [save(ws, file, tmp_path / "files").read_bytes() for file in files(ws)]

    assert saved == [table.encode()] * 2


def test_a_line_cut_in_the_middle_goes_on_where_it_stopped(
    ws: Workspace, account: Account, sync: Sync, proxy: ImapProxy, tmp_path: Path
) -> None:
    account.append(MAIL)
    sync(ws)
    plan = files(ws)[0]
    ask_for(ws, [plan])
    proxy.fault = Fault(cut_after=PIECE * 5 // 2)

    with pytest.raises(ServerUnreachable):
        sync(ws)
    assert got(ws, plan) == 2 * PIECE
    assert why(ws, plan)[0] is PartState.WANTED
    proxy.fault = Fault()
    sync(ws)

    assert save(ws, as_now(ws, plan), tmp_path).read_bytes() == BIG
    assert proxy.conversations[-1].sent < len(BIG) * 4 // 3 - PIECE


def test_who_changes_their_mind_waits_for_one_piece_at_most(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append(MAIL)
    sync(ws)
    plan = files(ws)[0]
    ask_for(ws, [plan])
    session = connect(ws)
    bring_parts(ws, session, session.roles(), lambda: ask_no_more(ws, [plan]))
    session.close()

    assert got(ws, plan) == PIECE
    assert why(ws, plan) == (PartState.LEFT, None)


def test_a_mail_that_was_moved_is_found_where_it_is_now(
    ws: Workspace, account: Account, sync: Sync, tmp_path: Path
) -> None:
    account.append(MAIL)
    account.append(letter(message_id="<other@x.test>"))
    sync(ws)
    client = account.client()
    client.select_folder("INBOX")
    client.move(client.search(["SUBJECT", "files"]), "Archive")
    sync(ws)
    ask_for(ws, files(ws))
    sync(ws)

    assert save(ws, files(ws)[0], tmp_path).read_bytes() == BIG


def test_a_renumbered_mailbox_costs_no_second_fetch_and_loses_no_file(
    ws: Workspace, account: Account, sync: Sync, tmp_path: Path
) -> None:
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    account.append(MAIL, at=at)
    sync(ws)
    client = account.client()
    client.select_folder("INBOX")
    client.delete_messages(client.search("ALL"), silent=True)
    client.expunge()
    client.unselect_folder()
    account.append(letter(message_id="<first@x.test>"), at=at)
    account.append(MAIL, at=at)
    with ws.store.write():
        ws.store.run("update mailbox set uidvalidity = uidvalidity - 1 where role = 'inbox'")
        ws.store.run("update location set uidvalidity = uidvalidity - 1")

    assert sync(ws).fetched == 1
    ask_for(ws, files(ws))
    sync(ws)
    assert save(ws, files(ws)[0], tmp_path).read_bytes() == BIG


def test_a_mail_that_is_gone_says_so_and_keeps_its_words(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append(MAIL)
    sync(ws)
    client = account.client()
    client.select_folder("INBOX")
    client.delete_messages(client.search("ALL"), silent=True)
    client.expunge()
    ask_for(ws, files(ws))
    sync(ws)

    assert why(ws, files(ws)[0]) == (PartState.FAILED, GONE)
    assert len(files(ws)) == 2


@pytest.mark.parametrize("message_id", ["<large@okafor.test>", None])
def test_the_whole_mail_from_elsewhere_is_the_same_message(
    ws: Workspace, account: Account, sync: Sync, message_id: str | None
) -> None:
    raw = with_files(("plan.pdf", BIG), message_id=message_id)
    account.append(raw)
    sync(ws)
    sent = mailboxes.mailbox_named(ws.store, "Sent")
    assert sent is not None
    flags = Flags(seen=True, answered=False, flagged=False)
    mailboxes.add_fetched(ws.store, sent, [Fetched(900, raw, len(raw), clock.now(), flags)])
    take_in_all(ws, clock.now())

    assert len(ws.store.rows("select id from message")) == 1
    assert len(ws.store.rows("select id from raw where message is not null")) == 2


def test_two_mails_that_differ_in_their_files_alone_are_two(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append(with_files(("a.pdf", BIG), message_id=None))
    account.append(with_files(("a.pdf", BIG + b"more" * 100), message_id=None))

    assert sync(ws).fetched == 2
    assert len(files(ws)) == 2


def test_a_small_mail_that_looks_like_a_skeleton_is_taken_at_its_word(
    ws: Workspace, account: Account, sync: Sync, tmp_path: Path
) -> None:
    account.append(with_files(("plan.pdf", b""), message_id="<fake@x.test>"))
    sync(ws)
    [file] = files(ws)

    assert (file.here, file.attachment.size) == (True, 0)
    assert save(ws, file, tmp_path).read_bytes() == b""


MEASURE = """
import json, resource, sys
from pathlib import Path
from founder_inbox.app.reading.attachments import ask_for, files_of
from founder_inbox.app.queue.tickets import Choice, list_tickets
from founder_inbox.app.workspace import open_workspace
from founder_inbox.system import clock
from founder_inbox.system.locks import held
from tests.app.conftest import run_round

def peak():
    status = Path("/proc/self/status")
    if status.exists():
        line = next(l for l in status.read_text().splitlines() if l.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

with open_workspace(sys.argv[1]) as ws:
    ws.rules
    run_round(ws)
    before = peak()
    print("ready", flush=True)
    sys.stdin.readline()
    fetched = run_round(ws).fetched
    synced = peak()
    [big] = [f for t in list_tickets(ws.store, Choice(everything=True), clock.now(), None)
             for f in files_of(ws, t)]
    ask_for(ws, [big])
    run_round(ws)
    print(json.dumps([fetched, synced - before, peak() - before, peak()]))
"""


def test_fifty_megabytes_never_stand_in_memory_and_the_neighbours_come_in(
    account: Account, config_file: ConfigFile
) -> None:
    config = config_file(account)
    account.append(letter(message_id="<before@x.test>"))
    child = subprocess.Popen(
        [sys.executable, "-c", MEASURE, str(config)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    assert child.stdin is not None
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    big = with_files(("film.mp4", file_bytes(37_000_000)))
    account.append(big)
    account.append(letter(message_id="<after@x.test>"))
    out, _ = child.communicate("go\n", timeout=60)
    fetched, synced, brought, peak = json.loads(out)

    assert fetched == 2
    assert synced < len(big) // 4
    assert brought < len(big) // 2
    assert peak < 120_000_000


def test_the_command_saves_what_was_on_the_server(
    ws: Workspace, account: Account, sync: Sync, config: Path, tmp_path: Path
) -> None:
    account.append(MAIL)
    sync(ws)
    [ticket] = list_tickets(ws.store, Choice(everything=True), clock.now(), None)
    where: list[str | Path] = ["attachments", ticket.id, "--config", config, "--json"]
    listed, _ = program(*where).communicate(timeout=30)
    child = program(*where, "--save", tmp_path / "files")
    out, err = child.communicate(timeout=30)

    assert [file["here"] for file in json.loads(listed)] == [False, False]
    assert child.returncode == 0
    assert [file["here"] for file in json.loads(out)] == [True, True]
    assert (tmp_path / "files" / "plan.pdf").read_bytes() == BIG
    assert "Fetching 4.7 MB of 4.7 MB" in err


def test_without_a_server_the_command_saves_what_is_here_and_says_what_is_not(
    ws: Workspace, account: Account, sync: Sync, config: Path, tmp_path: Path, proxy: ImapProxy
) -> None:
    account.append(MAIL)
    sync(ws)
    ask_for(ws, files(ws)[1:])
    sync(ws)
    [ticket] = list_tickets(ws.store, Choice(everything=True), clock.now(), None)
    text = config.read_text().replace(f"port = {proxy.imaps_port}", "port = 1")
    config.write_text(text)
    child = program("attachments", ticket.id, "--config", config, "--save", tmp_path / "files")
    _, err = child.communicate(timeout=30)

    assert child.returncode == 69
    assert [path.name for path in (tmp_path / "files").iterdir()] == ["more.pdf"]
    assert "plan.pdf: It is still on the server." in err
    assert why(ws, files(ws)[0])[0] is PartState.LEFT


def test_the_command_lets_the_syncing_process_fetch(
    ws: Workspace, account: Account, sync: Sync, config: Path, tmp_path: Path
) -> None:
    account.append(MAIL)
    sync(ws)
    [ticket] = list_tickets(ws.store, Choice(everything=True), clock.now(), None)
    watch = program("sync", "--watch", "--config", config)
    try:
        while not held(ws.paths.data / "sync.lock"):
            clock.wait(0.05)
        child = program("attachments", ticket.id, "--config", config, "--save", tmp_path / "f")
        _, err = child.communicate(timeout=40)
    finally:
        watch.terminate()
        watch.communicate(timeout=20)

    assert (child.returncode, (tmp_path / "f" / "plan.pdf").read_bytes() == BIG) == (0, True), err


def test_what_can_not_be_written_to_the_end_leaves_no_half_file(
    ws: Workspace, account: Account, sync: Sync, tmp_path: Path
) -> None:
    account.append(MAIL)
    sync(ws)
    ask_for(ws, files(ws))
    sync(ws)
    plan = files(ws)[0]
    with ws.store.write():  # as after a bad sector
        ws.store.run("update piece set body = x'00' where start > 0")

    with pytest.raises(BadInput, match="damaged"):
        save(ws, plan, tmp_path / "files")
    assert list((tmp_path / "files").iterdir()) == []
