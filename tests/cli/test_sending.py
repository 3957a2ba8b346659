"""sync, reply, handoff, outbox against a real Dovecot and a real SMTP server."""

import os
import pty
import select
import signal
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from pathlib import Path

import pytest

from founder_inbox.app.workspace import open_workspace
from founder_inbox.core.setup import steps
from founder_inbox.core.times import from_text
from founder_inbox.store.sync_state import read_sync_state
from founder_inbox.system import clock
from founder_inbox.system.locks import hold
from tests.app.letters import letter
from tests.cli.conftest import Cli, Result, hours_away, program
from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.dovecot import DovecotServer
from tests.servers.smtp import SmtpServer, Step

OnlyId = Callable[[Path], str]
WORDS = "It works again: the export had a bug, and I fixed it.\n"
ITEM_KEYS = {
    *("id", "ticket", "state", "to", "subject", "not_before", "attempts", "answer"),
    "message_id",
}


@pytest.fixture
def customer(dovecot: DovecotServer) -> Iterator[Account]:
    """A customer with a mailbox on the same server."""
    with dovecot.user() as fresh:
        yield fresh


@pytest.fixture
def config(account: Account, teammate: Account, customer: Account, config_file: ConfigFile) -> Path:
    """Always open, with one mail of the customer's on the server."""
    account.append(letter(sender=f"Tom Okafor <{customer.address}>", to=account.address))
    return config_file(account, teammates=[teammate])


@pytest.fixture
def closed_config(
    account: Account, teammate: Account, config_file: ConfigFile, config: Path
) -> Path:
    """The same outside the hours."""
    return config_file(account, teammates=[teammate], windows=[hours_away(6)])


@pytest.fixture
def answer(cli: Cli, only_id: OnlyId) -> Callable[..., Result]:
    """Syncs, then answers the only ticket with WORDS from standard input."""

    def run(config: Path, *options: str | Path, stdin: str = WORDS) -> Result:
        assert cli("sync", "--config", config).code == 0
        source = () if "--canned" in options else ("--body-file", "-")
        ticket = only_id(config)
        return cli("reply", ticket, *source, *options, "--config", config, "--json", stdin=stdin)

    return run


def test_sync_prints_the_contracts_figures_and_fetches_nothing_twice(
    cli: Cli, config: Path
) -> None:
    first = cli("sync", "--config", config, "--json").json
    second = cli("sync", "--config", config, "--json").json

    keys = {"fetched", "updated", "removed", "sent", "tickets_new", "tickets_updated", "seconds"}
    assert set(first) == keys | {"arrived_closed"}
    assert (first["fetched"], first["tickets_new"]) == (1, 1)
    assert (second["fetched"], second["tickets_new"]) == (0, 0)
    assert cli("sync", "--config", config).out.startswith("Nothing new (")


def test_files_go_along_and_lie_in_the_sent_mail_only(
    config: Path, customer: Account, answer: Callable[..., Result], tmp_path: Path
) -> None:
    for name in ("Rechnung März.pdf", "log.txt"):
        (tmp_path / name).write_bytes(name.encode())
    files = [("--attach", tmp_path / name) for name in ("Rechnung März.pdf", "log.txt")]

    result = answer(config, *files[0], *files[1])
    [received] = customer.messages()

    assert (result.code, result.err) == (0, "")
    mail = message_from_bytes(received.raw, policy=modern)
    assert isinstance(mail, EmailMessage)
    found = [(part.get_filename(), part.get_content_type()) for part in mail.iter_attachments()]
    assert found == [("Rechnung März.pdf", "application/pdf"), ("log.txt", "text/plain")]
    with open_workspace(str(config)) as ws:
        assert ws.store.rows("select 1 from draft_file") == []


def test_a_file_that_is_not_there_stops_the_reply_and_leaves_nothing(
    config: Path, answer: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "here.txt").write_text("words")
    here, nowhere = tmp_path / "here.txt", tmp_path / "no.txt"

    result = answer(config, "--attach", here, "--attach", nowhere)

    assert result.code == 66
    assert "There is no file" in result.err
    with open_workspace(str(config)) as ws:
        assert ws.store.rows("select 1 from draft_file") == []
        assert ws.store.rows("select 1 from outbox") == []


def test_a_promised_file_that_is_missing_is_said_and_stops_nothing(
    config: Path, customer: Account, answer: Callable[..., Result]
) -> None:
    result = answer(config, stdin="The invoice is attached.")

    assert result.code == 0
    assert result.err == "You wrote “attached”, and no file goes along. It is sent as it is.\n"
    assert len(customer.messages()) == 1


