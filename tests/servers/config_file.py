"""Writing a config.toml for the test servers, as `docs/` describes it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .account import Account
from .dovecot import DovecotServer
from .smtp import SmtpServer

ALWAYS_OPEN = ("mon-sun 00:00-24:00",)

TEMPLATE = """\
[account]
address = {address}
name = "Ana from Acme"
signature = "Ana"

[imap]
host = {host}
port = {imap_port}
security = {security}
username = {username}
password_command = {password_command}
ca_file = {ca_file}

[smtp]
host = {host}
port = {smtp_port}
security = {security}
username = {username}
password_command = {password_command}
ca_file = {ca_file}

[hours]
timezone = {timezone}
windows = {windows}
enforcement = {enforcement}

[storage]
dir = {data}

[journal]
share = {share}
machine = {machine}
"""


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """Writes `folder/config.toml`; the data goes to `folder/data`."""

    folder: Path
    dovecot: DovecotServer
    smtp: SmtpServer

    def __call__(
        self,
        account: Account,
        *,
        security: str = "tls",
        password: str | None = None,
        timezone: str = "UTC",
        windows: Sequence[str] = ALWAYS_OPEN,
        enforcement: str = "firm",
        teammates: Sequence[Account] = (),
        imap_port: int | None = None,
        share: bool | None = None,
        extra: str = "",
    ) -> Path:
        """The path of a config for that account, open round the clock unless told otherwise.

        `security` is "tls", "starttls" or "none" and picks the ports, unless `imap_port` names
        that of a server in between; `extra` is TOML put at the end. Whether it
        shares its journal says `share`; a server in between hears of mail alone. The folder's
        name is what other machines call it.
        """
        values: dict[str, object] = {
            "address": account.address,
            "host": self.dovecot.host,
            "imap_port": imap_port or self._imap_port(security),
            "smtp_port": self._smtp_port(security),
            "security": security,
            "username": account.username,
            "password_command": ["echo", password or account.password],
            "ca_file": str(self.dovecot.ca_file),
            "timezone": timezone,
            "windows": list(windows),
            "enforcement": enforcement,
            "data": str(self.folder / "data"),
            "machine": self.folder.name,
            "share": imap_port is None if share is None else share,
        }
        text = TEMPLATE.format_map({name: json.dumps(value) for name, value in values.items()})
        path = self.folder / "config.toml"
        path.write_text(text + "".join(map(_teammate, teammates)) + extra)
        path.chmod(0o600)
        return path

    def _imap_port(self, security: str) -> int:
        return self.dovecot.imaps_port if security == "tls" else self.dovecot.imap_port

    def _smtp_port(self, security: str) -> int:
        return self.smtp.smtps_port if security == "tls" else self.smtp.smtp_port


def _teammate(account: Account) -> str:
    name = account.address.partition("@")[0].capitalize()
    address = json.dumps(account.address)
    return f"\n[[teammates]]\nname = {json.dumps(name)}\naddress = {address}\n"
