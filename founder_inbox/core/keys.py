"""The one registry of what keys do: it feeds dispatch, footer, help, palette and docs/keys.md.

Keys are spelled as people say them: `j`, `#`, `ctrl+p`, `space`; a sequence is two keys with a
space between, `g i`. Lower case is what Gmail and Superhuman users have in their fingers, capitals
are support verbs (contract, section 6).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from founder_inbox.core.acts import Act


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
            "goodwill",
            "fix_minutes",
            "tag",
            "save_reply",
            "as_before",
            "faq_article",
            "idea",
            "cause",
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
FIXED = frozenset({"up", "down", "left", "right", "enter", "escape"})


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
    return Action(id, spelled, label, help, group, not {*spelled} - FIXED and bool(spelled), pulls)


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
        "as_before", "A", "as before", "Asked before: the answer somebody else got.", Group.ANSWER
    ),
    _action(
        "faq_article", "K", "to FAQ", "Make an FAQ article of the ticket, names masked.",
        Group.ANSWER,
    ),
    _action(
        "idea", "F", "idea", "Log what they wish for, in their words; a vote for an idea.",
        Group.ANSWER,
    ),
    _action(
        "cause", "C", "cause", "What let it happen, so that it doesn't happen again.", Group.ANSWER
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
    _action("goodwill", "$", "goodwill", "Note a credit, discount or refund.", Group.TRIAGE),
    _action(
        "forget_customer", "", "forget them", "Erase all there is of this customer, for good.",
        Group.TRIAGE,
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
    _action("go_company", "g C", "their company", "Every ticket of their company.", Group.GO),
    _action("go_jar", "g j", "thank-yous kept", "The thank-you jar.", Group.GO),
    _action("go_metrics", "g m", "figures", "What support took, and how it went.", Group.GO),
    _action("go_digest", "g r", "week", "The week's digest, for your notes.", Group.GO),
    _action("go_ledger", "g $", "given", "Credits, discounts, refunds by month.", Group.GO),
    _action("go_faq", "g k", "FAQ", "Your FAQ: read, mend, publish, export.", Group.GO),
    _action("go_ideas", "g f", "ideas", "What customers wish for, most wanted first.", Group.GO),
    _action("go_causes", "g b", "causes", "What let bugs happen; telling who was hit.", Group.GO),
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
    _action("copy", "Y", "copy", "Copy the open mail's words, by your terminal.", Group.FIND),
    _action("copy_address", "", "copy address", "Copy the customer's address.", Group.FIND),
    _action("copy_id", "", "copy id", "Copy the ticket's id, as commands take it.", Group.FIND),
    _action("suspend", "ctrl+z", "to the shell", "Step aside; fg brings it back.", Group.FIND),
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
        "next_field", "ctrl+n", "next field", "Select what is still to be filled in.",
        Group.COMPOSER,
    ),
    _action(
        "next_finding", "ctrl+g", "next finding", "Select what the tone check found next.",
        Group.COMPOSER,
    ),
    _action(
        "take_spelling", "f7", "fix spelling", "Put the word that was meant for the misspelled.",
        Group.COMPOSER,
    ),
    _action(
        "silence_here", "f8", "not here", "Silence that tone rule for this mail.", Group.COMPOSER
    ),
    _action(
        "silence_forever", "f9", "never", "Silence that rule, or keep that word.", Group.COMPOSER
    ),
    _action("leave_composer", "escape", "back", "Back; the draft is kept.", Group.COMPOSER),
    _action("send", "enter", "send", "Send; the ticket waits for the customer.", Group.REVIEW),
    _action("send_close", "e", "send + close", "Send and close the ticket.", Group.REVIEW),
    _action("send_remind", "b", "send + remind", "Send, and come back to it later.", Group.REVIEW),
)  # fmt: skip

BY_ID: Mapping[str, Action] = {action.id: action for action in ACTIONS}
