"""Files that come with the program, and the founder's own in their place."""

from importlib.resources import files
from pathlib import Path

from founder_inbox.errors import ConfigError

SYNONYMS = "synonyms.toml"


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


def read_tone_rules() -> dict[str, str]:
    """The tone rules that ship, file name to text."""
    return {name: text for name, text in _shipped_tone().items() if name != SYNONYMS}


def read_post_mortem_rules() -> dict[str, str]:
    """What a post-mortem must not say, file name to text."""
    place = files("founder_inbox") / "core" / "outage"
    return {
        f"{language}-post-mortem.toml": (place / f"{language}.toml").read_text(encoding="utf-8")
        for language in ("en", "de")
    }


def read_own_tone(own: Path) -> dict[str, str]:
    """The founder's own tone rules, `tone/*.toml` beside the configuration, path to text."""
    if not own.is_dir():
        return {}
    return {str(path): _read(path) for path in sorted(own.glob("*.toml")) if path.name != SYNONYMS}


def read_synonyms(own: Path) -> dict[str, str]:
    """The words for the same thing: the shipped ones, then the founder's."""
    texts = {SYNONYMS: _shipped_tone()[SYNONYMS]}
    path = own / SYNONYMS
    return texts | {str(path): _read(path)} if path.is_file() else texts


def _shipped_tone() -> dict[str, str]:
    entries = sorted((files("founder_inbox") / "tone").iterdir(), key=lambda entry: entry.name)
    return {e.name: e.read_text(encoding="utf-8") for e in entries if e.name.endswith(".toml")}


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


def read_faq(own: Path) -> dict[str, str]:
    """The founder's FAQ articles by file name. Raises ConfigError for what can't be read."""
    if not own.is_dir():
        return {}
    return {path.name: _read(path) for path in sorted(own.glob("*.md"))}


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} can't be read: {error}.") from error
