"""Which messages in the journal's mailbox are ours: those that were appended, never delivered mail.

Some servers deliver `support+founder-inbox@…` into a mailbox of that name. What was delivered
carries lines that the servers on its way wrote and that no sender can take off (RFC 5321, 4.4).
"""

import re
from collections.abc import Collection
from enum import StrEnum

SUBJECT = "founder-inbox: this keeps your machines in step, please leave it here"
MARK = "X-Founder-Inbox-Journal"
LONGEST_HEADER = 65_536

# Written by servers while they carry or file a mail; a program that appends writes none of them.
_TRACES = re.compile(
    rb"^(?:received|return-path|delivered-to|envelope-to|x-original-to|x-envelope-(?:to|from)"
    rb"|x-received|x-delivered-to|x-rcpt-to|received-spf|authentication-results"
    rb"|x-google-smtp-source|x-spam-[a-z-]{1,30}|x-ms-exchange-organization-[a-z-]{1,60}"
    rb"|arc-[a-z-]{1,40}|dkim-signature)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_SENDER = re.compile(rb"^from:[^\n]{0,500}?<([^<>\s]{1,320})>[ \t]*\r?$", re.I | re.M)
_MARKED = re.compile(rb"^x-founder-inbox-journal:[ \t]*(\d{1,6})[ \t]*\r?$", re.I | re.M)


class Origin(StrEnum):
    """Where a message in the journal's mailbox came from."""

    OURS = "ours"
    DELIVERED = "delivered"
    FOREIGN = "foreign"


def origin_of(header: bytes, addresses: Collection[str]) -> Origin:
    """Judge a message by its header alone, however hostile; `addresses` are the account's own.

    A header that is longer than `LONGEST_HEADER`, or names no version, is not one of ours.
    """
    head = header[:LONGEST_HEADER]
    if _TRACES.search(head):
        return Origin.DELIVERED
    senders = _SENDER.findall(head)
    ours = {address.casefold() for address in addresses}
    if len(header) > LONGEST_HEADER or len(senders) != 1 or len(_MARKED.findall(head)) != 1:
        return Origin.FOREIGN
    sender = senders[0].decode("utf-8", "replace").casefold()
    return Origin.OURS if sender in ours else Origin.FOREIGN


def version_of(header: bytes) -> int:
    """The version of the format that the message names; 0 for none."""
    found = _MARKED.search(header[:LONGEST_HEADER])
    return int(found[1]) if found else 0
