"""backup and restore: everything into one file while others write, and the whole way back."""

import json
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from founder_inbox.app.sending.waiting import tell_of_outbox
from founder_inbox.app.workspace import open_workspace
from founder_inbox.store.settings import machine_of
from founder_inbox.system import clock
from founder_inbox.system.locks import hold
from founder_inbox.system.paths import APP_LOCK
from tests.app.letters import letter
from tests.cli.conftest import Cli, Founder, MakeFounder


def seen(cli: Cli, founder: Founder) -> list[object]:
    """All that a founder sees of their tickets."""
    listed = cli("list", "--status", "all", "--config", founder.config, "--json").json
    return [cli("show", t["id"], "--config", founder.config, "--json").json for t in listed]


def test_a_backup_brings_everything_back_on_a_machine_with_nothing(
    cli: Cli, founder: Founder, tmp_path: Path
) -> None:
    own = founder.config.parent / "replies" / "mine.en.md"
    own.parent.mkdir()
    own.write_text("---\nname: mine\n---\nBest of luck!")
    [ticket] = cli("list", "--config", founder.config, "--json").json
    cli("note", ticket["id"], "she called, too", "--config", founder.config)
    before, config = seen(cli, founder), founder.config.read_bytes()

    made = cli("backup", tmp_path / "b.db", "--config", founder.config, "--json")
    assert made.code == 0, made.err
    assert made.json["messages"] == 1
    assert made.json["verified"] is True
    assert (tmp_path / "b.db").stat().st_mode & 0o777 == 0o600

    shutil.rmtree(tmp_path / "data")
    shutil.rmtree(own.parent)
    founder.config.unlink()
    back = cli("restore", tmp_path / "b.db", "--config", founder.config)

    assert back.code == 0, back.err
    assert founder.config.read_bytes() == config
    assert own.read_text().endswith("Best of luck!")
    assert seen(cli, founder) == before


def test_a_backup_is_one_plain_file_that_any_sqlite_program_opens(
    cli: Cli, founder: Founder, tmp_path: Path
) -> None:
    cli("backup", tmp_path / "b?#.db", "--config", founder.config)
    assert sorted(p.name for p in tmp_path.glob("b*")) == ["b?#.db"]
    with closing(sqlite3.connect(tmp_path / "b?#.db")) as plain, plain:
        assert plain.execute("select subject from v_tickets").fetchall() == [("Export is empty",)]
        assert plain.execute("pragma journal_mode").fetchone() == ("delete",)
    plain.close()


def test_what_is_written_meanwhile_spoils_no_backup(
    cli: Cli, founder: Founder, tmp_path: Path
) -> None:
    founder.receive(*(letter(f"Mail {n}", message_id=f"<{n}@x.test>") for n in range(60)))
    done = threading.Event()

    def write() -> None:
        with open_workspace(str(founder.config)) as ws:
            number = 0
            while not done.is_set():
                with ws.store.write():
                    ws.store.run(
                        "insert or replace into draft values ('new', ?, '2026-01-01T00:00:00Z')",
                        "word " * 5_000 + str(number),
                    )
                number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        results = [
            cli("backup", tmp_path / f"{n}.db", "--config", founder.config) for n in range(5)
        ]
    finally:
        done.set()
        writer.join()
    assert [result.code for result in results] == [0] * 5


def test_an_older_backup_stays_unless_it_is_to_be_replaced(
    cli: Cli, founder: Founder, tmp_path: Path
) -> None:
    target = tmp_path / "b.db"
    target.write_text("mine")
    refused = cli("backup", target, "--config", founder.config)
    assert refused.code == 65
    assert "stays as it is" in refused.err
    assert target.read_text() == "mine"
    assert cli("backup", target, "--replace", "--config", founder.config).code == 0
    assert target.stat().st_size > 1_000


def test_no_room_or_no_folder_leaves_nothing_half_done(
    cli: Cli, founder: Founder, tmp_path: Path
) -> None:
    missing = cli("backup", tmp_path / "no" / "b.db", "--config", founder.config)
    assert missing.code == 73
    assert "No copy was made" in missing.err
    assert not (tmp_path / "no").exists()


@pytest.mark.parametrize("damage", ["text", "cut", "page", "other", "newer"])
def test_a_bad_backup_changes_nothing(
    cli: Cli, founder: Founder, tmp_path: Path, damage: str
) -> None:
    founder.receive(*(letter(f"Mail {n}", message_id=f"<{n}@x.test>") for n in range(40)))
    backup = tmp_path / "b.db"
    cli("backup", backup, "--config", founder.config)
    spoil(backup, damage)
    before = seen(cli, founder)
    back = cli("restore", backup, "--config", founder.config)
    assert back.code == 65, back.err
    assert seen(cli, founder) == before
    assert not list((tmp_path / "data").glob("*before*"))
    assert not (tmp_path / "data" / "restoring").exists()


