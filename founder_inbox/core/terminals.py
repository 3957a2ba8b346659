"""What is known of terminals: colours, the width of emoji, and keys that don't arrive."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from founder_inbox.core.checks import Check, State

SMALLEST = (60, 15)
_NAME = "terminal"
# Who takes which key away before we see it, by a variable in the environment and its value.
_KEYS: tuple[tuple[str, str, str, str], ...] = (
    (
        "TMUX", "",
        "tmux keeps its prefix for itself, ctrl+b as a rule, and may wait after escape",
        "In ~/.tmux.conf: set -sg escape-time 10. Pressed twice, the prefix comes through.",
    ),
    (
        "STY", "",
        "screen keeps ctrl+a for itself",
        "Press ctrl+a, then a, or choose another prefix with: escape ^Oo in ~/.screenrc.",
    ),
    (
        "TERM_PROGRAM", "Apple_Terminal",
        "alt keys write letters here",
        "Settings, Profiles, Keyboard: Use Option as Meta key.",
    ),
    (
        "TERM_PROGRAM", "vscode",
        "the editor around this terminal takes ctrl+p and others",
        "Use : instead of ctrl+p, or set terminal.integrated.sendKeybindingsToShell.",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Terminal:
    """What was found out. `emoji_cells`: how wide one emoji was drawn, None where nobody knows."""

    encoding: str
    columns: int
    lines: int
    environment: Mapping[str, str]
    emoji_cells: int | None = None


def look_at_terminal(found: Terminal) -> Iterator[Check]:
    """One check of how it shows mail, and a note for everything that is in the way."""
    notes = [note for note in (_encoding(found), _size(found), _emoji(found)) if note is not None]
    notes += _keys(found.environment)
    if not any(note.name == _NAME for note in notes):
        size = f"{found.columns} x {found.lines}, {found.encoding}"
        yield Check(_NAME, State.OK, f"{size}, {_colours(found.environment)}")
    yield from notes


def _encoding(found: Terminal) -> Check | None:
    if found.encoding.replace("-", "").lower() == "utf8":
        return None
    return Check(
        _NAME,
        State.NOTE,
        f"its encoding is {found.encoding}, so some letters become question marks",
        "Set LANG to a UTF-8 locale, such as en_US.UTF-8.",
    )


def _size(found: Terminal) -> Check | None:
    if found.columns >= SMALLEST[0] and found.lines >= SMALLEST[1]:
        return None
    return Check(
        _NAME,
        State.NOTE,
        f"{found.columns} x {found.lines} is too small for the app",
        f"Make it {SMALLEST[0]} x {SMALLEST[1]} or larger.",
    )


def _emoji(found: Terminal) -> Check | None:
    if found.emoji_cells in {None, 2}:
        return None
    return Check(
        "emoji",
        State.NOTE,
        f"one is drawn {found.emoji_cells} wide instead of 2, so lines with some may shift",
        "A newer terminal or another font mends it; nothing is lost.",
    )


def _keys(environment: Mapping[str, str]) -> Iterator[Check]:
    for name, value, words, advice in _KEYS:
        given = environment.get(name, "")
        if given and value in {"", given}:
            yield Check("keys", State.NOTE, words, advice)


def _colours(environment: Mapping[str, str]) -> str:
    if environment.get("NO_COLOR"):
        return "no colours, as NO_COLOR says"
    if environment.get("COLORTERM", "") in {"truecolor", "24bit"}:
        return "16 million colours"
    term = environment.get("TERM", "")
    if term in {"", "dumb"}:
        return "no colours"
    return "256 colours" if "256" in term or "direct" in term else "few colours"
