"""What the sorter has learned from this founder: made from journal and mails, kept until stale."""

import hashlib

from founder_inbox.core.lanes.learning import Adjustment, Lesson, from_text, learn, to_text
from founder_inbox.core.lanes.rules import Rules
from founder_inbox.core.mime import quotes
from founder_inbox.core.tickets.journal import EventKind, effective
from founder_inbox.store.database import Store
from founder_inbox.store.events import events_of_kinds
from founder_inbox.store.lessons import SortedMail, count_moves, mails_left_in_place, moved_mails
from founder_inbox.store.settings import get_setting, set_setting

LEARNED, LEARNED_FROM = "learned", "learned_from"
METHOD = 1  # raised when the same mails would teach something else
MOST_MOVED = 700  # the newest; older ones are old habits
LEFT_FOR_EACH = 4  # mails left in place to weigh against each moved one
MOST_LEFT = 400


class Learned:
    """The founder's corrections as the sorter uses them. One per connection."""

    def __init__(self, store: Store, rules: Rules) -> None:
        """Nothing is read before the first mail is sorted."""
        self._store, self._rules = store, rules
        self._seen: tuple[int, str] | None = None
        self._adjustment = Adjustment()

    def now(self) -> Adjustment:
        """What is learned by now: a move, or its undoing, counts from the next mail on."""
        seen = count_moves(self._store)
        if seen != self._seen:
            self._adjustment = self._renew()
            self._seen = seen
        return self._adjustment

    def _renew(self) -> Adjustment:
        """Take what is kept where it was learned from the same moves and rules, else learn."""
        events = effective(events_of_kinds(self._store, EventKind.LANE, EventKind.UNDONE))
        moved = moved_mails(self._store, events)[-MOST_MOVED:]
        if not moved:
            self._keep(Adjustment(), "")
            return Adjustment()
        origin = _fingerprint(moved, self._rules)
        if get_setting(self._store, LEARNED_FROM) == origin:
            return from_text(get_setting(self._store, LEARNED) or "")
        left = mails_left_in_place(self._store, min(MOST_LEFT, LEFT_FOR_EACH * len(moved)))
        lessons = [_lesson(mail, moved=True) for mail in moved]
        lessons += [_lesson(mail, moved=False) for mail in left]
        learned = learn(lessons, self._rules)
        self._keep(learned, origin)
        return learned

    def _keep(self, learned: Adjustment, origin: str) -> None:
        """Put it by; where nothing is left to learn from, no word of old mails stays behind."""
        if get_setting(self._store, LEARNED_FROM) in (None, origin) and not learned:
            return
        with self._store.write():
            set_setting(self._store, LEARNED, to_text(learned))
            set_setting(self._store, LEARNED_FROM, origin)


def _lesson(mail: SortedMail, *, moved: bool) -> Lesson:
    return Lesson(mail.subject, quotes.said(mail.new_text, mail.signature), mail.lane, moved)


def _fingerprint(moved: list[SortedMail], rules: Rules) -> str:
    digest = hashlib.sha256(f"{METHOD}\0{rules.rules!r}".encode())
    digest.update(rules.weights.encode())
    for mail in sorted(moved, key=lambda one: one.key):
        digest.update(f"\0{mail.key}\0{mail.lane}".encode())
    return digest.hexdigest()
