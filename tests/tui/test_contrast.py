"""What is written can be read: WCAG 2.2 contrast of every letter on the screen, theme by theme."""

import pytest
from rich.color import Color

from founder_inbox.tui.widgets.theme import CONTRAST, DARK, LIGHT
from tests.tui.conftest import Session, Start

RULES = frozenset("─│▏▕▁▂▃▄▅▆▇█░▌┊╭╮╰╯━┃▔ ")
SCREENS: dict[str, list[str]] = {
    "queue": ["2"],
    "ticket": ["2", "enter"],
    "search field": ["slash"],
    "search": ["slash", *"refund"],
    "selected": ["3", "X"],
    "help": ["question_mark"],
    "sweep": ["g", "t"],
    "snooze": ["b"],
    "composer": ["2", "r"],
}


def luminance(color: Color) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [part / 255 for part in color.get_truecolor()]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def ratio(one: Color, other: Color) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def too_faint(session: Session, least: float) -> set[str]:
    """Every piece of text whose contrast is less, with it."""
    found = set()
    for strip in session.app.screen._compositor.render_strips():
        for text, style, _control in strip:
            if not style or not set(text) - RULES or not style.color or not style.bgcolor:
                continue
            reached = ratio(style.color, style.bgcolor)
            if reached < least:
                found.add(f"{text.strip()[:40]!r} {reached:.1f}")
    return found


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize(
    ("theme", "least"), [(CONTRAST.name, 7.0), (DARK.name, 4.5), (LIGHT.name, 4.5)]
)
async def test_every_letter_has_the_contrast_its_theme_promises(
    start: Start, theme: str, least: float, screen: str
) -> None:
    async with start() as session:
        session.app.theme = theme
        await session.press(*SCREENS[screen])

        assert too_faint(session, least) == set()


def test_the_measure_knows_black_and_white() -> None:
    assert ratio(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21)
