"""The words on our own screens sound as we ask the founder's mails to sound."""

import ast
from collections.abc import Iterator
from pathlib import Path

from founder_inbox.core.tone.check import check_draft
from founder_inbox.core.tone.harsh import find_harsh
from founder_inbox.core.tone.phrases import parse_phrases
from founder_inbox.core.tone.rulebook import parse_rulebook
from founder_inbox.system.resources import read_tone, read_tone_rules

PACKAGE = Path(__file__).parents[2] / "founder_inbox"
FOLDERS = ("tui", "cli", "app", "core/tickets")
FEWEST_WORDS = 4
# What an answer to a customer has to hold; a notice to the founder is none.
OF_ANSWERS = frozenset({"no", "transfer", "dont-know", "coming-soon", "bare-link"})
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def sentences(path: Path) -> Iterator[str]:
    """The texts in a module that may come to a screen: no docstrings, no SQL, no styles."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (node for node in ast.walk(tree) if isinstance(node, DOCUMENTED))
    docstrings = {id(n.body[0].value) for n in documented if isinstance(n.body[0], ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
            is_text = len(text.split()) >= FEWEST_WORDS and not {*"{;\\"} & {*text}
            if is_text and "SELECT" not in text and id(node) not in docstrings:
                yield text


def test_our_own_screens_pass_the_tone_check() -> None:
    book, harsh = parse_rulebook(read_tone_rules()), parse_phrases(read_tone("harsh"))
    modules = [path for folder in FOLDERS for path in sorted((PACKAGE / folder).rglob("*.py"))]
    texts = [(path.name, text) for path in modules for text in sentences(path)]
    found = [
        (name, finding.rule, finding.text)
        for name, text in texts
        for finding in check_draft(
            text, book, language="en", harsh=find_harsh(text, harsh), silenced=OF_ANSWERS
        )
    ]

    assert len(texts) > 300
    assert not found
