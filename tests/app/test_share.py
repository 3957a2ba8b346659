"""The journal between machines, on a real server: what each does reaches the others."""

import contextlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from founder_inbox.app.health.shared import look_at_shared
from founder_inbox.app.queue import triage
from founder_inbox.app.queue.tickets import find_ticket, view_ticket
from founder_inbox.app.session.burnout import read_burnout
from founder_inbox.app.session.sessions import note_mood
from founder_inbox.app.syncing import journal_snapshot, share
from founder_inbox.app.syncing.journal_box import read_box
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.checks import State
from founder_inbox.core.model import Lane
from founder_inbox.core.sharing.wire import read_batch, write_batch
from founder_inbox.core.tickets.entry import EntryKind
from founder_inbox.core.tickets.identity import ticket_id
from founder_inbox.core.tickets.journal import EventKind, Json
from founder_inbox.core.times import to_text
from founder_inbox.errors import FounderInboxError
from founder_inbox.store import events, sharing
from founder_inbox.store.events import next_word
from founder_inbox.store.machines import known_machines
from founder_inbox.store.settings import machine_of
from founder_inbox.store.sync_state import read_sync_state
from tests.app.letters import letter
from tests.app.machines import JOURNAL, Cut, Machine
from tests.servers.account import Account
from tests.servers.dovecot import DovecotServer
from tests.servers.proxy import FULL, NO_CREATE, STRONG, ImapProxy

Make = Callable[..., Machine]
ONE = ticket_id("<one@okafor.test>")


def test_what_one_machine_does_the_other_shows_after_one_sync(
    machine: Make, account: Account
) -> None:
    account.append(letter())
    laptop, desktop = machine("laptop"), machine("desktop")
    laptop.sync()
    desktop.sync()
    ticket = find_ticket(laptop.ws.store, ONE)
    triage.add_note(laptop.ws, ticket, "It is the export.", laptop.now())
    triage.record_act(laptop.ws, ticket, EventKind.LANE, {"lane": Lane.URGENT}, laptop.now())

    laptop.sync()
    desktop.sync()

    assert desktop.picture() == laptop.picture()
    assert find_ticket(desktop.ws.store, ONE).state.verdict.lane is Lane.URGENT
    history = view_ticket(desktop.ws.store, find_ticket(desktop.ws.store, ONE)).history
    assert {entry.machine for entry in history} == {"", machine_of(laptop.ws.store)}
    assert {entry.elsewhere for entry in history} == {"", "laptop"}


def test_a_new_data_folder_shows_the_same_after_one_sync(machine: Make, account: Account) -> None:
    account.append(letter())
    laptop = machine("laptop")
    laptop.sync()
    ticket = find_ticket(laptop.ws.store, ONE)
    triage.add_note(laptop.ws, ticket, "It is the export.", laptop.now())
    until = to_text(laptop.now() + timedelta(minutes=10))
    opened: dict[str, Json] = {"minutes": 10, "reason": "the export", "until": until}
    append = events.append_event
    append(laptop.ws.store, laptop.now(), "Ana", None, EventKind.OVERRIDE_OPENED, opened)
    sat: dict[str, Json] = {"window_end": until}
    append(laptop.ws.store, laptop.now(), "Ana", None, EventKind.SESSION_STARTED, sat)
    laptop.sync()

    fresh = machine("fresh")
    fresh.sync()

    assert fresh.picture() == laptop.picture()
    points = [read_burnout(one.ws, one.now()).points for one in (laptop, fresh)]
    assert points[0] == points[1]
    every = "select id, at, actor, ticket, kind, data from event"
    here, there = ({tuple(row) for row in one.ws.store.rows(every)} for one in (laptop, fresh))
    assert len(here) >= 4
    assert here <= there


