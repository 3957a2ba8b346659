"""An answer that was given before, made ready for the next mail: a canned reply of the moment."""

import re
from dataclasses import dataclass

from founder_inbox.core.knowledge.article import Article
from founder_inbox.core.letters.canned import CannedReply

SOURCE = "asked before"
# What the picker and `reply --canned` call them.
ANSWER_NAME = "asked-before"
ARTICLE_PREFIX = "faq-"
_MASK = re.compile(r"\[(name|address|number|key|link)\]")
_MORE = {
    "en": "It is also written down here, to keep: {}",
    "de": "Zum Aufheben steht es auch hier: {}",
}
_QUESTION = {
    "en": "Which {} stands here? (“{}”)",
    "de": "Welche Angabe steht hier, {}? („{}“)",
}
_NEAR = 30


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be put into a reply. `article` is its name, else `answer` the mail it was."""

    reply: CannedReply
    article: str | None = None
    answer: str | None = None


def article_offer(article: Article, link: str) -> Offer:
    """The steps of an article with the link last, never the link alone (handbook ch. 15)."""
    body = with_questions(_safe(article.body), article.language)
    if link:
        more = _MORE.get(article.language, _MORE["en"]).format(link)
        body = f"{body}\n\n{more}"
    title = f"FAQ: {article.title}"
    return Offer(
        _reply(f"{ARTICLE_PREFIX}{article.name}", title, article.language, body), article.name
    )


def answer_offer(words: str, subject: str, language: str, message_id: str) -> Offer:
    """An answer to somebody else; `words` are masked, and their greeting is off already."""
    title = f"Answered before: {subject}" if subject.strip() else "Answered before"
    body = with_questions(words, language)
    return Offer(_reply(ANSWER_NAME, title, language, body), None, message_id)


def with_questions(text: str, language: str) -> str:
    """What was masked becomes a question to the founder: nobody gets another one's number."""
    count = 0

    def ask(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        near = text[max(found.start() - _NEAR, 0) : found.start()].rpartition("\n")[2]
        near = re.sub(r"[{}|:“”„\[\]]", " ", near).strip()
        question = _QUESTION.get(language, _QUESTION["en"]).format(found[1], f"{near} …")
        return f"{{{{ ask.{found[1]}_{count}: {question} }}}}"

    return _MASK.sub(ask, text)


def _safe(body: str) -> str:
    """Braces that would be read as a field are written apart."""
    return body.replace("{{", "{ {").replace("}}", "} }")


def _reply(name: str, title: str, language: str, body: str) -> CannedReply:
    return CannedReply(
        name=name[:40],
        title=" ".join(title.split())[:100],
        lanes=(),
        keys=(),
        language=language,
        body=body,
        source=SOURCE,
    )
