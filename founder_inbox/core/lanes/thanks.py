"""Whether a mail is a thank-you and nothing else: nobody waits for an answer to it.

A missed thank-you costs a key, a false one costs a customer. The rules must find thanks or
praise; the model can only object, or say that a long story beside it asks for nothing.
"""

from founder_inbox.core.lanes.evidence import Evidence, roles_by_sentence
from founder_inbox.core.lanes.guess import decided_by_own_rule, guess
from founder_inbox.core.lanes.rules import HINT, Role
from founder_inbox.core.model import Lane

MAX_WORDS = 60
MAX_STORY = 160
SIGN_OFF_WORDS = 4
OBJECTS = 0.4  # below this the model says that it is something else
STORY = 0.55  # above this it says that the rest is a story
CLEAR = 0.6  # above this words such as "error" or "fix" are part of the story
CERTAIN = 0.7  # above this trouble in the same sentence is what the thanks are for
RESOLVED = frozenset({"says it works now", "says it is solved"})
NOT_OVER = frozenset({"it is not over"})
THANKED = frozenset({"thanks us"})


def is_pure_thanks(evidence: Evidence, answered_before: bool) -> bool:
    """Say whether there is thanks or praise and nothing that waits for an answer."""
    if "?" in evidence.body.tokens or not evidence.in_body(Role.THANKS):
        return False
    plain = _is_plain(evidence, answered_before)
    opinion = guess(evidence.without_subject())
    if opinion is None or decided_by_own_rule(evidence, Role.THANKS):
        return plain
    likely = opinion.likely[Lane.THANKS]
    if plain:
        return likely >= OBJECTS
    if likely >= CERTAIN and _is_unclouded(evidence):
        return True
    return (likely >= STORY and _is_told(evidence)) or (likely >= CLEAR and _is_over(evidence))


def _is_plain(evidence: Evidence, answered_before: bool) -> bool:
    """Say whether the thanks fill the mail, or nearly."""
    sentences = roles_by_sentence(evidence.body, evidence.rules)
    if not sentences or sum(words for words, _ in sentences) > MAX_WORDS:
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


def _is_told(evidence: Evidence) -> bool:
    """Say whether it is thanks with a story and without a request, as far as rules can tell."""
    sentences = roles_by_sentence(evidence.body, evidence.rules)
    if sum(words for words, _ in sentences) > MAX_STORY:
        return False
    found = set[Role]().union(*(roles for _, roles in sentences))
    if Role.THANKS not in found or Role.FEATURE in found:
        return False
    if not _is_over(evidence):
        return False
    return not found & {Role.NOT_THANKS, Role.URGENT} or evidence.says(RESOLVED)


def _is_unclouded(evidence: Evidence) -> bool:
    """Say whether a short mail has no "but", no wish, and no trouble but what it is thanks for."""
    sentences = roles_by_sentence(evidence.body, evidence.rules)
    if sum(words for words, _ in sentences) > MAX_WORDS:
        return False
    asks = any(
        Role.FEATURE in roles
        or (roles & {Role.URGENT, Role.NOT_THANKS} and Role.THANKS not in roles)
        for _, roles in sentences
    )
    return not asks and not evidence.says(NOT_OVER, Role.NOT_THANKS)


def _is_over(evidence: Evidence) -> bool:
    """Say whether nothing in the text turns the thanks round ("but", "same error", trouble)."""
    if evidence.says(NOT_OVER, Role.NOT_THANKS):
        return False
    return evidence.says(RESOLVED) or not _tells_of_trouble(evidence)


def _tells_of_trouble(evidence: Evidence) -> bool:
    """Say whether a sure rule names trouble, or a sentence without thanks sounds like it."""
    body, rules = evidence.body, evidence.rules
    if any(Role.URGENT in roles for _, roles in roles_by_sentence(body, rules)):
        return True
    return any(
        {Role.URGENT, Role.NOT_THANKS} <= roles and Role.THANKS not in roles
        for _, roles in roles_by_sentence(body, rules, HINT)
    )


def _asks_in_subject(evidence: Evidence) -> bool:
    return any(evidence.in_subject(role) for role in (Role.HOWTO, Role.URGENT, Role.FEATURE))
