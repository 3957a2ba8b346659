"""A database or a backup from long ago: the program simply goes on with it."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli, MakeFounder
from tests.store.kept import VERSIONS, load

FIRST, LAST = VERSIONS[0], VERSIONS[-1]


@pytest.mark.parametrize("version", [FIRST, LAST // 2, LAST])
def test_the_tickets_of_an_older_version_are_listed_shown_found_and_acted_on(
    cli: Cli, make_founder: MakeFounder, tmp_path: Path, version: int
) -> None:
    more = ("--config", make_founder().config, "--json")
    (tmp_path / "data").mkdir()
    load(version, tmp_path / "data" / "inbox.db")

    listed = cli("list", "--status", "all", *more)
    assert {ticket["id"] for ticket in listed.json} == {"yzb9a2v", "1m40b7q"}, listed.err
    shown = cli("show", "yzb9a2v", *more).json["history"]
    assert [entry["text"] for entry in shown if entry["kind"] == "note"] == ["the walrus"]
    assert [ticket["id"] for ticket in cli("search", "darker", *more).json] == ["1m40b7q"]
    assert cli("close", "yzb9a2v", *more).code == 0
    assert [row["state"] for row in cli("outbox", *more).json] == ["held"]


def test_a_backup_of_the_first_version_is_restored(
    cli: Cli, make_founder: MakeFounder, tmp_path: Path
) -> None:
    more = ("--config", make_founder().config, "--json")
    load(FIRST, backup := tmp_path / "old.db")

    back = cli("restore", backup, *more)

    assert back.code == 0, back.err
    assert len(cli("list", "--status", "all", *more).json) == 2
