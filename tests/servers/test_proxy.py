"""The proxy makes Dovecot weak, and breaks the line where it is told to."""

import ssl

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from tests.servers.account import Account
from tests.servers.dovecot import DovecotServer
from tests.servers.proxy import BARE, OUTLOOK, STRONG, YAHOO, Fault, ImapProxy, Profile

MAIL = b"From: ana@ruiz.test\r\nSubject: CAPABILITY IDLE\r\n\r\n* CAPABILITY IDLE MOVE\r\n"


def client_of(proxy: ImapProxy, account: Account, dovecot: DovecotServer) -> IMAPClient:
    trust = ssl.create_default_context(cafile=str(dovecot.ca_file))
    client = IMAPClient(proxy.host, proxy.imaps_port, ssl_context=trust, timeout=5)
    client.login(account.username, account.password)
    return client


@pytest.mark.parametrize("profile", [OUTLOOK, YAHOO, BARE], ids=lambda profile: profile.name)
def test_what_is_taken_away_is_neither_offered_nor_understood(
    dovecot: DovecotServer, account: Account, profile: Profile
) -> None:
    with ImapProxy(dovecot, profile) as proxy, client_of(proxy, account, dovecot) as client:
        offered = {name.decode() for name in client.capabilities()}
        flags = {flag for marks, _, _ in client.list_folders() for flag in marks}
        selected = client.select_folder("INBOX")
        for name, command in (("MOVE", b"MOVE"), ("UIDPLUS", b"EXPUNGE"), ("ENABLE", b"FETCH")):
            rest = [b"1", b"Trash"] if name == "MOVE" else [b"1"]
            rest = [b"1", b"FLAGS", b"(CHANGEDSINCE 1)"] if name == "ENABLE" else rest
            if not profile.offers(name):
                with pytest.raises(IMAPClientError, match="Unknown command"):
                    client._raw_command(command, rest)

    assert not any(profile.offers(name) for name in ("CONDSTORE", "SPECIAL-USE"))
    assert {name for name in offered if not profile.offers(name)} == set()
    assert b"\\Sent" not in flags
    assert b"\\HasNoChildren" in flags
    assert b"HIGHESTMODSEQ" not in selected
    assert b"UIDNEXT" in selected


def test_mails_go_through_unchanged_in_both_directions(
    dovecot: DovecotServer, account: Account
) -> None:
    with ImapProxy(dovecot, BARE) as proxy, client_of(proxy, account, dovecot) as client:
        client.append("INBOX", MAIL)
        client.select_folder("INBOX")
        [row] = client.fetch([1], ["BODY.PEEK[]"]).values()

    assert row[b"BODY[]"] == MAIL == account.messages()[0].raw


@pytest.mark.parametrize("bytes_sent", [0, 1, 200])
def test_the_line_is_cut_after_so_many_bytes(
    dovecot: DovecotServer, account: Account, bytes_sent: int
) -> None:
    with ImapProxy(dovecot, STRONG) as proxy:
        proxy.fault = Fault(cut_after=bytes_sent)
        with pytest.raises((IMAPClientError, ConnectionError)):
            client_of(proxy, account, dovecot)
        [talk] = proxy.conversations

    assert talk.sent == bytes_sent


def test_a_line_that_stalls_stays_open_and_silent(dovecot: DovecotServer, account: Account) -> None:
    with ImapProxy(dovecot, STRONG) as proxy:
        proxy.fault = Fault(stall_after=5)
        trust = ssl.create_default_context(cafile=str(dovecot.ca_file))
        with pytest.raises(TimeoutError):
            IMAPClient(proxy.host, proxy.imaps_port, ssl_context=trust, timeout=0.5)
