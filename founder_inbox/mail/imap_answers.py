"""What an IMAP server answered, made into our records. An answer that makes no sense is left out.

Each FETCH answer is read by itself: the library joins those with one sequence number, and these
numbers shift when another client removes a mail in the middle (RFC 9051, 7.5.1).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from imapclient.response_parser import parse_fetch_response

from founder_inbox.core.sync.mailbox import NO_DATE, Copied, Fetched, Flags, Summary
from founder_inbox.core.sync.mailbox_names import role_by_name
from founder_inbox.core.sync.uids import Ranges, expand, joined, read_ranges
from founder_inbox.mail.imap_faults import ODD_ANSWERS

Item = Mapping[bytes, Any]
# Flags alone, as every server writes them; ten times faster than the library's tokens.
_FLAGS_ONLY = re.compile(
    rb"\d+ \((?:UID (\d+) FLAGS \(([^()]*)\)|FLAGS \(([^()]*)\) UID (\d+)|"
    rb"UID (\d+) FLAGS \(([^()]*)\) MODSEQ \(\d+\)|UID (\d+) MODSEQ \(\d+\) FLAGS \(([^()]*)\))\)"
)
_DATE = re.compile(rb'INTERNALDATE "[^"]{0,100}"', re.IGNORECASE)
_SPECIAL = {
    b"\\sent": "sent",
    b"\\archive": "archive",
    b"\\junk": "junk",
    b"\\trash": "trash",
    b"\\drafts": "drafts",
    b"\\all": "all",
}
_COPYUID = re.compile(rb"(\d{1,10}) ([\d,:]{1,4000}) ([\d,:]{1,4000})")
# We move mails one by one; a set that is larger is not about us.
LONGEST_HEADER = 65_536
MOST_COPIED = 1000
_NUMBERS = re.compile(rb"[\d ]*")
_ID = re.compile(rb"<[^<>\s]{1,900}>")
_VANISHED = re.compile(rb"(?:\(EARLIER\) )?([\d,:*]+) *", re.IGNORECASE)
_NEWS = re.compile(rb"\* (?:\d+ (?:EXISTS|EXPUNGE|FETCH)|VANISHED)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Selected:
    """What the server said of a mailbox when it was opened. `highestmodseq` 0: no CONDSTORE.

    `keeps_keywords`: any may be made there (RFC 9051, 7.1: PERMANENTFLAGS); only said to writers.
    """

    uidvalidity: int
    uidnext: int
    highestmodseq: int
    exists: int
    keeps_keywords: bool = False


@dataclass(frozen=True, slots=True)
class Size:
    """A mail that is to be fetched."""

    uid: int
    size: int


def read_selected(answer: Mapping[bytes, Any]) -> Selected:
    """What SELECT or EXAMINE said; `uidnext` 0 where it left that out. Raises ValueError."""
    modseq = answer.get(b"HIGHESTMODSEQ", 0)
    uidvalidity = int(answer.get(b"UIDVALIDITY", 0))
    if uidvalidity <= 0:
        raise ValueError("it gives no UIDVALIDITY, so mails can't be told apart")
    return Selected(
        uidvalidity,
        int(answer.get(b"UIDNEXT", 0)),
        int(modseq[0] if isinstance(modseq, (list, tuple)) else modseq),
        int(answer[b"EXISTS"]),
        b"\\*" in (answer.get(b"PERMANENTFLAGS") or ()),
    )


def read_roles(listed: Iterable[tuple[Any, Any, Any]], *, google: bool) -> dict[str, str]:
    """Mailbox names by role, by LIST's special-use flags (RFC 6154), else by their names.

    At Google archiving is leaving the inbox: `archive` and `all` are All Mail there; elsewhere
    that is a view of mails that lie in other mailboxes.
    """
    found = {"inbox": "INBOX"}
    guessed: dict[str, str] = {}
    for flags, _delimiter, name in listed:
        marks = {bytes(flag).lower() for flag in flags}
        role = next((_SPECIAL[mark] for mark in marks if mark in _SPECIAL), None)
        if role == "all" and not google:
            continue
        if role:
            found.setdefault(role, str(name))
        elif b"\\noselect" not in marks and (by_name := role_by_name(str(name))):
            guessed.setdefault(by_name, str(name))
    return guessed | found | ({"archive": found["all"]} if "all" in found else {})


def read_numbers(answer: list[Any]) -> list[int]:
    """The numbers of SEARCH, of one line or several, ascending; what follows them is left out."""
    lines = (line for line in answer if isinstance(line, bytes))
    found = (_NUMBERS.match(line) for line in lines)
    return sorted({int(n) for match in found if match for n in match[0].split()})


def split_answers(answer: list[Any]) -> Iterator[list[Any]]:
    """One list for each FETCH answer, as imaplib collected them: tuples, then a closing line."""
    one: list[Any] = []
    for part in answer:
        if part is None:
            continue
        one.append(part)
        if isinstance(part, bytes):
            yield one
            one = []


def read_items(answer: list[Any]) -> Iterator[tuple[int, Item]]:
    """UID and data of each answer that has a UID and can be read."""
    for one in split_answers(answer):
        item = _item(one)
        if item is not None and isinstance(item.get(b"UID"), int):
            yield int(item[b"UID"]), item


def read_flags(answer: list[Any]) -> dict[int, Flags]:
    """The flags by UID; an answer without UID or flags is about something else."""
    found: dict[int, Flags] = {}
    for one in split_answers(answer):
        match = _FLAGS_ONLY.fullmatch(one[0]) if isinstance(one[0], bytes) else None
        if match:
            first, second = (group for group in match.groups() if group is not None)
            uid, marks = (second, first) if match[3] is not None else (first, second)
            found[int(uid)] = _make_flags(marks.split())
        elif (item := _item(one)) and b"UID" in item and b"FLAGS" in item:
            found[int(item[b"UID"])] = flags_of(item)
    return found


def read_mail(uid: int, item: Item, size: int, *, complete: bool) -> Fetched | None:
    """A whole mail, or its beginning; None when the answer holds no text."""
    body = item.get(b"BODY[]") if b"BODY[]" in item else item.get(b"BODY[]<0>")
    if not isinstance(body, bytes):
        return None
    received = _aware(item.get(b"INTERNALDATE"))
    return Fetched(uid, body, size or len(body), received, flags_of(item), complete)


def received_at(item: Item) -> datetime:
    """INTERNALDATE, or NO_DATE."""
    return _aware(item.get(b"INTERNALDATE"))


def section_in(item: Item, name: str, start: int = 0) -> bytes | None:
    """The bytes of `BODY[…]` from `start` on; a server may leave out that it begins with 0."""
    names = {f"{name}<{start}>", *([name] if start == 0 else [])}
    for key, value in item.items():
        if bytes(key).decode("ascii", "replace").upper() in names and isinstance(value, bytes):
            return value
    return None


def length_of(answer: list[Any]) -> int:
    """The bytes of a collected answer."""
    pieces = (part if isinstance(part, tuple) else (part,) for part in answer if part)
    return sum(len(piece) for group in pieces for piece in group)


def read_message_id(item: Item) -> str:
    """The Message-ID in a fetched header; empty when there is none."""
    found = _ID.search(read_header(item))
    return found[0].decode("ascii", "replace") if found else ""


def read_ids(item: Item) -> frozenset[str]:
    """All ids in a fetched header."""
    found = _ID.findall(read_header(item)[:LONGEST_HEADER])
    return frozenset(id_.decode("ascii", "replace") for id_ in found)


def read_header(item: Item) -> bytes:
    """The header's fields that were asked for, as they came; empty where there are none."""
    header = next((text for name, text in item.items() if name.startswith(b"BODY[")), b"")
    return header if isinstance(header, bytes) else b""


