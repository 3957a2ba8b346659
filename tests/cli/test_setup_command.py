"""setup in a script: answers in, a line for each step, one configuration out."""

import json
import stat
from pathlib import Path

import pytest

from founder_inbox.app.setup import round_trip
from founder_inbox.app.workspace import open_workspace
from founder_inbox.core.setup.steps import Step
from founder_inbox.system.config import read_config
from tests.cli.conftest import Cli, Result
from tests.servers.account import Account
from tests.servers.dovecot import DovecotServer
from tests.servers.smtp import SmtpServer
from tests.servers.smtp import Step as At


class Desk:
    """A new founder's folder, and the answers for their mailbox on the test servers."""

    def __init__(
        self, cli: Cli, folder: Path, account: Account, dovecot: DovecotServer, smtp: SmtpServer
    ) -> None:
        self.cli, self.folder, self.account = cli, folder, account
        self.config = folder / "new" / "config.toml"
        self.answers = folder / "answers.toml"
        self.imap = {
            "host": "localhost", "port": dovecot.imaps_port, "ca_file": str(dovecot.ca_file),
            "password_file": "mail-password",
        }  # fmt: skip
        self.smtp = {"host": "localhost", "port": smtp.smtps_port}
        self.more = ""

    def run(self, *more: str, password: str | None = None) -> Result:
        sections = {"imap": self.imap, "smtp": self.smtp}
        text = f'[account]\naddress = "{self.account.address}"\nname = "Ana from Acme"\n'
        for name, section in sections.items():
            lines = (f"{key} = {json.dumps(value)}" for key, value in section.items())
            text += f"[{name}]\n" + "\n".join(lines) + "\n"
        self.answers.write_text(text + self.more)
        password = self.account.password if password is None else password
        return self.cli(
            "setup", "--config", self.config, "--from", self.answers, "--password-stdin", *more,
            stdin=password + "\n",
        )  # fmt: skip


@pytest.fixture
def desk(
    cli: Cli, tmp_path: Path, account: Account, dovecot: DovecotServer, smtp_server: SmtpServer,
    monkeypatch: pytest.MonkeyPatch,
) -> Desk:  # fmt: skip
    monkeypatch.setenv("FOUNDER_INBOX_DATA", str(tmp_path / "data"))
    return Desk(cli, tmp_path, account, dovecot, smtp_server)


def test_every_step_gets_its_tick_and_the_configuration_works(desk: Desk, cli: Cli) -> None:
    result = desk.run()

    assert result.code == 0, result.out + result.err
    assert [line for line in result.out.splitlines() if line.startswith("✓")] == [
        line for line in result.out.splitlines() if line.startswith(("✓", "·", "✗"))
    ]
    for step in Step:
        assert f"✓ ok    {step.value}: " in result.out
    config = read_config(desk.config)
    assert config.account.name == "Ana from Acme"
    assert stat.S_IMODE(desk.config.stat().st_mode) == 0o600
    assert stat.S_IMODE((desk.config.parent / "mail-password").stat().st_mode) == 0o600
    assert cli("sync", "--config", desk.config, "--json").json["fetched"] >= 0


def test_the_mail_to_oneself_leaves_nothing_behind(desk: Desk, smtp_server: SmtpServer) -> None:
    assert desk.run().code == 0

    [received] = smtp_server.received
    assert received.recipients == (desk.account.address,)
    assert b"Auto-Submitted:" in received.content
    assert desk.account.messages("INBOX") == []
    assert len(desk.account.messages("Trash")) == 1


def test_no_mail_is_sent_when_none_is_wanted(desk: Desk, smtp_server: SmtpServer) -> None:
    result = desk.run("--no-mail")

    assert result.code == 0
    assert smtp_server.received == []
    assert Step.ROUND_TRIP.value not in result.out


def test_the_door_is_open_for_the_first_look(desk: Desk, cli: Cli) -> None:
    assert desk.run("--no-mail").code == 0
    door = cli("hours", "--config", desk.config, "--json").json
    if door["override"]:
        assert "first look" in str(door["override"])
    assert door["open"]


def test_hours_that_were_given_decide_about_the_door(desk: Desk, cli: Cli) -> None:
    desk.more = '[hours]\ntimezone = "UTC"\nwindows = ["sun 03:00-03:01"]\n'
    assert desk.run("--no-mail").code == 0

    assert cli("hours", "--config", desk.config, "--json").json["override"] is None


def test_a_wrong_password_is_77_and_nothing_is_written(desk: Desk) -> None:
    result = desk.run(password="not-the-password")

    assert result.code == 77
    assert "✗ wrong login" in result.out
    assert "✗ wrong sending" in result.out
    assert "inbox:" not in result.out
    assert "not-the-password" not in result.out + result.err
    assert "Nothing was written" in result.out
    assert not desk.config.parent.exists()


def test_a_name_nobody_has_and_a_port_nobody_listens_on_are_told_apart(desk: Desk) -> None:
    good = desk.imap["host"]
    desk.imap["host"] = "nobody.invalid"
    unknown = desk.run()
    desk.imap["host"], desk.imap["port"] = good, 1
    silent = desk.run()

    assert unknown.code == silent.code == 69
    assert "✗ wrong name: No machine is known by the name nobody.invalid" in unknown.out
    assert "✓ ok    name" in silent.out
    assert "✗ wrong encryption" in silent.out
    assert "login:" not in silent.out


