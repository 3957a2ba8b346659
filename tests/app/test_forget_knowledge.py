"""What support learned of somebody goes with them: files, FAQ, ledger, ideas, causes, the jar.

And what the command says is what was there to export, and what was erased.
"""

import json
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from founder_inbox.app.data.export import (
    MailCounts,
    journal_in_turn,
    keys_of,
    mbox_in_turn,
    shared_tickets,
    tickets_in_turn,
)
from founder_inbox.app.data.forget import forget, look
from founder_inbox.app.data.forget_log import erasures
from founder_inbox.app.knowledge.article_writing import write_article
from founder_inbox.app.knowledge.articles import load_articles, publish_article
from founder_inbox.app.knowledge.causes import list_causes, name_cause
from founder_inbox.app.knowledge.ideas import log_idea, vote
from founder_inbox.app.queue import triage
from founder_inbox.app.queue.customer import note_customer
from founder_inbox.app.queue.goodwill import give, ledger
from founder_inbox.app.reading.attachments import files_of, save_file
from founder_inbox.app.reading.voters import read_ideas
from founder_inbox.app.session.jar import praise_jar
from founder_inbox.app.syncing.forgetting import finish_file
from founder_inbox.core.knowledge.causes import CauseKind
from founder_inbox.core.sharing.forgotten import mark_of
from founder_inbox.core.tickets.goodwill import parse_gift
from founder_inbox.core.tickets.identity import ticket_id
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.store import events
from founder_inbox.store.forgotten import done_on_server, work_left
from founder_inbox.system.files import write_whole
from tests.app.desk import EVE, TOM, Desk
from tests.app.letters import letter
from tests.app.test_forget import left_in_files

ADDRESS, WORD = "tom@okafor.test", "xylophonium"
TOMS, EVES = ticket_id("<t@x>"), ticket_id("<e@x>")


@pytest.fixture
def desk(open_desk: Callable[[str], Desk]) -> Desk:
    """Tom asked, with a file, was answered, and thanked; Eve wrote, too."""
    desk = open_desk("one")
    asked = message_from_bytes(
        letter(f"{WORD} export", f"Where do I find the {WORD} export?", sender=TOM,
               message_id="<t@x>"),
        policy=policy.SMTP,
    )  # fmt: skip
    asked.add_attachment(f"{WORD} notes", filename="notes.txt")
    thanks = letter(f"Re: {WORD}", f"Thank you so much, the {WORD} export made my week!",
                    sender=TOM, message_id="<t3@x>")  # fmt: skip
    desk.receive(
        (9, asked.as_bytes()), (5, thanks), (4, letter("More", sender=EVE, message_id="<e@x>"))
    )
    answer = letter(
        f"Re: {WORD} export",
        f"Open Settings, then {WORD}, and press Export.",
        sender="support@acme.test",
        to=TOM,
        message_id="<t2@x>",
        references="<t@x>",
    )
    desk.receive((8, answer), role="sent")
    return desk


def learn(desk: Desk) -> Path:
    """Everything that support may have noted of Tom; returns the copy of his file that is open."""
    ws, tom, eve = desk.ws, desk.ticket(TOMS), desk.ticket(EVES)
    triage.close(ws, [desk.ticket(ticket_id("<t3@x>"))], desk.tick())
    give(ws, tom, parse_gift(f"20 EUR credit for the {WORD}", "EUR"), desk.tick())
    wanted = log_idea(ws, tom, "A faster export", f"the {WORD} is slow", WORD, desk.tick())
    vote(ws, eve, wanted.idea, "mine, too", desk.tick())
    name_cause(ws, tom, CauseKind.DOCS, "The guide has old pictures", desk.tick(), others=[eve])
    note_customer(ws, ADDRESS, f"Plays the {WORD}.", desk.tick())
    write_article(ws, tom, "export", desk.tick())
    write_article(ws, tom, "untouched", desk.tick())
    publish_article(ws, "export")
    write_whole(ws.paths.replies / "bees.md", [b"---\nname: bees\n---\nAs Tom Okafor once said.\n"])
    write_whole(ws.paths.replies / "other.md", [b"---\nname: other\n---\nAs Tom said.\n"])
    [file] = files_of(ws, tom)
    return save_file(ws, file, ws.paths.opened / "1")


