"""From an address to its servers: each source in its turn, all under one deadline."""

import ssl
from collections.abc import Iterator

import pytest
import trustme

from founder_inbox.app.setup.find import find_servers
from founder_inbox.core.setup.autoconfig import LARGEST
from founder_inbox.errors import BadInput
from founder_inbox.system import clock
from tests.servers.directory import Directory

ADDRESS = "ana@acme.test"
HOSTS = (
    "acme.test", "autoconfig.acme.test", "autoconfig.thunderbird.net", "hoster.test",
    "autoconfig.hoster.test",
)  # fmt: skip
LIST = "https://autoconfig.thunderbird.net/v1.1/{}"
OWN = "https://autoconfig.acme.test/mail/config-v1.1.xml"
KNOWN = "https://acme.test/.well-known/autoconfig/mail/config-v1.1.xml"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def directory(authority: trustme.CA) -> Iterator[Directory]:
    certificate = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(*HOSTS).configure_cert(certificate)
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    with Directory(certificate, trust) as server:
        yield server


def autoconfig(host: str) -> bytes:
    def server(tag: str, kind: str, port: int) -> str:
        return (
            f'<{tag} type="{kind}"><hostname>{host}</hostname><port>{port}</port>'
            f"<socketType>SSL</socketType><username>%EMAILADDRESS%</username>"
            f"<authentication>password-cleartext</authentication></{tag}>"
        )

    inside = server("incomingServer", "imap", 993) + server("outgoingServer", "smtp", 465)
    return f"<clientConfig><emailProvider>{inside}</emailProvider></clientConfig>".encode()


SRV = {
    ("_imaps._tcp.acme.test", "SRV"): ["0 1 993 imap.acme.test."],
    ("_submissions._tcp.acme.test", "SRV"): ["0 1 465 smtp.acme.test."],
}


def test_a_known_provider_is_found_without_asking_anybody(directory: Directory) -> None:
    found = find_servers("ana@gmail.com", directory.network)

    assert found.provider is not None
    assert found.servers is not None
    assert str(found.servers.imap) == "imap.gmail.com:993"
    assert directory.asked == []


def test_a_provider_is_known_by_who_receives_the_mail(directory: Directory) -> None:
    directory.know({("acme.test", "MX"): ["20 b.example.", "10 aspmx.l.google.com."]})
    directory.pages[OWN] = autoconfig("elsewhere.test")
    found = find_servers(ADDRESS, directory.network)

    assert found.provider is not None
    assert found.servers is not None
    assert str(found.servers.smtp) == "smtp.gmail.com:465"
    assert "receives" in found.source


def test_a_provider_without_imap_has_no_servers(directory: Directory) -> None:
    found = find_servers("ana@tuta.com", directory.network)

    assert found.servers is None
    assert found.provider is not None


@pytest.mark.parametrize("url", [OWN, KNOWN, LIST.format("acme.test")])
def test_each_place_of_an_autoconfig_file_is_looked_at(url: str, directory: Directory) -> None:
    directory.know(SRV)
    directory.pages[url] = autoconfig("mail.acme.test")
    found = find_servers(ADDRESS, directory.network)

    assert found.servers is not None
    assert str(found.servers.imap) == "mail.acme.test:993"
    assert found.servers.vouched
    assert not any("ana" in asked for asked in directory.asked)


def test_the_file_of_who_receives_the_mail_has_to_be_looked_at(directory: Directory) -> None:
    directory.know({("acme.test", "MX"): ["10 mx1.hoster.test."]})
    directory.pages["https://autoconfig.hoster.test/mail/config-v1.1.xml"] = autoconfig("a.test")
    servers = find_servers(ADDRESS, directory.network).servers

    assert servers is not None
    assert not servers.vouched


def test_the_list_vouches_for_who_receives_the_mail(directory: Directory) -> None:
    directory.know({("acme.test", "MX"): ["10 mx1.hoster.test."]})
    directory.pages[LIST.format("hoster.test")] = autoconfig("imap.hoster.test")
    servers = find_servers(ADDRESS, directory.network).servers

    assert servers is not None
    assert servers.vouched


def test_the_name_service_is_the_last_to_be_believed(directory: Directory) -> None:
    directory.know(SRV)
    found = find_servers(ADDRESS, directory.network)

    assert found.servers is not None
    assert str(found.servers.imap) == "imap.acme.test:993"
    assert "name service" in found.source


def test_nothing_is_invented(directory: Directory) -> None:
    found = find_servers(ADDRESS, directory.network)

    assert (found.provider, found.servers) == (None, None)
    assert "acme.test" in found.source


def test_a_redirection_is_followed_but_never_away_from_https(directory: Directory) -> None:
    directory.pages[OWN] = KNOWN
    directory.pages[KNOWN] = autoconfig("mail.acme.test")
    assert find_servers(ADDRESS, directory.network).servers is not None

    directory.pages[OWN] = "http://acme.test/config.xml"
    directory.pages[KNOWN] = KNOWN  # round and round
    assert find_servers(ADDRESS, directory.network).servers is None


def test_a_huge_page_and_a_wrong_certificate_are_nothing(directory: Directory) -> None:
    good = autoconfig("mail.acme.test")
    directory.pages[OWN] = good + b" " * LARGEST
    directory.pages["https://acme.example/.well-known/autoconfig/mail/config-v1.1.xml"] = good

    assert find_servers(ADDRESS, directory.network).servers is None
    assert find_servers("ana@acme.example", directory.network).servers is None


def test_silence_costs_one_deadline_and_not_one_each(directory: Directory) -> None:
    directory.silent = {"acme.test", *(name for name, _ in SRV)}
    directory.pages[OWN] = autoconfig("mail.acme.test")
    started = clock.monotonic()
    found = find_servers(ADDRESS, directory.network, seconds=1.5)

    assert clock.monotonic() - started < 5  # five silences after each other would be 7.5
    assert found.servers is not None


@pytest.mark.parametrize("address", ["", "ana", "ana@localhost", "a b@acme.test", "a@b@"])
def test_what_is_no_address_is_said(address: str, directory: Directory) -> None:
    with pytest.raises(BadInput, match="not a mail address"):
        find_servers(address, directory.network)
