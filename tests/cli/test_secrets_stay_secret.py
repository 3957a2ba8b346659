"""Neither password nor token is ever in the database, a log, the process list, or any words."""

import json
import logging
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self

import pytest

from founder_inbox.app.logins import open_imap, open_smtp, server_of, submission_of
from founder_inbox.app.workspace import open_workspace
from founder_inbox.errors import LoginRefused
from tests.app.letters import letter
from tests.cli.conftest import Cli, program
from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.dovecot import DovecotServer
from tests.servers.oauth import OAuthServer
from tests.servers.smtp import SmtpServer

WRONG = "wrong-horse-battery-staple"


def files_with(folder: Path, secret: str, *, but: Path) -> list[str]:
    """Every file below the folder in which the secret stands, however it is written."""
    said = [secret.encode(), secret.encode("utf-16-le"), secret.encode().hex().encode()]
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and path != but and any(one in path.read_bytes() for one in said)
    ]


class ProcessList:
    """Looks again and again at what anybody on this machine sees of running programs."""

    def __init__(self, *secrets: str, growing: Sequence[str] = ()) -> None:
        self._secrets, self._growing = secrets, growing
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self.looks = 0
        self.seen: list[str] = []

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(0.02):
            self.looks += 1
            secrets = (*self._secrets, *self._growing)
            self.seen += [line for line in _command_lines() if any(one in line for one in secrets)]


def _command_lines() -> list[str]:
    if Path("/proc/self/cmdline").exists():
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                found.append((process / "cmdline").read_bytes().decode("utf-8", "replace"))
            except OSError:
                continue  # it has ended
        return found
    printed = subprocess.run(["ps", "-axww", "-o", "args="], capture_output=True, check=True)
    return printed.stdout.decode("utf-8", "replace").splitlines()


def test_what_stands_in_the_process_list_or_a_file_would_be_seen(tmp_path: Path) -> None:
    with ProcessList(WRONG) as processes:
        command = [sys.executable, "-c", "input()", WRONG]
        with subprocess.Popen(command, stdin=subprocess.PIPE) as child:
            while not processes.seen and child.poll() is None:
                threading.Event().wait(0.01)
            child.communicate(b"\n")
    (tmp_path / "a.db").write_bytes(b"x" + WRONG.encode().hex().encode())

    assert processes.seen
    assert files_with(tmp_path, WRONG, but=tmp_path / "b") == ["a.db"]


@pytest.fixture
def rewrite(config_file: ConfigFile, account: Account) -> Callable[..., Path]:
    """Writes a configuration whose way to the password is another one."""

    def write(line: str, server: ConfigFile = config_file) -> Path:
        path = server(account)
        command = f'password_command = ["echo", "{account.password}"]'
        path.write_text(path.read_text().replace(command, line))
        return path

    return write


def test_a_token_that_works_is_left_nowhere(
    rewrite: Callable[..., Path], tokens: DovecotServer, oauth: OAuthServer, account: Account,
    smtp_server: SmtpServer, config_file: ConfigFile, tmp_path: Path, cli: Cli,
) -> None:  # fmt: skip
    token = oauth.give(account.username)
    smtp_server.owner_of = oauth.owner_of
    place = tmp_path / "token"
    place.write_text(token)
    helper = [sys.executable, "-c", "import sys; print(open(sys.argv[1]).read())", str(place)]
    config = rewrite(f"token_command = {json.dumps(helper)}", replace(config_file, dovecot=tokens))
    with tokens.user(account.address) as mailbox:
        mailbox.append(letter("Where is my export?"))
    said = []
    with ProcessList(token) as processes:
        for arguments in (("sync", "--json"), ("doctor", "--report")):
            with program(*arguments, "--config", config) as process:
                said += [*process.communicate(timeout=60)]
                assert process.returncode == 0, said
    [ticket] = cli("list", "--config", config, "--json").json
    said.append(cli("show", ticket["id"], "--config", config, "--json").out)

    assert processes.looks > 5
    assert processes.seen == []
    assert token not in "".join(said)
    assert files_with(tmp_path, token, but=place) == []


