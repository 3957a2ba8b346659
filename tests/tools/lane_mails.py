"""Mails for training the lane model, put together from the parts in `lane_parts/*.txt`.

All parts were written for this project. The same mails come out each time.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from founder_inbox.core.lanes.guess import LANES
from founder_inbox.core.model import Lane

PARTS = Path(__file__).parent / "lane_parts"
COUNTS = {"en": 3000, "de": 800, "es": 700, "fr": 700}  # for each lane
CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")
HEADING = re.compile(r"\[[a-z.]+\]")
SLOT = re.compile(r"\{(\w+)\}")
MARKS = str.maketrans("", "", ".,!?;:'’¿¡")

Parts = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Made:
    """One mail with the lane it was written for."""

    lane: Lane
    language: str
    subject: str
    text: str


def read_parts(language: str) -> Parts:
    """Read `[section]` headings with a part in each line; `#` begins a remark."""
    parts: Parts = {}
    section: list[str] = []
    for path in sorted(PARTS.glob(f"{language}*.txt")):
        for line in path.read_text("utf-8").splitlines():
            if HEADING.fullmatch(line):
                section = parts.setdefault(line[1:-1], [])
            elif line and not line.startswith("# "):
                section.append(line)
    return parts


def make_mails(draw: int = 0) -> Iterator[Made]:
    """Every mail, language after language. Another `draw` puts other mails together."""
    for language, count in COUNTS.items():
        parts = read_parts(language)
        for lane in LANES:
            yield from _Writer(language, lane, parts, draw).write(count)


class _Writer:
    """Writes the mails of one lane and language, with a dice of its own."""

    def __init__(self, language: str, lane: Lane, parts: Parts, draw: int) -> None:
        self._dice = random.Random(f"{language} {lane} {draw}" if draw else f"{language} {lane}")
        self._language, self._lane, self._parts = language, lane, parts

    def write(self, count: int) -> Iterator[Made]:
        """Go round all openings, so that each is used about as often."""
        seen: set[str] = set()
        cores: list[str] = []
        for _ in range(count * 3):
            if not cores:
                cores = list(self._parts[f"{self._lane}.core"])
                self._dice.shuffle(cores)
            made = self._mail(self._fill(cores.pop()))
            if made.text not in seen and len(seen) < count:
                seen.add(made.text)
                yield made

    def _mail(self, core: str) -> Made:
        write = self._thanks if self._lane is Lane.THANKS else self._request
        sentences = write(core)
        subject = "".join(self._maybe(0.55, f"{self._lane}.subject"))
        if self._lane is not Lane.THANKS and self._dice.random() < 0.1:
            subject, sentences = core, self._beside(core, sentences)
        if self._lane is Lane.HOWTO and subject:
            sentences += self._maybe(0.3, "urgent.core") + self._maybe(0.25, "urgent.detail")
        text = self._roughen(self._lay_out(sentences))
        return Made(self._lane, self._language, subject, text)

    def _beside(self, core: str, sentences: list[str]) -> list[str]:
        """What is left when the request stands in the subject alone."""
        left = [sentence for sentence in sentences if sentence != core]
        return left or [self._fill(self._dice.choice(self._parts["context"]))]

    def _thanks(self, core: str) -> list[str]:
        more = self._maybe(0.3, "thanks.core")
        story = self._maybe(0.45, "thanks.story") + self._maybe(0.15, "thanks.story")
        middle = [core, *more, *story]
        self._dice.shuffle(middle)
        return [*self._maybe(0.2, "greeting"), *middle, *self._maybe(0.35, "thanks.end")]

    def _request(self, core: str) -> list[str]:
        praise = self._maybe(0.05, "thanks.core")
        long = self._dice.random() < 0.25
        before = [part for _ in range(6 if long else 2) for part in self._maybe(0.25, "context")]
        again = self._maybe(0.4 if long else 0.12, f"{self._lane}.core")
        details = f"{self._lane}.detail"
        after = [part for _ in range(8 if long else 2) for part in self._maybe(0.35, details)]
        body = [*before, core, *again] if self._dice.random() < 0.7 else [core, *before, *again]
        ends = self._maybe(0.35, "closer")
        return [*self._maybe(0.3, "greeting"), *praise, *body, *after, *ends]

    def _maybe(self, chance: float, section: str) -> list[str]:
        if self._dice.random() >= chance:
            return []
        return [self._fill(self._dice.choice(self._parts[section]))]

    def _fill(self, part: str) -> str:
        chosen = CHOICE.sub(lambda m: self._dice.choice(m.group(1).split("|")), part)
        filled = SLOT.sub(lambda m: self._dice.choice(self._parts[m.group(1)]), chosen)
        return filled[:1].upper() + filled[1:] if part.startswith("{") else filled

    def _lay_out(self, sentences: list[str]) -> str:
        return "".join(sentence + self._gap(sentence) for sentence in sentences).strip()

    def _gap(self, sentence: str) -> str:
        if self._dice.random() < 0.25:
            return "\n\n"
        return " " if sentence[-1] in ".?!" else "\n"

    def _roughen(self, text: str) -> str:
        """Some people write without capitals, marks or care."""
        style = self._dice.random()
        if style < 0.1:
            return text.lower()
        if style < 0.17:
            return text.lower().translate(MARKS)
        if style < 0.19:
            return text.upper()
        return self._slip(text) if style < 0.27 else text

    def _slip(self, text: str) -> str:
        words = text.split(" ")
        for at in range(2, len(words), 7):
            word = words[at]
            if len(word) > 4 and word.isalpha():
                cut = self._dice.randrange(1, len(word) - 1)
                words[at] = word[:cut] + word[cut + 1 :]
        return " ".join(words)
