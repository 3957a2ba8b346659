"""The configuration a demo runs with: a real `config.toml`, so that the app needs no other way."""

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from founder_inbox.demo.company import ALIASES, BILLING, FOUNDER, TEAMMATE
from founder_inbox.demo.provider import Provider

_STEP = 5  # minutes; windows at odd minutes look like nobody's plan


def config_text(provider: Provider, folder: Path, *, now: datetime, zone: str) -> str:
    """Write a config.toml in whose support hours `now` (aware) lies.

    Data goes to `folder`/data; `zone` is an IANA name. The window began up to 20 minutes ago and
    lasts 75 to 80 minutes more; another follows six hours after its start.
    """
    address, name = FOUNDER[1], FOUNDER[0]
    opened = _floored(now.astimezone(ZoneInfo(zone)) - timedelta(minutes=15))
    later = opened + timedelta(hours=6)
    windows = [_window(opened, 95), _window(later, 60)]
    password = [sys.executable, "-c", f"print({provider.password!r})"]
    return f"""\
# The demo's configuration. Everything here is made up and ends with the demo.
[account]
address = {_quoted(address)}
name = {_quoted(name)}
aliases = {_quoted(list(ALIASES))}
signature = "Ana"
{_server("imap", provider, provider.imap_port, password)}
{_server("smtp", provider, provider.smtp_port, password)}
[hours]
timezone = {_quoted(zone)}
windows = {_quoted(windows)}
enforcement = "firm"

[[teammates]]
name = "Vlad"
address = {_quoted(TEAMMATE)}

[[teammates]]
name = "Marissa"
address = {_quoted(BILLING)}
topics = ["billing"]

[quick_fix]
minutes = 20

[sending]
undo_seconds = 10

[storage]
dir = {_quoted(str(folder / "data"))}
"""


def _server(section: str, provider: Provider, port: int, password: list[str]) -> str:
    return f"""
[{section}]
host = {_quoted(provider.host)}
port = {port}
security = "none"
username = {_quoted(provider.username)}
password_command = {_quoted(password)}
"""


def _window(start: datetime, minutes: int) -> str:
    return f"mon-sun {start:%H:%M}-{start + timedelta(minutes=minutes):%H:%M}"


def _floored(moment: datetime) -> datetime:
    return moment.replace(minute=moment.minute - moment.minute % _STEP, second=0, microsecond=0)


def _quoted(value: str | list[str]) -> str:
    """Write a TOML string or list of strings: JSON's are a subset once DEL is written out."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
