"""What the server has to be told: flags, moves, the Sent copy. Every act may be repeated."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from founder_inbox.app.sending.send import confirm_sent
from founder_inbox.app.syncing.moving import DONE, GONE, NEWEST, Renumbered, move_mail
from founder_inbox.app.syncing.rescue import bring_back
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.sync.providers import next_look, sent_rule
from founder_inbox.core.tickets.outbox import OutboxState
from founder_inbox.mail.imap import ImapSession, LineBroken, ServerRefused
from founder_inbox.store import actions, outbox
from founder_inbox.store.actions import Action
from founder_inbox.store.junk import RESCUE
from founder_inbox.store.moves import places_of
from founder_inbox.store.settings import get_setting, set_setting

_FLAGS = {
    "seen": (b"\\Seen", True),
    "answered": (b"\\Answered", True),
    "flagged": (b"\\Flagged", True),
    "unflagged": (b"\\Flagged", False),
}
RETRY_AFTER = timedelta(minutes=2)
_YES, _NO = "yes", "no"
LONGEST_RETRY = timedelta(hours=1)
Now = Callable[[], datetime]


class NotYet(Exception):
    """Nothing is wrong, and it is too early to act; `at` is when to look again."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self.at = at


@dataclass(slots=True)
class Pushed:
    """How many acts were done, and sentences about those that the server would not do."""

    done: int = 0
    words: list[str] = field(default_factory=list)


def push_actions(ws: Workspace, session: ImapSession, roles: dict[str, str], now: Now) -> Pushed:
    """Do what is due, in the order it was asked for.

    Raises ServerUnreachable when the line breaks; what was not done stays in the queue. After a
    refusal the same mail's later acts wait; a server that is too busy is left alone.
    """
    pushed = Pushed()
    waiting: set[int | None] = set()
    for action in actions.due_actions(ws.store, now()):
        if action.raw is not None and action.raw in waiting:
            continue
        if not actions.claim_action(ws.store, action.id):
            continue  # it was taken back meanwhile
        try:
            words = _do(ws, session, roles, action, now())
            actions.finish_action(ws.store, action.id, words or None)
            pushed.done += 1
            pushed.words += [words] if words not in {DONE, GONE} else []
        except NotYet as wait:
            actions.wait_until(ws.store, action.id, wait.at)
        except Renumbered:
            waiting.add(action.raw)
            moment = now() + RETRY_AFTER
            actions.put_off_action(ws.store, action.id, "the mailbox was renumbered", moment)
        except ServerRefused as refusal:
            waiting.add(action.raw)
            pushed.words += _put_off(ws, action, refusal, now())
            if refusal.wait:
                break
        except LineBroken as broken:
            # Others go first next time, so that an act that breaks lines does not hold them up.
            again = now() + min(RETRY_AFTER * action.attempts, LONGEST_RETRY)
            actions.put_off_action(ws.store, action.id, str(broken), again)
            raise
    return pushed


def _do(
    ws: Workspace, session: ImapSession, roles: dict[str, str], action: Action, now: datetime
) -> str:
    if action.kind == "append_sent":
        return _file_sent_copy(ws, session, roles, action, now)
    if action.kind in {"move", "return"}:
        return move_mail(ws, session, roles, action, now)
    if action.kind == RESCUE:
        return bring_back(session, roles, action)
    return _flag(ws, session, action)


def settle_uncertain(ws: Workspace, session: ImapSession, roles: dict[str, str], now: Now) -> int:
    """Look into Sent for mails whose fate is not known; returns how many were found there."""
    found = 0
    sent = roles.get("sent")
    rule = sent_rule(ws.config.smtp.host)
    for item in outbox.items_in_state(ws.store, OutboxState.UNCERTAIN) if sent else ():
        try:
            session.open(sent or "")
            is_there = _is_there(session, item.message_id, searches=rule.searches)
        except ServerRefused:
            break  # it is looked for again with the next round
        if is_there:
            confirm_sent(ws, item, now())
            found += 1
    return found


def _put_off(ws: Workspace, action: Action, refusal: ServerRefused, now: datetime) -> list[str]:
    """Try again later; after a refusal that stands, say so: here it stays as the founder had it."""
    if not refusal.final:
        again = now + max(RETRY_AFTER, timedelta(seconds=refusal.wait))
        if actions.retry_action(ws.store, action, str(refusal), again):
            return []
    actions.give_up_action(ws.store, action.id, str(refusal))
    return [f"{refusal} It is done here all the same; founder-inbox doctor has it."]


def _flag(ws: Workspace, session: ImapSession, action: Action) -> str:
    places = places_of(ws.store, action.raw) if action.raw is not None else []
    for place in places:
        if session.open_to_write(place.mailbox).uidvalidity != place.uidvalidity:
            raise Renumbered
        flag, on = _FLAGS[action.kind]
        session.set_flag([place.uid], flag, on=on)
    return DONE if places else GONE


def _file_sent_copy(
    ws: Workspace, session: ImapSession, roles: dict[str, str], action: Action, now: datetime
) -> str:
    """Look first, append only what is not there, and never where the provider files by itself."""
    item = outbox.outbox_item(ws.store, action.outbox or 0)
    sent = roles.get("sent")
    rule = sent_rule(ws.config.smtp.host)
    if item is None or sent is None or rule.always:
        return DONE
    saves = get_setting(ws.store, _setting(ws))
    session.open(sent, readonly=False)
    if _is_there(session, item.message_id, searches=rule.searches):
        if saves is None:
            set_setting(ws.store, _setting(ws), _YES)
        return DONE
    later = next_look(rule, saves == _YES, now - item.moved_at)
    if later is not None:
        raise NotYet(item.moved_at + later)
    # Before it is done: a copy found after a crash is ours, and teaches nothing of the server.
    set_setting(ws.store, _setting(ws), _NO)
    session.append(sent, item.mime, item.moved_at)
    return DONE


def _is_there(session: ImapSession, message_id: str, *, searches: bool) -> bool:
    """Whether a mail of ours lies in the open mailbox, under its own or a replaced Message-ID.

    Some servers don't find what arrived just now, so the newest are looked at one by one.
    """
    if searches and session.find_message_id(message_id):
        return True
    newest = session.own_ids(session.uids()[-NEWEST:])
    return any(message_id in ids for ids in newest.values())


def _setting(ws: Workspace) -> str:
    """Where we keep whether this account's submission server files the Sent copy."""
    return f"saves_sent_copy:{ws.config.smtp.host.casefold()}"
