"""A large mail without its heavy parts: the same header and structure, so that it reads the same.

What is left out has an empty body, and which parts these are is written down beside the mail: a
mail can't claim it of itself.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from founder_inbox.core.mime.headers import parameters, split_head
from founder_inbox.core.mime.mail_fields import is_made_up, made_up_id
from founder_inbox.core.mime.parts import Part, read_tree
from founder_inbox.core.mime.structure import Node
from founder_inbox.core.model import LeftPart, Mail

TOO_LARGE = "It is too large to be fetched in one piece; only its beginning is here."

# What base64 adds: a line of 76 letters and its end stands for 57 bytes.
_LINE, _IN_LINE = 78, 57


def build_skeleton(
    header: bytes, root: Node, heads: Mapping[str, bytes], bodies: Mapping[str, bytes]
) -> tuple[bytes, tuple[LeftPart, ...]] | None:
    """The skeleton and what was left out of it; None where our reader would see another mail.

    `heads` are the MIME headers of the inner parts and `bodies` what was fetched of the leaves,
    both by section.
    """
    written = _written(_head(header), root, heads, bodies)
    raw = b"".join(written) if written is not None else b""
    leaves = list(read_tree(raw).leaves()) if written is not None else []
    expected = [len(bodies.get(node.section, b"")) for node in root.leaves()]
    if [leaf.end - leaf.start for leaf in leaves] != expected:
        return None
    left = (
        LeftPart(number, node.section, node.size, node.encoding)
        for number, node in enumerate(root.leaves())
        if node.size > expected[number]
    )
    return raw, tuple(left)


def with_left_parts(mail: Mail, raw: bytes, left: Sequence[LeftPart]) -> Mail:
    """A mail read from a skeleton, with the true sizes of what was left out, and a lasting id."""
    sizes = {part.leaf: decoded_size(part) for part in left}
    attachments = tuple(
        replace(file, size=sizes.get(file.part, file.size)) for file in mail.attachments
    )
    id_ = mail.message_id
    if is_made_up(id_):
        on_server = {part.leaf: part.size for part in left}
        id_ = id_of_large(read_tree(raw), raw, on_server)
    return replace(mail, attachments=attachments, message_id=id_)


def decoded_size(part: LeftPart) -> int:
    """About how many bytes a part has when its encoding is undone."""
    return part.size * _IN_LINE // _LINE if part.encoding == "base64" else part.size


def id_of_large(root: Part, raw: bytes, on_server: Mapping[int, int]) -> str:
    """A Message-ID for a large mail that has none, the same from the skeleton and from the whole.

    `on_server` has the sizes of the parts that are not in `raw`, by their number.
    """
    digest = hashlib.sha256()
    words = b""
    for number, leaf in enumerate(root.leaves()):
        digest.update(b"%d " % on_server.get(number, leaf.end - leaf.start))
        if not words and leaf.type in {"text/plain", "text/html"}:
            words = raw[leaf.start : min(leaf.end, leaf.start + 20_000)]
    return made_up_id(root.headers, digest.digest() + words)


def _written(
    head: bytes, node: Node, heads: Mapping[str, bytes], bodies: Mapping[str, bytes]
) -> list[bytes] | None:
    if not node.children:
        return [head, bodies.get(node.section, b"")]
    fields, _ = split_head(head, 0, len(head))
    boundary = parameters(fields.first("content-type")).get("boundary", "")
    if not boundary:
        return None
    mark = b"--" + boundary.encode("utf-8", "replace")
    pieces = [head]
    for child in node.children:
        inside = _written(_head(heads.get(child.section, b"")), child, heads, bodies)
        if inside is None:
            return None
        pieces += [mark, b"\r\n", *inside, b"\r\n"]
    return [*pieces, mark, b"--\r\n"]


def _head(fetched: bytes) -> bytes:
    """A header with exactly the one empty line behind it."""
    fields = fetched.rstrip(b"\r\n")
    return fields + b"\r\n\r\n" if fields else b"\r\n"
