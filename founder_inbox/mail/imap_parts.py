"""Large mails: the header and the texts now, the heavy parts when somebody wants them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from founder_inbox.core.mime.skeleton import build_skeleton
from founder_inbox.core.mime.structure import (
    TEXT_BYTES,
    Node,
    bytes_to_fetch,
    read_structure,
    with_sizes,
)
from founder_inbox.core.sync.mailbox import Fetched
from founder_inbox.mail import imap_answers as answers
from founder_inbox.mail.imap_answers import Item, Size
from founder_inbox.mail.imap_faults import ServerRefused

if TYPE_CHECKING:
    from founder_inbox.mail.imap import ImapSession

HEADER_BYTES = 256 * 1024
MIME_BYTES = 16 * 1024
LONGEST_STRUCTURE = 256 * 1024
_HEADS_AT_ONCE = 20  # some servers take lines of 1,000 bytes only (RFC 2683, 3.2.1.5)


def read_skeleton(session: "ImapSession", mail: Size) -> Fetched | None:
    """A large mail of the open mailbox without its heavy parts.

    None where that can't be done, or where nothing would be left out of it.
    Raises LineBroken, and ServerRefused when the server is too busy for anything.
    """
    try:
        root = _structure(session, mail.uid)
        lengths = bytes_to_fetch(root) if root else {}
        if root is None or all(lengths[leaf.section] == leaf.size for leaf in root.leaves()):
            return None
        return _skeleton(session, mail, root, lengths)
    except ServerRefused as refusal:
        if refusal.wait:
            raise
        return None


def read_piece(
    session: "ImapSession", uid: int, section: str, start: int, length: int
) -> bytes | None:
    """Bytes of a part, still encoded, from `start` on; None when the mail or part is not there."""
    name = f"BODY[{section}]"
    item = _item(session, uid, f"(UID BODY.PEEK[{section}]<{start}.{length}>)")
    found = answers.section_in(item, name, start) if item else None
    return found[:length] if found is not None else None


def _structure(session: "ImapSession", uid: int) -> Node | None:
    answer = session.fetch_one(uid, "(UID BODYSTRUCTURE)")
    if answers.length_of(answer) > LONGEST_STRUCTURE:
        return None
    return read_structure(_own(answer, uid).get(b"BODYSTRUCTURE"))


def _skeleton(
    session: "ImapSession", mail: Size, root: Node, lengths: Mapping[str, int]
) -> Fetched | None:
    about = f"(UID FLAGS INTERNALDATE BODY.PEEK[HEADER]<0.{HEADER_BYTES}>)"
    item = _item(session, mail.uid, about)
    header = answers.section_in(item, "BODY[HEADER]") if item else None
    if item is None or header is None:
        return None
    heads = _heads(session, mail.uid, [node.section for node in root.inner()])
    bodies = _bodies(session, mail.uid, root, lengths)
    if bodies is None:
        return None
    true_sizes = {
        leaf.section: len(bodies[leaf.section])
        for leaf in root.leaves()
        if 0 < lengths[leaf.section] == leaf.size
    }
    built = build_skeleton(header, with_sizes(root, true_sizes), heads, bodies)
    if built is None or not built[1]:
        return None
    raw, left = built
    received, flags = answers.received_at(item), answers.flags_of(item)
    return Fetched(mail.uid, raw, mail.size, received, flags, False, left)


def _bodies(
    session: "ImapSession", uid: int, root: Node, lengths: Mapping[str, int]
) -> dict[str, bytes] | None:
    """What is needed of the leaves; None when the structure names words that are not there.

    Some servers only estimate a part's size, so a part that is wanted whole is asked for more.
    """
    bodies: dict[str, bytes] = {}
    room = TEXT_BYTES
    for leaf in root.leaves():
        length = lengths[leaf.section]
        if not length:
            continue
        more = max(length, room) if length == leaf.size else length
        piece = read_piece(session, uid, leaf.section, 0, more)
        if not piece:
            return None
        room = max(0, room - len(piece))
        bodies[leaf.section] = piece
    return bodies


def _heads(session: "ImapSession", uid: int, sections: Sequence[str]) -> dict[str, bytes]:
    """The MIME headers of parts."""
    found: dict[str, bytes] = {}
    for some in _chunks(sections):
        items = " ".join(f"BODY.PEEK[{section}.MIME]<0.{MIME_BYTES}>" for section in some)
        item = _item(session, uid, f"(UID {items})") or {}
        for section in some:
            found[section] = answers.section_in(item, f"BODY[{section}.MIME]") or b""
    return found


def _item(session: "ImapSession", uid: int, items: str) -> Item | None:
    return _own(session.fetch_one(uid, items), uid) or None


def _own(answer: list[object], uid: int) -> Item:
    """What was said of this mail, of one answer or several; news about others is left out."""
    together: dict[bytes, object] = {}
    for told, item in answers.read_items(answer):
        if told == uid:
            together |= item
    return together


def _chunks(sections: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(sections)
    while some := list(islice(rest, _HEADS_AT_ONCE)):
        yield some
