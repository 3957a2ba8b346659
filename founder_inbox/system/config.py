"""The configuration: TOML in, checked records out, every mistake named (contract, section 2)."""

import re
import tomllib
from pathlib import Path
from typing import Any, Literal

import msgspec

from founder_inbox.core.hours.schedule import SupportHours, parse_hours
from founder_inbox.errors import BadInput, ConfigError
from founder_inbox.system import team
from founder_inbox.system.clock import local_zone_name, now
from founder_inbox.system.config_mistakes import (
    at,
    explain,
    password_written_down,
    unknown,
    wrong,
)
from founder_inbox.system.team import HandOff, Teammate

Security = Literal["tls", "starttls", "none"]
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class _Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    pass


class Account(_Section, frozen=True):
    """The mailbox customers write to, and the person who answers."""

    address: str
    name: str = ""
    aliases: list[str] = []
    signature: str = ""


class Server(_Section, frozen=True):
    """One server's address and how to log in. `port` 0 means the usual one for `security`.

    At most one of `password_command`, `token_command` (OAuth2) and `password_file` (relative to
    the config) is set; with none the keyring is asked.
    """

    host: str
    port: int = 0
    security: Security = "tls"
    username: str | None = None
    password_command: list[str] | None = None
    token_command: list[str] | None = None
    password_file: str | None = None
    ca_file: str | None = None
    fingerprint: str | None = None


class Mailbox(Server, frozen=True):
    """The IMAP server. `archive`: which tickets' mails are moved to Archive there."""

    archive: Literal["never", "done"] = "never"


class Hours(_Section, frozen=True):
    """The support hours as written; `Config.support_hours` is what they mean."""

    timezone: str = "local"
    windows: list[str] = msgspec.field(default_factory=lambda: ["mon-fri 09:00-10:00"])
    days_off: list[str] = []
    enforcement: Literal["firm", "strict"] = "firm"
    fire: bool = False
    bell: bool = True
    weekly_budget: float = 10.0


class QuickFix(_Section, frozen=True):
    """How long a quick fix may take."""

    minutes: int = 20


class Goodwill(_Section, frozen=True):
    """What may be given a month before a word is said, and in which currency; 0: no cap."""

    month_cap: float = 0.0
    currency: str = "EUR"


class Sending(_Section, frozen=True):
    """How long a reply is held before it goes out; `hot_seconds` when words are heated.

    `pace_seconds` lie between two people who are told about an outage.
    `format`: plain text alone, or with an HTML alternative made from it as Markdown.
    `spelling`: whether the machine's spelling program is asked about drafts.
    """

    undo_seconds: int = 10
    hot_seconds: int = 300
    pace_seconds: int = 3
    format: Literal["plain", "both"] = "plain"
    spelling: bool = True


class Break(_Section, frozen=True):
    """What happens by rule while the founder is on a break."""

    handoff_urgent: bool = True
    auto_reply: bool = False


class Storage(_Section, frozen=True):
    """Where the data folder is."""

    dir: str | None = None


class Attachments(_Section, frozen=True):
    """Where files are saved unless told otherwise; None: the desktop's downloads."""

    dir: str | None = None


class Faq(_Section, frozen=True):
    """Where the FAQ's articles can be read: a link with `{name}` in it; None: nowhere yet."""

    url: str | None = None


class OAuth(_Section, frozen=True):
    """Signing in on a provider's page, with a client that the founder has registered there.

    Another provider is named by its addresses; one with a `device_url` needs no browser here.
    `token_file`: where the sign-in is kept on a machine without a keyring, relative to the config.
    """

    client_id: str
    provider: Literal["microsoft", "google"] = "microsoft"
    tenant: str = "common"
    client_secret: str = ""
    token_file: str = ""
    token_url: str = ""
    device_url: str = ""
    authorize_url: str = ""
    scopes: list[str] = []


class Journal(_Section, frozen=True):
    """Whether what is done here goes, through the mailbox, to the founder's other machines.

    `machine`: what they call this one; empty: its name in the network. `wellbeing`: moods and
    harsh drafts go along.
    """

    share: bool = True
    machine: str = ""
    wellbeing: bool = True