def test_what_was_learned_meanwhile_sorts_no_mail_anew_on_another_machine(
    two: tuple[Machine, Machine], machine: Make, account: Account
) -> None:
    laptop, desktop = two
    texts = ("cyan leaflet of the dirigible", "the dirigible in cyan", "dirigible leaflet, cyan")
    for number, text in enumerate([*texts, "dirigible leaflet in cyan again"]):
        sender = f"u{number}@x.test"
        account.append(letter("Hello", text, sender=sender, message_id=f"<{number}@x.test>"))
    laptop.sync()
    for number in range(3):
        ticket = find_ticket(laptop.ws.store, ticket_id(f"<{number}@x.test>"))
        triage.move_to_lane(laptop.ws, [ticket], Lane.FEATURE, laptop.now())
    words = "a dirigible leaflet, cyan"
    account.append(letter("Hello", words, sender="n@x.test", message_id="<n@x.test>"))
    laptop.sync()
    desktop.sync()
    fresh = machine("fresh")
    fresh.sync()

    assert lane_of(laptop, "<n@x.test>") is Lane.FEATURE
    assert lane_of(laptop, "<3@x.test>") is not Lane.FEATURE
    assert laptop.picture() == desktop.picture() == fresh.picture()
    lines = [events.events_of_kinds(one.ws.store, EventKind.SORTED) for one in (*two, fresh)]
    assert lines[0] == lines[1] == lines[2]
    assert {line.machine for line in lines[0]} == {machine_of(laptop.ws.store)}


def test_a_mail_that_two_sorted_differently_goes_where_the_lower_id_says(
    two: tuple[Machine, Machine], account: Account
) -> None:
    laptop, desktop = two
    laptop.sync()
    desktop.sync()
    account.append(letter("Hello", "About the walrus.", message_id="<w@x.test>"))
    laptop.take_in_only()
    desktop.take_in_only()
    line = events.events_of_kinds(laptop.ws.store, EventKind.SORTED)[-1]
    mails = line.data["mails"]
    assert isinstance(mails, list)
    assert isinstance(mails[0], dict)
    other = json.dumps({"mails": [mails[0] | {"lane": Lane.FEATURE, "topic": None}]})
    with laptop.ws.store.write():
        laptop.ws.store.run("delete from sorted_mail where event = ?", line.id)
        laptop.ws.store.run("delete from event where id = ?", line.id)
        laptop.ws.store.run(
            "insert into event values (?, ?, ?, ?, ?, ?)",
            *(line.id, to_text(line.at), line.actor, None, line.kind, other),
        )
    for one in (laptop, desktop, laptop):
        one.sync()

    assert lane_of(laptop, "<w@x.test>") is lane_of(desktop, "<w@x.test>") is Lane.FEATURE
    assert laptop.picture() == desktop.picture()
    with pytest.raises(FounderInboxError, match="nothing to take back"):
        triage.undo(desktop.ws, desktop.now())


def lane_of(on: Machine, message_id: str) -> Lane:
    return find_ticket(on.ws.store, ticket_id(message_id)).state.verdict.lane


def note(on: Machine, text: str) -> None:
    """An internal note on the one ticket, by the machine's own clock."""
    triage.add_note(on.ws, find_ticket(on.ws.store, ONE), text, on.now())


def notes(on: Machine) -> list[str]:
    """The notes that the ticket shows, in their order."""
    history = view_ticket(on.ws.store, find_ticket(on.ws.store, ONE)).history
    return [entry.text for entry in history if entry.kind is EntryKind.NOTE]


@pytest.fixture
def two(machine: Make, account: Account) -> tuple[Machine, Machine]:
    """Two machines that have both seen the one ticket."""
    account.append(letter())
    pair = machine("laptop"), machine("desktop")
    for one in pair:
        one.sync()
    return pair


def test_the_mailbox_was_deleted_and_everything_goes_up_again(
    two: tuple[Machine, Machine], machine: Make, account: Account
) -> None:
    laptop, desktop = two
    note(laptop, "first")
    laptop.sync()
    desktop.sync()
    account.client().delete_folder(JOURNAL)
    note(desktop, "second")

    desktop.sync()
    laptop.sync()
    fresh = machine("fresh")
    fresh.sync()

    assert notes(laptop) == notes(desktop) == notes(fresh) == ["first", "second"]


def test_messages_that_somebody_removed_go_up_again(
    two: tuple[Machine, Machine], machine: Make, account: Account
) -> None:
    laptop, _ = two
    note(laptop, "first")
    laptop.sync()
    client = account.client()
    client.select_folder(JOURNAL)
    client.delete_messages(client.search())
    client.expunge()

    laptop.sync()
    fresh = machine("fresh")
    fresh.sync()

    assert notes(fresh) == ["first"]


