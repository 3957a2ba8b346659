"""Read receipts (RFC 8098): what became of a mail of ours, as one line to read."""

import re
from dataclasses import dataclass

from founder_inbox.core.display import safe_line
from founder_inbox.core.mime.headers import split_head
from founder_inbox.core.mime.parts import Part

_TYPES = frozenset({"message/disposition-notification", "message/global-disposition-notification"})
_ID = re.compile(r"<[!-;=?-~]{3,900}>")
_DONE = {
    "displayed": "opened your mail",
    "deleted": "deleted your mail, perhaps unread",
    "dispatched": "passed your mail on",
    "processed": "had your mail handled by a rule",
    "denied": "does not say whether your mail was opened",
    "failed": "could not say whether your mail was opened",
}
_MAX = 16_000


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says, and the Message-ID of the mail it is about, empty if it names none."""

    line: str
    message_id: str


def read_receipt(root: Part, raw: bytes) -> Receipt | None:
    """The receipt in a mail, None for a mail that is none. A claim like any other header."""
    if root.type != "multipart/report":
        return None
    part = next((leaf for leaf in root.leaves() if leaf.type in _TYPES), None)
    if part is None:
        return None
    data = part.data(raw, _MAX).strip(b"\r\n")
    headers, _ = split_head(data + b"\n\n", 0, len(data) + 2)
    done = headers.text("disposition").rpartition(";")[2].partition("/")[0].strip().lower()
    named = headers.text("original-recipient") or headers.text("final-recipient")
    who = safe_line(named.rpartition(";")[2].strip(" <>"), 200) or "the recipient"
    about = _ID.search(headers.first("original-message-id"))
    line = f"[Read receipt: {who} {_DONE.get(done, 'answered for your mail')}]"
    return Receipt(line, about[0] if about else "")
