"""What the docs tell people to type does what they say: each command runs, on a made-up mailbox."""

import re
import shlex
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from founder_inbox.errors import ServerUnreachable
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.cli.conftest import ALWAYS, NOON, Cli, MakeFounder, hours_away
from tests.docs.pages import DOCS, PAGES, blocks

# These want a terminal, servers or a second machine; tests of their own have them.
ELSEWHERE = {"demo", "doctor", "login", "setup", "sync", "outbox takeover"}
QUESTION = "How do I export my list?"
TICKET, IDEA = "k7f3", "4k2fz"
# What an example begins with, where it takes for granted that something was done.
BEFORE = {
    "restore": ("backup", "~/backups/inbox.db", "--replace"),
    "undo": ("snooze", TICKET, "tomorrow"),
}
HELP_SCOUT = '{"_embedded": {"conversations": []}, "page": {"number": 1, "totalPages": 1}}'


class Example(NamedTuple):
    """What is typed one after the other: a block of the guide, or a whole how-to page."""

    name: str
    lines: tuple[tuple[str, ...], ...]


def examples() -> Iterator[Example]:
    """Every example with something to run."""
    for path in PAGES:
        texts = blocks(path.read_text(encoding="utf-8"), "sh")
        whole = path.parent.name == "how-to"
        for number, text in enumerate(["\n".join(texts)] if whole else texts, 1):
            if lines := tuple(_lines(text)):
                yield Example(f"{path.relative_to(DOCS.parent)}-{number}", lines)


def _lines(text: str) -> Iterator[tuple[str, ...]]:
    for line in text.splitlines():
        program, *arguments = shlex.split(line, comments=True) or [""]
        names = {" ".join(arguments[:words]) for words in (1, 2)}
        if program.endswith("founder-inbox") and arguments and not names & ELSEWHERE:
            yield tuple(arguments)


Type = Callable[[tuple[str, ...]], None]


@pytest.fixture
def mailbox(
    cli: Cli, make_founder: MakeFounder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Sequence[str]], Type]:
    """A mailbox with such windows, Tom's question and our answer, and hands to type lines there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.delenv("VISUAL", raising=False)
    _lay_files(tmp_path)

    def open_(windows: Sequence[str]) -> Type:
        made = make_founder(windows)
        made.receive(letter(QUESTION, sender="Tom Okafor <tom@bees.test>"))
        made.receive(
            letter(
                f"Re: {QUESTION}",
                "Hi Tom,\n\nit is mended: open Settings, then Export.\n\nAna",
                sender="support@acme.test",
                to="tom@bees.test",
                message_id="<two@acme.test>",
                references="<one@okafor.test>",
            ),
            ago=timedelta(hours=1),
            role="sent",
        )
        [ticket] = cli("list", "--status", "all", "--json", "--config", made.config).json
        day = clock.now() + timedelta(days=40)
        said = {
            TICKET: ticket["id"],
            "2026-12-24": f"{day:%Y-%m-%d}",
            "2027-01-02": f"{day + timedelta(days=9):%Y-%m-%d}",
        }

        def type_in(arguments: tuple[str, ...]) -> None:
            if IDEA in arguments and IDEA not in said:
                said[IDEA] = cli(arguments[0], "--json", "--config", made.config).json[0]["id"]
            typed = [re.sub("^~", str(tmp_path), said.get(word, word)) for word in arguments]
            result = cli(*typed, "--config", made.config)
            offline = result.code == ServerUnreachable.exit_code and "127.0.0.1:9" in result.err
            assert result.code == 0 or offline, f"{shlex.join(typed)}\n{result.err}"

        return type_in

    return open_


def _lay_files(folder: Path) -> None:
    for name in ("answer.txt", "note.txt", "letter.txt", "log.txt", "invoice.pdf"):
        (folder / name).write_text("Open Settings, then Export.\n")
    mail = letter(subject="Years ago", message_id="<old@bees.test>")
    (folder / "old.mbox").write_bytes(b"From tom@bees.test Mon Jan  1 09:00:00 2024\n" + mail)
    for name in ("helpscout", "old-desk"):
        (folder / name).mkdir()
        (folder / name / "1.json").write_text(HELP_SCOUT)
    (folder / "backups").mkdir()


@pytest.mark.parametrize("example", list(examples()), ids=lambda example: example.name)
def test_an_example_can_be_typed_line_by_line(
    example: Example, mailbox: Callable[[Sequence[str]], Type]
) -> None:
    shut = any(line[:2] == ("hours", "open") for line in example.lines)
    type_in = mailbox([hours_away(6, zone=NOON)] if shut else ALWAYS)
    for before in {line[0] for line in example.lines} & set(BEFORE):
        type_in(BEFORE[before])
    for line in example.lines:
        type_in(line)


def test_an_example_that_does_not_work_is_noticed(
    mailbox: Callable[[Sequence[str]], Type],
) -> None:
    with pytest.raises(AssertionError, match="no ticket"):
        mailbox(ALWAYS)(("show", "zzzz9"))
