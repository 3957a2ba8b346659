"""`founder-inbox goodwill`: noting what was given, and the ledger."""

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Cli, Founder, MakeFounder

Only = Callable[[Path], str]


def test_what_was_given_stands_in_the_ledger_the_history_and_on_the_card(
    cli: Cli, founder: Founder, only_id: Only
) -> None:
    ticket, config = only_id(founder.config), founder.config
    result = cli("goodwill", ticket, "20", "EUR", "credit", "the", "export", "--config", config)
    assert (result.code, result.out) == (0, f"#{ticket} Noted: 20 EUR credit: the export.\n")

    found = cli("goodwill", "--json", "--config", config).json
    assert [(m["currency"], m["total"], m["count"]) for m in found["months"]] == [
        ("EUR", "20.00", 1)
    ]
    assert [(g["ticket"], g["kind"], g["why"]) for g in found["given"]] == [
        (ticket, "credit", "the export")
    ]
    assert cli("customer", ticket, "--json", "--config", config).json["given"] == [
        "20 EUR credit: the export"
    ]
    assert "gave 20.00 EUR credit: the export" in cli("show", ticket, "--config", config).out
    assert "Given so far: 20 EUR" in cli("customer", ticket, "--config", config).out


def test_over_the_cap_it_says_so_and_notes_it_all_the_same(
    cli: Cli, make_founder: MakeFounder, founder: Founder, only_id: Only
) -> None:
    config = founder.config
    config.write_text(config.read_text() + "\n[goodwill]\nmonth_cap = 30\n")
    ticket = only_id(config)
    first = cli("goodwill", ticket, "20", "--config", config).out
    second = cli("goodwill", ticket, "15", "--config", config).out

    assert "cap" not in first
    assert "That makes 35 EUR this month, over your cap of 30 EUR." in second
    assert len(cli("goodwill", "--json", "--config", config).json["given"]) == 2


def test_undo_takes_the_last_line_back(cli: Cli, founder: Founder, only_id: Only) -> None:
    config = founder.config
    cli("goodwill", only_id(config), "20", "--config", config)
    assert "the line in the goodwill ledger" in cli("undo", "--config", config).out

    assert cli("goodwill", "--config", config).out == "Nothing was given yet.\n"


def test_what_is_no_amount_writes_nothing_down(cli: Cli, founder: Founder, only_id: Only) -> None:
    config = founder.config
    for given in ([], ["much"], ["0"]):
        assert cli("goodwill", only_id(config), *given, "--config", config).code == 65
    assert cli("goodwill", "--json", "--config", config).json["given"] == []
