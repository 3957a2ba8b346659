"""Train the lane model: `python -m tests.tools.train_lanes` writes `rules/weights.txt`.

The texts in `lane_texts.jsonl` were written for this project. Plain stochastic gradient descent,
the same result each time.
"""

import json
import math
import random
import sys
from pathlib import Path

from founder_inbox.core.lane_evidence import gather
from founder_inbox.core.lane_model import LANES, SCALE, Weights, features, probabilities
from founder_inbox.core.lane_rules import Rules, parse_rules
from founder_inbox.core.model import Lane

HERE = Path(__file__).parent
RULES = HERE.parents[1] / "founder_inbox" / "core" / "rules"
TEXTS = HERE / "lane_texts.jsonl"

Example = tuple[list[str], Lane]
EPOCHS = 40
RATE = 0.6
DECAY = 0.0004
SMALLEST = 4


def read_examples(rules: Rules, path: Path = TEXTS) -> list[Example]:
    """Read lines {"lane", "lang", "text", "subject"?} as feature names and lane."""
    examples = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        evidence = gather(row.get("subject", ""), row["text"], rules)
        examples.append((features(evidence), Lane(row["lane"])))
    return examples


def train(examples: list[Example], seed: int = 1) -> Weights:
    """Softmax regression with L2, each lane weighing the same."""
    counts = {lane: sum(wanted is lane for _, wanted in examples) for lane in LANES}
    share = {lane: len(examples) / len(LANES) / max(count, 1) for lane, count in counts.items()}
    weights: dict[str, list[float]] = {"": [0.0] * len(LANES)}
    order = list(examples)
    shuffle = random.Random(seed).shuffle
    for epoch in range(EPOCHS):
        shuffle(order)
        rate = RATE / (1 + epoch / 8)
        for names, wanted in order:
            _step(weights, names, wanted, rate * min(share[wanted], 2.0))
        for row in weights.values():
            row[:] = [value * (1 - DECAY * len(order) * rate / 10) for value in row]
    return {name: tuple(row) for name, row in weights.items()}


def _step(weights: dict[str, list[float]], names: list[str], wanted: Lane, rate: float) -> None:
    for name in names:
        weights.setdefault(name, [0.0] * len(LANES))
    likely = probabilities(names, weights)  # type: ignore[arg-type]  # rows are lists here
    size = math.sqrt(len(names)) or 1.0
    pulls = [rate * ((lane is wanted) - likely[lane]) for lane in LANES]
    for lane, pull in enumerate(pulls):
        weights[""][lane] += pull / 10
        for name in names:
            weights[name][lane] += pull / size


def as_text(weights: Weights) -> str:
    """Round to hundredths and drop what says next to nothing."""
    lines = []
    for name, row in sorted(weights.items()):
        numbers = [round(value * SCALE) for value in row]
        if name == "" or max(numbers) - min(numbers) >= SMALLEST:
            lines.append(f"{name}\t{' '.join(map(str, numbers))}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the weights, and say how large they are."""
    rules = parse_rules((RULES / "lanes.toml").read_text("utf-8"))
    text = as_text(train(read_examples(rules)))
    (RULES / "weights.txt").write_text(text, "utf-8")
    sys.stdout.write(f"{len(text.splitlines())} features, {len(text.encode()) // 1024} KB\n")


if __name__ == "__main__":
    main()
