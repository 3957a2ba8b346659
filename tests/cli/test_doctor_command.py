"""doctor: each thing that can be wrong, its exit code, and what to do."""

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from founder_inbox.app.health import doctor
from founder_inbox.app.health.doctor import terminal
from founder_inbox.app.workspace import open_workspace
from founder_inbox.core.checks import State
from founder_inbox.errors import ServerUnreachable
from founder_inbox.store import mailboxes
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.cli.conftest import Cli, Founder, MakeFounder


def states(cli: Cli, founder: Founder) -> dict[str, str]:
    checks = cli("doctor", "--config", founder.config, "--json").json["checks"]
    return {check["name"]: check["state"] for check in checks}


def test_a_config_with_a_typo_is_78_and_nothing_else_is_tried(cli: Cli, founder: Founder) -> None:
    founder.config.write_text(founder.config.read_text().replace("[hours]", "[huors]"))
    result = cli("doctor", "--config", founder.config, "--json")
    config, _terminal = result.json["checks"]

    assert result.code == 78
    assert (config["name"], config["state"], config["code"]) == ("config", "failed", 78)
    assert "hours" in config["words"]


def test_servers_that_do_not_answer_are_69_and_all_else_is_still_looked_at(
    cli: Cli, founder: Founder
) -> None:
    result = cli("doctor", "--config", founder.config)

    assert result.code == 69
    assert "✗ wrong imap" in result.out
    assert "✗ wrong smtp" in result.out
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
    with sqlite3.connect(database) as connection:
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


@pytest.mark.parametrize(
    ("encoding", "columns", "lines", "state"),
    [
        ("utf-8", 80, 24, State.OK),
        ("UTF8", 60, 15, State.OK),
        ("ascii", 80, 24, State.NOTE),
        ("utf-8", 59, 24, State.NOTE),
        ("utf-8", 80, 14, State.NOTE),
    ],
)
def test_the_terminal_is_judged_by_encoding_and_size(
    encoding: str, columns: int, lines: int, state: State
) -> None:
    assert terminal(encoding, columns, lines).state is state


def test_a_server_that_never_answers_is_given_up_at_the_deadline(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(doctor, "DEADLINE", 0.05)
    with pytest.raises(ServerUnreachable, match=r"mail\.acme\.test took longer"):
        doctor._in_time(lambda: clock.wait(1), "mail.acme.test")
