"""A ticket's status as a keyword on the server."""

from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.model import Status
from founder_inbox.core.sync.keywords import KEYWORDS, changes


def test_a_mail_gets_its_status_and_loses_the_one_before() -> None:
    assert changes(Status.HANDED_OFF, "Work $FounderInboxWaiting") == (
        ("$FounderInboxWaiting", False),
        ("$FounderInboxHandedOff", True),
    )
    assert changes(Status.OPEN, "$founderinboxsnoozed") == (("$FounderInboxSnoozed", False),)
    assert changes(Status.WAITING, "$founderinboxwaiting") == ()
    assert changes(Status.CLOSED, "Work") == ()


@given(st.sampled_from(Status), st.sets(st.sampled_from([*KEYWORDS.values(), "Work", "Urgent"])))
def test_after_the_changes_nothing_is_left_to_change(status: Status, kept: set[str]) -> None:
    for word, on in changes(status, " ".join(kept)):
        kept = kept | {word} if on else kept - {word}

    assert changes(status, " ".join(kept)) == ()
    assert (
        kept & set(KEYWORDS.values()) == {KEYWORDS[status]} & set(KEYWORDS.values())
        if (status in KEYWORDS)
        else not kept & set(KEYWORDS.values())
    )
