"""Files written into the text itself, as before MIME: uuencode and yEnc. Named, not shown."""

import re

from founder_inbox.core.display import safe_filename

_UU_BEGIN = re.compile(r"begin(?:-base64)? [0-7]{3,4} ([^\n]{0,200})$")
_UU_LINE = re.compile(r"[ -`]{1,61}[ -`]{0,5}$")
_YENC_BEGIN = re.compile(r"=ybegin .{0,200}?name=([^\n]{1,200})$")
_SHORTEST = 1


def name_inline_files(text: str) -> tuple[str, int]:
    """The text with each file's lines replaced by its name, and how many files there were.

    Only a whole block counts: for uuencode "begin", lines of its alphabet, "end".
    """
    if "begin" not in text:
        return text, 0
    lines = text.split("\n")
    out: list[str] = []
    files = i = 0
    last = max((j for j, line in enumerate(lines) if line.startswith("=yend")), default=0)
    while i < len(lines):
        name, end = _block(lines, i, last)
        if end:
            out.append(f"[File in the text: {safe_filename(name)}]")
            files += 1
            i = end
        else:
            out.append(lines[i])
            i += 1
    return "\n".join(out), files


def _block(lines: list[str], i: int, last: int) -> tuple[str, int]:
    """The file's name and where its lines end, 0 where no file begins at `i`.

    `last`: the last line that ends a yEnc block.
    """
    if match := _YENC_BEGIN.match(lines[i]):
        end = next((j for j in range(i + 1, last + 1) if lines[j].startswith("=yend")), None)
        return (match[1].strip(), end + 1) if end else ("", 0)
    match = _UU_BEGIN.match(lines[i].rstrip())
    if not match:
        return "", 0
    for j in range(i + 1, len(lines)):
        line = lines[j].rstrip("\r")
        if line in {"end", "===="}:
            return match[1].strip(), j + 1 if j - i > _SHORTEST else 0
        if not _UU_LINE.match(line) and line:
            break
    return "", 0
