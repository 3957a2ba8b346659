"""Whoever follows a link arrives."""

import re
from pathlib import Path

from tests.docs.pages import DOCS, PAGES, anchors, prose
from tests.rules.source import ROOT

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
# Made by a command of their own, from the running app.
PICTURES = DOCS / "pictures"


def broken_links(path: Path, text: str) -> list[str]:
    """The links in that text that lead nowhere inside the checkout."""
    inside = (to for to in LINK.findall(prose(text)) if not re.match(r"[a-z]+:", to))
    return [to for to in inside if not _leads_somewhere(path, to)]


def _leads_somewhere(path: Path, to: str) -> bool:
    file, _, anchor = to.partition("#")
    target = (path.parent / file).resolve() if file else path
    if target.parent == PICTURES:
        return target.suffix == ".svg"
    if not target.is_relative_to(ROOT) or not target.is_file():
        return False
    return not anchor or anchor in anchors(target)


def test_every_link_inside_the_docs_resolves() -> None:
    wrong = {path.name: broken_links(path, path.read_text(encoding="utf-8")) for path in PAGES}

    assert {name: links for name, links in wrong.items() if links} == {}


def test_every_page_can_be_reached_from_the_readme_by_way_of_the_index() -> None:
    entries = (ROOT / "README.md", DOCS / "index.md")
    reached = {
        (path.parent / to.partition("#")[0]).resolve()
        for path in entries
        for to in LINK.findall(path.read_text(encoding="utf-8"))
    }

    assert {str(path) for path in PAGES[1:] if path not in reached} == set()


def test_the_rule_sees_a_link_that_leads_nowhere() -> None:
    guide = DOCS / "guide.md"
    text = "[a](nowhere.md) [b](guide.md#nowhere) [c](guide.md#passwords) [d](https://a.test)"

    assert broken_links(guide, text) == ["nowhere.md", "guide.md#nowhere"]