def test_a_certificate_that_is_not_trusted_stops_before_the_login(desk: Desk) -> None:
    del desk.imap["ca_file"]
    result = desk.run()

    assert result.code == 69
    assert "certificate is not trusted" in result.out
    assert "login:" not in result.out


def test_a_mail_that_does_not_come_back_is_a_note(
    desk: Desk, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(round_trip, "SECONDS", 0.2)
    monkeypatch.setattr(smtp_server, "_deliver", lambda *_: None)
    result = desk.run()

    assert result.code == 0
    assert "· note  a mail to yourself" in result.out
    assert desk.config.exists()


def test_a_mail_that_is_refused_is_a_failure_with_the_servers_words(
    desk: Desk, smtp_server: SmtpServer
) -> None:
    smtp_server.refuse(At.RCPT, "550 5.7.1 Sending is off for this account")
    result = desk.run()

    assert result.code == 1
    assert "Sending is off" in result.out
    assert not desk.config.exists()


def test_without_a_keyring_a_file_has_to_be_allowed(desk: Desk) -> None:
    del desk.imap["password_file"]
    result = desk.run("--no-mail")

    assert result.code == 65
    assert 'password_file = "mail-password"' in result.err
    assert not desk.config.exists()


def test_a_command_needs_no_typed_password(desk: Desk) -> None:
    del desk.imap["password_file"]
    desk.imap["password_command"] = ["echo", desk.account.password]
    desk.run("--no-mail")
    result = desk.cli(
        "setup", "--config", desk.folder / "b.toml", "--from", desk.answers, "--no-mail", "--json"
    )

    assert result.code == 0
    assert result.json["ok"]
    assert [check["state"] for check in result.json["checks"]] == ["ok"] * 6
    assert read_config(desk.folder / "b.toml").imap.password_command


def test_a_configuration_that_is_there_is_never_rewritten(desk: Desk) -> None:
    desk.config.parent.mkdir()
    desk.config.write_text("# mine\n")
    result = desk.run()

    assert result.code == 65
    assert "stays as it is" in result.err
    assert desk.config.read_text() == "# mine\n"


def test_hours_and_teammate_are_added_at_the_end(desk: Desk, cli: Cli) -> None:
    desk.run("--no-mail")
    before = desk.config.read_text()
    result = cli(
        "setup", "--config", desk.config, "--hours", "mon-fri 08:00-09:00",
        "--teammate", "Vlad <vlad@acme.test>",
    )  # fmt: skip
    again = cli("setup", "--config", desk.config, "--hours", "sat 10:00-11:00")

    assert result.code == 0
    assert desk.config.read_text().startswith(before)
    with open_workspace(str(desk.config)) as ws:
        assert ws.config.hours.windows == ["mon-fri 08:00-09:00"]
        assert ws.teammate is not None
        assert ws.teammate.address == "vlad@acme.test"
    assert again.code == 65
    assert "stay as they are" in again.err


def test_hours_that_are_none_change_nothing(desk: Desk, cli: Cli) -> None:
    desk.run("--no-mail")
    before = desk.config.read_text()

    assert cli("setup", "--config", desk.config, "--hours", "whenever").code == 78
    assert desk.config.read_text() == before


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[acount]\n", "Did you mean account?"),
        ('[account]\naddress = "a@acme.test"\n[imap]\npassword = "x"', "--password-stdin"),
        ('[account]\naddress = "a@acme.test"\n[keys]\n', "afterwards"),
        ("[account]\n", 'no address = "'),
        ("account = 1\n", "has to be a section"),
        ("[", "not valid TOML"),
        ('[account]\naddress = "a@acme.test"\n[imap]\nhost = "a"\nsecurity = "none"\n'
         '[smtp]\nhost = "a"\n', 'has to be "tls"'),
        ('[account]\naddress = "a@tuta.com"\n', "has no IMAP"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_answers_is_named(text: str, says: str, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "answers.toml").write_text(text)
    result = cli(
        "setup", "--config", tmp_path / "c.toml", "--from", tmp_path / "answers.toml",
        "--password-stdin", stdin="x\n",
    )  # fmt: skip

    assert result.code == 65
    assert says in result.err
    assert not (tmp_path / "c.toml").exists()


def test_microsoft_is_not_offered_a_password(cli: Cli, tmp_path: Path) -> None:
    result = cli(
        "setup", "ana@outlook.com", "--config", tmp_path / "c.toml", "--password-stdin", stdin="x\n"
    )

    assert result.code == 77
    assert "token_command" in result.err


@pytest.mark.parametrize("arguments", [[], ["--password-stdin"], ["ana@acme.test"], ["--json"]])
def test_without_a_terminal_it_says_what_to_give(
    arguments: list[str], cli: Cli, tmp_path: Path
) -> None:
    assert cli("setup", "--config", tmp_path / "c.toml", *arguments).code == 2
