"""What the server has to be told: flags, moves, the Sent copy. Every act may be repeated."""

from collections.abc import Callable
from datetime import datetime, timedelta

from founder_inbox.app.send import confirm_sent
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.sync.providers import files_sent_mail
from founder_inbox.core.tickets.outbox import OutboxState
from founder_inbox.mail.imap import ImapSession, ServerRefused
from founder_inbox.store import actions, outbox
from founder_inbox.store.actions import Action, Place

_FLAGS = {
    "seen": (b"\\Seen", True),
    "answered": (b"\\Answered", True),
    "flagged": (b"\\Flagged", True),
    "unflagged": (b"\\Flagged", False),
}
RETRY_AFTER = timedelta(minutes=2)
# Where the search for a Message-ID finds nothing, the newest mails are looked at one by one.
NEWEST = 50
Now = Callable[[], datetime]


def push_actions(ws: Workspace, session: ImapSession, roles: dict[str, str], now: Now) -> int:
    """Do what is due, in the order it was asked for; returns how many acts were done.

    Raises ServerUnreachable when the line breaks; what was not done stays in the queue. After a
    refusal the same mail's later acts wait; a server that is too busy is left alone.
    """
    done = 0
    waiting: set[int | None] = set()
    for action in actions.due_actions(ws.store, now()):
        if action.raw is not None and action.raw in waiting:
            continue
        try:
            if action.kind == "append_sent":
                _file_sent_copy(ws, session, roles, action)
            else:
                _tell(ws, session, roles, action, now())
            done += 1
        except ServerRefused as refusal:
            waiting.add(action.raw)
            _put_off(ws, action, refusal, now())
            if refusal.wait:
                break
    return done


def settle_uncertain(ws: Workspace, session: ImapSession, roles: dict[str, str], now: Now) -> int:
    """Look into Sent for mails whose fate is not known; returns how many were found there."""
    found = 0
    sent = roles.get("sent")
    for item in outbox.items_in_state(ws.store, OutboxState.UNCERTAIN) if sent else ():
        try:
            session.open(sent or "")
            is_there = _is_there(session, item.message_id)
        except ServerRefused:
            break  # it is looked for again with the next round
        if is_there:
            confirm_sent(ws, item, now())
            found += 1
    return found


def _put_off(ws: Workspace, action: Action, refusal: ServerRefused, now: datetime) -> None:
    if refusal.final:
        actions.give_up_action(ws.store, action.id, str(refusal))
    else:
        again = now + max(RETRY_AFTER, timedelta(seconds=refusal.wait))
        actions.retry_action(ws.store, action, str(refusal), again)


def _tell(
    ws: Workspace, session: ImapSession, roles: dict[str, str], action: Action, now: datetime
) -> None:
    places = actions.places_of(ws.store, action.raw) if action.raw is not None else []
    if action.kind == "move":
        places = [place for place in places if place.role == "inbox"]
    if not places:
        actions.finish_action(ws.store, action.id, "gone on the server")
        return
    for place in places:
        selected = session.open(place.mailbox, readonly=False)
        if selected.uidvalidity != place.uidvalidity:
            actions.retry_action(ws.store, action, "the mailbox was renumbered", now + RETRY_AFTER)
            return
        if action.kind in _FLAGS:
            flag, on = _FLAGS[action.kind]
            session.set_flag([place.uid], flag, on=on)
        else:
            _move(ws, session, roles, action, place)
    actions.finish_action(ws.store, action.id)


def _move(
    ws: Workspace, session: ImapSession, roles: dict[str, str], action: Action, place: Place
) -> None:
    """Move a mail; where that takes several steps, find out first how far an attempt came."""
    target = roles.get(action.target)
    if target is None:
        return
    if not session.can("MOVE"):
        if action.attempts and _is_copied(ws, session, action, target):
            session.open(place.mailbox, readonly=False)
            session.delete([place.uid])
            return
        session.open(place.mailbox, readonly=False)
        actions.begin_action(ws.store, action.id)
    session.move([place.uid], target)


def _is_copied(ws: Workspace, session: ImapSession, action: Action, target: str) -> bool:
    message_id = actions.message_id_of(ws.store, action.raw or 0)
    session.open(target)
    return bool(message_id) and _is_there(session, message_id)


def _file_sent_copy(
    ws: Workspace, session: ImapSession, roles: dict[str, str], action: Action
) -> None:
    """Look first, append only what is not there, and never where the provider files by itself."""
    item = outbox.outbox_item(ws.store, action.outbox or 0)
    sent = roles.get("sent")
    if item is None or sent is None or files_sent_mail(ws.config.smtp.host):
        actions.finish_action(ws.store, action.id, None if sent else "there is no Sent mailbox")
        return
    session.open(sent, readonly=False)
    if not _is_there(session, item.message_id):
        session.append(sent, item.mime, item.moved_at)
    actions.finish_action(ws.store, action.id)


def _is_there(session: ImapSession, message_id: str) -> bool:
    """Whether a mail lies in the open mailbox; some servers don't find what arrived just now."""
    if session.find_message_id(message_id):
        return True
    newest = session.message_ids(session.uids()[-NEWEST:])
    return message_id in newest.values()
