"""What other customers were answered is offered again; an article is made of it and published."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from founder_inbox.app.knowledge import asked
from founder_inbox.app.knowledge.article_writing import write_article
from founder_inbox.app.knowledge.articles import (
    find_article,
    load_articles,
    publish_article,
    uses_of_articles,
)
from founder_inbox.app.knowledge.export import LIST, PAGE, export_faq
from founder_inbox.app.queue.triage import undo
from founder_inbox.core.model import Status
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.errors import BadInput, NotFound
from founder_inbox.store.asked import times_asked
from tests.app.desk import NOW, Desk
from tests.app.letters import letter

STEPS = (
    "Hi Rosa,\n\nopen Lists, press Export, Rosa, and choose CSV. Your order no. 2026-0012 stays "
    "as it is.\n\nAna"
)
QUESTION = "Where do I export the subscriber list to a CSV file?"


def received(desk: Desk, who: str, subject: str, text: str, hours: float = 2) -> Ticket:
    """A mail of somebody; returns its ticket."""
    address = f"{who.lower()}@{who.lower()}.test"
    sender = f"{who} {who}son <{address}>"
    id_ = f"<{who}-{hours}@x.test>"
    desk.receive((hours, letter(subject, text, sender=sender, message_id=id_)))
    return next(t for t in desk.all() if t.state.customer.address == address)


def answered(desk: Desk, who: str, text: str, hours: float, sender: str = "") -> None:
    """Our answer to the mail of that person, found in Sent; with a sender a teammate's, in copy."""
    raw = letter(
        "Re: Export",
        text,
        sender=sender or "Ana from Acme <support@acme.test>",
        to=f"{who.lower()}@{who.lower()}.test",
        message_id=f"<to-{who}-{hours}@acme.test>",
        references=f"<{who}-{hours + 1}@x.test>",
        Cc="support@acme.test" if sender else "",
    )
    desk.receive((hours, raw), role="inbox" if sender else "sent")


@pytest.fixture
def desk(open_desk: Callable[[str], Desk]) -> Desk:
    """Rosa asked how to export and was told."""
    desk = open_desk("desk")
    received(desk, "Rosa", "Export my list", "Hi, how can I export my subscriber list as CSV?", 50)
    answered(desk, "Rosa", STEPS, 49)
    return desk


def test_the_second_customer_is_offered_the_answer_without_what_was_the_first_ones(
    desk: Desk,
) -> None:
    ticket = received(desk, "Tom", "CSV export?", QUESTION)

    found = asked.look_up(desk.ws, ticket, NOW)

    assert (found.times, found.words) == (1, "asked 2×")
    [offer] = found.offers
    assert "open Lists, press Export, {{ first_name | there }}, and choose CSV" in offer.reply.body
    assert "2026-0012" not in offer.reply.body
    assert "{{ ask.number_1:" in offer.reply.body
    assert times_asked(desk.ws.store, ticket.key) == 1


def test_the_same_answer_to_several_is_offered_once(desk: Desk) -> None:
    received(desk, "Lou", "CSV", "How can I export the subscriber list as CSV?", 40)
    answered(desk, "Lou", STEPS.replace("Rosa", "Lou"), 39)
    received(desk, "Pia", "CSV", "How do I export the subscriber list to CSV?", 30)
    answered(desk, "Pia", "Hi Pia,\n\nit is on the page Lists: press Export there, Pia.\n\nAna", 29)

    found = asked.look_up(desk.ws, received(desk, "Tom", "CSV export?", QUESTION), NOW)

    assert found.times == 3
    assert len(found.offers) == 2


def test_a_near_miss_is_offered_nothing(desk: Desk) -> None:
    ticket = received(desk, "Tom", "Import", "How do I import my subscriber list from a CSV file?")

    assert asked.look_up(desk.ws, ticket, NOW) == asked.NEVER
    assert times_asked(desk.ws.store, ticket.key) == 0


def test_the_same_customer_asking_again_is_nobody_else(desk: Desk) -> None:
    again = letter(
        "CSV export?", QUESTION, sender="R <ROSA@rosa.test>", message_id="<again@x.test>"
    )
    desk.receive((1, again))
    ticket = next(t for t in desk.all() if t.state.subject == "CSV export?")

    assert asked.look_up(desk.ws, ticket, NOW).times == 0


def test_a_question_nobody_answered_and_one_from_long_ago_count_for_nothing(
    open_desk: Callable[[str], Desk],
) -> None:
    desk = open_desk("other")
    received(desk, "Rosa", "CSV export", QUESTION, 50)
    received(desk, "Lou", "CSV export", QUESTION, 200 * 24)
    answered(desk, "Lou", STEPS, 200 * 24 - 1)

    assert asked.look_up(desk.ws, received(desk, "Tom", "CSV", QUESTION), NOW) == asked.NEVER


def test_a_teammates_answer_is_an_answer_signed_with_nobody(
    open_desk: Callable[[str], Desk],
) -> None:
    desk = open_desk("other")
    received(desk, "Rosa", "CSV export", QUESTION, 50)
    answered(desk, "Rosa", STEPS.replace("\nAna", "\nVlad"), 49, "Vlad <vlad@acme.test>")
    ticket = received(desk, "Tom", "CSV", QUESTION)

    found = asked.look_up(desk.ws, ticket, NOW)

    assert found.times == 1
    assert "press Export" in found.offers[0].reply.body
    assert not found.offers[0].reply.body.endswith("Vlad")


