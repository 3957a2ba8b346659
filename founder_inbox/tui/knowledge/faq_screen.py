"""The FAQ on the screen: every article and its uses; read, mended, published, exported."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from founder_inbox.app.knowledge import articles as use
from founder_inbox.app.knowledge.export import PAGE, Exported, export_faq
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import SafeLine, safe_line, safe_text
from founder_inbox.core.hours.time_words import counted, times
from founder_inbox.core.knowledge.article import Article
from founder_inbox.errors import BadInput, CannotWrite
from founder_inbox.tui.widgets.dialog import ENTER, Dialog, Hint
from founder_inbox.tui.widgets.external_editor import edit_outside
from founder_inbox.tui.widgets.list_dialog import ListDialog
from founder_inbox.tui.widgets.prompts import TextPrompt
from founder_inbox.tui.widgets.text import content, paragraph

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen

_EMPTY = "There is no article yet. K on a ticket writes one."


class Shelf(NamedTuple):
    """Articles, in how many answers each was used, and what is wrong with one of their files."""

    articles: list[Article]
    uses: Mapping[str, int]
    trouble: str


class FaqScreen(ListDialog[None]):
    """A row an article."""

    DEFAULT_CSS = """
    FaqScreen {
        & > .box { width: 96%; max-width: 110; height: 80%; }
        OptionList { margin: 1 0; height: 1fr; }
    }
    """
    BINDINGS: ClassVar = [
        ("e", "edit", "Edit"),
        ("p", "publish", "Publish"),
        ("x", "export", "Export"),
    ]
    heading = "FAQ"

    def __init__(self, main: "MainScreen", shelf: Shelf) -> None:
        super().__init__()
        self._main = main
        self._shelf = shelf

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield OptionList(markup=False)
        yield Static(classes="said")

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        here = (
            ("enter", "read", ENTER),
            ("e", "edit", "screen.edit"),
            ("p", "publish", "screen.publish"),
            ("x", "export", "screen.export"),
        )
        return (*(here if self._shelf.articles else ()), ("esc", "back", "screen.leave"))

    def on_mount(self) -> None:
        """Begin with the first."""
        self.options.focus()
        self._show(self._shelf)

    @on(OptionList.OptionSelected)
    def _read(self, event: OptionList.OptionSelected) -> None:
        self.app.push_screen(ArticleScreen(self._shelf.articles[event.option_index]))

    def action_edit(self) -> None:
        """Open the article in the founder's own editor."""
        article = self._article
        if article is None:
            return
        edited = edit_outside(self.app, article.text)
        if edited is None:
            return
        try:
            use.rewrite_article(self._main.desk.ws.paths.faq / article.source, edited)
        except (BadInput, CannotWrite) as error:
            self.say(f"{error} The article is as it was.", trouble=True)
            return
        self._do(read_shelf, "Changed.")

    def action_publish(self) -> None:
        """It is no draft any more."""
        article = self._article
        if article is None or not article.draft:
            self.say("That is no draft any more." if article else "")
            return

        def work(ws: Workspace) -> Shelf:
            use.publish_article(ws, article.source)
            return read_shelf(ws)

        self._do(work, f"{article.title}: answers offer it now, and x takes it along.")

    def action_export(self) -> None:
        """Ask for a folder, and write all but the drafts there."""

        def answered(folder: str | None) -> None:
            if folder:
                path = Path(folder.strip()).expanduser()
                self._main.writer.submit(
                    lambda ws: export_faq(ws, path), exported, partial(self.say, trouble=True)
                )

        def exported(done: Exported) -> None:
            many = counted(len(done.files) - 2, "article")
            self.say(f"{many} in {done.folder}; {PAGE} there is all of it on one page.")

        hint = f"Markdown for any site generator, an index, and {PAGE} with a search."
        self.app.push_screen(TextPrompt("Export the FAQ to a folder", hint, verb="write"), answered)

    @property
    def _article(self) -> Article | None:
        at = self.options.highlighted
        return self._shelf.articles[at] if at is not None else None

    def _do(self, work: Callable[[Workspace], Shelf], words: str) -> None:
        def done(shelf: Shelf) -> None:
            self._show(shelf)
            if not shelf.trouble:
                self.say(words)

        self._main.writer.submit(work, done, partial(self.say, trouble=True))

    def _show(self, shelf: Shelf) -> None:
        if not self.is_attached:
            return
        self._shelf = shelf
        options = self.options
        at = options.highlighted or 0
        options.clear_options()
        options.add_options([Option(_row(one, shelf.uses)) for one in shelf.articles])
        options.highlighted = min(at, len(shelf.articles) - 1) if shelf.articles else None
        self.say(shelf.trouble or ("" if shelf.articles else _EMPTY), trouble=bool(shelf.trouble))


class ArticleScreen(Dialog[None]):
    """One article as customers read it."""

    DEFAULT_CSS = """
    ArticleScreen > .box { width: 84; }
    """
    BINDINGS: ClassVar = [("q,enter", "leave", "Back")]

    def __init__(self, article: Article) -> None:
        super().__init__()
        self.heading = safe_line(article.title)
        self._text = article.body

    def body(self) -> ComposeResult:
        """Lay out its words."""
        yield Static(paragraph(safe_text(self._text).strip()))


def _row(article: Article, uses: Mapping[str, int]) -> Content:
    state = "draft" if article.draft else ""
    used = f"used {times(uses[article.name])}" if uses.get(article.name) else "never used"
    head = f"{article.language:<4}{state:<7}{used:<15}"
    return content((SafeLine(head), "$text-muted"), safe_line(article.title, 120))


def read_shelf(ws: Workspace) -> Shelf:
    """All articles that can be read, and what is wrong with the first that can't."""
    uses = use.uses_of_articles(ws)
    try:
        return Shelf(use.load_articles(ws), uses, "")
    except BadInput as error:
        return Shelf(use.readable_articles(ws), uses, str(error))


def show_faq(main: "MainScreen") -> None:
    """Show all articles."""

    def show(shelf: Shelf) -> None:
        main.app.push_screen(FaqScreen(main, shelf), lambda _: main.show_keys())

    main.reader.read(read_shelf, show, partial(main.say, trouble=True))
