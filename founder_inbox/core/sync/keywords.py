r"""What a ticket's status is called on the server, where IMAP has no flag for it.

Keywords of our own (RFC 9051, 2.3.2), for mail programs that show or search them, and only where
the server says that it keeps any (PERMANENTFLAGS with `\*`). Nothing is ever read from them.
"""

from founder_inbox.core.model import Status

PREFIX = "$FounderInbox"
KEYWORDS = {
    Status.WAITING: f"{PREFIX}Waiting",
    Status.SNOOZED: f"{PREFIX}Snoozed",
    Status.HANDED_OFF: f"{PREFIX}HandedOff",
}


def changes(status: Status, kept: str) -> tuple[tuple[str, bool], ...]:
    """What to put on (True) and take off a mail with the keywords `kept`, a space between.

    Some servers keep them in small letters, so case says nothing.
    """
    has = {word.casefold() for word in kept.split()}
    wanted = KEYWORDS.get(status)
    return tuple(
        (word, word == wanted)
        for word in KEYWORDS.values()
        if (word.casefold() in has) is not (word == wanted)
    )
