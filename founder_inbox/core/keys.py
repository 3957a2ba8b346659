"""The one registry of what keys do: it feeds dispatch, footer, help, palette and docs/keys.md.

Keys are spelled as people say them: `j`, `#`, `ctrl+p`, `space`; a sequence is two keys with a
space between, `g i`. Lower case is what Gmail and Superhuman users have in their fingers, capitals
are support verbs (contract, section 6).
"""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from founder_inbox.core.acts import Act
from founder_inbox.errors import ConfigError


class Group(StrEnum):
    """Where an action stands in the help."""

    MOVE = "Move"
    ANSWER = "Answer"
    TRIAGE = "Decide"
    GO = "Go to"
    FIND = "Find and help"
    COMPOSER = "In the composer"
    REVIEW = "Before it leaves"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a founder can do. `label` is the footer's word, `help` a sentence.

    `fixed`: the keys can't be given away, because a lost `enter` or `escape` locks people in.
    `pulls`: changes whose turn it is, which needs an open door.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    group: Group
    fixed: bool = False
    pulls: bool = False

    @property
    def needs(self) -> Act:
        """What the door has to let through."""
        return _NEEDS.get(self.id, Act.TRIAGE if self.pulls else Act.READ)


_NEEDS = {
    **dict.fromkeys(("open", "next_ticket", "previous_ticket"), Act.TAKE_NEXT),
    **dict.fromkeys(
        (
            "reply",
            "reply_all",
            "forward",
            "new_mail",
            "canned",
            "hand_off",
            "hand_off_to",
            "note",
            "customer_note",
            "fix_minutes",
            "tag",
            "save_reply",
        ),
        Act.DRAFT,
    ),
    **dict.fromkeys(("send", "send_close", "send_remind"), Act.DRAFT),
    # Building is not support: a quick fix may be begun and finished at any hour.
    **dict.fromkeys(
        ("quick_fix", "no_quick_fix", "promise", "promise_kept", "still_on_it"), Act.DRAFT
    ),
    "sync_now": Act.SEE_NEW,
    "rescue": Act.SEE_NEW,
    "send_now": Act.SEND,
}
_FIXED = frozenset({"up", "down", "left", "right", "enter", "escape"})
_MODIFIED = re.compile(r"(?:(?:ctrl|alt|shift|super)\+){1,3}[a-z0-9_]{1,20}")
_NAMED = _FIXED | {"space", "tab", "backspace", "delete", "insert", "home", "end"}
_NAMED |= {"pageup", "pagedown"} | {f"f{number}" for number in range(1, 13)}


def _action(
    id: str,  # noqa: A002 - the field's name
    keys: str,
    label: str,
    help: str,  # noqa: A002 - the field's name
    group: Group,
    *,
    pulls: bool = False,
) -> Action:
    spelled = tuple(key.strip() for key in keys.split("|") if key.strip())
    return Action(id, spelled, label, help, group, not {*spelled} - _FIXED and bool(spelled), pulls)


