"""Files written into the text itself, as before MIME: uuencode and yEnc. Named, not shown."""

import binascii
import re
from dataclasses import dataclass

from founder_inbox.core.display import safe_filename

_UU_BEGIN = re.compile(r"begin [0-7]{3,4} ([^\n]{0,200})$")
_UU_LINE = re.compile(r"[ -`]{1,61}[ -`]{0,5}$")
_YENC_BEGIN = re.compile(r"=ybegin .{0,200}?name=([^\n]{1,200})$")
_SHORTEST = 1
_LONG = 20  # lines of a block whose end was cut off with the text


@dataclass(frozen=True, slots=True)
class InlineFile:
    """A file in a text: its safe name, its size in bytes, and its lines without first and last.

    Of a yEnc file there are no lines: its bytes don't survive being read as text.
    """

    name: str
    size: int
    lines: tuple[str, ...]

    def data(self) -> bytes:
        """The file's bytes; lines that are broken are left out."""
        out = []
        for line in self.lines:
            try:
                out.append(binascii.a2b_uu(line))
            except (binascii.Error, ValueError):
                # Some encoders count wrong; what the line says it holds is right.
                wanted = ((ord(line[0]) - 32 & 63) * 4 + 5) // 3
                try:
                    out.append(binascii.a2b_uu(line[:wanted]))
                except (binascii.Error, ValueError):
                    continue
        return b"".join(out)


def decode_uu(body: bytes) -> bytes:
    """The bytes of a body in uuencode; the body itself where no file begins in it."""
    text = body.decode("latin-1").replace("\r\n", "\n")
    begin = re.search(r"^begin [0-7]{3,4} .{0,200}\n", text, re.MULTILINE)
    if not begin:
        return body
    inside = text[begin.end() :].partition("\nend")[0]
    return InlineFile("", 0, tuple(inside.split("\n"))).data()


def name_inline_files(text: str, *, cut: bool = False) -> tuple[str, tuple[InlineFile, ...]]:
    """The text with each file's lines replaced by its name, and the files.

    Only a whole block counts: for uuencode "begin", lines of its alphabet, "end". `cut`: the text
    is the beginning of a longer one, so a block may lack its end.
    """
    if "begin" not in text:
        return text, ()
    lines = text.split("\n")
    out: list[str] = []
    files: list[InlineFile] = []
    i = 0
    last = max((j for j, line in enumerate(lines) if line.startswith("=yend")), default=0)
    while i < len(lines):
        name, end, inside = _block(lines, i, last, cut=cut)
        if end:
            name = safe_filename(name)
            out.append(f"[File in the text: {name}]")
            files.append(InlineFile(name, sum(map(_length, inside)), inside))
            i = end
        else:
            out.append(lines[i])
            i += 1
    return "\n".join(out), tuple(files)


def _length(line: str) -> int:
    return (ord(line[0]) - 32) & 63 if line else 0


def _block(lines: list[str], i: int, last: int, *, cut: bool) -> tuple[str, int, tuple[str, ...]]:
    """A file's name, where its lines end (0 where no file begins at `i`), and its lines.

    `last`: the last line that ends a yEnc block.
    """
    if match := _YENC_BEGIN.match(lines[i]):
        end = next((j for j in range(i + 1, last + 1) if lines[j].startswith("=yend")), None)
        return (match[1].strip(), end + 1, ()) if end else ("", 0, ())
    match = _UU_BEGIN.match(lines[i].rstrip())
    if not match:
        return "", 0, ()
    for j in range(i + 1, len(lines)):
        line = lines[j].rstrip("\r")
        if line == "end":
            inside = tuple(x.rstrip("\r") for x in lines[i + 1 : j])
            return (match[1].strip(), j + 1, inside) if j - i > _SHORTEST else ("", 0, ())
        if not _UU_LINE.match(line) and line:
            # The last line of a text that was cut may be half a line.
            broken = j < len(lines) - 1
            return ("", 0, ()) if broken or not cut else _cut_off(lines, i, match[1])
    return _cut_off(lines, i, match[1]) if cut else ("", 0, ())


def _cut_off(lines: list[str], i: int, name: str) -> tuple[str, int, tuple[str, ...]]:
    if len(lines) - i < _LONG:
        return "", 0, ()
    return name.strip(), len(lines), tuple(x.rstrip("\r") for x in lines[i + 1 :])
