"""doctor: each thing that can be wrong, its exit code, and what to do."""

import contextlib
import os
import pty
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from founder_inbox.app.health import servers
from founder_inbox.app.health.machine import disk, zone
from founder_inbox.app.workspace import open_workspace
from founder_inbox.core.checks import State
from founder_inbox.errors import ServerUnreachable
from founder_inbox.store import mailboxes
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.cli.conftest import ROOT, Cli, Founder, MakeFounder


def states(cli: Cli, founder: Founder) -> dict[str, str]:
    checks = cli("doctor", "--config", founder.config, "--json").json["checks"]
    return {check["name"]: check["state"] for check in checks}


def test_a_config_with_a_typo_is_78_and_nothing_else_is_tried(cli: Cli, founder: Founder) -> None:
    founder.config.write_text(founder.config.read_text().replace("[hours]", "[huors]"))
    result = cli("doctor", "--config", founder.config, "--json")
    config = result.json["checks"][0]

    assert result.code == 78
    assert (config["name"], config["state"], config["code"]) == ("config", "failed", 78)
    assert "hours" in config["words"]


def test_servers_that_do_not_answer_are_69_and_all_else_is_still_looked_at(
    cli: Cli, founder: Founder
) -> None:
    result = cli("doctor", "--config", founder.config)

    assert result.code == 69
    assert "✗ wrong encryption" in result.out
    assert "✗ wrong sending" in result.out
    assert "✓ ok    data" in result.out
    assert "2 to mend." in result.out


def test_hours_without_any_opening_are_78(cli: Cli, make_founder: MakeFounder) -> None:
    founder = make_founder([])

    assert cli("doctor", "--config", founder.config).code == 78
    assert states(cli, founder)["hours"] == "failed"


def test_a_broken_canned_reply_is_named(cli: Cli, founder: Founder) -> None:
    folder = founder.config.parent / "replies"
    folder.mkdir()
    (folder / "hi.md").write_text("no front matter")

    assert states(cli, founder)["replies"] == "failed"


def test_a_damaged_database_is_73_and_says_the_mail_is_safe(cli: Cli, founder: Founder) -> None:
    database = founder.config.parent / "data" / "inbox.db"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()
    raw = bytearray(database.read_bytes())
    raw[4096 * 3 : 4096 * 9] = b"\xff" * (4096 * 6)
    database.write_bytes(raw)
    result = cli("doctor", "--config", founder.config)

    assert result.code == 73
    assert "safe on the server" in result.out


def test_nobody_to_hand_off_to_is_a_note(cli: Cli, founder: Founder) -> None:
    text = founder.config.read_text()
    founder.config.write_text(
        text.replace('[[teammates]]\nname = "Vlad"\naddress = "vlad@acme.test"\n', "")
    )

    assert states(cli, founder)["teammate"] == "note"
    founder.config.write_text("level = 2\n" + founder.config.read_text())
    assert "Copy [[teammates]]" in cli("doctor", "--config", founder.config).out
    founder.config.write_text("level = 2\n" + text)
    assert states(cli, founder)["teammate"] == "ok"


def test_mail_from_the_future_means_the_clock_is_slow(cli: Cli, founder: Founder) -> None:
    founder.receive(letter("Later", message_id="<2@x.test>"), ago=timedelta(minutes=-30))

    assert states(cli, founder)["clock"] == "note"


def test_a_mailbox_in_question_says_how_to_answer(cli: Cli, founder: Founder) -> None:
    with open_workspace(str(founder.config)) as ws:
        [box] = mailboxes.all_mailboxes(ws.store)
        mailboxes.save_mailbox(ws.store, replace(box, trouble="Suddenly empty."))
    page = cli("doctor", "--config", founder.config).out

    assert "INBOX: Suddenly empty." in page
    assert "sync --full" in page


def test_disk_rights_journal_and_zone_are_looked_at(cli: Cli, founder: Founder) -> None:
    found = states(cli, founder)
    assert {found[name] for name in ("disk", "rights", "journal")} == {"ok"}
    (founder.config.parent / "data").chmod(0o755)

    assert states(cli, founder)["rights"] == "note"


def test_a_full_disk_is_73_and_little_room_a_note() -> None:
    assert (disk(50_000_000).state, disk(50_000_000).code) == (State.FAILED, 73)
    assert disk(500_000_000).state is State.NOTE
    assert (disk(5_000_000_000).state, disk(5_000_000_000).advice) == (State.OK, "")


def test_hours_in_another_zone_than_the_machines_are_said() -> None:
    now = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

    assert zone("local", "Europe/Berlin", now).words == "Monday 09:00 in Europe/Berlin"
    assert "this machine" not in zone("Europe/Berlin", "Europe/Berlin", now).words
    assert "this machine is in UTC" in zone("America/New_York", "UTC", now).words


def test_acts_of_a_newer_version_are_named(cli: Cli, founder: Founder) -> None:
    with open_workspace(str(founder.config)) as ws, ws.store.write():
        ws.store.run(
            "insert into event (id, at, actor, ticket, kind, data) values (?, ?, ?, ?, ?, ?)",
            "0", "2026-11-23T08:00:00Z", "Ana", None, "teleported", "{}",
        )  # fmt: skip
    page = cli("doctor", "--config", founder.config).out

    assert "· note  journal" in page
    assert "teleported" in page


def test_a_server_that_never_answers_is_given_up_at_the_deadline(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(servers, "DEADLINE", 0.05)
    with pytest.raises(ServerUnreachable, match=r"mail\.acme\.test took longer"):
        servers.in_time(lambda: clock.wait(1), "mail.acme.test")


def test_a_report_names_nobody(cli: Cli, founder: Founder) -> None:
    text = founder.config.read_text().replace('host = "127.0.0.1"', 'host = "localhost"')
    founder.config.write_text(text)
    (founder.config.parent / "replies").mkdir()
    (founder.config.parent / "replies" / "secret-plan.md").write_text("no front matter")
    result = cli("doctor", "--report", "--config", founder.config)

    assert result.code == 65
    assert "failed replies (65)" in result.out
    assert "python: 3." in result.out
    for name in ("acme", "Ana", "Vlad", "vlad", "localhost", "secret-plan", str(founder.config)):
        assert name not in result.out


@pytest.mark.parametrize(("drawn", "cells"), [(b"\x1b[3;1R", 2), (b"", None)])
def test_a_terminal_is_asked_how_wide_an_emoji_is(drawn: bytes, cells: int | None) -> None:
    seconds = 10 if drawn else 0.3
    code = (
        f"from founder_inbox.cli import terminal_probe as t; t._SECONDS = {seconds}; "
        "print('CELLS', t.emoji_cells())"
    )
    master, slave = pty.openpty()
    child = subprocess.Popen([sys.executable, "-c", code], stdin=slave, stdout=slave, cwd=ROOT)
    os.close(slave)
    said, answers = b"", [drawn, drawn.replace(b";1R", b";3R")]
    with contextlib.suppress(OSError):  # the other end is closed
        while chunk := os.read(master, 1000):
            said += chunk
            if b"\x1b[6n" in chunk and drawn:
                os.write(master, answers.pop(0))
    child.wait()
    os.close(master)

    assert f"CELLS {cells}".encode() in said
