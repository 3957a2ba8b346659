"""What the rules find in a mail: the weight for each lane, with the reasons."""

import re
from dataclasses import dataclass, replace

from founder_inbox.core.lanes.patterns import MASKED, STOP, Hit, find, mask, tokenize
from founder_inbox.core.lanes.ranks import TOPIC_ORDER
from founder_inbox.core.lanes.reasons import quote
from founder_inbox.core.lanes.rules import ALWAYS, HINT, SURE, Role, Rule, Rules
from founder_inbox.core.model import Topic

MAX_SUBJECT = 300
MAX_TEXT = 3000
OPENING_TOKENS = 70  # further down a phrase is only a hint: long mails mention much

_LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>]{1,300}", re.IGNORECASE)
_DENIALS = frozenset(
    (
        *("not", "never", "no", "dont", "doesnt", "didnt", "isnt", "wasnt", "arent", "havent"),
        *("hasnt", "wont", "cant", "cannot", "couldnt", "without", "nicht", "nie", "kein"),
        *("keine", "keinen", "ohne", "ne", "pas", "jamais", "sans", "nunca", "sin", "tampoco"),
    )
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One text, its tokens after masking, and the hits in it."""

    tokens: list[str]
    hits: list[Hit]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Subject and body as the rules see them."""

    subject: Reading
    body: Reading
    rules: Rules

    def without_subject(self) -> "Evidence":
        """The text alone: in a thread the subject is often somebody else's trouble."""
        return self if not self.subject.tokens else replace(self, subject=Reading([], []))

    def weight(self, role: Role) -> int:
        """Sum of the rules found for a role; a hint in the subject counts double."""
        return sum(self._weights(role).values())

    def in_subject(self, role: Role) -> bool:
        """Say whether the subject speaks for the role for sure."""
        rules = self.rules.rules
        return any(
            rules[hit.rule].role is role and rules[hit.rule].weight >= SURE
            for hit in self.subject.hits
        )

    def in_body(self, role: Role) -> bool:
        """Say whether the text has anything for the role, hints too."""
        return any(self.rules.rules[hit.rule].role is role for hit in self.body.hits)

    def is_always_urgent(self) -> bool:
        """Say whether a rule was found that no word around it and no model may overrule."""
        return any(
            self.rules.rules[hit.rule].weight >= ALWAYS
            for hit in (*self.subject.hits, *self.body.hits)
        )

    def says(self, reasons: frozenset[str], role: Role = Role.THANKS) -> bool:
        """Say whether the text has a thank-you (or other role) for one of these reasons."""
        rules = self.rules.rules
        return any(
            rules[hit.rule].role is role and rules[hit.rule].reason in reasons
            for hit in self.body.hits
        )

    def reasons(self, role: Role) -> tuple[str, ...]:
        """Reasons found for a role, weightiest first; hints, with their words, if there is none."""
        weights = self._weights(role)
        rules = self.rules.rules
        ordered = sorted(weights, key=lambda rule: (-weights[rule], _topic_place(rules[rule])))
        sure = [rules[rule].reason for rule in ordered if rules[rule].weight >= SURE]
        return tuple(dict.fromkeys(sure or map(self._with_words, ordered)))

    def _with_words(self, rule: int) -> str:
        """A hint's reason and what it saw, as it was written."""
        for reading in (self.subject, self.body):
            for hit in reading.hits:
                if hit.rule == rule:
                    words = quote(reading.text, reading.tokens[hit.start : hit.end])
                    if words:
                        return f'{self.rules.rules[rule].reason}: "{words}"'
        return self.rules.rules[rule].reason

    def topic(self) -> Topic | None:
        """Return what the urgent hits are mostly about; on a tie the earlier in the queue."""
        sums = dict.fromkeys(TOPIC_ORDER, 0)
        for rule, weight in self._weights(Role.URGENT).items():
            topic = self.rules.rules[rule].topic
            if topic is not None:
                sums[topic] += weight
        best = max(TOPIC_ORDER, key=lambda topic: sums[topic])
        return best if sums[best] else None

    def _weights(self, role: Role) -> dict[int, int]:
        weights: dict[int, int] = {}
        for hits, factor in ((self.subject.hits, 2), (self.body.hits, 1)):
            for hit in hits:
                rule = self.rules.rules[hit.rule]
                if rule.role is role:
                    sure = rule.weight >= SURE and hit.start < OPENING_TOKENS
                    gain = rule.weight if sure else HINT * factor
                    weights[hit.rule] = max(weights.get(hit.rule, 0), gain)
        return weights


def _topic_place(rule: Rule) -> int:
    """What is dealt with first is named first."""
    return len(TOPIC_ORDER) if rule.topic is None else TOPIC_ORDER.index(rule.topic)


def gather(subject: str, text: str, rules: Rules) -> Evidence:
    """Read subject and new text, cut at MAX_SUBJECT and MAX_TEXT characters."""
    return Evidence(
        _read(_without_links(subject[:MAX_SUBJECT]), rules),
        _read(_without_links(text[:MAX_TEXT]), rules),
        rules,
    )


def _without_links(text: str) -> str:
    """Take out web addresses: "How_to_contribute" in one is no question."""
    return _LINK.sub(" ", text)


def _read(text: str, rules: Rules) -> Reading:
    tokens = tokenize(text)
    tokens = mask(tokens, find(tokens, rules.ignored))
    hits = [
        hit
        for hit in find(tokens, rules.phrases)
        if rules.rules[hit.rule].role is not Role.THANKS or not _is_denied(hit, tokens)
    ]
    return Reading(tokens, _uncovered(hits, rules), text)


def _is_denied(hit: Hit, tokens: list[str]) -> bool:
    """Say whether "not", "never" or the like stands just before the hit or inside it."""
    around = tokens[max(hit.start - 2, 0) : hit.start] + tokens[hit.start + 1 : hit.end]
    return not _DENIALS.isdisjoint(around)


def _uncovered(hits: list[Hit], rules: Rules) -> list[Hit]:
    """Drop what stands inside a thank-you: in "thanks for the refund" nobody wants a refund.

    A "but" stays, wherever it is.
    """
    thanked = [hit for hit in hits if rules.rules[hit.rule].role is Role.THANKS]
    covered = {position for hit in thanked for position in range(hit.start, hit.end)}
    return [
        hit
        for hit in hits
        if _stands_out(rules.rules[hit.rule]) or not covered.issuperset(range(hit.start, hit.end))
    ]


def _stands_out(rule: Rule) -> bool:
    return rule.role is Role.THANKS or (rule.role is Role.NOT_THANKS and rule.weight >= SURE)


def roles_by_sentence(
    reading: Reading, rules: Rules, least: int = SURE
) -> list[tuple[int, set[Role]]]:
    """For each sentence: its number of words, and the roles found with the weight `least`."""
    hits_at: dict[int, set[Role]] = {}
    for hit in reading.hits:
        rule = rules.rules[hit.rule]
        if rule.weight >= least and not _is_sign_off(hit, reading.tokens, rule.role):
            hits_at.setdefault(hit.start, set()).add(rule.role)
    sentences: list[tuple[int, set[Role]]] = []
    words, roles = 0, set[Role]()
    for position, token in enumerate([*reading.tokens, STOP]):
        roles |= hits_at.get(position, set())
        if token != STOP:
            words += token.isalnum() or token == MASKED
        elif words or roles:
            sentences.append((words, roles))
            words, roles = 0, set[Role]()
    return sentences


def _is_sign_off(hit: Hit, tokens: list[str], role: Role) -> bool:
    """Say whether it is the bare "thanks" at the end of a sentence about something else."""
    start = hit.start
    return (
        role is Role.THANKS
        and hit.end - start == 1
        and start >= 4
        and STOP not in tokens[start - 4 : start]
        and (hit.end >= len(tokens) or tokens[hit.end] in (STOP, "!"))
        and tokens[start].startswith(("than", "thx", "dank", "graci", "merci"))
    )
