"""Whether a mail has our words in it."""

from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.tickets.quoting import RUN, probes, quotes_any, runs

OURS = "Hi Tom,\n\nthe export needs the column you took out last week, so put it back first.\n\nAna"


def test_our_words_are_known_rewrapped_and_behind_marks() -> None:
    rewrapped = (
        "Thanks!\n> > the export needs the column\n> > you took out last week, so put\n> > it back"
    )

    assert quotes_any(rewrapped, ["something else", OURS])


def test_a_greeting_or_a_few_words_are_nobodys() -> None:
    assert not quotes_any("> Hi Tom,\n> the export needs the column", [OURS])
    assert not quotes_any("", [OURS])
    assert not quotes_any(OURS, [])


def test_the_longest_lines_are_searched_for_first() -> None:
    first, *rest = probes(f"{OURS}\n> one two three four five six seven eight\n")

    assert first == "the export needs the column you took out"
    assert rest == ["one two three four five six seven eight"]
    assert probes("Hi Tom,\nyes.\n") == []


@given(st.text(max_size=300))
def test_any_text_quotes_itself_where_it_is_long_enough(text: str) -> None:
    assert quotes_any(text, [text]) == bool(runs(text))
    assert all(len(run) == RUN for run in runs(text))
    assert len(probes(text)) <= 4
