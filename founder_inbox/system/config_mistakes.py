"""What is said about a mistake in the configuration: the line, what is allowed, what is near."""

import difflib
import re

from founder_inbox.errors import ConfigError


def password_written_down(where: str, text: str, path: str) -> ConfigError:
    """A password stands in the file; `path` is section and key, `where` names the file."""
    return ConfigError(
        f"{at(where, text, path)}: a password doesn't belong in this file. Remove the line, then "
        "either set password_command, or store it in the keyring: "
        "python -m keyring set founder-inbox USERNAME"
    )


def unknown(where: str, text: str, path: str, allowed: list[str], shown: str) -> ConfigError:
    """A key or section that there is not, with the nearest of the `allowed`."""
    near = difflib.get_close_matches(path.rpartition(".")[2], allowed, n=1, cutoff=0.5)
    hint = f" Did you mean {near[0]}?" if near else ""
    return ConfigError(
        f"{at(where, text, path)}: unknown key {shown}.{hint} Allowed: {', '.join(allowed)}."
    )


def wrong(where: str, text: str, path: str, what: str) -> ConfigError:
    """A value that can't be, and why."""
    return ConfigError(f"{at(where, text, path)}, {path}: {what}.")


def explain(message: str, text: str, where: str) -> str:
    """Turn msgspec's "Expected `int`, got `str` - at `$.imap.port`" into our sentence."""
    what, _, place = message.partition(" - at ")
    path = re.sub(r"\[[^\]]*\]", "", place.strip("` ").removeprefix("$").lstrip("."))
    missing = re.search(r"missing required field `(\w+)`", what)
    if missing:
        path = f"{path}.{missing[1]}".strip(".")
        return f"{where}: {path} is missing; it has to be set."
    what = what.replace("`", "").replace("str", "text").replace("int,", "a whole number,")
    near = _nearest_value(what, path, text)
    return f"{at(where, text, path)}, {path}: {what}.{near}"


_CHOICES = {
    "security": ["tls", "starttls", "none"],
    "enforcement": ["firm", "strict"],
    "archive": ["never", "done"],
    "format": ["plain", "both"],
    "provider": ["microsoft", "google"],
}


def _nearest_value(what: str, path: str, _text: str) -> str:
    key = path.rpartition(".")[2]
    if key not in _CHOICES:
        return ""
    given = re.search(r"value '([^']*)'", what)
    near = difflib.get_close_matches(given[1] if given else "", _CHOICES[key], n=1, cutoff=0.4)
    hint = f" Did you mean {near[0]}?" if near else ""
    return f"{hint} Allowed: {', '.join(_CHOICES[key])}."


def at(where: str, text: str, path: str) -> str:
    """`config.toml, line 12`, found by section and key."""
    section, _, key = path.rpartition(".")
    current = ""
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[+\s*([\w.]+)\s*\]+", line)
        if header:
            current = header[1]
            if not section and current == key:
                return f"{where}, line {number}"
        elif current == section and re.match(rf"\s*{re.escape(key)}\s*=", line):
            return f"{where}, line {number}"
    return where
