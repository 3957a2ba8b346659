"""A report that can be shown to anybody: how things stand, without whom they are about."""

import re
from collections.abc import Iterable, Mapping, Sequence

from founder_inbox.core.checks import Check

_ADDRESS = re.compile(r"[^\s@<>\"“”=:()]{1,64}@[^\s@<>\"“”',;:)]{1,255}")
_QUOTED = re.compile(r"“[^”]{0,500}”")
_TICKET = re.compile(r"#[0-9a-hjkmnp-tv-z]{7,51}\b")
_PATH = re.compile(r"(?<![\w.:/])~?/(?:[^\s/:,;]+/?)+")
_NUMBER_HOST = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")
_HOST = re.compile(r"\b(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}\b", re.IGNORECASE)
_OURS = frozenset({"config.toml", "inbox.db"})


def redact(text: str, known: Mapping[str, str]) -> str:
    """The text without people, servers, paths and subjects; `known` names some with their word.

    Longer names go first, so that none is left in pieces.
    """
    text = _ADDRESS.sub("<address>", text)
    for name in sorted((n for n in known if n.strip()), key=len, reverse=True):
        # What lies below a known folder is no more for others than the folder itself.
        below = r"(?:/[^\s:,;]*)?" if name.startswith("/") else ""
        whole = rf"(?<!\w){re.escape(name)}(?!\w){below}"
        text = re.sub(whole, f"<{known[name]}>", text, flags=re.IGNORECASE)
    text = _QUOTED.sub("“…”", text)
    text = _TICKET.sub("#…", text)
    text = _PATH.sub("<path>", text)
    text = _NUMBER_HOST.sub("<host>", text)
    return _HOST.sub(lambda found: found[0] if found[0].lower() in _OURS else "<host>", text)


def write_report(
    facts: Sequence[tuple[str, str]], checks: Iterable[Check], known: Mapping[str, str]
) -> str:
    """Facts that are about nobody, then each check with its words redacted."""
    lines = ["founder-inbox doctor --report", ""]
    lines += [f"{name}: {value}" for name, value in facts]
    lines.append("")
    for check in checks:
        code = f" ({check.code})" if check.code else ""
        words = redact(check.words, {**known, **dict.fromkeys(check.names, "machine")})
        lines.append(f"{check.state.value:<6} {check.name}{code}: {words}")
    return "\n".join(lines)
