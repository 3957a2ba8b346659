"""The server's part of forgetting somebody, and the file's: done when it can be, and then done.

On the server exactly their mails are taken away, by UID. In mailboxes that are not followed they
are looked for by address and by Message-ID; until that is done both stay in the list of what is
to do, and nowhere else. Every step may be repeated.
"""

from collections.abc import Iterable
from datetime import datetime

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.time_words import counted
from founder_inbox.errors import CannotWrite
from founder_inbox.mail.imap import ImapSession, ServerRefused
from founder_inbox.mail.imap_people import Found, find_person, look_at_heads
from founder_inbox.store import forgotten, moves
from founder_inbox.store.erasing import clean_file, cut_wal
from founder_inbox.store.forgotten import Work

# Followed from end to end: what lies there is known by its place.
_FOLLOWED = frozenset({"inbox", "sent"})
# A mail that is moved to Trash at Google's is looked for there afterwards.
_LAST = "trash"
_AT_ONCE = 100


def erase_on_server(
    ws: Workspace, session: ImapSession, roles: dict[str, str], now: datetime
) -> list[str]:
    """Take away there what was erased here; returns what the server would not do, in words.

    Raises LineBroken; what was not done waits for the next round.
    """
    said: list[str] = []
    try:
        _erase_places(ws, session, roles, now)
    except ServerRefused as refusal:
        if refusal.wait:
            raise
        said.append(_words(refusal))
    for work in forgotten.work_left(ws.store):
        if not work.on_server:
            continue
        try:
            _look_everywhere(ws, session, roles, work)
        except ServerRefused as refusal:
            if refusal.wait:
                raise
            forgotten.say_trouble(ws.store, work.event, str(refusal))
            said.append(_words(refusal))
            continue
        if not said:
            forgotten.done_on_server(ws.store, work.event)
    return said


def finish_file(ws: Workspace) -> str:
    """Write the database anew where something was erased; what is in the way, in words."""
    todo = {work.in_file for work in forgotten.work_left(ws.store)}
    try:
        if 1 in todo:
            clean_file(ws.store)
        elif 2 in todo:
            cut_wal(ws.store)
    except CannotWrite as trouble:
        return f"What was erased can still be found in the file: {trouble}"
    return ""


def left_words(ws: Workspace) -> list[str]:
    """What is still to be done for people who were forgotten, for doctor and status."""
    works = forgotten.work_left(ws.store)
    waiting = [work for work in works if work.on_server]
    said = []
    if waiting:
        trouble = next((work.trouble for work in waiting if work.trouble), "")
        reason = f": {safe_line(trouble, 200)}" if trouble else ""
        whose = counted(len(waiting), "person", "people")
        said.append(f"mails of {whose} who asked to be forgotten are still on the server{reason}")
    if any(work.in_file for work in works):
        said.append("the database is still to be written anew without what was erased")
    if ws.config.journal.share and (many := forgotten.count_to_look_through(ws.store)):
        said.append(f"{counted(many, 'message')} of the shared journal are still to be looked at")
    return said


def _words(refusal: ServerRefused) -> str:
    return f"Mails of somebody who asked to be forgotten are still on the server: {refusal}"


def _erase_places(
    ws: Workspace, session: ImapSession, roles: dict[str, str], now: datetime
) -> None:
    """Mails whose place is known. One that was numbered anew is found with the next look."""
    for raw, place in forgotten.places_left(ws.store):
        if session.open_to_write(place.mailbox).uidvalidity != place.uidvalidity:
            continue
        taken = _take_away(session, roles, place.role, [place.uid])
        moves.note_moved(ws.store, raw, place, now, still_marked=not taken)


def _look_everywhere(
    ws: Workspace, session: ImapSession, roles: dict[str, str], work: Work
) -> None:
    """Archive, Junk, Trash, drafts: what is theirs by its header, and came before that day."""
    own = ws.household.own
    lines = forgotten.all_forgotten(ws.store)
    marks = frozenset(mark for line in lines if line.id == work.event for mark in line.mails)
    others = {role: name for role, name in roles.items() if role not in _FOLLOWED}
    for role, name in sorted(others.items(), key=lambda item: item[0] == _LAST):
        session.open_to_write(name)
        uids = {*find_person(session, work.address)}
        for message_id in work.message_ids:
            uids |= {*session.find_message_id(message_id)}
        found = [
            mail.uid
            for mail in look_at_heads(session, sorted(uids))
            if not mail.is_marked and _is_theirs(mail, work, own, marks)
        ]
        for start in range(0, len(found), _AT_ONCE):
            _take_away(session, roles, role, found[start : start + _AT_ONCE])


def _is_theirs(mail: Found, work: Work, own: Iterable[str], marks: frozenset[str]) -> bool:
    """Written by them, by us to them alone, or one of the mails that were erased here.

    Not by its Message-ID alone: they could have put that of somebody else's mail on one of theirs.
    """
    if mail.mark in marks:
        return True
    if mail.received_at > work.at:
        return False
    ours = {address.casefold() for address in own}
    if work.address in mail.senders:
        return True
    return bool(mail.senders & ours) and mail.receivers - ours == {work.address}


def _take_away(session: ImapSession, roles: dict[str, str], role: str, uids: list[int]) -> bool:
    """Whether they are gone; where a server can't do that for them alone they stand marked.

    At Google a mail ends only in Trash: elsewhere removing it takes a label off.
    """
    if session.can("X-GM-EXT-1") and role != _LAST and _LAST in roles:
        session.move(uids, roles[_LAST])
        return True
    session.delete(uids)
    return session.can("UIDPLUS")
