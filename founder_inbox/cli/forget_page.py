"""What forgetting somebody erases, what stays and why: as JSON, and in words."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from founder_inbox.app.data.forget_words import erased_words, staying_words
from founder_inbox.cli.shapes import Object
from founder_inbox.core.display import safe_line

if TYPE_CHECKING:
    from founder_inbox.app.data.forget import Plan


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
