"""The colours: calm and warm, dark and light, and the terminal's own."""

from collections.abc import Mapping

from textual.theme import Theme

DARK = Theme(
    name="evening",
    primary="#8fb4d9",
    secondary="#6f8296",
    accent="#e0b56e",
    warning="#e8b04c",
    error="#f08a7e",
    success="#93c28d",
    foreground="#dfe1e6",
    background="#171a20",
    surface="#1c2027",
    panel="#232831",
    boost="#2a303a",
    dark=True,
    variables={
        "text-muted": "#98a1ae",
        "line": "#39414e",
        "resting": "#262c36",
        "block-cursor-text-style": "bold",
    },
)
LIGHT = Theme(
    name="morning",
    primary="#1f5c99",
    secondary="#5f6f80",
    accent="#8a5200",
    warning="#8f5600",
    error="#b3261e",
    success="#2c6e3f",
    foreground="#22262c",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e9e6df",
    boost="#e2ded5",
    dark=False,
    variables={
        "text-muted": "#5c636d",
        "line": "#cfcac0",
        "resting": "#e6e2d9",
        "block-cursor-text-style": "bold",
    },
)
# For tired eyes and bright rooms: every text at 7:1 and more (WCAG AAA).
CONTRAST = Theme(
    name="contrast",
    primary="#7cc7ff",
    secondary="#d0d0d0",
    accent="#ffd75f",
    warning="#ffd75f",
    error="#ff9d94",
    success="#8ff0a4",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    boost="#262626",
    dark=True,
    variables={
        "text-muted": "#d0d0d0",
        "line": "#8a8a8a",
        "resting": "#303030",
        "block-cursor-text-style": "bold",
    },
)
# What the terminal's own themes don't know of.
PLAIN = {"line": "ansi_default", "resting": "ansi_default"}
NAMES = (DARK.name, LIGHT.name, CONTRAST.name, "ansi-dark", "ansi-light")


def first_theme(saved: str | None, environment: Mapping[str, str]) -> str:
    """The theme to start with: the one chosen last, the terminal's own where NO_COLOR is set."""
    if environment.get("NO_COLOR"):
        return "ansi-dark"
    return saved if saved in NAMES else DARK.name


def next_theme(current: str) -> str:
    """The theme after this one."""
    at = NAMES.index(current) if current in NAMES else -1
    return NAMES[(at + 1) % len(NAMES)]
