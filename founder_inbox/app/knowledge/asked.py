"""Was this asked before? Answers to other customers, and articles, for the ticket in hand.

It reads all mail there is, so it belongs on a thread that no key waits for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from founder_inbox.app.knowledge.articles import find_article, link_to, readable_articles
from founder_inbox.app.queue.triage import record_act
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.knowledge.article import Article
from founder_inbox.core.knowledge.masking import mask
from founder_inbox.core.knowledge.offers import (
    ANSWER_NAME,
    ARTICLE_PREFIX,
    Offer,
    answer_offer,
    article_offer,
)
from founder_inbox.core.knowledge.questions import (
    Question,
    asks_the_same,
    bare_title,
    index_words,
    read_question,
)
from founder_inbox.core.knowledge.terms import terms
from founder_inbox.core.letters.canned import CannedReply
from founder_inbox.core.letters.language import language_of
from founder_inbox.core.letters.reply_draft import mailbox
from founder_inbox.core.letters.saved_reply import reusable_words
from founder_inbox.core.model import Lane
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Role
from founder_inbox.core.tickets.journal import EventKind, Json
from founder_inbox.errors import NotFound
from founder_inbox.store import asked as table
from founder_inbox.store import messages
from founder_inbox.store.asked import Answer, Asked
from founder_inbox.store.tickets import ticket_with_key

# How far back an answer is still thought to be true.
FRESH = timedelta(days=180)
_MOST_OFFERS = 3
_A_ROUND = 20


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """What is known of a question: how many other customers asked it, and what can be offered.

    `offers`: articles first, then answers, the likeliest first.
    """

    times: int = 0
    offers: tuple[Offer, ...] = ()

    @property
    def words(self) -> str:
        """How often, this time included: "asked 2×"; empty where it is new."""
        return times_words(self.times)

    @property
    def replies(self) -> list[CannedReply]:
        """The offers as a picker shows them."""
        return [offer.reply for offer in self.offers]


NEVER = AskedBefore()


def times_words(times: int | None) -> str:
    """How often with this time: "asked 2×" after one other customer; empty where nobody had."""
    return f"asked {times + 1}×" if times else ""


def look_up(ws: Workspace, ticket: Ticket, now: datetime) -> AskedBefore:
    """Look through the answers of half a year and the FAQ; how often it was asked is noted."""
    if ticket.state.verdict.lane is not Lane.HOWTO:
        return NEVER
    asked = _question_of(ws, ticket)
    if asked is None:
        return NEVER
    subject, question, customer = asked
    articles = _articles(ws, question)
    found = _same(ws, ticket, subject, question, customer, now - FRESH)
    others = {mailbox(one.address) for _, one in found}
    answers = _answers(ws, [one for _, one in found])
    times = len(others) if answers or articles else 0
    offers = [article_offer(article, link_to(ws, article)) for article in articles]
    offers += [_offer(ws, answer) for answer in answers]
    if ticket_with_key(ws.store, ticket.key) is not None:
        table.note_asked(ws.store, ticket.key, times, articles[0].name if articles else None)
    return AskedBefore(times, tuple(offers[:_MOST_OFFERS]))


def earlier_answers(ws: Workspace, ticket: Ticket, now: datetime) -> list[Answer]:
    """What we wrote to others who asked the same, the surest first; whatever lane it is in."""
    asked = _question_of(ws, ticket)
    if asked is None:
        return []
    return _answers(ws, [one for _, one in _same(ws, ticket, *asked, now - FRESH)])


def look_up_new(ws: Workspace, now: datetime) -> int:
    """Look the open how-do-I tickets up that nobody has; returns how many were asked before."""
    keys = table.not_looked_up(ws.store, _A_ROUND)
    tickets = (ticket_with_key(ws.store, key) for key in keys)
    found = [look_up(ws, ticket, now) for ticket in tickets if ticket is not None]
    return sum(known.times > 0 for known in found)


def offer_named(ws: Workspace, ticket: Ticket, name: str, now: datetime) -> Offer | None:
    """What `asked-before` or `faq-NAME` means for a ticket; None for a canned reply's name.

    Raises NotFound where nobody had asked, and where there is no such article.
    """
    if name == ANSWER_NAME:
        found = [offer for offer in look_up(ws, ticket, now).offers if offer.answer]
        if not found:
            raise NotFound(f"Nobody was answered before on what #{ticket.id} asks.")
        return found[0]
    if name.startswith(ARTICLE_PREFIX):
        article = find_article(ws, name.removeprefix(ARTICLE_PREFIX))
        return article_offer(article, link_to(ws, article))
    return None


def note_use(ws: Workspace, ticket: Ticket, offer: Offer, now: datetime) -> None:
    """Record that an earlier answer, or an article, was put into the reply to a ticket."""
    data: dict[str, Json] = {"article": offer.article, "answer": offer.answer}
    record_act(ws, ticket, EventKind.ANSWERED_AGAIN, data, now)


def compared_tickets(
    ws: Workspace, since: datetime, until: datetime
) -> list[tuple[datetime, str, int]]:
    """The how-do-I tickets opened in a span: when, their id, how many others had asked before."""
    return table.asked_tickets(ws.store, since, until)


def _question_of(ws: Workspace, ticket: Ticket) -> tuple[str, Question, str] | None:
    """Subject, question and mailbox of the customer's first mail."""
    history = messages.messages_of_ticket(ws.store, ticket.key, 20)
    first = next((m for m in history if m.role is Role.CUSTOMER), None)
    if first is None:
        return None
    question = read_question(first.subject, first.new_text)
    return first.subject, question, mailbox(first.sender.address)


