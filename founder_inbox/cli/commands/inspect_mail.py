"""How a raw mail is understood."""

import click

from founder_inbox.app.reading.parser import Unreadable, process_parser
from founder_inbox.cli.arguments import read_bytes
from founder_inbox.cli.context import answer, data_command
from founder_inbox.cli.pages import file_words, person
from founder_inbox.cli.shapes import mail_shape
from founder_inbox.cli.table import indent
from founder_inbox.core.display import safe_line
from founder_inbox.core.model import Address, Mail
from founder_inbox.core.times import to_text
from founder_inbox.errors import BadInput


@data_command("inspect")
@click.argument("file", metavar="FILE.eml")
def inspect(file: str) -> None:
    """How a raw mail is understood. - is standard input. Needs no configuration."""
    mail = _read(read_bytes(file))
    answer(lambda: mail_shape(mail), lambda: _page(mail))


def _read(raw: bytes) -> Mail:
    try:
        return process_parser().parse(raw)
    except Unreadable as reason:
        raise BadInput(
            f"This mail could not be read: {reason}. The same mail in your mailbox would be kept, "
            "and shown with its sender, its subject and the beginning of its source."
        ) from reason


def _page(mail: Mail) -> str:
    head = {
        "Subject": safe_line(mail.subject),
        "From": person(mail.sender),
        "Reply-To": _people(mail.reply_to),
        "To": _people(mail.to),
        "Cc": _people(mail.cc),
        "Date": to_text(mail.date) if mail.date else "not known",
        "Kind": mail.kind,
        "Message-ID": safe_line(mail.message_id),
        "Files": ", ".join(file_words(a) for a in mail.attachments),
    }
    parts = ["\n".join(f"{name + ':':<12}{value}" for name, value in head.items() if value)]
    parts += ["\n".join(f"Take care: {warning}" for warning in mail.warnings)]
    parts += [indent(mail.new_text.strip("\n")) if mail.new_text.strip() else "  (no new text)"]
    parts += [f"Quoted:\n{indent(mail.quoted.strip())}" if mail.quoted.strip() else ""]
    parts += [f"Signature:\n{indent(mail.signature.strip())}" if mail.signature.strip() else ""]
    return "\n\n".join(part for part in parts if part)


def _people(people: tuple[Address, ...]) -> str:
    return ", ".join(person(someone) for someone in people[:20])
