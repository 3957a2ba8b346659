"""Hostile mails of every kind through the commands: read, found, saved, exported, learned from."""

import contextlib
import csv
import io
import json
import mailbox
from collections.abc import Iterator
from pathlib import Path

import pytest

from founder_inbox.system import clock
from tests.app.letters import letter
from tests.cli.conftest import Cli, Founder, MakeFounder, Result
from tests.hostile.kinds import QUICK, HostileMail, variant, variants
from tests.hostile.shown import CONTROLS, SURROGATES
from tests.hostile.test_reading import MAY_LOSE_WORDS

MADE = [mail for mail in variants(QUICK, 2) if mail.kind not in ("archives", "noise", "nothing")]

MADE_OF_THEM = (
    ["faq"], ["ideas"], ["causes"], ["digest"], ["stats"], ["burnout"], ["promises"], ["outbox"],
    ["status"], ["goodwill"], ["customer", "mallory@evil.test"], ["jar"], ["drafts"],
    ["digest", "--week", clock.now().date().isoformat()],
)  # fmt: skip


@pytest.fixture
def hostile(make_founder: MakeFounder) -> Founder:
    made = make_founder()
    made.receive(*(mail.raw for mail in MADE))
    return made


def harmless(result: Result) -> Result:
    """Neither stream holds what a terminal would obey."""
    for text in (result.out, result.err):
        assert CONTROLS.search(text) is None
        assert SURROGATES.search(text) is None
    return result


def ids(cli: Cli, founder: Founder) -> list[str]:
    listed = cli("list", "--status", "all", "--limit", "1000", "--config", founder.config, "--json")
    return [ticket["id"] for ticket in harmless(listed).json]


def findable() -> Iterator[HostileMail]:
    """One of each kind whose words are there to be found."""
    seen = MAY_LOSE_WORDS.copy()
    for mail in MADE:
        if mail.kind not in seen:
            seen.add(mail.kind)
            yield mail


def test_every_kind_is_listed_and_shown_and_found(cli: Cli, hostile: Founder) -> None:
    tail = ("--config", hostile.config)
    tickets = ids(cli, hostile)
    assert len(tickets) > 80
    assert harmless(cli("list", "--status", "all", "--limit", "1000", *tail)).code == 0
    for ticket in tickets:
        assert harmless(cli("show", ticket, *tail)).code == 0
    for mail in findable():
        found = harmless(cli("search", mail.canary, *tail, "--json")).json
        assert len(found) >= 1, mail.kind


def test_every_file_is_saved_in_its_folder_and_nowhere_else(
    cli: Cli, hostile: Founder, tmp_path: Path
) -> None:
    before = {path for path in tmp_path.rglob("*") if "data" not in path.parts}
    target = tmp_path / "saved"
    target.mkdir()
    for ticket in ids(cli, hostile):
        harmless(cli("attachments", ticket, "--save", target, "--config", hostile.config))
    after = {path for path in tmp_path.rglob("*") if "data" not in path.parts}

    saved = list(target.iterdir())
    assert after - before == {target, *saved}
    assert len(saved) > 20
    for path in saved:
        assert path.is_file()
        assert not path.is_symlink()
        assert path.stat().st_mode & 0o111 == 0
        assert path.name[0] not in ".-~"
        assert len(path.name.encode()) <= 130
        assert CONTROLS.search(path.name) is None


def test_saving_follows_no_link_that_lies_in_the_folder(
    cli: Cli, make_founder: MakeFounder, tmp_path: Path
) -> None:
    founder = make_founder()
    founder.receive(variant("transfer encodings", 1).raw)
    [ticket] = ids(cli, founder)
    target, elsewhere = tmp_path / "saved", tmp_path / "elsewhere"
    target.mkdir()
    (target / "a.pdf").symlink_to(elsewhere)

    assert cli("attachments", ticket, "--save", target, "--config", founder.config).code == 0
    assert not elsewhere.exists()
    assert len(list(target.iterdir())) == 2


def test_every_export_can_be_read_by_others_and_runs_nothing(
    cli: Cli, hostile: Founder, tmp_path: Path
) -> None:
    tail = ("--config", hostile.config)
    whole = harmless(cli("export", "--format", "json", *tail)).json
    assert len(whole["tickets"]) == len(ids(cli, hostile))
    table = cli("export", "--format", "csv", *tail).out
    assert CONTROLS.search(table.replace("\r\n", "\n")) is None
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    assert len(rows) == len(whole["tickets"])
    assert all(not str(cell).startswith(("=", "+", "@", "\t")) for r in rows for cell in r.values())
    box = tmp_path / "all.mbox"
    assert cli("export", "--format", "mbox", "--to", box, *tail).code == 0
    with contextlib.closing(mailbox.mbox(box)) as kept:
        assert len(kept) == len({mail.raw for mail in MADE})


def test_what_is_made_of_hostile_mails_is_harmless(cli: Cli, hostile: Founder) -> None:
    for command in MADE_OF_THEM:
        for more in ([], ["--json"]):
            result = harmless(cli(*command, *more, "--config", hostile.config))
            assert result.code in (0, 66), result.err
            if more and result.out:
                json.loads(result.out)


def test_an_idea_and_a_faq_article_can_be_made_of_every_kind(cli: Cli, hostile: Founder) -> None:
    tail = ("--config", hostile.config)
    tickets = ids(cli, hostile)[::5]
    for number, ticket in enumerate(tickets):
        [first, *_] = cli("show", ticket, *tail, "--json").json["history"]
        hostile.receive(answer(number, first["message_id"]), role="sent")
        assert harmless(cli("ideas", "add", ticket, *tail)).code in (0, 65)
        harmless(cli("faq", "add", ticket, f"article-{number}", *tail))

    assert len(harmless(cli("ideas", *tail, "--json")).json) > len(tickets) // 2
    pages = list(hostile.config.parent.rglob("faq/*.md"))
    assert len(pages) > len(tickets) // 2
    assert all(CONTROLS.search(page.read_text()) is None for page in pages)


def answer(number: int, message_id: str) -> bytes:
    """Our answer to that mail, as it lies in Sent."""
    return letter(
        "Re: Export",
        "Open Lists, press Export and choose CSV. That is all there is to it.",
        sender="Ana from Acme <support@acme.test>",
        to="mallory@evil.test",
        message_id=f"<answer-{number}@acme.test>",
        references=message_id,
    )
