"""Files that come with the program, and the founder's own in their place."""

from importlib.resources import files
from pathlib import Path

from founder_inbox.errors import ConfigError


def read_lane_rules(own: Path) -> str:
    """The founder's lane rules if that file exists, else the ones that ship."""
    if own.is_file():
        return _read(own)
    return (files("founder_inbox") / "core" / "lanes" / "lanes.toml").read_text(encoding="utf-8")


def read_lane_weights() -> str:
    """The weights of the small model that helps the rules."""
    return (files("founder_inbox") / "core" / "lanes" / "weights.txt").read_text(encoding="utf-8")


def read_tone(table: str) -> str:
    """One of the tables of words: "harsh", "heat", "praise"."""
    return (files("founder_inbox") / "core" / "tone" / f"{table}.toml").read_text(encoding="utf-8")


def read_replies(own: Path) -> dict[str, str]:
    """Canned replies by file name: the shipped ones, then the founder's, which win by name."""
    shipped = files("founder_inbox") / "replies"
    texts = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in sorted(shipped.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".md")
    }
    if own.is_dir():
        texts |= {path.name: _read(path) for path in sorted(own.glob("*.md"))}
    return texts


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} can't be read: {error}.") from error
