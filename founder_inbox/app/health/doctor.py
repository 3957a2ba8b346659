"""Is everything right? One record for each thing looked at, with what to do about it."""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TypeVar

from founder_inbox.app.logins import server_of, submission_of
from founder_inbox.app.reading.parser import ParserUnavailable
from founder_inbox.app.sending.canned import load_replies
from founder_inbox.app.syncing.junk import known_in_junk
from founder_inbox.app.workspace import Workspace, locate, open_workspace
from founder_inbox.core.checks import Check, State
from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.schedule import next_window, window_at
from founder_inbox.core.hours.time_words import counted, describe_opening
from founder_inbox.core.sync.junk import junk_words
from founder_inbox.errors import FounderInboxError, ServerUnreachable
from founder_inbox.mail import smtp
from founder_inbox.mail.imap import ImapServer, ImapSession
from founder_inbox.store.actions import untold_actions
from founder_inbox.store.health import newest_arrival, quick_check
from founder_inbox.store.mailboxes import all_mailboxes
from founder_inbox.store.outbox import live_items
from founder_inbox.store.unreadable import all_unreadable, count_waiting

DEADLINE = 25.0
_WANTED = ("CONDSTORE", "IDLE", "MOVE", "UIDPLUS")
_CLOCKS_APART = timedelta(minutes=2)
_DAMAGED = 73
_SHOWN = 5
_SMALLEST = (60, 15)
T = TypeVar("T")


def examine(given: str | None, now: datetime) -> Iterator[Check]:
    """Look at everything, the quick things first; each check comes when it is done."""
    try:
        _, paths = locate(given)
    except FounderInboxError as error:
        yield _failed("config", error, "Mend that line; nothing else was looked at.")
        return
    yield Check("config", State.OK, f"{paths.config} is read")
    try:
        with open_workspace(given) as ws:
            yield from _at_home(ws, now)
            yield from _imap(ws)
            yield _smtp(ws)
    except FounderInboxError as error:
        yield _failed("data", error, "")


def terminal(encoding: str, columns: int, lines: int) -> Check:
    """Whether the terminal can show mail: its encoding, and its size in cells."""
    if encoding.replace("-", "").lower() != "utf8":
        return Check(
            "terminal",
            State.NOTE,
            f"its encoding is {encoding}, so some letters become question marks",
            "Set LANG to a UTF-8 locale, such as en_US.UTF-8.",
        )
    if columns < _SMALLEST[0] or lines < _SMALLEST[1]:
        return Check(
            "terminal",
            State.NOTE,
            f"{columns} x {lines} is too small for the app",
            f"Make it {_SMALLEST[0]} x {_SMALLEST[1]} or larger.",
        )
    return Check("terminal", State.OK, f"{columns} x {lines}, {encoding}")


def _at_home(ws: Workspace, now: datetime) -> Iterator[Check]:
    yield _database(ws)
    yield _hours(ws, now)
    yield _replies(ws)
    yield _teammate(ws)
    yield _clock(ws, now)
    yield _outbox(ws)
    yield from _untold(ws, now)
    yield _reader(ws)
    yield from _mailboxes(ws)
    yield from _junk(ws)


def _database(ws: Workspace) -> Check:
    wrong = quick_check(ws.store)
    if wrong:
        return Check(
            "data",
            State.FAILED,
            f"{ws.paths.database} is damaged: {safe_line(wrong)}",
            "Your mail is safe on the server. Move the file aside and sync again.",
            _DAMAGED,
        )
    return Check("data", State.OK, f"{ws.paths.database} is sound")


def _hours(ws: Workspace, now: datetime) -> Check:
    if window_at(ws.hours, now):
        return Check("hours", State.OK, "support is open now")
    opening = next_window(ws.hours, now)
    if opening is None:
        return Check("hours", State.FAILED, "no opening lies ahead", "Add windows to [hours].", 78)
    return Check("hours", State.OK, f"next: {describe_opening(opening, now, ws.hours.zone)}")


def _replies(ws: Workspace) -> Check:
    try:
        count = len(load_replies(ws))
    except FounderInboxError as error:
        return _failed("replies", error, "Mend that line in your own replies folder.")
    return Check("replies", State.OK, f"{count} canned replies are readable")


def _teammate(ws: Workspace) -> Check:
    if ws.teammate is None:
        return Check(
            "teammate",
            State.NOTE,
            "nobody to hand off to",
            "Add [[teammates]] with a name and an address.",
        )
    return Check("teammate", State.OK, f"one key hands off to {ws.teammate.name}")


def _clock(ws: Workspace, now: datetime) -> Check:
    """The server stamps arrivals with its own clock: one in our future means ours is slow."""
    newest = newest_arrival(ws.store)
    if newest is not None and newest - now > _CLOCKS_APART:
        minutes = round((newest - now).total_seconds() / 60)
        return Check(
            "clock",
            State.NOTE,
            f"the newest mail arrived {counted(minutes, 'minute')} from now by the server's clock",
            "Let this machine set its clock by the network: your hours go by it.",
        )
    return Check("clock", State.OK, "no mail comes from the future")


