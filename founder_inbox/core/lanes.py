"""Which lane of the queue a mail belongs to (handbook ch. 4), and why.

Rules first, then the shipped model where the rules are silent; doubt is a how-do-I with
`sure=False`. A missed thank-you costs a key, a false one costs a customer: thanks must be pure.
"""

from founder_inbox.core.lane_evidence import TOPIC_ORDER, Evidence, gather, roles_by_sentence
from founder_inbox.core.lane_model import features, parse_weights, probabilities
from founder_inbox.core.lane_rules import SURE, Role, Rules
from founder_inbox.core.model import Lane, MailKind, Topic, Verdict

MAX_REASONS = 3
MAX_THANKS_WORDS = 60
SIGN_OFF_WORDS = 4
RESOLVED = frozenset({"says it works now", "says it is solved"})
THANKED = frozenset({"thanks us"})
GUESS = 0.4
CONFIDENT = 0.7
ENOUGH_READ = 4  # features the model knows; a guess from fewer is never sure
THANKS_DOUBT = 0.6
DOUBT = "nothing clear in it, please look"

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
    if _is_pure_thanks(evidence, answered_before):
        return _verdict(evidence, Role.THANKS, True)
    return _sort_request(evidence)


def _sort_request(evidence: Evidence) -> Verdict:
    for role in (Role.HOWTO, Role.FEATURE):
        if _subject_says(evidence, role):
            return _verdict(evidence, role, True)
    if evidence.weight(Role.URGENT) >= SURE:
        return _verdict(evidence, Role.URGENT, True)
    if evidence.rules.weights:
        return _guess(evidence)
    return _sort_by_hints(evidence)


def _sort_by_hints(evidence: Evidence) -> Verdict:
    """Sort without the model: ideas, then questions, then what only sounds like trouble."""
    urgent = evidence.weight(Role.URGENT)
    if evidence.weight(Role.FEATURE) >= SURE:
        return _verdict(evidence, Role.FEATURE, True)
    if evidence.weight(Role.HOWTO) >= SURE and urgent < 2:
        return _verdict(evidence, Role.HOWTO, True)
    if urgent >= 2:
        return _verdict(evidence, Role.URGENT, False)
    return _doubt(evidence)


def _guess(evidence: Evidence) -> Verdict:
    """Ask the model where no urgent rule speaks; it is never asked about thanks."""
    weights = parse_weights(evidence.rules.weights)
    names = features(evidence)
    likely = probabilities(names, weights)
    lane = max((Lane.URGENT, Lane.HOWTO, Lane.FEATURE), key=lambda lane: likely[lane])
    if likely[Lane.THANKS] > THANKS_DOUBT or likely[lane] < GUESS:
        return _doubt(evidence)
    read = sum(name in weights for name in names)
    sure = likely[lane] >= CONFIDENT and read >= ENOUGH_READ
    return _verdict(evidence, Role(lane.value), sure)


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


def _is_pure_thanks(evidence: Evidence, answered_before: bool) -> bool:
    """Say whether there is thanks or praise and nothing that waits for an answer."""
    body = evidence.body
    if "?" in body.tokens:
        return False
    sentences = roles_by_sentence(body, evidence.rules)
    if not sentences or sum(words for words, _ in sentences) > MAX_THANKS_WORDS:
        return False
    found = set[Role]().union(*(roles for _, roles in sentences))
    if Role.THANKS not in found or found & {Role.NOT_THANKS, Role.URGENT, Role.FEATURE}:
        return False
    if _asks_in_subject(evidence) and not evidence.says(RESOLVED | THANKED):
        return False
    if evidence.in_body(Role.NOT_THANKS) and not evidence.says(RESOLVED):
        return False
    said = [words for words, roles in sentences if Role.THANKS in roles]
    other = sum(words for words, roles in sentences if Role.THANKS not in roles and words > 3)
    if sum(said) <= SIGN_OFF_WORDS and Role.THANKS not in sentences[0][1]:
        return other <= (12 if answered_before else 6)
    return other <= sum(said) + (24 if answered_before else 16)


def _asks_in_subject(evidence: Evidence) -> bool:
    return any(evidence.in_subject(role) for role in (Role.HOWTO, Role.URGENT, Role.FEATURE))


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
