"""What may never be on a screen, in a file or on the wire, and what a mail shows."""

import re

from founder_inbox.core.model import Mail

CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Every control character but the newline, and what turns text around."""
SURROGATES = re.compile("[\ud800-\udfff]")


def shown(mail: Mail) -> str:
    """All that is ever drawn of a mail."""
    names = [attachment.name for attachment in mail.attachments]
    everyone = (mail.sender, *mail.reply_to, *mail.to, *mail.cc)
    people = [text for person in everyone for text in (person.name, person.address)]
    bounce = [mail.bounce.recipient, mail.bounce.diagnostic] if mail.bounce else []
    texts = (mail.subject, mail.text, mail.new_text, mail.quoted, mail.signature, mail.posted_to)
    return "\n".join([*texts, *names, *people, *bounce, *mail.warnings])