def _same(
    ws: Workspace,
    ticket: Ticket,
    subject: str,
    question: Question,
    customer: str,
    since: datetime,
) -> list[tuple[float, Asked]]:
    """The mails of others that ask the same, the surest first, then the newest."""
    words = index_words(subject, question)
    near = table.asked_since(ws.store, words, since, ticket.key)
    scored = [
        (asks_the_same(question.terms, read_question(one.subject, one.text).terms), one)
        for one in near
        if mailbox(one.address) != customer
    ]
    sure = [pair for pair in scored if pair[0] > 0]
    return sorted(sure, key=lambda pair: (-pair[0], -pair[1].at.timestamp()))


def _articles(ws: Workspace, question: Question) -> list[Article]:
    """The articles that answer a question, the surest first."""
    scored = []
    for article in readable_articles(ws):
        asked = [terms(article.title), *(terms(f"{row}") for row in article.asked)]
        asked.append(terms(" ".join([article.title, *article.asked])))
        score = max(asks_the_same(question.terms, frozenset(known)) for known in asked)
        scored.append((score, article))
    return [a for score, a in sorted(scored, key=lambda pair: -pair[0]) if score > 0]


def _answers(ws: Workspace, asked: Sequence[Asked]) -> list[Answer]:
    """What we wrote to them, each ticket's answer once, and the same words once."""
    tickets: set[str] = set()
    found: dict[str, Answer] = {}
    for one in asked[: _MOST_OFFERS * 4]:
        answer = table.answer_to(ws.store, one)
        if answer is not None and answer.ticket not in tickets:
            tickets.add(answer.ticket)
            found.setdefault(_bare(ws, answer), answer)
    return list(found.values())


def _bare(ws: Workspace, answer: Answer) -> str:
    """An answer without its customer, and without how it is spaced."""
    account = ws.config.account
    signed = (account.signature, account.name)
    words = reusable_words(answer.text, answer.customer, signed, language_of(answer.text) or "en")
    return " ".join(words.casefold().split())


def _offer(ws: Workspace, answer: Answer) -> Offer:
    account = ws.config.account
    language = language_of(answer.text) or "en"
    signed = (account.signature, account.name)
    words = reusable_words(answer.text, answer.customer, signed, language)
    return answer_offer(
        mask(words, [answer.customer]), bare_title(answer.subject), language, answer.message_id
    )
