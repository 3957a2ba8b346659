"""What forgetting somebody erases and what stays, in sentences for screen and command."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.time_words import counted

if TYPE_CHECKING:
    from founder_inbox.app.data.forget import Plan

_SHOWN = 5


def erased_words(plan: "Plan") -> list[str]:
    """What goes, one sentence each."""
    return list(_erased(plan))


def staying_words(plan: "Plan") -> list[str]:
    """What stays, each with the reason."""
    return list(_staying(plan))


def export_words(plan: "Plan") -> str:
    """The command that gives them what is here first (GDPR, art. 15 and 20)."""
    return f"founder-inbox export --format mbox --customer {safe_line(plan.address, 120)} --to FILE"


def _erased(plan: "Plan") -> Iterator[str]:
    tickets = f"{counted(len(plan.whole), 'ticket')}{_named(plan.whole)}"
    yield f"{counted(plan.mails, 'mail')}, theirs and yours to them, with all files; {tickets}"
    if plan.lines or plan.drafts:
        notes = f", among them {counted(plan.notes, 'note')}" if plan.notes else ""
        yield (
            f"{counted(plan.lines, 'line')} of the journal{notes}, and "
            f"{counted(plan.drafts, 'draft')}"
        )
    if plan.waiting:
        yield f"{counted(plan.waiting, 'mail')} of yours in the outbox, which will not leave"
    for name in plan.articles:
        file = f"faq/{safe_line(name, 60)}"
        yield f"what they asked, out of {file}; a draft you have not touched goes as a whole"
    places = ", ".join(f"{many} in {safe_line(name, 60)}" for name, many in plan.places.items())
    known = f": {places}," if places else ":"
    yield f"on the server{known} and what of theirs lies in Archive, Junk, Trash and Drafts"
    yield "on your other machines, with their next sync"


def _staying(plan: "Plan") -> Iterator[str]:
    if plan.shared:
        yield (
            f"{counted(len(plan.shared), 'ticket')}{_named(plan.shared)} that other customers "
            "wrote in: their words are theirs. Look there for notes that name this person"
        )
    if plan.kept:
        many = counted(plan.kept, "idea or cause", "ideas and causes")
        yield f"{many} that others share, without this person's words"
    if plan.others:
        yield f"{counted(plan.others, 'mail')} of other people that went to them, too"
    if plan.own_files:
        listed = ", ".join(safe_line(name, 60) for name in plan.own_files[:_SHOWN])
        yield f"your own files with the name or address in them, yours to change: {listed}"
    for path in plan.copies[:_SHOWN]:
        file = safe_line(str(path), 200)
        yield f"a database that a restore set aside, for you to delete: {file}"
    yield "backups and exports made before today: they still hold it all; make a new one"
    yield "copies that have left: what your teammate was sent, your provider's own backups"
    yield (
        "one line in the journal: that it was done, when, by whom, and hashes, so that no copy "
        "brings a mail back. It holds no name, no address and no word"
    )


def _named(tickets: tuple[str, ...]) -> str:
    shown = ", ".join(f"#{name}" for name in tickets[:_SHOWN])
    more = len(tickets) - _SHOWN
    return f" ({shown}{f' and {more} more' if more > 0 else ''})" if shown else ""
