"""export: everything there is, for other programs and for whoever asks for theirs."""

import contextlib
import csv
import json
import mailbox
from pathlib import Path

from founder_inbox.cli.plain import Json
from tests.app.letters import letter
from tests.cli.conftest import Cli, Founder, MakeFounder, program

EVE = "=Eve\x1b[31m <eve@evil.test>"


def exported(cli: Cli, founder: Founder, *more: str) -> Json:
    result = cli("export", "--format", "json", *more, "--config", founder.config)
    assert result.code == 0, result.err
    data: Json = json.loads(result.out)
    return data


def test_json_holds_every_ticket_with_its_history_and_the_journal(
    cli: Cli, founder: Founder
) -> None:
    founder.receive(letter("Two", sender=EVE, message_id="<2@x.test>"))
    [first, _] = sorted(
        cli("list", "--config", founder.config, "--json").json, key=lambda t: t["opened_at"]
    )
    cli("note", first["id"], "she called", "--config", founder.config)
    data = exported(cli, founder)
    assert isinstance(data, dict)
    shown = [
        cli("show", t["id"], "--config", founder.config, "--json").json
        for t in cli("list", "--config", founder.config, "--json").json
    ]
    assert sorted(data["tickets"], key=lambda t: t["id"]) == sorted(shown, key=lambda t: t["id"])
    assert [event["kind"] for event in data["journal"]] == ["sorted", "sorted", "note"]
    assert data["account"] == "support@acme.test"


def test_an_empty_mailbox_is_exported_too(cli: Cli, make_founder: MakeFounder) -> None:
    data = exported(cli, make_founder())
    assert isinstance(data, dict)
    assert (data["tickets"], data["journal"]) == ([], [])


def test_csv_is_a_line_for_each_ticket_and_runs_nothing(cli: Cli, founder: Founder) -> None:
    founder.receive(letter('=HYPERLINK("http://x.test")', sender=EVE, message_id="<2@x.test>"))
    result = cli("export", "--format", "csv", "--config", founder.config)
    rows = list(csv.DictReader(result.out.splitlines()))
    assert {row["subject"] for row in rows} == {
        "Export is empty",
        '\'=HYPERLINK("http://x.test")',
    }
    assert all(not value.startswith("=") for row in rows for value in row.values())
    assert "\x1b" not in result.out


def test_mbox_holds_every_mail_as_it_came(cli: Cli, founder: Founder, tmp_path: Path) -> None:
    founder.receive(letter("Two", "From here on.\nBye", message_id="<2@x.test>"))
    result = cli(
        "export", "--format", "mbox", "--to", tmp_path / "all.mbox", "--config", founder.config
    )
    assert result.code == 0, result.err
    assert (tmp_path / "all.mbox").stat().st_mode & 0o777 == 0o600
    with contextlib.closing(mailbox.mbox(tmp_path / "all.mbox")) as box:
        assert sorted(mail["Message-ID"] for mail in box) == ["<2@x.test>", "<one@okafor.test>"]


def test_one_person_gets_theirs_and_nobody_else_s(cli: Cli, founder: Founder) -> None:
    founder.receive(letter("Secret", sender="Eve <eve@evil.test>", message_id="<2@x.test>"))
    for format_ in ("json", "csv", "mbox"):
        result = cli(
            *("export", "--format", format_, "--customer", "TOM@okafor.test"),
            *("--config", founder.config),
        )
        assert result.code == 0, result.err
        assert "Export is empty" in result.out
        assert "Secret" not in result.out
    nobody = cli("export", "--format", "csv", "--customer", "x@y.test", "--config", founder.config)
    assert nobody.code == 66


def test_what_others_wrote_in_the_same_ticket_is_said(cli: Cli, founder: Founder) -> None:
    founder.receive(letter("Two", sender="Eve <eve@evil.test>", message_id="<2@x.test>"))
    one, two = (t["id"] for t in cli("list", "--config", founder.config, "--json").json)
    cli("merge", one, two, "--different-people", "--config", founder.config)
    said = cli(
        *("export", "--format", "csv", "--customer", "tom@okafor.test", "--config", founder.config)
    )
    assert "take their mails out before you pass it on" in said.err


def test_a_file_that_is_there_stays(cli: Cli, founder: Founder, tmp_path: Path) -> None:
    target = tmp_path / "t.csv"
    target.write_text("mine")
    asked = ("export", "--format", "csv", "--to", target, "--config", founder.config)
    assert cli(*asked).code == 65
    assert target.read_text() == "mine"
    assert cli(*asked, "--replace").code == 0
    assert target.read_text().startswith("id,subject")


def test_a_reader_that_leaves_early_is_no_trouble(founder: Founder) -> None:
    founder.receive(*(letter("Long " * 99, "w " * 30_000, message_id=f"<{n}@x>") for n in range(9)))
    process = program("export", "--format", "json", "--config", founder.config)
    assert process.stdout
    process.stdout.read(100)
    process.stdout.close()
    assert process.wait(30) in {0, 141}
    assert process.stderr
    assert "Traceback" not in process.stderr.read()
    process.stderr.close()
