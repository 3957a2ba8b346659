"""founder-inbox outage, against a real Dovecot and a real SMTP server."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.app.letters import letter
from tests.cli.conftest import Cli, Founder
from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.dovecot import DovecotServer
from tests.servers.smtp import SmtpServer, Step

NO_PACE = "\n[sending]\nundo_seconds = 0\npace_seconds = 0\n"
NAMES = ("Tom Okafor", "Rosa Benedetti", "Jonas Brandt")
FACTS = ("--set", "known=the app is down", "--set", "data=safe", "--set", "next=in 30 min")
END = ("--set", "back=all is back", "--set", "lost=hour", "--set", "cause=we filled a disk",
       "--set", "prevent=an alarm is on it")  # fmt: skip


@pytest.fixture
def customers(dovecot: DovecotServer) -> Iterator[list[Account]]:
    """Three customers with mailboxes on the same server."""
    with ExitStack() as stack:
        yield [stack.enter_context(dovecot.user()) for _ in NAMES]


@pytest.fixture
def config(account: Account, customers: list[Account], config_file: ConfigFile, cli: Cli) -> Path:
    """Always open; three customers have just written that it is down."""
    for number, (name, customer) in enumerate(zip(NAMES, customers, strict=True)):
        sender = f"{name} <{customer.address}>"
        text = "Your site is down, error 502 on every page."
        message_id = f"<{number}@x.test>"
        account.append(
            letter("Down?", text, sender=sender, to=account.address, message_id=message_id)
        )
    config = config_file(account, extra=NO_PACE)
    assert cli("sync", "--config", config).code == 0
    return config


def test_from_suspicion_to_the_end_each_customer_has_two_mails_of_their_own(
    cli: Cli, config: Path, customers: list[Account]
) -> None:
    before = cli("outage", "--config", config, "--json").json
    assert (before["outage"], before["suspected_by"], len(before["alike"])) == (None, 3, 3)
    assert "Three people say it is down" in cli("outage", "--config", config).out

    opened = cli("outage", "open", "--all", "--config", config, "--json").json
    assert len(opened["tickets"]) == 3
    assert opened["alike"] == []
    first = cli("outage", "update", *FACTS, "--config", config, "--json")
    assert (first.code, [one["state"] for one in first.json]) == (0, ["sent"] * 3)
    over = cli("outage", "over", *END, "--config", config)
    assert (over.code, over.out.strip()) == (0, "3 of 3 told.")

    for name, customer in zip(NAMES, customers, strict=True):
        one, two = (mail.raw.decode() for mail in customer.messages())
        assert f"Hi {name.split(maxsplit=1)[0]}," in one
        assert "You are not imagining it: the app is down." in one
        assert "It is over: all is back." in two
        assert not any(other.address in one for other in customers if other is not customer)
    assert cli("list", "--status", "closed", "--config", config, "--json").json[2]["id"]
    assert cli("outage", "--config", config, "--json").json["outage"]["over_at"]


def test_the_result_names_whom_the_server_refused_and_go_on_tells_only_them(
    cli: Cli, config: Path, customers: list[Account], smtp_server: SmtpServer
) -> None:
    cli("outage", "open", "--all", "--config", config)
    smtp_server.refuse(Step.RCPT, "550 5.1.1 no such person here")
    result = cli("outage", "update", *FACTS, "--config", config)

    assert result.code == 1
    assert result.out.startswith("2 of 3 told; 1 did not arrive.")
    assert "no such person here" in result.out
    again = cli("outage", "go-on", "--config", config)
    assert (again.code, again.out.strip()) == (0, "3 of 3 told.")
    assert [len(customer.messages()) for customer in customers] == [1, 1, 1]


def test_preview_shows_each_mail_and_writes_to_nobody(
    cli: Cli, config: Path, smtp_server: SmtpServer
) -> None:
    cli("outage", "open", "--all", "--config", config)
    page = cli("outage", "update", "--preview", *FACTS, "--config", config)
    shapes = cli("outage", "update", "--preview", "--config", config, "--json").json

    assert "Hi Tom," in page.out
    assert {one["language"] for one in shapes} == {"en"}
    assert smtp_server.received == []


def test_what_is_missing_is_said_and_a_wrong_field_or_language_named(
    cli: Cli, config: Path
) -> None:
    assert cli("outage", "update", "--config", config).code == 1
    cli("outage", "open", "--all", "--config", config)
    missing = cli("outage", "update", "--set", "next=in 1 hour", "--config", config)
    assert (missing.code, missing.out) == (65, "")
    assert "Still to be filled in: what we know, is data safe" in missing.err
    assert cli("outage", "note", "--set", "colour=red", "--config", config).code == 2
    odd = cli("outage", "note", "--set", "known=x", "--language", "xx", "--config", config)
    assert odd.code == 65
    assert "There are in: en, de" in odd.err
    assert cli("outage", "note", "--config", config).code == 2
    assert cli("outage", "link", "--config", config).code == 2


def test_the_post_mortem_is_written_and_a_file_of_ones_own_is_heard(
    cli: Cli, config: Path, tmp_path: Path
) -> None:
    assert cli("outage", "post-mortem", "--config", config).code == 1
    cli("outage", "open", "--all", "--config", config)
    cli("outage", "update", *FACTS, "--config", config)
    cli("outage", "over", "--quiet", "--config", config)
    made = cli("outage", "post-mortem", "--config", config, "--json").json
    assert Path(made["file"]).read_text(encoding="utf-8").startswith("# Acme was down on ")
    assert made["findings"] == []

    own = tmp_path / "own.md"
    own.write_text("Sorry. Oops, very few customers were hit.", encoding="utf-8")
    heard = cli("outage", "post-mortem", "--check", own, "--config", config, "--json")
    assert heard.code == 1
    assert {finding["rule"] for finding in heard.json} >= {"joke"}


def test_outside_the_hours_it_is_shown_and_noted_but_nobody_is_told(
    cli: Cli, closed_founder: Founder
) -> None:
    config = closed_founder.config
    assert cli("outage", "--config", config).code == 0
    assert cli("outage", "note", "--set", "known=down", "--config", config).code == 0
    assert cli("outage", "open", "--config", config).code == 75
