"""A ticket passed on: its mails as readable text below a note. Internal notes stay here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from founder_inbox.core.display import safe_line
from founder_inbox.core.model import Mail

_MARK = re.compile(r"\s{0,9}(?:fwd?|wg|tr|rv|i|enc)\s?[:：]", re.IGNORECASE)
_LONGEST = 50_000
_WHOLE = 400_000


@dataclass(frozen=True, slots=True)
class Passed:
    """A mail that is passed on, and its files by name."""

    mail: Mail
    files: tuple[str, ...] = ()


def forward_subject(subject: str) -> str:
    """Give the subject exactly one "Fwd: "."""
    line = safe_line(subject, 250)
    at = 0
    while mark := _MARK.match(line, at):
        at = mark.end()
    return f"Fwd: {line[at:].strip()}".rstrip()


def forwarded_text(passed: Sequence[Passed], zone: tzinfo) -> str:
    """Mails in full, oldest first, each below who wrote it when; times are shown in `zone`.

    More than one: of each only what it says anew, because the others stand there too.
    """
    several = len(passed) > 1
    text = "\n\n".join(_mail(one, zone, only_new=several) for one in passed)
    return text if len(text) <= _WHOLE else f"{text[:_WHOLE]}\n[… the rest is cut off]"


def _mail(passed: Passed, zone: tzinfo, *, only_new: bool) -> str:
    mail = passed.mail
    people = ", ".join(_person(person.name, person.address) for person in mail.to[:20])
    head = [
        "---------- Forwarded message ----------",
        f"From: {_person(mail.sender.name, mail.sender.address)}",
        *([f"Date: {mail.date.astimezone(zone):%a, %d %b %Y %H:%M}"] if mail.date else []),
        f"Subject: {safe_line(mail.subject, 250)}",
        *([f"To: {people}"] if people else []),
        *([f"Files: {', '.join(passed.files)}"] if passed.files else []),
    ]
    is_short = only_new and mail.new_text.strip() and not mail.interleaved
    words = (mail.new_text if is_short else mail.text).strip()
    if len(words) > _LONGEST:
        words = f"{words[:_LONGEST]}\n[… shortened]"
    return "\n".join([*head, "", words])


def _person(name: str, address: str) -> str:
    shown = safe_line(name, 80)
    return f"{shown} <{address}>" if shown else address
