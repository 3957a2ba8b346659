"""Answers that somebody wrote into our text in another colour, as Outlook's users do."""

import pytest

from founder_inbox.core.mime.html import html_to_text
from founder_inbox.core.mime.html_style import plain_colour, tone
from founder_inbox.core.mime.quotes import split
from founder_inbox.core.mime.reader import parse

_HEAD = """<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">
<p class=MsoNormal><b>From:</b> Maya &lt;help@ours.test&gt;<br><b>Sent:</b> Monday, March 2, 2026
10:14<br><b>To:</b> Ana Ruiz<br><b>Subject:</b> RE: Import<o:p></o:p></p></div>
<p class=MsoNormal>Which version do you run?<o:p></o:p></p>{first}
<p class=MsoNormal>Does it happen with every file?{second}<o:p></o:p></p>
<p class=MsoNormal>Maya<o:p></o:p></p>"""
_RED = (
    '<p class=MsoNormal><span style="color:red">Version 4.2, from the store.<o:p></o:p></span></p>'
)


def outlook(top: str, first: str = "", second: str = "") -> str:
    return f"<p class=MsoNormal>{top}<o:p></o:p></p>{_HEAD.format(first=first, second=second)}"


@pytest.mark.parametrize("top", ["See my answers in red.", "Hi Maya,"])
@pytest.mark.parametrize(
    ("mark", "name"),
    [
        ("style='color:red'", "red"),
        ('style="font-size:11.0pt;color:#C00000"', "red"),
        ('style="color:rgb(0, 112, 192)"', "blue"),
        ("style='background:yellow;mso-highlight:yellow'", "highlighted"),
        ("style='color:#00B050'", "green"),
    ],
)
def test_a_coloured_line_in_a_quotation_is_an_answer(top: str, mark: str, name: str) -> None:
    answer = f"<p class=MsoNormal><span {mark}>Version 4.2, from the store.</span></p>"
    parts = split(html_to_text(outlook(top, answer)), (), "Ana Ruiz")
    assert parts.interleaved
    assert f"[{name}] Version 4.2, from the store." in parts.new_text
    assert "Which version do you run?" in parts.quoted


def test_the_coloured_end_of_a_question_is_an_answer_on_a_line_of_its_own() -> None:
    second = ' <font color="#FF0000">Only with large ones.</font>'
    parts = split(html_to_text(outlook("Hi Maya,", second=second)), (), "Ana Ruiz")
    assert parts.new_text.endswith("[red] Only with large ones.")
    assert "Does it happen with every file?\n" in f"{parts.quoted}\n"


def test_an_answer_inside_a_blockquote_leaves_it() -> None:
    page = (
        "<p>Hi</p><blockquote><p>Which version?</p><p style='color:red'>4.2</p>"
        "<p>Every file?</p><p style='color:red'>No, large ones.</p></blockquote>"
    )
    parts = split(html_to_text(page))
    assert parts.interleaved
    assert "[red] No, large ones." in parts.new_text
    assert "Which version?" not in parts.new_text


def test_the_coloured_version_is_shown_although_a_plain_one_says_the_same() -> None:
    html = outlook("Hi Maya,", _RED)
    plain = (
        "Hi Maya,\n\nFrom: Maya <help@ours.test>\nSent: Monday, March 2, 2026 10:14\nTo: Ana Ruiz\n"
        "Subject: RE: Import\n\nWhich version do you run?\nVersion 4.2, from the store.\n"
        "Does it happen with every file?\nMaya\n"
    )
    raw = (
        "From: ana@ruiz.test\nContent-Type: multipart/alternative; boundary=b\n\n"
        f"--b\nContent-Type: text/plain\n\n{plain}\n--b\nContent-Type: text/html\n\n{html}\n--b--\n"
    )
    mail = parse(raw.encode())
    assert "[red] Version 4.2, from the store." in mail.new_text
    assert mail.interleaved


@pytest.mark.parametrize(
    "page",
    [
        "<p style='color:red'>Nothing is quoted here</p><p>at all</p>",
        "<p>Hi</p><blockquote><p style='color:red'>a red letter</p>"
        "<p style='color:red'>red all over</p></blockquote>",
        outlook("Hi", '<p><a href="https://a.test/" style="color:blue">a link</a></p>'),
        outlook("Hi", '<p style="color:#1F497D">the dark blue of Outlook</p>'),
        outlook("Hi", '<p style="color:#222222">nearly black</p>'),
    ],
)
def test_colours_that_mean_nothing_are_not_marked(page: str) -> None:
    text = html_to_text(page)
    assert not any(f"[{name}]" in text for name in ("red", "blue", "highlighted", "purple"))


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ("Red", "red"),
        ("#c00", "red"),
        ("rgb(0,176,80)", "green"),
        ("#7030A0", "purple"),
        ("#ED7D31", "orange"),
        ("fuchsia", "pink"),
        ("#1F497D", ""),
        ("#500050", ""),
        ("windowtext", ""),
        ("rgb(999,0,0)", "red"),
        ("#12", ""),
    ],
)
def test_a_colour_has_the_name_that_people_use(colour: str, name: str) -> None:
    assert tone(plain_colour(colour)) == name
