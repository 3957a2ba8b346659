"""What is written and not sent."""

from founder_inbox.app.queue.drafts import KeptDraft, list_drafts
from founder_inbox.app.workspace import Workspace
from founder_inbox.cli.context import answer, data_command, workspace
from founder_inbox.cli.shapes import Object
from founder_inbox.cli.table import table, terminal_width
from founder_inbox.core.hours.time_words import counted, describe_moment
from founder_inbox.core.times import to_text
from founder_inbox.system import clock

_NONE = "No drafts. What you write is kept until it is sent."


@data_command("drafts")
def drafts() -> None:
    """Replies, forwards and new mails that are written and not sent, the last touched first."""
    with workspace() as ws:
        found = list_drafts(ws)
        answer(lambda: [_shape(draft) for draft in found], lambda: _page(ws, found) or _NONE)


def _shape(draft: KeptDraft) -> Object:
    return {
        "kind": draft.kind,
        "ticket": draft.ticket.id if draft.ticket else None,
        "to": draft.people,
        "subject": draft.subject,
        "body": draft.body,
        "files": draft.files,
        "updated_at": to_text(draft.updated_at),
    }


def _page(ws: Workspace, found: list[KeptDraft]) -> str:
    now = clock.now()
    rows = [
        (
            draft.kind,
            f"#{draft.ticket.id}" if draft.ticket else "",
            draft.people or "(nobody yet)",
            draft.subject or "(no subject)",
            counted(draft.files, "file") if draft.files else "",
            describe_moment(draft.updated_at, now, ws.hours.zone),
        )
        for draft in found
    ]
    return table(rows, terminal_width(), (2, 3))
