"""How well the shipped rules sort texts they were not tuned to the letter for."""

import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path

from founder_inbox.core.lanes.guess import parse_weights
from founder_inbox.core.lanes.report import Confusion, confusion
from founder_inbox.core.lanes.rules import parse_rules
from founder_inbox.core.lanes.sorter import classify
from founder_inbox.core.model import Lane
from founder_inbox.system.resources import read_lane_rules, read_lane_weights

ROOT = Path(__file__).parents[2]
RULES = parse_rules(read_lane_rules(Path("none")), read_lane_weights())


Row = dict[str, str]


def is_never_read(row: Row) -> bool:
    """The half of strangers' texts that is only counted: nobody looks at what goes wrong in it."""
    return int(hashlib.sha256(str(row["id"]).encode()).hexdigest(), 16) % 2 == 1


def sort_file(path: Path, wanted: Callable[[Row], bool] = bool) -> Confusion:
    pairs = []
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    for row in filter(wanted, map(json.loads, lines)):
        verdict = classify(row.get("subject") or "", row["text"], RULES)
        pairs.append((Lane(row["lane"]), verdict.lane))
    return confusion(pairs)


def shares(table: Confusion, lane: Lane) -> tuple[float, float]:
    score = next(score for score in table.scores if score.lane is lane)
    return score.recall or 0.0, score.precision or 0.0


def test_our_own_texts_are_sorted_as_meant() -> None:
    table = sort_file(ROOT / "tests" / "tools" / "lane_texts.jsonl")
    assert (table.overall or 0) > 0.95
    assert shares(table, Lane.THANKS)[1] >= 0.98
    assert shares(table, Lane.URGENT)[0] >= 0.98


def test_mails_that_were_never_learned_from_are_sorted_well() -> None:
    table = sort_file(ROOT / "tests" / "tools" / "lane_unseen.jsonl")
    assert (table.overall or 0) > 0.9
    assert shares(table, Lane.THANKS)[1] >= 0.98
    assert shares(table, Lane.URGENT)[0] >= 0.95


def test_strangers_texts_are_seldom_taken_for_thanks_and_urgent_ones_seldom_missed() -> None:
    strangers = ROOT.parent / "shared" / "data" / "lanes" / "dev.jsonl"
    for wanted in (bool, is_never_read):
        table = sort_file(strangers, wanted)
        if table.overall is not None:
            assert table.overall > 0.85
            assert shares(table, Lane.THANKS)[1] > 0.98
            assert shares(table, Lane.URGENT)[0] > 0.95
    assert len(RULES.rules) > 20


def test_a_mail_of_twice_the_words_takes_about_twice_as_long() -> None:
    words = "Hello, I have two questions about the export and the invoice of March. " * 12

    def cost(text: str) -> float:
        began = time.process_time()
        for _ in range(20):
            classify("Questions", text, RULES)
        return time.process_time() - began

    cost(words)
    ratios = [cost(words * 2) / cost(words) for _ in range(5)]
    assert min(ratios) < 3


def test_the_weights_are_small_and_all_of_one_length() -> None:
    text = read_lane_weights()
    weights = parse_weights(text)

    assert len(text.encode()) <= 700_000
    assert len(weights) == len(text.splitlines())
    assert {len(row) for row in weights.values()} == {4}