def test_a_reply_from_standard_input_reaches_the_customer_as_a_letter(
    config: Path, customer: Account, answer: Callable[..., Result]
) -> None:
    result = answer(config)
    [received] = customer.messages()

    assert (result.code, result.err) == (0, "")
    assert set(result.json) >= ITEM_KEYS
    assert result.json["state"] == "sent"
    assert result.json["to"] == [customer.address]
    assert b"Hi Tom,\r\n\r\nIt works again" in received.raw
    assert b"fixed it.\r\n\r\nAna" in received.raw


def test_reply_and_close_closes_the_ticket(
    cli: Cli, config: Path, only_id: OnlyId, answer: Callable[..., Result]
) -> None:
    assert answer(config, "--close").code == 0
    shown = cli("show", only_id(config), "--config", config, "--json").json

    assert shown["status"] == "closed"
    assert [e["direction"] for e in shown["history"] if e["kind"] == "message"] == ["in", "out"]


def test_a_canned_reply_is_filled_from_the_command_line(
    cli: Cli, config: Path, customer: Account, answer: Callable[..., Result]
) -> None:
    result = answer(config, "--canned", "fixed", "--set", "change=the export runs again")
    replies = cli("replies", "--config", config, "--json").json

    assert result.json["state"] == "sent"
    assert b"the export runs again" in customer.messages()[0].raw
    assert next(r["uses"] for r in replies if r["name"] == "fixed") == 1


def test_an_unfilled_field_is_named_and_nothing_is_sent(
    cli: Cli, config: Path, answer: Callable[..., Result], smtp_server: SmtpServer
) -> None:
    result = answer(config, "--canned", "fixed")

    assert (result.code, result.out) == (1, "")
    assert "change" in result.err
    assert smtp_server.received == []
    assert cli("outbox", "--config", config, "--json").json == []


@pytest.mark.parametrize(
    ("options", "code", "named"),
    [
        (["--canned", "fxed"], 66, "fxed"),
        (["--canned", "fixed", "--set", "chnge=x"], 65, "change"),
        (["--canned", "fixed", "--set", "change"], 2, "KEY=VALUE"),
        (["--draft"], 1, "no draft"),
    ],
)
def test_a_slip_in_the_command_is_named_and_nothing_is_sent(
    config: Path,
    answer: Callable[..., Result],
    smtp_server: SmtpServer,
    options: list[str],
    code: int,
    named: str,
) -> None:
    result = answer(config, *options)

    assert result.code == code
    assert named in result.err
    assert smtp_server.received == []


def test_a_near_canned_reply_is_named_once_though_it_is_in_two_languages(
    config: Path, answer: Callable[..., Result]
) -> None:
    result = answer(config, "--canned", "fixd")

    assert result.code == 66
    assert result.err.count("fixed,") + result.err.count("fixed.") == 1


def test_a_reply_without_words_is_refused(
    cli: Cli, config: Path, only_id: OnlyId, answer: Callable[..., Result]
) -> None:
    assert answer(config, stdin="\n\n").code == 65
    assert cli("reply", only_id(config), "--config", config).code == 2


def test_outside_the_hours_a_reply_waits_and_says_until_when(
    cli: Cli,
    closed_config: Path,
    only_id: OnlyId,
    answer: Callable[..., Result],
    smtp_server: SmtpServer,
) -> None:
    item = answer(closed_config).json
    opening = cli("hours", "--config", closed_config, "--json").json["next"]["start"]
    again = cli(
        "reply", only_id(closed_config), "--body-file", "-", "--config", closed_config, stdin=WORDS
    )

    assert (item["state"], item["not_before"]) == ("held", opening)
    assert again.code == 0
    assert "leaves when support opens: to" in again.out
    assert cli("sync", "--config", closed_config, "--json").json["sent"] == 0
    assert smtp_server.received == []


def test_outside_the_hours_the_outbox_sends_nothing(
    cli: Cli, closed_config: Path, answer: Callable[..., Result], smtp_server: SmtpServer
) -> None:
    item = answer(closed_config).json

    assert cli("outbox", "send", "--config", closed_config).code == 75
    assert cli("outbox", "retry", str(item["id"]), "--config", closed_config).code == 75
    assert smtp_server.received == []


def test_a_waiting_reply_can_be_cancelled_and_sent_later_from_the_draft(
    cli: Cli,
    closed_config: Path,
    only_id: OnlyId,
    answer: Callable[..., Result],
    customer: Account,
) -> None:
    item = answer(closed_config).json
    cancelled = cli("outbox", "cancel", str(item["id"]), "--config", closed_config, "--json").json
    opening = ("hours", "open", "--minutes", "10", "--reason", "a customer is locked out")
    cli(*opening, "--config", closed_config)
    sent = cli("reply", only_id(closed_config), "--draft", "--config", closed_config, "--json")

    assert set(cancelled) == {"id", "ticket", "draft"}
    assert WORDS.strip() in cancelled["draft"]
    assert sent.json["state"] == "sent"
    assert customer.messages()[0].raw.count(b"Hi Tom,") == 1


