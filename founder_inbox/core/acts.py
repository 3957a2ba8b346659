"""What a founder may want to do, as far as the door has a say in it, and which command is what.

The keys' side of it is `core.keys.Action.needs`; what each state of the door lets through is the
table in `core.hours.door`. Screens and commands ask there, so they can't differ.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Act(StrEnum):
    """A kind of doing."""

    READ = "read"  # what is already on this machine; searching too
    DRAFT = "draft"  # notes, tags, and mail that waits in the outbox for the next opening
    TRIAGE = "triage"  # close, snooze, move; when over: the ticket in hand only
    SEND = "send"  # let the outbox go; outside, a reply waits in it for the next window
    SEE_NEW = "see_new"  # mail that came since the door closed
    TAKE_NEXT = "take_next"  # open another ticket; at the door that is only reading
    OFFER_IDEAS = "offer_ideas"  # step 4 of the queue


_READ = (
    *("demo", "setup", "login", "sync", "status", "doctor", "list", "show", "search"),
    *("attachments", "inspect"),
    *("replies", "classify", "hours", "break", "burnout", "outbox", "jar", "rescue"),
    *("tone", "outage", "drafts", "faq", "ideas", "causes", "stats", "digest"),
    *("backup", "restore", "export", "import", "forget"),
)
_DRAFT = (
    *("reply", "forward", "new", "handoff", "note", "tag", "undo", "unblock"),
    *("quickfix", "promises", "customer", "goodwill"),
)
_TRIAGE = (
    *("takeback", "close", "delete", "spam", "reopen", "snooze", "park"),
    *("lane", "merge", "split"),
)
# A command that is asked for by name sees new mail whatever the hours: that is a decision of its
# own. `outbox send` and `retry` need SEND, which the use case asks for; so do updates of `outage`.
COMMANDS: Mapping[str, Act] = MappingProxyType(
    dict.fromkeys(_READ, Act.READ)
    | dict.fromkeys(_DRAFT, Act.DRAFT)
    | dict.fromkeys(_TRIAGE, Act.TRIAGE)
)
