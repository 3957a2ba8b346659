"""A read receipt says what became of our mail, in the ticket of that mail."""

import pytest

from founder_inbox.core.mime.reader import parse
from founder_inbox.core.model import MailKind

_OURS = "<fi.k7f3.1@ours.test>"


def receipt(disposition: str, original: str = f"Original-Message-ID: {_OURS}\n") -> bytes:
    return (
        "From: ana@ruiz.test\nSubject: Gelesen: Import\nMessage-ID: <1@ruiz.test>\n"
        "Date: Mon, 02 Mar 2026 10:14:00 +0000\n"
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n"
        "--b\n\nYour message was read.\n--b\nContent-Type: message/disposition-notification\n\n"
        f"Reporting-UA: x\nFinal-Recipient: rfc822;ana@ruiz.test\n{original}"
        f"Disposition: manual-action/MDN-sent-manually; {disposition}\n--b--\n"
    ).encode()


@pytest.mark.parametrize(
    ("disposition", "said"),
    [
        ("displayed", "ana@ruiz.test opened your mail"),
        ("Displayed/error", "ana@ruiz.test opened your mail"),
        ("deleted", "ana@ruiz.test deleted your mail, perhaps unread"),
        ("denied", "ana@ruiz.test does not say whether your mail was opened"),
        ("", "ana@ruiz.test answered for your mail"),
    ],
)
def test_it_is_one_line_of_a_machine_that_names_our_mail(disposition: str, said: str) -> None:
    mail = parse(receipt(disposition))
    assert mail.text.startswith(f"[Read receipt: {said}]\n")
    assert mail.kind is MailKind.AUTOMATIC
    assert mail.bounce is None
    assert mail.references == (_OURS,)


def test_one_that_names_no_mail_refers_to_none() -> None:
    assert parse(receipt("displayed", "")).references == ()
    assert parse(receipt("displayed", "Original-Message-ID: not one\n")).references == ()
