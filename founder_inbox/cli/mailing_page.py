"""Mails to several people, as words."""

from collections.abc import Sequence

from founder_inbox.app.sending.mailing import Letter
from founder_inbox.core.display import safe_line, safe_text
from founder_inbox.core.hours.time_words import counted


def letters_page(written: Sequence[Letter], *, sent: bool) -> str:
    """What became of them, or how they would read."""
    good = [one for one in written if not one.trouble]
    stuck = [one for one in written if one.trouble]
    bad = [f"{one.person} gets nothing: {safe_line(one.trouble, 300)}" for one in stuck]
    if sent:
        head = f"On their way: {counted(len(good), 'mail')}. founder-inbox undo takes them back."
        return "\n".join([head, *bad])
    shown = [f"To {one.person}\n\n{safe_text(one.body)}" for one in good]
    return "\n\n".join([*shown, *bad, "Nothing was sent. With --yes they leave."])
