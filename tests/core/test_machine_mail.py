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
        ("From: ana@x.test\nAuto-Submitted: No", "customer"),
        ("From: ana@x.test\nAuto-Submitted: no (a person wrote this)", "customer"),
        ("From: ana@x.test\nAUTO-SUBMITTED: Auto-Generated; owner=x", "automatic"),
        ("From: ana@x.test\nAuto-Submitted: auto-notified", "automatic"),
        ("From: ana@x.test\nFeedback-ID: 1:2:3", "customer"),
        ("From: ana@x.test\nX-Auto-Response-Suppress: OOF, AutoReply", "customer"),
        ("From: ana@x.test\nSubject: Out of Office: Re: hello", "customer"),
        ("From: ana@x.test\nSubject: Abwesenheitsnotiz: Urlaub", "customer"),
        ("From: ana@x.test\nSubject: Undeliverable: my order", "customer"),
        ("From: ana@x.test\nX-Auto-Response-Suppress: All\nSubject: Abwesend: x", "automatic"),
        ("From: ana@x.test\nX-Autorespond: x", "automatic"),
        ("From: ana@x.test\nX-Autoresponse: x", "automatic"),
        ("From: ana@x.test\nX-Mail-Autoreply: x", "automatic"),
        ("From: ana@x.test\nX-Autoreply: no", "customer"),
        ("From: ana@x.test\nPrecedence: Auto_Reply", "automatic"),
        ("From: ana@x.test\nPrecedence: normal", "customer"),
        ("From: list@x.test\nPrecedence: bulk", "bulk"),
        ("From: ana@x.test\nList-Id: <users.x.test>", "bulk"),
        ("From: ana@x.test\nList-Post: <mailto:users@x.test>", "bulk"),
        ("From: ana@x.test\nContent-Type: text/calendar; method=REQUEST", "customer"),
        ("Return-Path: <>\nFrom: mx@x.test", "bounce"),
        ("Return-Path: < >\nFrom: mx@x.test\nAuto-Submitted: auto-replied", "automatic"),
        ("Return-Path: <>\nFrom: ana@x.test\nAuto-Submitted: auto-generated", "automatic"),
        ("Return-Path: <>\nFrom: ana@x.test\nX-Autoreply: yes", "automatic"),
        ("From: postmaster@x.test\nSubject: Undelivered Mail Returned to Sender", "bounce"),
        ("From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>", "bounce"),
        ("From: MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@x.test", "bounce"),
        ("Content-Type: multipart/report; report-type=delivery-status", "bounce"),
        ('Content-Type: multipart/report; report-type="Delivery-Status"', "bounce"),
        ("From: noreply@shop.test", "automatic"),
        ("From: no-reply@shop.test", "automatic"),
        ("From: donotreply@shop.test", "automatic"),
        ("From: notifications@github.com\nReply-To: reply+x@reply.github.com", "automatic"),
        ("From: alert@uptimerobot.com", "automatic"),
        ("From: notifications@stripe.com", "automatic"),
        ("From: noreply@github.com\nList-Id: <a/b.github.com>", "automatic"),
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


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ("List-Post: <mailto:Support@acme.test>", "support@acme.test"),
        ("List-ID: Acme help <support.acme.test>\nPrecedence: list", "support@acme.test"),
        ("List-Post: NO", ""),
        ("List-Id: <support.acme.test>\nAuto-Submitted: auto-generated", ""),
        ("X-Other: x", ""),
    ],
)
def test_a_persons_mail_through_a_list_tells_the_lists_address(head: str, address: str) -> None:
    assert parse(f"From: ana@x.test\n{head}\n\nhello".encode()).posted_to == address


BOUNCES = {
    "qmail": (
        "From: MAILER-DAEMON@mx.test\nSubject: failure notice\n\nThis is the qmail-send program "
        "at mx.test.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n"
        "<gone@ruiz.test>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line "
        "is a copy of the message.\n\nMessage-ID: <ours@acme.test>\n",
        True,
    ),
    "exim": (
        "From: Mail Delivery System <Mailer-Daemon@mx.test>\nX-Failed-Recipients: gone@ruiz.test\n"
        "Subject: Mail delivery failed: returning message to sender\n\nA message you sent could "
        "not be delivered.\n\n  gone@ruiz.test\n    Unrouteable address\n\nMessage-ID: "
        "<ours@acme.test>\n",
        True,
    ),
    "exim, delayed": (
        "From: Mail Delivery System <Mailer-Daemon@mx.test>\nSubject: Warning: message 1abc-00 "
        "delayed 24 hours\n\nA message has not yet been delivered to gone@ruiz.test. No action is "
        "required on your part. Delivery attempts will continue.\n\nMessage-ID: <ours@acme.test>\n",
        False,
    ),
    "exchange": (
        "From: MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@mx.test\nSubject: Undeliverable: "
        "Re: hi\n\nDelivery has failed to these recipients:\n\ngone@ruiz.test\nRemote Server "
        "returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound'\n\nMessage-ID: <ours@acme.test>\n",
        True,
    ),
    "gmail": (
        "From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nX-Failed-Recipients: "
        "gone@ruiz.test\nSubject: Delivery Status Notification (Failure)\n\n** Address not found **"
        "\n\nYour message wasn't delivered to gone@ruiz.test.\n\nMessage-ID: <ours@acme.test>\n",
        True,
    ),
    "full mailbox": (
        "From: postmaster@mx.test\nSubject: Undeliverable: hi\n\n<gone@ruiz.test>: 452 4.2.2 "
        "mailbox full\n\nMessage-ID: <ours@acme.test>\n",
        False,
    ),
}


@pytest.mark.parametrize(("source", "permanent"), BOUNCES.values(), ids=BOUNCES)
def test_bounces_of_every_make_name_who_what_and_whether_for_good(
    source: str, permanent: bool
) -> None:
    understood = parse(source.encode())
    assert understood.kind is MailKind.BOUNCE
    assert understood.bounce is not None
    assert understood.bounce.recipient == "gone@ruiz.test"
    assert understood.bounce.message_id == "<ours@acme.test>"
    assert understood.bounce.permanent is permanent
