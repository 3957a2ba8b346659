"""The founder's FAQ: a folder of Markdown files beside the configuration."""

from collections import Counter
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

from founder_inbox.app.queue.faq_files import fingerprint
from founder_inbox.app.queue.merging import message_named
from founder_inbox.app.queue.triage import record_act
from founder_inbox.app.sending.letters import is_ours
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_text
from founder_inbox.core.knowledge import article as files
from founder_inbox.core.knowledge.article import Article
from founder_inbox.core.knowledge.masking import mask
from founder_inbox.core.knowledge.questions import asking_sentences, bare_title
from founder_inbox.core.knowledge.said_names import names_of
from founder_inbox.core.letters.greeting import without_greeting
from founder_inbox.core.letters.language import language_of
from founder_inbox.core.letters.saved_reply import without_signature
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Role
from founder_inbox.core.tickets.journal import EventKind, effective
from founder_inbox.errors import BadInput, CannotWrite, NotFound
from founder_inbox.store import events, messages
from founder_inbox.store.messages import Message
from founder_inbox.system.files import write_only_new
from founder_inbox.system.resources import read_faq

_NO_ANSWER = {
    "en": "(There is no answer of yours in the ticket yet: write the steps here.)",
    "de": "(Im Ticket ist noch keine Antwort von dir: Schreib die Schritte hierher.)",
}


def load_articles(ws: Workspace) -> list[Article]:
    """Every article, by file name. Raises BadInput naming the file and line that can't be read."""
    found = []
    for name, text in read_faq(ws.paths.faq).items():
        try:
            found.append(files.parse_article(text, name))
        except BadInput as error:
            raise BadInput(f"faq/{error}") from None
    return found


def readable_articles(ws: Workspace) -> list[Article]:
    """Those that can be read; the others are `faq list`'s to complain about."""
    found = []
    for name, text in read_faq(ws.paths.faq).items():
        try:
            found.append(files.parse_article(text, name))
        except BadInput:
            continue
    return found


def find_article(ws: Workspace, name: str) -> Article:
    """The article with a name, or a file's name. Raises NotFound, and BadInput as `load_articles`.

    Where a name is there in several languages, the first file.
    """
    known = load_articles(ws)
    wanted = name.strip().removesuffix(".md")
    found = [a for a in known if wanted in {a.name, a.source.removesuffix(".md")}]
    if not found:
        near = get_close_matches(wanted, [a.name for a in known], 1)
        hint = f" Near: {near[0]}." if near else ""
        raise NotFound(
            f"There is no FAQ article {name!r}.{hint} founder-inbox faq lists them all; "
            "K on a ticket writes one."
        )
    return found[0]


def link_to(ws: Workspace, article: Article) -> str:
    """Where customers can read an article; empty for a draft, or where the FAQ is nowhere."""
    if article.draft:
        return ""
    return article.url or (ws.config.faq.url or "").replace("{name}", article.name)


def uses_of_articles(ws: Workspace) -> Counter[str]:
    """In how many answers each article was used, from the journal."""
    kinds = (EventKind.ANSWERED_AGAIN, EventKind.UNDONE)
    found = effective(events.events_of_kinds(ws.store, *kinds))
    return Counter(str(e.data["article"]) for e in found if e.data.get("article"))


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

    `answer` is the Message-ID or number of ours to take, else the longest one. Never over a file
    that is there. Raises BadInput, NotFound and CannotWrite.
    """
    name = files.checked_name(name.strip())
    history = messages.messages_of_ticket(ws.store, ticket.key)
    theirs = [m for m in history if m.role is Role.CUSTOMER]
    best = _answer(ws, ticket, history, answer)
    said = best.new_text if best else " ".join(m.new_text for m in theirs)
    language = language_of(said) or "en"
    names = _names_in(ws, history)
    asked = [mask(row, names) for m in theirs[:1] for row in asking_sentences(m.new_text)]
    steps = mask(_steps(ws, best), names) if best else _NO_ANSWER.get(language, _NO_ANSWER["en"])
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


def publish_article(ws: Workspace, name: str) -> Article:
    """It is no draft any more. Raises NotFound, BadInput and CannotWrite."""
    found = find_article(ws, name)
    rewrite_article(ws.paths.faq / found.source, files.published(found.text))
    return find_article(ws, name)


def rewrite_article(path: Path, text: str) -> None:
    """What became of an article. Raises BadInput and CannotWrite; then it is as it was."""
    clean = safe_text(text)
    files.parse_article(clean, path.name)
    try:
        path.write_text(clean if clean.endswith("\n") else f"{clean}\n", encoding="utf-8")
    except OSError as error:
        raise CannotWrite(f"{path} can't be written: {error.strerror}.") from error


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


def _steps(ws: Workspace, answer: Message) -> str:
    """The words of an answer without greeting and name."""
    rows = [row.rstrip() for row in answer.new_text.split("\n") if not row.startswith(">")]
    account = ws.config.account
    signed = (account.signature, account.name, answer.sender.name)
    return without_signature(without_greeting("\n".join(rows)).strip(), signed)


def _names_in(ws: Workspace, history: list[Message]) -> list[str]:
    """Everybody's names in a ticket but ours."""
    account, own = ws.config.account, ws.household.own
    people = {person for m in history for person in (m.sender, *m.to, *m.cc)}
    others = (person for person in people if person.address.casefold() not in own)
    names = {name for person in others for name in names_of(person.name, person.address)}
    return sorted(names - {account.name, account.signature, ""})
