"""import of what other help desks give out: both sides, notes, tags and state come along."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.app.letters import letter
from tests.cli.conftest import Cli, Founder, MakeFounder

KEPT = Path(__file__).parents[1] / "core" / "helpdesks"
HELP_SCOUT = KEPT / "helpscout-page-1.json"


@pytest.fixture
def empty(make_founder: MakeFounder) -> Founder:
    return make_founder()


@pytest.fixture
def zammad(tmp_path: Path) -> Path:
    (folder := tmp_path / "zammad").mkdir()
    for name in ("zammad-tickets.json", "zammad-articles-3.json"):
        shutil.copy(KEPT / name, folder)
    return folder


def take(cli: Cli, founder: Founder, path: Path) -> Any:  # noqa: ANN401 - whatever JSON holds
    result = cli("import", path, "--config", founder.config, "--json")
    assert result.code == 0, result.err
    return result.json


def tickets(cli: Cli, founder: Founder) -> dict[str, Any]:
    listed = cli("list", "--status", "all", "--config", founder.config, "--json").json
    return {ticket["subject"]: ticket for ticket in listed}


def history(cli: Cli, founder: Founder, subject: str) -> list[dict[str, Any]]:
    number = tickets(cli, founder)[subject]["id"]
    shown = cli("show", number, "--config", founder.config, "--json").json
    found: list[dict[str, Any]] = shown["history"]
    return found


def test_help_scouts_conversations_come_with_answers_notes_tags_and_state(
    cli: Cli, empty: Founder
) -> None:
    done = take(cli, empty, HELP_SCOUT)

    broken = (
        "helpscout-page-1.json, record 4: its threads are missing; ask for them with embed=threads."
    )
    assert done == {
        "mails": 3, "new": 3, "tickets_new": 2, "closed": 1, "notes": 2, "left_out": 1,
        "broken": [broken],
    }  # fmt: skip
    invoice = tickets(cli, empty)["Invoice of March"]
    assert (invoice["status"], invoice["messages"], invoice["lane"]) == ("closed", 2, "howto")
    assert invoice["customer"] == {"name": "Mia Lindqvist", "address": "mia@bees.test"}
    assert invoice["opened_at"] == "2024-03-04T09:15:00Z"
    said = history(cli, empty, "Invoice of March")
    mails = [(one["direction"], one["at"]) for one in said if one["kind"] == "message"]
    assert mails == [("in", "2024-03-04T09:15:00Z"), ("out", "2024-03-05T10:00:00Z")]
    assert "[Attached in Help Scout: photo1.jpg]" in said[0]["text"]
    notes = [(one["from"]["name"], one["at"], one["text"]) for one in said if one["kind"] == "note"]
    assert notes == [
        ("Vlad Petrov", "2024-03-05T09:50:00Z", "She asked the same in February."),
        ("Ana from Acme", "2024-03-05T10:00:00Z", "Assigned to Vlad Petrov in Help Scout."),
    ]
    assert "draft" not in str(said)
    [found] = cli("search", "tag:vip billing", "--config", empty.config, "--json").json
    assert found["id"] == invoice["id"]


def test_an_old_question_that_is_open_there_stays_open(cli: Cli, empty: Founder) -> None:
    take(cli, empty, HELP_SCOUT)

    assert tickets(cli, empty)["Export stays empty"]["status"] == "open"
    [listed] = cli("list", "--config", empty.config, "--json").json
    assert listed["subject"] == "Export stays empty"


def test_a_second_import_brings_nothing_twice_and_changes_no_state(
    cli: Cli, empty: Founder
) -> None:
    take(cli, empty, HELP_SCOUT)
    number = tickets(cli, empty)["Invoice of March"]["id"]
    cli("reopen", number, "--config", empty.config)
    before = (tickets(cli, empty), history(cli, empty, "Invoice of March"))

    again = take(cli, empty, HELP_SCOUT)

    assert (again["new"], again["tickets_new"], again["closed"], again["notes"]) == (0, 0, 0, 0)
    assert (tickets(cli, empty), history(cli, empty, "Invoice of March")) == before


def test_one_undo_takes_back_what_the_import_settled(cli: Cli, empty: Founder) -> None:
    take(cli, empty, HELP_SCOUT)

    cli("undo", "--config", empty.config)

    assert "note" not in {one["kind"] for one in history(cli, empty, "Invoice of March")}


def test_freescouts_conversation_is_read_too(cli: Cli, empty: Founder) -> None:
    done = take(cli, empty, KEPT / "freescout.json")

    assert (done["mails"], done["tickets_new"], done["closed"], done["notes"]) == (2, 1, 0, 0)
    refund = tickets(cli, empty)["Refund"]
    assert refund["status"] == "waiting"
    assert refund["customer"] == {"name": "Rodney Robertson", "address": "rodney@x.test"}
    assert len(cli("search", "tag:overdue", "--config", empty.config, "--json").json) == 1


def test_zammads_tickets_and_articles_lie_in_different_files(
    cli: Cli, empty: Founder, zammad: Path
) -> None:
    done = take(cli, empty, zammad)

    assert (done["mails"], done["tickets_new"], done["notes"], done["left_out"]) == (2, 1, 2, 1)
    [broken] = done["broken"]
    assert broken.startswith("zammad-tickets.json, record 3: its articles are missing")
    order = tickets(cli, empty)["Order 787556"]
    assert (order["status"], order["customer"]["name"]) == ("closed", "Samuel Lee")
    said = history(cli, empty, "Order 787556")
    ids = [one["message_id"] for one in said if one["kind"] == "message"]
    assert ids == ["<order-1@x.test>", "<answer-1@acme.test>"]
    assert "The parcel came back\nto us." in [one["text"] for one in said]


def test_a_mail_that_lies_in_the_mailbox_does_not_come_twice(
    cli: Cli, empty: Founder, zammad: Path
) -> None:
    empty.receive(letter("Order 787556", "Where is my order?", message_id="<order-1@x.test>"))

    assert take(cli, empty, zammad)["new"] == 1

    assert tickets(cli, empty)["Order 787556"]["messages"] == 2


def test_nothing_is_sent_or_told_to_the_server(cli: Cli, empty: Founder) -> None:
    take(cli, empty, HELP_SCOUT)

    assert cli("outbox", "--config", empty.config, "--json").json == []


def test_what_can_not_be_read_is_named_with_its_place_and_the_rest_comes(
    cli: Cli, empty: Founder, tmp_path: Path
) -> None:
    good = json.loads((KEPT / "freescout.json").read_text())
    lines = ["[1, null, {}]", '{"number": 1', json.dumps(good), "[" * 200_000]
    path = tmp_path / "all.jsonl"
    path.write_text("\n".join(lines))

    result = cli("import", path, "--config", empty.config)

    assert result.code == 0
    assert "all.jsonl, record 1: it is no conversation of Help Scout" in result.err
    assert "all.jsonl, record 4: it is no JSON" in result.err
    assert "2 mails read, 2 of them new here. 1 new ticket" in result.out
    assert "5 records could not be read" in result.out


def test_a_file_of_something_else_brings_in_nothing_and_says_why(
    cli: Cli, empty: Founder, tmp_path: Path
) -> None:
    (path := tmp_path / "package.json").write_text('{"name": "x"}')

    result = cli("import", path, "--config", empty.config)

    assert result.code == 65
    assert "Nothing came in" in result.err
    assert "no ticket or article of Zammad" in result.err
    assert cli("import", tmp_path / "no.json", "--config", empty.config).code == 66
