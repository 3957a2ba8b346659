"""What is left of the journal once somebody was forgotten."""

from datetime import UTC, datetime
from itertools import permutations
from typing import Any

from founder_inbox.core.sharing.fields import has_its_fields
from founder_inbox.core.sharing.forgotten import mark_of, read_forgotten, what_stays

EARLY, LINE, LATE = (f"00000000000{n}-0000-aaaaaaaa" for n in (1, 2, 3))
DATA: dict[str, Any] = {
    "mails": [mark_of("<one@x>", "Tom@X.test", None)],
    "keys": ["k" * 32],
    "tickets": ["k7f3q2d"],
    "lines": [f"{EARLY[:-1]}b"],
    "emptied": [f"{EARLY[:-1]}c"],
}
FORGOTTEN = read_forgotten(LINE, DATA)


def record(id_: str = EARLY, ticket: str | None = None, kind: str = "note", **data: Any) -> Any:  # noqa: ANN401 - JSON
    return {"id": id_, "ticket": ticket, "kind": kind, "data": data}


def test_a_line_of_a_whole_ticket_goes_and_one_said_after_it_stays() -> None:
    assert what_stays(record(ticket="k7f3q2d"), [FORGOTTEN]) is None
    assert what_stays(later := record(LATE, "k7f3q2d"), [FORGOTTEN]) is later
    assert what_stays(other := record(ticket="0000000"), [FORGOTTEN]) is other


def test_a_single_line_that_names_them_goes() -> None:
    assert what_stays(record(f"{EARLY[:-1]}b", kind="customer_note"), [FORGOTTEN]) is None


def test_an_idea_that_others_have_too_keeps_its_title_and_loses_their_words() -> None:
    said = {"title": "Dark mode", "words": "my eyes", "problem": "at night"}
    left = what_stays(record(f"{EARLY[:-1]}c", "k7f3q2d", "idea_logged", **said), [FORGOTTEN])
    assert left is not None
    assert left["data"] == {"title": "Dark mode", "words": "", "problem": ""}


def test_of_a_line_about_many_mails_only_theirs_goes() -> None:
    mine, theirs = {"mail": "a" * 32}, {"mail": "k" * 32}
    left = what_stays(record(kind="sorted", mails=[mine, theirs]), [FORGOTTEN])
    assert left is not None
    assert left["data"] == {"mails": [mine]}
    assert what_stays(record(kind="sorted", mails=[theirs]), [FORGOTTEN]) is None
    assert what_stays(same := record(kind="sorted", mails=[mine]), [FORGOTTEN]) is same
    assert what_stays(odd := record(kind="sorted", mails="?"), [FORGOTTEN]) is odd


def test_two_people_forgotten_in_any_order_leave_the_same() -> None:
    other = read_forgotten(LATE, DATA | {"keys": ["b" * 32], "tickets": []})
    mails = [{"mail": letter * 32} for letter in "abk"]
    left = [
        what_stays(record(kind="sorted", mails=mails), order)
        for order in permutations([FORGOTTEN, other])
    ]
    assert left[0] == left[1] == record(kind="sorted", mails=[{"mail": "a" * 32}])


def test_a_mark_tells_mails_apart_and_holds_no_word_of_them() -> None:
    day = datetime(2026, 11, 23, tzinfo=UTC)
    marks = {
        mark_of(*given)
        for given in (
            ("<a@x>", "tom@x.test", None),
            ("<a@x>", "tom@x.test", day),
            ("<a@x>", "eve@x.test", None),
            ("<b@x>", "tom@x.test", None),
            ("<\udcff@x>", "tom@x.test", None),
        )
    }
    assert len(marks) == 5
    assert {len(mark) for mark in marks} == {32}
    assert mark_of("<a@x>", "TOM@x.test", None) in marks


def test_a_line_that_lacks_what_it_needs_is_refused_and_one_that_is_odd_forgets_nothing() -> None:
    assert has_its_fields("forgotten", DATA)
    assert not has_its_fields("forgotten", {"mails": []})
    empty = read_forgotten(LINE, {"mails": 7, "tickets": [None]})
    assert (empty.mails, empty.tickets) == (frozenset(), frozenset())
