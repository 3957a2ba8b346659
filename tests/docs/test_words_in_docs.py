"""What the guide says one can write is understood, and its lists are whole."""

import ast
import inspect
import json
import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click
import pytest

from founder_inbox import errors
from founder_inbox.cli import shapes
from founder_inbox.cli.main import INTERRUPTED
from founder_inbox.core.hours.schedule import parse_hours
from founder_inbox.core.hours.when import parse_when
from founder_inbox.core.keymap import resolve
from founder_inbox.core.letters.canned import parse_reply
from founder_inbox.core.letters.placeholder_tags import VARIABLES, tokens
from founder_inbox.core.model import Lane, Status
from founder_inbox.core.tickets.query import IS_WORDS, parse_query
from tests.docs.pages import blocks, page, rows, section, words_in_code

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
GUIDE = page("guide.md")


def first_cells(heading: str) -> list[str]:
    """The code in the first column of a section's table."""
    return [word for row in rows(section(GUIDE, heading)) for word in words_in_code(row[0])]


@pytest.mark.parametrize("words", first_cells("Putting off"))
def test_a_time_in_the_guide_is_understood(words: str) -> None:
    hours = parse_hours("Europe/Berlin", ["mon-fri 09:00-10:00"], [])

    assert parse_when(words, NOW, BERLIN, hours).at > NOW


@pytest.mark.parametrize("query", first_cells("Searching"))
def test_a_search_in_the_guide_is_understood(query: str) -> None:
    terms = parse_query(query, NOW)

    assert terms
    assert not any(":" in term.value for term in terms if term.key == "")


def test_the_guide_lists_what_a_search_knows() -> None:
    table = rows(section(GUIDE, "Searching"))
    named = {
        word.rpartition(":")[2]
        for row in table
        if row[0].startswith(("`is:", "`lane:"))
        for cell in row
        for word in words_in_code(cell)
    }

    assert named == (IS_WORDS - {"handed-off"}) | set(Lane)


def test_the_canned_reply_in_the_guide_can_be_read() -> None:
    example = blocks(section(GUIDE, "Canned replies"), "markdown")[0]

    assert parse_reply(example, "export-help.en.md").lanes == (Lane.HOWTO,)


@pytest.mark.parametrize("tag", first_cells("Canned replies"))
def test_a_tag_in_the_guide_is_a_tag(tag: str) -> None:
    asked = "{{ ask.offer: What? | }}" if "if ask.offer" in tag else ""

    assert tokens(asked + tag.replace("\\|", "|"))


def test_the_guide_lists_every_value_of_a_canned_reply() -> None:
    line = next(line for line in GUIDE.splitlines() if line.startswith("Values: "))

    assert words_in_code(line) == list(VARIABLES)


def test_the_reference_lists_every_exit_code() -> None:
    listed = {int(row[0]) for row in rows(section(page("reference.md"), "Exit codes"))}
    raised = {
        kind.exit_code
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.FounderInboxError)
    }

    assert listed == raised | {0, click.UsageError.exit_code, INTERRUPTED}


def test_the_reference_lists_every_status_and_lane() -> None:
    text = page("reference.md")
    listed = {
        name: words_in_code(next(x for x in text.splitlines() if x.startswith(f"`{name}` is one")))
        for name in ("status", "lane")
    }

    assert listed == {"status": ["status", *Status], "lane": ["lane", *Lane]}


def keys_of(shape: str) -> list[str]:
    """The keys of the JSON object that a function of `cli.shapes` returns."""
    for node in ast.parse(inspect.getsource(shapes)).body:
        if isinstance(node, ast.FunctionDef) and node.name == shape:
            returned = next(x.value for x in ast.walk(node) if isinstance(x, ast.Return))
            assert isinstance(returned, ast.Dict)
            return [str(key.value) for key in returned.keys if isinstance(key, ast.Constant)]
    raise LookupError(shape)


def test_the_ticket_in_the_reference_has_the_keys_of_a_ticket() -> None:
    ticket = json.loads(blocks(page("reference.md"), "json")[0])

    assert sorted(ticket) == sorted(keys_of("ticket_shape"))
    assert ticket["status"] in set(Status)
    assert ticket["lane"] in set(Lane)


@pytest.mark.parametrize(
    ("row", "shape"),
    [
        ("an entry of `history`", "entry_shape"),
        ("`sync`", "sync_shape"),
        ("`reply`, `forward`, `new`, and each mail of `outbox`", "item_shape"),
        ("`hours`", "door_shape"),
        ("`burnout`", "reading_shape"),
        ("a line of `classify`", "verdict_shape"),
        ("`inspect`", "mail_shape"),
        ("each of `replies`", "reply_shape"),
    ],
)
def test_the_reference_lists_the_keys_that_are_printed(row: str, shape: str) -> None:
    [listed] = [keys for name, keys in rows(section(page("reference.md"), "Output")) if name == row]

    assert words_in_code(listed) == keys_of(shape)


def test_the_keys_the_guide_gives_away_can_be_given() -> None:
    keymap = resolve({"done": ["e", "d"], "page_down": "ctrl+f"})

    assert 'done = ["e", "d"]\npage_down = "ctrl+f"' in GUIDE
    assert keymap.action_for("d") == "done"


def test_the_key_sequences_in_the_guide_do_something() -> None:
    keymap = resolve({})
    typed = re.findall(r"`([gt] [a-z0-9])`", GUIDE)

    assert len(typed) > 5
    assert [keys for keys in typed if keymap.action_for(keys) is None] == []