ACTIONS: tuple[Action, ...] = (
    _action("down", "j|down", "down", "The next ticket; in an open one, scroll down.", Group.MOVE),
    _action("up", "k|up", "up", "The ticket before; in an open one, scroll up.", Group.MOVE),
    _action("page_down", "pagedown|ctrl+d", "page down", "A screenful down.", Group.MOVE),
    _action("page_up", "pageup|ctrl+u", "page up", "A screenful up.", Group.MOVE),
    _action("first", "home|g g", "first", "The first line.", Group.MOVE),
    _action("last", "end|G", "last", "The last line.", Group.MOVE),
    _action("open", "enter|o", "open", "Open the ticket.", Group.MOVE),
    _action("back", "escape|u|q", "back", "Back to the list; in the list, out of it.", Group.MOVE),
    _action("next_message", "n", "next message", "The next message of the ticket.", Group.MOVE),
    _action(
        "previous_message", "p", "message before", "The message before it.", Group.MOVE
    ),
    _action("next_ticket", "]", "next ticket", "The next ticket; this one stays open.", Group.MOVE),
    _action("previous_ticket", "[", "ticket before", "The ticket before it.", Group.MOVE),
    _action("unfold", "space", "quotes", "Show or fold quoted text and signatures.", Group.MOVE),
    _action("attachments", "v", "files", "The ticket's files: open or save them.", Group.MOVE),
    _action("customer", "i", "who", "Who is writing, and what you know of them.", Group.MOVE),
    _action("customer_note", "I", "note them", "What is good to know of them.", Group.MOVE),
    _action("lane_thanks", "1", "thanks", "Jump to the thank-yous.", Group.MOVE),
    _action("lane_urgent", "2", "urgent", "Jump to what is urgent.", Group.MOVE),
    _action("lane_howto", "3", "how-to", "Jump to the how-do-I questions.", Group.MOVE),
    _action("lane_feature", "4", "ideas", "Jump to the ideas.", Group.MOVE),
    _action("reply", "r", "reply", "Reply to the customer.", Group.ANSWER),
    _action("reply_all", "a", "reply all", "Reply to everyone on the mail.", Group.ANSWER),
    _action(
        "forward", "f", "forward", "Pass the ticket on to somebody; the customer isn't told.",
        Group.ANSWER,
    ),
    _action("new_mail", "c", "new mail", "Write to somebody first.", Group.ANSWER),
    _action("canned", ";", "canned", "Reply with a canned reply.", Group.ANSWER),
    _action(
        "hand_off", "H", "hand off", "Hand to the teammate, with everything they need.",
        Group.ANSWER,
    ),
    _action(
        "hand_off_to", "g H", "hand off to", "Choose the teammate, and say why.", Group.ANSWER
    ),
    _action(
        "save_reply", "y", "keep as canned", "Make your answer here a canned reply.", Group.ANSWER
    ),
    _action(
        "still_on_it", "N", "still on it", "An update without news, with the next date.",
        Group.ANSWER,
    ),
    _action("note", "m", "note", "Write an internal note; no customer sees it.", Group.ANSWER),
    _action("done", "e", "done", "Done, and on to the next.", Group.TRIAGE, pulls=True),
    _action(
        "delete", "#", "delete", "Delete: into Trash, on the server too.", Group.TRIAGE, pulls=True
    ),
    _action(
        "spam", "!", "spam", "Spam: into Junk, on the server too; blocks the sender if you like.",
        Group.TRIAGE, pulls=True,
    ),
    _action(
        "reopen", "E", "reopen", "Open again, or take back from the teammate.",
        Group.TRIAGE, pulls=True,
    ),
    _action(
        "snooze", "b|h", "later", "Put off: tomorrow, fri 9, next window …",
        Group.TRIAGE, pulls=True,
    ),
    _action(
        "take_five", "B", "take five", "Put aside for five minutes, with its draft.",
        Group.TRIAGE, pulls=True,
    ),
    _action(
        "quick_fix", "Q", "quick fix", "Flag as fixed in 20 minutes; again: start; again: finish.",
        Group.TRIAGE,
    ),
    _action("promise", "P", "promise", "Keep a date that you gave in mind.", Group.TRIAGE),
    _action("fix_minutes", "t m", "estimate", "How long the quick fix will take.", Group.TRIAGE),
    _action("no_quick_fix", "t q", "no quick fix", "Take the quick-fix flag off.", Group.TRIAGE),
    _action(
        "promise_kept", "t p", "promise kept", "The ticket's promises are kept.", Group.TRIAGE
    ),
    _action("tag", "l", "tag", "Put a tag on, or take it off.", Group.TRIAGE),
    _action(
        "to_thanks", "t 1", "to thanks", "Move to the thank-yous; the sorter learns.",
        Group.TRIAGE, pulls=True,
    ),
    _action("to_urgent", "t 2", "to urgent", "Move to urgent.", Group.TRIAGE, pulls=True),
    _action("to_howto", "t 3", "to how-to", "Move to how-do-I.", Group.TRIAGE, pulls=True),
    _action("to_feature", "t 4", "to ideas", "Move to the ideas.", Group.TRIAGE, pulls=True),
    _action(
        "to_automatic", "t 0", "to machine mail", "Move to the machine mail.",
        Group.TRIAGE, pulls=True,
    ),
    _action(
        "merge", "M", "merge", "Merge with another ticket, or split the mail you read off.",
        Group.TRIAGE, pulls=True,
    ),
    _action("select", "x", "select", "Select; actions then take all selected.", Group.TRIAGE),
    _action(
        "select_all", "X", "select all", "Select all that stand here, or none again.", Group.TRIAGE
    ),
    _action("undo", "z", "undo", "Take the last act back, a reply on its way too.", Group.TRIAGE),
    _action(
        "outage", "O", "outage", "It is down: what we know, and telling everybody.",
        Group.ANSWER, pulls=True,
    ),
    _action("go_queue", "g i", "queue", "The queue: what we owe an answer.", Group.GO),
    _action("go_waiting", "g w", "waiting", "Tickets that wait for the customer.", Group.GO),
    _action("go_snoozed", "g s", "snoozed", "Tickets put off.", Group.GO),
    _action("go_handed_off", "g h", "handed off", "Tickets with the teammate.", Group.GO),
    _action("go_quick_fixes", "g q", "quick fixes", "Flagged quick fixes.", Group.GO),
    _action("go_promises", "g p", "promises", "What you promised, the earliest first.", Group.GO),
    _action("go_owed", "g u", "owed an update", "Jump to who is owed an update.", Group.GO),
    _action("go_closed", "g e", "done", "Closed tickets.", Group.GO),
    _action("go_all", "g a", "all", "Every ticket.", Group.GO),
    _action(
        "sweep", "g t", "sweep", "The thank-yous on one screen, all their words.", Group.GO
    ),
    _action("go_customer", "g c", "their tickets", "Every ticket of this customer.", Group.GO),
    _action("go_jar", "g j", "thank-yous kept", "The thank-you jar.", Group.GO),
    _action("go_drafts", "g d", "drafts", "What is written and not sent.", Group.GO),
    _action("go_outbox", "g o", "outbox", "Mail on its way.", Group.GO),
    _action("search", "/", "search", "Search everything, as you type.", Group.FIND),
    _action(
        "save_search", "ctrl+s", "save", "Give the search in hand a name.", Group.FIND
    ),
    _action("saved_searches", "g /", "saved searches", "Searches you gave a name.", Group.GO),
    _action("help", "?", "all keys", "Every key; type to search.", Group.FIND),
    _action("palette", "ctrl+p|:", "commands", "Find a command by name.", Group.FIND),
    _action("sync_now", "ctrl+r", "sync", "Ask the mail server now.", Group.FIND),
    _action(
        "send_now", "", "send now", "Send what is held in the outbox now.", Group.GO, pulls=True
    ),
    _action(
        "end_session", "", "end session", "Close the door and see the wrap-up.",
        Group.GO, pulls=True,
    ),
    _action(
        "days_off", "", "days off", "Take days off, or come back from them.", Group.GO
    ),
    _action(
        "rescue", "", "out of Junk", "Mail from people you know that lies in Junk.", Group.GO
    ),
    _action(
        "whole_backlog", "", "whole backlog",
        "After days off: show all that waited at once, as usual.", Group.GO,
    ),
    _action(
        "theme", "", "dark or light", "Dark, light, high contrast, the terminal's colours.",
        Group.FIND,
    ),
    _action("quit", "ctrl+q", "quit", "Leave. Drafts are kept.", Group.FIND),
    _action("review", "ctrl+s", "review", "See the mail as it will leave.", Group.COMPOSER),
    _action(
        "composer_canned", "ctrl+o", "canned", "A canned reply; so does / on an empty line, or ::",
        Group.COMPOSER,
    ),
    _action("attach", "ctrl+l", "attach", "Files that go along with the mail.", Group.COMPOSER),
    _action(
        "composer_take_five", "ctrl+t", "take five", "Put aside for five minutes; the draft waits.",
        Group.COMPOSER,
    ),
    _action("read_up", "ctrl+up|alt+up", "read up", "Scroll what you answer up.", Group.COMPOSER),
    _action(
        "read_on", "ctrl+down|alt+down", "read on", "Scroll what you answer down.", Group.COMPOSER
    ),
    _action("editor", "ctrl+e", "editor", "Write in your own editor.", Group.COMPOSER),
    _action(
        "next_finding", "ctrl+g", "next finding", "Select what the tone check found next.",
        Group.COMPOSER,
    ),
    _action(
        "silence_here", "f8", "not here", "Silence that tone rule for this mail.", Group.COMPOSER
    ),
    _action(
        "silence_forever", "f9", "never", "Silence that tone rule for ever.", Group.COMPOSER
    ),
    _action("leave_composer", "escape", "back", "Back; the draft is kept.", Group.COMPOSER),
    _action("send", "enter", "send", "Send; the ticket waits for the customer.", Group.REVIEW),
    _action("send_close", "e", "send + close", "Send and close the ticket.", Group.REVIEW),
    _action("send_remind", "b", "send + remind", "Send, and come back to it later.", Group.REVIEW),
)  # fmt: skip