def test_a_cancelled_reply_does_not_count_and_is_not_undone_again(
    cli: Cli, closed_config: Path, answer: Callable[..., Result]
) -> None:
    item = answer(closed_config).json
    cli("outbox", "cancel", str(item["id"]), "--config", closed_config)

    assert cli("undo", "--config", closed_config).code == 1


def test_a_refused_reply_is_failed_in_the_servers_words_and_can_be_retried(
    cli: Cli,
    config: Path,
    customer: Account,
    answer: Callable[..., Result],
    smtp_server: SmtpServer,
) -> None:
    smtp_server.refuse(Step.RCPT, "550 5.1.1 no such person here")
    refused = answer(config)
    number = str(refused.json["id"])
    retried = cli("outbox", "retry", number, "--config", config, "--json")

    assert refused.code == 1
    assert refused.json["state"] == "failed"
    assert f"The mail to {customer.address} failed: " in refused.err
    assert "no such person here" in refused.err
    assert (retried.code, retried.json["state"]) == (0, "sent")
    assert retried.json["message_id"] == refused.json["message_id"]
    assert len(customer.messages()) == 1


def test_an_unreachable_submission_server_is_69_and_the_reply_waits(
    cli: Cli, config: Path, answer: Callable[..., Result], smtp_server: SmtpServer
) -> None:
    text = config.read_text()
    config.write_text(text.replace(f"port = {smtp_server.smtps_port}", "port = 9"))
    result = answer(config)

    assert result.code == 69
    assert result.json["state"] == "queued"
    assert "127.0.0.1" in result.err or "localhost" in result.err
    assert len(cli("outbox", "--config", config, "--json").json) == 1


def test_a_syncing_process_delivers_what_the_command_leaves_to_it(
    cli: Cli, config: Path, only_id: OnlyId, customer: Account
) -> None:
    cli("sync", "--config", config)
    watching = program("sync", "--watch", "--until-eof", "--config", config, stdin=subprocess.PIPE)
    with watching as process:
        until(lambda: who_syncs(config) == process.pid)
        result = cli(
            "reply", only_id(config), "--body-file", "-", "--config", config, "--json", stdin=WORDS
        )
        assert result.json["state"] == "sent"
        assert len(customer.messages()) == 1
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(10) == 0


def who_syncs(config: Path) -> int:
    """The process that last said what it does; asking for the lock would get in its way."""
    with open_workspace(str(config)) as ws:
        return read_sync_state(ws.store).pid


def until(holds: Callable[[], bool]) -> None:
    """Ask again and again, for at most fifteen seconds."""
    deadline = clock.monotonic() + 15
    while not holds():
        assert clock.monotonic() < deadline


def test_a_second_sync_is_75_and_names_the_first(cli: Cli, config: Path) -> None:
    with hold(config.parent / "data" / "sync.lock", "The sync"):
        result = cli("sync", "--config", config, "--json")

    assert (result.code, result.out) == (75, "")
    assert f"process {os.getpid()}" in result.err


def test_a_refused_password_is_77_names_the_account_and_is_never_printed(
    cli: Cli, account: Account, config_file: ConfigFile
) -> None:
    config = config_file(account, password="hunter2-wrong")
    synced = cli("sync", "--config", config)
    checked = cli("doctor", "--config", config)
    status = cli("status", "--config", config)

    assert synced.code == 77
    assert account.address in synced.err
    assert checked.code == 77
    assert "login refused" in status.out
    everything = synced.err + checked.out + checked.err + status.out
    assert "hunter2" not in everything
    assert "hunter2" not in (config.parent / "data" / "founder-inbox.log").read_text()


def test_an_unreachable_server_is_69_and_what_is_synced_stays_readable(
    cli: Cli, config: Path, account: Account, dovecot: DovecotServer
) -> None:
    cli("sync", "--config", config)
    config.write_text(config.read_text().replace(f"port = {dovecot.imaps_port}", "port = 9"))

    assert cli("sync", "--config", config).code == 69
    assert "offline" in cli("status", "--config", config).out
    assert len(cli("list", "--config", config, "--json").json) == 1