def test_a_sign_in_and_its_renewals_are_left_nowhere_but_in_their_own_file(
    rewrite: Callable[..., Path], tokens: DovecotServer, oauth: OAuthServer, account: Account,
    smtp_server: SmtpServer, config_file: ConfigFile, tmp_path: Path,
) -> None:  # fmt: skip
    oauth.reset()
    oauth.user, oauth.life = account.username, 0
    smtp_server.owner_of = oauth.owner_of
    config = rewrite("", replace(config_file, dovecot=tokens))
    with config.open("a") as file:
        file.write(
            '\n[oauth]\nclient_id = "founder-client"\ntoken_file = "mail-token"\n'
            f'token_url = "{oauth.base}/token"\ndevice_url = "{oauth.base}/device"\n'
        )
    said: list[str] = []
    codes: list[int] = []
    with ProcessList(growing=oauth.given) as processes:
        for arguments in (("login",), ("sync", "--json"), ("doctor", "--report"), ("sync",)):
            if len(codes) == 3:
                oauth.forget_sign_ins()  # and the last renewal is refused
            with program(*arguments, "--config", config) as process:
                said += [*process.communicate(timeout=60)]
                codes.append(process.returncode)

    place = tmp_path / "mail-token"
    assert codes == [0, 0, 0, 77], said
    assert len(oauth.given) > 4
    assert [token for token in oauth.given if token in "".join(said)] == []
    assert processes.seen == []
    assert {
        name for token in oauth.given for name in files_with(tmp_path, token, but=place)
    } == set()
    assert any(token in place.read_text() for token in oauth.given)
    assert place.stat().st_mode & 0o777 == 0o600


def test_a_wrong_password_is_in_no_words_and_no_file(
    rewrite: Callable[..., Path], tmp_path: Path
) -> None:
    place = tmp_path / "mail-password"
    place.write_text(WRONG)
    place.chmod(0o600)
    config = rewrite('password_file = "mail-password"')
    said = []
    with ProcessList(WRONG) as processes:
        for command in ("sync", "doctor"):
            with program(command, "--config", config) as process:
                said += [*process.communicate(timeout=60)]
                assert process.returncode == 77, said

    assert "refused" in "".join(said)
    assert WRONG not in "".join(said)
    assert processes.seen == []
    assert files_with(tmp_path, WRONG, but=place) == []


def test_a_refused_login_shows_nothing_in_its_traceback_and_records_show_nothing(
    rewrite: Callable[..., Path], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    place = tmp_path / "mail-password"
    place.write_text(WRONG)
    place.chmod(0o600)
    caplog.set_level(logging.DEBUG)
    with open_workspace(str(rewrite('password_file = "mail-password"'))) as ws:
        shown = repr(server_of(ws)) + repr(submission_of(ws))
        for log_in in (open_imap, open_smtp):
            with pytest.raises(LoginRefused) as refused:
                log_in(ws)
            shown += "".join(traceback.format_exception(refused.value))

    assert "LoginRefused" in shown
    assert WRONG not in shown
    ours = [r.getMessage() for r in caplog.records if not r.name.startswith("mail.log")]
    assert WRONG not in "".join(ours)


def test_setup_keeps_a_wrong_password_to_itself(
    config_file: ConfigFile, account: Account, tmp_path: Path, dovecot: DovecotServer,
    smtp_server: SmtpServer,
) -> None:  # fmt: skip
    answers = tmp_path / "answers.toml"
    answers.write_text(
        f'[account]\naddress = "{account.address}"\n'
        f'[imap]\nhost = "localhost"\nport = {dovecot.imaps_port}\n'
        f'ca_file = "{dovecot.ca_file}"\n'
        f'[smtp]\nhost = "localhost"\nport = {smtp_server.smtps_port}\n'
    )
    config = tmp_path / "new" / "config.toml"
    arguments = ("setup", "--from", answers, "--password-stdin", "--config", config)
    with ProcessList(WRONG) as processes, program(*arguments, stdin=subprocess.PIPE) as process:
        said = process.communicate(WRONG + "\n", timeout=60)

    assert process.returncode == 77
    assert WRONG not in "".join(said)
    assert processes.seen == []
    assert files_with(tmp_path, WRONG, but=answers) == []
