"""Autoconfig files are foreign: read carefully, and only what encrypts is taken from them."""

from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.setup.autoconfig import LARGEST, pages_for, read_autoconfig
from founder_inbox.core.setup.places import Login, Place, Servers
from founder_inbox.core.setup.srv import Record, names_for, servers_in

ADDRESS = "ana@acme.test"


def file(*servers: str) -> bytes:
    inside = "".join(servers)
    return (
        '<?xml version="1.0"?><clientConfig version="1.1"><emailProvider id="acme.test">'
        f"<domain>acme.test</domain>{inside}</emailProvider></clientConfig>"
    ).encode()


def server(
    kind: str, host: str, port: int | str, socket: str = "SSL",
    way: str = "password-cleartext", user: str = "%EMAILADDRESS%",
) -> str:  # fmt: skip
    tag = "incomingServer" if kind in {"imap", "pop3"} else "outgoingServer"
    return (
        f'<{tag} type="{kind}"><hostname>{host}</hostname><port>{port}</port>'
        f"<socketType>{socket}</socketType><username>{user}</username>"
        f"<authentication>{way}</authentication></{tag}>"
    )


GOOD = file(
    server("pop3", "pop.acme.test", 995),
    server("imap", "plain.acme.test", 143, "plain"),
    server("imap", "start.acme.test", 143, "STARTTLS"),
    server("imap", "imap.%EMAILDOMAIN%", 993, user="%EMAILLOCALPART%"),
    server("smtp", "smtp.acme.test", 587, "STARTTLS"),
)


def read(content: bytes) -> Servers | None:
    return read_autoconfig(content, ADDRESS, "a test")


def test_the_best_encrypted_servers_are_taken() -> None:
    servers = read(GOOD)

    assert servers is not None
    assert servers.imap == Place("imap.acme.test", 993, "tls")
    assert servers.smtp == Place("smtp.acme.test", 587, "starttls")
    assert (servers.username, servers.login) == ("ana", Login.OWN)


def test_a_server_that_only_takes_a_sign_in_says_so() -> None:
    servers = read(
        file(
            server("imap", "imap.acme.test", 993, way="OAuth2"),
            server("smtp", "smtp.acme.test", 465, way="OAuth2"),
        )
    )

    assert servers is not None
    assert servers.login is Login.SIGN_IN


def test_a_file_without_both_or_without_encryption_is_worth_nothing() -> None:
    imap, smtp = server("imap", "imap.acme.test", 993), server("smtp", "smtp.acme.test", 465)

    assert read(file(imap, smtp)) is not None
    assert read(file(imap)) is None
    assert read(file(smtp)) is None
    assert read(file(server("imap", "imap.acme.test", 143, "plain"), smtp)) is None


def test_odd_values_are_left_out() -> None:
    smtp = server("smtp", "smtp.acme.test", 465)
    odd: list[tuple[str, int | str]] = [
        ("a b", 993), ("", 993), ("x/y", 993), ("imap.acme.test", 0), ("imap.acme.test", 70000),
        ("imap.acme.test", "9e2"), ("imap.acme.test", "٩٩٣"), ("-x.test", 993),
    ]  # fmt: skip
    for host, port in odd:
        assert read(file(server("imap", host, port), smtp)) is None


def test_entities_and_huge_files_are_not_read() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + GOOD[21:]

    assert read(bomb) is None
    assert read(GOOD[21:]) is not None
    assert read(GOOD + b" " * LARGEST) is None
    assert read(GOOD.decode().encode("utf-16")) is None


@given(st.binary(max_size=300), st.integers(0, len(GOOD)))
def test_any_bytes_are_read_or_left(extra: bytes, at: int) -> None:
    read(extra)
    read(GOOD[:at] + extra + GOOD[at:])


def test_pages_are_asked_over_https_and_without_the_address() -> None:
    urls = [page.url for page in pages_for("acme.test")]

    assert all(url.startswith("https://") for url in urls)
    assert not any("ana" in url or "@" in url for url in urls)
    assert [page.own for page in pages_for("acme.test")] == [True, True, False]


def srv(**records: list[Record]) -> dict[str, list[Record]]:
    return {f"_{name}._tcp.acme.test": found for name, found in records.items()}


def test_records_name_the_servers_the_lowest_priority_first() -> None:
    servers = servers_in(
        srv(
            imaps=[Record(20, 0, 993, "b.acme.test."), Record(10, 1, 993, "A.acme.test.")],
            submission=[Record(0, 0, 587, "smtp.acme.test")],
        ),
        ADDRESS,
    )

    assert servers is not None
    assert servers.imap == Place("a.acme.test", 993, "tls")
    assert servers.smtp == Place("smtp.acme.test", 587, "starttls")
    assert servers.vouched


def test_a_server_in_another_domain_has_to_be_looked_at() -> None:
    servers = servers_in(
        srv(
            imaps=[Record(0, 0, 993, "imap.hoster.test")],
            submissions=[Record(0, 0, 465, "smtp.acme.test")],
        ),
        ADDRESS,
    )

    assert servers is not None
    assert not servers.vouched


def test_a_dot_means_that_it_is_not_offered() -> None:
    smtp = [Record(0, 0, 465, "smtp.acme.test")]
    start = [Record(0, 0, 143, "mail.acme.test")]

    assert servers_in(srv(imaps=[Record(0, 0, 0, ".")], submissions=smtp), ADDRESS) is None
    found = servers_in(srv(imaps=[Record(0, 0, 0, ".")], imap=start, submissions=smtp), ADDRESS)
    assert found is not None
    assert found.imap.security == "starttls"


def test_all_four_names_are_asked_for() -> None:
    assert len(names_for("acme.test")) == 4
    assert all(name.endswith("._tcp.acme.test") for name in names_for("acme.test"))
