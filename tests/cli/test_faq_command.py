"""The FAQ on the command line: asked, added, published, exported, given again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.letters import letter
from tests.cli.conftest import Cli, Founder, MakeFounder

QUESTION = "How do I export my list as CSV?"
ANSWER = "Open Lists, press Export and choose CSV. That is all there is to it."


@pytest.fixture
def taught(make_founder: MakeFounder, cli: Cli) -> tuple[Path, str]:
    """Rosa was answered; Tom asks the same: the config and Tom's ticket."""
    founder: Founder = make_founder()
    sent = letter(
        "Re: Export",
        ANSWER,
        sender="Ana from Acme <support@acme.test>",
        to="rosa@pictures.test",
        message_id="<answer@acme.test>",
        references="<rosa-1@x.test>",
    )
    first = letter(
        "Export", QUESTION, sender="Rosa <rosa@pictures.test>", message_id="<rosa-1@x.test>"
    )
    second = letter("CSV export", QUESTION, message_id="<tom-1@x.test>")
    founder.receive(first)
    founder.receive(sent, role="sent")
    founder.receive(second)
    tickets = cli("list", "--config", founder.config, "--json").json
    [tom] = [t["id"] for t in tickets if t["subject"] == "CSV export"]
    return founder.config, tom


def test_an_answer_given_before_is_shown_and_sent_again(cli: Cli, taught: tuple[Path, str]) -> None:
    config, tom = taught
    asked = cli("faq", "asked", tom, "--config", config, "--json").json
    assert (asked["times"], asked["offers"][0]["name"]) == (1, "asked-before")
    assert ANSWER in cli("faq", "asked", tom, "--config", config).out

    result = cli("reply", tom, "--canned", "asked-before", "--config", config, "--json")
    assert result.code in (0, 69), result.err
    shown = cli("show", tom, "--config", config).out
    assert ANSWER in shown


def test_an_article_goes_from_a_ticket_to_the_folder_others_read(
    cli: Cli, taught: tuple[Path, str], tmp_path: Path
) -> None:
    config, tom = taught
    site = tmp_path / "site"
    assert "no article yet" in cli("faq", "--config", config).out
    added = cli("faq", "add", tom, "--title", QUESTION, "--config", config, "--json").json
    assert added["name"] == "how-do-i-export-my-list-as-csv"
    assert cli("faq", "export", site, "--config", config).code == 65
    published = cli("faq", "publish", added["name"], "--config", config, "--json").json
    assert published["draft"] is False

    done = cli("faq", "export", site, "--config", config, "--json").json
    assert Path(done["page"]).read_text(encoding="utf-8").count("<article ") == 1
    [listed] = cli("faq", "list", "--config", config, "--json").json
    assert (listed["uses"], listed["link"]) == (0, None)
    assert cli("faq", "show", added["name"], "--config", config, "--json").json["asked"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["show"], 2, "Write faq show NAME"),
        (["show", "none"], 66, "There is no FAQ article 'none'"),
        (["list", "x"], 2, "Write faq, or faq list"),
        (["publish", "x", "--title", "y"], 2, "belong to: faq add"),
        (["add", "zzzzzzz"], 66, "There is no ticket"),
    ],
)
def test_what_can_not_be_done_is_said(
    cli: Cli, founder: Founder, arguments: list[str], code: int, words: str
) -> None:
    result = cli("faq", *arguments, "--config", founder.config)
    assert (result.code, result.out) == (code, "")
    assert words in result.err


def test_a_link_without_a_place_for_the_name_is_a_mistake_in_the_configuration(
    cli: Cli, make_founder: MakeFounder
) -> None:
    founder = make_founder(extra='[faq]\nurl = "https://acme.test/help"\n')
    result = cli("faq", "--config", founder.config)
    assert result.code == 78
    assert "faq.url" in result.err
    assert "{name}" in result.err


def test_an_article_is_given_by_name_with_its_link_last(
    cli: Cli, make_founder: MakeFounder, only_id: Callable[[Path], str]
) -> None:
    founder = make_founder(extra='[faq]\nurl = "https://acme.test/{name}/"\n')
    founder.receive(letter())
    folder = founder.config.parent / "faq"
    folder.mkdir()
    (folder / "steps.md").write_text("---\ntitle: Steps\n---\n1. Open Lists.\n", encoding="utf-8")
    ticket = only_id(founder.config)

    cli("reply", ticket, "--canned", "faq-steps", "--config", founder.config)

    shown = cli("show", ticket, "--config", founder.config).out
    assert "1. Open Lists." in shown
    assert "to keep: https://acme.test/steps/" in shown
    [listed] = cli("faq", "--config", founder.config, "--json").json
    assert (listed["uses"], listed["link"]) == (1, "https://acme.test/steps/")
