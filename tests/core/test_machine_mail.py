"""People are told from machines by what the mail says of itself."""

import pytest

from founder_inbox.core.mime.reader import parse
from founder_inbox.core.model import MailKind
from tests.core.mail_files import own_mail


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("From: ana@x.test", "customer"),
        ("From: ana@x.test\nAuto-Submitted: no", "customer"),
        ("From: ana@x.test\nX-Auto-Response-Suppress: All", "customer"),
        ("From: ana@x.test\nAuto-Submitted: auto-replied (vacation)", "automatic"),
        ("From: ana@x.test\nAuto-Submitted: auto-generated", "automatic"),
        ("From: ana@x.test\nX-Autoreply: yes", "automatic"),
        ("From: ana@x.test\nPrecedence: auto_reply", "automatic"),
        ("From: ana@x.test\nPrecedence: bulk\nAuto-Submitted: auto-replied", "automatic"),
        ("From: ana@x.test\nSubject: Out of Office: Re: hello", "automatic"),
        ("From: ana@x.test\nSubject: Abwesenheitsnotiz: Urlaub", "automatic"),
        ("From: do-not-reply@shop.test", "automatic"),
        ("From: news@shop.test\nList-Unsubscribe: <https://shop.test/u>", "bulk"),
        ("From: list@x.test\nPrecedence: list", "bulk"),
        ("From: news@shop.test\nPrecedence: junk\nAuto-Submitted: auto-generated", "bulk"),
        ("From: MAILER-DAEMON@mx.test\nSubject: failure notice", "bounce"),
        ("From: mx@x.test\nX-Failed-Recipients: a@b.test", "bounce"),
        ("Return-Path: <>\nFrom: mx@x.test\nSubject: Undeliverable: hello", "bounce"),
        ("Content-Type: multipart/report; report-type=disposition-notification", "automatic"),
        ("From: no-reply@forms.test\nReply-To: ana@ruiz.test", "customer"),
        ("From: no-reply@forms.test\nReply-To: help@forms.test", "automatic"),
        ("From: a@x.test\nAuto-Submitted: auto-replied\nReply-To: ana@ruiz.test", "automatic"),
        ("From: ana@x.test\nSubject: Automatic renewal charged twice", "customer"),
    ],
)
def test_headers_tell_who_wrote(head: str, kind: str) -> None:
    assert parse(f"{head}\n\nhello".encode()).kind == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("out_of_office", MailKind.AUTOMATIC),
        ("contact_form", MailKind.CUSTOMER),
        ("bounce_with_report", MailKind.BOUNCE),
        ("gmail_html_reply", MailKind.CUSTOMER),
    ],
)
def test_whole_mails_are_told_apart(name: str, kind: MailKind) -> None:
    assert parse(own_mail(name)).kind is kind


def test_a_bounce_without_a_report_is_guessed_from_its_text() -> None:
    raw = (
        b"From: MAILER-DAEMON@mx.test\nSubject: failure notice\n\n<gone@ruiz.test>:\n"
        b"550 5.1.1 no such user\n\n--- Below this line is a copy of the message.\n\n"
        b"Message-ID: <ours@acme.test>\nSubject: Re: hi\n"
    )
    bounce = parse(raw).bounce
    assert bounce is not None
    assert (bounce.recipient, bounce.message_id) == ("gone@ruiz.test", "<ours@acme.test>")
    assert bounce.permanent
    assert "5.1.1" in bounce.diagnostic


def test_a_report_of_success_is_no_failure() -> None:
    raw = own_mail("bounce_with_report").replace(b"Action: failed", b"Action: delivered")
    assert parse(raw).bounce is None
