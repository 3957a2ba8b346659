"""Exports of other help desks: whatever is in them, reading ends, and mails are mails."""

import copy
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from founder_inbox.core.helpdesk import values
from founder_inbox.core.helpdesk.conversation import Broken, Conversation
from founder_inbox.core.helpdesk.mails import mail_of, message_id_of
from founder_inbox.core.helpdesk.reading import read_files
from founder_inbox.core.mime.reader import parse
from founder_inbox.core.model import Address

KEPT = Path(__file__).parent / "helpdesks"
FILES = {path.name: json.loads(path.read_text()) for path in sorted(KEPT.iterdir())}
OURS = Address("Ana", "support@acme.test")
ODD: tuple[Any, ...] = (
    None, True, -1, 10**30, 1.5, "", "\ud800", "\r\nBcc: a@x.test", "<b>", "a@b@c", "9999-99-99",
    "0001-01-01T00:00:00+14:00", "x" * 5_000, [], [[]], {}, {"": []}, ["\x00", None],
)  # fmt: skip


def read(*given_files: tuple[str, Any]) -> list[Any]:
    return [found for _, found in read_files((name, iter([value])) for name, value in given_files)]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - JSON
    """The way to every value in it."""
    below = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in below:
        yield (*path, key)
        if isinstance(one, dict | list):
            yield from places(one, (*path, key))


PLACES = [(name, place) for name, value in FILES.items() for place in places(value)]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(ODD)), min_size=1, max_size=6))
def test_nothing_in_a_record_stops_the_reading_or_breaks_out_of_a_mail(
    changes: list[tuple[tuple[str, tuple[Any, ...]], Any]],
) -> None:
    files = copy.deepcopy(FILES)
    for (name, (*way, last)), odd in changes:
        where: Any = files[name]
        try:
            for step in way:
                where = where[step]
            where[last] = odd
        except (KeyError, IndexError, TypeError, AttributeError):
            continue  # something above it is gone already

    for found in read(*files.items()):
        for entry in found.entries if isinstance(found, Conversation) else ():
            mail = parse(mail_of(found, entry, OURS))
            assert mail.message_id == message_id_of(found, entry)
            assert b"\nBcc" not in mail_of(found, entry, OURS)


def test_every_answer_refers_to_the_first_mail_so_that_they_make_one_ticket() -> None:
    [order, *_] = (one for one in read(*FILES.items()) if getattr(one, "desk", "") == "Zammad")

    mails = [parse(mail_of(order, entry, OURS)) for entry in order.entries]

    assert [mail.message_id for mail in mails] == [
        "<order-1@x.test>",
        "<zammad.3.7@import.founder-inbox.invalid>",
        "<answer-1@acme.test>",
    ]
    assert [mail.references for mail in mails] == [(), *[("<order-1@x.test>",)] * 2]
    assert mails[0].sender == Address("Samuel Lee", "samuel@x.test")
    assert mails[2].sender == Address("Chris Miller via Support", "support@acme.test")
    assert mails[2].to == (Address("", "samuel@x.test"),)


def test_what_zammad_gives_with_assets_is_read_with_its_users_and_tags() -> None:
    tickets, articles = FILES["zammad-tickets.json"], FILES["zammad-articles-3.json"]
    bare = {key: value for key, value in tickets[0].items() if key.endswith("_id")}
    bare |= {key: tickets[0][key] for key in ("id", "number", "title")}
    answer = {
        "ticket_id": 3,
        "assets": {
            "Ticket": {"3": bare},
            "TicketArticle": {str(one["id"]): one for one in articles},
            "User": {
                "7": {"id": 7, "firstname": "Samuel", "lastname": "Lee", "email": "samuel@x.test"},
                "3": {"id": 3, "firstname": "Chris", "lastname": "-", "email": "chris@acme.test"},
            },
        },
        "tags": ["order"],
    }

    [found] = read(("3.json", answer))

    assert (found.customer, found.assignee, found.tags, found.state) == (
        Address("Samuel Lee", "samuel@x.test"),
        Address("Chris", "chris@acme.test"),
        ("order",),
        "closed",
    )


def test_articles_without_their_ticket_are_named() -> None:
    [found] = read(("articles.json", FILES["zammad-articles-3.json"]))

    assert found == Broken("it is in no file")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-02-24T14:44:43.828Z", datetime(2024, 2, 24, 14, 44, 43, 828000, UTC)),
        ("2024-02-24T14:44:43+02:00", datetime(2024, 2, 24, 12, 44, 43, tzinfo=UTC)),
        ("2024-02-24 14:44:43", datetime(2024, 2, 24, 14, 44, 43, tzinfo=UTC)),
        ("yesterday", None),
        (None, None),
        ("0001-01-01T00:00:00+14:00", None),
    ],
)
def test_times_are_read_in_utc(text: object, moment: datetime | None) -> None:
    assert values.time(text) == moment
