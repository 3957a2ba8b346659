"""An answer to a mail: who gets it, its subject, the quoted text, and the thread it hangs on."""

import re
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, tzinfo

from founder_inbox.core.letters.compose import Draft
from founder_inbox.core.letters.fields import ascii_domain, is_message_id
from founder_inbox.core.letters.letter import WEEKDAYS
from founder_inbox.core.model import Address, Mail
from founder_inbox.errors import BadInput

_MARK = re.compile(
    r"\s{0,9}(?:re|aw|antw|sv|vs|res|rif|odp|ynt|回复|答复|回覆)(?:\[\d{1,3}\]|\(\d{1,3}\))?\s?[:：]",
    re.IGNORECASE,
)
_MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "de": (
        *("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni"),
        *("Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."),
    ),
}
# The domain of ids that `core.mail_fields` makes for mails that came without one.
_MADE_UP = "@missing.founder-inbox>"
_MAX_SUBJECT = 250
_MAX_QUOTED_LINES = 2_000


def reply_draft(
    parent: Mail,
    *,
    sender: Address,
    own: Collection[str],
    body: str,
    everyone: bool = False,
    own_id: str | None = None,
    zone: tzinfo = UTC,
    language: str | None = "en",
) -> Draft:
    """Answer a mail: to its author, or with `everyone` to all of its people but ourselves.

    `own` are our addresses, `own_id` is from `own_ids.own_id`, `zone` is for the quoted date.
    Attachments are added by `dataclasses.replace`. It may be that nobody is left to send to;
    `compose.check` says so.
    """
    to, cc = recipients(parent, own, everyone=everyone)
    return Draft(
        sender=sender,
        to=to,
        cc=cc,
        subject=reply_subject(parent.subject),
        body=f"{body.rstrip()}\n\n{quoted(parent, zone, language)}",
        in_reply_to=parent.message_id if _is_real(parent.message_id) else None,
        references=thread_of(parent, own_id),
    )


def recipients(
    parent: Mail, own: Collection[str], *, everyone: bool
) -> tuple[tuple[Address, ...], tuple[Address, ...]]:
    """Choose To and Cc: Reply-To before From; our own mail is followed up to whom it went."""
    ours = {mailbox(address) for address in own}
    taken: set[str] = set(ours)
    to = _fresh(parent.reply_to or (parent.sender,), taken)
    if not to and mailbox(parent.sender.address) not in ours:
        to = _fresh((parent.sender,), taken)
    if not to:
        to = _fresh(parent.to, taken)
    cc = _fresh((*parent.to, *parent.cc), taken) if everyone else ()
    return to, cc


def reply_subject(subject: str) -> str:
    """Give the subject exactly one "Re: ", whatever flood of marks it came with."""
    line = _one_line(subject, 2_000)
    at = 0
    while mark := _MARK.match(line, at):
        at = mark.end()
    return f"Re: {line[at:].strip()[:_MAX_SUBJECT]}".rstrip()


def quoted(mail: Mail, zone: tzinfo, language: str | None) -> str:
    """Quote a mail as mail users expect: who wrote when, then its text behind "> "."""
    lines = mail.text.rstrip().split("\n")
    quotes = [_quoted_line(line) for line in lines[:_MAX_QUOTED_LINES]]
    if len(lines) > _MAX_QUOTED_LINES:
        quotes.append("> […]")
    return "\n".join([_attribution(mail, zone, language or "en"), *quotes])


def thread_of(parent: Mail, own_id: str | None) -> tuple[str, ...]:
    """List the ids an answer refers to, oldest first, with our own one among them.

    Ours is never the first, because a ticket's id is made from the first reference, and the
    parent stays last where it can, because some programs thread by the last one only.
    """
    theirs = [*parent.references]
    if _is_real(parent.message_id):
        theirs = [*(id_ for id_ in theirs if id_ != parent.message_id), parent.message_id]
    if own_id and theirs and own_id not in theirs:
        theirs.insert(len(theirs) - 1 if len(theirs) > 1 else 1, own_id)
    return tuple(theirs)


def mailbox(address: str) -> str:
    """Give the form in which two addresses of one mailbox are equal: case, +tag, A-labels."""
    local, _, domain = address.strip().rpartition("@")
    try:
        domain = ascii_domain(domain)
    except BadInput:
        domain = domain.casefold()
    local = local.casefold().partition("+")[0] or local.casefold()
    if domain in ("gmail.com", "googlemail.com"):
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


def _fresh(people: Iterable[Address], taken: set[str]) -> tuple[Address, ...]:
    """Give those not `taken` yet, with a harmless name, and take them."""
    found: list[Address] = []
    for person in people:
        key = mailbox(person.address)
        if person.address and key not in taken:
            taken.add(key)
            found.append(Address(_safe_name(person.name), person.address))
    return tuple(found)


def _safe_name(name: str) -> str:
    """Drop a name that looks like an address: it would show another recipient than the real one."""
    return "" if "@" in name else _one_line(name, 100)


def _one_line(text: str, limit: int) -> str:
    printed = "".join(char if char.isprintable() else " " for char in text[: limit * 4])
    return " ".join(printed.split())[:limit]


def _is_real(message_id: str) -> bool:
    """Tell a mail's own id from one we made for a mail without."""
    return is_message_id(message_id) and not message_id.endswith(_MADE_UP)


def _quoted_line(line: str) -> str:
    text = line.rstrip()
    if not text:
        return ">"
    return f">{text}" if text.startswith(">") else f"> {text}"


def _attribution(mail: Mail, zone: tzinfo, language: str) -> str:
    name = _one_line(mail.sender.name, 100) or _one_line(mail.sender.address, 200)
    if mail.date is None:
        return f"{name} schrieb:" if language == "de" else f"{name} wrote:"
    here = mail.date.astimezone(zone)
    when = _when(here, language)
    if language == "de":
        return f"Am {when} schrieb {name}:"
    return f"On {when}, {name} wrote:"


def _when(here: datetime, language: str) -> str:
    clock = f"{here:%H:%M}"
    if language == "de":
        weekday, month = WEEKDAYS["de"][here.weekday()][:2], _MONTHS["de"][here.month - 1]
        return f"{weekday}., {here.day}. {month} {here.year} um {clock}"
    weekday, month = WEEKDAYS["en"][here.weekday()][:3], _MONTHS["en"][here.month - 1]
    return f"{weekday}, {here.day} {month} {here.year} at {clock}"
