"""The order of the queue (handbook ch. 4), in plain values; the store sorts the same in SQL."""

from datetime import datetime

from founder_inbox.core.lanes.ranks import lane_rank, topic_rank
from founder_inbox.core.model import Lane, Status
from founder_inbox.core.tickets.facts import TicketState

BACK_ON_TOP = -1  # a ticket that came back from the teammate, before any topic


def has_missed_window(state: TicketState, before: datetime | None) -> bool:
    """Say whether a person still waits who wrote before the last window was over.

    `before` is what `core.hours.schedule.missed_before` says now, so that this stays right as
    windows pass.
    """
    since = state.waiting_since
    return (
        state.status is Status.OPEN
        and state.verdict.lane is not Lane.AUTOMATIC
        and before is not None
        and since is not None
        and since < before
    )


def place_in_topic(state: TicketState) -> int:
    """Place inside the lane: back from the teammate first, then billing before bugs."""
    return BACK_ON_TOP if state.back_from else topic_rank(state.verdict.topic)


def queue_place(
    state: TicketState, before: datetime | None, voters: int = 0
) -> tuple[bool, int, int, int, bool, str]:
    """What an open ticket is sorted by: the smaller stands higher.

    Failed deliveries, lane, topic, among ideas the `voters`, missed windows, then the oldest
    unanswered. Age is last: it
    lifts no ticket over a lane or a topic. Who missed a window has waited longer than who did
    not, so the store need not know the hours: the oldest first says both.
    """
    since = state.waiting_since
    return (
        not state.delivery_failed,
        lane_rank(state.verdict.lane),
        place_in_topic(state),
        -voters if state.verdict.lane is Lane.FEATURE else 0,
        not has_missed_window(state, before),
        "" if since is None else since.isoformat(),
    )
