"""The readable body of a mail: which parts are text, which version is shown, what is attached."""

import re
from dataclasses import dataclass, field

from founder_inbox.core.display import safe_text
from founder_inbox.core.mime.alternative import NOTICE, differs, is_trivial
from founder_inbox.core.mime.attachments import list_attachments
from founder_inbox.core.mime.charsets import decode
from founder_inbox.core.mime.flowed import unflow
from founder_inbox.core.mime.html import html_to_text
from founder_inbox.core.mime.html_answers import quotation_start
from founder_inbox.core.mime.html_style import has_tones
from founder_inbox.core.mime.inline_answers import COLOUR_MARK
from founder_inbox.core.mime.inline_files import name_inline_files
from founder_inbox.core.mime.invitation import invitation_line
from founder_inbox.core.mime.packed_files import inside_text, inside_tnef, is_tnef
from founder_inbox.core.mime.parts import MAX_TEXT, Part, read_tree
from founder_inbox.core.mime.pgp import is_encrypted, without_armour
from founder_inbox.core.mime.receipts import read_receipt
from founder_inbox.core.model import Attachment

_BINARY = re.compile(rb"(?:GIF8|\x89PNG|\xff\xd8\xff|PK\x03\x04|%PDF-|\x1f\x8b\x08|Rar!)")
_TEXT_FILES = frozenset({
    "text/calendar", "text/csv", "text/vcard", "text/x-vcard", "text/directory", "text/rtf",
    "text/rfc822-headers", "text/x-amp-html", "text/css", "text/xml",
})  # fmt: skip
_REMOTE = re.compile(
    r"(?:\bsrc|\bbackground|\bposter)\s{0,9}=\s{0,9}[\"']?(?:https?:)?//"
    r"|url\([\"']?https?:|<link\b",
    re.IGNORECASE,
)
_MAX_FORWARDED = 3
_MAX_COLOURED = 200_000  # letters of HTML that are looked at for coloured answers
_MAX_LINES = 2000
_MAX_SOURCE = 800_000  # bytes of text parts that are shown; the rest is attached

UNFOLLOWED = "The charset it names is unknown or wrong, so some letters may be wrong."
ENCRYPTED = "Encrypted: founder-inbox can't read it, the attachment holds it."
SIGNED = "Signed, but the signature was not checked."
TNEF = "Outlook packed its attachments into winmail.dat; what is inside is listed, too."
TNEF_EMPTY = "Outlook sent its formatting along as winmail.dat; there is no file inside."
TNEF_SHUT = "Outlook packed something into winmail.dat that founder-inbox can't open."
DIFFERS = "Its plain and its HTML version say different things; the HTML version is shown."
NOT_LOADED = "Pictures and other content from the web were not loaded."
INLINE_FILES = "A file is written into its text in an old way; the original mail still has it."
NO_TEXT = "It has no readable text."


@dataclass(slots=True)
class Body:
    """What was found while walking through the parts."""

    texts: list[str] = field(default_factory=list)
    attached: list[tuple[int, Part]] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    packed: dict[int, Attachment] = field(default_factory=dict)
    warnings: dict[str, None] = field(default_factory=dict)
    room: int = _MAX_SOURCE
    report: bool = False
    forwarded: int = 0

    def warn(self, sentence: str) -> None:
        """Note a sentence once."""
        self.warnings.setdefault(sentence)


def read_body(root: Part, raw: bytes) -> tuple[str, tuple[Attachment, ...], tuple[str, ...]]:
    """The text, the attachments, and sentences about what is odd. Decodes no attachment."""
    numbers = {id(part): number for number, part in enumerate(root.leaves())}
    body = Body(numbers=numbers)
    _walk(root, raw, numbers, body)
    if receipt := read_receipt(root, raw):
        body.texts.insert(0, receipt.line)
    text = "\n\n".join(t for t in (t.strip("\n") for t in body.texts) if t.strip())
    if not text.strip():
        text = _fallback(root, body, raw)
    if is_encrypted(text):
        body.warn(ENCRYPTED)
    text, was_signed = without_armour(text)
    if was_signed:
        body.warn(SIGNED)
    text = text.strip("\n") if text.strip() else _instead(body)
    for number, part in body.attached:
        if is_tnef(part):
            inside = inside_tnef(part, number, raw)
            body.warn(TNEF_SHUT if inside is None else TNEF if inside else TNEF_EMPTY)
            body.packed |= {file.part: file for file in inside or ()}
    packed = [body.packed[number] for number in sorted(body.packed)]
    attachments, damage = list_attachments(body.attached, raw, packed)
    return safe_text(text), attachments, (*body.warnings, *damage)


def _instead(body: Body) -> str:
    """What is said in place of a text that can't be had."""
    if ENCRYPTED in body.warnings:
        return "[Encrypted mail: it can't be read here.]"
    if any("pkcs7-mime" in part.type for _, part in body.attached):
        return "[Signed mail in one sealed piece: its text is inside the attachment.]"
    body.warn(NO_TEXT)
    return ""


def _walk(part: Part, raw: bytes, numbers: dict[int, int], body: Body) -> None:
    if part.damaged:
        body.warn("Its structure is damaged; what can be read is shown.")
    if part.children:
        body.report = body.report or part.type == "multipart/report"
        _warn_of_crypto(part, body)
        if part.type == "multipart/alternative":
            _walk_alternative(part, raw, numbers, body)
            return
        for child in part.children:
            _walk(child, raw, numbers, body)
        return
    if _is_shown(part, raw) and body.room > 0:
        body.texts.append(_shown(part, raw, body))
        return
    if part.type.startswith("text/calendar"):
        body.texts.append(invitation_line(part.text(raw)[0], part.params.get("method", "")))
    elif part.type == "message/rfc822" and not body.report and body.forwarded < _MAX_FORWARDED:
        body.forwarded += 1
        body.texts.append(_forwarded(part, raw, body))
    _attach(part, numbers, body)