def test_mail_that_was_delivered_into_the_mailbox_is_moved_out_and_not_believed(
    two: tuple[Machine, Machine], account: Account
) -> None:
    laptop, desktop = two
    note(laptop, "ours")
    laptop.sync()
    forged = account.messages(JOURNAL)[-1].raw
    account.append(
        b"Received: from evil.test; Mon, 23 Nov 2026 09:15:00 +0000\r\n" + forged, JOURNAL
    )
    before = len(account.messages(JOURNAL))

    report = desktop.sync()

    assert len(account.messages(JOURNAL)) == before - 1
    assert any(mail.raw.endswith(forged) for mail in account.messages())
    assert report.fetched == 1
    assert "delivered" in (read_sync_state(desktop.ws.store).error or "")
    assert read_box(desktop.ws.store).moved == 1


def test_what_is_no_journal_is_left_where_it_is(
    two: tuple[Machine, Machine], account: Account
) -> None:
    laptop, _ = two
    for raw in (
        letter(message_id="<dragged@x.test>"),
        b"\xff\x00\r\n\r\n" * 50,
        b"From: x\r\n\r\n",
    ):
        account.append(raw, JOURNAL)
    note(laptop, "goes on")

    laptop.sync()
    laptop.sync()

    assert len(sharing.ignored_mails(laptop.ws.store)) == 3
    assert sharing.count_unshared(laptop.ws.store) == 0


def test_kinds_and_fields_of_a_later_version_are_passed_on(
    two: tuple[Machine, Machine], machine: Make, account: Account
) -> None:
    laptop, _ = two
    at = to_text(laptop.now())
    word = next_word(laptop.ws.store, laptop.now())
    record = {"id": word, "at": at, "actor": "Ana", "ticket": ONE, "kind": "hugged",
              "data": {"arms": 2}, "warmth": {"degrees": 37}}  # fmt: skip
    account.append(
        write_batch(account.address, word[-8:], laptop.now(), [record], "<x@y>"), JOURNAL
    )
    laptop.sync()
    account.client().delete_folder(JOURNAL)
    laptop.sync()
    fresh = machine("fresh")
    fresh.sync()

    bodies = [read_batch(mail.raw).records for mail in account.messages(JOURNAL)]
    assert [r for records in bodies for r in records if r["kind"] == "hugged"] == [record]
    assert fresh.picture() == laptop.picture()


def test_where_no_mailbox_may_be_made_a_machine_works_alone_says_so_once_and_catches_up(
    account: Account, machine: Make, dovecot: DovecotServer
) -> None:
    account.append(letter())
    with ImapProxy(dovecot, NO_CREATE) as proxy:
        laptop = machine("laptop", imap_port=proxy.imaps_port)
        said = []
        for _ in range(2):
            assert laptop.sync(full=True).trouble is None
            said.append("other machines" in (read_sync_state(laptop.ws.store).error or ""))
        note(laptop, "waits")
        proxy.profile = STRONG
        laptop.sync(full=True)
    desktop = machine("desktop")
    desktop.sync()

    assert said == [True, False]
    assert notes(desktop) == ["waits"]
    assert not read_box(laptop.ws.store).trouble


def test_in_a_full_mailbox_a_machine_works_alone_says_so_once_and_catches_up(
    account: Account, machine: Make, dovecot: DovecotServer
) -> None:
    account.append(letter())
    with ImapProxy(dovecot, STRONG) as proxy:
        laptop = machine("laptop", imap_port=proxy.imaps_port)
        laptop.sync()
        note(laptop, "waits")
        proxy.profile = FULL
        said = []
        for _ in range(2):
            assert laptop.sync(full=True).trouble is None
            said.append("Quota exceeded" in (read_sync_state(laptop.ws.store).error or ""))
        [check] = look_at_shared(laptop.ws)
        proxy.profile = STRONG
        laptop.sync(full=True)
    desktop = machine("desktop")
    desktop.sync()

    assert said == [True, False]
    assert (check.state, "Quota exceeded" in check.words) == (State.NOTE, True)
    assert notes(desktop) == ["waits"]
    assert not read_box(laptop.ws.store).trouble