BY_ID: Mapping[str, Action] = {action.id: action for action in ACTIONS}
# These have screens of their own, so the same key may mean something else there.
_APART = (Group.COMPOSER, Group.REVIEW)


@dataclass(frozen=True, slots=True)
class Keymap:
    """Which keys each action has, after the founder's own wishes."""

    keys: Mapping[str, tuple[str, ...]]
    _pressed: Mapping[str, str] = field(default_factory=dict)
    _prefixes: frozenset[str] = frozenset()

    def action_for(self, pressed: str) -> str | None:
        """The action that a key or sequence starts on the main screen."""
        return self._pressed.get(pressed)

    def is_prefix(self, pressed: str) -> bool:
        """Whether a key begins sequences only."""
        return pressed in self._prefixes

    def following(self, prefix: str) -> list[tuple[str, Action]]:
        """What may follow a prefix: second key and action."""
        return [
            (keys.partition(" ")[2], BY_ID[action])
            for keys, action in self._pressed.items()
            if keys.startswith(prefix + " ")
        ]

    def first_key(self, action: str) -> str:
        """The key that footer and palette show; empty when there is none."""
        return next(iter(self.keys.get(action, ())), "")

    def shown(self, action: str) -> str:
        """All keys of an action as people read them: "enter, o"."""
        return ", ".join(self.keys.get(action, ()))


