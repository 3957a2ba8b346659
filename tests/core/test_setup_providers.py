"""Whose mailbox it is, by the address or by who receives its mail, and what that provider needs."""

import pytest

from founder_inbox.core.setup.places import (
    Login,
    domain_of,
    is_host,
    is_within,
    registered_domain,
)
from founder_inbox.core.setup.providers import (
    PROVIDERS,
    provider_of_address,
    provider_of_exchangers,
    provider_of_host,
)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("ana@gmail.com", "Gmail and Google Workspace"),
        ("Ana@GMAIL.com", "Gmail and Google Workspace"),
        ("ana@me.com", "iCloud"),
        ("ana@outlook.com", "Outlook.com"),
        ("ana@acme.onmicrosoft.com", "Microsoft 365"),
        ("ana@zohomail.eu", "Zoho Mail (eu)"),
        ("ana@pm.me", "Proton Mail"),
    ],
)
def test_an_address_names_its_provider(address: str, name: str) -> None:
    match = provider_of_address(address)

    assert match is not None
    assert match.provider.name == name


@pytest.mark.parametrize(
    "address", ["ana@notgmail.com", "ana@gmail.com.evil.test", "ana", "", "a@b@gmail.com", "ana@"]
)
def test_what_only_looks_like_a_provider_is_none(address: str) -> None:
    assert provider_of_address(address) is None


@pytest.mark.parametrize(
    ("exchangers", "name"),
    [
        (["aspmx.l.google.com", "alt1.aspmx.l.google.com"], "Gmail and Google Workspace"),
        (["smtp.google.com"], "Gmail and Google Workspace"),
        (["acme-com.mail.protection.outlook.com"], "Microsoft 365"),
        (["outlook-com.olc.protection.outlook.com"], "Outlook.com"),
        (["acme-com.p-v1.mx.microsoft"], "Microsoft 365"),
        (["in1-smtp.messagingengine.com"], "Fastmail"),
        (["mx.zoho.eu"], "Zoho Mail for domains (eu)"),
        (["mx.zoho.com.au"], "Zoho Mail for domains (com.au)"),
        (["mx01.mail.icloud.com"], "iCloud"),
        (["mail.protonmail.ch"], "Proton Mail"),
        (["mx00.ionos.de"], "IONOS (Germany)"),
        (["filter.acme.test", "aspmx.l.google.com"], "Gmail and Google Workspace"),
    ],
)
def test_a_domain_of_ones_own_is_known_by_who_receives_its_mail(
    exchangers: list[str], name: str
) -> None:
    match = provider_of_exchangers(exchangers)

    assert match is not None
    assert match.provider.name == name


def test_an_unknown_receiver_is_nobody() -> None:
    assert provider_of_exchangers(["mx.acme.test", "notgoogle.com"]) is None
    assert provider_of_exchangers([]) is None


def test_what_can_not_work_has_no_servers() -> None:
    without = {p.name for p in PROVIDERS if p.servers("a@acme.test", "") is None}

    assert without == {p.name for p in PROVIDERS if p.login is Login.NONE} == {"Tuta", "HEY"}


def test_every_provider_says_what_it_needs_and_an_app_password_has_its_page() -> None:
    for provider in PROVIDERS:
        assert provider.words.endswith(".")
        assert provider.page.startswith("https://") or provider.login is not Login.APP
        assert provider.domains or provider.exchangers


def test_a_domain_belongs_to_one_provider() -> None:
    domains = [name for provider in PROVIDERS for name in provider.domains]

    assert len(domains) == len(set(domains))


def test_a_server_tells_its_provider_but_this_machine_does_not() -> None:
    gmail = provider_of_host("IMAP.gmail.com.")

    assert gmail is not None
    assert gmail.login is Login.APP
    assert provider_of_host("127.0.0.1") is None
    assert provider_of_host("mail.acme.test") is None


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("ana@Acme.TEST", "acme.test"),
        ("ana@bücher.example", "xn--bcher-kva.example"),
        ("ana@localhost", ""),
        ("ana@-acme.test", ""),
        ("ana@acme..test", ""),
        ("ana <ana@acme.test>", ""),
        ("ana@acme.test\n", ""),
        ("ana@" + "a" * 300 + ".test", ""),
    ],
)
def test_the_domain_of_an_address_is_one_or_nothing(address: str, domain: str) -> None:
    assert domain_of(address) == domain


def test_a_name_is_within_a_domain_by_whole_labels() -> None:
    assert is_within("mx.acme.test", "acme.test")
    assert is_within("ACME.test.", "acme.test")
    assert not is_within("notacme.test", "acme.test")


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("mx1.mail.acme.com", "acme.com"),
        ("mx.acme.co.uk", "acme.co.uk"),
        ("acme.com", "acme.com"),
        ("mx.com.com", "com.com"),
        ("localhost", "localhost"),
    ],
)
def test_the_registered_part_of_a_name_is_found(host: str, domain: str) -> None:
    assert registered_domain(host) == domain


@pytest.mark.parametrize("name", ["mail.acme.test", "1.2.3.4", "a-b.c"])
def test_a_host_name_is_one(name: str) -> None:
    assert is_host(name)


@pytest.mark.parametrize("name", ["", "a b", "a_b.c", "-a.b", "a/b", "a..b", "x" * 64 + ".de"])
def test_what_is_no_host_name_is_refused(name: str) -> None:
    assert not is_host(name)


@pytest.mark.parametrize(
    ("address", "imap", "smtp"),
    [
        ("ana@icloud.com", "ana", "ana@icloud.com"),
        ("ana@web.de", "ana", ""),
        ("ana@gmail.com", "ana@gmail.com", ""),
    ],
)
def test_the_user_name_is_what_the_provider_wants(address: str, imap: str, smtp: str) -> None:
    match = provider_of_address(address)
    assert match is not None
    servers = match.provider.servers(address, "")

    assert servers is not None
    assert (servers.username, servers.smtp_username) == (imap, smtp)


def test_at_a_domain_of_ones_own_the_whole_address_is_the_user_name() -> None:
    match = provider_of_exchangers(["mx01.mail.icloud.com"])
    assert match is not None
    servers = match.provider.servers("ana@acme.test", "")

    assert servers is not None
    assert (servers.username, servers.smtp_username) == ("ana@acme.test", "")
