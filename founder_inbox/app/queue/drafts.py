"""What is written and not sent: replies, forwards and new mails, side by side."""

from dataclasses import dataclass
from datetime import datetime

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_line
from founder_inbox.core.letters.greeting import without_greeting
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Then
from founder_inbox.store import draft_files, drafts, outgoing
from founder_inbox.store.database import Store
from founder_inbox.store.drafts import DraftRow, save_draft
from founder_inbox.store.outbox import OutboxItem
from founder_inbox.store.outgoing import Outgoing, outgoing_as
from founder_inbox.store.tickets import key_of_id, ticket_with_key

# What the founder wrote; the others are made anew when they are wanted again.
_A_PERSONS = frozenset({Then.WAIT, Then.CLOSE, Then.UPDATE})


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft. `kind` is reply, forward or new; `ticket` what is answered or passed on.

    `outgoing` is what a forward or new mail goes on from; `people` and `subject` are for people.
    """

    name: str
    kind: str
    ticket: Ticket | None
    outgoing: Outgoing | None
    people: str
    subject: str
    body: str
    files: int
    updated_at: datetime

    @property
    def begins(self) -> str:
        """Its first words, after the greeting."""
        return safe_line(without_greeting(self.body), 80)


def list_drafts(ws: Workspace) -> list[KeptDraft]:
    """Every draft, the last touched first."""
    own = {mail.draft: mail for mail in outgoing.unfinished(ws.store)}
    rows = {row.name: row for row in drafts.all_drafts(ws.store)}
    found = [_kept(ws, row, own.pop(row.name, None)) for row in rows.values()]
    # Only people or a subject are written in these.
    begun = [mail for mail in own.values() if mail.people.strip() or mail.kind == "new"]
    found += [_bare(ws, mail) for mail in begun if mail.people.strip() or mail.subject.strip()]
    return found


def marked_drafts(ws: Workspace) -> frozenset[str]:
    """The ids of the tickets with a draft, among other names, for the marks in a list."""
    return drafts.names_of_drafts(ws.store)


def discard(ws: Workspace, draft: KeptDraft, now: datetime) -> None:
    """Throw a draft away, its files with it."""
    with ws.store.write():
        for file in draft_files.files_of_draft(ws.store, draft.name):
            draft_files.remove_draft_file(ws.store, draft.name, file.id)
        drafts.replace_draft(ws.store, draft.name, "", now)
        if draft.outgoing is not None:
            outgoing.drop_outgoing(ws.store, draft.outgoing)


def _kept(ws: Workspace, row: DraftRow, mail: Outgoing | None) -> KeptDraft:
    if mail is not None:
        return KeptDraft(
            row.name,
            mail.kind.value,
            _ticket(ws, mail.ticket),
            mail,
            safe_line(mail.people).rstrip(" ,"),
            safe_line(mail.subject),
            row.body,
            row.files,
            row.updated_at,
        )
    ticket = _ticket(ws, row.name)
    customer = ticket.state.customer if ticket else None
    people = safe_line(customer.name or customer.address) if customer else ""
    subject = safe_line(ticket.state.subject) if ticket else ""
    return KeptDraft(
        row.name, "reply", ticket, None, people, subject, row.body, row.files, row.updated_at
    )


def _bare(ws: Workspace, mail: Outgoing) -> KeptDraft:
    row = DraftRow(mail.draft, "", mail.begun_at, 0)
    return _kept(ws, row, mail)


def _ticket(ws: Workspace, name: str | None) -> Ticket | None:
    key = key_of_id(ws.store, name) if name else None
    return ticket_with_key(ws.store, key) if key is not None else None


def restore_draft(store: Store, item: OutboxItem, now: datetime) -> None:
    """Make a mail's words the draft again that they were; before its row is deleted."""
    own = outgoing_as(store, item.id)
    if own is not None:
        save_draft(store, own.draft, item.body, now)
    elif item.ticket and item.then in _A_PERSONS and not item.to_all:
        # The mail is ours to the last byte: only one to everybody has copies.
        everyone = b"\r\nCc: " in item.mime.partition(b"\r\n\r\n")[0]
        save_draft(store, item.ticket, item.body, now, everyone=everyone)
