"""Notes and tags are found by search, and no longer when they are taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from founder_inbox.app.queue import merging, triage
from founder_inbox.app.queue.tickets import find_ticket, search_keys, snippet_of, wanted_in
from founder_inbox.app.workspace import Workspace, open_workspace
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.errors import BadInput
from founder_inbox.store.search import known_tags
from tests.tui.company import LETTERS, MONDAY, Company


@pytest.fixture
def company(tmp_path: Path) -> Company:
    fresh = Company(tmp_path)
    fresh.write_config()
    return fresh


@pytest.fixture
def ws(company: Company) -> Iterator[Workspace]:
    with open_workspace(company.config) as opened:
        yield opened


@pytest.fixture
def two(company: Company, ws: Workspace) -> tuple[Ticket, Ticket]:
    company.receive(ws, LETTERS[2], LETTERS[3])
    one, other = (_found(ws, words)[0] for words in ("charged", "502"))
    return one, other


def _found(ws: Workspace, query: str) -> list[Ticket]:
    keys = search_keys(ws.store, query, MONDAY)
    found = [find_ticket(ws.store, row["id"]) for row in ws.store.rows("select id from ticket")]
    return [ticket for key in keys for ticket in found if ticket.key == key]


def _ids(ws: Workspace, query: str) -> set[str]:
    return {ticket.id for ticket in _found(ws, query)}


def test_a_note_is_found_by_its_words_until_it_is_taken_back(
    ws: Workspace, two: tuple[Ticket, Ticket]
) -> None:
    one, _ = two
    triage.add_note(ws, one, "Ask the bank about the naïve walrus", MONDAY)

    assert _ids(ws, "walr") == _ids(ws, "naive walrus") == {one.id}
    assert _ids(ws, "charged walrus") == {one.id}
    assert _ids(ws, "-walrus 502") == {two[1].id}
    assert _ids(ws, "subject:walrus") == set()
    assert "walrus" in snippet_of(ws.store, one, wanted_in("walrus", MONDAY))

    triage.undo(ws, MONDAY)
    assert _ids(ws, "walrus") == set()


def test_a_note_goes_along_when_tickets_are_merged(
    ws: Workspace, two: tuple[Ticket, Ticket]
) -> None:
    one, other = two
    triage.add_note(ws, other, "walrus", MONDAY)
    merging.merge(ws, [other], one, MONDAY, different_people=True)

    assert len(_ids(ws, "walrus")) == 1
    assert _ids(ws, "walrus") == _ids(ws, "charged") == _ids(ws, "502")


def test_a_tag_is_found_by_its_beginning_in_any_case(
    ws: Workspace, two: tuple[Ticket, Ticket]
) -> None:
    one, other = two
    assert triage.tag(ws, [one], "Größe", MONDAY) == "Tagged Größe"
    triage.tag(ws, [other], "100%_a", MONDAY)

    assert _ids(ws, "tag:GRÖSSE") == {one.id}
    assert _ids(ws, "tag:grö") == {one.id}
    assert _ids(ws, "tag:100%_") == {other.id}
    assert _ids(ws, "tag:_") == set()
    assert _ids(ws, "is:tagged") == {one.id, other.id}
    assert _ids(ws, "is:tagged -tag:grö") == {other.id}
    assert _ids(ws, "tag:nobody") == set()


def test_the_same_tag_again_takes_it_off_only_where_all_have_it(
    ws: Workspace, two: tuple[Ticket, Ticket]
) -> None:
    one, other = two
    triage.tag(ws, [one], "vip", MONDAY)
    both = [find_ticket(ws.store, ticket.id) for ticket in two]

    assert triage.tag(ws, both, "VIP", MONDAY) == "Tagged vip"
    assert _ids(ws, "tag:vip") == {one.id, other.id}
    both = [find_ticket(ws.store, ticket.id) for ticket in two]
    assert triage.tag(ws, both, "vip", MONDAY) == "No longer tagged vip"
    assert _ids(ws, "tag:vip") == set()
    assert known_tags(ws.store) == []
    triage.undo(ws, MONDAY)
    assert _ids(ws, "tag:vip") == {one.id, other.id}
    with pytest.raises(BadInput, match="needs a name"):
        triage.tag(ws, both, " ", MONDAY)
