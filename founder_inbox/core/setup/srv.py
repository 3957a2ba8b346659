"""Servers from the name service: SRV records (RFC 6186, RFC 8314)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from founder_inbox.core.setup.places import Place, Security, Servers, domain_of, is_host, is_within

# What to ask for, the ways that encrypt from the start first (RFC 8314, 3).
IMAP_NAMES: tuple[tuple[str, Security], ...] = (("_imaps._tcp", "tls"), ("_imap._tcp", "starttls"))
SMTP_NAMES: tuple[tuple[str, Security], ...] = (
    ("_submissions._tcp", "tls"),
    ("_submission._tcp", "starttls"),
)


@dataclass(frozen=True, slots=True)
class Record:
    """One SRV record."""

    priority: int
    weight: int
    port: int
    target: str


def names_for(domain: str) -> tuple[str, ...]:
    """The names whose SRV records are asked for."""
    return tuple(f"{name}.{domain}" for name, _ in (*IMAP_NAMES, *SMTP_NAMES))


def servers_in(records: Mapping[str, Sequence[Record]], address: str) -> Servers | None:
    """The servers that a domain's records name, by `names_for`; None unless both are there.

    A target "." means that the service is not offered (RFC 2782).
    """
    domain = domain_of(address)
    imap = _first(records, IMAP_NAMES, domain)
    smtp = _first(records, SMTP_NAMES, domain)
    if imap is None or smtp is None:
        return None
    vouched = is_within(imap.host, domain) and is_within(smtp.host, domain)
    return Servers(imap, smtp, address, f"the name service of {domain}", vouched)


def _first(
    records: Mapping[str, Sequence[Record]],
    names: Sequence[tuple[str, Security]],
    domain: str,
) -> Place | None:
    for name, security in names:
        found = sorted(
            records.get(f"{name}.{domain}", ()), key=lambda item: (item.priority, -item.weight)
        )
        for record in found:
            host = record.target.rstrip(".").lower()
            if is_host(host) and 0 < record.port < 65_536:
                return Place(host, record.port, security)
    return None
