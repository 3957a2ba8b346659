"""Where mails stand, as the journal says: the lowest line counts, in whatever order they come."""

from contextlib import closing
from itertools import permutations
from pathlib import Path

import pytest

from founder_inbox.core.model import Lane
from founder_inbox.core.sharing.fields import has_its_fields
from founder_inbox.store import sharing
from founder_inbox.store.database import open_store
from founder_inbox.store.sharing import Record

MAIL = "0123456789abcdef0123456789abcdef"
GOOD = {"mail": MAIL, "lane": "urgent", "topic": None, "reasons": ["It is down"], "sure": True}


def line(number: int, lane: Lane) -> Record:
    return {
        "id": f"019aa5b3c1d{number}-0000-1f2e3d4c",
        "at": "2026-11-23T09:15:00Z",
        "actor": "founder-inbox",
        "ticket": None,
        "kind": "sorted",
        "data": {"mails": [GOOD | {"lane": lane}]},
    }


def test_the_lowest_line_counts_in_whatever_order_they_come(tmp_path: Path) -> None:
    lines = [line(1, Lane.HOWTO), line(2, Lane.URGENT), line(3, Lane.FEATURE)]
    for number, order in enumerate(permutations(lines)):
        with closing(open_store(tmp_path / f"{number}.db")) as store:
            for uid, record in enumerate(order, 1):
                with store.write():
                    sharing.take_in(store, uid, [record])
            rows = [tuple(row) for row in store.rows("select mail, event, lane from sorted_mail")]

        assert rows == [(MAIL, lines[0]["id"], "howto")]


@pytest.mark.parametrize(
    "wrong",
    [
        {"mail": "me"},
        {"lane": "nowhere"},
        {"topic": "weather"},
        {"reasons": "because"},
        {"reasons": [1]},
        {"sure": 1},
    ],
)
def test_a_line_with_a_mail_that_stands_nowhere_is_refused(wrong: dict[str, object]) -> None:
    assert has_its_fields("sorted", {"mails": [GOOD]})
    assert not has_its_fields("sorted", {"mails": [GOOD, GOOD | wrong]})
    assert not has_its_fields("sorted", {"mails": None})
