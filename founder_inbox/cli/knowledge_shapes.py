"""What support teaches, as JSON: articles, what was asked before, ideas, causes."""

from typing import TYPE_CHECKING

from founder_inbox.core.times import to_text, to_text_or_none

if TYPE_CHECKING:
    from collections.abc import Sequence

    from founder_inbox.app.knowledge.asked import AskedBefore
    from founder_inbox.app.knowledge.causes import Hit, Month
    from founder_inbox.app.knowledge.ideas import Wanted
    from founder_inbox.app.sending.mailing import Letter
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


def idea_shape(wanted: "Wanted") -> "dict[str, Json]":
    """An idea with its voters, each customer once."""
    idea = wanted.idea
    return {
        "id": idea.name,
        "title": idea.title,
        "problem": idea.problem or None,
        "state": idea.state.value,
        "reason": idea.reason or None,
        "url": idea.url or None,
        "votes": len(wanted.voters),
        "voters": [
            {
                "ticket": voter.ticket,
                "customer": {"name": voter.name, "address": voter.address},
                "words": voter.words,
            }
            for voter in wanted.voters
        ],
        "opened_at": to_text(idea.opened_at),
        "changed_at": to_text(idea.changed_at),
    }


def letters_shape(written: "Sequence[Letter]", *, sent: bool) -> "dict[str, Json]":
    """Mails to several people, shown or sent."""
    return {
        "sent": sent,
        "letters": [
            {
                "to": one.person,
                "ticket": one.ticket.id,
                "body": one.body,
                "trouble": one.trouble or None,
            }
            for one in written
        ],
    }


def cause_shape(hit: "Hit") -> "dict[str, Json]":
    """A cause with the tickets it hit."""
    cause = hit.cause
    return {
        "id": cause.name,
        "cause": cause.kind.value,
        "what": cause.what,
        "link": cause.link or None,
        "test": cause.test,
        "tickets": [person.ticket for person in hit.people],
        "opened_at": to_text(cause.opened_at),
        "fixed_at": to_text_or_none(cause.fixed_at),
    }


def month_shape(month: "Month") -> "dict[str, Json]":
    """Seconds by kind of cause in a month."""
    return {
        "month": f"{month.first:%Y-%m}",
        "seconds": {kind.value: int(time.total_seconds()) for kind, time in month.spent.items()},
    }
