"""The servers once more, step by step as at the first setup."""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TypeVar

from founder_inbox.app.logins import open_imap, open_smtp, server_of, submission_of
from founder_inbox.app.setup.finish import note_to_oneself
from founder_inbox.app.setup.trial import Candidate, try_servers
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.checks import Check, State
from founder_inbox.core.display import safe_line
from founder_inbox.core.setup.providers import provider_of_host
from founder_inbox.core.setup.steps import Step
from founder_inbox.errors import FounderInboxError, ServerUnreachable

DEADLINE = 25.0
MAIL_DEADLINE = 70.0
T = TypeVar("T")


def look_at_servers(
    ws: Workspace, now: Callable[[], datetime], *, mail: bool = False
) -> Iterator[Check]:
    """Each step of the trial; with `mail` also one to oneself and back."""
    try:
        # The passwords first and here: a command may ask the founder something.
        imap, submission = server_of(ws), submission_of(ws)
        account = ws.config.account
        note = note_to_oneself(account.address, account.name, now()) if mail else None
    except FounderInboxError as error:
        yield Check("login", State.FAILED, safe_line(str(error), 1_000), "", error.exit_code)
        return
    candidate = Candidate(
        imap,
        submission,
        provider_of_host(imap.host),
        note,
        (lambda: open_imap(ws)) if imap.is_token else None,
        (lambda: open_smtp(ws)) if submission.is_token else None,
    )
    steps = try_servers(candidate, now)
    while True:
        try:
            check = in_time(lambda: next(steps, None), imap.host, mail=mail)
        except FounderInboxError as error:
            words = safe_line(str(error), 1_000)
            yield Check(Step.LOGIN, State.FAILED, words, "", error.exit_code)
            return
        if check is None:
            return
        yield check


def in_time(work: Callable[[], T], host: str, *, mail: bool = False) -> T:
    """Do network work in a thread; give up after the deadline, whatever the server does.

    Raises what the work raises, and ServerUnreachable at the deadline.
    """
    done: list[T] = []
    failed: list[FounderInboxError] = []

    def run() -> None:
        try:
            done.append(work())
        except FounderInboxError as error:
            failed.append(error)

    seconds = MAIL_DEADLINE if mail else DEADLINE
    worker = threading.Thread(target=run, daemon=True)
    worker.start()
    worker.join(seconds)
    if failed:
        raise failed[0]
    if not done:
        raise ServerUnreachable(f"{host} took longer than {seconds:.0f} seconds to answer.")
    return done[0]
