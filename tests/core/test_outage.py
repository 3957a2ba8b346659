"""An outage: who reports it, what the journal says of it, and the words for it."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest

from founder_inbox.core.hours.error_lines import error_lines
from founder_inbox.core.hours.fire import Cry, outage_reporters
from founder_inbox.core.outage.incident import Incident, Part, Round, current, incidents
from founder_inbox.core.outage.letters import choose, missing, next_words, ready, with_shared
from founder_inbox.core.outage.matching import Match, Report, find_matches
from founder_inbox.core.outage.post_mortem import Numbers, lacks_sorry, post_mortem
from founder_inbox.core.outage.standing import Counts, standing, suspected
from founder_inbox.core.tickets.journal import Event, EventKind, Json

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
SHIPPED = {(f"outage-{part}", language) for part in Part for language in ("en", "de")}
FACTS = {
    "en": {
        "known": "the app is down since 09:40",
        "data": "safe",
        "meanwhile": "use the phone app",
        "next": "13:00",
    },
}


def event(number: int, kind: EventKind, ticket: str | None = None, **data: Json) -> Event:
    at = NOON + timedelta(minutes=number)
    return Event(f"{number:012x}-0000-cafecafe", at, "Ana", ticket, kind, data)


OPENED = event(1, EventKind.OUTAGE_OPENED)
STORY = (
    OPENED,
    event(2, EventKind.OUTAGE_LINKED, "aaaaaaa", outage=OPENED.id),
    event(3, EventKind.OUTAGE_LINKED, "bbbbbbb", outage=OPENED.id),
    event(4, EventKind.OUTAGE_UNLINKED, "aaaaaaa", outage=OPENED.id),
    event(
        5,
        EventKind.OUTAGE_UPDATE,
        outage=OPENED.id,
        round="r1",
        part="open",
        facts={"en": {"known": "down"}},
        next_at="2026-11-23T12:30:00Z",
        tickets=["bbbbbbb"],
    ),
)


def test_the_same_events_in_any_order_give_the_same_outage() -> None:
    found = current(STORY)

    assert found is not None
    assert found.linked == ("bbbbbbb",)
    assert [said.id for said in found.rounds] == ["r1"]
    assert found.next_at == NOON + timedelta(minutes=30)
    assert all(current(order) == found for order in permutations(STORY))


def test_an_outage_that_two_machines_opened_is_one() -> None:
    other = event(2, EventKind.OUTAGE_OPENED)
    linked = event(6, EventKind.OUTAGE_LINKED, "ccccccc", outage=other.id)

    [found] = incidents([*STORY, other, linked])

    assert found.linked == ("bbbbbbb", "ccccccc")


def test_after_its_end_the_next_opening_is_another_outage() -> None:
    over = event(7, EventKind.OUTAGE_OVER, outage=OPENED.id)
    again = event(8, EventKind.OUTAGE_OPENED)

    assert current([*STORY, over]) is None
    assert [found.over_at for found in incidents([*STORY, over, again])] == [over.at, None]


def test_what_was_undone_or_comes_from_another_version_says_nothing() -> None:
    undone = event(9, EventKind.UNDONE, events=[STORY[-1].id])
    odd = event(10, EventKind.OUTAGE_UPDATE, outage=OPENED.id, part="?", facts=[1], tickets=3)

    found = current([*STORY, undone, odd])

    assert found is not None
    assert [(said.part, said.facts, said.tickets) for said in found.rounds] == [(Part.MORE, {}, ())]


def cry(sender: str, *, outage: bool = False, text: str = "") -> Cry:
    return Cry(sender, NOON, outage, by_rule=True, known=False, errors=error_lines(text))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Hi,\n\nError 502: bad gateway\n\nTom", {"error 502 bad gateway"}),
        ("> Error 502: bad gateway", set()),
        ("HTTP/1.1 503 Service Unavailable", {"http # 503 service unavailable"}),
        ("ERR: connection refused (id 4f3a9c2b11de77aa)", {"err connection refused id #"}),
        ("My invoice 20260001 is wrong", set()),
        ("There was an error yesterday when I tried to open the page with my list of bees", set()),
        ("", set()),
    ],
)
def test_an_error_line_is_found_without_what_is_ones_own(text: str, line: set[str]) -> None:
    assert error_lines(text) == line


def test_three_people_with_the_same_error_line_report_an_outage() -> None:
    ids = ("4f3a9c2b11de77aa", "aa3a9c2b11de77bb", "bb3a9c2b11de77cc")
    three = [cry(f"{n}@x.test", text=f"E1042 save failed (id {own})") for n, own in enumerate(ids)]

    assert len(outage_reporters(three, NOON)) == 3
    assert outage_reporters(three[:2], NOON) == frozenset()
    other = cry("d@x.test", text="Error 404 page not found")
    assert outage_reporters([*three[:2], other], NOON) == frozenset()


def report(ticket: str, *, outage: bool = False, text: str = "") -> Report:
    return Report(
        ticket, f"{ticket}@x.test", NOON, outage, ("the service is down: “502”",), error_lines(text)
    )


def test_each_offered_ticket_has_its_reason() -> None:
    reports = [
        report("words", outage=True),
        report("linked", text="Error 502: bad gateway"),
        report("alike", text="error 502, Bad Gateway!"),
        report("lonely", text="Error 404 page not found"),
        report("quiet"),
    ]

    assert find_matches(reports, {"linked"}) == (
        Match("words", "the service is down: “502”"),
        Match("alike", "the same error: error 502 bad gateway"),
    )


def test_what_is_still_missing_is_named_and_the_shared_fields_count_for_all() -> None:
    facts = {**FACTS, "de": {"known": "die App ist weg", "data": "sicher"}}

    assert missing(Part.OPEN, {"known": "x"}) == ("data", "next")
    assert with_shared(facts)["de"]["next"] == "13:00"
    assert ready(Part.OPEN, facts) == ("en", "de")
    assert ready(Part.OVER, facts) == ()


@pytest.mark.parametrize(
    ("part", "wanted", "before", "letter"),
    [
        (Part.OPEN, "en", False, ("outage-open", "en")),
        (Part.OPEN, "de", False, ("outage-open", "en")),
        (Part.MORE, "en", True, ("outage-more", "en")),
        (Part.MORE, "en", False, ("outage-open", "en")),
        (Part.MORE, None, True, ("outage-more", "en")),
    ],
)
def test_each_person_gets_the_letter_that_fits(
    part: Part, wanted: str | None, before: bool, letter: tuple[str, str]
) -> None:
    chosen = choose(part, FACTS, wanted, SHIPPED, told_before=before)

    assert chosen is not None
    assert (chosen.name, chosen.language) == letter


def test_nobody_gets_a_letter_that_is_half_in_another_language() -> None:
    both = {**FACTS, "de": {**FACTS["en"], "known": "die App ist nicht erreichbar"}}

    german = choose(Part.OPEN, both, "de", SHIPPED, told_before=False)
    assert german is not None
    assert german.language == "de"
    assert choose(Part.OPEN, {"de": {"known": "x"}}, "de", SHIPPED, told_before=False) is None
    assert choose(Part.OPEN, both, "de", set(), told_before=False) is None


@pytest.mark.parametrize(
    ("hours", "language", "words"),
    [
        (1, "en", "14:00 (Berlin time)"),
        (1, "de", "14:00 Uhr (Zeit in Berlin)"),
        (24, "en", "13:00 on 24 November 2026 (Berlin time)"),
        (24, "de", "13:00 Uhr am 24. November 2026 (Zeit in Berlin)"),
    ],
)
def test_the_promised_time_names_its_place(hours: int, language: str, words: str) -> None:
    at = NOON + timedelta(hours=hours)
    assert next_words(at, NOON, BERLIN, "Europe/Berlin", language) == words
    assert next_words(NOON, NOON, UTC, "UTC", "en") == "12:00 UTC"


def told(next_minutes: int | None, part: Part = Part.OPEN) -> Incident:
    at = None if next_minutes is None else NOON + timedelta(minutes=next_minutes)
    return Incident("i", NOON, ("a",), (Round("r", NOON, part, FACTS, at, ("a",)),))


@pytest.mark.parametrize(
    ("found", "counts", "said", "presses"),
    [
        (Incident("i", NOON), Counts(), "nobody has been told yet", False),
        (told(30), Counts(3, 3), "next update at 12:30, in 30 min · 3 of 3 told", False),
        (told(4), Counts(3, 3), "next update at 12:04, in 4 min", True),
        (told(-5), Counts(3, 3), "the update promised for 11:55 is due", True),
        (told(30), Counts(3, 2, failed=1), "1 mail did not arrive", True),
        (told(30), Counts(3, 3, offered=2), "2 more tickets look alike", True),
    ],
)
def test_the_line_above_the_queue_says_what_presses(
    found: Incident, counts: Counts, said: str, presses: bool
) -> None:
    line = standing(found, counts, NOON, UTC, "O")

    assert said in line.line
    assert line.line.startswith("Outage since 12:00: ")
    assert line.presses is presses


def test_a_suspected_outage_names_the_key() -> None:
    assert suspected(3, "O").line == "Three people say it is down. O opens outage mode."


def test_the_post_mortem_says_sorry_what_and_when_in_both_languages() -> None:
    over = {"en": {"back": "all is back", "lost": "90 minutes", "cause": "we filled a disk"}}
    found = Incident(
        "i",
        NOON,
        ("a",),
        (*told(30).rounds, Round("s", NOON + timedelta(hours=1), Part.OVER, over, None, ("a",))),
        NOON + timedelta(hours=1),
    )
    numbers = Numbers(12, NOON - timedelta(minutes=7))

    text = post_mortem(found, numbers, "Acme", UTC, "en")

    assert text.startswith("# Acme was down on 23 November 2026\n\nFor 90 minutes you could not")
    assert "We filled a disk." in text
    assert "- 11:53  The first of you wrote to me." in text
    assert "- 13:00  All is back." in text
    assert "12 people" in text
    assert lacks_sorry(text) == ()
    german = post_mortem(found, numbers, "Acme", UTC, "de")
    assert "Es tut mir leid" in german
    assert lacks_sorry(german) == ()


def test_a_post_mortem_without_a_sorry_is_told_so() -> None:
    [finding] = lacks_sorry("# It was down\n\nWe fixed it.\n")
    assert (finding.rule, finding.text) == ("no-sorry", "# It was down")