def test_how_the_founder_is_doing_comes_along_and_a_teammates_week_is_theirs(
    two: tuple[Machine, Machine],
) -> None:
    laptop, desktop = two
    for days in range(3):
        note_mood(laptop.ws, 1, laptop.now() - timedelta(days=days))
    events.append_event(laptop.ws.store, laptop.now(), "Vlad", None, EventKind.MOOD, {"score": 1})
    laptop.sync()
    desktop.sync()

    read = [read_burnout(one.ws, laptop.now()) for one in two]
    assert read[0] == read[1]
    assert [signal.sentence for signal in read[1].signals] == [
        "A session felt like 2 or less out of 5, 3 times this week."
    ]


def test_who_wants_it_kept_here_shares_no_mood(
    machine: Make, account: Account, open_with: Callable[[Path], Workspace]
) -> None:
    account.append(letter())
    laptop, desktop = machine("laptop"), machine("desktop")
    text = laptop.config.read_text().replace("share = true", "share = true\nwellbeing = false")
    laptop.config.write_text(text)
    laptop = replace(laptop, ws=open_with(laptop.config))
    laptop.sync()
    note_mood(laptop.ws, 1, laptop.now())
    note(laptop, "shared")
    laptop.sync()
    desktop.sync()

    assert events.events_of_kinds(desktop.ws.store, EventKind.MOOD) == []
    assert notes(desktop) == ["shared"]


@pytest.mark.parametrize("ahead", [timedelta(minutes=7), timedelta(minutes=-7)])
def test_a_wrong_clock_does_not_make_a_machine_win(
    machine: Make, account: Account, ahead: timedelta
) -> None:
    account.append(letter())
    wrong, right = machine("laptop", ahead=ahead), machine("desktop")
    for one in (wrong, right, wrong):
        one.sync()
    first, second = (wrong, right) if ahead > timedelta(0) else (right, wrong)
    # Ten minutes on, when what was written before the clocks were compared is past for all.
    minute = timedelta(minutes=1)
    acts = (first, Lane.URGENT, 10 * minute), (second, Lane.FEATURE, 11 * minute)
    for one, lane, later in acts:
        ticket = find_ticket(one.ws.store, ONE)
        triage.record_act(one.ws, ticket, EventKind.LANE, {"lane": lane}, one.now() + later)
    for one in (wrong, right, wrong):
        one.sync()

    lanes = {find_ticket(one.ws.store, ONE).state.verdict.lane for one in (wrong, right)}
    assert lanes == {Lane.FEATURE}


def test_a_new_machine_starts_from_a_snapshot_and_what_came_after_it(
    two: tuple[Machine, Machine],
    machine: Make,
    account: Account,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (share, journal_snapshot):
        monkeypatch.setattr(module, "SNAPSHOT_AFTER", 4)
    laptop, desktop = two
    note(desktop, "note first")
    desktop.sync()
    for number in range(5):
        note(laptop, f"note {number}")
        laptop.sync()
    heads = [mail.raw.partition(b"\r\n\r\n")[0] for mail in account.messages(JOURNAL)]
    fresh = machine("fresh")

    fresh.sync()

    assert sum(b"Holds: snapshot" in head for head in heads) >= 1
    rows = fresh.ws.store.rows("select words from journal_mail where words = 'in a snapshot'")
    assert len(rows) >= 4
    assert notes(fresh) == ["note first", *(f"note {number}" for number in range(5))]
    assert fresh.picture() == laptop.picture()
    assert {one.name for one in known_machines(fresh.ws.store).values()} == {"laptop", "desktop"}


def test_a_cut_in_the_middle_of_sharing_loses_and_doubles_nothing(
    two: tuple[Machine, Machine], account: Account
) -> None:
    laptop, desktop = two
    note(laptop, "first")
    for after in range(1, 14):
        with contextlib.suppress(Cut):
            laptop.cut_off(after)
    laptop.sync()
    desktop.sync()

    assert notes(desktop) == ["first"]
    assert sharing.count_unshared(laptop.ws.store) == 0


def test_undo_takes_back_only_what_was_done_on_this_machine(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    note(desktop, "mine")
    note(laptop, "theirs")
    laptop.sync()
    desktop.sync()

    triage.undo(desktop.ws, desktop.now())
    desktop.sync()
    laptop.sync()

    assert notes(desktop) == notes(laptop) == ["theirs"]
