"""The rules file says what is wrong with it in a clear sentence."""

import pytest

from founder_inbox.core.lanes.rules import parse_rules
from founder_inbox.core.lanes.sorter import classify
from founder_inbox.core.model import Lane
from founder_inbox.errors import ConfigError

GOOD = """
[[urgent]]
topic = "billing"
reason = "charged twice"
en = ["charged twice"]
it = ["addebitato due volte"]
"""


def test_the_founders_own_rules_work_without_a_model_in_any_language() -> None:
    verdict = classify("", "Mi avete addebitato due volte", parse_rules(GOOD))
    assert (verdict.lane, verdict.reasons) == (Lane.URGENT, ("charged twice",))


def test_without_rules_everything_is_a_how_do_i_in_doubt() -> None:
    verdict = classify("", "charged twice", parse_rules(""))
    assert (verdict.lane, verdict.sure) == (Lane.HOWTO, False)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[[urgent]\n", "not valid TOML"),
        ('[[urgnt]]\nreason = "x"\nen = ["y"]', "Did you mean 'urgent'"),
        ('[urgent]\nreason = "x"', "[[urgent]]"),
        ("urgent = 3", "[[urgent]]"),
        ('[[thanks]]\nen = ["y"]', "[[thanks]] number 1: needs a reason"),
        ('[[thanks]]\nreason = "x"', "has no phrases"),
        ('[[thanks]]\nreason = "x"\nen = "y"', "write a list"),
        ('[[thanks]]\nreason = "x"\nen = ["y"]\nlanguage = ["z"]', "'language' is not known"),
        ('[[thanks]]\nreason = "x"\nen = ["y"]\nstrength = "shure"', "Did you mean 'sure'"),
        ('[[thanks]]\nreason = "x"\nen = ["y"]\ntopic = "bug"', "only [[urgent]] has a topic"),
        ('[[urgent]]\nreason = "x"\nen = ["y"]', "topic"),
        ('[[urgent]]\nreason = "x"\ntopic = "bil"\nen = ["y"]', "billing"),
        ('[[thanks]]\nreason = "x"\nde = ["ab*"]', 'the phrase "ab*" needs 3 letters'),
    ],
)
def test_a_mistake_is_named_with_its_entry(text: str, named: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_rules(text)
    assert named in str(caught.value)
