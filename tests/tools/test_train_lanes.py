"""The training is repeatable, and the shipped weights come from the texts beside it."""

from collections import Counter
from itertools import islice
from pathlib import Path

from founder_inbox.core.lanes.guess import LANES, parse_weights, probabilities
from founder_inbox.core.lanes.rules import parse_rules
from founder_inbox.system.resources import read_lane_rules, read_lane_weights

from .lane_mails import make_mails
from .train_lanes import DIGEST, as_text, digest_inputs, read_examples, train

RULES = parse_rules(read_lane_rules(Path("none")))


def test_the_weights_were_made_from_these_texts_and_rules() -> None:
    assert DIGEST.read_text("utf-8") == digest_inputs(), "run python -m tests.tools.train_lanes"


def test_the_same_texts_give_the_same_weights() -> None:
    some = read_examples(RULES)[::8]
    assert as_text(train(some)) == as_text(train(some))


def test_a_few_texts_are_learned_by_heart() -> None:
    some = read_examples(RULES)[::8]
    weights = train(some)
    right = 0
    for names, lane in some:
        likely = probabilities(names, weights)
        right += max(LANES, key=lambda one: likely[one]) is lane
    assert right / len(some) > 0.85


def test_the_model_was_taught_every_shipped_reason() -> None:
    weights = parse_weights(read_lane_weights())
    names = {f"={rule.role} {rule.reason}" for rule in RULES.rules if rule.role != "ignore"}
    assert names <= set(weights)


def test_the_mails_put_together_are_many_and_different() -> None:
    mails = list(make_mails())
    counts = Counter((mail.lane, mail.language) for mail in mails)
    assert len(counts) == 16
    assert min(counts.values()) >= 500
    assert len({mail.text for mail in mails}) > 0.99 * len(mails)
    assert not any("{" in mail.text or "|" in mail.text for mail in mails)


def test_the_mails_put_together_are_the_same_each_time() -> None:
    assert list(islice(make_mails(), 50)) == list(islice(make_mails(), 50))
