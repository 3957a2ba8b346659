"""An answer becomes a canned reply, and files of replies are looked through."""

import pytest

from founder_inbox.core.letters.canned import fill, parse_reply
from founder_inbox.core.letters.placeholders import render
from founder_inbox.core.letters.reply_files import check_files
from founder_inbox.core.letters.saved_reply import SavedReply, file_text, reusable_words
from founder_inbox.core.model import Lane

BODY = "Hi Tom,\n\nthe export works again, Tom. Tom Okafor's file was odd; tomorrow is fine.\n\nAna"


def saved(body: str = BODY, name: str = "Tom Okafor", language: str = "en") -> str:
    return reusable_words(body, name, ("Ana", "Ana from Acme"), language)


def test_greeting_signature_and_the_customers_name_are_left_out() -> None:
    assert saved() == (
        "the export works again, {{ first_name | there }}. {{ first_name | there }}'s file was "
        "odd; tomorrow is fine."
    )


@pytest.mark.parametrize(
    ("said", "kept", "to_jonas", "to_nobody"),
    [
        (
            "danke, Jonas!",
            "danke{{ if first_name }}, {{ first_name }}{{ end }}!",
            "danke, Jonas!",
            "danke!",
        ),
        (
            "Jonas, das geht so:",
            "{{ if first_name }}{{ first_name }}, {{ end }}das geht so:",
            "Jonas, das geht so:",
            "das geht so:",
        ),
        (
            "Das hat Jonas gefunden.",
            "Das hat {{ first_name }} gefunden.",
            "Das hat Jonas gefunden.",
            "Das hat {{ first_name }} gefunden.",
        ),
    ],
)
def test_in_german_the_comma_goes_with_the_name(
    said: str, kept: str, to_jonas: str, to_nobody: str
) -> None:
    assert saved(f"Hallo Jonas,\n\n{said}\n\nAna", "Jonas Brandt", "de") == kept
    assert render(kept, {"first_name": "Jonas"}).text == to_jonas
    assert render(kept, {}).text == to_nobody


@pytest.mark.parametrize("name", ["", "ACME GmbH", "T", "(.*"])
def test_a_name_that_is_nobodys_changes_nothing(name: str) -> None:
    assert saved("It works, (.* T ACME.", name) == "It works, (.* T ACME."


def test_braces_and_quoted_lines_of_a_mail_do_no_harm() -> None:
    words = saved("Hi Tom,\n\nwrite {{ x }} there.\n> {{ y }}\n\nAna")
    head = SavedReply(name="braces", title="a\nb: c", lane=Lane.HOWTO, language="en")

    found = parse_reply(file_text(head, words), "braces.en.md")

    assert found.title == "a b: c"
    assert found.lanes == (Lane.HOWTO,)
    assert fill(found, {}).text == "write { { x } } there."


def test_an_answer_with_its_own_full_stop_makes_no_second_one() -> None:
    reply = parse_reply("---\nname: a\n---\nIt is {{ ask.x: What? }}. Wait ...\n", "a.md")
    assert fill(reply, {"x": "fixed."}).text == "It is fixed. Wait ..."


GOOD = "---\nname: glad\nlanguage: en\nkeys: works\n---\nThank you, it is good that you wrote.\n"


@pytest.mark.parametrize(
    ("files", "words", "grave"),
    [
        ({"a.md": "no head"}, "begins with a line ---", True),
        ({"a.md": "---\nname: a\n---\n{{ frist_name }}\n"}, "did you mean first_name", True),
        ({"a.md": "---\nname: a\nname: b\n---\nx\n"}, "name stands here twice", True),
        ({"glad.en.md": GOOD, "a.md": GOOD}, "glad in en is in glad.en.md too", True),
        (
            {"a.md": "---\nname: a\n---\nDas ist gut, und ich danke Ihnen für die Mail.\n"},
            "the head says no language, which means en, and the text reads like de",
            True,
        ),
        (
            {"b.de.md": GOOD.replace("en", "de", 1), "a.md": GOOD.replace("glad", "odd")},
            "odd is there in en and not in de",
            False,
        ),
        ({"glad.en.md": GOOD, "a.md": GOOD.replace("glad", "odd")}, "also finds glad.en", False),
    ],
)
def test_what_is_wrong_with_a_file_is_said(files: dict[str, str], words: str, grave: bool) -> None:
    found = [one for one in check_files(files, {"a.md"}) if words in one.words]
    assert [(one.file, one.grave) for one in found] == [("a.md", grave)]


def test_only_the_founders_own_files_are_spoken_of() -> None:
    assert check_files({"glad.en.md": GOOD, "b.md": "broken"}, set()) == ()
