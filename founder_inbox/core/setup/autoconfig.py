"""Servers from autoconfig files in Thunderbird's format (its wiki, Autoconfiguration:FileFormat).

The file is foreign: it is read only up to a size, as UTF-8, without a document type (no entities),
and only servers that encrypt are taken from it.
"""

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from founder_inbox.core.setup.places import Login, Place, Security, Servers, domain_of, is_host

LARGEST = 64 * 1024
_DATABASE = "https://autoconfig.thunderbird.net/v1.1/{}"
_OWN = (
    "https://autoconfig.{}/mail/config-v1.1.xml",
    "https://{}/.well-known/autoconfig/mail/config-v1.1.xml",
)
_SECURITY: dict[str, Security] = {"SSL": "tls", "STARTTLS": "starttls"}
_PASSWORDS = frozenset({"password-cleartext", "password-encrypted", "plain", "secure"})
_SIGN_IN = "oauth2"


@dataclass(frozen=True, slots=True)
class Page:
    """Where an autoconfig file may lie, and in words whose it is. `own`: the domain's."""

    url: str
    whose: str
    own: bool


def pages_for(domain: str) -> tuple[Page, ...]:
    """Where to look for a domain's servers, best first. Nobody is told the address itself."""
    own = tuple(Page(form.format(domain), f"{domain}'s own autoconfig", True) for form in _OWN)
    return (*own, Page(_DATABASE.format(domain), "Thunderbird's list of providers", False))


def read_autoconfig(content: bytes, address: str, source: str) -> Servers | None:
    """The best encrypted IMAP and SMTP servers in a file; None where it names no such pair."""
    tree = _tree(content)
    provider = tree.find("emailProvider") if tree is not None else None
    if provider is None:
        return None
    incoming = [_server(item, address) for item in provider.findall("incomingServer")
                if item.get("type", "").lower() == "imap"]  # fmt: skip
    outgoing = [_server(item, address) for item in provider.findall("outgoingServer")
                if item.get("type", "").lower() == "smtp"]  # fmt: skip
    imap, smtp = _best(incoming), _best(outgoing)
    if imap is None or smtp is None:
        return None
    username = imap.username or address
    other = smtp.username if smtp.username not in {"", username} else ""
    return Servers(imap.place, smtp.place, username, source, login=imap.login, smtp_username=other)


@dataclass(frozen=True, slots=True)
class _Server:
    place: Place
    username: str
    login: Login


def _tree(content: bytes) -> ET.Element | None:
    if len(content) > LARGEST:
        return None
    try:
        text = content.decode("utf-8-sig")
        if "<!doctype" in text.lower() or "<!entity" in text.lower():
            return None
        return ET.fromstring(text)  # noqa: S314 - no entities reach it, and its size is bounded
    except (ValueError, ET.ParseError):
        return None


def _server(item: ET.Element, address: str) -> _Server | None:
    """One server element as a record; None where something is missing, odd, or not encrypted."""
    host = _fill(item.findtext("hostname") or "", address).lower()
    port = (item.findtext("port") or "").strip()
    security = _SECURITY.get((item.findtext("socketType") or "").strip().upper())
    fits = port.isascii() and port.isdigit() and len(port) < 6 and 0 < int(port) < 65_536
    if security is None or not is_host(host) or not fits:
        return None
    ways = {(way.text or "").strip().lower() for way in item.findall("authentication")}
    login = Login.SIGN_IN if _SIGN_IN in ways and not ways & _PASSWORDS else Login.OWN
    username = _fill(item.findtext("username") or "", address)
    return _Server(Place(host, int(port), security), username[:320], login)


def _best(servers: list[_Server | None]) -> _Server | None:
    """The first of those that encrypt from the start and take a password, then the others."""
    usable = [server for server in servers if server is not None]
    usable.sort(key=lambda s: (s.login is not Login.OWN, s.place.security != "tls"))
    return usable[0] if usable else None


def _fill(text: str, address: str) -> str:
    values = {
        "%EMAILADDRESS%": address,
        "%EMAILLOCALPART%": address.rpartition("@")[0],
        "%EMAILDOMAIN%": domain_of(address),
    }
    for name, value in values.items():
        text = text.replace(name, value)
    text = text.strip()
    return text if text.isprintable() else ""
