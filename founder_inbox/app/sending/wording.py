"""A reply's words for the command line: a canned reply, a text, or both, made into a letter."""

from collections.abc import Mapping
from datetime import datetime

from founder_inbox.app.sending import letters
from founder_inbox.app.sending.canned import fill_reply, find_reply, ticket_language, values_for
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.letters import letter
from founder_inbox.core.letters.canned import CannedReply, asks
from founder_inbox.core.letters.placeholder_tags import TagError
from founder_inbox.core.letters.placeholders import Filled, render
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.errors import BadInput, FounderInboxError


def word_reply(
    ws: Workspace,
    ticket: Ticket,
    canned: CannedReply | None,
    text: str,
    answers: Mapping[str, str],
    now: datetime,
) -> str:
    """The whole body: canned reply, then text, with greeting above and signature below.

    Raises FounderInboxError naming the fields that nobody has filled, BadInput for a field that
    can't be read.
    """
    language = canned.language if canned else ticket_language(ws, ticket) or "en"
    parts: list[str] = []
    missing: list[str] = []
    for filled in _filled(ws, ticket, canned, text, answers, now, language):
        parts += [filled.text.strip("\n")] if filled.text.strip() else []
        missing += filled.missing
    if missing:
        raise FounderInboxError(_unfilled_words(missing, canned))
    name = letters.parent_of(ws, ticket).sender.name
    return letter.letter("\n\n".join(parts), name, ws.config.account.signature, language)


def reply_named(ws: Workspace, ticket: Ticket, name: str) -> CannedReply:
    """The canned reply with a name, in the customer's language if there is one. Raises NotFound."""
    return find_reply(ws, name, ticket_language(ws, ticket))


def _filled(
    ws: Workspace,
    ticket: Ticket,
    canned: CannedReply | None,
    text: str,
    answers: Mapping[str, str],
    now: datetime,
    language: str,
) -> list[Filled]:
    found = [fill_reply(ws, ticket, canned, answers, now)] if canned else []
    if text.strip():
        values = values_for(ws, ticket, now, language) | dict(answers)
        try:
            found.append(render(text, values))
        except TagError as mistake:
            raise BadInput(f"The text, line {mistake.line}: {mistake}. Nothing was sent.") from None
    return found


def _unfilled_words(missing: list[str], canned: CannedReply | None) -> str:
    questions = {ask.name: ask.question for ask in asks(canned)} if canned else {}
    names = [name.removeprefix("ask.") for name in dict.fromkeys(missing)]
    asked = ", ".join(
        f"{name} ({question})" if (question := questions.get(full)) else name
        for name, full in zip(names, dict.fromkeys(missing), strict=True)
    )
    given = " ".join(f'--set {name}="…"' for name in names)
    return f"Nothing was sent: this reply still asks for {asked}. Give it with {given}"
