"""`K`: the draft of an article, of what a customer asked and what we answered, masked.

Where the ticket has no answer of ours yet, it is what others got who asked the same.
"""

from datetime import datetime
from pathlib import Path

from founder_inbox.app.knowledge.asked import earlier_answers
from founder_inbox.app.queue.faq_files import fingerprint
from founder_inbox.app.queue.merging import message_named
from founder_inbox.app.queue.triage import record_act
from founder_inbox.app.sending.letters import is_ours
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.knowledge import article as files
from founder_inbox.core.knowledge.masking import mask
from founder_inbox.core.knowledge.questions import asking_sentences, bare_title
from founder_inbox.core.knowledge.said_names import names_of
from founder_inbox.core.letters.greeting import without_greeting
from founder_inbox.core.letters.language import language_of
from founder_inbox.core.letters.saved_reply import without_signature
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Role
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.errors import BadInput
from founder_inbox.store import messages
from founder_inbox.store.messages import Message
from founder_inbox.system.files import write_only_new

_NO_ANSWER = {
    "en": "(There is no answer of yours in the ticket yet: write the steps here.)",
    "de": "(Im Ticket ist noch keine Antwort von dir: Schreib die Schritte hierher.)",
}


def suggested_title(ticket: Ticket) -> str:
    """What an article made from a ticket may be called: its subject, masked."""
    person = ticket.state.customer
    return mask(bare_title(ticket.state.subject), names_of(person.name, person.address))


def write_article(
    ws: Workspace,
    ticket: Ticket,
    name: str,
    now: datetime,
    title: str = "",
    answer: str | None = None,
) -> Path:
    """Make a draft of an article from a ticket: its question, and our best answer, both masked.

    `answer` is the Message-ID or number of ours to take, else the longest one, else what another
    customer got who asked the same. Never over a file that is there.
    Raises BadInput, NotFound and CannotWrite.
    """
    name = files.checked_name(name.strip())
    history = messages.messages_of_ticket(ws.store, ticket.key)
    theirs = [m for m in history if m.role is Role.CUSTOMER]
    names = _names_in(ws, history)
    best = _answer(ws, ticket, history, answer)
    words = _steps(ws, best.new_text, best.sender.name) if best else ""
    if not best and (others := earlier_answers(ws, ticket, now)):
        words = _steps(ws, others[0].text, "")
        names.append(others[0].customer)
    language = language_of(words or " ".join(m.new_text for m in theirs)) or "en"
    asked = [mask(row, names) for m in theirs[:1] for row in asking_sentences(m.new_text)]
    steps = mask(words, names) if words else _NO_ANSWER.get(language, _NO_ANSWER["en"])
    text = files.article_text(
        mask(title, names) or suggested_title(ticket) or name,
        language,
        asked,
        steps,
        now.astimezone(ws.hours.zone).date(),
    )
    path = write_only_new(ws.paths.faq / f"{name}.md", text)
    data = {"file": path.name, "sha256": fingerprint(text)}
    record_act(ws, ticket, EventKind.FAQ_WRITTEN, {**data}, now)
    return path


def _answer(
    ws: Workspace, ticket: Ticket, history: list[Message], given: str | None
) -> Message | None:
    if given is not None:
        found = message_named(ws, ticket, given)
        if not is_ours(found):
            raise BadInput("That mail is not yours; an article is made of an answer you sent.")
        return found
    ours = [m for m in history if is_ours(m)]
    return max(ours, key=lambda m: len(m.new_text), default=None)


def _steps(ws: Workspace, answer: str, sender: str) -> str:
    """The words of an answer without greeting and name."""
    rows = [row.rstrip() for row in answer.split("\n") if not row.startswith(">")]
    account = ws.config.account
    signed = (account.signature, account.name, sender)
    return without_signature(without_greeting("\n".join(rows)).strip(), signed)


def _names_in(ws: Workspace, history: list[Message]) -> list[str]:
    """Everybody's names in a ticket but ours."""
    account, own = ws.config.account, ws.household.own
    people = {person for m in history for person in (m.sender, *m.to, *m.cc)}
    others = (person for person in people if person.address.casefold() not in own)
    names = {name for person in others for name in names_of(person.name, person.address)}
    return sorted(names - {account.name, account.signature, ""})
