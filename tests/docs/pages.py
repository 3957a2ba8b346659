"""The written pages as the tests read them."""

import re
from pathlib import Path
from textwrap import dedent

from tests.rules.source import ROOT

DOCS = ROOT / "docs"
PAGES = (ROOT / "README.md", *sorted(DOCS.rglob("*.md")))

# Also in a list, where it is indented.
_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def page(name: str) -> str:
    """The text of `docs/NAME`."""
    return (DOCS / name).read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of a page in that language, as they are pasted."""
    return [dedent(body) for _, kind, body in _FENCE.findall(text) if kind == language]


def prose(text: str) -> str:
    """A page without its fenced blocks and without code in a line."""
    return re.sub(r"`[^`\n]*`", "", _FENCE.sub("", text))


def section(text: str, heading: str) -> str:
    """What stands between a heading and the next one of any level."""
    lines = text.split("\n")
    heads = [at for at, line in enumerate(_outside(lines)) if re.match(r"#+ ", line)]
    start = next(at for at in heads if lines[at].lstrip("# ") == heading)
    return "\n".join(lines[start + 1 : next((at for at in heads if at > start), len(lines))])


def _outside(lines: list[str]) -> list[str]:
    """The lines with those of fenced blocks made empty: a comment there is no heading."""
    inside, found = False, []
    for line in lines:
        is_fence = line.lstrip().startswith("```")
        inside ^= is_fence
        found.append("" if inside or is_fence else line)
    return found


def rows(text: str) -> list[list[str]]:
    """The cells of each row of the tables in a text, without heads; `\\|` is no border."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[c.strip() for c in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    rules = [at for at, row in enumerate(cells) if all(set(c) <= {"-"} and c for c in row)]
    heads = {at - 1 for at in rules}
    return [row for at, row in enumerate(cells) if at not in heads and at not in rules]


def words_in_code(text: str) -> list[str]:
    """What stands in back-ticks, in order."""
    return re.findall(r"`([^`\n]+)`", text)


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    text = _FENCE.sub("", path.read_text(encoding="utf-8"))
    return {_anchor(heading) for heading in _HEADING.findall(text)}


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
