"""HTML mail becomes text one can read in a terminal."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.mime.html import html_to_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<ul><li>a<li>b<ul><li>c</ul></ul>", "- a\n- b\n  - c"),
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        ("<table><tr><th>A<th>B<tr><td>1<td>2</table>", "A   B\n1   2"),
        ("<pre>x = 1\n  y = 2</pre>", "x = 1\n  y = 2"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>c", "> a\n>\n> > b\n\nc"),
        ("a &lt;b&gt; &amp; &eacute;", "a <b> & é"),
        ("<p>a<style>p{}</style><script>x</script><!-- c --></p>", "a"),
        ('<div style="display:none">pre</div>shown', "shown"),
        ('<div style="font-size:0">gone<span style="font-size:12px">kept</span></div>', "kept"),
        ('<p style="color:#fff;background:#fff">pale</p>dark', "dark"),
        ('<img alt="Logo"><img alt="px" width="1" height="1">', "[Logo]"),
        ('<a href="https://a.test/x">https://a.test/x</a>', "https://a.test/x"),
        ('<a href="https://a.test/x">here</a>', "here [1]\n\n[1] https://a.test/x"),
        ('<a href="mailto:a@b.test">a@b.test</a>', "a@b.test"),
        ('<a href="javascript:alert(1)">x</a>', "x"),
        ('<div id="divRplyFwdMsg"><b>From:</b> Ana</div>', "-----Original Message-----\nFrom: Ana"),
        ('<a href="https://a.test/x"><div>Pay</div></a>', "Pay [1]\n\n[1] https://a.test/x"),
        ('<a href="https://a.test/x"><img src=y></a>', "[picture] [1]\n\n[1] https://a.test/x"),
        ('<a href="https://a.test/x"><img src=y width=1 height=1></a>b', "b"),
        ('<a href="https://a.test/x"></a>b', "b"),
        ("<p>&nbsp;one</p><p>&nbsp;&nbsp;two</p>", "one\n\n\xa0\xa0two"),
        ("words <!-- never closed", "words never closed"),
        ("", ""),
    ],
)
def test_a_page_reads_like_the_letter_it_was(source: str, text: str) -> None:
    assert html_to_text(source).strip() == text


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display: none !important">PRE</div>',
        '<div style="max-height:0px;overflow:hidden">PRE</div>',
        '<div style="height:0;overflow:hidden">PRE</div>',
        '<span style="font-size:1px;line-height:1px">PRE</span>',
        '<div style="opacity:0">PRE</div>',
        '<div style="visibility:hidden">PRE</div>',
        '<span style="mso-hide:all">PRE</span>',
        '<div style="position:absolute;left:-9999px">PRE</div>',
        '<div style="clip:rect(0,0,0,0)">PRE</div>',
        "<div hidden>PRE</div>",
        '<table bgcolor="#FFFFFF"><tr><td><font color="white">PRE</font></td></tr></table>',
        '<div style="background-color:#fff"><span style="color:#FFFFFF">PRE</span></div>',
        '<style>p{x:y} .pre, div.other{display:none}</style><div class="a Pre">PRE</div>',
        '<img src="https://t.test/px" width="1" height="1" alt="PRE">',
        "<!-- PRE -->",
        "<!--[if mso]><p>PRE</p><![endif]-->",
        "<title>PRE</title>",
    ],
)
def test_what_a_mail_hides_is_not_read(hidden: str) -> None:
    assert html_to_text(f"{hidden}<p>seen</p>").strip() == "seen"


@pytest.mark.parametrize(
    "shown",
    [
        '<div style="display:block">seen</div>',
        '<style>@media (max-width:600px){.wide{display:none}}</style><p class="wide">seen</p>',
        '<table bgcolor="#fff"><tr><td bgcolor="#00f"><font color="#fff">seen</font></table>',
        '<style>.btn{background:#00f}</style><div style="background:#fff">'
        '<a class="btn" style="color:#fff">seen</a></div>',
        '<div style="background:#fff;color:#fff"><b style="color:#000">seen</b></div>',
        '<p style="font-size:1em">seen</p>',
        '<p style="color:#fff">seen</p>',
        '<div style="line-height:0;max-height:100px">seen</div>',
        "<!--[if !mso]><!-->seen<!--<![endif]-->",
        "seen" + "&zwnj;&nbsp;" * 40,
        '<div style="height:0"><br></div>seen',
    ],
)
def test_what_a_mail_shows_is_read(shown: str) -> None:
    assert html_to_text(shown).strip() == "seen"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            "<tr><td><p>Plan</p></td><td></td><td><p>$ 9.00</p></td></tr>"
            "<tr><td><p>Second seat</p></td><td></td><td><p>$ 4.00</p></td></tr>",
            "Plan          $ 9.00\nSecond seat   $ 4.00",
        ),
        ("<tr><td>Message:</td><td>one<br>two</td></tr>", "Message:\none\ntwo"),
        (f"<tr><td>{'a' * 70}</td><td>{'b' * 70}</td></tr>", f"{'a' * 70}\n{'b' * 70}"),
        (
            "<tr><td><table><tr><td>in</td><td>ner</td></tr></table></td><td>right</td></tr>",
            "in   ner   right",
        ),
        ("<tr><td><p>left</p><p>column</p></td><td>right</td></tr>", "left\n\ncolumn\n\nright"),
        ("<tr><td>1</td><td>2</td></tr><tr><td>one cell</td></tr>", "1   2\none cell"),
    ],
)
def test_a_table_of_data_keeps_its_rows_and_one_of_layout_falls_apart(
    source: str, text: str
) -> None:
    assert html_to_text(f"<table>{source}</table>").strip() == text
    quoted = html_to_text(f"<blockquote><table>{source}</table></blockquote>").strip()
    assert quoted == "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


@pytest.mark.parametrize(
    "shown",
    [
        "color:rgb(34,34,34);background-color:rgb(255, 255, 255)",
        "background-color: rgb(247, 248, 250); color: rgb(51 51 51 / 1)",
    ],
)
def test_colours_in_three_numbers_are_told_apart(shown: str) -> None:
    assert html_to_text(f'<span style="{shown}">words</span>') == "words"
    assert html_to_text('<p style="color:rgb(255,255,255);background:#fff">pale</p>') == ""


def test_a_table_of_a_page_without_a_doctype_begins_with_the_colour_of_the_page() -> None:
    page = "<table bgcolor=white><tr><td><font color=white><table><tr><td>seen</table>"
    assert html_to_text(page) == "seen"
    assert html_to_text(f"<!DOCTYPE html>{page}") == ""


def test_a_list_counts_from_where_it_starts() -> None:
    assert html_to_text('<ol start="3"><li>c<li>d</ol>') == "  3. c\n  4. d".replace("  ", "")


def test_a_link_that_lies_tells_where_it_leads() -> None:
    text = html_to_text('<a href="http://evil.test/login">https://bank.test/login</a>')
    assert "http://evil.test/login (leads to evil.test)" in text


def test_a_name_before_the_at_of_a_link_does_not_hide_its_domain() -> None:
    assert "(leads to evil.test)" in html_to_text('<a href="http://bank.test@evil.test/">x</a>')


@pytest.mark.parametrize(
    "source",
    [
        "<ul><li>" * 20_000,
        "<a " * 5_000,
        "<!--" * 24_000,
        "<p " + " ".join(f"a{n}=1" for n in range(40_000)) + ">",
        "<b></i>" * 60_000,
        "<td>x" * 60_000 + "<br>" * 60_000,
        "<blockquote>" * 900 + "<p>x" * 1_000,
        "&#" + "9" * 5_000 + ";",
        "<style>" * 8_000,
    ],
)
def test_a_hostile_page_is_small_and_quick(source: str) -> None:
    started = perf_counter()
    text = html_to_text(source)
    assert perf_counter() - started < 2.0
    assert len(text) < 1_000_000


def test_words_of_a_page_too_deep_to_parse_are_kept() -> None:
    assert "needle" in html_to_text("<div>" * 5_000 + "needle")


TAGS = [
    "p", "div", "br", "ul", "ol", "li", "pre", "table", "tr", "td", "th", "blockquote", "a", "b",
    "hr",
]  # fmt: skip
PIECES = [
    *(f"<{tag}>" for tag in TAGS),
    *(f"</{tag}>" for tag in TAGS),
    '<a href="https://a.test">', '<a href="http://[">', '<a href="mailto:">', '<img alt="x">',
    '<p style="font-size:0">', '<p style="color:red;background:red">', "word", " ", "\n", "&#27;",
    "<", "<!--", "-->", "\x00", "\ud800", "<pre>\n\n", "<svg>", "<template>",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_order_of_elements_makes_it_raise(source: str) -> None:
    assert html_to_text(source).count("word") <= source.count("word")


@given(st.text(alphabet="<>/abp =\"'&;#!-\n\x00", max_size=120))
def test_no_page_makes_it_raise(source: str) -> None:
    assert isinstance(html_to_text(source), str)
