"""The week as Markdown: parts with nothing are left out, and foreign words stay words."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from founder_inbox.core.metrics.digest import Digest, Gained, Said, Took, digest_page, escaped
from founder_inbox.core.metrics.figures import Record, Spread, read_figures
from founder_inbox.core.metrics.openings import Openings

START, END = datetime(2026, 11, 16, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC)
NOTHING = read_figures(Record(()), START, END, Openings(()), END)
QUIET = Digest(date(2026, 11, 16), date(2026, 11, 22), NOTHING, NOTHING, (), (), (), (), (), "")
FULL = replace(
    QUIET,
    figures=replace(NOTHING, created=6, closed=5, first_answer=Spread(5, 1500, 7200)),
    about=[("billing", 2), ("ideas", 1)],
    causes=[
        Took("Rows with *two* addresses", "a bug", 3, timedelta(minutes=41)),
        Took("An old picture in the guide", "the docs", 1, timedelta(0)),
    ],
    said=[Said("Rosa", "k7f3q2d", "Why was I charged *twice*?")],
    ideas=[Gained("Dark mode", 2, 7), Gained("Old one", 0, 1)],
    thanks=[Said("Tom", "abcdefg", "You made my week.")],
    given="20 EUR",
)


def test_a_quiet_week_says_so() -> None:
    assert digest_page(QUIET) == (
        "# Support, 16 Nov to 22 Nov 2026\n\nA quiet week: nothing came in.\n"
    )


def test_a_full_week_has_every_part() -> None:
    page = digest_page(FULL)

    assert page.count("\n## ") == 6
    assert "- 6 questions came in (0 the week before), 5 closed.\n- 0 windows missed" in page
    assert "First answer: half within 25 min, nine of ten within 2 h 00 min." in page
    assert "- “Why was I charged \\*twice\\*?” Rosa (#k7f3q2d)" in page
    assert "- Rows with \\*two\\* addresses (a bug): 3 customers, 41 min of your time\n" in page
    assert "- An old picture in the guide (the docs): 1 customer\n" in page
    assert "- Dark mode: 7 customers, 2 new\n- Old one: 1 customer\n" in page


def test_what_a_customer_wrote_is_no_markup() -> None:
    hostile = "# Big\n<script>alert(1)</script> [x](http://evil.test) | `code` ![i](y)"

    assert escaped(hostile) == (
        "\\# Big \\<script\\>alert(1)\\</script\\> \\[x\\](http://evil.test) \\| \\`code\\` "
        "\\!\\[i\\](y)"
    )
