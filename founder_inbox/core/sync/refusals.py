"""What a mail server means by NO, BAD and BYE: how long to stay away, and whether to ask again.

Codes from RFC 5530 and RFC 9051, 7.1; sentences as large providers send them.
"""

import re
from dataclasses import dataclass

from founder_inbox.core.display import safe_line

# A server may ask for more; we look in again after this long.
LONGEST_WAIT = 300.0
_SOON, _LATER = 30.0, 120.0
_WAITS = {
    "INUSE": _SOON,
    "SERVERBUG": _SOON,
    "UNAVAILABLE": _LATER,
    "LIMIT": LONGEST_WAIT,
    "THROTTLED": LONGEST_WAIT,
}
_FINAL = frozenset(
    {"ALREADYEXISTS", "CANNOT", "CLIENTBUG", "NONEXISTENT", "NOPERM", "OVERQUOTA", "READ-ONLY"}
)
_LOGIN = frozenset({"AUTHENTICATIONFAILED", "AUTHORIZATIONFAILED", "EXPIRED", "CONTACTADMIN"})
_CODE = re.compile(r"\[([A-Za-z-]{2,30})[\] ]")
_BACK_OFF = re.compile(r"Suggested Backoff Time: (\d{1,9}) milliseconds", re.IGNORECASE)
_BUSY = re.compile(
    r"throttled|too many (?:simultaneous |concurrent )?connections|rate limit|"
    r"maximum number of connections|connection limit|bandwidth limit|too many requests",
    re.IGNORECASE,
)
_WRAPPING = re.compile(r"^(?:[A-Z]{3,12} command error: (?:BAD|NO) |[a-zA-Z]{3,12} failed: )")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A server's no. `wait` is in seconds, 0 where nothing speaks against asking again soon.

    `final`: asking again will bring the same. `login`: it is about name or password.
    """

    words: str
    code: str
    wait: float
    final: bool
    login: bool


def read_refusal(text: str) -> Refusal:
    """Understand a server's answer, with or without what the library wrapped around it."""
    text = text[:2_000]
    found = _CODE.search(text)
    code = found[1].upper() if found else ""
    return Refusal(_words(text), code, _wait(text, code), code in _FINAL, code in _LOGIN)


def _wait(text: str, code: str) -> float:
    if asked := _BACK_OFF.search(text):
        return min(max(int(asked[1]) / 1000, 1.0), LONGEST_WAIT)
    if code in _WAITS:
        return _WAITS[code]
    return LONGEST_WAIT if _BUSY.search(text) else 0.0


def _words(text: str) -> str:
    bare = _WRAPPING.sub("", text).strip()
    if bare.startswith(("[b'", '[b"')):
        bare = bare[3:-2]
    elif bare.startswith(("b'", 'b"')):
        bare = bare[2:-1]
    return safe_line(bare, 200)
