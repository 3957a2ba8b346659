"""The share closed at level one, and what is handed up most."""

from founder_inbox.core.tickets.levels import HandedMost, Handled, level_words, read_level_one


def tickets(alone: int, *up: str) -> list[Handled]:
    handed = [Handled(f"up{at}", topic, True, True) for at, topic in enumerate(up)]
    return [Handled("alone", "howto", True, False)] * alone + handed


def test_four_of_five_closed_alone_is_on_the_target_line() -> None:
    found = read_level_one(tickets(4, "billing"))

    assert (found.closed, found.alone, found.share) == (5, 4, 0.8)
    assert found.is_reached


def test_below_the_line_it_is_not_reached() -> None:
    assert not read_level_one(tickets(3, "billing")).is_reached


def test_nothing_closed_is_no_share_and_misses_nothing() -> None:
    found = read_level_one([Handled("one", "billing", False, True)])

    assert found.share is None
    assert found.is_reached
    assert found.handed_most == (HandedMost("billing", 1, False, ("one",)),)


def test_what_went_up_twice_is_worth_a_canned_reply_and_stands_first() -> None:
    found = read_level_one(tickets(2, "bug", "billing", "billing"))

    assert found.handed_most == (
        HandedMost("billing", 2, True, ("up1", "up2")),
        HandedMost("bug", 1, False, ("up0",)),
    )
    assert level_words(found) == (
        "40% of 5 tickets closed at level one in 30 days (target 80%).",
        "billing: handed off 2 times: write a canned reply for this.",
        "bug: handed off 1 time.",
    )


def test_without_tickets_there_are_no_words() -> None:
    assert level_words(read_level_one([])) == ()
