"""The founder's FAQ: a folder of Markdown files beside the configuration."""

from collections import Counter
from difflib import get_close_matches
from pathlib import Path

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_text
from founder_inbox.core.knowledge import article as files
from founder_inbox.core.knowledge.article import Article
from founder_inbox.core.tickets.journal import EventKind, effective
from founder_inbox.errors import BadInput, CannotWrite, NotFound
from founder_inbox.store import events
from founder_inbox.system.resources import read_faq


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