def test_nothing_that_was_learned_of_them_stays_but_what_others_share(desk: Desk) -> None:
    ws = desk.ws
    copy = learn(desk)
    assert WORD in copy.read_text()
    assert (len(ledger(ws)), len(praise_jar(ws))) == (1, 1)
    assert WORD in (ws.paths.faq / "export.md").read_text()

    plan = forget(ws, ADDRESS, desk.tick())
    [work] = work_left(ws.store)
    done_on_server(ws.store, work.event)
    finish_file(ws)

    assert left_in_files(ws, WORD, ADDRESS) == []
    assert not copy.exists()
    assert (ledger(ws), praise_jar(ws)) == ([], [])
    [idea] = read_ideas(ws.store)
    assert (idea.problem, [vote.words for vote in idea.votes]) == ("", ["", "mine, too"])
    [hit] = list_causes(ws)
    assert [person.address for person in hit.people] == ["eve@evil.test"]
    assert [article.asked for article in load_articles(ws)] == [()]
    assert not (ws.paths.faq / "untouched.md").exists()
    assert sorted(plan.articles) == ["export.md", "untouched.md"]
    assert plan.own_files == ("replies/bees.md",)


def test_what_is_exported_and_erased_is_what_the_command_says(desk: Desk) -> None:
    ws = desk.ws
    learn(desk)
    desk.merge(TOMS, ticket_id("<t3@x>"))
    triage.add_note(ws, desk.ticket(TOMS), "one more", desk.tick())
    plan = look(ws, ADDRESS)

    keys, counts = keys_of(ws, ADDRESS.upper()), MailCounts()
    mails = [
        message_from_bytes(raw.partition(b"\n")[2]) for raw in mbox_in_turn(ws, ADDRESS, counts)
    ]
    lines = {str(line["id"]) for line in journal_in_turn(ws, ADDRESS)}
    before = {row["id"] for row in ws.store.rows("select id from event")}
    rows = ws.store.rows("select * from message where message_id in ('<t@x>', '<t2@x>', '<t3@x>')")
    marks = {mark_of(row["message_id"], row["sender_address"], None) for row in rows}

    assert [ticket.id for ticket in tickets_in_turn(ws, keys)] == list(plan.whole)
    assert {mail["Message-ID"] for mail in mails} == {"<t@x>", "<t2@x>", "<t3@x>"}
    assert (len(mails), len(lines)) == (plan.mails, plan.lines + plan.kept)
    assert plan.kept == 2

    forget(ws, ADDRESS, desk.tick())

    [line] = events.events_of_kinds(ws.store, EventKind.FORGOTTEN)
    after = {row["id"] for row in ws.store.rows("select id from event")} - {line.id}
    assert len(before - after) == plan.lines
    assert before - after < lines
    assert line.data["mails"] == sorted(marks)
    assert [row["message_id"] for row in ws.store.rows("select * from message")] == ["<e@x>"]


def test_what_others_wrote_is_said_before_an_export_is_passed_on(desk: Desk) -> None:
    merged = desk.merge(TOMS, EVES, different=True)

    assert shared_tickets(desk.ws, keys_of(desk.ws, ADDRESS)) == [merged.id]
    assert shared_tickets(desk.ws, keys_of(desk.ws, "eve@evil.test")) == [merged.id]


def test_the_stub_says_when_by_whom_and_how_much_and_names_nobody(desk: Desk) -> None:
    learn(desk)
    at = desk.tick()
    plan = forget(desk.ws, ADDRESS, at)

    [done] = erasures(desk.ws)
    assert (done.at, done.by, done.mails, done.tickets) == (at, desk.ws.actor, plan.mails, 2)
    assert (done.on_server, done.in_file) == (True, True)
    finish_file(desk.ws)
    assert [one.in_file for one in erasures(desk.ws)] == [False]
    [line] = events.events_of_kinds(desk.ws.store, EventKind.FORGOTTEN)
    said = json.dumps(line.data, ensure_ascii=False).casefold()
    assert not [word for word in ("tom", "okafor", WORD) if word in said]
