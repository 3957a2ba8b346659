"""The IMAP wire against a real Dovecot."""

import hashlib
import ssl
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from founder_inbox.core.sync.mailbox import Flags
from founder_inbox.errors import ConfigError, LoginRefused, ServerUnreachable
from founder_inbox.mail.imap import ImapServer, ImapSession, LineBroken, ServerRefused, Size
from tests.app.letters import letter
from tests.mail.relay import Relay
from tests.servers.account import Account
from tests.servers.dovecot import DovecotServer

MakeServer = Callable[..., ImapServer]
NEVER: Callable[[], bool] = lambda: False  # noqa: E731 - a name for a callback
DAY = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def fingerprint_of(dovecot: DovecotServer) -> str:
    pem = (dovecot.folder / "server.pem").read_text()
    start = pem.index("-----BEGIN CERTIFICATE")
    end = pem.index("-----END CERTIFICATE-----") + len("-----END CERTIFICATE-----")
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem[start:end])).hexdigest()


def attempts(dovecot: DovecotServer, server: ImapServer) -> list[str]:
    """What the server's log says of logins to the account, the last one being a good one now."""
    session = ImapSession(server)
    mark, give_up = f"user=<{server.username}>", time.monotonic() + 10
    while not (lines := [line for line in dovecot.log().splitlines() if mark in line]):
        assert time.monotonic() < give_up  # the log is written by a process of its own
        session.open("INBOX")
    session.close()
    return lines


def test_the_mailboxes_are_known_by_what_they_are_for(
    session: ImapSession, account: Account
) -> None:
    roles = session.roles()

    assert roles["inbox"] == "INBOX"
    assert {"sent", "junk", "trash", "drafts"} <= set(roles)


def test_a_mailbox_without_a_mark_is_known_by_its_name(
    session: ImapSession, account: Account
) -> None:
    account.client().create_folder("Archives")

    assert session.roles()["archive"] in {"Archive", "Archives"}


def test_opening_says_what_changed_since(session: ImapSession, account: Account) -> None:
    empty = session.open("INBOX")
    uid = account.append(letter())
    one = session.open("INBOX")

    assert (empty.exists, one.exists) == (0, 1)
    assert one.uidvalidity == empty.uidvalidity
    assert one.uidnext == uid + 1
    assert one.highestmodseq > 0


def test_no_mail_is_found_behind_the_last_one(session: ImapSession, account: Account) -> None:
    uids = [account.append(letter(message_id=f"<{n}@x.test>")) for n in range(3)]
    session.open("INBOX")

    assert session.uids() == uids
    assert session.uids(uids[1]) == uids[1:]
    assert session.uids(uids[-1] + 1) == []
    assert session.uids(10_000) == []


def test_an_empty_mailbox_has_no_uids_sizes_mails_or_flags(session: ImapSession) -> None:
    session.open("INBOX")

    assert session.uids() == session.uids(7) == []
    assert session.sizes([]) == session.sizes([1, 2]) == []
    assert list(session.mails([Size(1, 10)])) == []
    assert session.flags([1]) == session.flags_since(1, 1) == {}


def test_a_mail_comes_byte_for_byte_with_time_flags_and_size(
    session: ImapSession, account: Account
) -> None:
    raws = [letter(text="naïve\n" * 30), b"no header at all", b"\xff\x00".replace(b"\0", b"") * 99]
    flags = (r"\Seen", r"\Answered", r"\Flagged", "$Forwarded", "Zeta")
    uids = [account.append(raw, flags=flags, at=DAY) for raw in raws]
    session.open("INBOX")
    sizes = session.sizes([*uids, 999])

    assert [size.size for size in sizes] == [len(m.raw) for m in account.messages()]
    for mail, stored in zip(session.mails(sizes), account.messages(), strict=True):
        assert mail.body == stored.raw
        assert (mail.received_at, mail.complete) == (DAY, True)
        assert mail.flags == Flags(
            seen=True, answered=True, flagged=True, keywords="$Forwarded Zeta"
        )


