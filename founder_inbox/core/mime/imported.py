"""What a mail out of a file says about itself: when it arrived, and whether it was sent by us."""

from collections.abc import Collection
from datetime import datetime

from founder_inbox.core.mime.addresses import read_addresses
from founder_inbox.core.mime.headers import split_head
from founder_inbox.core.mime.mail_fields import read_date

_HEAD = 256 * 1024
# What a mail carries that was delivered, and a copy of one's own in Sent does not (RFC 5321, 4.4).
_TRACES = ("received", "return-path", "delivered-to", "x-original-to")


def arrival_of(raw: bytes, otherwise: datetime, now: datetime) -> datetime:
    """When it arrived by the last server's stamp, else by its Date header, else `otherwise`.

    Never later than `now`: a sender may write any date.
    """
    headers, _ = split_head(raw, 0, min(len(raw), _HEAD))
    stamped = read_date(headers.first("received").rpartition(";")[2])
    return min(stamped or read_date(headers.first("date")) or otherwise, now)


def is_ours(raw: bytes, own: Collection[str]) -> bool:
    """Whether a mail is a copy of what we sent: our From, and no trace of a delivery.

    A forged mail in our name was delivered, so it bears traces. Gmail marks its own copies by a
    label instead (X-Gmail-Labels). `own`: our addresses, folded.
    """
    headers, _ = split_head(raw, 0, min(len(raw), _HEAD))
    senders = [a.address.casefold() for a in read_addresses(headers.first("from")).addresses]
    if not senders or senders[0] not in own:
        return False
    labels = {label.strip().casefold() for label in headers.text("x-gmail-labels").split(",")}
    return "sent" in labels or not any(name in headers for name in _TRACES)
