"""Train the lane model: `python -m tests.tools.train_lanes` writes `lanes/weights.txt`.

The texts in `lane_texts.jsonl` and `lane_parts/` were written for this project. Plain stochastic
gradient descent, the same result each time; it takes a minute or two. `lane_unseen.jsonl` was
written for this project, too, and is never trained on: it measures.
"""

import hashlib
import json
import math
import random
import sys
from collections import Counter
from collections.abc import Sequence
from operator import mul
from pathlib import Path

from founder_inbox.core.lanes.evidence import gather
from founder_inbox.core.lanes.guess import LANES, SCALE, Weights, features, shares
from founder_inbox.core.lanes.rules import Rules, parse_rules
from founder_inbox.core.model import Lane

from .lane_mails import PARTS, make_mails

HERE = Path(__file__).parent
RULES = HERE.parents[1] / "founder_inbox" / "core" / "lanes"
TEXTS = HERE / "lane_texts.jsonl"
DIGEST = HERE / "lane_digest.txt"

Example = tuple[list[str], Lane]
EPOCHS = 14
RATE = 4.0
STRENGTH = 5.0  # how little the weights are held back: the C of the textbooks
BLANKED = 0.6  # share of the features hidden at each look: strangers' words are mostly unknown
BY_HAND = 3  # a text written by hand counts as this many put together
DRAWS = ((0, 1), (2, 3))  # for each model, the times mails are put together anew
SELDOM = 7  # a feature of fewer texts is left out
SMALLEST = 7


def read_examples(rules: Rules, path: Path = TEXTS) -> list[Example]:
    """Read lines {"lane", "lang", "text", "subject"?} as feature names and lane."""
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return [(_names(row.get("subject", ""), row["text"], rules), Lane(row["lane"])) for row in rows]


def make_examples(rules: Rules, draw: int) -> list[Example]:
    """Put the mails of a draw together from their parts, as feature names and lane."""
    return [(_names(m.subject, m.text, rules), m.lane) for m in make_mails(draw)]


def _names(subject: str, text: str, rules: Rules) -> list[str]:
    """Name the features, each name once in memory."""
    return list(map(sys.intern, features(gather(subject, text, rules))))


def train(examples: list[Example], seed: int = 1) -> Weights:
    """Softmax regression with L2 and dropout, each lane weighing the same."""
    number = _number_features(examples)
    model = _Descent(len(number), len(examples))
    counts = Counter(lane for _, lane in examples)
    rows = [
        (
            [number[name] for name in names if name in number],
            LANES.index(lane),
            len(examples) / len(counts) / counts[lane],
        )
        for names, lane in examples
    ]
    dice = random.Random(seed)
    for _ in range(EPOCHS):
        dice.shuffle(rows)
        for known, wanted, pull in rows:
            seen = [at for at in known if dice.random() >= BLANKED]
            model.step(seen, math.sqrt(len(seen)) or 1.0, wanted, pull)
    return {name: model.row(at) for name, at in number.items()} | {"": tuple(model.bias)}


def _number_features(examples: list[Example]) -> dict[str, int]:
    counts = Counter(name for names, _ in examples for name in names)
    common = sorted(name for name, count in counts.items() if count >= SELDOM)
    return {name: at for at, name in enumerate(common)}


class _Descent:
    """The weights while they are learned; `_scale` holds all of them back at once."""

    def __init__(self, size: int, examples: int) -> None:
        self._rows = [[0.0] * size for _ in LANES]
        self.bias = [0.0] * len(LANES)
        self._scale = 1.0
        self._steps = 0
        self._decay = 1 / (STRENGTH * examples)

    def step(self, known: list[int], size: float, wanted: int, pull: float) -> None:
        """Move towards the wanted lane by what was missing."""
        rate = RATE / (1 + RATE * self._decay * self._steps)
        self._steps += 1
        factor = self._scale / size
        sums = [sum(map(row.__getitem__, known)) * factor for row in self._rows]
        likely = shares([a + b for a, b in zip(sums, self.bias, strict=True)])
        self._scale *= 1 - rate * self._decay
        for lane, row in enumerate(self._rows):
            move = rate * pull * ((lane == wanted) - likely[lane])
            self.bias[lane] += move / 20
            gain = move / size / self._scale
            for at in known:
                row[at] += gain

    def row(self, at: int) -> tuple[float, ...]:
        """Return the weights of one feature, in LANES' order."""
        return tuple(map(mul, (row[at] for row in self._rows), [self._scale] * len(LANES)))


def average(models: Sequence[Weights]) -> Weights:
    """One model from several: what they learned by chance cancels out."""
    names = sorted(set[str]().union(*models))
    nothing = (0.0,) * len(LANES)
    return {
        name: tuple(
            sum(weights) / len(models)
            for weights in zip(*(model.get(name, nothing) for model in models), strict=True)
        )
        for name in names
    }


def as_text(weights: Weights) -> str:
    """Round to hundredths and drop what says next to nothing."""
    lines = []
    for name, row in sorted(weights.items()):
        numbers = [round(value * SCALE) for value in row]
        if name == "" or max(numbers) - min(numbers) >= SMALLEST:
            lines.append(f"{name}\t{' '.join(map(str, numbers))}")
    return "\n".join(lines) + "\n"


def digest_inputs() -> str:
    """Fingerprint of texts, parts and rules: new ones want a new training."""
    digest = hashlib.sha256()
    for path in (TEXTS, *sorted(PARTS.glob("*.txt")), RULES / "lanes.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest() + "\n"


def main() -> None:
    """Write the weights and what they were made from, and say how large they are."""
    rules = parse_rules((RULES / "lanes.toml").read_text("utf-8"))
    by_hand = read_examples(rules) * BY_HAND
    models = []
    for seed, draws in enumerate(DRAWS, 1):
        made = [mail for draw in draws for mail in make_examples(rules, draw)]
        models.append(train(by_hand + made, seed))
    text = as_text(average(models))
    (RULES / "weights.txt").write_text(text, "utf-8")
    DIGEST.write_text(digest_inputs(), "utf-8")
    sys.stdout.write(f"{len(text.splitlines())} features, {len(text.encode()) // 1024} KB\n")


if __name__ == "__main__":
    main()
