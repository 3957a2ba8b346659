"""Failed deliveries: what a delivery report says (RFC 3464), or a plain one lets one guess."""

import re

from founder_inbox.core.display import safe_line
from founder_inbox.core.mime.headers import Headers, split_head
from founder_inbox.core.mime.mail_fields import message_id
from founder_inbox.core.mime.parts import Part
from founder_inbox.core.model import Bounce

_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
_REPLY_CODE = re.compile(r"\b([45])\d\d[ -]")
_ID_LINE = re.compile(
    r"^[> \t]{0,8}message-id:[ \t]{0,8}\r?\n?[ \t]{0,8}(<[^<>\s]{3,900}>)",
    re.IGNORECASE | re.MULTILINE,
)
_DELAY = re.compile(
    r"\bdelayed\b|still (?:being )?tr(?:ying|ied)|will (?:be retried|keep trying|retry|continue)"
    r"|not (?:yet )?been delivered (?:yet|to (?:one|all))|temporary (?:failure|problem)"
    r"|verzögert|erneut versucht|retardé|retrasad|will be attempted",
    re.IGNORECASE,
)
_GIVEN_UP = re.compile(
    r"giv(?:en|ing) up|permanent|does ?n.t exist|no such user|user unknown|address not found",
    re.IGNORECASE,
)
_MAX_REPORT = 64_000


def read_bounce(root: Part, raw: bytes, text: str) -> Bounce | None:
    """What a bounce is about, or None for a report of success or delay without a recipient.

    `text` is the mail's readable body. A delayed notice is a bounce that is not permanent.
    """
    leaves = tuple(root.leaves())
    fields = _status_fields(leaves, raw)
    recipient = _recipient(root.headers, fields, text)
    action = fields.get("action", "").lower()
    if action in {"delivered", "relayed", "expanded"}:
        return None
    status = _STATUS.search(fields.get("status", "")) or _STATUS.search(text)
    code = _REPLY_CODE.search(fields.get("diagnostic-code", "") or text)
    level = status[1] if status else code[1] if code else "5"
    bare = not action and not status and not code
    return Bounce(
        recipient=safe_line(recipient, 320),
        message_id=_original_id(leaves, raw),
        permanent=action != "delayed" and level == "5" and not (bare and _is_delay(root, text)),
        diagnostic=_diagnostic(fields, text),
    )


def _is_delay(root: Part, text: str) -> bool:
    """Whether a notice without any code says that delivery will be tried again."""
    words = f"{root.headers.text('subject')}\n{text[:4000]}"
    return _DELAY.search(words) is not None and _GIVEN_UP.search(words) is None


def _status_fields(leaves: tuple[Part, ...], raw: bytes) -> dict[str, str]:
    """The fields of the first recipient that failed, from message/delivery-status."""
    part = next((p for p in leaves if p.type == "message/delivery-status"), None)
    if part is None:
        return {}
    data = part.data(raw, _MAX_REPORT).replace(b"\r\n", b"\n").strip(b"\n")
    groups = [_fields(block) for block in data.split(b"\n\n")[:200]]
    recipients = [g for g in groups if "final-recipient" in g or "original-recipient" in g]
    failed = [g for g in recipients if g.get("action", "").lower() == "failed"]
    return (failed or recipients or [{}])[0]


def _fields(block: bytes) -> dict[str, str]:
    headers, _ = split_head(block + b"\n\n", 0, len(block) + 2)
    return {name: headers.text(name).strip() for name in headers.fields}


def _recipient(headers: Headers, fields: dict[str, str], text: str) -> str:
    named = fields.get("original-recipient") or fields.get("final-recipient") or ""
    named = named.rpartition(";")[2].strip(" <>")
    named = named or headers.first("x-failed-recipients").split(",")[0].strip()
    guess = None if named else _ADDRESS.search(text[:20_000])
    return guess[0] if guess else named


def _original_id(leaves: tuple[Part, ...], raw: bytes) -> str | None:
    """The Message-ID of the mail that was not delivered, from the copy in the report."""
    for part in leaves:
        if part.type in {
            "message/rfc822",
            "text/rfc822-headers",
            "message/rfc822-headers",
            "message/global",
            "message/global-headers",
        }:
            data = part.data(raw, _MAX_REPORT)
            headers, _ = split_head(data, 0, len(data))
            if "message-id" in headers:
                return message_id(headers, data, len(data))[0]
    for part in leaves:
        if part.type.startswith("text/"):
            match = _ID_LINE.search(part.text(raw)[0][-_MAX_REPORT:])
            if match and match[1].isascii() and match[1].isprintable():
                return match[1]
    return None


def _diagnostic(fields: dict[str, str], text: str) -> str:
    told = fields.get("diagnostic-code", "").partition(";")
    said = told[2].strip() or told[0].strip() or fields.get("status", "")
    if not said:
        lines = (line.strip() for line in text[:20_000].split("\n"))
        said = next(
            (line for line in lines if _STATUS.search(line) or _REPLY_CODE.search(line)), ""
        )
    return safe_line(said, 300)
