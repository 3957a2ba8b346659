"""The first start: from an address to a mailbox that works, on one screen."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from founder_inbox.app.setup import round_trip
from founder_inbox.app.setup.find import Found
from founder_inbox.core.setup.places import Place, Servers
from founder_inbox.system.config import read_config
from founder_inbox.tui.setup_app import DEMO, READY, SetupApp
from founder_inbox.tui.widgets.text_fields import LineField
from tests.servers.account import Account
from tests.servers.dovecot import DovecotServer
from tests.servers.smtp import SmtpServer
from tests.tui.stage import HOSTILE

Hands = Callable[..., Awaitable[None]]


def text_of(app: SetupApp) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(s.text for s in strip).rstrip() for strip in strips)


async def until(pilot: Pilot[str], words: str) -> None:
    """Wait until the screen says so, or the app has ended."""
    app = pilot.app
    assert isinstance(app, SetupApp)
    for _ in range(1_500):
        await pilot.pause()
        if words in text_of(app) or app._exit:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(text_of(app))


async def type_(pilot: Pilot[str], text: str) -> None:
    assert pilot.app.focused is not None
    pilot.app.focused.post_message(events.Paste(text))
    await pilot.pause()
    await pilot.press("enter")


@pytest.fixture
def find(dovecot: DovecotServer, smtp_server: SmtpServer) -> Callable[[str], Found]:
    """Finds the test servers for whoever is asked about."""

    def look(address: str) -> Found:
        imap = Place("localhost", dovecot.imaps_port, "tls")
        smtp = Place("localhost", smtp_server.smtps_port, "tls")
        servers = Servers(imap, smtp, address, "a test [/x]")
        return Found(None, servers, servers.source)

    return look


async def test_an_address_and_a_password_are_enough_also_after_a_wrong_one(
    find: Callable[[str], Found], account: Account, dovecot: DovecotServer, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("SSL_CERT_FILE", str(dovecot.ca_file))
    monkeypatch.setenv("FOUNDER_INBOX_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(round_trip, "SECONDS", 20.0)
    config = tmp_path / "new" / "config.toml"
    app = SetupApp(config, find=find)
    async with app.run_test(size=(100, 40)) as pilot:
        await type_(pilot, account.address)
        await until(pilot, "Found: a test [/x]")
        await type_(pilot, "wrong-password")
        await type_(pilot, "Ana from Acme")
        await until(pilot, "Mend it")
        assert "✓ encryption" in text_of(app)
        assert "✗ login" in text_of(app)
        assert "wrong-password" not in text_of(app)
        assert not config.exists()

        await pilot.press("ctrl+u")
        await type_(pilot, account.password)
        await pilot.press("enter")
        await until(pilot, "Keep it there?")
        assert "✓ a mail to yourself" in text_of(app)
        assert not config.exists()
        await type_(pilot, "yes")
        await until(pilot, "Ready")

    assert app.return_value == READY
    assert read_config(config).account.name == "Ana from Acme"
    assert read_config(config).imap.password_file


async def test_a_client_id_leads_to_a_sign_in_that_needs_a_place_first(tmp_path: Path) -> None:
    app = SetupApp(tmp_path / "c.toml")
    async with app.run_test(size=(100, 40)) as pilot:
        await type_(pilot, "ana@outlook.com")
        await until(pilot, "Client id, or a command")
        await type_(pilot, "0a1b2c3d-1111-2222-3333-444455556666")
        await until(pilot, "no keyring to keep your sign-in in")
        assert "mail-token" in text_of(app)
        await type_(pilot, "no")
        await until(pilot, "Type yes to allow it")
        await pilot.press("ctrl+q")

    assert not (tmp_path / "c.toml").exists()


async def test_a_fault_of_ours_is_said_and_shows_no_password(tmp_path: Path) -> None:
    def broken(_: str) -> Found:
        raise RuntimeError("a fault")

    app = SetupApp(tmp_path / "c.toml", find=broken)
    async with app.run_test() as pilot:
        await type_(pilot, "ana@gmail.com")
        await until(pilot, "Something went wrong inside founder-inbox")
    other = SetupApp(tmp_path / "c.toml")
    with contextlib.suppress(ZeroDivisionError):  # run_test hands it on
        async with other.run_test() as pilot:
            await type_(pilot, "ana@gmail.com")
            await until(pilot, "Password")
            other.query_one("#password", LineField).value = "correct-horse"
            other._password = "correct-horse"
            other._handle_exception(ZeroDivisionError("correct-horse"))

    assert "ZeroDivisionError" in other.last_words
    assert "correct-horse" not in other.last_words


async def test_servers_can_be_named_and_a_mistake_is_said(tmp_path: Path) -> None:
    app = SetupApp(tmp_path / "c.toml", find=lambda _: Found(None, None, "nothing was found"))
    async with app.run_test(size=(80, 24)) as pilot:
        await type_(pilot, "ana@acme.test")
        await until(pilot, "IMAP server")
        await type_(pilot, "mail acme")
        await type_(pilot, "mail.acme.test")
        await until(pilot, "is no server")
        await pilot.press("shift+tab", "ctrl+u")
        await type_(pilot, "mail.acme.test")
        await type_(pilot, "")
        await until(pilot, "SMTP mail.acme.test:465")
        await pilot.press("escape")
        await until(pilot, "made-up tickets")
        assert "SMTP mail" not in text_of(app)
        await pilot.press("ctrl+d")

    assert app.return_value == DEMO


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_what_is_found_can_not_write_to_the_terminal(hostile: str, tmp_path: Path) -> None:
    found = Found(None, None, hostile)
    app = SetupApp(tmp_path / "c.toml", address="ana@acme.test", find=lambda _: found)
    async with app.run_test() as pilot:
        await until(pilot, "IMAP server")
        assert "\x1b" not in text_of(app)
        assert "\u202e" not in text_of(app)
        await pilot.press("ctrl+q")

    assert app.return_value is None


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_setup_looks_as_kept(
    same_frame: Callable[[str, str], None], size: tuple[int, int], tmp_path: Path
) -> None:
    app = SetupApp(tmp_path / "c.toml")
    async with app.run_test(size=size) as pilot:
        await type_(pilot, "ana@gmail.com")
        await until(pilot, "Password")
        same_frame(f"setup-{size[0]}", text_of(app) + "\n")
