"""Outage mode: noticed, confirmed, everybody told once and by name, and an honest end."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from founder_inbox.app.outages import outage, outage_update, post_mortem
from founder_inbox.app.queue import triage
from founder_inbox.app.sending.due import due_to_leave
from founder_inbox.app.sending.outbox import list_outbox
from founder_inbox.app.workspace import Workspace, open_workspace
from founder_inbox.core.outage.incident import Part
from founder_inbox.errors import BadInput, Closed, FounderInboxError
from founder_inbox.store import outbox
from tests.app.desk import NOW, Desk
from tests.app.letters import letter

PEOPLE = ("Tom Okafor", "Rosa Benedetti", "Jonas Brandt")
DOWN = "Your site is down, error 502 on every page."
GERMAN = "Hallo, die Seite ist nicht erreichbar, und ich kann nicht arbeiten. Was ist los bei euch?"


def down(number: int, name: str, text: str = DOWN, *, address: str = "") -> bytes:
    at = address or f"{name.split(maxsplit=1)[0].lower()}@x{number}.test"
    return letter("Down?", text, sender=f"{name} <{at}>", message_id=f"<{number}@x.test>")


@pytest.fixture
def desk(open_desk: Callable[[str], Desk]) -> Desk:
    """Three people say it is down, the third in German."""
    desk = open_desk("desk")
    desk.receive(
        (0.5, down(1, PEOPLE[0])), (0.4, down(2, PEOPLE[1])), (0.3, down(3, PEOPLE[2], GERMAN))
    )
    return desk


def say(ws: Workspace, language: str = "en", **facts: str) -> None:
    for name, text in facts.items():
        outage.keep_fact(ws, language, name, text)


def confirm_all(desk: Desk) -> None:
    outage.link(desk.ws, [o.ticket for o in outage.board(desk.ws, NOW).offers], NOW)


def ready(desk: Desk) -> None:
    confirm_all(desk)
    say(desk.ws, known="the app has not been reachable since 09:00.", data="safe", next="10:30")
    say(desk.ws, meanwhile="the phone app works")


def leave(ws: Workspace, *numbers: int, state: str = "sent", answer: str = "") -> None:
    for item in list_outbox(ws.store):
        if not numbers or item.id in numbers:
            outbox.move_item(ws.store, item.id, state, NOW, answer=answer)


def words(ws: Workspace, address: str) -> str:
    [item] = [i for i in list_outbox(ws.store) if address in i.recipients]
    parsed = message_from_bytes(item.mime, policy=policy.default)
    assert parsed["Cc"] is None
    assert parsed["Bcc"] is None
    assert len(item.recipients) == 1
    return str(parsed.get_content()).replace("\r\n", "\n")


def test_three_people_within_the_hour_raise_the_suspicion(desk: Desk) -> None:
    standing = outage.outage_standing(desk.ws, NOW, "O")

    assert standing is not None
    assert standing.line == "Three people say it is down. O opens outage mode."
    assert outage.outage_standing(desk.ws, NOW + timedelta(hours=1), "O") is None


def test_the_screen_offers_the_tickets_with_a_reason_and_nothing_is_opened_by_looking(
    desk: Desk,
) -> None:
    board = outage.board(desk.ws, NOW)

    assert board.incident is None
    assert len(board.suspects) == 3
    assert [offer.ticket.state.customer.name for offer in board.offers] == list(PEOPLE)
    assert all(offer.reason for offer in board.offers)
    assert dict(board.languages) == {"en": 2, "de": 1}
    assert outage.open_outage(desk.ws) is None


def test_confirming_opens_it_and_z_takes_a_ticket_out_again(desk: Desk) -> None:
    first, second, third = outage.board(desk.ws, NOW).offers

    assert outage.link(desk.ws, [first.ticket, second.ticket], NOW) == 2
    assert outage.link(desk.ws, [second.ticket, third.ticket], NOW) == 1
    triage.undo(desk.ws, NOW)
    board = outage.board(desk.ws, NOW)

    assert [t.id for t in board.linked] == [first.ticket.id, second.ticket.id]
    assert [offer.ticket.id for offer in board.offers] == [third.ticket.id]
    outage.unlink(desk.ws, [first.ticket], NOW)
    assert [t.id for t in outage.board(desk.ws, NOW).linked] == [second.ticket.id]


def test_what_is_typed_is_there_after_a_restart(
    desk: Desk, open_desk: Callable[[str], Desk]
) -> None:
    say(desk.ws, known="down since nine", status="https://status.acme.test")
    say(desk.ws, "de", known="seit neun weg")

    with ExitStack() as stack:
        again = stack.enter_context(open_workspace(str(desk.ws.paths.config)))
        known = outage.facts(again)

    assert known["en"]["known"] == "down since nine"
    assert known["de"] == {"known": "seit neun weg"}


def test_each_person_is_told_by_name_alone_and_a_few_seconds_apart(desk: Desk) -> None:
    ready(desk)

    told = outage_update.send_update(desk.ws, Part.OPEN, NOW)

    assert [one.state for one in told] == ["held"] * 3
    text = words(desk.ws, "tom@x1.test")
    assert text.startswith("Hi Tom,\n\nYou are not imagining it: the app has not been reachable")
    assert "since 09:00. I'm sorry" in text
    assert "10:30 UTC" in text
    assert "\nAna" in text
    times = [item.not_before for item in list_outbox(desk.ws.store)]
    assert times == [NOW + timedelta(seconds=s) for s in (10, 13, 16)]
    assert all(ticket.state.status == "waiting" for ticket in desk.all())


def test_a_german_customer_is_told_in_german_once_the_facts_are_said_in_it(desk: Desk) -> None:
    ready(desk)
    say(desk.ws, "de", known="die App ist nicht erreichbar", data="sicher", meanwhile="nichts")

    outage_update.send_update(desk.ws, Part.OPEN, NOW)

    text = words(desk.ws, "jonas@x3.test")
    assert text.startswith("Hallo Jonas,\n\nEs liegt nicht an Ihnen: die App ist nicht")
    assert "10:30 UTC" in text
    assert words(desk.ws, "rosa@x2.test").startswith("Hi Rosa,")


def test_without_german_facts_a_german_customer_gets_a_whole_english_mail(desk: Desk) -> None:
    ready(desk)
    outage_update.send_update(desk.ws, Part.OPEN, NOW)
    assert words(desk.ws, "jonas@x3.test").startswith("Hi Jonas,\n\nYou are not imagining it")


def test_who_wrote_twice_is_told_once_in_the_newest_ticket(desk: Desk) -> None:
    desk.receive((0.1, down(9, PEOPLE[0], address="tom@x1.test")))
    ready(desk)

    told = outage_update.send_update(desk.ws, Part.OPEN, NOW)

    assert len(outage.board(desk.ws, NOW).linked) == 4
    assert len(told) == 3
    assert len([i for i in list_outbox(desk.ws.store) if "tom@x1.test" in i.recipients]) == 1


def test_what_is_missing_is_named_and_nobody_is_written_to(desk: Desk) -> None:
    with pytest.raises(FounderInboxError, match="No outage is open"):
        outage_update.send_update(desk.ws, Part.OPEN, NOW)
    outage.begin(desk.ws, NOW)
    with pytest.raises(BadInput, match="When is the next update"):
        outage_update.letters_for(desk.ws, Part.OPEN, NOW)
    say(desk.ws, known="down", next="10:30")
    with pytest.raises(BadInput, match="Still to be filled in: is data safe"):
        outage_update.letters_for(desk.ws, Part.OPEN, NOW)
    say(desk.ws, data="safe")
    with pytest.raises(BadInput, match="No ticket is confirmed"):
        outage_update.letters_for(desk.ws, Part.OPEN, NOW)
    assert list_outbox(desk.ws.store) == []


def test_who_can_not_be_written_to_is_named_and_the_others_are_told(desk: Desk) -> None:
    replies = desk.ws.paths.replies
    replies.mkdir()
    text = "---\nname: outage-open\nlanguage: de\n---\nEs ist kaputt. {{ ask.odd: Was noch? }}\n"
    (replies / "outage-open.de.md").write_text(text, encoding="utf-8")
    ready(desk)
    say(desk.ws, "de", known="kaputt", data="sicher")

    told = outage_update.send_update(desk.ws, Part.OPEN, NOW)

    assert [one.state for one in told] == ["held", "held", "unmade"]
    assert "ask.odd" in told[2].answer
    (replies / "outage-open.de.md").unlink()
    assert outage_update.go_on(desk.ws, NOW) == 1


def test_what_to_do_now_may_stay_empty(desk: Desk) -> None:
    confirm_all(desk)
    say(desk.ws, known="it is down", data="safe", next="10:30")

    outage_update.send_update(desk.ws, Part.OPEN, NOW)

    assert "meanwhile" not in words(desk.ws, "tom@x1.test")


def test_where_nobody_can_be_written_to_nothing_is_begun(desk: Desk) -> None:
    replies = desk.ws.paths.replies
    replies.mkdir()
    text = "---\nname: outage-open\nlanguage: en\n---\nDown. {{ ask.odd: What else? }}\n"
    (replies / "outage-open.en.md").write_text(text, encoding="utf-8")
    ready(desk)

    with pytest.raises(BadInput, match=r"Nobody was written to: .*ask\.odd"):
        outage_update.send_update(desk.ws, Part.OPEN, NOW)

    assert outage.require_outage(desk.ws).rounds == ()


def test_outside_the_hours_nobody_is_told_unless_fires_are_let_in(desk: Desk) -> None:
    ready(desk)
    evening = NOW + timedelta(hours=3)
    say(desk.ws, next="20:00")

    with pytest.raises(Closed, match="Nobody was written to"):
        outage_update.send_update(desk.ws, Part.OPEN, evening)

    assert list_outbox(desk.ws.store) == []


def test_what_was_begun_within_the_hours_reaches_the_last_person_after_them(desk: Desk) -> None:
    ready(desk)
    outage_update.send_update(desk.ws, Part.OPEN, NOW)
    later = NOW + timedelta(hours=1)

    assert len(due_to_leave(desk.ws, later, looked=True, named=())) == 3


def test_z_takes_the_whole_update_back_as_long_as_nobody_has_it(desk: Desk) -> None:
    ready(desk)
    outage_update.send_update(desk.ws, Part.OPEN, NOW)

    triage.undo(desk.ws, NOW)

    assert list_outbox(desk.ws.store) == []
    board = outage.board(desk.ws, NOW)
    assert board.incident is not None
    assert board.incident.rounds == ()
    assert all(ticket.state.status == "open" for ticket in desk.all())
    say(desk.ws, next="10:45")
    assert len(outage_update.send_update(desk.ws, Part.OPEN, NOW)) == 3


def test_stopped_in_the_middle_it_goes_on_with_those_who_have_not_heard(desk: Desk) -> None:
    ready(desk)
    told = outage_update.send_update(desk.ws, Part.OPEN, NOW)
    leave(desk.ws, told[0].outbox or 0)

    assert outage_update.stop(desk.ws, NOW) == 2
    assert list_outbox(desk.ws.store) == []
    assert sorted(one.state for one in outage.board(desk.ws, NOW).told) == [
        "missing",
        "missing",
        "sent",
    ]

    assert outage_update.go_on(desk.ws, NOW) == 2
    assert outage_update.go_on(desk.ws, NOW) == 0
    assert len(list_outbox(desk.ws.store)) == 2


def test_the_result_says_who_was_not_reached_and_go_on_tries_them_again(desk: Desk) -> None:
    ready(desk)
    told = outage_update.send_update(desk.ws, Part.OPEN, NOW)
    numbers = [one.outbox or 0 for one in told]
    leave(desk.ws, *numbers[:2])
    leave(desk.ws, numbers[2], state="failed", answer="550 no such person")

    [failed] = [one for one in outage.board(desk.ws, NOW).told if one.needs_founder]
    assert (failed.state, failed.answer) == ("failed", "550 no such person")
    standing = outage.outage_standing(desk.ws, NOW, "O")
    assert standing is not None
    assert "1 mail did not arrive" in standing.line
    assert "2 of 3 told" in standing.line

    assert outage_update.go_on(desk.ws, NOW) == 1
    assert [i.state for i in list_outbox(desk.ws.store)] == ["queued"]


def test_an_uncertain_mail_is_never_sent_again_by_going_on(desk: Desk) -> None:
    ready(desk)
    outage_update.send_update(desk.ws, Part.OPEN, NOW)
    leave(desk.ws, state="uncertain")

    assert outage_update.go_on(desk.ws, NOW) == 0
    assert outage_update.stop(desk.ws, NOW) == 0
    assert {i.state for i in list_outbox(desk.ws.store)} == {"uncertain"}


def test_who_writes_after_the_first_word_is_offered_and_gets_the_first_word(desk: Desk) -> None:
    ready(desk)
    outage_update.send_update(desk.ws, Part.OPEN, NOW)
    leave(desk.ws)
    desk.receive((0.05, down(7, "Yuki Tanaka")))

    board = outage.board(desk.ws, NOW)
    assert [offer.ticket.state.customer.name for offer in board.offers] == ["Yuki Tanaka"]
    confirm_all(desk)
    assert outage_update.go_on(desk.ws, NOW) == 1
    assert "You are not imagining it" in words(desk.ws, "yuki@x7.test")
    leave(desk.ws)

    desk.receive((0.01, down(8, "Lee Whitcombe")))
    confirm_all(desk)
    say(desk.ws, next="10:45", known="we found it")
    outage_update.send_update(desk.ws, Part.MORE, NOW)
    assert "You are not imagining it" in words(desk.ws, "lee@x8.test")
    assert "As promised, where it stands: we found it" in words(desk.ws, "tom@x1.test")


def test_a_mail_that_crosses_does_not_stop_the_update_and_stays_open(desk: Desk) -> None:
    ready(desk)
    outage_update.send_update(desk.ws, Part.OPEN, NOW)
    again = letter(
        "Re: Down?",
        "Any news?",
        sender="Tom Okafor <tom@x1.test>",
        message_id="<again@x.test>",
        references="<1@x.test>",
    )
    desk.receive((0, again))

    assert len(due_to_leave(desk.ws, NOW + timedelta(minutes=1), looked=True, named=())) == 3


def test_send_now_keeps_the_pace(desk: Desk) -> None:
    ready(desk)
    outage_update.send_update(desk.ws, Part.OPEN, NOW)
    before = [item.not_before for item in list_outbox(desk.ws.store)]

    assert outbox.release_before(desk.ws.store, NOW, NOW + timedelta(hours=1)) == 0
    assert [item.not_before for item in list_outbox(desk.ws.store)] == before


def test_the_end_is_told_to_all_and_closes_when_the_server_has_accepted(desk: Desk) -> None:
    ready(desk)
    outage_update.send_update(desk.ws, Part.OPEN, NOW)
    leave(desk.ws)
    say(desk.ws, back="all is back since 10:00", lost="hour", cause="we filled a disk")
    say(desk.ws, prevent="there is an alarm on it now")

    told = outage_update.send_update(desk.ws, Part.OVER, NOW)

    assert len(told) == 3
    assert outage.open_outage(desk.ws) is None
    assert "It is over: all is back since 10:00. I'm sorry" in words(desk.ws, "tom@x1.test")
    assert {item.then for item in list_outbox(desk.ws.store)} == {"close"}
    assert all(ticket.state.status == "waiting" for ticket in desk.all())
    board = outage.board(desk.ws, NOW)
    assert board.incident is not None
    assert len(board.told) == 3
    assert outage.outage_standing(desk.ws, NOW, "O") is None


def test_the_post_mortem_is_a_file_that_is_never_written_over(desk: Desk) -> None:
    ready(desk)
    outage_update.send_update(desk.ws, Part.OPEN, NOW)
    found = post_mortem.last_outage(desk.ws)

    one = post_mortem.save_post_mortem(desk.ws, found, "en")
    two = post_mortem.save_post_mortem(desk.ws, found, "en")

    assert [one.name, two.name] == ["2026-11-23-outage.md", "2026-11-23-outage-2.md"]
    assert one.stat().st_mode & 0o777 == 0o600
    assert one.read_text(encoding="utf-8").startswith("# Acme was down on 23 November 2026")
    assert post_mortem.check_file(one) == ()


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Sorry. Only a few customers were affected.", {"small-number"}),
        ("Sorry. Very few customers noticed.", {"small-number"}),
        ("Sorry. Oops, the hamsters got tired.", {"joke"}),
        ("Sorry. Our hosting provider caused a failure.", {"finger-pointing"}),
        ("We fixed it and it works.", {"no-sorry"}),
        ("Es tut mir leid. Nur wenige Kunden waren betroffen.", {"small-number"}),
        ("Es tut mir leid. Unser Hoster hat einen Fehler gemacht.", {"finger-pointing"}),
    ],
)
def test_a_post_mortem_is_heard_for_fingers_jokes_and_small_numbers(
    text: str, rules: set[str]
) -> None:
    # A rule of the mails that says the same counts as well.
    alike = {"downplay": "small-number", "blame-third-party": "finger-pointing"}
    found = {finding.rule for finding in post_mortem.check_post_mortem(text)}
    assert rules <= {alike.get(rule, rule) for rule in found}


@pytest.mark.parametrize(
    "text",
    [
        "I'm sorry. We filled a disk and noticed too late. From today an alarm is on it.",
        "Es tut mir leid. Wir haben eine Platte vollgeschrieben und es zu spät bemerkt.",
    ],
)
def test_an_honest_post_mortem_passes(text: str) -> None:
    assert post_mortem.check_post_mortem(text) == ()
