"""The demo's configuration, read by the application's own reader."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from founder_inbox.core.hours.schedule import next_window, window_at
from founder_inbox.demo.company import BILLING, SUPPORT, TEAMMATE
from founder_inbox.demo.config import config_text
from founder_inbox.demo.provider import Provider
from founder_inbox.system.config import Config, parse_config

from .conftest import NOW


def _config(provider: Provider, folder: Path, now: datetime, zone: str) -> Config:
    return parse_config(config_text(provider, folder, now=now, zone=zone), "config.toml")


def test_the_application_understands_it(provider: Provider, tmp_path: Path) -> None:
    config = _config(provider, tmp_path, NOW, "Europe/Berlin")
    assert config.account.address == SUPPORT
    assert (config.imap.host, config.imap.port) == ("127.0.0.1", provider.imap_port)
    assert (config.smtp.host, config.smtp.port) == ("127.0.0.1", provider.smtp_port)
    assert [teammate.address for teammate in config.teammates] == [TEAMMATE, BILLING]
    assert config.storage.dir == str(tmp_path / "data")


def test_the_password_command_prints_the_password(provider: Provider, tmp_path: Path) -> None:
    config = _config(provider, tmp_path, NOW, "UTC")
    command = config.smtp.password_command
    assert command
    printed = subprocess.run(command, capture_output=True, text=True, check=True)
    assert printed.stdout.strip() == provider.password


def test_a_folder_with_a_strange_name_is_kept(provider: Provider, tmp_path: Path) -> None:
    folder = tmp_path / 'Ana\'s "demo" \\ \x7f ü'
    assert _config(provider, folder, NOW, "UTC").storage.dir == str(folder / "data")


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata"])
def test_support_is_open_whenever_the_demo_starts(
    provider: Provider, tmp_path: Path, hour: int, zone: str
) -> None:
    now = datetime(2026, 11, 22, hour, 57, 31, tzinfo=UTC)
    hours = _config(provider, tmp_path, now, zone).support_hours()
    window = window_at(hours, now)
    assert window is not None
    assert timedelta(minutes=60) <= window.end - now <= timedelta(minutes=90)
    later = next_window(hours, now)
    assert later is not None
    assert later.start < window.start + timedelta(hours=8)