def _is_shown(part: Part, raw: bytes) -> bool:
    """Whether a leaf is text to read, not a file."""
    if part.type == "text/plain" and _BINARY.search(
        raw, part.start, min(part.end, part.start + 64)
    ):
        return False
    readable = part.type.startswith("text/") and part.type not in _TEXT_FILES
    return readable and part.disposition != "attachment" and not part.filename


def _is_binary(part: Part, raw: bytes) -> bool:
    """Whether what is said to be plain text begins like a picture or an archive."""
    return part.type == "text/plain" and _BINARY.match(raw, part.start, part.end) is not None


def _walk_alternative(part: Part, raw: bytes, numbers: dict[int, int], body: Body) -> None:
    """Show one of the versions: plain, unless it is empty, a mere notice, or says another thing."""
    plain, rich = (_first(part, kind, raw, body) for kind in ("text/plain", "text/html"))
    if plain is None or rich is None:
        for child in part.children:
            _walk(child, raw, numbers, body)
        return
    for leaf in part.leaves():
        if not _is_shown(leaf, raw):
            _walk(leaf, raw, numbers, body)
    text, source = _shown(plain, raw, body), rich.text(raw)[0]
    disagree = differs(text, source)
    if disagree:
        body.warn(DIFFERS)
    if disagree or is_trivial(text, source) or _has_coloured_answers(text, source):
        text = _shown(rich, raw, body) or text
    body.texts.append(text)


def _has_coloured_answers(plain: str, source: str) -> bool:
    """Whether the HTML version tells by colours alone what was written into a quotation."""
    if len(source) > _MAX_COLOURED or not has_tones(source):
        return False
    quotes = quotation_start(plain.split("\n")[:_MAX_LINES]) is not None
    return quotes and COLOUR_MARK.search(html_to_text(source)) is not None


def _first(part: Part, kind: str, raw: bytes, body: Body) -> Part | None:
    if body.room <= 0:
        return None
    return next(
        (leaf for leaf in part.leaves() if leaf.type == kind and _is_shown(leaf, raw)), None
    )


def _shown(part: Part, raw: bytes, body: Body) -> str:
    # HTML costs more: the letters of a page are few beside its tags.
    body.room -= (part.end - part.start) * (2 if part.type == "text/html" else 1) + 2000
    text, followed = part.text(raw)
    if not followed:
        body.warn(UNFOLLOWED)
    if part.is_broken(raw):
        body.warn("Its text is damaged; what could be read is shown.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if part.type == "text/plain":
        text, files = name_inline_files(text, cut=part.end - part.start > MAX_TEXT)
        number = body.numbers.get(id(part))
        saved = [] if number is None else inside_text(files, number)
        body.packed |= {file.part: file for file in saved}
        if len(saved) < len(files):
            body.warn(INLINE_FILES)
    if part.type in {"text/html", "text/enriched"}:
        if _REMOTE.search(text):
            body.warn(NOT_LOADED)
        return html_to_text(text)
    if part.params.get("format", "").lower() == "flowed":
        return unflow(text, delsp=part.params.get("delsp", "").lower() == "yes")
    return text


def _fallback(root: Part, body: Body, raw: bytes) -> str:
    """Text before the first part, of a forwarded mail, or of a text file sent alone."""
    if preamble := _preamble(root, raw):
        return preamble
    for _, part in body.attached:
        text = part.type in {"text/plain", "text/html"} and not _is_binary(part, raw)
        if text and part.disposition != "attachment":
            return _shown(part, raw, body)
        if part.type == "message/delivery-status":
            return part.text(raw)[0].replace("\r", "")
    return ""


def _forwarded(part: Part, raw: bytes, body: Body) -> str:
    """A mail that was forwarded as an attachment, with nothing written around it."""
    inside = raw[part.start : min(part.end, part.start + MAX_TEXT)]
    mail = read_tree(inside)
    lines = [f"{name.title()}: {mail.headers.text(name)}" for name in ("from", "date", "subject")]
    shown = _first(mail, "text/plain", inside, body) or _first(mail, "text/html", inside, body)
    text = _shown(shown, inside, body) if shown else ""
    return "\n".join(["---------- Forwarded message ----------", *lines, "", text])


def _preamble(root: Part, raw: bytes) -> str:
    """What stands before the first part, unless it is the usual note to old programs."""
    mark = b"--" + root.params.get("boundary", "").encode("utf-8", "replace")
    end = raw.find(mark, root.start, root.start + 20_000) if root.children else -1
    text = decode(raw[root.start : max(root.start, end)])[0].strip()
    return "" if NOTICE.search(text) or "MIME" in text else text


def _attach(part: Part, numbers: dict[int, int], body: Body) -> None:
    number = numbers[id(part)]
    if all(number != n for n, _ in body.attached):
        body.attached.append((number, part))
        _warn_of_kind(part, body)


def _warn_of_crypto(part: Part, body: Body) -> None:
    if part.type == "multipart/encrypted":
        body.warn(ENCRYPTED)
    elif part.type == "multipart/signed":
        body.warn(SIGNED)


def _warn_of_kind(part: Part, body: Body) -> None:
    kind = part.type
    if kind in {"application/pkcs7-mime", "application/x-pkcs7-mime"}:
        signed = part.params.get("smime-type", "") == "signed-data"
        body.warn(SIGNED if signed else ENCRYPTED)
    elif kind == "message/partial":
        body.warn("It is one piece of a mail that was sent in several.")
    elif kind == "message/external-body":
        body.warn("Part of it lies on another server and was not fetched.")
