"""Single header fields: the mail's own id, the ids it refers to, its date."""

import binascii
import hashlib
import re
from datetime import UTC, datetime
from email.utils import mktime_tz, parsedate_tz

from founder_inbox.core.mime.headers import Headers, decode_words

_ID = re.compile(r"<([^<>]{1,1200})>")
_SPACE = re.compile(r"\s+")
_FOLDABLE_ID = re.compile(r"[\w.+=@$%&/!#*~^|{}\[\]:-]{3,900}", re.ASCII)
_PRINTABLE_ID = re.compile(r"[!-~]{3,900}")
_SOUND_ID = re.compile(r"[^\s@<>\[\]()\\\"]+@(?:[^\s@<>\[\]()\\\"]+|\[[\w.:-]+\])")
_EARLIEST, _LATEST = 1990, 2100
_KEEP = 40
_INDEX_HEAD = 22
_MADE_UP = "@missing.founder-inbox>"
"""How every id ends that we gave to a mail without one."""


def message_id(headers: Headers, raw: bytes, body: int) -> tuple[str, bool]:
    """The Message-ID in brackets, and whether the mail has a sound one.

    Without a usable one it is made from Date, From, Subject and body, so it is the same on every
    machine and at every fetch.
    """
    value = _plain(headers.first("message-id"))
    found = _ids(value) or _ids(f"<{value.strip('<> ')}>")
    if found:
        return found[0], _SOUND_ID.fullmatch(found[0][1:-1]) is not None
    return made_up_id(headers, raw[body:]), False


def made_up_id(headers: Headers, content: bytes) -> str:
    """A Message-ID for a mail without one, from Date, From, Subject and something of its body."""
    digest = hashlib.sha256()
    for name in ("date", "from", "subject"):
        digest.update(b" ".join(headers.raw(name).split()) + b"\n")
    digest.update(content.replace(b"\r\n", b"\n"))
    return f"<{digest.hexdigest()[:24]}{_MADE_UP}"


def is_made_up(identity: str) -> bool:
    """Whether a Message-ID is one that `message_id` made for a mail without: no server has it."""
    return identity.endswith(_MADE_UP)


def conversation(headers: Headers, sender: str) -> str:
    """An id for what Outlook calls one conversation, of one sender; empty where it names none.

    Thread-Index begins with 22 bytes that all mails of a conversation have in common ([MS-OXOMSG]
    2.2.1.3); with another Thread-Topic it is another one. Outlook may leave References out.
    """
    text = headers.raw("thread-index")[:2_000]
    try:
        index = binascii.a2b_base64(b"".join(text.split()))
    except binascii.Error:
        return ""
    if len(index) < _INDEX_HEAD or not sender:
        return ""
    topic = " ".join(_plain(headers.first("thread-topic")).split()).casefold()
    words = b"\0".join((index[:_INDEX_HEAD], topic.encode("utf-8", "replace")))
    words += b"\0" + sender.casefold().encode("utf-8", "replace")
    return f"<{hashlib.sha256(words).hexdigest()[:32]}@conversation.founder-inbox>"


def references(headers: Headers, addresses: frozenset[str]) -> tuple[str, ...]:
    """References in order, then In-Reply-To's and Exchange's original id where missing there.

    `addresses` are the people on the mail: old programs write one where an id should stand.
    At most the first and the last 40.
    """
    found: dict[str, None] = {}
    for name in ("references", "in-reply-to", "x-microsoft-original-message-id"):
        values = headers.fields.get(name, [])
        text = b" ".join(values[:20]).decode("ascii", "ignore")
        found |= dict.fromkeys(_ids(_plain(text)))
    ids = [i for i in found if i[1:-1].lower() not in addresses]
    return tuple(ids if len(ids) <= 2 * _KEEP else ids[:_KEEP] + ids[-_KEEP:])


def _plain(text: str) -> str:
    return decode_words(text) if "=?" in text else text


def _ids(text: str) -> list[str]:
    """The usable ids in a header value; one broken by white space is mended where that is safe."""
    out = []
    for match in _ID.finditer(text):
        inner = match[1].strip()
        if any(c.isspace() for c in inner):
            inner = _SPACE.sub("", inner)
            usable = "@" in inner and _FOLDABLE_ID.fullmatch(inner) is not None
        else:
            usable = _PRINTABLE_ID.fullmatch(inner) is not None
        if usable:
            out.append(f"<{inner}>")
    return out


def read_date(text: str) -> datetime | None:
    """A Date header in UTC, or None where there is none or an absurd one (before 1990)."""
    text = text[:120]
    try:
        parsed = parsedate_tz(text)
        if parsed is None:
            moment = datetime.fromisoformat(text.strip())
            date = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
        else:
            date = datetime.fromtimestamp(mktime_tz(parsed), UTC)
    except (ValueError, TypeError, IndexError, OverflowError, OSError):
        return None
    return date if _EARLIEST <= date.year <= _LATEST else None
