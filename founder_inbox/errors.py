"""Errors that a person reads: what happened, what it means for the mail, what to do next.

Each class is one situation with one exit code (sysexits, `docs/reference.md`). The sentence is
complete when the error is raised: the edges (command line, screens) only print it.
"""


class FounderInboxError(Exception):
    """The reason a request could not be done, in words for the founder."""

    exit_code = 1


class BadInput(FounderInboxError):
    """A file or text given to a command can't be read (EX_DATAERR)."""

    exit_code = 65


class NotFound(FounderInboxError):
    """No such ticket, file or canned reply (EX_NOINPUT)."""

    exit_code = 66


class ServerUnreachable(FounderInboxError):
    """The mail server does not answer, or the line broke (EX_UNAVAILABLE)."""

    exit_code = 69


class CannotWrite(FounderInboxError):
    """The data folder can't be written (EX_CANTCREAT)."""

    exit_code = 73


class Closed(FounderInboxError):
    """Outside the support hours (EX_TEMPFAIL)."""

    exit_code = 75


class AlreadyRunning(FounderInboxError):
    """Another process holds the lock (EX_TEMPFAIL)."""

    exit_code = 75


class LoginRefused(FounderInboxError):
    """The server refused the name or password (EX_NOPERM)."""

    exit_code = 77


class ConfigError(FounderInboxError):
    """The configuration has a mistake; the sentence names file, key and nearest spelling."""

    exit_code = 78
