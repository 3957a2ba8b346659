"""Is everything right? One record for each thing looked at, with what to do about it."""

from collections.abc import Iterator
from datetime import datetime

from founder_inbox.app.health.machine import look_at_machine
from founder_inbox.app.health.servers import look_at_servers
from founder_inbox.app.health.shared import look_at_forgotten, look_at_shared
from founder_inbox.app.reading.parser import ParserUnavailable
from founder_inbox.app.sending.canned import load_replies
from founder_inbox.app.syncing.junk import known_in_junk
from founder_inbox.app.workspace import Workspace, locate, open_workspace
from founder_inbox.core.checks import Check, State
from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.schedule import next_window, window_at
from founder_inbox.core.hours.time_words import counted, describe_opening
from founder_inbox.core.sync.junk import junk_words
from founder_inbox.errors import FounderInboxError
from founder_inbox.store.actions import untold_actions
from founder_inbox.store.health import integrity
from founder_inbox.store.mailboxes import all_mailboxes
from founder_inbox.store.outbox import live_items
from founder_inbox.store.unreadable import all_unreadable, count_waiting
from founder_inbox.system import clock

_DAMAGED = 73
_SHOWN = 5


def examine(given: str | None, now: datetime, *, mail: bool = False) -> Iterator[Check]:
    """Look at everything, the quick things first; each check comes when it is done.

    With `mail` one goes to the founder's own address and back.
    """
    try:
        _, paths = locate(given)
    except FounderInboxError as error:
        yield _failed("config", error, "Mend that line; nothing else was looked at.")
        return
    yield Check("config", State.OK, f"{paths.config} is read")
    try:
        with open_workspace(given) as ws:
            yield from _at_home(ws, now)
            yield from look_at_servers(ws, clock.now, mail=mail)
    except FounderInboxError as error:
        yield _failed("data", error, "")


def _at_home(ws: Workspace, now: datetime) -> Iterator[Check]:
    yield _database(ws)
    yield _hours(ws, now)
    yield _replies(ws)
    yield _teammate(ws)
    yield from look_at_machine(ws, now)
    yield _outbox(ws)
    yield from _untold(ws, now)
    yield _reader(ws)
    yield from _mailboxes(ws)
    yield from look_at_shared(ws)
    yield from look_at_forgotten(ws)
    yield from _junk(ws)


def _database(ws: Workspace) -> Check:
    wrong = integrity(ws.store)
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
    if ws.config.level == 2:
        if ws.config.teammates:
            return Check("teammate", State.OK, "this is level two")
        return Check(
            "teammate",
            State.NOTE,
            "level two does not know whose mail is a teammate's",
            "Copy [[teammates]] from level one's configuration, yourself among them.",
        )
    if ws.teammate is None:
        return Check(
            "teammate",
            State.NOTE,
            "nobody to hand off to",
            "Add [[teammates]] with a name and an address.",
        )
    return Check("teammate", State.OK, f"one key hands off to {ws.teammate.name}")


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


def _failed(name: str, error: FounderInboxError, advice: str) -> Check:
    return Check(name, State.FAILED, safe_line(str(error), 1_000), advice, error.exit_code)
