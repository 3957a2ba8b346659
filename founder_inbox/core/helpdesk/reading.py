"""Conversations in files of JSON, as the help desks' APIs answer; found by their shape."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from founder_inbox.core.helpdesk import hal, values, zammad
from founder_inbox.core.helpdesk.conversation import Broken, Found
from founder_inbox.core.helpdesk.values import Record, Value

UNKNOWN = "it is no conversation of Help Scout or FreeScout, and no ticket or article of Zammad"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: the file's name, and its number there, from 1."""

    file: str
    number: int

    def __str__(self) -> str:
        return f"{self.file}, record {self.number}"


@dataclass(slots=True)
class _Zammad:
    """What was found of Zammad's; a ticket and its articles may lie in different files."""

    tickets: dict[str, tuple[Place, Record]] = field(default_factory=dict)
    articles: defaultdict[str, dict[str, Record]] = field(default_factory=lambda: defaultdict(dict))
    users: dict[str, Record] = field(default_factory=dict)
    tags: defaultdict[str, list[Value]] = field(default_factory=lambda: defaultdict(list))


def read_files(files: Iterable[tuple[str, Iterable[Value]]]) -> Iterator[tuple[Place, Found]]:
    """Every conversation in files that were parsed: name, and the JSON values in it.

    Help Scout's and FreeScout's come as they are found, Zammad's when all files are read.
    """
    desk = _Zammad()
    for name, given in files:
        for number, value in enumerate(_records(given), 1):
            place, record = Place(name, number), values.record(value)
            if isinstance(value, Broken):
                yield place, value
            elif hal.is_conversation(record):
                yield place, hal.read_conversation(record)
            elif not _collect(desk, place, record):
                yield place, Broken(UNKNOWN)
    yield from _joined(desk)


def _records(given: Iterable[Value]) -> Iterator[Value]:
    """The objects in a file: one, a list of them, one a line, or pages as the API gives them."""
    for value in given:
        for one in value if isinstance(value, list) else [value]:
            pages = values.record(values.record(one).get("_embedded")).get("conversations")
            yield from values.items(pages) if pages is not None else [one]


def _collect(desk: _Zammad, place: Place, record: Record) -> bool:
    """Keep a ticket, an article, or an answer with `assets`; False for what is none of these."""
    if zammad.is_ticket(record):
        _keep_ticket(desk, place, record, record.get("tags"), record.get("articles"))
    elif zammad.is_article(record):
        _keep_article(desk, record)
    elif assets := values.record(record.get("assets")):
        tickets = values.record(assets.get("Ticket"))
        tags = record.get("tags") if len(tickets) == 1 else None
        for ticket in tickets.values():
            _keep_ticket(desk, place, values.record(ticket), tags, None)
        for article in values.record(assets.get("TicketArticle")).values():
            _keep_article(desk, values.record(article))
        for key, user in values.record(assets.get("User")).items():
            desk.users[key] = values.record(user)
    else:
        return False
    return True


def _keep_ticket(desk: _Zammad, place: Place, ticket: Record, tags: Value, articles: Value) -> None:
    number = values.text(ticket.get("id"))
    desk.tickets[number] = (place, ticket)
    desk.tags[number] += values.items(tags)
    for article in values.items(articles):
        _keep_article(desk, values.record(article))


def _keep_article(desk: _Zammad, article: Record) -> None:
    kept = desk.articles[values.text(article.get("ticket_id"))]
    if len(kept) < values.MOST_ENTRIES:
        kept[values.text(article.get("id"))] = article


def _joined(desk: _Zammad) -> Iterator[tuple[Place, Found]]:
    for number, (place, ticket) in desk.tickets.items():
        articles = desk.articles[number].values()
        yield place, zammad.read_ticket(ticket, articles, desk.users, desk.tags[number])
    for number in desk.articles.keys() - desk.tickets.keys():
        yield Place(f"ticket {values.line(number, 20) or '?'}", 1), Broken("it is in no file")
