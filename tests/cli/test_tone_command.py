"""tone: findings and checklist of a draft, own rules, and what was silenced."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, Founder
from tests.docs.pages import page

BAD = "Hi Maria,\n\nsorry for the inconvenience.\nYou should have asked.\n\nJo\n"


def test_findings_come_with_place_why_better_words_and_source(
    cli: Cli, founder: Founder, tmp_path: Path
) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(BAD)
    result = cli("tone", "--config", founder.config, draft, "--json")
    findings = result.json["findings"]

    assert result.code == 0
    assert [found["rule"] for found in findings] == ["inconvenience", "you-should-have"]
    assert all(BAD[found["start"] : found["end"]] == found["text"] for found in findings)
    assert all(found["why"] and found["instead"] for found in findings)
    assert findings[1]["source"] == "handbook ch. 15"
    assert result.json["checklist"][0]["step"] == "listened"


def test_standard_input_needs_no_configuration(cli: Cli, tmp_path: Path) -> None:
    result = cli("--config", tmp_path / "none.toml", "tone", "-", stdin=BAD)

    assert result.code == 0
    assert "line 4: “You should have asked”  (you-should-have)" in result.out
    assert "Better: Say what works now" in result.out
    assert "From: handbook ch. 15" in result.out
    assert "[ ] thanks at the beginning" in result.out


def test_a_good_draft_is_told_so(cli: Cli, tmp_path: Path) -> None:
    result = cli("--config", tmp_path / "none.toml", "tone", stdin="It works again since 11:20.")

    assert result.out == "Nothing found. It reads well.\n"


def test_what_is_missing_or_no_text_is_66_and_65(cli: Cli, tmp_path: Path) -> None:
    odd = tmp_path / "odd.txt"
    odd.write_bytes(b"\xff\xfe\xff")

    assert cli("tone", tmp_path / "none.txt").code == 66
    assert cli("tone", odd).code == 65


def test_the_language_can_be_said(cli: Cli, tmp_path: Path) -> None:
    config = tmp_path / "none.toml"
    german = cli("--config", config, "tone", "--language", "de", "--json", stdin="Feedback")
    english = cli("--config", config, "tone", "--language", "en", "--json", stdin="Geht nicht.")

    assert german.json["findings"][0]["instead"].startswith("Gedanken")
    assert english.json == {"findings": [], "checklist": []}


def test_with_a_ticket_their_words_are_known(cli: Cli, founder: Founder) -> None:
    ticket = cli("list", "--config", founder.config, "--json").json[0]["id"]
    (founder.config.parent / "tone").mkdir()
    own = founder.config.parent / "tone" / "synonyms.toml"
    own.write_text('groups = [["export", "download"]]')
    draft = "The download works again."
    found = cli("tone", "--config", founder.config, "--ticket", ticket, "--json", stdin=draft).json

    assert [f["rule"] for f in found["findings"]] == ["they-say"]
    assert cli("tone", "--config", founder.config, "--ticket", "zzzz", stdin=draft).code == 66


def test_own_rules_are_used_and_a_mistake_in_one_is_named(cli: Cli, tmp_path: Path) -> None:
    config, folder = tmp_path / "none.toml", tmp_path / "tone"
    folder.mkdir()
    (example,) = re.findall(r"```text\n(.*?)```", page("tone.md"), re.DOTALL)
    (folder / "mine.toml").write_text(example)
    draft = "Your concerns are ours."

    assert "(the-airline)" in cli("--config", config, "tone", stdin=draft).out
    (folder / "mine.toml").write_text("[mine]\nphrases = ['x']\n")
    result = cli("--config", config, "tone", stdin=draft)
    assert result.code == 78
    assert "mine.toml, line 1: [mine] has no why" in result.err


def test_a_rule_can_be_silenced_for_ever_and_speaks_again(cli: Cli, founder: Founder) -> None:
    config = ("--config", founder.config)

    assert cli("tone", *config, "--silenced").out == "No rule is silenced.\n"
    assert cli("tone", *config, "--silence", "inconvenience", "--json").json == ["inconvenience"]
    assert "inconvenience)" not in cli("tone", *config, stdin=BAD).out
    assert cli("tone", *config, "--silenced").out == "inconvenience\n"
    assert cli("tone", *config, "--unsilence", "inconvenience", "--json").json == []
    assert "(inconvenience)" in cli("tone", *config, stdin=BAD).out


def test_a_rule_that_is_not_there_is_65_with_the_nearest(cli: Cli, founder: Founder) -> None:
    result = cli("tone", "--config", founder.config, "--silence", "inconvenienc")

    assert result.code == 65
    assert "Did you mean inconvenience?" in result.err


@pytest.mark.parametrize("name", ["guide.md", "reference.md", "support-hours.md"])
def test_our_own_pages_have_no_empty_words(cli: Cli, tmp_path: Path, name: str) -> None:
    text = "\n\n".join(line for line in page(name).splitlines() if "`" not in line)
    found = cli("--config", tmp_path / "none.toml", "tone", "--json", stdin=text).json["findings"]

    assert not {f["rule"] for f in found} & {"inconvenience", "feedback", "sorry-if", "robot"}
