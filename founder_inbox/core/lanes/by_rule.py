"""Whether trouble was named outright: what may act by itself must not rest on a guess."""

from founder_inbox.core.lanes.evidence import gather
from founder_inbox.core.lanes.rules import SURE, Role, Rules
from founder_inbox.core.model import Lane, Verdict


def is_urgent_by_rule(verdict: Verdict, subject: str, new_text: str, rules: Rules) -> bool:
    """Say whether the sorter put a mail under urgent and a rule that decides alone agrees.

    `verdict` is what `classify` said of the same subject and text. The model alone never counts,
    and its doubt is none where such a rule has spoken.
    """
    if verdict.lane is not Lane.URGENT:
        return False
    return gather(subject, new_text, rules).weight(Role.URGENT) >= SURE
