"""The sample mail, put into the mailbox over IMAP."""

from collections.abc import Iterator

import pytest
from imapclient import IMAPClient

from founder_inbox.demo.company import FOLDERS
from founder_inbox.demo.mailbag import mails
from founder_inbox.demo.provider import start
from founder_inbox.demo.upload import load

from .conftest import NOW

SAMPLE = mails(NOW)


@pytest.fixture(scope="module")
def mailbox() -> Iterator[IMAPClient]:
    """The support mailbox with the sample mail and nothing else."""
    with start(NOW, quiet=True) as provider:
        assert load(provider, SAMPLE) == len(SAMPLE)
        with IMAPClient(provider.host, provider.imap_port, ssl=False, timeout=10) as client:
            client.login(provider.username, provider.password)
            client.normalise_times = False
            yield client


@pytest.mark.parametrize("folder", ["INBOX", *FOLDERS])
def test_every_folder_holds_exactly_its_mail_with_dates_and_flags(
    mailbox: IMAPClient, folder: str
) -> None:
    mailbox.select_folder(folder, readonly=True)
    found = mailbox.fetch(mailbox.search(), ["BODY.PEEK[]", "FLAGS", "INTERNALDATE"])
    there = [
        (data[b"BODY[]"], {flag.decode() for flag in data[b"FLAGS"]}, data[b"INTERNALDATE"])
        for _, data in sorted(found.items())
    ]
    expected = [(mail.raw, set(mail.flags), mail.at) for mail in SAMPLE if mail.folder == folder]
    assert there == expected


def test_unanswered_mail_of_customers_is_unread(mailbox: IMAPClient) -> None:
    mailbox.select_folder("INBOX", readonly=True)
    assert len(mailbox.search(["UNSEEN", "SUBJECT", "bees say thank you"])) == 1
