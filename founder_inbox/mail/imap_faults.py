"""The library's exceptions, made into what they mean for the founder's mail."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from imapclient.exceptions import (
    IMAPClientAbortError,
    IMAPClientError,
    IMAPClientReadOnlyError,
    LoginError,
)

from founder_inbox.core.display import safe_line
from founder_inbox.core.sync.refusals import Refusal, read_refusal
from founder_inbox.errors import FounderInboxError, LoginRefused, ServerUnreachable
from founder_inbox.mail.sasl import login_advice

if TYPE_CHECKING:
    from founder_inbox.mail.imap_server import ImapServer

# What the library raises when an answer is not what it expects (measured).
ODD_ANSWERS = (
    OSError, ValueError, RecursionError, IndexError, TypeError, KeyError, AttributeError,
    OverflowError, AssertionError,
)  # fmt: skip


class LineBroken(ServerUnreachable):
    """The connection is of no more use; a new one may be, after `wait` seconds."""

    wait = 0.0


class ServerRefused(ServerUnreachable):
    """The server said no to one command; the connection is as good as before.

    `wait`: seconds to leave it alone. `final`: asking again will bring the same.
    """

    wait = 0.0
    final = False


@contextmanager
def translated(place: str) -> Iterator[None]:
    """Raise LineBroken or ServerRefused for what goes wrong inside. `place` is host:port."""
    try:
        yield
    except IMAPClientReadOnlyError as error:
        raise _refused(place, read_refusal(f"[READ-ONLY] {error}")) from error
    except IMAPClientAbortError as error:
        raise broken(place, error) from error
    except IMAPClientError as error:
        raise _refused(place, read_refusal(str(error))) from error
    except ODD_ANSWERS as error:
        raise broken(place, error) from error


def broken(place: str, error: Exception) -> LineBroken:
    """The line is of no use any more; says why as far as it can be told."""
    refusal = read_refusal(str(error))
    trouble = LineBroken(
        f"{place} (IMAP) does not answer: {_why(error, refusal)}. What is synced stays "
        "readable, what you write waits; it goes on when the server is back."
    )
    trouble.wait = refusal.wait
    return trouble


def refused_login(server: "ImapServer", error: Exception) -> FounderInboxError:
    """A login that came to nothing: refused, put off by a busy server, or cut in the middle."""
    place, password = server.place, server.password
    cause = error.__context__
    if isinstance(cause, IMAPClientAbortError):
        return broken(place, cause)  # the library calls every failure in LOGIN a refusal
    refusal = read_refusal(str(error))
    if isinstance(error, LoginError) and not refusal.wait:
        host = place.rpartition(":")[0]
        words = refusal.words.replace(password, "…") if password else refusal.words
        return LoginRefused(
            f"{host} (IMAP) refused the login of {server.username}. Your mail is "
            f"untouched and what is synced stays readable. {login_advice(server.is_token)}"
            + (f" The server says: {words}" if words else "")
        )
    return broken(place, error)


def _refused(place: str, refusal: Refusal) -> ServerRefused:
    host = place.rpartition(":")[0]
    trouble = ServerRefused(
        f"{host} (IMAP) would not do that: {refusal.words}. Your mail is as it was."
    )
    trouble.wait, trouble.final = refusal.wait, refusal.final
    return trouble


def _why(error: Exception, refusal: Refusal) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({error.verify_message})"
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return refusal.words or safe_line(type(error).__name__, 200)