def read_summary(uid: int, item: Item) -> Summary:
    """What was asked for to recognise a mail."""
    size = item.get(b"RFC822.SIZE")
    received = _aware(item.get(b"INTERNALDATE"))
    number = size if isinstance(size, int) else 0
    return Summary(uid, number, received, read_message_id(item), flags_of(item))


def read_vanished(lines: list[Any]) -> Ranges | None:
    """The UIDs of VANISHED answers (RFC 7162, 3.2.10); None when one of them makes no sense."""
    found: list[tuple[int, int]] = []
    for line in lines:
        match = _VANISHED.fullmatch(line) if isinstance(line, bytes) else None
        ranges = read_ranges(match[1].decode()) if match else None
        if ranges is None:
            return None
        found += ranges
    return joined(found)


def read_copied(untagged: Mapping[str, list[Any]]) -> Copied:
    """COPYUID of the last copy or move (RFC 4315); empty where there is none, or it is odd."""
    codes = untagged.get("COPYUID") or []
    found = _COPYUID.fullmatch(codes[-1]) if codes and isinstance(codes[-1], bytes) else None
    if not found:
        return Copied()
    old, new = (expand(found[n].decode(), MOST_COPIED) for n in (2, 3))
    pairs = dict(zip(old, new, strict=True)) if len(old) == len(new) else {}
    return Copied(int(found[1]), pairs)


def flags_of(item: Item) -> Flags:
    """The flags in an answer."""
    return _make_flags([bytes(flag) for flag in item.get(b"FLAGS") or () if type(flag) is bytes])


def is_news(line: bytes) -> bool:
    """Whether an untagged line tells of a change; "OK Still here" does not."""
    return bool(_NEWS.match(line))


def alerts_in(untagged: Mapping[str, list[Any]]) -> list[str]:
    """What the server insists that a person reads (RFC 9051, 7.1: ALERT)."""
    lines = [line for kind in ("OK", "NO", "BAD", "BYE") for line in untagged.get(kind, ())]
    texts = [line.decode("utf-8", "replace") for line in lines if isinstance(line, bytes)]
    return [text[7:].strip() for text in texts if text[:7].upper() == "[ALERT]"]


def _item(one: list[Any]) -> Item | None:
    parsed = _parse(one)
    if parsed is None:  # a date that no calendar has must not cost us the mail
        undated = [
            (_undated(part[0]), *part[1:]) if isinstance(part, tuple) else _undated(part)
            for part in one
        ]
        parsed = _parse(undated)
    return parsed


def _parse(one: list[Any]) -> Item | None:
    try:
        return next(iter(parse_fetch_response(one, False, False).values()), None)
    except ODD_ANSWERS:
        return None


def _undated(text: bytes) -> bytes:
    return _DATE.sub(b"INTERNALDATE NIL", text)


def _aware(moment: object) -> datetime:
    if not isinstance(moment, datetime):
        return NO_DATE
    try:
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.astimezone(UTC)
    except OverflowError:
        return NO_DATE


def _make_flags(marks: list[bytes]) -> Flags:
    lower = {mark.lower() for mark in marks}
    kept = {m for m in marks if not m.startswith(b"\\")}
    # A mail that waits to be expunged lies nowhere any more, as every other client shows it.
    kept |= {b"\\Deleted"} if b"\\deleted" in lower else set()
    keywords = sorted(mark.decode("ascii", "replace") for mark in kept)
    return Flags(
        b"\\seen" in lower, b"\\answered" in lower, b"\\flagged" in lower, " ".join(keywords)
    )
