"""Waiting for a mail: the server is asked again and again until a deadline, never slept through."""

import email
import time
from email.message import EmailMessage
from email.policy import default

from imapclient import IMAPClient

_SECONDS = 15


def wait_for_mail(client: IMAPClient, criteria: list[str]) -> EmailMessage:
    """The newest mail in INBOX that matches, once there is one."""
    client.select_folder("INBOX", readonly=True)
    deadline = time.monotonic() + _SECONDS
    while not (found := client.search(criteria)):
        assert time.monotonic() < deadline, f"no mail with {criteria}"
        client.noop()
    return parsed(client.fetch(found, ["BODY.PEEK[]"])[max(found)][b"BODY[]"])


def parsed(raw: bytes) -> EmailMessage:
    """The mail as the standard library reads it."""
    return email.message_from_bytes(raw, policy=default)


def text_of(message: EmailMessage) -> str:
    """The readable text of a mail with one part, with plain line ends."""
    content = message.get_content()
    assert isinstance(content, str)
    return content.replace("\r\n", "\n")
