"""The pictures in the docs show the app as it is."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
from textual.screen import Screen

from founder_inbox import tui
from tests.docs.pages import DOCS
from tests.generate_pictures import ALL, PICTURES, draw, words_in

LOADS = re.compile(r"\b(?:href|src)=|url\((?!#t-)|@font-face|@import")


def screens(kind: type[Screen[object]] = Screen) -> Iterator[str]:
    """The names of the mailbox's screens: those nothing is derived from, without a tool's own."""
    derived = kind.__subclasses__()
    ours = kind.__module__.startswith(tui.__name__) and not kind.__name__.startswith("_")
    if not derived and ours:
        yield kind.__name__
    for one in derived:
        yield from screens(one)


def test_every_picture_is_there_and_loads_nothing_from_elsewhere() -> None:
    for picture in ALL:
        svg = (PICTURES / f"{picture.name}.svg").read_text(encoding="utf-8")

        assert LOADS.search(svg) is None, picture.name


def test_no_picture_is_left_over() -> None:
    drawn = {picture.name for picture in ALL} | {"setup"}

    assert {path.stem for path in PICTURES.iterdir()} == drawn


def test_every_picture_that_a_page_shows_is_there() -> None:
    shown = {
        (page.parent / to).resolve()
        for page in DOCS.rglob("*.md")
        for to in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
    }

    assert [path for path in shown if not path.is_file()] == []


def test_every_screen_has_its_picture() -> None:
    for module in pkgutil.walk_packages(tui.__path__, f"{tui.__name__}."):
        importlib.import_module(module.name)

    assert set(screens()) - {picture.screen for picture in ALL} == set()


@pytest.mark.parametrize("name", ["queue", "customer", "wrap-up"])
async def test_a_picture_is_as_the_app_draws_it(name: str) -> None:
    picture = next(picture for picture in ALL if picture.name == name)
    kept = (PICTURES / f"{name}.svg").read_text(encoding="utf-8")

    assert words_in(await draw(picture)) == words_in(kept)