class Config(_Section, frozen=True):
    """A whole configuration file."""

    account: Account
    imap: Mailbox
    smtp: Server
    oauth: OAuth | None = None
    hours: Hours = Hours()
    teammates: list[Teammate] = []
    handoff: HandOff = HandOff()
    quick_fix: QuickFix = QuickFix()
    goodwill: Goodwill = Goodwill()
    sending: Sending = Sending()
    break_: Break = msgspec.field(default=Break(), name="break")
    storage: Storage = Storage()
    attachments: Attachments = Attachments()
    faq: Faq = Faq()
    journal: Journal = Journal()
    keys: dict[str, str | list[str]] = {}
    level: Literal[1, 2] = 1

    @property
    def addresses(self) -> frozenset[str]:
        """Every address that is us, folded."""
        return frozenset(a.casefold() for a in (self.account.address, *self.account.aliases))

    @property
    def domain(self) -> str:
        """The part after the @ of the support address."""
        return self.account.address.rpartition("@")[2]

    def support_hours(self) -> SupportHours:
        """The windows as records. Raises ConfigError for a text that is none."""
        zone = self.hours.timezone
        zone = local_zone_name() if zone == "local" else zone
        return parse_hours(zone, self.hours.windows, self.hours.days_off)


USUAL_PORT = {
    ("imap", "tls"): 993,
    ("imap", "starttls"): 143,
    ("imap", "none"): 143,
    ("smtp", "tls"): 465,
    ("smtp", "starttls"): 587,
    ("smtp", "none"): 25,
}


def read_config(path: Path) -> Config:
    """The checked configuration in a file. Raises ConfigError for anything that is not right."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(
            f"There is no configuration at {path}. Look around first with: founder-inbox demo. "
            "To connect your own mailbox: founder-inbox setup. "
            "Or name another file with --config FILE."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} can't be read: {error}.") from error
    return parse_config(text, str(path))


def parse_config(text: str, where: str) -> Config:
    """The checked configuration in a text; `where` names it in errors."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{where} is not valid TOML: {error}.") from error
    except RecursionError:
        raise ConfigError(f"{where} is not valid TOML: it is nested too deeply.") from None
    _check_names(data, text, where)
    try:
        config = msgspec.convert(data, Config, strict=True)
    except msgspec.ValidationError as error:
        raise ConfigError(explain(str(error), text, where)) from error
    return _checked(_with_holidays(config, text, where), text, where)


def _with_holidays(config: Config, text: str, where: str) -> Config:
    """Put the days of calendar files in the place of their names; paths are beside the config."""
    days: list[str] = []
    for item in config.hours.days_off:
        if not item.strip().casefold().endswith(".ics"):
            days.append(item)
            continue
        from founder_inbox.core.hours.holidays import LARGEST, read_holidays

        try:
            with (Path(where).parent / Path(item.strip()).expanduser()).open("rb") as file:
                content = file.read(LARGEST + 1).decode()
            found = read_holidays(content, now().date())
        except (OSError, UnicodeDecodeError) as error:
            raise wrong(where, text, "hours.days_off", f"{item} can't be read: {error}") from error
        except BadInput as error:
            raise wrong(where, text, "hours.days_off", f"{item}, {error}") from error
        days += [f"{off.first}..{off.last}" for off in found]
    return msgspec.structs.replace(
        config, hours=msgspec.structs.replace(config.hours, days_off=days)
    )


def _checked(config: Config, text: str, where: str) -> Config:
    for section in ("imap", "smtp"):
        server: Server = getattr(config, section)
        _check_server(section, server, text, where)
    for key, address in [("address", config.account.address)] + [
        ("aliases", alias) for alias in config.account.aliases
    ]:
        if not re.fullmatch(r"[^@\s<>,\"]+@[^@\s<>,\"]+", address):
            raise wrong(where, text, f"account.{key}", f"{address!r} is not a mail address")
    for key, what in team.mistakes(config.teammates, config.handoff, config.addresses):
        raise wrong(where, text, key, what)
    if not 0 <= config.sending.undo_seconds <= 600:
        raise wrong(where, text, "sending.undo_seconds", "allowed are 0 to 600 seconds")
    if not 0 <= config.sending.hot_seconds <= 3600:
        raise wrong(where, text, "sending.hot_seconds", "allowed are 0 to 3600 seconds")
    if not 0 <= config.sending.pace_seconds <= 60:
        raise wrong(where, text, "sending.pace_seconds", "allowed are 0 to 60 seconds")
    if not 0 <= config.hours.weekly_budget <= 168:
        raise wrong(where, text, "hours.weekly_budget", "allowed are 0 to 168 hours")
    if not 1 <= config.quick_fix.minutes <= 240:
        raise wrong(where, text, "quick_fix.minutes", "allowed are 1 to 240 minutes")
    _check_goodwill(config.goodwill, text, where)
    _check_faq(config.faq, text, where)
    _check_oauth(config.oauth, text, where)
    try:
        config.support_hours()
    except ConfigError as error:
        key, _, what = str(error).removeprefix("[hours] ").partition(": ")
        raise ConfigError(f"{at(where, text, f'hours.{key}')}, hours.{key}: {what}") from error
    return config