def test_each_round_looks_up_what_is_new_and_only_that(desk: Desk) -> None:
    received(desk, "Tom", "CSV export?", QUESTION)

    assert asked.look_up_new(desk.ws, NOW) == 1
    assert asked.look_up_new(desk.ws, NOW) == 0
    [(_, _, times)] = asked.compared_tickets(desk.ws, NOW - timedelta(days=1), NOW)
    assert times == 1


def test_an_article_is_made_with_nothing_private_in_it_and_closes_nothing(desk: Desk) -> None:
    rosa = next(t for t in desk.all() if t.state.customer.name == "Rosa Rosason")
    status = rosa.state.status

    path = write_article(desk.ws, rosa, "export-list", desk.tick())

    text = path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o777 == 0o600
    assert "Rosa" not in text
    assert "2026-0012" not in text
    assert "open Lists, press Export, [name], and choose CSV." in text
    assert "draft: true" in text
    assert not text.rstrip().endswith("Ana")
    assert desk.ticket(rosa.id).state.status is status


def test_an_article_of_a_ticket_without_an_answer_is_what_others_got(desk: Desk) -> None:
    tom = received(desk, "Tom", "CSV export?", QUESTION)

    text = write_article(desk.ws, tom, "export-list", desk.tick()).read_text(encoding="utf-8")

    assert "open Lists, press Export, [name], and choose CSV." in text
    assert QUESTION in text
    assert "2026-0012" not in text


def test_an_article_from_a_ticket_closed_by_the_first_import_leaves_it_closed(
    open_desk: Callable[[str], Desk],
) -> None:
    from founder_inbox.app.reading.project import QUIET_BEFORE, project_tickets
    from founder_inbox.core.times import to_text
    from founder_inbox.store.settings import set_setting

    desk = open_desk("old")
    old = received(desk, "Rosa", "CSV export", QUESTION, 30 * 24)
    with desk.ws.store.write():
        set_setting(desk.ws.store, QUIET_BEFORE, to_text(NOW - timedelta(days=14)))
        project_tickets(desk.ws.store, [old.key], NOW)

    write_article(desk.ws, desk.ticket(old.id), "export-list", desk.tick())

    assert desk.ticket(old.id).state.status is Status.CLOSED


def test_undo_takes_the_file_back_unless_it_was_written_in(desk: Desk) -> None:
    ticket = desk.all()[0]
    first = write_article(desk.ws, ticket, "export-list", desk.tick())
    undo(desk.ws, desk.tick())
    assert not first.exists()

    second = write_article(desk.ws, ticket, "export-list", desk.tick())
    second.write_text(second.read_text(encoding="utf-8") + "More.\n", encoding="utf-8")
    undo(desk.ws, desk.tick())
    assert second.exists()


def test_a_later_hit_offers_the_steps_and_the_link_last_and_is_counted(desk: Desk) -> None:
    write_article(desk.ws, desk.all()[0], "export-list", desk.tick())
    article = find_article(desk.ws, "export-list")
    ready = article.text.replace("[name], ", "").replace("order no. [number]", "order")
    path = desk.ws.paths.faq / "export-list.md"
    path.write_text(ready.replace("draft: true", "url: https://a.test/x"), encoding="utf-8")
    ticket = received(desk, "Tom", "CSV export?", QUESTION)

    offer = asked.look_up(desk.ws, ticket, NOW).offers[0]
    asked.note_use(desk.ws, ticket, offer, desk.tick())

    assert offer.article == "export-list"
    assert offer.reply.body.startswith("open Lists, press Export,")
    assert offer.reply.body.endswith("written down here, to keep: https://a.test/x")
    assert uses_of_articles(desk.ws) == {"export-list": 1}


def test_an_article_that_can_not_be_read_is_said_and_disturbs_no_answer(desk: Desk) -> None:
    desk.ws.paths.faq.mkdir()
    (desk.ws.paths.faq / "bad.md").write_text("no head", encoding="utf-8")

    with pytest.raises(BadInput, match=r"faq/bad\.md, line 1"):
        load_articles(desk.ws)
    ticket = received(desk, "Tom", "CSV export?", QUESTION)
    assert asked.look_up(desk.ws, ticket, NOW).times == 1
    (desk.ws.paths.faq / "bad.md").unlink()
    with pytest.raises(NotFound, match="no FAQ article 'none'"):
        find_article(desk.ws, "none")


def test_the_export_has_no_draft_and_no_customers_question_and_replaces_only_itself(
    desk: Desk, tmp_path: Path
) -> None:
    rosa = desk.all()[0]
    write_article(desk.ws, rosa, "export-list", desk.tick())
    write_article(desk.ws, rosa, "second", desk.tick(), title="A [second] one")
    with pytest.raises(BadInput, match="publish one first"):
        export_faq(desk.ws, tmp_path / "site")
    publish_article(desk.ws, "second")

    done = export_faq(desk.ws, tmp_path / "site")
    assert done.files == ("second.md", "index.md", PAGE)
    assert done.drafts == ("export-list.md",)
    assert "asked:" not in (done.folder / "second.md").read_text(encoding="utf-8")
    assert "draft: false" in (done.folder / "second.md").read_text(encoding="utf-8")
    assert "[A \\[second\\] one](second.md)" in (done.folder / "index.md").read_text("utf-8")

    (done.folder / "mine.md").write_text("mine", encoding="utf-8")
    (desk.ws.paths.faq / "second.md").unlink()
    publish_article(desk.ws, "export-list")
    export_faq(desk.ws, done.folder)
    assert sorted(path.name for path in done.folder.iterdir()) == [
        LIST, "export-list.md", PAGE, "index.md", "mine.md",
    ]  # fmt: skip
    (done.folder / LIST).unlink()
    with pytest.raises(BadInput, match="no export wrote it, so it stays"):
        export_faq(desk.ws, done.folder)
