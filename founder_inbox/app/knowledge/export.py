"""The FAQ for everybody: a folder that any static site generator takes, and one page of it all."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from founder_inbox.app.knowledge.articles import load_articles
from founder_inbox.app.knowledge.faq_page import faq_page
from founder_inbox.app.sending.canned import product_name
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.knowledge.article import Article, exported
from founder_inbox.errors import BadInput, CannotWrite

PAGE = "faq.html"
INDEX = "index.md"
# Names what an export wrote, so that the next one replaces that and nothing else.
LIST = ".founder-inbox-faq.json"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written where, and the drafts that were left out."""

    folder: Path
    files: tuple[str, ...]
    drafts: tuple[str, ...]


def export_faq(ws: Workspace, folder: Path) -> Exported:
    """Write every article that is no draft, an index and the page; earlier exports are replaced.

    `folder` is new, empty, or holds an earlier export; other files in it are never touched.
    Raises BadInput and CannotWrite.
    """
    articles = load_articles(ws)
    drafts = tuple(article.source for article in articles if article.draft)
    ready = [article for article in articles if not article.draft]
    if not ready:
        more = "; publish one first: founder-inbox faq publish NAME" if drafts else ""
        raise BadInput(f"There is no FAQ article to export yet{more}. Nothing was written.")
    title = f"{product_name(ws)} FAQ"
    texts = {article.source: exported(article) for article in ready}
    texts[INDEX] = _index(ready, title)
    texts[PAGE] = faq_page(ready, title)
    earlier = _written_before(folder)
    in_the_way = [name for name in texts if (folder / name).exists() and name not in earlier]
    if in_the_way:
        raise BadInput(
            f"{folder / in_the_way[0]} is there and no export wrote it, so it stays. Choose an "
            "empty folder. Nothing was written."
        )
    try:
        _write(folder, texts, earlier)
    except OSError as error:
        raise CannotWrite(f"{folder} can't be written: {error.strerror}.") from error
    return Exported(folder, tuple(texts), drafts)


def _index(articles: list[Article], title: str) -> str:
    rows = [f"- [{_escaped(a.title)}]({a.source})" for a in articles]
    head = ["---", f"title: {json.dumps(title, ensure_ascii=False)}", "---", ""]
    return "\n".join([*head, *rows]) + "\n"


def _escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "\\[]<>*_`&" else sign for sign in text)


def _written_before(folder: Path) -> set[str]:
    try:
        names = json.loads((folder / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    # Only plain names: a list that somebody has put there must not lead us out of the folder.
    found = (str(name) for name in names) if isinstance(names, list) else ()
    return {
        name for name in found if PurePath(name).name == name and name.endswith((".md", ".html"))
    }


def _write(folder: Path, texts: Mapping[str, str], earlier: set[str]) -> None:
    """Each file is replaced as a whole: who serves the folder never sees half of one."""
    folder.mkdir(parents=True, exist_ok=True)
    _replace(folder / LIST, json.dumps(sorted({*texts, *earlier})))
    for name, text in texts.items():
        _replace(folder / name, text)
    for name in earlier - set(texts):
        (folder / name).unlink(missing_ok=True)
    _replace(folder / LIST, json.dumps(sorted(texts)))


def _replace(path: Path, text: str) -> None:
    new = path.with_name(f"{path.name}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)
