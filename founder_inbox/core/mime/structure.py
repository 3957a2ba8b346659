"""The structure of a mail as the server tells it (RFC 9051, BODYSTRUCTURE), read with suspicion.

Servers' structures are the most faulty part of IMAP, and a stranger's mail decides what is in
them: whatever does not add up makes the whole structure unusable, and never an error.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from founder_inbox.core.mime.parts import MAX_DEPTH

MAX_LEAVES = 100
"""Parts a mail may have and still be fetched in parts."""

TEXT_BYTES = 1 << 20
"""Bytes of one text part that are fetched with the mail; the reader shows fewer."""

_REPORT_BYTES = 64 * 1024  # of a delivery report, or of the beginning of an attached mail
_TEXTS_BYTES = 3 << 20  # of all texts together
_HARDLY_ANY_TEXT = 32
_LARGEST_SIZE = 1 << 40


@dataclass(frozen=True, slots=True)
class Node:
    """One part. `section` is its number in IMAP ("2.1"), `size` is in bytes, still encoded.

    A multipart has `children`; the outermost one has the section "".
    """

    section: str
    type: str
    encoding: str = "7bit"
    size: int = 0
    disposition: str = ""
    named: bool = False
    children: tuple["Node", ...] = ()

    def leaves(self) -> Iterator["Node"]:
        """The parts that hold no parts, in the order of the mail."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()

    def inner(self) -> Iterator["Node"]:
        """Every part but the outermost: those that have a header of their own."""
        for child in self.children:
            yield child
            yield from child.inner()


def read_structure(answer: object) -> Node | None:
    """The structure in a parsed answer (nested sequences of bytes and numbers), or None."""
    room = [MAX_LEAVES]
    root = _read(answer, "", 0, room)
    if root is not None and not root.children:
        root = Node("1", root.type, root.encoding, root.size, root.disposition, root.named)
    return root if room[0] >= 0 else None


def bytes_to_fetch(root: Node) -> dict[str, int]:
    """How many bytes of each leaf are needed to read the mail, by section; 0: none of it.

    Texts that are shown, invitations, reports; attached mails only as far as their subject, unless
    there is nothing else to read.
    """
    leaves = list(root.leaves())
    wordless = not any(_is_shown(leaf) and leaf.size > _HARDLY_ANY_TEXT for leaf in leaves)
    room = _TEXTS_BYTES
    found: dict[str, int] = {}
    for leaf in leaves:
        found[leaf.section] = min(_wish(leaf, wordless=wordless), leaf.size, room)
        room -= found[leaf.section]
    return found


def with_sizes(node: Node, sizes: Mapping[str, int]) -> Node:
    """The structure with what parts really measure, by section, where that turned out."""
    children = tuple(with_sizes(child, sizes) for child in node.children)
    return replace(node, size=sizes.get(node.section, node.size), children=children)


def _wish(leaf: Node, *, wordless: bool) -> int:
    if _is_shown(leaf) or leaf.type == "text/calendar":
        return TEXT_BYTES
    if leaf.type.startswith("message/") or leaf.type == "text/rfc822-headers":
        return TEXT_BYTES if wordless else _REPORT_BYTES
    is_page = leaf.type in {"text/plain", "text/html"} and leaf.disposition != "attachment"
    return TEXT_BYTES if wordless and is_page else 0


def _is_shown(leaf: Node) -> bool:
    return leaf.type.startswith("text/") and leaf.disposition != "attachment" and not leaf.named


def _read(answer: object, section: str, depth: int, room: list[int]) -> Node | None:
    if not isinstance(answer, (tuple, list)) or not answer or depth > MAX_DEPTH or room[0] < 0:
        return None
    if isinstance(answer[0], (tuple, list)):
        return _read_multipart(answer, section, depth, room)
    room[0] -= 1
    kind, subtype, encoding, size = (_at(answer, place) for place in (0, 1, 5, 6))
    if not isinstance(kind, bytes) or not isinstance(subtype, bytes):
        return None
    if not isinstance(size, int) or not 0 <= size <= _LARGEST_SIZE:
        return None
    type_ = f"{_word(kind)}/{_word(subtype)}"
    place = {"text": 9, "message/rfc822": 11, "message/global": 11}
    disposed = _at(answer, place.get(type_, place.get(_word(kind), 8)))
    named = _has(_at(answer, 2), b"name") or _has(_at(disposed, 1), b"filename")
    return Node(section, type_, _word(encoding) or "7bit", size, _word(_at(disposed, 0)), named)


def _read_multipart(
    answer: Sequence[object], section: str, depth: int, room: list[int]
) -> Node | None:
    # The library gives the parts as one list, then what is said of them all.
    parts = answer[0]
    if not isinstance(parts, list) or not parts:
        return None
    prefix = f"{section}." if section else ""
    children: list[Node] = []
    for number, part in enumerate(parts, 1):
        child = _read(part, f"{prefix}{number}", depth + 1, room)
        if child is None:
            return None
        children.append(child)
    return Node(section, f"multipart/{_word(_at(answer, 1)) or 'mixed'}", children=tuple(children))


def _at(answer: object, place: int) -> object:
    found = isinstance(answer, (tuple, list)) and place < len(answer)
    return answer[place] if found and isinstance(answer, (tuple, list)) else None


def _word(value: object) -> str:
    return value[:100].decode("ascii", "replace").strip().lower() if type(value) is bytes else ""


def _has(parameters: object, name: bytes) -> bool:
    """Whether a list of names and values has that name, RFC 2231's spellings too."""
    if not isinstance(parameters, (tuple, list)):
        return False
    names = (entry.lower() for entry in parameters[:64:2] if isinstance(entry, bytes))
    return any(entry.partition(b"*")[0] == name for entry in names)
