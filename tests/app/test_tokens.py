"""Logging in with access tokens (OAuth2), against a Dovecot and an SMTP server that take them."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from founder_inbox.app.logins import open_imap, open_smtp, server_of
from founder_inbox.app.workspace import open_workspace
from founder_inbox.errors import LoginRefused
from founder_inbox.mail import imap_line, sasl, smtp
from founder_inbox.mail.imap import ImapSession
from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.dovecot import DovecotServer
from tests.servers.oauth import OAuthServer
from tests.servers.smtp import SmtpServer


class Helper:
    """A program that prints the next of its tokens each time it is run, the last one for ever."""

    def __init__(self, folder: Path) -> None:
        self.runs, self.stock = folder / "runs", folder / "stock"
        code = (
            f"import json, pathlib; r = pathlib.Path({str(self.runs)!r}); "
            f"stock = json.loads(pathlib.Path({str(self.stock)!r}).read_text()); "
            "n = len(r.read_text()) if r.exists() else 0; r.write_text('x' * (n + 1)); "
            "print(stock[min(n, len(stock) - 1)])"
        )
        self.command = [sys.executable, "-c", code]

    def stocks(self, *tokens: str) -> None:
        self.stock.write_text(json.dumps(tokens))

    @property
    def count(self) -> int:
        return len(self.runs.read_text())


@pytest.fixture
def helper(tmp_path: Path) -> Helper:
    return Helper(tmp_path)


@pytest.fixture
def config(
    tokens: DovecotServer, config_file: ConfigFile, account: Account, helper: Helper
) -> Path:
    path = replace(config_file, dovecot=tokens)(account)
    text = path.read_text()
    command = f'password_command = ["echo", "{account.password}"]'
    assert command in text
    path.write_text(text.replace(command, f"token_command = {json.dumps(helper.command)}"))
    return path


def test_a_mailbox_is_opened_with_a_token(
    config: Path, helper: Helper, oauth: OAuthServer, account: Account
) -> None:
    helper.stocks(oauth.give(account.username))
    with open_workspace(str(config)) as ws:
        session = open_imap(ws)
        session.open("INBOX")
        assert session.uids() == []
        session.close()

    assert helper.count == 1


@pytest.mark.parametrize("mechanism", [sasl.BEARER, sasl.XOAUTH2])
def test_each_way_to_say_it_is_understood_by_both_servers(
    mechanism: str, config: Path, helper: Helper, oauth: OAuthServer, account: Account,
    smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    only = lambda offered: mechanism if mechanism in offered else None  # noqa: E731
    monkeypatch.setattr(imap_line, "token_mechanism", only)
    monkeypatch.setattr(smtp, "token_mechanism", only)
    smtp_server.owner_of = oauth.owner_of
    helper.stocks(oauth.give(account.username))
    with open_workspace(str(config)) as ws:
        open_imap(ws).close()
        smtp.leave(open_smtp(ws))

    assert smtp_server.logins == [account.username]


def test_a_token_that_has_ended_is_renewed_once(
    config: Path, helper: Helper, oauth: OAuthServer, account: Account, smtp_server: SmtpServer
) -> None:
    old, fresh = oauth.give(account.username), oauth.give(account.username)
    oauth.end(old)
    smtp_server.owner_of = oauth.owner_of
    helper.stocks(old, fresh, old, fresh)
    with open_workspace(str(config)) as ws:
        open_imap(ws).close()
        smtp.leave(open_smtp(ws))

    assert helper.count == 4


def test_two_refusals_are_the_end_and_no_token_is_in_the_words(
    config: Path, helper: Helper, oauth: OAuthServer, account: Account, smtp_server: SmtpServer
) -> None:
    helper.stocks("first-bad-token", "second-bad-token", "third", "fourth")
    with open_workspace(str(config)) as ws:
        for open_ in (open_imap, open_smtp):
            with pytest.raises(LoginRefused, match="sign in again") as refused:
                open_(ws)
            assert "bad-token" not in str(refused.value)
            assert "Check the password" not in str(refused.value)

    assert helper.count == 4


def test_the_same_token_is_not_tried_a_second_time(
    config: Path, helper: Helper, oauth: OAuthServer
) -> None:
    helper.stocks("no-such-token")
    before = len(oauth.asked)
    with open_workspace(str(config)) as ws, pytest.raises(LoginRefused):
        open_imap(ws)

    assert helper.count == 2
    assert oauth.asked[before:] == ["no-such-token"]


def test_a_token_of_somebody_else_opens_nothing(
    config: Path, helper: Helper, oauth: OAuthServer
) -> None:
    helper.stocks(oauth.give("mallory@acme.test"))
    with open_workspace(str(config)) as ws, pytest.raises(LoginRefused):
        open_imap(ws)


def test_a_server_that_takes_no_tokens_says_so_before_it_sees_one(
    config_file: ConfigFile, account: Account, helper: Helper
) -> None:
    helper.stocks("a-token")
    path = config_file(account)
    command = f'password_command = ["echo", "{account.password}"]'
    text = path.read_text().replace(command, f"token_command = {json.dumps(helper.command)}")
    path.write_text(text)
    with (
        open_workspace(str(path)) as ws,
        pytest.raises(LoginRefused, match="takes no access token"),
    ):
        ImapSession(server_of(ws))


@pytest.mark.parametrize("printed", ["two words", "tokén", "a\x01b"])
def test_what_is_no_token_goes_nowhere(printed: str, config: Path, helper: Helper) -> None:
    helper.stocks(printed)
    with open_workspace(str(config)) as ws, pytest.raises(LoginRefused, match="is none") as refused:
        open_imap(ws)

    assert printed not in str(refused.value)
