"""`python -m tests.tools.measure_quotes [-v]`: how well replies are parted, by suite.

The suites lie outside the repository (`../shared/data/quotes`), the styles of mail programs are
ours. "right": the new text is what people marked (with or without the signature, as the suite
wants it). "lost": words that people marked as new were folded. `-v` prints each miss.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from founder_inbox.core.mime.quotes import Parts, split
from tests.core.mail_files import shared_lines
from tests.core.reply_styles import (
    Reply,
    announced_replies,
    interleaved_replies,
    top_posted_replies,
)

SUITES = (
    "talon", "willdurand", "github", "mail-parser-reply", "quotequail", "talon-signature",
    "forge-signature",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one reply came out."""

    name: str
    right: bool
    lost: bool
    foreign: bool = False


def judged(suite: str) -> Iterator[Verdict]:
    """The replies of a suite that lies outside the repository, none where it is absent."""
    for line in shared_lines(f"quotes/{suite}.jsonl"):
        case = json.loads(line)
        parts = split(case["text"], (), case.get("sender") or "")
        foreign = not case["text"].isascii()
        if "expected" in case:
            wanted = case["expected"].split()
            shown = f"{parts.new_text}\n{parts.signature}".split()
            right = wanted in (parts.new_text.split(), shown)
            lost = bool(set(wanted) - set(shown))
        else:
            lost = any(words not in parts.new_text for words in case["keep"])
            right = not lost and not any(words in parts.new_text for words in case["drop"])
        yield Verdict(case["id"], right, lost, foreign)


def judge_reply(reply: Reply) -> Verdict:
    """How one of our own replies came out: every line in its place."""
    parts = split(reply.text, reply.known, reply.sender)
    new = _filled(parts.new_text)
    right = (new, _filled(parts.signature)) == (reply.lines("+"), reply.lines("~"))
    right = right and _filled(parts.quoted) == reply.lines("-")
    lost = any(line not in new for line in reply.lines("+"))
    return Verdict(reply.name, right, lost, re.search(", en", reply.name) is None)


def is_interleaved(reply: Reply) -> bool:
    """Whether the reply is known for one with answers inside."""
    parts: Parts = split(reply.text, reply.known, reply.sender)
    return parts.interleaved


def _filled(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def main() -> None:
    """Print one line for each suite."""
    groups = {suite: list(judged(suite)) for suite in SUITES}
    groups["interleaved, ours"] = [judge_reply(reply) for reply in interleaved_replies()]
    groups["announced, ours"] = [judge_reply(reply) for reply in announced_replies()]
    groups["top-posted, ours"] = [judge_reply(reply) for reply in top_posted_replies()]
    sys.stdout.write(f"{'suite':<22}{'right':>12}{'lost':>6}{'not English':>14}\n")
    for name, verdicts in groups.items():
        right = sum(v.right for v in verdicts)
        foreign = [v for v in verdicts if v.foreign]
        sys.stdout.write(
            f"{name:<22}{f'{right} of {len(verdicts)}':>12}{sum(v.lost for v in verdicts):>6}"
            f"{f'{sum(v.right for v in foreign)} of {len(foreign)}':>14}\n"
        )
        if "-v" in sys.argv:
            for v in verdicts:
                if not v.right:
                    sys.stdout.write(f"    {v.name}{' (lost)' if v.lost else ''}\n")


if __name__ == "__main__":
    main()
