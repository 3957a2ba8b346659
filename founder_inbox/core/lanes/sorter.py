"""Which lane of the queue a mail belongs to (handbook ch. 4), and why.

Rules first, then the shipped model where the rules are silent; doubt is a how-do-I with
`sure=False`. A missed thank-you costs a key, a false one costs a customer: thanks must be pure.
"""

from founder_inbox.core.lanes.evidence import TOPIC_ORDER, Evidence, gather
from founder_inbox.core.lanes.guess import Guess, decided_by_own_rule, guess
from founder_inbox.core.lanes.rules import SURE, Role, Rules
from founder_inbox.core.lanes.thanks import is_pure_thanks
from founder_inbox.core.model import Lane, MailKind, Topic, Verdict

MAX_REASONS = 3
ALARM = 0.25  # how likely trouble must be among requests
CONFIDENT = 0.7
ENOUGH_READ = 3  # words the model knows; a guess from fewer is never sure
DOUBT = "nothing clear in it, please look"

REQUESTS = (Lane.URGENT, Lane.HOWTO, Lane.FEATURE)
_RANKS = {
    Lane.THANKS: 0,
    Lane.URGENT: 1,
    Lane.HOWTO: 2,
    Lane.FEATURE: 3,
    Lane.AUTOMATIC: 4,
}
_PRESSING = {Lane.URGENT: 4, Lane.HOWTO: 3, Lane.FEATURE: 2, Lane.THANKS: 1, Lane.AUTOMATIC: 0}
_LIKE = {Role.URGENT: "trouble", Role.HOWTO: "a question", Role.FEATURE: "an idea"}
_MACHINE_REASONS = {
    MailKind.AUTOMATIC: "sent by a machine",
    MailKind.BULK: "newsletter or list mail",
    MailKind.BOUNCE: "a delivery failed",
}


def lane_rank(lane: Lane) -> int:
    """Place of a lane in the queue: 0 is shown first."""
    return _RANKS[lane]


def topic_rank(topic: Topic | None) -> int:
    """Place inside the urgent lane: billing first, no topic last."""
    return len(TOPIC_ORDER) if topic is None else TOPIC_ORDER.index(topic)


def classify(
    subject: str,
    new_text: str,
    rules: Rules,
    *,
    kind: MailKind = MailKind.CUSTOMER,
    answered_before: bool = False,
) -> Verdict:
    """Sort a mail by its subject and new text (without quotation and signature).

    `answered_before`: we have answered in this ticket, so a thank-you is to be expected.
    """
    if kind is not MailKind.CUSTOMER:
        return Verdict(Lane.AUTOMATIC, None, (_MACHINE_REASONS[kind],), True)
    evidence = gather(subject, new_text, rules)
    if is_pure_thanks(evidence, answered_before):
        return _verdict(evidence, Role.THANKS, True)
    opinion = guess(evidence)
    if opinion is None:
        return _sort_by_rules(evidence)
    return _sort_by_model(evidence, opinion)


def _sort_by_rules(evidence: Evidence) -> Verdict:
    """Sort without the model: ideas, then questions, then what only sounds like trouble."""
    for role in (Role.HOWTO, Role.FEATURE):
        if _subject_says(evidence, role):
            return _verdict(evidence, role, True)
    urgent = evidence.weight(Role.URGENT)
    if urgent >= SURE:
        return _verdict(evidence, Role.URGENT, True)
    if evidence.weight(Role.FEATURE) >= SURE:
        return _verdict(evidence, Role.FEATURE, True)
    if evidence.weight(Role.HOWTO) >= SURE and urgent < 2:
        return _verdict(evidence, Role.HOWTO, True)
    if urgent >= 2:
        return _verdict(evidence, Role.URGENT, False)
    return _doubt(evidence)


def _sort_by_model(evidence: Evidence, guess: Guess) -> Verdict:
    """Let the model weigh rules and words; a false alarm is cheaper than a missed one."""
    for role in (Role.URGENT, Role.FEATURE, Role.HOWTO):
        if decided_by_own_rule(evidence, role):
            return _verdict(evidence, role, True)
    lane = _likeliest_request(guess)
    sure = guess.likely[lane] >= CONFIDENT and guess.words_read >= ENOUGH_READ
    if _is_unread(evidence, guess) or (lane is Lane.HOWTO and not sure):
        return _doubt(evidence)
    return _verdict(evidence, Role(lane.value), sure)


def _likeliest_request(guess: Guess) -> Lane:
    likely = guess.among(REQUESTS)
    if likely[Lane.URGENT] >= ALARM:
        return Lane.URGENT
    return max(REQUESTS, key=lambda lane: likely[lane])


def _is_unread(evidence: Evidence, guess: Guess) -> bool:
    """Say whether it is in a language nobody taught us: then only the rules can speak."""
    hits = (*evidence.subject.hits, *evidence.body.hits)
    return guess.words_read < ENOUGH_READ and not hits


def _doubt(evidence: Evidence) -> Verdict:
    """Doubt is a how-do-I; a plain question is one without doubt."""
    asks = evidence.weight(Role.HOWTO) >= SURE
    reasons = evidence.reasons(Role.HOWTO)[:MAX_REASONS] if asks else (DOUBT,)
    return Verdict(Lane.HOWTO, None, reasons, asks)


def _subject_says(evidence: Evidence, role: Role) -> bool:
    """Say whether the subject is a question or idea, and only the text mentions a bug."""
    return (
        evidence.in_subject(role)
        and not evidence.in_subject(Role.URGENT)
        and evidence.topic() in (None, Topic.BUG)
    )


def _verdict(evidence: Evidence, role: Role, sure: bool) -> Verdict:
    topic = (evidence.topic() or Topic.BUG) if role is Role.URGENT else None
    reasons = evidence.reasons(role)[:MAX_REASONS] or (f"reads like {_LIKE[role]}",)
    return Verdict(Lane(role.value), topic, reasons, sure)


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
