"""list, show, search, attachments, inspect: everything that only reads."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from founder_inbox.cli.table import width_of
from tests.app.letters import letter
from tests.cli.conftest import Cli, Founder, MakeFounder

TICKET_KEYS = {
    *("id", "subject", "customer", "status", "lane", "lane_reasons", "quick_fix", "assignee"),
    *("unread", "messages", "opened_at", "last_customer_at", "last_reply_at", "snoozed_until"),
    "update_due_at",
}
ENTRY_KEYS = {
    *("kind", "direction", "message_id", "at", "from", "to", "text", "new_text"),
    "attachments",
}
OnlyId = Callable[[Path], str]


@pytest.fixture
def busy(founder: Founder) -> Founder:
    """Four tickets: an empty export, two charges, a thank-you, and a hostile subject."""
    founder.receive(
        letter("Charged", "You charged me twice this month.", sender="Bo <b@x.test>",
               message_id="<2@x.test>"),
        letter("Re: Export", "That fixed it, thank you!", sender="Cy <c@x.test>",
               message_id="<3@x.test>"),
        letter("\x1b[31mred [/x] \u202etxt", "How do I add a calendar?",
               sender="田中 由紀 <d@x.test>", message_id="<4@x.test>"),
        ago=timedelta(hours=1),
    )  # fmt: skip
    return founder


def test_list_has_the_tickets_in_queue_order_with_the_contracts_keys(
    cli: Cli, busy: Founder
) -> None:
    tickets = cli("list", "--config", busy.config, "--json").json

    assert all(set(ticket) >= TICKET_KEYS for ticket in tickets)
    assert [ticket["lane"] for ticket in tickets][:2] == ["thanks", "urgent"]
    assert tickets[1]["topic"] == "billing"
    assert tickets[0]["opened_at"].endswith("Z")
    assert tickets[0]["last_reply_at"] is None


def test_list_says_who_has_missed_a_window(cli: Cli, founder: Founder) -> None:
    founder.receive(
        letter("Old", "How do I print?", sender="Bo <b@x.test>", message_id="<2@x.test>"),
        ago=timedelta(days=9),
    )
    founder.receive(
        letter("New", "How do I print?", sender="Cy <c@x.test>", message_id="<3@x.test>"),
        ago=timedelta(0),
    )
    found = cli("list", "--config", founder.config, "--json").json
    missed = {ticket["subject"]: ticket["missed_window"] for ticket in found}

    assert missed["Old"]
    assert not missed["New"]
    assert "missed a window" in cli("list", "--config", founder.config).out


def test_list_can_be_narrowed(cli: Cli, busy: Founder) -> None:
    def subjects(*options: str) -> list[str]:
        found = cli("list", "--config", busy.config, "--json", *options).json
        return [ticket["subject"] for ticket in found]

    assert subjects("--lane", "thanks") == ["Re: Export"]
    assert len(subjects("--limit", "2")) == 2
    assert subjects("--quick-fix") == []
    assert subjects("--status", "closed") == []
    assert len(subjects("--status", "all")) == 4


def test_a_wrong_lane_is_a_usage_error(cli: Cli, busy: Founder) -> None:
    assert cli("list", "--lane", "urgnt", "--config", busy.config).code == 2


def test_the_page_for_people_lines_up_and_obeys_no_mail(cli: Cli, busy: Founder) -> None:
    page = cli("list", "--config", busy.config).out

    assert len(page.strip().splitlines()) == 4
    assert "red [/x] txt" in page
    assert not any(mark in page for mark in "\x1b\u202e")


def test_an_empty_list_says_so_kindly(cli: Cli, busy: Founder) -> None:
    assert cli("list", "--status", "snoozed", "--config", busy.config).out == "Nothing here.\n"


def test_show_has_the_history(cli: Cli, founder: Founder, only_id: OnlyId) -> None:
    shown = cli("show", only_id(founder.config), "--config", founder.config, "--json").json
    [entry] = shown["history"]

    assert set(shown) >= TICKET_KEYS
    assert set(entry) >= ENTRY_KEYS
    assert (entry["kind"], entry["direction"]) == ("message", "in")
    assert entry["from"] == {"name": "Tom Okafor", "address": "tom@okafor.test"}
    assert entry["message_id"] == "<one@okafor.test>"
    assert "empty file" in entry["new_text"]


def test_a_prefix_with_a_hash_names_a_ticket_too(
    cli: Cli, founder: Founder, only_id: OnlyId
) -> None:
    page = cli("show", "#" + only_id(founder.config)[:3], "--config", founder.config)

    assert page.code == 0
    assert "Export is empty" in page.out
    assert "Tom Okafor <tom@okafor.test>" in page.out


def test_an_unknown_ticket_is_66_and_prints_no_data(cli: Cli, founder: Founder) -> None:
    result = cli("show", "zzzzzzz", "--config", founder.config, "--json")

    assert (result.code, result.out) == (66, "")
    assert "zzzzzzz" in result.err


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (["from:tom"], 1),
        (["lane:urgent", "-export"], 1),
        (["-charged"], 3),
        (["charged me twice"], 1),
        (["subject:charged", "is:open"], 1),
        (["nothing-has-this-word"], 0),
    ],
)
def test_search_takes_gmails_words(cli: Cli, busy: Founder, query: list[str], found: int) -> None:
    result = cli("search", *query, "--config", busy.config, "--json")

    assert result.code == 0
    assert len(result.json) == found


def test_a_search_for_what_cannot_be_is_65(cli: Cli, busy: Founder) -> None:
    result = cli("search", "is:opne", "--config", busy.config)

    assert result.code == 65
    assert "open" in result.err


def with_file(name: str) -> bytes:
    mail = EmailMessage()
    mail["From"] = "Tom <tom@x.test>"
    mail["Subject"] = "A picture"
    mail["Message-ID"] = "<picture@x.test>"
    mail.set_content("Here it is.")
    mail.add_attachment(b"PNG!", maintype="image", subtype="png", filename=name)
    return mail.as_bytes()


def test_attachments_are_saved_inside_the_folder_and_overwrite_nothing(
    cli: Cli, founder: Founder, tmp_path: Path
) -> None:
    founder.receive(with_file("../../evil.png"))
    [ticket] = cli("search", "has:attachment", "--config", founder.config, "--json").json
    folder = tmp_path / "files"
    save = ("attachments", ticket["id"], "--save", folder, "--config", founder.config, "--json")
    first, second = cli(*save), cli(*save)

    assert {"name", "type", "size"} <= set(first.json[0])
    assert first.json[0]["saved"] == str(folder / "evil.png")
    assert second.json[0]["saved"] == str(folder / "evil-2.png")
    assert sorted(path.name for path in folder.iterdir()) == ["evil-2.png", "evil.png"]
    assert (folder / "evil.png").read_bytes() == b"PNG!"


def test_attachments_without_save_are_listed(cli: Cli, founder: Founder) -> None:
    founder.receive(with_file("holiday.png"))
    [ticket] = cli("search", "has:attachment", "--config", founder.config, "--json").json
    page = cli("attachments", ticket["id"], "--config", founder.config)

    assert "holiday.png" in page.out
    assert "4 bytes" in page.out


def test_inspect_tells_how_a_mail_is_understood_without_any_config(
    cli: Cli, tmp_path: Path
) -> None:
    (tmp_path / "a.eml").write_bytes(with_file("b.png"))
    mail = cli("inspect", tmp_path / "a.eml", "--json").json

    assert set(mail) >= {
        *("message_id", "from", "to", "cc", "subject", "date", "kind", "text", "new_text"),
        *("quoted", "signature", "attachments", "warnings"),
    }
    assert mail["kind"] == "customer"
    assert mail["from"] == {"name": "Tom", "address": "tom@x.test"}
    assert mail["attachments"] == [{"name": "b.png", "type": "image/png", "size": 4}]
    assert mail["date"] is None


def test_inspect_reads_anything_and_a_missing_file_is_66(cli: Cli, tmp_path: Path) -> None:
    assert cli("inspect", "-", "--json", stdin="\0 no mail at all").code == 0
    assert cli("inspect", tmp_path / "none.eml").code == 66
    assert cli("inspect", tmp_path).code == 65


def test_inspect_for_people_shows_what_to_take_care_of(cli: Cli) -> None:
    page = cli("inspect", "-", stdin="Subject: hi\n\nhello")

    assert "Subject:    hi" in page.out
    assert "Take care: It names no sender." in page.out


def test_a_mail_without_a_sender_says_so(
    cli: Cli, make_founder: MakeFounder, only_id: OnlyId
) -> None:
    founder = make_founder()
    founder.receive(b"Subject: Nobody\r\nMessage-ID: <0@x.test>\r\n\r\nIt is broken.\r\n")
    listed = cli("list", "--status", "all", "--config", founder.config).out
    shown = cli("show", only_id(founder.config), "--config", founder.config).out

    assert "(no sender)" in listed
    assert "\n(no sender) · " in shown
    assert shown.count("(no sender)") == 2


@pytest.mark.parametrize("columns", [72, 80, 120])
def test_a_list_with_long_names_and_subjects_fits_the_terminal(
    cli: Cli, founder: Founder, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    founder.receive(
        letter(
            "Charged twice " * 20,
            "You charged me twice.",
            sender="Bartholomew Featherstonehaugh <b@long.test>",
            message_id="<2@long.test>",
        )
    )
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = cli("list", "--status", "all", "--config", founder.config).out.splitlines()

    assert len(lines) == 2
    assert max(map(width_of, lines)) == columns


def test_a_search_is_saved_used_and_forgotten(cli: Cli, busy: Founder) -> None:
    config = ("--config", busy.config)
    found = cli("search", "--save", "Mine", "is:open", "-zebra", *config, "--json").json
    assert cli("search", "--saved", *config, "--json").json == [
        {"name": "Mine", "query": "is:open -zebra"}
    ]
    assert cli("search", "--use", "mine", *config, "--json").json == found
    assert "Mine: is:open -zebra" in cli("search", "--saved", *config).out
    assert cli("search", "--forget", "MINE", *config).code == 0
    assert cli("search", "--saved", *config, "--json").json == []


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ([], 2, "Missing QUERY"),
        (["--saved", "word"], 2, "stands alone"),
        (["--use", "a", "--forget", "b"], 2, "stands alone"),
        (["--use", "nobody"], 66, "There is no saved search 'nobody'"),
        (["--save", "x", "is:opne"], 65, "after is: comes one of"),
        (["--save", " ", "word"], 65, "needs a name"),
    ],
)
def test_what_a_saved_search_can_t_be_is_said(
    cli: Cli, busy: Founder, arguments: list[str], code: int, says: str
) -> None:
    result = cli("search", *arguments, "--config", busy.config)

    assert result.code == code
    assert says in result.err
    assert cli("search", "--saved", "--config", busy.config, "--json").json == []
