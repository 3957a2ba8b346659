"""What was found in a text: where it stands, which words, and why it matters."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`text[start:end]` of what was looked at, the rule's name, and a sentence for its writer.

    `instead`: better words, `source`: where that is from ("handbook ch. 15"); "" where unsaid.
    """

    start: int
    end: int
    text: str
    rule: str
    why: str
    instead: str = ""
    source: str = ""


def without_overlaps(findings: list[Finding]) -> tuple[Finding, ...]:
    """Return findings in the order of the text; of two that overlap the longer one, then first."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda found: (found.start - found.end, found.start)):
        if all(finding.end <= other.start or finding.start >= other.end for other in kept):
            kept.append(finding)
    return tuple(sorted(kept, key=lambda found: found.start))
