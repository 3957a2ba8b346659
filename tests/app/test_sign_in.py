"""Signing in on a provider's page, and what is done with the tokens; on real servers."""

import contextlib
import json
import threading
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.app.logins import open_imap, open_smtp, username_of
from founder_inbox.app.sign_in import access_token, sign_in
from founder_inbox.app.workspace import Workspace, open_workspace
from founder_inbox.core.setup.sign_in import (
    Endpoints,
    Grant,
    endpoints_of,
    grant_from_text,
    grant_to_text,
)
from founder_inbox.errors import BadInput, FounderInboxError, LoginRefused, ServerUnreachable
from founder_inbox.mail import oauth as wire
from founder_inbox.mail import smtp
from founder_inbox.mail.way_back import WayBack
from founder_inbox.system import clock
from tests.cli.conftest import program
from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.dovecot import DovecotServer
from tests.servers.oauth import OAuthServer
from tests.servers.smtp import SmtpServer

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CLIENT = wire.Client("founder-client")


@pytest.fixture
def provider(oauth: OAuthServer, account: Account, smtp_server: SmtpServer) -> OAuthServer:
    """The provider, where the account's owner will sign in."""
    oauth.reset()
    oauth.user = account.username
    smtp_server.owner_of = oauth.owner_of
    return oauth


@pytest.fixture
def config(
    provider: OAuthServer, tokens: DovecotServer, config_file: ConfigFile, account: Account
) -> Path:
    path = replace(config_file, dovecot=tokens)(account)
    command = f'password_command = ["echo", "{account.password}"]\n'
    path.write_text(
        path.read_text().replace(command, "")
        + f'\n[oauth]\nclient_id = "founder-client"\ntoken_file = "mail-token"\n'
        f'token_url = "{provider.base}/token"\ndevice_url = "{provider.base}/device"\n'
    )
    return path