def test_handoff_mails_the_teammate_and_the_customer_and_takeback_undoes_it(
    cli: Cli, config: Path, only_id: OnlyId, customer: Account, teammate: Account
) -> None:
    cli("sync", "--config", config)
    ticket = only_id(config)
    handed = cli(
        "handoff", ticket, "--note", "You know exports.", "--config", config, "--json"
    ).json
    twice = cli("handoff", ticket, "--config", config)
    back = cli("takeback", ticket, "--config", config, "--json").json

    assert handed["status"] == "handed_off"
    assert [item["state"] for item in handed["outbox"]] == ["sent", "sent"]
    assert b"You know exports." in teammate.messages()[0].raw
    assert len(customer.messages()) == 1
    assert twice.code == 65
    assert (back["status"], back["assignee"]) == ("open", None)


def test_an_unknown_teammate_is_refused_with_those_there_are(
    cli: Cli, config: Path, only_id: OnlyId
) -> None:
    cli("sync", "--config", config)
    result = cli("handoff", only_id(config), "--to", "Zoe", "--config", config)

    assert result.code == 65
    assert "In the configuration:" in result.err


def test_outside_the_hours_a_handoff_waits(
    cli: Cli, closed_config: Path, only_id: OnlyId, smtp_server: SmtpServer
) -> None:
    cli("sync", "--config", closed_config)
    handed = cli("handoff", only_id(closed_config), "--config", closed_config, "--json").json

    assert {item["state"] for item in handed["outbox"]} == {"held"}
    assert all(from_text(item["not_before"]) > clock.now() for item in handed["outbox"])
    assert smtp_server.received == []


def test_on_a_terminal_control_c_takes_a_held_reply_back_into_the_draft(
    cli: Cli, config: Path, only_id: OnlyId, tmp_path: Path, smtp_server: SmtpServer
) -> None:
    cli("sync", "--config", config)
    words = tmp_path / "words.txt"
    words.write_text(WORDS)
    ticket = only_id(config)
    here, terminal = pty.openpty()
    arguments = ("reply", ticket, "--body-file", words, "--config", config)
    with program(*arguments, stdin=terminal, stdout=terminal, stderr=terminal) as process:
        os.close(terminal)
        seen = read_until(here, "takes it back")
        process.send_signal(signal.SIGINT)
        seen += read_until(here, "Taken back")
        assert process.wait(10) == 130
    os.close(here)
    draft = cli("show", ticket, "--config", config, "--json").json["draft"]

    assert "Goes out in " in seen
    assert WORDS.strip() in draft
    assert smtp_server.received == []
    assert cli("outbox", "--config", config, "--json").json == []


def test_on_a_terminal_a_harsh_reply_stays_in_the_outbox_and_says_why(
    cli: Cli, config: Path, only_id: OnlyId, tmp_path: Path, smtp_server: SmtpServer
) -> None:
    cli("sync", "--config", config)
    words = tmp_path / "words.txt"
    words.write_text("You should have read the page.")
    here, terminal = pty.openpty()
    arguments = ("reply", only_id(config), "--body-file", words, "--config", config)
    with program(*arguments, stdin=terminal, stdout=terminal, stderr=terminal) as process:
        os.close(terminal)
        seen = read_until(here, "outbox cancel")
        assert process.wait(10) == 0
    os.close(here)

    [item] = cli("outbox", "--config", config, "--json").json
    assert "“You should have read” may hurt." in seen
    assert item["state"] == "held"
    assert from_text(item["not_before"]) > clock.now() + timedelta(minutes=4)
    assert smtp_server.received == []


def read_until(terminal: int, words: str) -> str:
    """What the program shows until it has shown these words."""
    seen = ""
    while words not in seen:
        assert select.select([terminal], [], [], 15)[0], seen
        seen += os.read(terminal, 4096).decode()
    return seen


def test_doctor_finds_nothing_wrong_with_a_sound_setup(
    cli: Cli, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TMUX", "STY", "TERM_PROGRAM"):
        monkeypatch.delenv(name, raising=False)
    cli("sync", "--config", config)
    result = cli("doctor", "--config", config, "--mail", "--json")
    found = {check["name"]: check["state"] for check in result.json["checks"]}

    assert (result.code, result.json["ok"]) == (0, True)
    assert set(found.values()) == {"ok"}
    assert set(found) == {
        *("config", "data", "hours", "replies", "teammate", "clock", "zone", "disk", "rights"),
        *("journal", "other machines", "outbox", "spelling", "terminal", "reader", *steps.Step),
    }


def test_doctor_says_what_to_do_about_a_mail_that_failed(
    cli: Cli, config: Path, answer: Callable[..., Result], smtp_server: SmtpServer
) -> None:
    smtp_server.refuse(Step.RCPT, "550 5.1.1 no such person here")
    answer(config)
    result = cli("doctor", "--config", config)

    assert result.code == 1
    assert "1 mail not sent" in result.out
    assert "retry or cancel" in result.out
    assert "1 to mend." in result.out
