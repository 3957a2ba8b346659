"""Every command by name: where it lives, what `--help` says of it. Nothing is imported for this."""

from typing import NamedTuple


class Place(NamedTuple):
    """The module below `cli.commands`, the function in it, and the line in `--help`."""

    module: str
    function: str
    help: str


SECTIONS: dict[str, dict[str, Place]] = {
    "Start": {
        "demo": Place("demo", "demo", "Look around in a made-up company's mailbox."),
        "setup": Place("setup", "setup", "Connect your own mailbox, in a few minutes."),
        "login": Place("login", "login", "Sign in on your provider's page (OAuth2)."),
        "sync": Place("sync", "sync", "Fetch new mail, send what is due."),
        "status": Place("status", "status", "One line for your prompt or status bar."),
        "doctor": Place("doctor", "doctor", "Check the setup, and what to do about it."),
    },
    "Read": {
        "list": Place("queue", "list_", "Tickets in the order to answer them."),
        "show": Place("queue", "show", "One ticket with its mails and notes."),
        "search": Place("queue", "search", "Find tickets, in Gmail's words."),
        "customer": Place("customer", "customer", "Who somebody is; note what is good to know."),
        "attachments": Place("attachments", "attachments", "List or save a ticket's files."),
        "inspect": Place("inspect_mail", "inspect", "How a raw mail is understood."),
    },
    "Answer": {
        "reply": Place("reply", "reply", "Answer a customer."),
        "forward": Place("outgoing", "forward", "Pass a ticket on to somebody."),
        "new": Place("outgoing", "new", "Write to somebody first."),
        "drafts": Place("drafts", "drafts", "What is written and not sent."),
        "replies": Place("canned", "replies", "Your canned replies."),
        "faq": Place("faq", "faq", "Asked before? Your FAQ: written, listed, exported."),
        "ideas": Place("ideas", "ideas", "What customers wish for, and telling who asked."),
        "causes": Place("causes", "causes", "What caused a bug, and telling who was hit."),
        "tone": Place("tone", "tone", "Check how a draft sounds."),
        "handoff": Place("hand_off", "handoff", "Hand a ticket to your teammate."),
        "takeback": Place("hand_off", "takeback", "Take a handed-off ticket back."),
        "promises": Place("promises", "promises", "What you promised, and when it is due."),
        "goodwill": Place("goodwill", "goodwill", "Credits, discounts and refunds you gave."),
        "outbox": Place("outbox", "outbox", "What is on its way; send, retry or cancel it."),
        "outage": Place("outage", "outage", "It is down: tell everybody, each by name."),
    },
    "Sort": {
        "close": Place("triage", "close", "Done with tickets."),
        "delete": Place("unwanted", "delete", "Delete tickets, on the server too."),
        "spam": Place("unwanted", "spam", "Into Junk, and block the sender if you like."),
        "rescue": Place("rescue", "rescue", "Mail from people you know, out of Junk."),
        "unblock": Place("unwanted", "unblock", "Let a blocked address in again."),
        "reopen": Place("triage", "reopen", "Put tickets back into the queue."),
        "snooze": Place("triage", "snooze", "Put a ticket off until later."),
        "park": Place("triage", "park", "Take five: put a ticket aside for a moment."),
        "lane": Place("triage", "lane", "Move tickets to another lane."),
        "quickfix": Place("quick_fix", "quickfix", "Flag what takes under 20 minutes; its clock."),
        "note": Place("triage", "note", "Write down something for yourself."),
        "tag": Place("triage", "tag", "Put a tag on a ticket, or take it off."),
        "merge": Place("merging", "merge", "Make one ticket of two."),
        "split": Place("merging", "split", "Let a mail be a ticket of its own."),
        "undo": Place("triage", "undo", "Take the last act back."),
        "classify": Place("classify", "classify", "Sort texts into lanes, and say why."),
    },
    "Your time": {
        "hours": Place("hours", "hours", "Is support open? Open early, or close."),
        "break": Place("time_off", "time_off", "Days off: the door stays closed."),
        "jar": Place("jar", "jar", "The thank-you jar: what customers wrote."),
        "stats": Place("stats", "stats", "What support took and how it went, in figures."),
        "digest": Place("digest", "digest", "What a week of support said, as Markdown."),
        "burnout": Place("burnout", "burnout", "What the last seven days did to you."),
    },
    "Your data": {
        "backup": Place("backup", "backup", "Everything into one file, read through."),
        "restore": Place("backup", "restore", "Put a backup in the database's place."),
        "import": Place("importing", "import_", "Mail of earlier years, from a file."),
        "export": Place("export", "export", "Tickets as JSON or CSV, mails as mbox."),
        "forget": Place("forget", "forget", "Erase all there is of a person, for good."),
    },
}

COMMANDS: dict[str, Place] = {
    name: place for section in SECTIONS.values() for name, place in section.items()
}
