"""Only `Content` reaches a widget: a plain text with data in it would be read as markup."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import founder_inbox.tui

FOLDER = Path(founder_inbox.tui.__file__).parent
# What draws its first argument, and would parse a plain text as markup.
DRAWS = {"Static", "Label", "Button", "Option", "update", "notify", "Checkbox", "Hit"}
ASSIGNED = {"border_title", "border_subtitle", "tooltip", "title", "sub_title"}
# These give a dict or a set their `update`.
OTHER_UPDATES = {"_styles", "_strips"}


def unsafe(source: str) -> Iterator[str]:
    """The places where a text that is not a constant is handed to a widget as it is."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name(node.func) in DRAWS and node.args:
            if _is_text(node.args[0]) and not _says_no_markup(node):
                yield f"line {node.lineno}: {ast.unparse(node)[:60]}"
        elif isinstance(node, ast.Assign) and _is_text(node.value):
            for target in node.targets:
                if isinstance(target, ast.Attribute) and target.attr in ASSIGNED:
                    yield f"line {node.lineno}: {ast.unparse(node)[:60]}"


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _is_text(value: ast.expr) -> bool:
    """Whether it is a text made of data: an f-string, `+`, `%`, `format`, `join`, `str`."""
    if isinstance(value, ast.JoinedStr):
        return True
    if isinstance(value, ast.BinOp):
        return _is_text(value.left) or _is_text(value.right) or _constant(value.left)
    if isinstance(value, ast.Call):
        return _name(value.func) in {"str", "format", "safe_line", "safe_text", "SafeLine"}
    return False


def _constant(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def _says_no_markup(node: ast.Call) -> bool:
    return any(
        keyword.arg == "markup"
        and isinstance(keyword.value, ast.Constant)
        and keyword.value.value is False
        for keyword in node.keywords
    )


def test_no_widget_is_given_a_text_with_data_in_it() -> None:
    found = {path.name: list(unsafe(path.read_text("utf-8"))) for path in FOLDER.rglob("*.py")}

    assert {name: places for name, places in found.items() if places} == {}


@pytest.mark.parametrize(
    "line",
    [
        'Static(f"Hello {name}")',
        'label.update("Hello " + name)',
        'app.notify(str(error), severity="warning")',
        "Option(safe_line(subject))",
        'self.border_title = f"{count} mails"',
    ],
)
def test_the_rule_sees_a_text_with_data(line: str) -> None:
    assert list(unsafe(line))


@pytest.mark.parametrize(
    "line",
    [
        "Static(line(name))",
        "label.update(content(piece))",
        "app.notify(str(error), markup=False)",
        'Static("Nothing here")',
    ],
)
def test_the_rule_lets_content_pass(line: str) -> None:
    assert list(unsafe(line)) == []