def _outbox(ws: Workspace) -> Check:
    stuck = [item for item in live_items(ws.store) if item.state in {"failed", "uncertain"}]
    if stuck:
        return Check(
            "outbox",
            State.FAILED,
            f"{counted(len(stuck), 'mail')} not sent: {safe_line(stuck[0].answer or '', 200)}",
            "founder-inbox outbox shows them; retry or cancel each.",
            1,
        )
    return Check("outbox", State.OK, "nothing is stuck")


def _untold(ws: Workspace, now: datetime) -> Iterator[Check]:
    """What the server would not do: it is so here, and other mail programs show it differently."""
    untold = untold_actions(ws.store, now)
    for act in untold[:_SHOWN]:
        what = safe_line(" ".join([act.kind, act.target]).strip(), 30)
        about = f" of “{safe_line(act.subject, 60)}”" if act.subject else ""
        yield Check(
            "server",
            State.NOTE,
            f"it would not do this: {what}{about}. {safe_line(act.answer, 200)}",
            "Here it is as you wanted it; ask once more with: founder-inbox sync --full",
        )
    if len(untold) > _SHOWN:
        more = counted(len(untold) - _SHOWN, "change")
        yield Check("server", State.NOTE, f"it would not take {more} more")


def _reader(ws: Workspace) -> Check:
    try:
        ws.parser.prove()
    except ParserUnavailable as error:
        waiting = counted(count_waiting(ws.store), "mail")
        return Check("reader", State.FAILED, f"{error} ({waiting} waiting)", code=error.exit_code)
    unread = all_unreadable(ws.store)
    if not unread:
        return Check("reader", State.OK, "every mail could be read")
    tickets = ", ".join(f"#{id_}" for id_ in dict.fromkeys(mail.ticket for mail in unread[:5]))
    return Check(
        "reader",
        State.NOTE,
        f"{counted(len(unread), 'mail')} could not be read, last because {unread[0].reason}",
        f"They are kept, and read again with a newer version. Until then they show the beginning "
        f"of their source ({tickets}); another mail program may show all of it.",
    )


def _mailboxes(ws: Workspace) -> Iterator[Check]:
    for mailbox in all_mailboxes(ws.store):
        if mailbox.trouble:
            yield Check(
                "mailbox",
                State.FAILED,
                f"{safe_line(mailbox.name)}: {safe_line(mailbox.trouble, 500)}",
                "If that is right, run: founder-inbox sync --full",
                1,
            )


def _junk(ws: Workspace) -> Iterator[Check]:
    if known := known_in_junk(ws):
        words = junk_words(len(known)).partition(":")[0]
        yield Check("junk", State.NOTE, words, "founder-inbox rescue shows and brings them.")


def _imap(ws: Workspace) -> Iterator[Check]:
    try:
        # The password first and here: its command may ask the founder something.
        server = server_of(ws)
        able, roles = _in_time(lambda: _look_around(server), server.host)
    except FounderInboxError as error:
        yield _failed("imap", error, "")
        return
    missing = [name for name in _WANTED if name not in able]
    words = f"{server.host} lets {server.username} in"
    if missing:
        lacks = f"{words}, without {', '.join(missing)}"
        yield Check("imap", State.NOTE, lacks, "It works; syncing takes a little longer.")
    else:
        yield Check("imap", State.OK, words)
    if "sent" not in roles:
        yield Check(
            "sent mailbox",
            State.NOTE,
            "there is none",
            "Make a mailbox named Sent, so that your replies are kept on the server.",
        )
    else:
        yield Check("sent mailbox", State.OK, safe_line(roles["sent"]))


def _look_around(server: ImapServer) -> tuple[frozenset[str], dict[str, str]]:
    session = ImapSession(server)
    try:
        return frozenset(name for name in _WANTED if session.can(name)), session.roles()
    finally:
        session.close()


def _smtp(ws: Workspace) -> Check:
    try:
        submission = submission_of(ws)
        _in_time(lambda: smtp.leave(smtp.connect(submission)), submission.host)
    except FounderInboxError as error:
        return _failed("smtp", error, "")
    return Check("smtp", State.OK, f"{submission.host} takes mail from {submission.username}")


def _in_time(work: Callable[[], T], host: str) -> T:
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

    worker = threading.Thread(target=run, daemon=True)
    worker.start()
    worker.join(DEADLINE)
    if failed:
        raise failed[0]
    if not done:
        raise ServerUnreachable(f"{host} took longer than {DEADLINE:.0f} seconds to answer.")
    return done[0]


def _failed(name: str, error: FounderInboxError, advice: str) -> Check:
    return Check(name, State.FAILED, safe_line(str(error), 1_000), advice, error.exit_code)
