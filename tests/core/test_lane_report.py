"""The confusion table counts what was right and what was taken for what."""

from founder_inbox.core.lanes.report import confusion, format_confusion
from founder_inbox.core.model import Lane

PAIRS = [
    (Lane.THANKS, Lane.THANKS),
    (Lane.THANKS, Lane.HOWTO),
    (Lane.URGENT, Lane.URGENT),
    (Lane.HOWTO, Lane.URGENT),
]


def test_each_lane_has_what_was_found_and_what_was_right() -> None:
    table = confusion(PAIRS)
    scores = {score.lane: (score.mails, score.recall, score.precision) for score in table.scores}
    assert table.overall == 0.5
    assert scores[Lane.THANKS] == (2, 0.5, 1.0)
    assert scores[Lane.URGENT] == (1, 1.0, 0.5)
    assert scores[Lane.HOWTO] == (1, 0.0, 0.0)
    assert scores[Lane.FEATURE] == (0, None, None)


def test_no_mail_at_all_is_a_table_without_shares() -> None:
    assert confusion([]).overall is None
    assert "overall -" in format_confusion(confusion([]))


def test_the_printed_table_names_only_lanes_that_occur() -> None:
    text = format_confusion(confusion(PAIRS))
    assert "howto" in text
    assert "feature" not in text
    assert "overall 50.0%" in text
