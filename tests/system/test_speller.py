"""The machine's spelling program is asked; whatever it does, nobody waits for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from founder_inbox.system import speller
from founder_inbox.system.speller import Speller

AFFIXES = "SET UTF-8\nTRY esianrtolcdugmphbyfvkwzäöüß\n"


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """What is found on this machine is remembered for the life of a process."""
    forget()
    yield
    forget()


def forget() -> None:
    speller.spelling_program.cache_clear()
    speller.dictionaries.cache_clear()


@pytest.fixture
def asking() -> Iterator[Speller]:
    made = Speller()
    yield made
    made.close()


@pytest.fixture
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two dictionaries of our own, so that the answers are known."""
    for name, words in (
        ("en_US", ["receive", "the", "message"]),
        ("de_DE", ["Rechnung", "größer"]),
    ):
        (tmp_path / f"{name}.aff").write_text(AFFIXES)
        (tmp_path / f"{name}.dic").write_text("\n".join([str(len(words)), *words]) + "\n")
    monkeypatch.setenv("DICPATH", str(tmp_path))
    return tmp_path


def stand_in(folder: Path, body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that misbehaves as no real one can be made to."""
    program = folder / "hunspell"
    program.write_text(
        f'#!/bin/sh\nif [ "$1" = -D ]; then echo /x/en_US >&2; exit; fi\necho ready\n{body}\n'
    )
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


@pytest.mark.usefixtures("books")
def test_unknown_words_come_with_what_is_alike(asking: Speller) -> None:
    found = asking.suggestions(["recieve", "the", "xyzzyq"], ["en"])
    assert found["recieve"][0] == "receive"
    assert found["xyzzyq"] == ()
    assert found.keys() == {"recieve", "xyzzyq"}


@pytest.mark.usefixtures("books")
def test_a_word_of_either_language_is_right(asking: Speller) -> None:
    found = asking.suggestions(["Rechnugn", "größer", "message"], ["de", "en"])
    assert found == {"Rechnugn": ("Rechnung",)}


@pytest.mark.usefixtures("books")
def test_without_a_dictionary_nothing_is_asked(asking: Speller) -> None:
    assert asking.suggestions(["recieve"], ["xx", "en"]) == {}
    assert asking.suggestions(["recieve"], []) == {}


def test_without_a_program_nothing_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asking: Speller
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert asking.suggestions(["recieve"], ["en"]) == {}


@pytest.mark.parametrize("body", ["exec sleep 60", "exit 1", "head -c 9 >/dev/null", "exec cat"])
def test_a_program_that_hangs_dies_or_babbles_is_asked_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asking: Speller, body: str
) -> None:
    stand_in(tmp_path, body, monkeypatch)
    monkeypatch.setattr(speller, "_SECONDS", 0.3)
    assert asking.suggestions(["recieve", "teh"], ["en"]) == {}
    assert asking.suggestions(["mesage"], ["en"]) == {}


def test_of_several_countries_the_founder_s_own_is_chosen(
    books: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("en_GB", "de_AT"):
        for ending in ("aff", "dic"):
            (books / f"{name}.{ending}").write_bytes((books / f"en_US.{ending}").read_bytes())
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    found = speller.dictionaries()
    assert (found["en"], found["de"]) == ("en_GB", "de_DE")


@pytest.mark.usefixtures("books")
def test_who_asks_after_the_end_starts_no_program(asking: Speller) -> None:
    asking.close()
    assert asking.suggestions(["recieve"], ["en"]) == {}