@pytest.fixture
def ws(config: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setattr(clock, "wait", lambda _: None)
    with open_workspace(str(config)) as opened:
        yield opened


def sign_in_on(ws: Workspace, username: str, show: Callable[[str], None]) -> None:
    assert ws.config.oauth is not None
    sign_in(ws.config.oauth, ws.paths.config.parent, username, show)


def token_of(ws: Workspace, username: str) -> str:
    assert ws.config.oauth is not None
    return access_token(ws.config.oauth, ws.paths.config.parent, username)


def stored(ws: Workspace) -> Grant:
    grant = grant_from_text((ws.paths.config.parent / "mail-token").read_text())
    assert grant is not None
    return grant


def test_a_code_is_shown_and_typed_elsewhere_and_then_both_servers_open(
    ws: Workspace, provider: OAuthServer, account: Account, smtp_server: SmtpServer
) -> None:
    provider.pending = 2
    shown: list[str] = []
    sign_in_on(ws, username_of(ws), shown.append)
    open_imap(ws).close()
    smtp.leave(open_smtp(ws))

    assert shown == ["Open https://provider.test/device on any machine and type WDJB-MJHT"]
    assert smtp_server.logins == [account.username]
    assert (ws.paths.config.parent / "mail-token").stat().st_mode & 0o777 == 0o600
    assert provider.forms[0]["client_id"] == "founder-client"
    assert "offline_access" in provider.forms[0]["scope"]
    assert len(provider.forms) == 4


def test_a_token_is_renewed_before_it_ends_and_the_new_sign_in_is_kept(
    ws: Workspace, provider: OAuthServer, account: Account
) -> None:
    provider.life = 200
    sign_in_on(ws, account.username, lambda _: None)
    before = stored(ws)
    provider.life = 3600
    first = token_of(ws, account.username)
    second = token_of(ws, account.username)

    assert before.access != first == second == stored(ws).access
    assert before.refresh != stored(ws).refresh
    assert [form["grant_type"] for form in provider.forms[2:]] == ["refresh_token"]


def test_a_refused_token_is_renewed_once(
    ws: Workspace, provider: OAuthServer, account: Account
) -> None:
    sign_in_on(ws, account.username, lambda _: None)
    provider.end(stored(ws).access)
    open_imap(ws).close()

    assert len(provider.forms) == 3


def test_of_two_that_renew_at_once_the_slower_takes_what_the_quicker_got(
    ws: Workspace, provider: OAuthServer, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.life = 0
    sign_in_on(ws, account.username, lambda _: None)
    provider.life = 3600
    really = wire.renew

    def slower(where: Endpoints, client: wire.Client, grant: Grant, now: datetime) -> Grant:
        monkeypatch.setattr(wire, "renew", really)
        quicker.append(token_of(ws, account.username))
        return really(where, client, grant, now)  # its refresh token is spent

    quicker: list[str] = []
    monkeypatch.setattr(wire, "renew", slower)

    assert [token_of(ws, account.username)] == quicker


def test_a_sign_in_that_was_taken_back_says_to_sign_in_again(
    ws: Workspace, provider: OAuthServer, account: Account
) -> None:
    sign_in_on(ws, account.username, lambda _: None)
    grant = stored(ws)
    provider.end(grant.access)
    provider.forget_sign_ins()
    with pytest.raises(LoginRefused, match="founder-inbox login") as refused:
        open_imap(ws)

    assert grant.access not in str(refused.value)
    assert grant.refresh not in str(refused.value)
    assert grant.refresh not in repr(grant)


def test_whoever_declines_or_never_comes_is_not_signed_in(
    ws: Workspace, provider: OAuthServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(LoginRefused, match="Nobody has signed in"):
        open_imap(ws)
    provider.user = ""
    with pytest.raises(LoginRefused, match="authorization_declined"):
        sign_in_on(ws, "ana", lambda _: None)
    provider.pending = 10_000
    late = iter([NOW, *(NOW + timedelta(seconds=300 * n) for n in range(10))])
    monkeypatch.setattr(clock, "now", lambda: next(late))
    with pytest.raises(LoginRefused, match="Nobody signed in in time"):
        sign_in_on(ws, "ana", lambda _: None)


def test_a_machine_without_keyring_says_what_to_allow(
    ws: Workspace, config: Path, provider: OAuthServer
) -> None:
    config.write_text(config.read_text().replace('token_file = "mail-token"\n', ""))
    with open_workspace(str(config)) as without:
        with pytest.raises(LoginRefused, match='token_file = "mail-token"'):
            sign_in_on(without, "ana", lambda _: None)
        with pytest.raises(LoginRefused, match="Nobody has signed in"):
            token_of(without, "ana")


def browse(page: str) -> None:
    """What a browser does, redirections included."""
    with urllib.request.urlopen(page, timeout=10) as answer:
        answer.read()


def test_a_browser_on_this_machine_signs_in(
    config: Path, provider: OAuthServer, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")  # the provider is on loopback
    text = config.read_text().replace("device_url", "authorize_url")
    config.write_text(text.replace("/device", "/authorize"))
    visits: list[threading.Thread] = []

    def show(words: str) -> None:
        visits.append(threading.Thread(target=browse, args=(words.splitlines()[-1],)))
        visits[-1].start()

    with open_workspace(str(config)) as ws:
        sign_in_on(ws, account.username, show)
        open_imap(ws).close()
    visits[0].join()

    assert "code_verifier" in provider.forms[0]


def test_a_visit_that_nobody_ends_and_a_foreign_one_are_no_sign_in(
    provider: OAuthServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    where = Endpoints(f"{provider.base}/token", ("mail",), authorize=f"{provider.base}/authorize")
    with WayBack() as back:
        visit = wire.begin_visit(where, CLIENT, back.address, "our-state")
        assert back.wait(0.1) is None
        for came in ("?code=stolen&state=another", "?error=access_denied&state=our-state", "?"):
            with pytest.raises(LoginRefused, match="without a permission"):
                wire.end_visit(where, CLIENT, visit, back.address + came, NOW)

    assert "our-state" in visit.page
    assert visit.verifier not in visit.page
    assert provider.forms == []


ANSWERS = st.dictionaries(
    st.sampled_from(
        ["access_token", "refresh_token", "expires_in", "error", "user_code", "device_code",
         "verification_uri", "interval", "error_description"]
    ),
    st.none() | st.text(max_size=20) | st.floats() | st.lists(st.integers(), max_size=2),
)  # fmt: skip


@given(ANSWERS)
def test_any_answer_is_a_grant_or_is_refused_in_words(answer: dict[str, object]) -> None:
    for read in (
        lambda: wire._grant(answer, NOW, "refresh"),
        lambda: wire.read_code(answer, NOW),
    ):
        with contextlib.suppress(FounderInboxError):
            read()


@pytest.mark.parametrize("answer", ["", "no json", "[]", "null", "[" * 5_000, "\x00"])
def test_what_is_no_answer_is_said(answer: str, provider: OAuthServer) -> None:
    provider.answer = answer
    where = Endpoints(f"{provider.base}/token", (), device=f"{provider.base}/device")
    with pytest.raises(ServerUnreachable, match="no answer"):
        wire.ask_for_code(where, CLIENT, NOW)


def test_nothing_is_sent_over_an_open_line_to_another_machine() -> None:
    where = Endpoints("http://provider.test/token", (), device="http://provider.test/device")
    with pytest.raises(LoginRefused, match="https"):
        wire.ask_for_code(where, CLIENT, NOW)
    with pytest.raises(ServerUnreachable, match="does not answer"):
        wire.ask_for_code(replace(where, device="http://127.0.0.1:1/device"), CLIENT, NOW)


def test_what_is_stored_is_read_back_and_nonsense_is_nothing() -> None:
    grant = Grant("a", "r", NOW)

    assert grant_from_text(grant_to_text(grant)) == grant
    for text in ("", "{}", "[]", json.dumps({"access": "a", "refresh": "r", "ends_at": "x"})):
        assert grant_from_text(text) is None
    assert grant.is_fresh(NOW - timedelta(minutes=6))
    assert not grant.is_fresh(NOW - timedelta(minutes=4))


def test_each_provider_is_asked_over_https_for_mail_alone() -> None:
    microsoft, google = endpoints_of("microsoft", "acme.test"), endpoints_of("google", "common")

    assert "acme.test" in microsoft.device
    assert not google.device
    for where in (microsoft, google):
        assert where.token.startswith("https://")
        assert all("mail" in s or "IMAP" in s or "SMTP" in s or s == "offline_access"
                   for s in where.scopes)  # fmt: skip


def test_the_command_signs_in_and_tries_it(ws: Workspace, config: Path, account: Account) -> None:
    with program("login", "--config", config, "--json") as process:
        out, err = process.communicate(timeout=60)

    assert process.returncode == 0, err
    assert json.loads(out) == {"signed_in": account.username}
    assert "WDJB-MJHT" in err


def test_without_the_section_there_is_nothing_to_sign_in_to(
    config_file: ConfigFile, account: Account
) -> None:
    with program("login", "--config", config_file(account)) as process:
        _, err = process.communicate(timeout=60)

    assert process.returncode == BadInput.exit_code
    assert "[oauth]" in err


def test_setup_signs_in_when_its_answers_say_so(
    provider: OAuthServer, tokens: DovecotServer, smtp_server: SmtpServer, account: Account,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("FOUNDER_INBOX_DATA", str(tmp_path / "data"))
    answers, config = tmp_path / "answers.toml", tmp_path / "new" / "config.toml"
    answers.write_text(
        f'[account]\naddress = "{account.address}"\n'
        f'[imap]\nhost = "localhost"\nport = {tokens.imaps_port}\nca_file = "{tokens.ca_file}"\n'
        f'[smtp]\nhost = "localhost"\nport = {smtp_server.smtps_port}\n'
        f'[oauth]\nclient_id = "founder-client"\ntoken_file = "mail-token"\n'
        f'token_url = "{provider.base}/token"\ndevice_url = "{provider.base}/device"\n'
    )
    arguments = ("setup", "--from", answers, "--no-mail", "--config", config)
    with program(*arguments) as process:
        out, err = process.communicate(timeout=60)

    assert process.returncode == 0, out + err
    assert "WDJB-MJHT" in err
    assert "✓ ok    sending" in out
    with open_workspace(str(config)) as ws:
        open_imap(ws).close()
        assert stored(ws).access not in config.read_text() + out + err
