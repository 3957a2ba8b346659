"""break: days off in words, what happens meanwhile, and back again."""

from datetime import timedelta

from founder_inbox.app.workspace import open_workspace
from founder_inbox.core.tickets.journal import EventKind, Json
from founder_inbox.core.times import to_text
from founder_inbox.store.events import append_event
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.cli.conftest import Cli, Founder, MakeFounder


def test_a_break_says_what_it_understood_and_what_happens_meanwhile(
    cli: Cli, founder: Founder
) -> None:
    config = founder.config
    said = cli("break", "until", "in", "2", "weeks", "--auto-reply", "--config", config).out
    stands = cli("break", "--config", config, "--json").json
    last = clock.now().date() + timedelta(days=14)

    assert f"through {last:%A %d %B %Y}" in said
    assert "Each sender gets one automatic reply." in said
    assert stands["until"] == last.isoformat()
    assert stands["back_on"] == (last + timedelta(days=1)).isoformat()
    assert stands["auto_reply"] is True
    assert cli("hours", "--config", config, "--json").json["state"] == "day_off"


def test_a_break_that_begins_later_leaves_the_door_open_until_then(
    cli: Cli, founder: Founder
) -> None:
    day = clock.now().date() + timedelta(days=5)
    span = ("from", day.isoformat(), "until", (day + timedelta(days=2)).isoformat())
    stands = cli("break", *span, "--config", founder.config, "--json").json

    assert (stands["from"], stands["auto_reply"]) == (day.isoformat(), False)
    assert cli("hours", "--config", founder.config, "--json").json["open"] is True


def test_a_break_can_be_ended_once(cli: Cli, founder: Founder) -> None:
    cli("break", "until", "tomorrow", "--config", founder.config)
    ended = cli("break", "end", "--config", founder.config)

    assert "No break is set" in ended.out
    assert cli("break", "end", "--config", founder.config).code == 65


def test_a_break_without_a_date_or_with_a_wrong_one_changes_nothing(
    cli: Cli, founder: Founder
) -> None:
    config = founder.config

    assert cli("break", "until", "--config", config).code == 2
    assert cli("break", "please", "--config", config).code == 2
    assert cli("break", "--auto-reply", "--config", config).code == 2
    assert cli("break", "until", "whenever", "--config", config).code == 65
    assert cli("break", "until", "2020-01-01", "--config", config).code == 65
    assert cli("break", "--config", config, "--json").json["until"] is None


def test_the_whole_backlog_can_be_shown_again_after_days_off(
    cli: Cli, make_founder: MakeFounder
) -> None:
    founder = make_founder()
    founder.receive(letter("Dates", "Hi, how can I change the date format?"))
    now = clock.now()
    portions: list[Json] = [
        {"end": to_text(now + timedelta(hours=1)), "through": to_text(now - timedelta(days=9))},
        {"end": to_text(now + timedelta(days=1)), "through": None},
    ]
    with open_workspace(str(founder.config)) as ws:
        append_event(ws.store, now, ws.actor, None, EventKind.BACKLOG, {"portions": portions})

    assert (
        "the rest in the next window. break all shows"
        in cli("break", "--config", founder.config).out
    )
    assert "break all" not in cli("break", "all", "--config", founder.config).out
    again = cli("break", "all", "--config", founder.config)
    assert again.code == 65
    assert "Nothing is put off" in again.err


def test_a_reply_that_cannot_leave_is_told_when_the_break_begins(
    cli: Cli, founder: Founder
) -> None:
    folder = founder.config.parent / "replies"
    folder.mkdir()
    (folder / "away.en.md").write_text("---\nname: away\n---\nBack {{ ask.when: When? }}.\n")

    asked = cli("break", "until", "friday", "--auto-reply", "--config", founder.config)
    assert asked.code == 65
    assert "nobody is there to answer" in asked.err
    assert cli("break", "--config", founder.config, "--json").json["until"] is None

    with founder.config.open("a") as config:
        config.write("\n[break]\nauto_reply = true\n")
    taken = cli("break", "until", "friday", "--config", founder.config)
    assert taken.code == 0
    assert "nobody is there to answer" in taken.err
    assert "Nobody gets an automatic reply." in taken.out
