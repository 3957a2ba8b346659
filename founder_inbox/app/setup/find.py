"""From an address alone to its servers: known providers, autoconfig, the name service.

All of it under one deadline, and asked at the same time; the better source wins.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from founder_inbox.core.setup.autoconfig import LARGEST, Page, pages_for, read_autoconfig
from founder_inbox.core.setup.places import Servers, domain_of, registered_domain
from founder_inbox.core.setup.providers import (
    Match,
    Provider,
    provider_of_address,
    provider_of_exchangers,
    provider_of_host,
)
from founder_inbox.core.setup.srv import Record, names_for, servers_in
from founder_inbox.errors import BadInput
from founder_inbox.mail.discovery import Network
from founder_inbox.system import clock
from founder_inbox.system.deadline import gather

SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Found:
    """What was found. Without `servers` somebody has to name them, or the provider has none."""

    provider: Provider | None
    servers: Servers | None
    source: str


def find_servers(address: str, network: Network | None = None, seconds: float = SECONDS) -> Found:
    """The servers of an address. Raises BadInput for what is no address."""
    domain = domain_of(address)
    if not domain:
        raise BadInput(f"{address!r} is not a mail address. Nothing was done.")
    if match := provider_of_address(address):
        return _of_provider(match, address)
    network = network or Network()
    until = clock.monotonic() + seconds
    answers = _ask_all(domain, network, until)
    if match := provider_of_exchangers(answers.exchangers):
        return _of_provider(match, address)
    servers = (
        _in_pages(pages_for(domain), answers.pages, address)
        or _of_receiver(answers.exchangers, address, network, until)
        or servers_in(answers.services, address)
    )
    if servers is None:
        return Found(None, None, f"nothing was found for {domain}")
    return Found(provider_of_host(servers.imap.host), servers, servers.source)


@dataclass(slots=True)
class _Answers:
    exchangers: list[str]
    pages: dict[str, bytes]
    services: dict[str, list[Record]]


def _ask_all(domain: str, network: Network, until: float) -> _Answers:
    """Put every question at once: who receives the mail, the pages, the services."""
    answers = _Answers([], {}, {})
    seconds = until - clock.monotonic()

    def exchangers() -> None:
        answers.exchangers = network.exchangers(domain, seconds)

    def page(url: str) -> None:
        answers.pages[url] = network.page(url, LARGEST, seconds)

    def service(name: str) -> None:
        answers.services[name] = network.services(name, seconds)

    questions: dict[str, Callable[[], None]] = {
        "exchangers": exchangers,
        **{item.url: partial(page, item.url) for item in pages_for(domain)},
        **{name: partial(service, name) for name in names_for(domain)},
    }
    gather(questions, until)
    # A late answer must not change what is being looked at.
    return replace(answers, pages=dict(answers.pages), services=dict(answers.services))


def _of_receiver(
    exchangers: Sequence[str], address: str, network: Network, until: float
) -> Servers | None:
    """The servers by the autoconfig of whoever receives the mail, a hosting company as a rule.

    Only the name service leads there, so the result is not vouched for, unless Thunderbird's
    list has it.
    """
    domain = registered_domain(exchangers[0]) if exchangers else ""
    left = until - clock.monotonic()
    if not domain or domain == domain_of(address) or left <= 0:
        return None
    pages = pages_for(domain)
    texts = gather(
        {page.url: partial(network.page, page.url, LARGEST, left) for page in pages}, until
    )
    return _in_pages(pages, texts, address, vouched=False)


def _in_pages(
    pages: Sequence[Page], texts: dict[str, bytes], address: str, *, vouched: bool = True
) -> Servers | None:
    for page in pages:
        servers = read_autoconfig(texts.get(page.url, b""), address, page.whose)
        if servers is not None:
            return replace(servers, vouched=vouched or not page.own)
    return None


def _of_provider(match: Match, address: str) -> Found:
    provider, source = match
    return Found(provider, provider.servers(address, source), source)
