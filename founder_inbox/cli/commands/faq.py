"""The FAQ: what was asked before, articles made of answers, and the folder that gets published."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from founder_inbox.app.knowledge import articles as use
from founder_inbox.app.knowledge.article_writing import suggested_title, write_article
from founder_inbox.app.knowledge.asked import look_up
from founder_inbox.app.knowledge.export import PAGE, export_faq
from founder_inbox.app.queue.tickets import find_ticket
from founder_inbox.app.workspace import Workspace
from founder_inbox.cli.context import answer, data_command, is_interactive, workspace
from founder_inbox.cli.knowledge_shapes import article_shape, asked_shape
from founder_inbox.cli.table import table, terminal_width
from founder_inbox.core.display import safe_line, safe_text
from founder_inbox.core.hours.time_words import counted, times
from founder_inbox.core.knowledge.article import Article, name_from
from founder_inbox.system import clock

if TYPE_CHECKING:
    from founder_inbox.cli.plain import Json

_EMPTY = "There is no article yet. K on a ticket, or founder-inbox faq add TICKET, writes one."


@data_command("faq")
@click.argument(
    "act", type=click.Choice(["list", "show", "asked", "add", "publish", "export"]), required=False
)
@click.argument("what", required=False)
@click.argument("name", required=False)
@click.option("--title", metavar="TEXT", default="", help="With add: else the ticket's subject.")
@click.option("--message", metavar="N", help="With add: the answer to take, else the longest.")
@click.option("--edit", is_flag=True, help="With add: open it in your editor.")
@click.pass_context
def faq(
    ctx: click.Context,
    act: str | None,
    what: str | None,
    name: str | None,
    title: str,
    message: str | None,
    edit: bool,
) -> int:
    """Your FAQ: Markdown files in faq/ beside your configuration.

    faq asked TICKET looks whether others asked the same, and shows the answers they got; reply
    TICKET --canned asked-before, or faq-NAME, gives them again.

    faq add TICKET [NAME] writes a draft of an article from the ticket: its question and your
    answer, with names, addresses, numbers, keys and secret links masked. Read it, then faq publish
    NAME. A file that is there is never written over.

    faq export DIR writes all but the drafts as Markdown for any static site generator, with an
    index, and faq.html: one page that can be searched, also from a file.
    """
    chosen = act or "list"
    if (what is None) != (chosen == "list") or (name is not None and chosen != "add"):
        ctx.fail(f"Write {_USAGE[chosen]}")
    if chosen != "add" and (title or message or edit):
        ctx.fail("--title, --message and --edit belong to: faq add")
    with workspace() as ws:
        if chosen == "add":
            _add(ws, what or "", name, title, message, edit=edit)
        else:
            _ACTS[chosen](ws, what or "")
    return 0


def _list(ws: Workspace, _what: str) -> None:
    known, uses = use.load_articles(ws), use.uses_of_articles(ws)
    rows = [
        (
            one.name,
            one.language,
            one.title,
            "draft" if one.draft else "",
            f"used {times(uses[one.name])}" if uses[one.name] else "never used",
        )
        for one in known
    ]
    answer(
        lambda: [_shape(ws, one, uses) for one in known],
        lambda: table(rows, terminal_width(), flexible=(2,)) if rows else _EMPTY,
    )


def _show(ws: Workspace, what: str) -> None:
    found, uses = use.find_article(ws, what), use.uses_of_articles(ws)
    answer(
        lambda: _shape(ws, found, uses) | {"body": found.body, "asked": [*found.asked]},
        lambda: f"{found.title}\n\n{safe_text(found.body)}",
    )


def _asked(ws: Workspace, what: str) -> None:
    found = look_up(ws, find_ticket(ws.store, what), clock.now())
    head = [found.words.capitalize()] if found.words else []
    offers = [
        f"{offer.reply.title} (--canned {offer.reply.name})\n\n{safe_text(offer.reply.body)}"
        for offer in found.offers
    ]
    words = "\n\n".join([*head, *offers])
    answer(
        lambda: asked_shape(found), lambda: words or "This is a new question: no answer fits yet."
    )


def _add(
    ws: Workspace, what: str, name: str | None, title: str, message: str | None, *, edit: bool
) -> None:
    ticket = find_ticket(ws.store, what)
    chosen = name or name_from(title or suggested_title(ticket))
    path = write_article(ws, ticket, chosen, clock.now(), title, message)
    if edit and is_interactive():
        edited = click.edit(path.read_text(encoding="utf-8"), extension=".md")
        if edited is not None:
            use.rewrite_article(path, edited)
    words = f"A draft is in {path}. Read it, then: founder-inbox faq publish {chosen}"
    answer(lambda: {"name": chosen, "file": str(path)}, lambda: words)


def _publish(ws: Workspace, what: str) -> None:
    found, uses = use.publish_article(ws, what), use.uses_of_articles(ws)
    words = f"{found.name} is no draft any more. founder-inbox faq export DIR takes it along."
    answer(lambda: _shape(ws, found, uses), lambda: words)


def _export(ws: Workspace, what: str) -> None:
    done = export_faq(ws, Path(what).expanduser())
    left = f" {counted(len(done.drafts), 'draft')} left out." if done.drafts else ""
    many = counted(len(done.files) - 2, "article")
    words = f"{many} in {safe_line(str(done.folder))}; {PAGE} is all of it on one page.{left}"
    answer(
        lambda: {
            "folder": str(done.folder),
            "files": [*done.files],
            "page": str(done.folder / PAGE),
            "drafts": [*done.drafts],
        },
        lambda: words,
    )


def _shape(ws: Workspace, article: Article, uses: Mapping[str, int]) -> "dict[str, Json]":
    return article_shape(article, uses.get(article.name, 0), use.link_to(ws, article))


_ACTS: dict[str, Callable[[Workspace, str], None]] = {
    "list": _list,
    "show": _show,
    "asked": _asked,
    "publish": _publish,
    "export": _export,
}
_USAGE = {
    "list": "faq, or faq list",
    "show": "faq show NAME",
    "asked": "faq asked TICKET",
    "add": "faq add TICKET [NAME]",
    "publish": "faq publish NAME",
    "export": "faq export DIR",
}
