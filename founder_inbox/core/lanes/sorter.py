"""Which lane of the queue a mail belongs to (handbook ch. 4), and why.

Rules first, then the shipped model where the rules are silent; doubt is a how-do-I with
`sure=False`. A missed thank-you costs a key, a false one costs a customer: thanks must be pure.
"""

from dataclasses import replace

from founder_inbox.core.lanes.evidence import Evidence, gather
from founder_inbox.core.lanes.guess import Guess, decided_by_own_rule, guess, telling_words
from founder_inbox.core.lanes.learning import Adjustment, lean
from founder_inbox.core.lanes.reasons import like_moved, mentions, reads_like
from founder_inbox.core.lanes.rules import SURE, Role, Rules
from founder_inbox.core.lanes.thanks import is_pure_thanks
from founder_inbox.core.model import Lane, MailKind, Topic, Verdict

MAX_REASONS = 3
ALARM = {Lane.HOWTO: 0.13, Lane.FEATURE: 0.17}  # it is trouble if so likely beside each of them
CONFIDENT = 0.7
ENOUGH_READ = 3  # words the model knows; a guess from fewer is never sure
DOUBT = "nothing clear in it, please look"

MOVES = 0.5  # how sure what was learned must be to move a mail
MOVES_PRESSING = 0.74  # the same out of urgent and thanks
NOTHING_LEARNED = Adjustment()
OWN_RULES = (Role.URGENT, Role.FEATURE, Role.HOWTO)

REQUESTS = (Lane.URGENT, Lane.HOWTO, Lane.FEATURE)
_LIKE = {Role.URGENT: "trouble", Role.HOWTO: "a question", Role.FEATURE: "an idea"}
_MACHINE_REASONS = {
    MailKind.AUTOMATIC: "sent by a machine",
    MailKind.BULK: "newsletter or list mail",
    MailKind.BOUNCE: "a delivery failed",
}


def classify(
    subject: str,
    new_text: str,
    rules: Rules,
    *,
    kind: MailKind = MailKind.CUSTOMER,
    answered_before: bool = False,
    learned: Adjustment = NOTHING_LEARNED,
) -> Verdict:
    """Sort a mail by its subject and new text (without quotation and signature).

    `answered_before`: we have answered in this ticket, so a thank-you is to be expected.
    `learned`: what the founder's own corrections taught.
    """
    if kind is not MailKind.CUSTOMER:
        return Verdict(Lane.AUTOMATIC, None, (_MACHINE_REASONS[kind],), True)
    evidence = gather(subject, new_text, rules)
    if evidence.is_always_urgent():
        return _verdict(evidence, Role.URGENT, True)
    is_thanks = is_pure_thanks(evidence, answered_before)
    opinion = guess(evidence)
    if opinion is None:
        return _verdict(evidence, Role.THANKS, True) if is_thanks else _sort_by_rules(evidence)
    own = next((role for role in OWN_RULES if decided_by_own_rule(evidence, role)), None)
    if is_thanks:
        found = _verdict(evidence, Role.THANKS, True)
        has_own = own is not None or decided_by_own_rule(evidence, Role.THANKS)
    else:
        found = _sort_by_model(evidence, opinion) if own is None else _verdict(evidence, own, True)
        has_own = own is not None
    return found if has_own or not learned else _as_moved_before(found, evidence, opinion, learned)


def _as_moved_before(
    found: Verdict, evidence: Evidence, opinion: Guess, learned: Adjustment
) -> Verdict:
    """Put a mail where the founder moved what was like it, where that is sure.

    Never into thanks; out of urgent and thanks only when it is surer still.
    """
    leaning = lean(learned, opinion, REQUESTS)
    if leaning is None:
        return found
    needed = MOVES_PRESSING if found.lane in (Lane.URGENT, Lane.THANKS) else MOVES
    if leaning.likely < needed:
        return found
    like = like_moved(leaning.like)
    if leaning.lane is found.lane:
        if found.sure:
            return found
        reasons = (like, *(reason for reason in found.reasons if reason != DOUBT))
        return Verdict(found.lane, found.topic, reasons[:MAX_REASONS], True)
    topic = (evidence.topic() or Topic.BUG) if leaning.lane is Lane.URGENT else None
    return Verdict(leaning.lane, topic, (like, *mentions(leaning.words)), True)


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
    lane = _likeliest_request(guess)
    sure = guess.likely[lane] >= CONFIDENT and guess.words_read >= ENOUGH_READ
    if _is_unread(evidence, guess) or (lane is Lane.HOWTO and not sure):
        return _doubt(evidence)
    found = _verdict(evidence, Role(lane.value), sure)
    if evidence.reasons(Role(lane.value)):
        return found
    words = telling_words(guess, lane, evidence.rules)
    return replace(found, reasons=(*found.reasons, *mentions(words)))


def _likeliest_request(guess: Guess) -> Lane:
    likely = guess.among(REQUESTS)
    if all(likely[Lane.URGENT] >= share * likely[lane] for lane, share in ALARM.items()):
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
    reasons = evidence.reasons(role)[:MAX_REASONS] or (reads_like(_LIKE[role]),)
    return Verdict(Lane(role.value), topic, reasons, sure)
