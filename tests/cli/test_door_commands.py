"""hours, burnout, status: the founder's time."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from founder_inbox.app.syncing.sync import prepare
from founder_inbox.app.workspace import open_workspace
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.cli.conftest import NOON, Cli, Founder, MakeFounder, hours_away

OPEN_EARLY = ("hours", "open", "--minutes", "10", "--reason", "a customer is locked out")


def test_hours_has_the_contracts_keys(cli: Cli, founder: Founder) -> None:
    hours = cli("hours", "--config", founder.config, "--json").json

    assert set(hours) >= {"open", "window", "next", "override", "timezone"}
    assert hours["open"] is True
    assert set(hours["window"]) == set(hours["next"]) == {"start", "end"}
    assert hours["timezone"] == NOON.key
    assert hours["override"] is None


def test_opening_early_is_written_down_and_closing_ends_it(
    cli: Cli, closed_founder: Founder
) -> None:
    config = closed_founder.config
    opened = cli(*OPEN_EARLY, "--config", config, "--json").json
    closed = cli("hours", "close", "--config", config, "--json").json
    signals = cli("burnout", "--config", config, "--json").json["signals"]

    assert opened["open"] is True
    assert opened["override"]["reason"] == "a customer is locked out"
    assert opened["override"]["minutes"] == 10
    assert closed["open"] is False
    assert closed["window"] is None
    assert signals[0]["name"] == "opened_outside"


def test_burnout_explains_the_sum_signal_by_signal(cli: Cli, closed_founder: Founder) -> None:
    config = closed_founder.config
    cli(*OPEN_EARLY, "--config", config)
    page = cli("burnout", "--explain", "--config", config).out
    answer = cli("burnout", "--config", config, "--json").json

    assert "   2  2 points for each opening outside the hours\n" in page
    assert "   0  2 points for seven days or more in a row\n" in page
    assert "   2  in all; amber from 6, red from 12\n" in page
    assert answer["thresholds"] == {"amber": 6, "red": 12}
    assert {signal["name"] for signal in answer["signals"]} <= set(answer["rules"])
    assert sum(signal["points"] for signal in answer["signals"]) == answer["points"] == 2


def test_closing_says_what_was_done_in_the_window(
    cli: Cli, founder: Founder, only_id: Callable[[Path], str]
) -> None:
    thanks = letter("Thanks", "That was quick, you made my day!", message_id="<2@x.test>")
    founder.receive(thanks)
    for ticket in cli("list", "--config", founder.config, "--json").json:
        assert cli("close", ticket["id"], "--config", founder.config).code == 0
    page = cli("hours", "close", "--config", founder.config).out
    again = cli("hours", "close", "--config", founder.config)

    assert page.startswith("You closed 2.\n")
    assert "“That was quick, you made my day!” Tom, today" in page
    assert "Support is closed. It opens" in page
    assert again.code == 75
    [kept] = cli("jar", "--config", founder.config, "--json").json
    assert kept["sentence"] == "That was quick, you made my day!"
    assert kept["name"] == "Tom"


def test_an_empty_jar_says_how_it_is_filled(cli: Cli, founder: Founder) -> None:
    assert cli("jar", "--config", founder.config, "--json").json == []
    assert "empty" in cli("jar", "--config", founder.config).out


def test_opening_early_needs_a_length_and_a_reason(cli: Cli, closed_founder: Founder) -> None:
    config = closed_founder.config

    assert cli("hours", "open", "--config", config).code == 2
    assert cli("hours", "open", "--minutes", "10", "--reason", "x", "--config", config).code == 65
    assert cli("hours", "--config", config, "--json").json["open"] is False


def test_strict_hours_have_no_way_in(cli: Cli, make_founder: MakeFounder) -> None:
    founder = make_founder([hours_away(6, zone=NOON)])
    text = founder.config.read_text().replace("[hours]", '[hours]\nenforcement = "strict"')
    founder.config.write_text(text)
    result = cli(*OPEN_EARLY, "--config", founder.config)

    assert result.code == 75
    assert "strict" in result.err


def test_strict_hours_are_not_told_how_to_open_early(
    cli: Cli, closed_founder: Founder, only_id: Callable[[Path], str]
) -> None:
    config = closed_founder.config
    told = cli("close", only_id(config), "--config", config)
    config.write_text(config.read_text().replace("[hours]", '[hours]\nenforcement = "strict"'))
    strict = cli("close", only_id(config), "--config", config)

    assert told.code == strict.code == 75
    assert "hours open" in told.err
    assert "hours open" not in strict.err


def test_hours_for_people_is_a_sentence(
    cli: Cli, founder: Founder, make_founder: MakeFounder
) -> None:
    assert "left left" not in cli("hours", "--config", founder.config).out
    assert cli("hours", "--config", founder.config).out.startswith("Support is open until ")
    closed = make_founder([hours_away(6, zone=NOON)])
    assert "Support is closed. It opens to" in cli("hours", "--config", closed.config).out


def test_three_openings_outside_the_hours_are_amber_in_words(
    cli: Cli, closed_founder: Founder
) -> None:
    config = closed_founder.config
    for _ in range(3):
        assert cli(*OPEN_EARLY, "--config", config).code == 0
        assert cli("hours", "close", "--config", config).code == 0
    reading = cli("burnout", "--config", config, "--json").json
    page = cli("burnout", "--explain", "--config", config).out

    assert set(reading) >= {"level", "points", "signals", "advice"}
    assert (reading["level"], reading["points"]) == ("amber", 6)
    assert "3 times" in page
    assert "   6  in all" in page


def test_in_an_amber_week_a_sentence_from_the_jar_is_shown(
    cli: Cli, closed_founder: Founder
) -> None:
    config = closed_founder.config
    thanks = letter("Thanks", "That was quick, you made my day!", message_id="<2@x.test>")
    closed_founder.receive(thanks)
    cli(*OPEN_EARLY, "--config", config)
    for ticket in cli("list", "--lane", "thanks", "--config", config, "--json").json:
        assert cli("close", ticket["id"], "--config", config).code == 0
    cli("hours", "close", "--config", config)
    assert "thank-you jar" not in cli("burnout", "--config", config).out
    for _ in range(2):
        cli(*OPEN_EARLY, "--config", config)
        cli("hours", "close", "--config", config)

    page = cli("burnout", "--config", config).out
    assert "From the thank-you jar: “That was quick, you made my day!” Tom" in page


def test_mail_from_before_the_first_import_is_nobodys_burnout(cli: Cli, founder: Founder) -> None:
    founder.receive(letter("Old", message_id="<2@x.test>"), ago=timedelta(days=3))
    before = cli("burnout", "--config", founder.config, "--json").json
    with open_workspace(str(founder.config)) as ws:
        prepare(ws, clock.now())
    after = cli("burnout", "--config", founder.config, "--json").json

    assert [signal["name"] for signal in before["signals"]] == ["fell_behind"]
    assert after["signals"] == []


def test_status_is_one_line_with_the_queue_while_open(cli: Cli, make_founder: MakeFounder) -> None:
    founder = make_founder()
    founder.receive(
        letter("Dates", "Hi, how can I change the date format?", message_id="<1@x.test>"),
        letter("Charged", "You charged me twice.", message_id="<2@x.test>"),
    )
    line = cli("status", "--config", founder.config).out
    status = cli("status", "--config", founder.config, "--json").json

    assert line.startswith("open ")
    assert "1 urgent" in line
    assert line.count("\n") == 1
    assert status["lanes"]["urgent"] == 1
    assert status["open"] is True
    assert status["outbox"] == 0


def test_status_shows_nothing_that_pulls_while_closed(cli: Cli, closed_founder: Founder) -> None:
    line = cli("status", "--config", closed_founder.config).out
    status = cli("status", "--config", closed_founder.config, "--json").json

    assert line.startswith("closed · opens to")
    assert "how" not in line
    assert status["lanes"] is None
    assert status["owed"] is None


def test_status_before_the_first_sync_makes_no_database(
    cli: Cli, make_founder: MakeFounder
) -> None:
    founder = make_founder()
    assert "not synced yet" in cli("status", "--config", founder.config).out
    assert not (founder.config.parent / "data").exists()


def test_the_hours_can_be_taken_into_a_calendar(
    cli: Cli, closed_founder: Founder, tmp_path: Path
) -> None:
    config = closed_founder.config
    target = tmp_path / "support.ics"
    shown = cli("hours", "--config", config, "--ics").out
    written = cli("hours", "--ics", str(target), "--config", config)

    assert shown.startswith("BEGIN:VCALENDAR")
    assert "RRULE:FREQ=WEEKLY" in shown
    assert (written.code, written.out) == (0, "")
    assert target.read_bytes().endswith(b"END:VCALENDAR\r\n")
    assert cli("hours", "--ics", str(tmp_path / "no" / "x.ics"), "--config", config).code == 73
    assert cli("hours", "close", "--ics", str(target), "--config", config).code == 2


def test_days_off_are_left_out_of_the_calendar(cli: Cli, founder: Founder) -> None:
    config = founder.config
    before = cli("hours", "--config", config, "--ics").out
    cli("break", "until", "in 2 weeks", "--config", config)
    after = cli("hours", "--config", config, "--ics").out

    assert after.count("EXDATE") >= before.count("EXDATE") + 14
