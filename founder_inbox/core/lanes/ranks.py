"""The order of lanes and topics (handbook ch. 4), and which lane a ticket of several mails has."""

from founder_inbox.core.model import Lane, Topic, Verdict

TOPIC_ORDER = (Topic.BILLING, Topic.OUTAGE, Topic.SECURITY, Topic.BUG)
_RANKS = {
    Lane.THANKS: 0,
    Lane.URGENT: 1,
    Lane.HOWTO: 2,
    Lane.FEATURE: 3,
    Lane.AUTOMATIC: 4,
}
_PRESSING = {Lane.URGENT: 4, Lane.HOWTO: 3, Lane.FEATURE: 2, Lane.THANKS: 1, Lane.AUTOMATIC: 0}


def lane_rank(lane: Lane) -> int:
    """Place of a lane in the queue: 0 is shown first."""
    return _RANKS[lane]


def topic_rank(topic: Topic | None) -> int:
    """Place inside the urgent lane: billing first, no topic last."""
    return len(TOPIC_ORDER) if topic is None else TOPIC_ORDER.index(topic)


def _pressing(verdict: Verdict) -> tuple[int, int]:
    return -_PRESSING[verdict.lane], topic_rank(verdict.topic)


def combine(previous: Verdict | None, still_owed: bool, new: Verdict) -> Verdict:
    """Lane of a ticket when a further mail arrives; `still_owed`: we had not answered yet.

    While an answer is owed the more pressing lane stays. Otherwise the new mail decides, unless
    it is unsure and the ticket was urgent or a feature request.
    """
    if previous is None:
        return new
    if still_owed:
        return min(new, previous, key=_pressing)
    if not new.sure and previous.lane in (Lane.URGENT, Lane.FEATURE):
        return previous
    return new
