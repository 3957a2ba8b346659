"""What support teaches, as JSON: articles, what was asked before, ideas, causes."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from founder_inbox.app.knowledge.asked import AskedBefore
    from founder_inbox.cli.plain import Json
    from founder_inbox.core.knowledge.article import Article


def article_shape(article: "Article", uses: int, link: str) -> "dict[str, Json]":
    """An FAQ article; `link` is where customers read it, null while that is nowhere."""
    return {
        "name": article.name,
        "title": article.title,
        "language": article.language,
        "draft": article.draft,
        "link": link or None,
        "uses": uses,
        "file": article.source,
    }


def asked_shape(found: "AskedBefore") -> "dict[str, Json]":
    """How many others asked the same, and the answers that can be given again."""
    return {
        "times": found.times,
        "offers": [
            {
                "name": offer.reply.name,
                "title": offer.reply.title,
                "article": offer.article,
                "answer": offer.answer,
                "body": offer.reply.body,
            }
            for offer in found.offers
        ],
    }