def key_name(key: str, character: str | None) -> str:
    """A pressed key as the registry spells it: its character where it has one, else its name."""
    if character and character.isprintable() and not character.isspace():
        return character
    return key


def resolve(overrides: Mapping[str, str | Sequence[str]]) -> Keymap:
    """The keymap with `[keys]` of the configuration. Raises ConfigError for what can't be."""
    keys = {action.id: action.keys for action in ACTIONS}
    for name, given in overrides.items():
        action = _named(name)
        wanted = (given,) if isinstance(given, str) else tuple(given)
        keys[name] = tuple(_spelled(action, key) for key in wanted if key.strip())
        keys[name] += tuple(key for key in action.keys if key in _FIXED)
    return Keymap(keys, *_table(keys))


def _named(name: str) -> Action:
    action = BY_ID.get(name)
    if action is None:
        near = difflib.get_close_matches(name, BY_ID, n=1, cutoff=0.5)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise ConfigError(
            f"[keys] has no action {name!r}.{hint} docs/keys.md lists every action with its key."
        )
    if action.fixed:
        raise ConfigError(
            f"[keys] {name}: {', '.join(action.keys)} can't be changed, because nobody should get "
            "stuck. Remove the line."
        )
    return action


def _spelled(action: Action, given: str) -> str:
    parts = given.split()
    if not 1 <= len(parts) <= 2 or not all(map(_is_key, parts)):
        raise ConfigError(
            f"[keys] {action.id} = {given!r} is not a key. A key is one character (j, #), a name "
            "(space, f5), one with ctrl+ before it (ctrl+r), or two with a space between (g i)."
        )
    if action.group is Group.COMPOSER and (len(parts) > 1 or len(parts[0]) == 1):
        raise ConfigError(
            f"[keys] {action.id} = {given!r} would be typed into the mail. Choose a key with "
            "ctrl+ or alt+ before it, or one of f1 to f12."
        )
    taken = [key for key in parts if key in _FIXED]
    if taken:
        raise ConfigError(
            f"[keys] {action.id} = {given!r}: {taken[0]} is kept for moving, opening and going "
            "back. Choose another key."
        )
    return " ".join(parts)


def _is_key(key: str) -> bool:
    return len(key) == 1 or key in _NAMED or _MODIFIED.fullmatch(key) is not None


def _table(keys: Mapping[str, tuple[str, ...]]) -> tuple[dict[str, str], frozenset[str]]:
    """Key to action for the main screen, and the prefixes. Raises ConfigError on a clash."""
    pressed: dict[str, str] = {}
    for action in ACTIONS:
        for key in keys[action.id] if action.group not in _APART else ():
            if key in pressed:
                raise _clash(key, pressed[key], action.id)
            pressed[key] = action.id
    prefixes = frozenset(key.partition(" ")[0] for key in pressed if " " in key)
    for key in sorted(prefixes & pressed.keys()):
        longer = next(name for long, name in pressed.items() if long.startswith(key + " "))
        raise _clash(key, pressed[key], longer)
    return pressed, prefixes


def _clash(key: str, one: str, other: str) -> ConfigError:
    return ConfigError(
        f"[keys] gives {key!r} to both {one} and {other}. "
        "Give one of them another key, or an empty list for none."
    )
