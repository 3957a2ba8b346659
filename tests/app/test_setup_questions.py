"""What setup asks next is decided by what was found; what can't work is never asked for."""

import pytest

from founder_inbox.app.setup.find import Found, find_servers
from founder_inbox.app.setup.questions import (
    Ask,
    after_agreement,
    first_answers,
    next_question,
    typed_password,
    with_token,
)
from founder_inbox.core.setup.first_config import config_text
from founder_inbox.core.setup.places import Login, Place, Servers, parse_place
from founder_inbox.errors import BadInput, ServerUnreachable
from founder_inbox.mail.own_certificate import fingerprint_of
from founder_inbox.system.config import parse_config
from tests.servers.dovecot import DovecotServer

PLACES = (Place("imap.acme.test", 993, "tls"), Place("smtp.acme.test", 465, "tls"))


def found(*, vouched: bool = True, login: Login = Login.OWN) -> Found:
    servers = Servers(*PLACES, "ana", "a test", vouched, login)
    return Found(None, servers, servers.source)


@pytest.mark.parametrize(
    ("address", "ask", "says"),
    [
        ("ana@gmail.com", Ask.PASSWORD, "https://myaccount.google.com/apppasswords"),
        ("ana@outlook.com", Ask.TOKEN, "Microsoft takes no passwords"),
        ("ana@proton.me", Ask.PASSWORD, "Bridge"),
        ("ana@hey.com", Ask.ADDRESS, "HEY has no IMAP"),
    ],
)
def test_a_provider_is_asked_for_what_it_takes(address: str, ask: Ask, says: str) -> None:
    question = next_question(find_servers(address))

    assert question.ask is ask
    assert says in " ".join(question.lines)


def test_found_servers_are_shown_with_their_source() -> None:
    question = next_question(found())

    assert question.ask is Ask.PASSWORD
    assert question.lines[:2] == (
        "Found: a test", "IMAP imap.acme.test:993 · SMTP smtp.acme.test:465",
    )  # fmt: skip


def test_what_nobody_vouches_for_is_asked_about_before_the_password() -> None:
    doubtful = found(vouched=False)

    assert next_question(doubtful).ask is Ask.AGREE
    assert after_agreement(doubtful).ask is Ask.PASSWORD


def test_where_nothing_was_found_the_servers_are_asked_for() -> None:
    assert next_question(Found(None, None, "nothing was found")).ask is Ask.SERVERS


def test_a_server_that_takes_no_password_is_asked_for_a_command() -> None:
    question = next_question(found(login=Login.SIGN_IN))

    assert question.ask is Ask.TOKEN
    servers = found().servers
    assert servers is not None
    before = first_answers("ana@acme.test", servers)
    assert with_token(before, "oama access 'a b'").access.token_command == ("oama", "access", "a b")
    with pytest.raises(BadInput, match="quotation mark"):
        with_token(before, "oama 'access")


@pytest.mark.parametrize(
    ("client", "provider"),
    [
        ("0a1b2c3d-1111-2222-3333-444455556666", "microsoft"),
        ("123-abc.apps.googleusercontent.com", "google"),
    ],
)
def test_the_id_of_a_client_is_known_by_its_form(client: str, provider: str) -> None:
    servers = found().servers
    assert servers is not None
    answers = with_token(first_answers("ana@acme.test", servers), client)

    assert dict(answers.access.sign_in) == {"provider": provider, "client_id": client}
    config = parse_config(config_text(answers, ""), "config.toml")
    assert config.oauth is not None
    assert config.oauth.provider == provider


def test_the_gaps_of_an_app_password_are_not_part_of_it() -> None:
    assert (
        typed_password("abcd efgh ijkl mnop", find_servers("ana@gmail.com")) == "abcdefghijklmnop"
    )
    assert typed_password(" my own ", found()) == " my own "


@pytest.mark.parametrize(
    ("kind", "text", "place"),
    [
        ("imap", " Mail.acme.test ", Place("mail.acme.test", 993, "tls")),
        ("imap", "mail.acme.test:143", Place("mail.acme.test", 143, "starttls")),
        ("smtp", "mail.acme.test", Place("mail.acme.test", 465, "tls")),
        ("smtp", "mail.acme.test:587", Place("mail.acme.test", 587, "starttls")),
    ],
)
def test_a_server_is_written_as_people_do(kind: str, text: str, place: Place) -> None:
    assert parse_place(kind, text) == place


@pytest.mark.parametrize("text", ["", "a b", "mail:0", "mail:99999", "mail:x", "[x]"])
def test_what_is_no_server_is_said(text: str) -> None:
    with pytest.raises(BadInput, match="is no server"):
        parse_place("imap", text)


def test_a_certificate_on_this_machine_is_seen_by_both_ways(dovecot: DovecotServer) -> None:
    tls = fingerprint_of(Place("127.0.0.1", dovecot.imaps_port, "tls"))
    starttls = fingerprint_of(Place("localhost", dovecot.imap_port, "starttls"))

    assert tls == starttls
    assert len(tls) == len("sha256:") + 64
    with pytest.raises(ServerUnreachable, match="not this machine"):
        fingerprint_of(Place("mail.acme.test", 993, "tls"))
    with pytest.raises(ServerUnreachable):
        fingerprint_of(Place("127.0.0.1", 1, "tls"))
