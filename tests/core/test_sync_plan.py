"""Comparing a mailbox with our picture of it."""

import re

from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.sync.plan import (
    BATCH_BYTES,
    BATCH_MAILS,
    batches,
    differences,
    is_same_mailbox,
    is_unchanged,
    plan_mailbox,
)

UIDS = st.sets(st.integers(1, 400), max_size=200)


@given(UIDS, UIDS)
def test_doing_what_is_planned_makes_both_sides_equal_and_leaves_nothing_to_do(
    server: set[int], known: set[int]
) -> None:
    plan = plan_mailbox(server, known, confirmed=True)
    after = (known | set(plan.fetch)) - set(plan.gone)

    assert after == server
    again = plan_mailbox(server, after)
    assert (again.fetch, again.gone, again.question) == ((), (), None)


@given(UIDS, UIDS)
def test_without_a_word_from_the_founder_at_most_twenty_or_a_fifth_go(
    server: set[int], known: set[int]
) -> None:
    plan = plan_mailbox(server, known)

    assert len(plan.gone) <= max(20, len(known) / 5)
    assert (plan.question is None) == (set(plan.gone) == known - server)


def test_new_mail_is_fetched_even_while_it_asks() -> None:
    plan = plan_mailbox({900}, set(range(1, 101)))

    assert plan.fetch == (900,)
    assert plan.gone == ()
    assert "100 of 100 mails have vanished" in (plan.question or "")


def test_the_newest_mail_comes_first() -> None:
    assert plan_mailbox({1, 5, 3}, {5}).fetch == (3, 1)


def test_a_mailbox_is_unchanged_only_when_all_three_figures_and_our_count_agree() -> None:
    assert is_unchanged((10, 7, 3), (10, 7, 3), 3)
    assert not is_unchanged((10, 7, 3), (10, 7, 3), 2)
    assert not is_unchanged((10, 7, 3), (11, 7, 3), 3)
    assert not is_unchanged((10, 7, 3), (10, 8, 3), 3)
    assert not is_unchanged((10, 7, 3), (10, 7, 2), 3)


@given(st.lists(st.tuples(st.integers(1, 9_999), st.integers(0, 3 * BATCH_BYTES)), max_size=200))
def test_batches_keep_order_leave_nothing_out_and_fit_in_memory(
    sizes: list[tuple[int, int]],
) -> None:
    made = list(batches(sizes))

    assert [item for batch in made for item in batch] == sizes
    for batch in made:
        assert 1 <= len(batch) <= BATCH_MAILS
        assert len(batch) == 1 or sum(size for _, size in batch) <= BATCH_BYTES


@given(UIDS, UIDS, UIDS)
def test_what_moved_is_gone_here_and_no_loss(
    server: set[int], known: set[int], moved: set[int]
) -> None:
    plan = plan_mailbox(server, known, moved=moved)

    assert set(plan.gone) >= (known - server) & moved
    assert (plan.question is None) == (set(plan.gone) == known - server)
    assert plan_mailbox(server, known, moved=known).question is None


@given(UIDS, UIDS)
def test_differences_are_named_exactly_when_there_are_some(
    server: set[int], known: set[int]
) -> None:
    words = differences(server, known)

    assert (words is None) == (server == known)
    if words:
        counts = [int(number) for number in re.findall(r"(?<!UID )\b(\d+) mails? ", words)]
        assert counts == [len(side) for side in (server - known, known - server) if side]


IDS = st.dictionaries(st.integers(1, 60), st.sampled_from(["", "<a@x>", "<b@x>"]), max_size=50)


@given(IDS, IDS)
def test_one_contradiction_makes_another_mailbox_of_it(
    ours: dict[int, str], server: dict[int, str]
) -> None:
    both = [(ours[uid], server[uid]) for uid in ours.keys() & server.keys()]

    if any(mine and theirs and mine != theirs for mine, theirs in both):
        assert not is_same_mailbox(ours, server)
    assert is_same_mailbox(ours, ours) == (
        sum(bool(name) for name in ours.values()) >= min(20, 0.8 * len(ours)) and any(ours.values())
    )


def test_a_renumbered_mailbox_needs_enough_that_agrees() -> None:
    ours = {uid: f"<{uid}@x>" for uid in range(1, 51)}

    assert is_same_mailbox(ours, {uid: ours[uid] for uid in range(1, 21)})
    assert not is_same_mailbox(ours, {uid: ours[uid] for uid in range(1, 20)})
    assert not is_same_mailbox(ours, ours | {50: "<other@x>"})
    assert not is_same_mailbox(ours, {})
    assert not is_same_mailbox({}, {})
    few = {uid: ours[uid] for uid in range(1, 6)}
    assert is_same_mailbox(few, {uid: few[uid] for uid in range(1, 5)})
    assert not is_same_mailbox(few, {uid: few[uid] for uid in range(1, 4)})