_SAFE_URL = re.compile(r"https://[^/\s]|http://(?:127\.0\.0\.1|localhost)[:/]")
_FAQ_URL = re.compile(r"https?://[^\s<>\"'{}]{1,500}\{name\}[^\s<>\"'{}]{0,500}")


def _check_faq(faq: Faq, text: str, where: str) -> None:
    if faq.url is not None and not _FAQ_URL.fullmatch(faq.url):
        what = (
            'a link with {name} where the article\'s name stands: "https://acme.test/help/{name}/"'
        )
        raise wrong(where, text, "faq.url", what)


def _check_goodwill(goodwill: Goodwill, text: str, where: str) -> None:
    if not 0 <= goodwill.month_cap <= 1_000_000:
        raise wrong(where, text, "goodwill.month_cap", "allowed are 0 to 1000000; 0 is no cap")
    if not re.fullmatch(r"[A-Z]{3}", goodwill.currency):
        raise wrong(where, text, "goodwill.currency", 'allowed are three letters, as "EUR"')


def _check_oauth(oauth: OAuth | None, text: str, where: str) -> None:
    if oauth is None:
        return
    if not oauth.client_id.strip():
        raise wrong(where, text, "oauth.client_id", "it is empty; your provider shows it")
    if not re.fullmatch(r"[A-Za-z0-9.-]{1,100}", oauth.tenant):
        raise wrong(where, text, "oauth.tenant", f"{oauth.tenant!r} is no tenant")
    for key in ("token_url", "device_url", "authorize_url"):
        if (url := getattr(oauth, key)) and not _SAFE_URL.match(url):
            raise wrong(where, text, f"oauth.{key}", "it has to begin with https://")


def _check_server(section: str, server: Server, text: str, where: str) -> None:
    if not server.host or re.search(r"[\s\x00-\x1f/]", server.host):
        raise wrong(where, text, f"{section}.host", f"{server.host!r} is not a host name")
    if not 0 <= server.port <= 65_535:
        raise wrong(where, text, f"{section}.port", "a port is 1 to 65535")
    for key in ("password_command", "token_command"):
        if getattr(server, key) == []:
            what = "an empty command prints nothing; leave the line out to use the keyring"
            raise wrong(where, text, f"{section}.{key}", what)
    ways = [key for key in _WAYS_IN if getattr(server, key) is not None]
    if len(ways) > 1:
        raise wrong(where, text, f"{section}.{ways[1]}", f"{ways[0]} is set, too; keep one")
    if server.password_file == "":
        raise wrong(where, text, f"{section}.password_file", "it names no file")
    if server.security == "none" and server.host not in LOOPBACK:
        raise wrong(
            where,
            text,
            f"{section}.security",
            f'"none" would send your password readable to {server.host}; it is accepted for '
            'this machine only (127.0.0.1). Use "tls" or "starttls"',
        )


_WAYS_IN = ("password_command", "token_command", "password_file")


def names_a_way(server: Server) -> bool:
    """Whether a server's section says by itself how a password is come by."""
    return any(getattr(server, key) is not None for key in _WAYS_IN)


def smtp_way_in(config: Config) -> Server:
    """Whose way to a password the submission server uses: its own, else that of [imap]."""
    return config.smtp if names_a_way(config.smtp) else config.imap


def port_of(section: str, server: Server) -> int:
    """The port to connect to: the one given, else the usual one."""
    return server.port or USUAL_PORT[section, server.security]


_SECTIONS: dict[str, type[msgspec.Struct]] = {
    "account": Account,
    "imap": Mailbox,
    "smtp": Server,
    "oauth": OAuth,
    "hours": Hours,
    "teammates": Teammate,
    "handoff": HandOff,
    "quick_fix": QuickFix,
    "goodwill": Goodwill,
    "sending": Sending,
    "break": Break,
    "storage": Storage,
    "attachments": Attachments,
    "faq": Faq,
}


def _check_names(data: dict[str, Any], text: str, where: str) -> None:
    known = [field.encode_name for field in msgspec.structs.fields(Config)]
    for name, value in data.items():
        if name not in known:
            raise unknown(where, text, name, known, f"[{name}]")
        struct = _SECTIONS.get(name)
        if struct is None:
            continue
        allowed = [field.name for field in msgspec.structs.fields(struct)]
        for table in value if isinstance(value, list) else [value]:
            for key in table if isinstance(table, dict) else ():
                if key == "password":
                    raise password_written_down(where, text, f"{name}.password")
                if key not in allowed:
                    raise unknown(where, text, f"{name}.{key}", allowed, key)
