"""What a login with an access token says (OAuth2): OAUTHBEARER and XOAUTH2."""

from collections.abc import Callable, Collection

BEARER = "OAUTHBEARER"
XOAUTH2 = "XOAUTH2"
# A refusal comes as a challenge, which has to be answered before the server says no:
# RFC 7628, 3.2.3 wants one separator, Google's and Microsoft's XOAUTH2 an empty line.
_AFTER_REFUSAL = {BEARER: b"\x01", XOAUTH2: b""}


def token_mechanism(offered: Collection[str]) -> str | None:
    """The better of those the server offers (upper case names); None if it takes no token."""
    return next((name for name in (BEARER, XOAUTH2) if name in offered), None)


def token_answers(
    mechanism: str, username: str, token: str, host: str, port: int
) -> Callable[[object], bytes]:
    """Answers for one login, in order: the token, then what ends a refusal."""
    bearer = f"auth=Bearer {token}\x01\x01"
    first = f"user={username}\x01{bearer}"
    if mechanism == BEARER:
        who = username.replace("=", "=3D").replace(",", "=2C")  # RFC 5801, 4
        first = f"n,a={who},\x01host={host}\x01port={port}\x01{bearer}"
    said: list[bytes] = []

    def answer(_challenge: object = None) -> bytes:
        words = _AFTER_REFUSAL[mechanism] if said else first.encode()
        said.append(words)
        return words

    return answer


def login_advice(is_token: bool) -> str:
    """What to look at after a refused login."""
    if is_token:
        return (
            "The access token was refused, also a new one: sign in again with the program that "
            "token_command runs."
        )
    return "Check the password; many providers want an app password here."
