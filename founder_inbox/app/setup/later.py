"""What setup asks later: the support hours and the teammate, added at the end of the config."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

from founder_inbox.core.setup.first_config import hours_text, teammate_text
from founder_inbox.errors import BadInput, CannotWrite
from founder_inbox.system.config import parse_config


def asks_for_hours(path: Path) -> bool:
    """Whether the configuration says nothing yet about the support hours."""
    try:
        return "hours" not in tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return False


def add_hours(path: Path, timezone: str, windows: Sequence[str]) -> None:
    """Write the support hours at the end of the configuration; not a line of it is changed.

    Raises BadInput where there are some, ConfigError for a window that is none, CannotWrite.
    """
    add(path, timezone, windows, None)


def add_teammate(path: Path, name: str, address: str) -> None:
    """Write one more teammate at the end of the configuration. Raises as `add_hours` does."""
    add(path, "", (), (name, address))


def add(
    path: Path, timezone: str, windows: Sequence[str], teammate: tuple[str, str] | None
) -> None:
    """Write hours, where there are some, and a teammate, where there is one: both or neither."""
    sections = []
    if windows:
        if not asks_for_hours(path):
            raise BadInput(
                f"{path} has support hours already, and they stay as they are. Edit them."
            )
        sections.append(hours_text(timezone or "local", windows))
    if teammate:
        sections.append(teammate_text(*teammate))
    if sections:
        _append(path, "\n".join(sections))


def _append(path: Path, section: str) -> None:
    try:
        text = path.read_text(encoding="utf-8-sig")
        gap = "\n" if text.endswith("\n") else "\n\n"
        parse_config(text + gap + section, str(path))
        with path.open("a", encoding="utf-8") as file:
            file.write(gap + section)
    except OSError as error:
        raise CannotWrite(f"{path} can't be written: {error.strerror}. It is as it was.") from error
