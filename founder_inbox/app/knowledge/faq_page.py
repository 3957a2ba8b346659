"""The whole FAQ as one page that can be searched, also from a file: nothing is fetched.

`#NAME` opens an article, `#q=WORDS` a search, so both can be linked to.

The page says so itself (Content-Security-Policy): only its own style and script may work in it.
"""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from html import escape

from founder_inbox.app.sending.html_letter import html_of
from founder_inbox.core.knowledge.article import Article

_WORDS = {
    "en": ("Search", "Answers: {n}", "Nothing has these words in it. Fewer words find more."),
    "de": ("Suchen", "Antworten: {n}", "Nichts enthält diese Wörter. Weniger Wörter finden mehr."),
    "es": (
        "Buscar",
        "Respuestas: {n}",
        "Nada contiene estas palabras. Con menos hay más.",
    ),
    "fr": (
        "Rechercher",
        "Réponses : {n}",
        "Rien ne contient ces mots. Essayez-en moins.",
    ),
}

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.55 system-ui, sans-serif; max-width: 44rem; margin: 0 auto;
  padding: 1.5rem 1rem 4rem; overflow-wrap: break-word; }
h1 { font-size: 1.6rem; line-height: 1.2; }
label { display: block; font-weight: 600; }
input { font: inherit; width: 100%; box-sizing: border-box; padding: .6rem .8rem;
  margin-top: .3rem; border: 1px solid GrayText; border-radius: .4rem; }
#count { min-height: 1.5em; margin: .5rem 0 1rem; opacity: .75; }
article { border-top: 1px solid color-mix(in srgb, CanvasText 20%, Canvas); }
summary { cursor: pointer; padding: .8rem 0; }
summary h2 { display: inline; font-size: 1.05rem; margin: 0; }
.answer { padding: 0 0 1rem 1.1rem; }
pre { overflow-x: auto; }
:focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
[hidden] { display: none; }
"""

_SCRIPT = """
(function () {
  "use strict";
  var field = document.getElementById("query");
  var count = document.getElementById("count");
  var articles = Array.from(document.querySelectorAll("article"));
  function plain(text) {
    return text.normalize("NFKD").replace(/[\\u0300-\\u036f]/g, "").toLowerCase();
  }
  var texts = articles.map(function (article) { return plain(article.textContent); });
  function search() {
    var words = plain(field.value).split(/\\s+/).filter(Boolean);
    var found = 0;
    articles.forEach(function (article, at) {
      var hit = words.every(function (word) { return texts[at].indexOf(word) >= 0; });
      article.hidden = !hit;
      if (hit) { found += 1; }
    });
    articles.forEach(function (article) {
      article.firstElementChild.open = words.length > 0 && found < 4 && !article.hidden;
    });
    count.textContent = found
      ? count.dataset.some.replace("{n}", String(found)) : count.dataset.none;
  }
  function show() {
    var wanted = location.hash.slice(1);
    try { wanted = decodeURIComponent(wanted); } catch (error) { return; }
    if (wanted.slice(0, 2) === "q=") {
      field.value = wanted.slice(2);
      search();
      return;
    }
    var article = document.getElementById(wanted);
    if (article && article.tagName === "ARTICLE") {
      article.hidden = false;
      article.firstElementChild.open = true;
      article.scrollIntoView();
    }
  }
  document.getElementById("search").hidden = false;
  field.addEventListener("input", search);
  field.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { field.value = ""; search(); }
  });
  window.addEventListener("hashchange", show);
  search();
  show();
})();
"""


def faq_page(articles: Sequence[Article], title: str) -> str:
    """The page with all articles; without a script everything stands there and can be read."""
    language = articles[0].language if articles else "en"
    search, some, none = _WORDS.get(language, _WORDS["en"])
    policy = (
        f"default-src 'none'; style-src '{_digest(_STYLE)}'; script-src '{_digest(_SCRIPT)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return f"""<!DOCTYPE html>
<html lang="{escape(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{escape(title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>{escape(title)}</h1>
<div id="search" role="search" hidden>
<label>{escape(search)} <input id="query" type="search" autocomplete="off" maxlength="200"></label>
<p id="count" role="status" data-some="{escape(some)}" data-none="{escape(none)}"></p>
</div>
{"".join(_article(article, language) for article in articles)}</main>
<script>{_SCRIPT}</script>
</body>
</html>
"""


def _article(article: Article, language: str) -> str:
    other = f' lang="{escape(article.language)}"' if article.language != language else ""
    # A heading in an answer stands below the question, which is the second level.
    answer = html_of(article.body)
    for level in (5, 4, 3, 2, 1):
        deeper = min(level + 2, 6)
        answer = answer.replace(f"<h{level}>", f"<h{deeper}>")
        answer = answer.replace(f"</h{level}>", f"</h{deeper}>")
    return (
        f'<article id="{escape(article.source.removesuffix(".md"))}"{other}><details>'
        f"<summary><h2>{escape(article.title)}</h2></summary>\n"
        f'<div class="answer">\n{answer}</div></details></article>\n'
    )


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
