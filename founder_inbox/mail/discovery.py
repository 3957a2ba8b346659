"""Asking the network where an address' servers are: the name service, and pages over HTTPS.

Used by `setup` alone. Answers are foreign: they come out as plain records, bounded in size, and
anything that goes wrong is an empty answer, because then the next source is asked.
"""

import http.client
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from founder_inbox.core.setup.places import is_host
from founder_inbox.core.setup.srv import Record

REDIRECTS = 3
_MOVED = frozenset({301, 302, 303, 307, 308})
Reach = Callable[[str, int, float], socket.socket]


def _reach(host: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((host, port), seconds)


@dataclass(frozen=True, slots=True)
class Network:
    """The ways out. `nameserver`: address and port to ask instead of the system's.

    `reach` opens a connection to host and port within seconds; `trust` checks certificates.
    """

    nameserver: tuple[str, int] | None = None
    trust: ssl.SSLContext | None = None
    reach: Reach = _reach

    def exchangers(self, domain: str, seconds: float) -> list[str]:
        """The names of who receives a domain's mail, best first; empty where nobody says."""
        found = [(mx.preference, _name(mx.exchange)) for mx in self._ask(domain, "MX", seconds)]
        return [host for _, host in sorted(found) if is_host(host)][:20]

    def services(self, name: str, seconds: float) -> list[Record]:
        """The SRV records of a name; empty where there are none."""
        return [
            Record(item.priority, item.weight, item.port, _name(item.target))
            for item in self._ask(name, "SRV", seconds)
        ][:20]

    def page(self, url: str, largest: int, seconds: float) -> bytes:
        """What lies at an address; empty where nothing does, or more than `largest` bytes.

        HTTPS only, also after a redirection, and nothing is told but the address asked for.
        """
        try:
            for _ in range(REDIRECTS + 1):
                status, place, body = self._get(url, largest, seconds)
                if status not in _MOVED:
                    return body if status == 200 and len(body) <= largest else b""
                url = urljoin(url, place)
        except (OSError, http.client.HTTPException, ValueError):
            pass
        return b""

    def _get(self, url: str, largest: int, seconds: float) -> tuple[int, str, bytes]:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 443
        if parts.scheme != "https" or not is_host(host):
            raise ValueError(url)
        trust = self.trust or ssl.create_default_context()
        with self.reach(host, port, seconds) as bare:
            connection = http.client.HTTPSConnection(host, port, context=trust)
            with trust.wrap_socket(bare, server_hostname=host) as encrypted:
                connection.sock = encrypted
                target = parts.path + (f"?{parts.query}" if parts.query else "")
                connection.request("GET", target or "/", headers={"User-Agent": "founder-inbox"})
                answer = connection.getresponse()
                return answer.status, answer.getheader("Location") or "", answer.read(largest + 1)

    def _ask(self, name: str, kind: str, seconds: float) -> list[Any]:
        import dns.exception
        import dns.resolver

        try:
            resolver = dns.resolver.Resolver(configure=self.nameserver is None)
            if self.nameserver is not None:
                resolver.nameservers = [self.nameserver[0]]
                resolver.port = self.nameserver[1]
            return list(resolver.resolve(name, kind, lifetime=seconds, search=False))
        except (dns.exception.DNSException, OSError, ValueError):
            return []


def has_address(host: str) -> bool:
    """Whether a name belongs to a machine, asked the way a connection would."""
    try:
        return bool(socket.getaddrinfo(host, None, type=socket.SOCK_STREAM))
    except (OSError, UnicodeError):
        return False


def _name(name: object) -> str:
    return str(name).rstrip(".").lower()
