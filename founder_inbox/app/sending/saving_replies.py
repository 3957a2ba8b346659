"""The founder's folder of canned replies: looked through, and an answer of theirs put into it."""

from collections.abc import Sequence
from pathlib import Path

from founder_inbox.app.queue.merging import message_named
from founder_inbox.app.queue.tickets import find_ticket
from founder_inbox.app.sending.letters import is_ours
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_text
from founder_inbox.core.letters.canned import parse_reply
from founder_inbox.core.letters.language import language_of
from founder_inbox.core.letters.reply_files import Problem, check_files
from founder_inbox.core.letters.saved_reply import SavedReply, file_text, reusable_words
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.handed import telling_mails
from founder_inbox.errors import BadInput
from founder_inbox.store import events, messages
from founder_inbox.store.messages import Message
from founder_inbox.system.files import write_only_new
from founder_inbox.system.resources import read_replies

_NONE_ANSWERED = (
    "None of these has an answer of yours yet. Answer one, and y keeps it as a canned reply."
)


def check_replies(ws: Workspace) -> tuple[Problem, ...]:
    """What is wrong with the founder's own replies."""
    own = ws.paths.replies
    names = {path.name for path in own.glob("*.md")} if own.is_dir() else set[str]()
    return check_files(read_replies(own), names)


def answer_to_save(ws: Workspace, ticket: Ticket, given: str | None) -> Message:
    """The mail of ours that a number or Message-ID names, else the last one. Raises BadInput.

    An introduction to a teammate is ours and answers nothing: it is taken only if it is named.
    """
    if given is not None:
        found = message_named(ws, ticket, given)
        if not is_ours(found):
            raise BadInput("That mail is not yours; only an answer you sent can become a reply.")
        return found
    ours = _answers_in(ws, ticket)
    if not ours:
        raise BadInput(f"#{ticket.id} has no answer of yours yet, so there is nothing to save.")
    return ours[-1]


def answered_one(ws: Workspace, ids: Sequence[str]) -> Ticket | None:
    """The first of these tickets that has an answer of ours."""
    found = (find_ticket(ws.store, name) for name in ids)
    return next((ticket for ticket in found if _answers_in(ws, ticket)), None)


def worth_saving(ws: Workspace, ids: Sequence[str]) -> Ticket:
    """The same, for a person who asked for it. Raises BadInput if none has an answer."""
    ticket = answered_one(ws, ids)
    if ticket is None:
        raise BadInput(_NONE_ANSWERED)
    return ticket


def _answers_in(ws: Workspace, ticket: Ticket) -> list[Message]:
    told = telling_mails(events.events_of_ticket(ws.store, ticket.key))
    history = messages.messages_of_ticket(ws.store, ticket.key)
    return [m for m in history if is_ours(m) and m.message_id not in told]


def save_reply(
    ws: Workspace, ticket: Ticket, name: str, given: str | None = None, title: str = ""
) -> Path:
    """Put an answer into the founder's folder as `name.LANGUAGE.md`; returns the file.

    Never over a file that is there. Raises BadInput, NotFound and CannotWrite.
    """
    mail = answer_to_save(ws, ticket, given)
    customer = ticket.state.customer.name
    account = ws.config.account
    language = language_of(mail.new_text) or "en"
    words = reusable_words(mail.new_text, customer, (account.signature, account.name), language)
    if not words:
        raise BadInput("That answer has only a greeting and a name, so there is nothing to save.")
    lane = ticket.state.verdict.lane
    head = SavedReply(name=name.strip(), title=title, lane=lane, language=language)
    text = file_text(head, words)
    file = f"{head.name}.{language}.md"
    parse_reply(text, file)
    return write_only_new(ws.paths.replies / file, text)


def rewrite_reply(path: Path, text: str) -> None:
    """What the founder's editor made of a reply just saved. Raises BadInput; then it is as it was.

    `path` is from `save_reply`.
    """
    clean = safe_text(text)
    parse_reply(clean, path.name)
    path.write_text(clean if clean.endswith("\n") else f"{clean}\n", encoding="utf-8")
