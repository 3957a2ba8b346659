"""The program's modules as the rules read them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "founder_inbox"


@dataclass(frozen=True, slots=True)
class Module:
    """One file of the program; `name` is dotted, `layer` the folder right below the package.

    A file beside the layers, such as errors.py, has the empty layer.
    """

    name: str
    text: str

    @property
    def layer(self) -> str:
        """Such as "core"; "" for founder_inbox/errors.py."""
        parts = self.name.split(".")
        return parts[1] if len(parts) > 2 else ""

    @property
    def tree(self) -> ast.Module:
        """The parsed file."""
        return ast.parse(self.text, self.name)


def modules() -> list[Module]:
    """Every module of the program, packages by the name `x.__init__`."""
    files = sorted((ROOT / PACKAGE).rglob("*.py"))
    return [
        Module(".".join(file.relative_to(ROOT).with_suffix("").parts), file.read_text())
        for file in files
    ]


def imported(module: Module) -> Iterator[str]:
    """Each imported name with its dots, relative ones resolved, those inside functions too.

    `from a.b import c` is both "a.b" and "a.b.c": c may be a module.
    """
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = _origin(module, node)
            yield origin
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def dotted(node: ast.expr) -> str:
    """`a.b.c` for that expression, "" for anything but names and attributes."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else node.attr
    return ""


def _origin(module: Module, node: ast.ImportFrom) -> str:
    if node.level == 0:
        return node.module or ""
    package = module.name.split(".")[: -node.level]
    return ".".join([*package, *([node.module] if node.module else [])])
