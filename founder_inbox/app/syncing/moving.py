"""Moving one mail on the server, however far an earlier attempt came and whoever was quicker.

A move is made at least once: where an attempt may have happened, the target is looked at first.
"""

from collections.abc import Iterable
from datetime import datetime

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.mime.mail_fields import is_made_up
from founder_inbox.mail.imap import ImapSession, ServerRefused
from founder_inbox.store import moves
from founder_inbox.store.actions import Action
from founder_inbox.store.moves import SOURCES, Place, WantedMail

# Where the search for a Message-ID finds nothing, the newest mails are looked at one by one.
NEWEST = 50
# In this order a mail is looked for that is not where it was.
_ROLES = ("inbox", "archive", "trash", "junk")
DONE = ""
GONE = "gone on the server"
_NAMES = {"inbox": "the inbox", "archive": "Archive", "trash": "Trash", "junk": "Junk"}


class Renumbered(Exception):
    """The mailbox has other UIDs than we think; the next look at it sorts that out."""


def move_mail(
    ws: Workspace, session: ImapSession, roles: dict[str, str], action: Action, now: datetime
) -> str:
    """Do a `move` or `return`: returns DONE, GONE, or a sentence when somebody else moved it.

    Raises Renumbered, ServerRefused and LineBroken.
    """
    raw = action.raw or 0
    mail = moves.wanted_mail(ws.store, raw)
    back = action.kind == "return"
    target = "inbox" if back else action.target
    sources = (action.target,) if back else SOURCES[action.target]
    if mail is None:
        return GONE
    if target not in roles:
        roles[target] = session.create(target)
    places = [p for p in moves.places_of(ws.store, raw) if p.role in sources]
    places = places or list(_found(session, roles, sources, mail))
    settled = [_move(ws, session, roles[target], target, action, mail, p, now) for p in places]
    if places and all(settled):
        return DONE
    return _whereabouts(session, roles, target, mail)


def _move(
    ws: Workspace,
    session: ImapSession,
    name: str,
    role: str,
    action: Action,
    mail: WantedMail,
    place: Place,
    now: datetime,
) -> bool:
    """Whether it is known now that the mail has come to its target."""
    raw = action.raw or 0
    if action.attempts and not session.can("MOVE") and _is_copied(session, name, mail):
        _open(session, place)
        session.delete([place.uid])
        moves.note_moved(ws.store, raw, place, now, still_marked=not session.takes_away)
        return True
    _open(session, place)
    copied = session.move([place.uid], name)
    with ws.store.write():
        moves.note_moved(ws.store, raw, place, now, still_marked=not session.takes_away)
        if uid := copied.uids.get(place.uid):
            moves.note_arrived(ws.store, raw, name, role, copied.uidvalidity, uid)
    return bool(uid)


def _open(session: ImapSession, place: Place) -> None:
    if session.open_to_write(place.mailbox).uidvalidity != place.uidvalidity:
        raise Renumbered


def _is_copied(session: ImapSession, name: str, mail: WantedMail) -> bool:
    session.open(name)
    return bool(find_mail(session, mail))


def _found(
    session: ImapSession, roles: dict[str, str], sources: Iterable[str], mail: WantedMail
) -> Iterable[Place]:
    """A mail whose place we don't know, where the server finds it."""
    for role in sources:
        if role in roles:
            selected = session.open(roles[role])
            for uid in find_mail(session, mail)[-1:]:
                yield Place(roles[role], role, selected.uidvalidity, uid)


def _whereabouts(session: ImapSession, roles: dict[str, str], target: str, mail: WantedMail) -> str:
    """What became of a mail that did not visibly move: it is there, elsewhere, or gone."""
    for role in (target, *(role for role in _ROLES if role != target)):
        if role not in roles:
            continue
        session.open(roles[role])
        if find_mail(session, mail):
            return DONE if role == target else _other(mail, role)
    return GONE


def _other(mail: WantedMail, role: str) -> str:
    return (
        f"Another mail program had put “{mail.subject}” into {_NAMES[role]} before; there it stays."
    )


def find_mail(session: ImapSession, mail: WantedMail) -> list[int]:
    """UIDs of a mail in the open mailbox; some servers don't find what arrived just now."""
    uids: list[int] = []
    try:
        uids = [] if is_made_up(mail.message_id) else session.find_message_id(mail.message_id)
    except ServerRefused as refusal:  # a server that can't search can still list
        if refusal.wait:
            raise
    found = session.summaries(uids or session.uids()[-NEWEST:])
    if is_made_up(mail.message_id):
        same = [m.uid for m in found if (m.size, m.received_at) == (mail.size, mail.received_at)]
    else:
        same = [m.uid for m in found if m.message_id == mail.message_id]
        # Message-IDs repeat: among several the one of the same size is meant.
        same = [m.uid for m in found if m.uid in same and m.size == mail.size] or same
    return same
