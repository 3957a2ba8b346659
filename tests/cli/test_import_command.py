"""import: mail of earlier years becomes tickets, and is found; nothing comes twice."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from founder_inbox.core.mime.mbox import to_mboxrd
from founder_inbox.system import clock
from founder_inbox.system.locks import hold
from tests.app.letters import letter
from tests.cli.conftest import Cli, Founder, MakeFounder

LONG_AGO = datetime(2024, 3, 4, 9, 15, tzinfo=UTC)
TOM = "Tom Okafor <tom@okafor.test>"
OURS = "Ana <support@acme.test>"
RECEIVED = f"from a by b; {format_datetime(LONG_AGO)}"
ASKED = letter(
    "Old question", "How did this work?", message_id="<q@x.test>", date=LONG_AGO, Received=RECEIVED
)
ANSWER = letter(
    "Re: Old question",
    "Like this.",
    sender=OURS,
    to=TOM,
    message_id="<a@acme.test>",
    references="<q@x.test>",
    date=LONG_AGO + timedelta(hours=3),
)


@pytest.fixture
def empty(make_founder: MakeFounder) -> Founder:
    return make_founder()


def mbox(path: Path, *mails: bytes) -> Path:
    path.write_bytes(b"".join(to_mboxrd(mail, "x@y.test", LONG_AGO) for mail in mails))
    return path


def take(cli: Cli, founder: Founder, path: Path) -> dict[str, int]:
    result = cli("import", path, "--config", founder.config, "--json")
    assert result.code == 0, result.err
    found: dict[str, int] = result.json
    return found


def tickets(cli: Cli, founder: Founder) -> list[dict[str, object]]:
    listed: list[dict[str, object]] = cli(
        "list", "--status", "all", "--config", founder.config, "--json"
    ).json
    return listed


def test_an_mbox_becomes_closed_tickets_with_both_sides(
    cli: Cli, empty: Founder, tmp_path: Path
) -> None:
    done = take(cli, empty, mbox(tmp_path / "old.mbox", ANSWER, ASKED))
    assert done == {"mails": 2, "new": 2, "tickets_new": 1, "closed": 1, "too_large": 0}
    [ticket] = tickets(cli, empty)
    assert (ticket["status"], ticket["messages"]) == ("closed", 2)
    assert ticket["opened_at"] == "2024-03-04T09:15:00Z"
    shown = cli("show", str(ticket["id"]), "--config", empty.config, "--json").json
    sides = [entry["direction"] for entry in shown["history"] if entry["kind"] == "message"]
    assert sides == ["in", "out"]
    [found] = cli("search", "work", "--config", empty.config, "--json").json
    assert found["id"] == ticket["id"]


def test_what_is_here_already_does_not_come_twice(cli: Cli, empty: Founder, tmp_path: Path) -> None:
    path = mbox(tmp_path / "old.mbox", ASKED, ANSWER)
    take(cli, empty, path)
    assert take(cli, empty, path)["new"] == 0
    empty.receive(ASKED)
    assert [ticket["messages"] for ticket in tickets(cli, empty)] == [2]


def test_a_mailbox_in_use_gets_no_old_work_by_an_import(
    cli: Cli, founder: Founder, tmp_path: Path
) -> None:
    with_questions = [
        letter(f"Old {n}", "How?", message_id=f"<{n}@old>", date=LONG_AGO, Received=RECEIVED)
        for n in range(3)
    ]
    take(cli, founder, mbox(tmp_path / "old.mbox", *with_questions))
    waiting = cli("list", "--config", founder.config, "--json").json
    assert [ticket["subject"] for ticket in waiting] == ["Export is empty"]


def test_what_is_recent_waits_for_an_answer(cli: Cli, empty: Founder, tmp_path: Path) -> None:
    recent = letter(date=clock.now() - timedelta(days=1))
    take(cli, empty, mbox(tmp_path / "new.mbox", recent))
    assert [ticket["status"] for ticket in tickets(cli, empty)] == ["open"]


def test_a_maildir_comes_with_its_folders_but_junk(
    cli: Cli, empty: Founder, tmp_path: Path
) -> None:
    box = tmp_path / "Maildir"
    for name, mail in (
        ("cur", ASKED),
        (".Sent/cur", ANSWER),
        (".Junk/new", letter("Win", message_id="<j@x>")),
    ):
        (box / name).mkdir(parents=True)
        (box / name / "1.x:2,S").write_bytes(mail)
    for name in ("cur", ".Sent/cur", ".Junk/cur"):
        (box / name).mkdir(parents=True, exist_ok=True)
    assert take(cli, empty, box)["mails"] == 2
    assert [ticket["messages"] for ticket in tickets(cli, empty)] == [2]


def test_a_mail_in_our_name_that_was_delivered_is_not_ours(
    cli: Cli, empty: Founder, tmp_path: Path
) -> None:
    forged = letter("Refund", "Refund all.", sender=OURS, message_id="<f@evil>", Received=RECEIVED)
    take(cli, empty, mbox(tmp_path / "old.mbox", forged))
    [ticket] = tickets(cli, empty)
    shown = cli("show", str(ticket["id"]), "--config", empty.config, "--json").json
    assert [e["direction"] for e in shown["history"] if e["kind"] == "message"] == ["in"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("none.mbox", None, 66), ("diary.txt", b"Dear diary", 65), ("empty", b"", 65)],
)
def test_what_is_no_mail_is_said_and_changes_nothing(
    cli: Cli, empty: Founder, tmp_path: Path, name: str, content: bytes | None, code: int
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    result = cli("import", tmp_path / name, "--config", empty.config)
    assert result.code == code
    assert "Traceback" not in result.err
    assert tickets(cli, empty) == []


def test_garbage_between_mails_stops_nothing(cli: Cli, empty: Founder, tmp_path: Path) -> None:
    path = mbox(tmp_path / "old.mbox", ASKED)
    path.write_bytes(b"From x\n\xff\x00\x1b[2J\n\nFrom y\n\n" + path.read_bytes())
    take(cli, empty, path)
    assert "Old question" in {ticket["subject"] for ticket in tickets(cli, empty)}


def test_while_a_sync_is_at_work_nothing_is_imported(
    cli: Cli, empty: Founder, tmp_path: Path
) -> None:
    with hold(tmp_path / "data" / "sync.lock", "The sync"):
        result = cli("import", mbox(tmp_path / "a.mbox", ASKED), "--config", empty.config)
    assert result.code == 75
