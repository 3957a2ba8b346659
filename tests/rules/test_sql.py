"""All SQL is in store/."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.rules.source import Module, modules

# Lower or upper case throughout: "Select a ticket from the list" is a sentence, not a query.
STATEMENT = re.compile(
    r"\s*(?:"
    r"select\s.+\sfrom\s|insert\s+(?:or\s+\w+\s+)?into\s|update\s+\w+\s+set\s|delete\s+from\s"
    r"|(?:create|drop|alter)\s+(?:table|index|view|trigger|virtual|unique)\s|pragma\s+\w+"
    r"|begin\s+(?:immediate|exclusive|deferred)"
    r"|with\s+(?:recursive\s+)?\w+\s*(?:\(.*?\)\s*)?as\s*\(\s*(?:select|values)\s"
    r")",
    re.DOTALL,
)


def statements(module: Module) -> Iterator[str]:
    """The start of each SQL statement among that module's strings."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_sql(node.value):
            yield node.value.strip()[:40]


def _is_sql(text: str) -> bool:
    first = text.split(maxsplit=1)[:1]
    in_one_case = any(word.islower() or word.isupper() for word in first)
    return in_one_case and STATEMENT.match(text.lower()) is not None


def test_there_is_no_sql_outside_the_store() -> None:
    found = {m.name: list(statements(m)) for m in modules() if m.layer != "store"}

    assert {name: sql for name, sql in found.items() if sql} == {}


@pytest.mark.parametrize(
    "sql",
    [
        "select id from ticket ",
        "SELECT id\\n  FROM ticket WHERE 1",
        "insert or replace into ticket values (1)",
        "update ticket set status = 'open'",
        "delete from ticket",
        "create table ticket (id integer)",
        "pragma foreign_keys = on",
        "with late as (select 1) select * from late",
    ],
)
def test_the_rule_sees_a_statement(sql: str) -> None:
    assert list(statements(Module("founder_inbox.app.sample", f'query = "{sql} "')))


@pytest.mark.parametrize(
    "words",
    ["Select a ticket from the list", "update the list", "with Vlad as (your) teammate", "SELECT"],
)
def test_the_rule_lets_words_for_people_pass(words: str) -> None:
    assert list(statements(Module("founder_inbox.tui.sample", f'label = "{words}"'))) == []
