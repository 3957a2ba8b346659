"""The HTML beside a mail's text: what is drawn, and what can never be in it."""

from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from founder_inbox.app.sending import outbox, reply
from founder_inbox.app.sending.html_letter import html_letter
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.mime import reader
from founder_inbox.core.tickets.entry import Ticket
from tests.app.desk import Desk, mail

OpenDesk = Callable[[str], Desk]
WORDS = "Hi Tom,\n\nit **works** again:\n\n- the export\n- the import\n\nAna"
TAGS = {
    *("html", "head", "meta", "body", "p", "br", "strong", "em", "ul", "ol", "li", "a", "hr"),
    *("blockquote", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6"),
}
ATTRIBUTES = {"charset", "href", "type", "style", "start", "class"}


def looked_at(page: str) -> tuple[set[str], set[str], list[str]]:
    """The tags, the attributes, and where the links lead."""
    nodes = list(LexborHTMLParser(page).css("*"))
    attributes = {name for node in nodes for name in node.attributes}
    return (
        {n.tag or "" for n in nodes},
        attributes,
        [n.attributes["href"] or "" for n in nodes if "href" in n.attributes],
    )


def test_markdown_is_drawn_and_line_breaks_stay() -> None:
    page = html_letter(f"{WORDS}\nfrom Acme", "")

    assert "<strong>works</strong>" in page
    assert "<li>the export</li>" in page
    assert "<p>Ana<br />\nfrom Acme</p>" in page


def test_quoted_text_is_a_quotation_and_no_markdown() -> None:
    page = html_letter("Done.", "\n\nOn Monday, Tom wrote:\n> it **fails**\n>> & <b>why</b>\n> bye")

    assert page.count('<blockquote type="cite"') == page.count("</blockquote>") == 2
    assert "it **fails**<br>" in page
    assert "&amp; &lt;b&gt;why&lt;/b&gt;<br>" in page


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "<img src=http://evil.test/x.png>",
        "![x](http://evil.test/x.png)",
        "[x](javascript:alert(1))",
        "[x](data:text/html,hi)",
        "<javascript:alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
        "&lt;script&gt;",
        "a\n<div onclick=x>\nb",
        "Ana\n---",
    ],
)
def test_nothing_dangerous_or_remote_comes_out(words: str) -> None:
    tags, attributes, links = looked_at(html_letter(words, f"> {words}"))

    assert tags <= TAGS
    assert not tags & {"h1", "h2", "img", "script", "div"}
    assert attributes <= ATTRIBUTES
    assert set(links) <= {"http://evil.test/x.png"}  # to click on, not fetched


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_words_and_any_quote_give_only_plain_tags(words: str, below: str) -> None:
    tags, attributes, links = looked_at(html_letter(words, below))

    assert tags <= TAGS
    assert attributes <= ATTRIBUTES
    assert all(link.lower().startswith(("http://", "https://", "mailto:")) for link in links)


def test_links_lead_to_the_web_and_bare_ones_are_links_too() -> None:
    page = html_letter("[here](https://acme.test/a) or https://acme.test/b or acme.test", "")

    assert looked_at(page)[2] == ["https://acme.test/a", "https://acme.test/b"]


@pytest.fixture
def desk(open_desk: OpenDesk) -> Desk:
    """One ticket of Tom's."""
    fresh = open_desk("one")
    fresh.receive((3, mail("a")))
    return fresh


def sent(desk: Desk, format_: str) -> tuple[EmailMessage, bytes]:
    """A reply as it leaves with that setting."""
    sending = msgspec.structs.replace(desk.ws.config.sending, format=format_)
    config = msgspec.structs.replace(desk.ws.config, sending=sending)
    ws = Workspace(config, desk.ws.paths, desk.ws.store)
    [ticket] = desk.all()
    item = reply.queue_reply(ws, _as_now(desk, ticket), WORDS, desk.tick())
    raw = outbox.item_named(ws.store, item.id).mime
    parsed = message_from_bytes(raw, policy=modern)
    assert isinstance(parsed, EmailMessage)
    return parsed, raw


def _as_now(desk: Desk, ticket: Ticket) -> Ticket:
    return desk.ticket(ticket.id)


def test_plain_is_plain_and_both_has_the_same_text_with_html_beside_it(desk: Desk) -> None:
    plain, _ = sent(desk, "plain")
    both, raw = sent(desk, "both")
    text, page = both.get_body(("plain",)), both.get_body(("html",))

    assert plain.get_content_type() == "text/plain"
    assert both.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in both.iter_parts()] == ["text/plain", "text/html"]
    assert text is not None
    assert page is not None
    assert text.get_content() == plain.get_content()
    assert "<strong>works</strong>" in page.get_content()
    assert "Words of a" in page.get_content()
    assert reader.parse(raw).new_text.startswith("Hi Tom,\n\nit **works** again:")
