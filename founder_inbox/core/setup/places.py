"""Mail servers as they are found for an address, before anybody logs in."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from founder_inbox.errors import BadInput

Security = Literal["tls", "starttls"]

_ADDRESS = re.compile(r"[^@\s<>,\"\x00-\x1f]{1,64}@[^@\s<>,\"\x00-\x1f]{1,255}")
_HOST = re.compile(
    r"(?=.{1,253}\Z)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
    r"(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*"
)
# Second levels under which everybody registers; enough for the names of mail exchangers.
_STARTTLS = frozenset({25, 143, 587, 1025, 1143, 2525})
_SHARED = frozenset({"ac", "co", "com", "edu", "gov", "net", "ne", "or", "org"})


class Login(StrEnum):
    """What a provider takes at the login, in words."""

    OWN = "the mailbox's own password"
    APP = "an app password"
    BRIDGE = "a password from its Bridge"
    SIGN_IN = "a sign-in, no password"
    NONE = "nothing: it has no IMAP"


@dataclass(frozen=True, slots=True)
class Place:
    """One server. `security` is never "none": a password does not travel readable."""

    host: str
    port: int
    security: Security

    def __str__(self) -> str:
        """Host and port, for sentences."""
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Servers:
    """Both servers of an address. `source` says in words where they were found.

    `vouched`: the source is bound to the address' own domain, or to a list that people keep;
    otherwise only the name service says so, and whoever types a password has to look at the names
    first (RFC 6186, 6). `smtp_username` is empty where it is the same one.
    """

    imap: Place
    smtp: Place
    username: str
    source: str
    vouched: bool = True
    login: Login = Login.OWN
    smtp_username: str = ""


def parse_place(kind: str, text: str) -> Place:
    """A server as people write it, "mail.acme.test" or "mail.acme.test:587".

    `kind` is "imap" or "smtp"; the port tells how it encrypts. Raises BadInput.
    """
    host, _, port = text.strip().lower().partition(":")
    number = int(port) if port.isascii() and port.isdigit() and len(port) < 6 else None
    number = {"imap": 993, "smtp": 465}[kind] if not port else number
    if not is_host(host) or number is None or not 0 < number < 65_536:
        raise BadInput(f"{text!r} is no server. Write a name, such as mail.acme.test.")
    return Place(host, number, "starttls" if number in _STARTTLS else "tls")


def domain_of(address: str) -> str:
    """The domain in lower case ASCII (IDNA); empty for what is no address."""
    if not _ADDRESS.fullmatch(address):
        return ""
    try:
        domain = address.rpartition("@")[2].encode("idna").decode().lower()
    except UnicodeError:
        return ""
    return domain if is_host(domain) and "." in domain else ""


def is_host(name: str) -> bool:
    """Whether a name could be a host's: letters, digits and hyphens (RFC 1123)."""
    return bool(_HOST.fullmatch(name.lower()))


def is_within(host: str, domain: str) -> bool:
    """Whether a host is the domain, or below it."""
    host, domain = host.lower().rstrip("."), domain.lower().rstrip(".")
    return host == domain or host.endswith("." + domain)


def registered_domain(host: str) -> str:
    """The part of a host's name that somebody registered: "acme.co.uk" of "mx.acme.co.uk"."""
    labels = host.lower().rstrip(".").split(".")
    shared = len(labels) > 2 and labels[-2] in _SHARED and len(labels[-1]) == 2
    return ".".join(labels[-3:] if shared else labels[-2:])
