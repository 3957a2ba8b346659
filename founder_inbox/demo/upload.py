"""Puts the sample mail into the support mailbox, over IMAP like any mail program would."""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from imapclient import IMAPClient

from founder_inbox.demo.mailbag import SampleMail
from founder_inbox.demo.provider import Provider


def load(provider: Provider, mails: Sequence[SampleMail]) -> int:
    """Append `mails` to their folders in the order given, with flags and dates; how many.

    The folders exist. Raises imapclient's errors: the server is ours and answers.
    """
    with IMAPClient(provider.host, provider.imap_port, ssl=False, timeout=30) as client:
        client.login(provider.username, provider.password)
        by_folder = attrgetter("folder")
        for folder, group in groupby(sorted(mails, key=by_folder), by_folder):
            client.multiappend(folder, [_entry(mail) for mail in group])
    return len(mails)


def _entry(mail: SampleMail) -> dict[str, object]:
    return {"msg": mail.raw, "flags": mail.flags, "date": mail.at}
