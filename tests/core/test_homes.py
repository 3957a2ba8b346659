"""Where merges and splits bring mails: the same on every machine."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.tickets.homes import (
    Filed,
    Homes,
    answers_to,
    homes,
    merge_data,
    split_data,
    touched_names,
)
from founder_inbox.core.tickets.journal import Event, EventKind, Json

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MAILS = [
    Filed("<a1>", "a"),
    Filed("<a2>", "a", ("<a1>",)),
    Filed("<a3>", "a", ("<a1>", "<a2>")),
    Filed("<a4>", "a", ("<a1>",)),
    Filed("<b1>", "b"),
    Filed("<b2>", "b", ("<b1>",)),
    Filed("<c1>", "c"),
]


def event(number: int, ticket: str, kind: EventKind, data: dict[str, Json]) -> Event:
    return Event(f"{number:012x}-0000-aaaaaaaa", NOW, "Ana", ticket, kind, data)


def merged(number: int, kept: str, other: str) -> Event:
    data = merge_data(other, (f"<{kept}1>", f"<{other}1>"), (1, 1))
    return event(number, kept, EventKind.MERGED, data)


def split(number: int, ticket: str, message_id: str, into: str = "") -> Event:
    into = into or "s" + message_id.strip("<>")
    return event(number, ticket, EventKind.SPLIT, split_data(message_id, into, 1))


def undone(number: int, *targets: Event) -> Event:
    return event(number, "a", EventKind.UNDONE, {"events": [target.id for target in targets]})


def tickets(found: Homes) -> dict[str, set[str]]:
    every: dict[str, set[str]] = {}
    for mail, ticket in found.of_mail.items():
        every.setdefault(ticket, set()).add(mail.strip("<>"))
    return every


NATURAL = tickets(homes(MAILS, {}, []))


def test_without_events_every_mail_is_where_threading_filed_it() -> None:
    assert {"a": {"a1", "a2", "a3", "a4"}, "b": {"b1", "b2"}, "c": {"c1"}} == NATURAL


def test_a_merge_brings_all_mails_and_the_name_to_the_kept_ticket() -> None:
    found = homes(MAILS, {}, [merged(1, "a", "b")])

    assert tickets(found) == {"a": {"a1", "a2", "a3", "a4", "b1", "b2"}, "c": {"c1"}}
    assert found.of_name == {"a": "a", "b": "a", "c": "c"}


def test_what_was_merged_goes_along_into_the_next_merge() -> None:
    found = homes(MAILS, {}, [merged(1, "b", "a"), merged(2, "c", "a")])

    assert set(tickets(found)) == {"c"}
    assert set(found.of_name.values()) == {"c"}


def test_a_split_takes_the_mail_and_what_answers_it() -> None:
    found = homes(MAILS, {}, [split(1, "a", "<a2>")])

    assert tickets(found)["sa2"] == {"a2", "a3"}
    assert tickets(found)["a"] == {"a1", "a4"}


def test_a_mail_that_comes_later_follows_the_mail_that_it_answers() -> None:
    late = [*MAILS, Filed("<late>", "a", ("<a1>", "<a2>", "<a3>")), Filed("<l2>", "b", ("<b2>",))]
    found = homes(late, {}, [split(1, "a", "<a2>"), merged(2, "a", "b")])

    assert found.of_mail["<late>"] == "sa2"
    assert found.of_mail["<l2>"] == "a"


def test_a_split_that_would_leave_nothing_does_nothing() -> None:
    assert tickets(homes(MAILS, {}, [split(1, "b", "<b1>", "sb1")])) == NATURAL
    assert tickets(homes(MAILS, {}, [split(1, "c", "<c1>", "sc1")])) == NATURAL


def test_splitting_off_the_first_mail_of_a_merged_ticket_brings_its_own_name_back() -> None:
    found = homes(MAILS, {}, [merged(1, "a", "b"), split(2, "a", "<b1>", "b")])

    assert tickets(found)["b"] == {"b1", "b2"}
    assert found.of_name["b"] == "b"


def test_undone_events_do_not_count_and_what_they_brought_is_back() -> None:
    first, second = merged(1, "a", "b"), split(2, "a", "<b2>")

    assert tickets(homes(MAILS, {}, [first, second, undone(3, first, second)])) == NATURAL
    assert tickets(homes(MAILS, {}, [first, second, undone(3, first)])) == NATURAL | {
        "b": {"b1"}, "sb2": {"b2"},
    }  # fmt: skip


def test_names_of_old_and_roots_find_the_thread_they_mean() -> None:
    by_old_id = event(1, "old-a", EventKind.MERGED, {"other": "b", "roots": [], "counts": []})
    by_root = event(1, "?", EventKind.MERGED, {"other": "!", "roots": ["<a1>", "<b1>"]})
    known = {"old-a": "a", "<a1>": "a", "<b1>": "b"}

    assert homes(MAILS, known, [by_old_id]).of_mail["<b1>"] == "a"
    assert homes(MAILS, known, [by_root]).of_mail["<b1>"] == "a"


def test_what_names_nothing_here_or_says_nothing_changes_nothing() -> None:
    odd: list[Event] = [
        merged(1, "a", "zzz"),
        merged(2, "zzz", "a"),
        merged(3, "a", "a"),
        split(4, "a", "<not-here>"),
        event(5, "a", EventKind.MERGED, {}),
        event(6, "a", EventKind.SPLIT, {"message_id": 7, "into": None}),
        event(7, "a", EventKind.MERGED, {"other": ["b"], "roots": "x"}),
    ]
    assert tickets(homes(MAILS, {}, odd)) == NATURAL


def test_answers_go_round_no_circle_and_one_id_in_two_mails_stays_together() -> None:
    ring = [Filed("<x>", "t", ("<y>",)), Filed("<y>", "t", ("<x>",)), Filed("<z>", "t")]
    twice = [Filed("<x>", "t"), Filed("<x>", "t", ("<z>",)), Filed("<z>", "t")]

    assert answers_to("<x>", ring) == {"<x>", "<y>"}
    assert answers_to("<z>", twice) == {"<z>", "<x>"}
    assert answers_to("<none>", ring) == set()


def test_an_event_says_every_name_it_is_about() -> None:
    assert touched_names(merged(1, "a", "b")) == ("a", "b", "<a1>", "<b1>")
    assert touched_names(split(1, "a", "<a2>")) == ("a", "sa2", "<a2>")


@st.composite
def journals(draw: st.DrawFn) -> list[Event]:
    """Merges, splits and undos as people on several machines might record them."""
    names = ["a", "b", "c", "sa2", "sa3", "sb2"]
    said: list[Event] = []
    for number in range(draw(st.integers(1, 9))):
        kind = draw(st.sampled_from(["merge", "split", "undo"]))
        if kind == "undo" and said:
            said.append(undone(number, *draw(st.lists(st.sampled_from(said), max_size=3))))
        elif kind == "split":
            message_id = draw(st.sampled_from([mail.message_id for mail in MAILS]))
            said.append(split(number, draw(st.sampled_from(names)), message_id))
        else:
            said.append(merged(number, draw(st.sampled_from(names)), draw(st.sampled_from(names))))
    return said


@given(journals(), st.randoms(use_true_random=False))
def test_events_in_any_order_any_number_of_times_and_mails_in_any_order_give_the_same(
    said: list[Event], chance: object
) -> None:
    shuffled = [*said, *said[: len(said) // 2]]
    mails = list(MAILS)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    chance.shuffle(mails)  # type: ignore[attr-defined]

    found, again = homes(MAILS, {}, said), homes(mails, {}, shuffled)
    assert (dict(again.of_mail), dict(again.of_name)) == (found.of_mail, found.of_name)
    assert found.of_mail.keys() == {mail.message_id for mail in MAILS}


@given(journals())
def test_undoing_everything_puts_everything_back(said: list[Event]) -> None:
    all_undone = [*said, undone(99, *said)]

    assert tickets(homes(MAILS, {}, all_undone)) == NATURAL


@given(journals())
def test_every_name_leads_to_a_ticket_that_some_mail_or_name_is_at_home_in(
    said: list[Event],
) -> None:
    found = homes(MAILS, {}, said)

    assert set(found.of_name) >= {"a", "b", "c"}
    assert set(found.of_mail.values()) <= set(found.of_name.values())
