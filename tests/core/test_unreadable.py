"""What a glance at a mail's beginning tells, when nothing else can be read."""

from datetime import UTC, datetime
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.display import safe_line, safe_text
from founder_inbox.core.mime.reader import parse
from founder_inbox.core.mime.unreadable import unreadable_mail
from founder_inbox.core.model import Address, MailKind
from tests.core.mail_files import own_mails

MAIL = (
    b"Received: from somewhere\r\n"
    b'From: "Okafor, Tom" <tom@OKAFOR.test>\r\n'
    b"To: support@acme.test,\r\n\tana@acme.test\r\n"
    b"Subject: =?utf-8?q?Caf=C3=A9?= =?utf-8?b?IGlzIGNsb3NlZA==?=\r\n"
    b"Message-ID: <one@okafor.test>\r\nReferences: <a@x.test>\r\n <b@x.test>\r\n"
    b"In-Reply-To: <b@x.test>\r\nDate: Mon, 2 Nov 2026 09:15:00 +0100\r\n\r\n"
    b"Hello \x1b[31mthere\r\n" + b"more\r\n" * 5_000
)


def test_sender_subject_date_and_thread_are_seen() -> None:
    mail = unreadable_mail(MAIL, "reading it took too long")

    assert mail.sender == Address("Okafor, Tom", "tom@okafor.test")
    assert mail.subject == "Café is closed"
    assert mail.date == datetime(2026, 11, 2, 8, 15, tzinfo=UTC)
    assert [a.address for a in mail.to] == ["support@acme.test", "ana@acme.test"]
    assert mail.message_id == "<one@okafor.test>"
    assert mail.references == ("<a@x.test>", "<b@x.test>")
    assert mail.kind is MailKind.CUSTOMER


def test_the_beginning_of_the_source_is_the_text_and_the_warning_says_why() -> None:
    mail = unreadable_mail(MAIL, "reading it took too long")

    assert mail.text.startswith("Hello there\nmore\n")
    assert len(mail.text) < 5_000
    assert mail.warnings[0].startswith("This mail could not be read: reading it took too long.")


def test_a_mail_without_anything_still_has_an_id_and_a_subject() -> None:
    one, two = (unreadable_mail(raw, "it breaks") for raw in (b"", b"\0\xff"))

    assert (one.subject, one.sender) == ("Unreadable mail", Address("", ""))
    assert one.message_id != two.message_id


def test_the_glance_sees_what_the_reader_sees_in_plain_heads() -> None:
    for name, raw in own_mails().items():
        glance, read = unreadable_mail(raw, "it breaks"), parse(raw)
        if "missing.founder-inbox" not in read.message_id and read.sender.address.isascii():
            assert glance.message_id == read.message_id, name


@pytest.mark.parametrize(
    "raw",
    [
        b"From: " + b"a" * 1_000_000,
        b"From: " + b"<a@" * 300_000,
        b"Subject: " + b"=?utf-8?q?" * 100_000,
        b"References:" + b"\r\n <" * 200_000,
        b"From:\r\n" * 200_000,
        b"\r\n " * 300_000,
    ],
)
def test_a_glance_takes_no_time(raw: bytes) -> None:
    started = perf_counter()
    unreadable_mail(raw, "it breaks")

    assert perf_counter() - started < 0.5


@given(st.binary(max_size=600) | st.builds(lambda a, b: a + b, st.just(b"From: "), st.binary()))
def test_a_glance_raises_at_no_bytes_and_everything_is_fit_to_show(raw: bytes) -> None:
    mail = unreadable_mail(raw, "it breaks")

    assert mail.text == safe_text(mail.text)
    assert all(line == safe_line(line) for line in (mail.subject, mail.sender.name))
    (mail.message_id + mail.sender.address + mail.subject + mail.text).encode()
