"""What is learned from corrections is the same in any order, and knows its limits."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from founder_inbox.core.lanes.learning import Adjustment, Lesson, from_text, learn, to_text
from founder_inbox.core.lanes.rules import parse_rules
from founder_inbox.core.lanes.sorter import classify
from founder_inbox.core.model import Lane, Verdict
from founder_inbox.system.resources import read_lane_rules, read_lane_weights
from tests.tools.measure_learning import Text, walk

RULES = parse_rules(read_lane_rules(Path("none")), read_lane_weights())
PLACES = ("Leeds", "Bonn", "Lyon", "Cadiz", "Turin", "Ghent", "Graz")
TEXTS = [f"The swatch samples for {place}, colour fan, matte paper." for place in PLACES]
MOVED = [Lesson("", text, Lane.FEATURE) for text in TEXTS]
ALIKE = "Our colour fan on matte paper, with the swatch samples."


def sort(text: str, lessons: list[Lesson]) -> Verdict:
    return classify("", text, RULES, learned=learn(lessons, RULES))


def test_nothing_corrected_changes_nothing() -> None:
    left = [Lesson("", text, Lane.HOWTO, moved=False) for text in TEXTS]
    assert learn([], RULES) == learn(left, RULES) == Adjustment()
    assert sort(ALIKE, left) == classify("", ALIKE, RULES)


def test_a_text_like_those_moved_goes_with_them_and_says_how_many() -> None:
    assert classify("", ALIKE, RULES).lane is not Lane.FEATURE
    verdict = sort(ALIKE, MOVED)
    assert (verdict.lane, verdict.sure) == (Lane.FEATURE, True)
    assert verdict.reasons[0] == "like 7 you moved here"


def test_what_only_one_was_like_says_so_in_words() -> None:
    leaflet = "Dirigible leaflet, cyan edition"
    verdict = sort(leaflet, [*MOVED, Lesson("", leaflet, Lane.FEATURE)])
    assert verdict.reasons[0] == "like one you moved here"
    assert '"dirigible"' in verdict.reasons[1]


def test_a_text_that_has_nothing_in_common_stays_where_it_was() -> None:
    for text in ("You charged my card for June.", "Thanks, that fixed it!", "How do I print?"):
        assert sort(text, MOVED).lane is classify("", text, RULES).lane


def test_a_rule_of_the_founders_own_and_one_that_always_wins_are_not_overruled() -> None:
    own = '[[howto]]\nreason = "about a fan"\nen = ["colour fan"]\n'
    rules = parse_rules(read_lane_rules(Path("none")) + own, read_lane_weights())
    verdict = classify("", ALIKE, rules, learned=learn(MOVED, rules))
    assert verdict.reasons == ("about a fan",)
    twice = [Lesson("", f"We were charged twice, {place}", Lane.HOWTO) for place in PLACES]
    assert sort("We were charged twice, Porto", twice).lane is Lane.URGENT


def test_nothing_is_ever_moved_into_thanks() -> None:
    praised = [Lesson("", text, Lane.THANKS) for text in TEXTS]
    assert sort(ALIKE, praised).lane is not Lane.THANKS


@settings(max_examples=10, deadline=None)
@given(st.permutations([*MOVED, Lesson("", "Turn the fan off", Lane.HOWTO, moved=False)]))
def test_the_order_of_the_corrections_does_not_matter(lessons: list[Lesson]) -> None:
    assert learn(lessons, RULES) == learn(lessons[::-1] + lessons, RULES)


def test_what_was_learned_comes_back_from_its_text() -> None:
    learned = learn(MOVED, RULES)
    assert from_text(to_text(learned)) == learned
    assert from_text("nonsense") == from_text("[]") == Adjustment()


def test_a_founder_who_corrects_is_sorted_for_no_worse() -> None:
    pool = [Text("", f"{text} {n}", Lane.FEATURE) for n in range(12) for text in TEXTS]
    others = [Text("", ALIKE, Lane.FEATURE), Text("", "How do I print?", Lane.HOWTO)]
    points = walk(pool, others, RULES, 50)
    assert points[-1].right == 1.0 > points[0].right
    assert points[-1].corrected < len(pool)
    assert points[-1].false_thanks == 0
