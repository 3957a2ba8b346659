"""The one sanitizer: foreign text in, text that is safe to draw on a terminal out.

Mail is hostile: an escape sequence in a subject can write the clipboard, a direction mark can turn
a file name around. Everything from outside passes here, once when stored and again when drawn;
both functions are idempotent. Readable text around what is dropped stays as it is.
"""

import re
from typing import NewType

SafeLine = NewType("SafeLine", str)
SafeText = NewType("SafeText", str)

# Whole sequences first, so that "[31m" does not stay behind. A cut-off string sequence loses only
# its introducer, otherwise it would swallow the text after it.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]"  # CSI
    r"|(?:\x1b\]|\x9d)[^\x07\x1b\x9c\n]{0,4096}(?:\x07|\x1b\\|\x9c)"  # OSC
    r"|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c\n]{0,4096}(?:\x1b\\|\x9c)"  # DCS, SOS, PM, APC
    r"|\x1b[ -/]{1,4}[0-~]|\x1b[0-~]"  # two characters and charset switches
)
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u2800\u3000]")
_INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 but whitespace, DEL, C1
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, fillers, joiners
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"  # zero width, direction
    "\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff"
    "\U000e0000-\U000e0fff"  # tag characters, more variation selectors
)
_DROP = re.compile(f"[{_INVISIBLE}]")
_DROP_IN_LINE = re.compile(f"[{_INVISIBLE}\u200d\u20e3\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
# In emoji: what terminals disagree about, from a heart's colour to a family's joints.
_UNSTEADY = re.compile("[\u20e3\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]|(?<=[\u2190-\U0001ffff])\u200d")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Joiners mean something between Persian or Indic letters and in emoji, nothing after Latin ones.
_IDLE_JOINERS = re.compile("(?:^|(?<=[\x00-\u024f]))[\u200c\u200d]+", re.MULTILINE)
_MARK = (
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u06df-\u06e4\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20e2"
    "\u20e4-\u20ff\ufe20-\ufe2f]"
)
_MARK_FLOOD = re.compile(f"({_MARK}{{3}}){_MARK}+")
_PLAIN_TEXT = re.compile(r"[\n -~]*")
_WHITE = re.compile(r"\s+")
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')

# What Windows takes for a device, with any suffix; files travel.
_DEVICE = re.compile(r"con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3]", re.I)

_NAME_BYTES = 120


def safe_line(text: str, limit: int = 300) -> SafeLine:
    """One line of at most `limit` characters for lists, headers and dialogs; white space folded."""
    if text.isascii() and text.isprintable() and "  " not in text and len(text) <= limit:
        return SafeLine(text.strip())
    text = _ESCAPES.sub("", text[: limit * 20 + 4096])
    text = _clean(_BREAKS.sub(" ", text), _DROP_IN_LINE)
    text = _WHITE.sub(" ", text).strip()
    return SafeLine(text if len(text) <= limit else text[: limit - 1].rstrip() + "…")


def safe_text(text: str, limit: int = 200_000) -> SafeText:
    """Text of several lines: newlines stay, tabs become spaces, a cut at `limit` says so."""
    cut = len(text) > limit
    text = text[: limit + 4096] if cut else text
    if not _PLAIN_TEXT.fullmatch(text):
        text = _clean(_BREAKS.sub("\n", _ESCAPES.sub("", text)).expandtabs(8), _DROP)
    if cut or len(text) > limit:
        note = "\n[The rest is cut off here: this text is very long.]"[:limit]
        text = text[: limit - len(note)] + note
    return SafeText(text)


def steady_text(text: str) -> SafeText:
    """Text of several lines as it is drawn: without the marks in emoji that have no sure width.

    The heart, the thumb and all four of a family stay. Whether they have a colour or are one
    picture is where terminals differ, and with it where the line ends.
    """
    safe = safe_text(text)
    return safe if safe.isascii() else SafeText(_UNSTEADY.sub("", safe))


def _clean(text: str, drop: re.Pattern[str]) -> str:
    text = _SPACES.sub(" ", drop.sub("", _SURROGATE.sub("\ufffd", text)))
    return _MARK_FLOOD.sub(r"\1", _IDLE_JOINERS.sub("", text))


def safe_filename(name: str) -> str:
    """A file name that stays in its folder: base name, at most 120 bytes, suffix kept.

    Never empty, hidden, or an option; case and script of the letters stay.
    """
    base = safe_line(name.replace("\\", "/"), 1000).rstrip("/. ").rpartition("/")[2]
    base = _NOT_IN_NAMES.sub("_", base).strip(" ").lstrip(".-~ ")
    stem, dot, suffix = base.rpartition(".")
    if not stem or len(suffix.encode()) > 20:
        stem, dot, suffix = base, "", ""
    room = _NAME_BYTES - len((dot + suffix).encode())
    stem = stem.encode()[:room].decode(errors="ignore").rstrip(" .")
    if _DEVICE.fullmatch(stem.partition(".")[0].strip()):
        stem = f"_{stem}"
    return f"{stem}{dot}{suffix}" if stem else "attachment"