def spoil(backup: Path, damage: str) -> None:
    raw = bytearray(backup.read_bytes())
    if damage == "text":
        backup.write_text("Dear diary")
    elif damage == "cut":
        backup.write_bytes(raw[: len(raw) // 2])
    elif damage == "page":
        middle = len(raw) // 8192 * 4096
        raw[middle : middle + 12_288] = b"\xa5" * 12_288
        backup.write_bytes(raw)
    else:
        backup.unlink() if damage == "other" else None
        with closing(sqlite3.connect(backup)) as plain, plain:
            plain.execute("create table anything (x)")
            plain.execute("pragma user_version = 100000")
        plain.close()


def test_what_was_there_is_set_aside_whole(cli: Cli, founder: Founder, tmp_path: Path) -> None:
    cli("backup", tmp_path / "b.db", "--config", founder.config)
    [ticket] = cli("list", "--config", founder.config, "--json").json
    cli("note", ticket["id"], "written after the backup", "--config", founder.config)
    back = cli("restore", tmp_path / "b.db", "--config", founder.config, "--json").json
    assert "written after" not in json.dumps(seen(cli, founder))
    with closing(sqlite3.connect(back["set_aside"])) as aside, aside:
        events = aside.execute("select data from event").fetchall()
    aside.close()
    assert "written after the backup" in str(events)


def test_a_reply_that_waited_then_is_not_sent_again_by_itself(
    cli: Cli, make_founder: MakeFounder, tmp_path: Path
) -> None:
    founder = make_founder()
    founder.receive(letter())
    [ticket] = cli("list", "--config", founder.config, "--json").json
    cli("reply", ticket["id"], "--body-file", "-", "--config", founder.config, stdin="It is fixed.")
    [waiting] = cli("outbox", "--config", founder.config, "--json").json
    assert waiting["state"] == "queued"
    cli("backup", tmp_path / "b.db", "--config", founder.config)
    back = cli("restore", tmp_path / "b.db", "--config", founder.config, "--json")
    assert back.json["uncertain"] == 1
    [item] = cli("outbox", "--config", founder.config, "--json").json
    assert item["state"] == "uncertain"
    assert "may have left since" in item["answer"]


def test_what_other_machines_were_told_of_is_this_one_s_own_after_a_restore(
    cli: Cli, founder: Founder, tmp_path: Path
) -> None:
    [ticket] = cli("list", "--config", founder.config, "--json").json
    config = ("--config", founder.config)
    cli("reply", ticket["id"], "--body-file", "-", *config, stdin="It is fixed.")
    with open_workspace(str(founder.config)) as ws:
        assert tell_of_outbox(ws, clock.now()) == 1
    cli("backup", tmp_path / "b.db", *config)
    cli("restore", tmp_path / "b.db", *config)

    shown = cli("show", ticket["id"], *config, "--json").json["history"]
    assert [entry["state"] for entry in shown if entry["state"]] == ["uncertain"]
    assert cli("outbox", "takeover", *config).code == 66


def test_while_the_app_is_open_nothing_is_put_back(
    cli: Cli, founder: Founder, tmp_path: Path
) -> None:
    cli("backup", tmp_path / "b.db", "--config", founder.config)
    with hold(tmp_path / "data" / APP_LOCK, "The app"):
        refused = cli("restore", tmp_path / "b.db", "--config", founder.config)
    assert refused.code == 75
    assert "Close it" in refused.err


def test_a_file_of_one_s_own_that_differs_stays(cli: Cli, founder: Founder, tmp_path: Path) -> None:
    cli("backup", tmp_path / "b.db", "--config", founder.config)
    founder.config.write_text(founder.config.read_text() + "# mine now\n")
    back = cli("restore", tmp_path / "b.db", "--config", founder.config, "--json")
    assert founder.config.read_text().endswith("# mine now\n")
    assert back.json["beside"] == [f"{founder.config}.from-backup"]


def test_a_name_in_a_backup_leads_nowhere_else(cli: Cli, founder: Founder, tmp_path: Path) -> None:
    backup = tmp_path / "b.db"
    cli("backup", backup, "--config", founder.config)
    with closing(sqlite3.connect(backup)) as plain, plain:
        plain.executemany(
            "insert into own_file values (?, ?)",
            [(name, b"x") for name in ("../evil.md", "/tmp/e.md", "replies/../../e.md", "x/y.sh")],
        )
    plain.close()
    back = cli("restore", backup, "--config", founder.config, "--json")
    assert back.code == 0, back.err
    assert back.json["written"] == []
    assert not list(tmp_path.parent.glob("e*.md"))


def test_two_machines_from_one_backup_have_names_of_their_own(
    cli: Cli, founder: Founder, tmp_path: Path
) -> None:
    def name() -> str:
        with open_workspace(str(founder.config)) as ws:
            return machine_of(ws.store)

    cli("backup", tmp_path / "b.db", "--config", founder.config)
    before = name()
    cli("restore", tmp_path / "b.db", "--config", founder.config)
    assert name() != before
