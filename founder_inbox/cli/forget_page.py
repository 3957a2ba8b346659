"""What forgetting somebody erases, what stays and why, and what was done: as JSON, and in words."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from founder_inbox.app.data.forget_words import erased_words, staying_words
from founder_inbox.cli.shapes import Object
from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.times import to_text

if TYPE_CHECKING:
    from founder_inbox.app.data.forget import Plan
    from founder_inbox.app.data.forget_log import Erasure


def forget_shape(plan: "Plan", left: list[str], *, done: bool) -> Object:
    """The plan, whether it was done, and what is still left to do then."""
    return {
        "address": plan.address,
        "done": done,
        "tickets": [*plan.whole],
        "shared_tickets": [*plan.shared],
        "mails": plan.mails,
        "notes": plan.notes,
        "journal_lines": plan.lines,
        "drafts": plan.drafts,
        "waiting": plan.waiting,
        "server": {**plan.places},
        "articles": [*plan.articles],
        "stays": staying_words(plan),
        "own_files": [*plan.own_files],
        "copies": [str(path) for path in plan.copies],
        "left": [*left],
    }


def erasure_shape(done: "Erasure") -> Object:
    """One line of the log."""
    return {
        "id": done.id,
        "at": to_text(done.at),
        "by": done.by,
        "mails": done.mails,
        "tickets": done.tickets,
        "server_done": not done.on_server,
        "file_done": not done.in_file,
    }


def log_page(done: Sequence["Erasure"], zone: tzinfo) -> str:
    """What was erased so far, for people; times are the founder's."""
    if not done:
        return "Nobody was forgotten yet."
    return "\n".join(_logged(one, zone) for one in done)


def _logged(done: "Erasure", zone: tzinfo) -> str:
    mails, tickets = counted(done.mails, "mail"), counted(done.tickets, "ticket")
    left = ["the server is still to be done"] if done.on_server else []
    left += ["the file is still to be written anew"] if done.in_file else []
    rest = f"; {', '.join(left)}" if left else ""
    at = done.at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    return f"{at}  {safe_line(done.by, 40)}  {mails} in {tickets}{rest}"


def forget_page(plan: "Plan") -> str:
    """What would be erased, and what stays, for people."""
    return "\n".join(_lines(plan))


def _lines(plan: "Plan") -> Iterator[str]:
    name = f"{safe_line(plan.name, 80)} " if plan.name else ""
    yield f"Forget {name}<{safe_line(plan.address, 120)}> (GDPR, art. 17)"
    yield "\nErased for good, here and on the server:"
    for words in erased_words(plan):
        yield f"  {words}"
    yield "\nStays, and why:"
    for words in staying_words(plan):
        yield f"  {words}"