def test_reading_marks_nothing_as_read(session: ImapSession, account: Account) -> None:
    account.append(letter())
    session.open("INBOX", readonly=False)
    list(session.mails(session.sizes(session.uids())))

    assert account.messages()[0].flags == frozenset()


def test_of_a_huge_mail_only_the_beginning_is_fetched(
    session: ImapSession, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("founder_inbox.mail.imap.LARGEST", 50_000)
    monkeypatch.setattr("founder_inbox.mail.imap.BEGINNING", 1_000)
    raw = letter(text="x" * 70 + "\n") + b"y" * 60_000
    account.append(raw)
    account.append(letter(message_id="<small@x.test>"))
    session.open("INBOX")

    small, large = sorted(session.mails(session.sizes(session.uids())), key=lambda m: m.size)
    assert (small.complete, large.complete) == (True, False)
    assert large.body == raw[:1_000]
    assert large.size >= 60_000


def test_changed_flags_are_told_apart_from_old_ones(session: ImapSession, account: Account) -> None:
    uids = [account.append(letter(message_id=f"<{n}@x.test>")) for n in range(3)]
    before = session.open("INBOX").highestmodseq
    phone = account.client()
    phone.select_folder("INBOX")
    phone.add_flags([uids[1]], [rb"\Seen"])
    session.open("INBOX")

    assert set(session.flags(uids)) == set(uids)
    assert [uid for uid, flags in session.flags(uids).items() if flags.seen] == [uids[1]]
    assert list(session.flags_since(1, before)) == [uids[1]]


def test_a_flag_is_put_on_and_taken_off(session: ImapSession, account: Account) -> None:
    uid = account.append(letter(), flags=(r"\Seen",))
    session.open("INBOX", readonly=False)

    session.set_flag([uid], b"\\Flagged", on=True)
    assert account.messages()[0].flags == {r"\Seen", r"\Flagged"}
    session.set_flag([uid], b"\\Flagged", on=False)
    assert account.messages()[0].flags == {r"\Seen"}


def test_a_flag_for_hundreds_of_mails_is_set_in_portions(
    session: ImapSession, account: Account
) -> None:
    account.append_many([letter(message_id=f"<{n}@x.test>") for n in range(450)])
    session.open("INBOX", readonly=False)
    session.set_flag(session.uids()[::2], b"\\Seen", on=True)

    assert sum(flags.seen for flags in session.flags(session.uids()).values()) == 225


def test_moving_takes_one_mail_and_leaves_another_programs_deleted_ones(
    session: ImapSession, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    for has_move in (True, False):
        account.append(letter(message_id=f"<deleted-{has_move}@x.test>"), flags=(r"\Deleted",))
        uid = account.append(letter(message_id=f"<{has_move}@x.test>"))
        session.open("INBOX", readonly=False)
        monkeypatch.setattr(session, "can", lambda what, on=has_move: on or what != "MOVE")
        session.move([uid], "Trash")
        assert uid not in session.uids()

    assert len(account.messages("INBOX")) == 2
    assert len(account.messages("Trash")) == 2


def test_a_copy_is_filed_as_read_under_its_own_time(session: ImapSession, account: Account) -> None:
    raw = letter()
    session.append("Sent", raw, DAY)

    [copy] = account.messages("Sent")
    assert (copy.raw, copy.at, set(copy.flags)) == (raw, DAY, {r"\Seen"})


def test_a_message_id_of_ours_is_found_and_foreign_text_is_never_sent(
    session: ImapSession, account: Account
) -> None:
    uid = account.append(letter(message_id="<0123abcd@acme.test>"))
    session.open("INBOX")

    assert session.find_message_id("<0123abcd@acme.test>") == [uid]
    assert session.find_message_id("<other@acme.test>") == []
    for foreign in ('<a"b@x>', "<a\\b@x>", "<a@x>\r\nX", "", "<" + "a" * 300 + "@x>", "<é@x>"):
        assert session.find_message_id(foreign) == []


def test_waiting_ends_when_a_mail_comes(session: ImapSession, account: Account) -> None:
    session.open("INBOX")
    account.messages()  # connects now, so that the mail comes while we wait
    sender = threading.Thread(target=account.append, args=(letter(),))
    sender.start()

    assert session.wait_for_news(20, NEVER)
    sender.join()
    assert session.open("INBOX").exists == 1


def test_waiting_ends_when_there_is_something_to_do(session: ImapSession) -> None:
    session.open("INBOX")

    assert session.wait_for_news(20, lambda: True) is False
    assert session.open("INBOX").exists == 0


def test_a_server_that_goes_away_while_we_wait_is_noticed(
    imap_server: MakeServer, dovecot: DovecotServer
) -> None:
    with Relay(dovecot.imaps_port) as relay:
        session = ImapSession(imap_server(port=relay.port))
        session.open("INBOX")

        def cut_the_line() -> bool:
            relay.cut()
            return False

        with pytest.raises(LineBroken, match="What is synced stays readable"):
            session.wait_for_news(20, cut_the_line)
        with pytest.raises(LineBroken):
            session.uids()
        session.close()


def test_a_wrong_password_is_refused_without_showing_it(imap_server: MakeServer) -> None:
    server = imap_server(password="correct horse")
    with pytest.raises(LoginRefused, match="refused the login") as refused:
        ImapSession(server)

    assert "horse" not in str(refused.value) + repr(server) + repr(refused.value.__cause__)


@pytest.mark.parametrize("password", ["a\r\nb", "a\0b", "pässwörd"])
def test_an_odd_password_is_refused_in_words(imap_server: MakeServer, password: str) -> None:
    with pytest.raises(LoginRefused):
        ImapSession(imap_server(password=password))


def test_a_certificate_nobody_vouches_for_is_named_and_gets_no_password(
    imap_server: MakeServer, dovecot: DovecotServer, account: Account
) -> None:
    for security in ("tls", "starttls"):
        with pytest.raises(ServerUnreachable, match="certificate is not trusted"):
            ImapSession(imap_server(ca_file=None, security=security))

    assert len(attempts(dovecot, imap_server())) == 1


def test_a_pinned_certificate_is_trusted_and_any_other_is_not(
    imap_server: MakeServer, dovecot: DovecotServer, account: Account
) -> None:
    pin = fingerprint_of(dovecot)
    for security in ("tls", "starttls"):
        wrong = imap_server(ca_file=None, security=security, fingerprint="sha256:" + "0" * 64)
        with pytest.raises(ServerUnreachable, match=f"another certificate.*{pin}"):
            ImapSession(wrong)
    assert len(attempts(dovecot, imap_server())) == 1

    pretty = ":".join(pin[n : n + 2] for n in range(0, 64, 2)).upper()
    for written in ("sha256:" + pin, "SHA256:" + pretty, pretty):
        session = ImapSession(imap_server(ca_file=None, fingerprint=written))
        session.close()


def test_starttls_encrypts_before_the_login(
    imap_server: MakeServer, dovecot: DovecotServer, account: Account
) -> None:
    [login] = attempts(dovecot, imap_server(security="starttls"))

    assert ", TLS" in login


def test_where_nobody_listens_it_says_so(imap_server: MakeServer) -> None:
    with pytest.raises(ServerUnreachable, match="does not answer"):
        ImapSession(imap_server(port=1))


def test_a_ca_file_that_is_none_is_a_mistake_in_the_config(imap_server: MakeServer) -> None:
    with pytest.raises(ConfigError, match="ca_file"):
        ImapSession(imap_server(ca_file="/nonexistent.pem"))


def test_a_command_the_server_refuses_leaves_the_line_usable(
    session: ImapSession, account: Account
) -> None:
    uid = account.append(letter())
    session.open("INBOX", readonly=False)

    with pytest.raises(ServerRefused, match="would not do that"):
        session.move([uid], "No such mailbox")
    with pytest.raises(ServerRefused):
        session.open("No such mailbox")
    assert session.open("INBOX").exists == 1
