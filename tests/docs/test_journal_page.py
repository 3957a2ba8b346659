"""docs/journal.md says what the journal holds."""

import ast
from collections import defaultdict

from founder_inbox.core.tickets.journal import UNDOABLE, EventKind
from tests.docs.pages import page, rows, section, words_in_code
from tests.rules.source import dotted, modules

PAGE = page("journal.md")
ABOUT_TICKETS = rows(section(PAGE, "Kinds about a ticket"))
ABOUT_DAYS = rows(section(PAGE, "Kinds about the day"))
# Explained above the tables: these can stand in any line.
ANYWHERE = {"act", "seen"}


def fields_written() -> dict[str, set[str]]:
    """Kind by kind the fields that the program writes, where it writes them out."""
    found: dict[str, set[str]] = defaultdict(set)
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and (kind := _kind(node)):
                found[kind] |= _fields(node)
    return dict(found)


def _kind(call: ast.Call) -> str:
    names = (dotted(argument) for argument in call.args)
    name = next((name for name in names if name.startswith("EventKind.")), "")
    return EventKind[name.rpartition(".")[2]] if name else ""


def _fields(call: ast.Call) -> set[str]:
    dicts = (node for node in ast.walk(call) if isinstance(node, ast.Dict))
    keys = (key for found in dicts for key in found.keys)
    return {str(key.value) for key in keys if isinstance(key, ast.Constant)} - ANYWHERE


def test_every_kind_has_its_row() -> None:
    listed = [words_in_code(row[0])[0] for row in [*ABOUT_TICKETS, *ABOUT_DAYS]]

    assert sorted(listed) == sorted(EventKind)


def test_every_field_that_is_written_is_on_its_row() -> None:
    listed = {words_in_code(row[0])[0]: set(words_in_code(row[1])) for row in ABOUT_TICKETS}
    listed |= {words_in_code(row[0])[0]: set(words_in_code(row[1])) for row in ABOUT_DAYS}
    written = fields_written()

    missing = {kind: fields - listed[kind] for kind, fields in written.items()}
    assert {kind: fields for kind, fields in missing.items() if fields} == {}
    assert written["override_opened"] == listed["override_opened"]


def test_the_page_says_what_can_be_undone() -> None:
    said = {words_in_code(row[0])[0] for row in ABOUT_TICKETS if row[3].startswith("yes")}
    said |= {words_in_code(row[0])[0] for row in ABOUT_DAYS if "`z` takes it back" in row[2]}

    assert said == {str(kind) for kind in UNDOABLE}
