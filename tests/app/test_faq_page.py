"""The FAQ on one page: nothing in it comes from elsewhere, and nothing in an article breaks out."""

from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from founder_inbox.app.knowledge.faq_page import faq_page
from founder_inbox.core.knowledge.article import Article, parse_article
from tests.app.browser import Browser, browsers

HOSTILE = """</article><script>document.title = "taken"</script>
<img src=x onerror="document.title = 'taken'"> ![p](https://evil.test/x.png)
[link](javascript:alert(1)) [good](https://acme.test/) `</script>` &amp; "quotes"

# A heading
"""


def articles() -> list[Article]:
    hostile = f"---\ntitle: 'Ex\"port </title><script>x</script>'\n---\n{HOSTILE}"
    plain = "---\ntitle: Änderungen\nlanguage: de\n---\n1. Öffne **Listen**.\n"
    return [parse_article(hostile, "export.md"), parse_article(plain, "aendern.de.md")]


class Page(HTMLParser):
    """What a browser would find."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, str] = {}
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside in {"script", "style"}:
            self.raw[self._inside] = self.raw.get(self._inside, "") + data

    def handle_endtag(self, tag: str) -> None:
        self._inside = "" if self._inside == tag else self._inside


def test_only_its_own_script_and_style_may_work_and_nothing_is_fetched() -> None:
    page = Page(faq_page(articles(), "Acme <FAQ>"))
    policy = next(a["content"] or "" for _, a in page.tags if a.get("http-equiv"))

    assert [tag for tag, _ in page.tags].count("script") == 1
    assert "default-src 'none'" in policy
    for kind in ("script", "style"):
        digest = b64encode(sha256(page.raw[kind].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert not [a for _, a in page.tags if "src" in a or any(k.startswith("on") for k in a)]
    assert {a["href"] for tag, a in page.tags if tag == "a"} == {
        "https://acme.test/",
        "https://evil.test/x.png",  # a picture is a link, which nothing opens by itself
    }


def test_every_article_is_there_once_in_its_language_and_below_its_title() -> None:
    page = Page(faq_page(articles(), "FAQ"))
    found = [a for tag, a in page.tags if tag == "article"]

    assert found == [{"id": "export"}, {"id": "aendern.de", "lang": "de"}]
    assert [tag for tag, _ in page.tags if tag in {"h1", "h2", "h3"}] == ["h1", "h2", "h3", "h2"]


SHOWN = "[...document.querySelectorAll('article:not([hidden])')].map(a => a.id)"
OPEN = "[...document.querySelectorAll('details[open]')].map(d => d.parentElement.id)"
COUNT = "document.getElementById('count').textContent"
FETCHED = "performance.getEntriesByType('resource').length"


def test_search_and_links_work_from_a_file_in_every_browser_that_is_here(tmp_path: Path) -> None:
    page = tmp_path / "faq.html"
    page.write_text(faq_page(articles(), "FAQ"), encoding="utf-8")
    for number, program in enumerate(browsers()):
        with Browser(program, tmp_path / f"profile-{number}") as browser:
            browser.open(page.as_uri())
            assert (browser.value(SHOWN), browser.value(OPEN)) == (["export", "aendern.de"], [])
            browser.value("document.getElementById('query').focus()")
            browser.type("OFFNE list")
            assert browser.value(SHOWN) == browser.value(OPEN) == ["aendern.de"]
            assert browser.value(COUNT) == "Answers: 1"
            browser.type("xyz")
            assert (browser.value(SHOWN), browser.value(COUNT)[:7]) == ([], "Nothing")
            browser.press("Escape")
            assert (browser.value(SHOWN), browser.value(COUNT)) == (
                ["export", "aendern.de"],
                "Answers: 2",
            )
            assert (browser.value("document.title"), browser.value(FETCHED)) == ("FAQ", 0)

            browser.open(f"{page.as_uri()}#aendern.de")
            assert browser.value(OPEN) == ["aendern.de"]
            browser.open(f"{page.as_uri()}#q=OFFNE%20listen")
            assert browser.value(SHOWN) == ["aendern.de"]


@pytest.mark.parametrize(
    ("language", "word"),
    [("en", "Search"), ("de", "Suchen"), ("fr", "Rechercher"), ("es", "Buscar")],
)
def test_the_field_is_in_the_language_of_the_first_article(language: str, word: str) -> None:
    article = parse_article(f"---\ntitle: A\nlanguage: {language}\n---\nB\n", "a.md")

    assert f"<label>{word} <input" in faq_page([article], "FAQ")
