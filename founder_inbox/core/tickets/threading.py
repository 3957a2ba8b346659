"""Which ticket a mail belongs to: by our own ids, by References, carefully by subject.

A wrong join shows one customer another's words, a wrong split costs one key: in doubt, split.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from founder_inbox.core.model import Mail
from founder_inbox.core.tickets.identity import root_of

# Reply and forward marks in the languages of our customers (RFC 5256 names only re, fw, fwd).
REPLY_MARKS = (
    "re|aw|antw|antwort|sv|vs|vl|ref|rif|r|res|resp|odp|ynt|vá|回复|回覆|答复|返信|atb|tr|fs|"
    "fw|fwd|wg|rv|enc|doorst|i|pd|转发"
)
_MARK = re.compile(
    rf"^\s{{0,9}}(?:{REPLY_MARKS})\s?(?:\[\d{{1,3}}\]|\(\d{{1,3}}\))?\s?[:：]\s*", re.I
)
# Jira's ids have the issue and its birth, then what changes with each mail about it.
_JIRA = re.compile(r"<(JIRA\.\d{1,20}\.\d{1,20})\.[.\d]{1,80}@([!-=?-~]{1,255})>")
_LIST_TAG = re.compile(r"^\s{0,9}\[[^\]\s]{1,30}\]\s+(?=\S)")
# A ticket's id where people write it: "[#k7f3q2d]", "about #k7f3q2d".
_TICKET_TAG = re.compile(r"(?<![\w#])#([0-9a-hjkmnp-tv-z]{7,10})(?![\w-])", re.IGNORECASE)
SUBJECT_JOINS_WITHIN = timedelta(days=14)
MOST_REFERENCES = 50


@dataclass(frozen=True, slots=True)
class SubjectMatch:
    """A ticket of the same customer with the same bare subject, and when it last moved.

    `quoted`: the mail has words in it that we wrote there.
    """

    ticket: int
    moved_at: datetime
    quoted: bool = False


def bare_subject(subject: str) -> tuple[str, bool]:
    """The subject without reply and forward marks, folded for comparing, and whether it had any.

    `"AW: Re: [list] Export"` gives `("export", True)`. Works at most 20 marks deep.
    """
    marked = False
    text = subject
    for _ in range(20):
        shorter, count = _MARK.subn("", text, count=1)
        marked = marked or count > 0
        if not count:
            shorter = _LIST_TAG.sub("", text, count=1) if marked else text
        if shorter == text:
            break
        text = shorter
    return " ".join(text.split()).casefold(), marked


def named_tickets(subject: str) -> list[str]:
    """The ticket ids that a subject names; whose they are is for the caller to know."""
    return [found.lower() for found in _TICKET_TAG.findall(subject[:1000])][:5]


def candidate_ids(mail: Mail) -> list[str]:
    """The ids by which a mail can be found at home, nearest first: last references, then its own.

    Its own id counts because a later mail of the same conversation may have come in before it.
    """
    if is_apart(mail.message_id, mail.references):
        return [mail.message_id]
    nearest_first = list(reversed(mail.references[-MOST_REFERENCES:]))
    ids = [*nearest_first, mail.message_id, root_of(mail.message_id, mail.references)]
    return list(dict.fromkeys([*ids, *(issue for id_ in ids if (issue := _issue(id_)))]))


def ids_to_keep(mail: Mail) -> list[str]:
    """The ids that lead to a mail's ticket from now on: Outlook's conversation among them."""
    apart = is_apart(mail.message_id, mail.references)
    return [*candidate_ids(mail), *([mail.conversation] if mail.conversation and not apart else [])]


def apart(mail: Mail) -> Mail:
    """The mail as one that joins no ticket by the ids it names, and gives none of them a home.

    It still has them, behind its own, which so becomes the root of a new ticket.
    """
    others = (id_ for id_ in mail.references if id_ != mail.message_id)
    return replace(mail, references=(mail.message_id, *others))


def is_apart(message_id: str, references: tuple[str, ...]) -> bool:
    """Whether a mail was kept `apart`."""
    return references[:1] == (message_id,)


def _issue(message_id: str) -> str:
    found = _JIRA.fullmatch(message_id)
    return f"<{found[1]}@{found[2]}>" if found else ""


def by_ids(mail: Mail, homes: Mapping[str, int]) -> tuple[int | None, tuple[int, ...]]:
    """The ticket that a mail's ids name (None: none does), and further ones that they also name.

    `homes` maps known Message-IDs to tickets. The nearest reference wins; the others are returned
    so that the caller may join what is one conversation.
    """
    named = list(dict.fromkeys(homes[ref] for ref in candidate_ids(mail) if ref in homes))
    return (named[0], tuple(named[1:])) if named else (None, ())


def by_subject(mail: Mail, match: SubjectMatch, at: datetime) -> int | None:
    """The ticket that a reply without known ids goes on with, weakly: within 14 days of `at`.

    A mail that is marked as a reply, or quotes us; `at` is when it came in.
    """
    base, is_marked = bare_subject(mail.subject)
    is_reply = is_marked or match.quoted
    if base and is_reply and abs(at - match.moved_at) <= SUBJECT_JOINS_WITHIN:
        return match.ticket
    return None
