"""The thank-you jar: one true sentence of praise for a grey day (handbook ch. 4)."""

import json
from datetime import datetime

from founder_inbox.app.queue.temper import tone_rules
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.burnout import Level, Reading
from founder_inbox.core.hours.time_words import describe_moment
from founder_inbox.core.letters.greeting import first_name
from founder_inbox.core.tone.praise import Praise, best_praise, choose
from founder_inbox.store.praise import closed_thank_yous
from founder_inbox.store.settings import get_setting, set_setting

_SHOWN = "jar_shown"
_LOOKED_AT = 300
_REMEMBERED = 60


def praise_jar(ws: Workspace) -> list[Praise]:
    """Every sentence in the jar, the newest first: of thank-yous that were closed, as written."""
    rules = tone_rules("praise")
    found = []
    for mail in closed_thank_yous(ws.store, _LOOKED_AT):
        sentence = safe_line(best_praise(mail.text, rules))
        if sentence:
            name = safe_line(first_name(mail.name) or "")
            found.append(Praise(mail.message_id, mail.ticket, name, mail.at, sentence))
    return found


def take_praise(ws: Workspace) -> Praise | None:
    """One sentence to show now; remembered, so that it does not come twice in a row."""
    shown = _shown(ws)
    praise = choose(praise_jar(ws), shown)
    if praise is not None:
        with ws.store.write():
            set_setting(ws.store, _SHOWN, json.dumps([*shown, praise.key][-_REMEMBERED:]))
    return praise


def praise_words(praise: Praise, now: datetime, ws: Workspace) -> str:
    """A sentence of the jar with its writer: “You made my week.” Rosa, Monday 06:10."""
    who = praise.name or "A customer"
    return f"“{praise.sentence}” {who}, {describe_moment(praise.at, now, ws.hours.zone)}."


def praise_words_for(ws: Workspace, reading: Reading, now: datetime) -> str:
    """A sentence from the jar when the week was too much; empty in a calm one, or without any."""
    if reading.level is Level.CALM:
        return ""
    # Who asks gets one, even if it was shown a moment ago.
    praise = take_praise(ws) or next(iter(praise_jar(ws)), None)
    return praise_words(praise, now, ws) if praise else ""


def _shown(ws: Workspace) -> list[str]:
    try:
        kept = json.loads(get_setting(ws.store, _SHOWN) or "[]")
    except ValueError:
        return []
    return [str(key) for key in kept] if isinstance(kept, list) else []
