"""forward and new against real servers."""

from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from pathlib import Path

import pytest

from founder_inbox.app.queue.tickets import find_ticket
from founder_inbox.app.sending.outgoing import Words, begin_new, keep_outgoing
from founder_inbox.app.sending.reply import keep_draft
from founder_inbox.app.workspace import open_workspace
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.cli.conftest import Cli, hours_away
from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.dovecot import DovecotServer

OnlyId = Callable[[Path], str]


@pytest.fixture
def kim(dovecot: DovecotServer) -> Iterator[Account]:
    """Somebody with a mailbox on the same server."""
    with dovecot.user() as fresh:
        yield fresh


@pytest.fixture
def config(account: Account, config_file: ConfigFile) -> Path:
    """Always open, with one mail of a customer's."""
    account.append(letter("Export is empty", "The export has no rows."))
    return config_file(account)


def read(raw: bytes) -> EmailMessage:
    parsed = message_from_bytes(raw, policy=modern)
    assert isinstance(parsed, EmailMessage)
    return parsed


def test_forward_passes_the_ticket_on_and_leaves_it_open(
    cli: Cli, config: Path, kim: Account, only_id: OnlyId, tmp_path: Path
) -> None:
    cli("sync", "--config", config)
    ticket = only_id(config)
    (tmp_path / "log.txt").write_text("error 7")
    result = cli(
        "forward", ticket, "--to", f"Kim Books <{kim.address}>", "--body-file", "-",
        "--attach", tmp_path / "log.txt", "--config", config, "--json", stdin="Your call?\n",
    )  # fmt: skip

    assert (result.code, result.err, result.json["state"]) == (0, "", "sent")
    [received] = kim.messages()
    mail = read(received.raw)
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().startswith("Hi Kim,\r\n\r\nYour call?")
    assert "The export has no rows." in body.get_content()
    assert [part.get_filename() for part in mail.iter_attachments()] == ["log.txt"]
    shown = cli("show", ticket, "--config", config, "--json").json
    assert (shown["status"], shown["last_reply_at"]) == ("open", None)


def test_new_writes_to_somebody_and_begins_a_ticket_that_waits(
    cli: Cli, config: Path, kim: Account
) -> None:
    result = cli(
        "new", "--to", kim.address, "--subject", "Lunch", "--body-file", "-",
        "--config", config, "--json", stdin="Shall we?\n",
    )  # fmt: skip

    assert (result.code, result.json["state"]) == (0, "sent")
    mail = read(kim.messages()[0].raw)
    assert mail["Subject"] == "Lunch"
    assert mail.get_content().startswith("Hi there,\r\n\r\nShall we?")
    shown = cli("show", result.json["ticket"], "--config", config, "--json").json
    assert (shown["status"], shown["customer"]["address"]) == ("waiting", kim.address)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--to", "nobody", "--subject", "A"], "“nobody” is not a mail address"),
        (["--to", "k@b.test", "--subject", "A\nBcc: eve@evil.test"], ""),
        (["--to", "k@b.test\nBcc: eve@evil.test", "--subject", "A"], ""),
        (["--to", "k@b.test", "--subject", "A", "--attach", "/no/such"], "There is no file"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_can_begin_a_header(
    cli: Cli, account: Account, config_file: ConfigFile, options: list[str], said: str
) -> None:
    config = config_file(account, windows=[hours_away(6)])
    result = cli("new", *options, "--body-file", "-", "--config", config, "--json", stdin="Hm.\n")
    items = cli("outbox", "--config", config, "--json").json

    if said:
        assert result.code in {65, 66}
        assert said in result.err
        assert items == []
    else:
        assert not any("eve@evil.test" in item["to"] for item in items)


def test_outside_the_hours_both_wait_for_the_opening(
    cli: Cli, account: Account, config_file: ConfigFile, only_id: OnlyId
) -> None:
    account.append(letter())
    config = config_file(account, windows=[hours_away(6)])
    cli("sync", "--config", config)
    forward = cli("forward", only_id(config), "--to", "k@b.test", "--config", config)
    new = cli(
        "new", "--to", "k@b.test", "--subject", "A", "--body-file", "-", "--config", config,
        stdin="Hm.\n",
    )  # fmt: skip

    for result in (forward, new):
        assert result.code == 0
        assert "leaves when support opens" in result.out


def test_a_mail_number_that_is_not_there_is_66(cli: Cli, config: Path, only_id: OnlyId) -> None:
    cli("sync", "--config", config)
    result = cli(
        "forward", only_id(config), "--to", "k@b.test", "--message", "9", "--config", config
    )

    assert result.code == 66
    assert "has 1 mail, so there is no mail 9" in result.err


def test_drafts_lists_what_is_written_and_not_sent(cli: Cli, config: Path, only_id: OnlyId) -> None:
    assert cli("drafts", "--config", config).out.startswith("No drafts.")
    cli("sync", "--config", config)
    with open_workspace(str(config)) as ws:
        ticket = find_ticket(ws.store, only_id(config))
        keep_draft(ws, ticket, "Hi Tom,\n\nsoon.", clock.now())
        begun = begin_new(ws, clock.now())
        keep_outgoing(ws, begun.mail, Words(begun.words.body, "k@b.test", "Lunch"), clock.now())

    found = cli("drafts", "--config", config, "--json").json
    assert [(draft["kind"], draft["subject"]) for draft in found] == [
        ("reply", "Export is empty"),
        ("new", "Lunch"),
    ]
    assert set(found[0]) == {"kind", "ticket", "to", "subject", "body", "files", "updated_at"}
    assert "Lunch" in cli("drafts", "--config", config).out
