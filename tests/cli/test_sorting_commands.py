"""classify and replies."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, Founder

LINES = "\n".join(
    json.dumps(line)
    for line in [
        {"subject": "Help", "text": "You charged me twice this month."},
        {"subject": None, "text": "That fixed it, thank you!"},
        {"text": "I am away.", "headers": {"Auto-Submitted": "auto-replied"}},
        {"text": "News!", "headers": {"List-Unsubscribe": ["<mailto:x@y.test>"]}},
    ]
)


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_classify_answers_line_by_line_in_order(cli: Cli, options: list[str]) -> None:
    result = cli("classify", *options, stdin=LINES)
    verdicts = [json.loads(line) for line in result.out.splitlines()]

    assert [v["lane"] for v in verdicts] == ["urgent", "thanks", "automatic", "automatic"]
    assert all(set(v) == {"lane", "topic", "reasons", "sure"} for v in verdicts)
    assert verdicts[0]["topic"] == "billing"
    assert verdicts[1]["topic"] is None


def test_classify_does_not_read_what_was_quoted(cli: Cli) -> None:
    text = "Thank you so much, it works!\n\nOn Monday, Ana wrote:\n> You were charged twice.\n"
    [line] = cli("classify", stdin=json.dumps({"text": text})).out.splitlines()

    assert json.loads(line)["lane"] == "thanks"


@pytest.mark.parametrize("line", ["{", "[]", '{"subject": "no text"}', '{"text": 3}'])
def test_a_line_that_is_no_sample_is_65_and_named(cli: Cli, line: str) -> None:
    result = cli("classify", stdin='{"text": "hello"}\n' + line)

    assert result.code == 65
    assert "line 2" in result.err


def test_the_report_compares_with_the_right_lanes(cli: Cli, tmp_path: Path) -> None:
    samples = tmp_path / "samples.jsonl"
    samples.write_text(
        '{"text": "You charged me twice.", "lane": "urgent"}\n'
        '{"text": "You charged me twice.", "lane": "howto"}\n'
    )
    report = cli("classify", "--report", samples, "--json").json

    assert report["overall"] == 0.5
    assert {"lane": "howto", "sorted": "urgent", "count": 1} in report["confusion"]
    page = cli("classify", "--report", samples).out
    assert "overall 50.0%" in page
    assert "found of what is urgent" in page
    assert cli("classify", "--report", stdin=samples.read_text()).out == page


def test_replies_lists_ours_and_the_founders_own(cli: Cli, founder: Founder) -> None:
    folder = founder.config.parent / "replies"
    folder.mkdir()
    (folder / "hi.md").write_text("---\ntitle: Hello\n---\nHi, {{ ask.what: What for? }}!\n")
    replies = cli("replies", "--config", founder.config, "--json").json
    [own] = [reply for reply in replies if reply["name"] == "hi"]

    assert len(replies) > 20
    assert (own["title"], own["uses"], own["source"]) == ("Hello", 0, "hi.md")
    assert own["asks"] == [{"name": "ask.what", "question": "What for?", "optional": False}]
    assert "Hello" in cli("replies", "--config", founder.config).out


def test_a_broken_reply_names_file_and_line(cli: Cli, founder: Founder) -> None:
    folder = founder.config.parent / "replies"
    folder.mkdir()
    (folder / "hi.md").write_text("---\ntitel: Hello\n---\nHi\n")
    result = cli("replies", "--config", founder.config)

    assert result.code == 65
    assert "hi.md, line 2" in result.err


def test_replies_check_names_what_is_wrong_and_unused_lists_the_never_used(
    cli: Cli, founder: Founder
) -> None:
    config = founder.config
    assert cli("replies", "check", "--config", config).out.strip() == "Your replies are in order."
    assert len(cli("replies", "--unused", "--config", config, "--json").json) > 20
    folder = config.parent / "replies"
    folder.mkdir()
    (folder / "odd.md").write_text("---\nname: odd\n---\n{{ frist_name }}\n")

    result = cli("replies", "check", "--config", config, "--json")

    assert result.code == 65
    [problem] = result.json
    assert (problem["file"], problem["grave"]) == ("odd.md", True)
    assert "did you mean first_name" in problem["words"]


def test_replies_save_wants_a_ticket_a_name_and_an_answer(cli: Cli, founder: Founder) -> None:
    config = founder.config
    assert cli("replies", "save", "--config", config).code == 2
    assert cli("replies", "check", "abc", "--config", config).code == 2
    assert cli("replies", "save", "zzzzzzz", "--name", "a", "--config", config).code == 66
