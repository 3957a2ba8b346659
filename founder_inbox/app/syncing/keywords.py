"""Telling the server who a ticket waits for, by keywords, where it keeps such."""

from collections import defaultdict

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.sync.keywords import KEYWORDS, PREFIX, changes
from founder_inbox.mail.imap import ImapSession, ServerRefused
from founder_inbox.store.keywords import Tagged, note_keywords, to_tell

AT_ONCE = 200


def tell_keywords(ws: Workspace, session: ImapSession, roles: dict[str, str]) -> int:
    """Put on and take off what differs from the tickets; returns how many mails that are.

    A server that keeps no keywords, or refuses them, is not asked again on this connection, and
    nobody is told: nothing depends on them. Raises LineBroken.
    """
    if session.keeps_keywords is False:
        return 0
    found = to_tell(ws.store, KEYWORDS, PREFIX, AT_ONCE)
    if not found or "inbox" not in roles:
        return 0
    try:
        selected = session.open_to_write(roles["inbox"])
        session.keeps_keywords = selected.keeps_keywords
        if not selected.keeps_keywords:
            return 0
        here = [mail for mail in found if mail.uidvalidity == selected.uidvalidity]
        _tell(session, here)
    except ServerRefused:
        session.keeps_keywords = False
        return 0
    with ws.store.write():
        for mail in here:
            note_keywords(ws.store, mail.location, _after(mail))
    return len(here)


def _tell(session: ImapSession, mails: list[Tagged]) -> None:
    uids: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for mail in mails:
        for change in changes(mail.status, mail.keywords):
            uids[change].append(mail.uid)
    for (word, on), of in uids.items():
        session.set_flag(of, word.encode(), on=on)


def _after(mail: Tagged) -> str:
    """The keywords in the order in which the server's are read."""
    done = changes(mail.status, mail.keywords)
    off = {word.casefold() for word, on in done if not on}
    kept = {word for word in mail.keywords.split() if word.casefold() not in off}
    return " ".join(sorted(kept | {word for word, on in done if on}))
