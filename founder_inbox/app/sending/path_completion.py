"""Finding a file by typing: what in the file system goes on with a path."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from founder_inbox.core.display import SafeLine, safe_line

MOST_SHOWN = 50
# A folder with more entries is looked at this far.
MOST_LOOKED_AT = 20_000


@dataclass(frozen=True, slots=True)
class PathMatch:
    """A file or folder. `text` is the path as typed so far and on; `size` None for a folder."""

    path: Path
    text: str
    shown: SafeLine
    size: int | None


def complete_path(typed: str, home: Path) -> list[PathMatch]:
    """What goes on with `typed`, by name, files before folders; [] where nothing can be read.

    A relative path begins at `home`. Dotfiles only where a dot is typed. Never raises.
    """
    folder, _, begun = typed.rpartition("/")
    prefix = f"{folder}/" if "/" in typed else ""
    try:
        place = home / Path(prefix or ".").expanduser()
        found = [_match(entry, prefix) for entry in _entries(place, begun)]
    except (OSError, ValueError, RuntimeError):  # RuntimeError: ~nobody has no home
        return []
    found.sort(key=lambda match: (match.size is None, match.shown.casefold()))
    return found[:MOST_SHOWN]


def common_beginning(matches: list[PathMatch]) -> str:
    """As much as all matches share: what the tab key fills in."""
    texts = [match.text for match in matches]
    first, last = min(texts, default=""), max(texts, default="")
    same = (at for at, pair in enumerate(zip(first, last, strict=False)) if len({*pair}) > 1)
    return first[: next(same, min(len(first), len(last)))]


def _entries(place: Path, begun: str) -> list["os.DirEntry[str]"]:
    wanted, kept = begun.casefold(), []
    with os.scandir(place) as entries:
        for number, entry in enumerate(entries):
            if number >= MOST_LOOKED_AT:
                break
            hidden = entry.name.startswith(".") and not begun.startswith(".")
            if not hidden and entry.name.casefold().startswith(wanted):
                kept.append(entry)
    return kept


def _match(entry: "os.DirEntry[str]", prefix: str) -> PathMatch:
    try:
        about = entry.stat()
        size = None if stat.S_ISDIR(about.st_mode) else about.st_size
    except OSError:  # a link that leads nowhere: attaching it says so
        size = 0
    end = "/" if size is None else ""
    text = f"{prefix}{entry.name}{end}"
    return PathMatch(Path(entry.path), text, safe_line(f"{entry.name}{end}", 80), size)
