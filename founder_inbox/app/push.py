"""What the server has to be told: flags, moves, the Sent copy. Every act may be repeated."""

from collections.abc import Callable
from datetime import datetime, timedelta

from founder_inbox.app.send import confirm_sent
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.outbox import OutboxState
from founder_inbox.core.providers import files_sent_mail
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
Now = Callable[[], datetime]


def push_actions(ws: Workspace, session: ImapSession, roles: dict[str, str], now: Now) -> int:
    """Do what is due, in the order it was asked for; returns how many acts were done.

    Raises ServerUnreachable when the line breaks; what was not done stays in the queue.
    """
    done = 0
    for action in actions.due_actions(ws.store, now()):
        try:
            if action.kind == "append_sent":
                _file_sent_copy(ws, session, roles, action)
            else:
                _tell(ws, session, roles, action, now())
            done += 1
        except ServerRefused as refusal:
            actions.retry_action(ws.store, action, str(refusal), now() + RETRY_AFTER)
    return done


def settle_uncertain(ws: Workspace, session: ImapSession, roles: dict[str, str], now: Now) -> int:
    """Look into Sent for mails whose fate is not known; returns how many were found there."""
    found = 0
    sent = roles.get("sent")
    for item in outbox.items_in_state(ws.store, OutboxState.UNCERTAIN) if sent else ():
        session.open(sent or "")
        if session.find_message_id(item.message_id):
            confirm_sent(ws, item, now())
            found += 1
    return found


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
        _do(session, roles, action, place)
    actions.finish_action(ws.store, action.id)


def _do(session: ImapSession, roles: dict[str, str], action: Action, place: Place) -> None:
    if action.kind in _FLAGS:
        flag, on = _FLAGS[action.kind]
        session.set_flag([place.uid], flag, on=on)
    elif target := roles.get(action.target):
        session.move([place.uid], target)


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
    if not session.find_message_id(item.message_id):
        session.append(sent, item.mime, item.moved_at)
    actions.finish_action(ws.store, action.id)
