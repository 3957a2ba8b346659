"""Files and functions stay short enough to be read in one go."""

import ast
from collections.abc import Iterator

from tests.rules.source import Module, modules

MODULE_LINES = 400
FUNCTION_LINES = 60


def too_long(module: Module) -> Iterator[str]:
    """What in that module is over its budget, with its length."""
    lines = len(module.text.splitlines())
    if lines > MODULE_LINES:
        yield f"{module.name}: {lines} lines"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{module.name}.{node.name}: {lines} lines"


def test_nothing_is_over_its_budget() -> None:
    assert [over for module in modules() for over in too_long(module)] == []


def test_the_rule_counts_lines() -> None:
    fits = "def f():\n" + "    pass\n" * (FUNCTION_LINES - 1)
    long_file = "\n" * (MODULE_LINES + 1)

    assert list(too_long(Module("m", fits))) == []
    assert list(too_long(Module("m", fits + "    pass\n"))) == ["m.f: 61 lines"]
    assert list(too_long(Module("m", long_file))) == ["m: 401 lines"]
