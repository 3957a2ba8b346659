"""Two levels on the command line: the report, and the queue of level two."""

from tests.app.letters import letter
from tests.cli.conftest import Cli, Founder


def test_the_report_says_what_level_one_closed_and_what_went_up(cli: Cli, founder: Founder) -> None:
    founder.receive(letter("How do I export?", message_id="<two@okafor.test>"))
    first, second = (t["id"] for t in cli("list", "--config", founder.config, "--json").json)
    cli("close", first, "--config", founder.config)
    cli("handoff", second, "--note", "Look.", "--config", founder.config)
    found = cli("handoff", "--report", "--config", founder.config, "--json").json

    assert (found["closed"], found["alone"], found["share"], found["target"]) == (1, 1, 1.0, 0.8)
    [most] = found["handed_most"]
    assert (most["tickets"], most["write_reply"], most["ids"]) == (1, False, [second])
    words = cli("handoff", "--report", "--config", founder.config).out
    assert "100% of 1 ticket closed at level one" in words


def test_the_report_names_the_answer_that_could_be_a_canned_reply(
    cli: Cli, founder: Founder
) -> None:
    for name in ("three", "two"):
        asked = f"How do I export {name}?"
        founder.receive(letter(asked, asked, message_id=f"<{name}@okafor.test>"))
    for ticket in cli("list", "--lane", "howto", "--config", founder.config, "--json").json:
        cli("handoff", ticket["id"], "--config", founder.config)
    [most] = cli("handoff", "--report", "--config", founder.config, "--json").json["handed_most"]
    nothing = cli("handoff", "--report", "--config", founder.config).out
    founder.receive(
        letter(
            "Re: How do I export two?",
            "Hi Tom,\n\nplease open the settings.\n\nAna",
            sender="Ana <support@acme.test>",
            to="tom@okafor.test",
            message_id="<ours@acme.test>",
            references="<two@okafor.test>",
        ),
        role="sent",
    )
    said = cli("handoff", "--report", "--config", founder.config).out

    assert (most["tickets"], "replies save" in nothing) == (2, False)
    line = f"founder-inbox replies save {most['ids'][0]} --name {most['topic']} keeps your answer."
    assert line in said


def test_an_act_taken_back_counts_nowhere_in_the_report(cli: Cli, founder: Founder) -> None:
    [ticket] = cli("list", "--config", founder.config, "--json").json
    cli("close", ticket["id"], "--config", founder.config)
    cli("undo", "--config", founder.config)

    found = cli("handoff", "--report", "--config", founder.config)
    assert found.out.strip() == "Nothing was closed or handed off in 30 days."


def test_a_hand_off_of_nothing_is_a_usage_error(cli: Cli, founder: Founder) -> None:
    result = cli("handoff", "--config", founder.config)

    assert result.code == 2
    assert "--report" in result.err


def test_level_two_lists_what_was_handed_up_and_sends_it_back_with_advice(
    cli: Cli, founder: Founder
) -> None:
    founder.receive(letter("How do I export?", message_id="<two@okafor.test>"))
    up = cli("list", "--config", founder.config, "--json").json[0]["id"]
    cli("handoff", up, "--config", founder.config)
    founder.config.write_text("level = 2\n" + founder.config.read_text())

    assert [t["id"] for t in cli("list", "--config", founder.config, "--json").json] == [up]
    silent = cli("takeback", up, "--config", founder.config)
    assert (silent.code, "--note" in silent.err) == (65, True)
    back = cli("takeback", up, "--note", "Ask for it.", "--config", founder.config, "--json")
    assert back.json["status"] == "open"
    assert cli("list", "--config", founder.config, "--json").json == []
    further = cli("handoff", up, "--config", founder.config)
    assert (further.code, "level two" in further.err) == (65, True)


def test_level_two_searches_what_was_handed_up_and_everything_only_when_asked(
    cli: Cli, founder: Founder
) -> None:
    founder.receive(letter("How do I export?", message_id="<two@okafor.test>"))
    up, kept = (t["id"] for t in cli("list", "--config", founder.config, "--json").json)
    both = cli("search", "from:okafor", "--config", founder.config, "--json").json
    cli("handoff", up, "--config", founder.config)
    founder.config.write_text("level = 2\n" + founder.config.read_text())

    def found(*words: str) -> set[str]:
        listed = cli("search", *words, "--config", founder.config, "--json").json
        return {ticket["id"] for ticket in listed}

    assert {ticket["id"] for ticket in both} == {up, kept}
    assert found("from:okafor") == {up}
    assert found("from:okafor", "is:any") == {up, kept}
    said = cli("search", "walrus", "--config", founder.config).out
    assert said.splitlines() == [
        "No ticket has that.",
        "Only what was handed up was looked through; is:any finds everything.",
    ]
    assert "is:any" not in cli("search", "from:okafor", "is:any", "--config", founder.config).out

    cli("takeback", up, "--note", "Ask for it.", "--config", founder.config)
    assert found("from:okafor") == {up}
