"""Arguments that several commands take."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from founder_inbox.cli.context import answer, workspace
from founder_inbox.cli.shapes import ticket_shape
from founder_inbox.core.display import safe_line
from founder_inbox.errors import BadInput, FounderInboxError, NotFound

if TYPE_CHECKING:
    from founder_inbox.app.workspace import Workspace
    from founder_inbox.core.tickets.entry import Ticket

F = TypeVar("F", bound=Callable[..., Any])
LANES = ("thanks", "urgent", "howto", "feature", "automatic")
_OFFERED = 50
STATUSES = ("open", "waiting", "snoozed", "handed_off", "closed")


def ticket_argument(function: F) -> F:
    """Add TICKET: an id or its beginning, with or without `#`."""
    return click.argument("ticket", metavar="TICKET", shell_complete=complete_ticket)(function)


def tickets_argument(function: F) -> F:
    """Add TICKET…, one or more."""
    return click.argument(
        "tickets", metavar="TICKET...", nargs=-1, required=True, shell_complete=complete_ticket
    )(function)


def complete_ticket(
    ctx: click.Context, _: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Ids for the shell's tab key, with their subjects where it shows them: open ones first."""
    from founder_inbox.app.queue.tickets import Choice, list_tickets, load_tickets
    from founder_inbox.core.tickets.identity import clean
    from founder_inbox.store.tickets import keys_with_prefix
    from founder_inbox.system import clock

    begun = clean(incomplete)
    try:
        with ctx, workspace() as ws:
            found = list_tickets(ws.store, Choice(), clock.now(), None)
            found = [ticket for ticket in found if ticket.id.startswith(begun)][:_OFFERED]
            if not found and begun:
                found = load_tickets(ws.store, keys_with_prefix(ws.store, begun, _OFFERED))
    except FounderInboxError:
        return []  # nothing to offer, and no place for words
    return [CompletionItem(one.id, help=safe_line(one.state.subject, 60)) for one in found]


def named(ws: "Workspace", given: Sequence[str]) -> "list[Ticket]":
    """The tickets meant, each once. Raises NotFound and BadInput before anything is done."""
    from founder_inbox.app.queue.triage import tickets_named

    return list({ticket.key: ticket for ticket in tickets_named(ws, given)}.values())


def answer_changed(ws: "Workspace", tickets: "Sequence[Ticket]", words: str) -> None:
    """Print tickets as they are now: one as an object, several as a list; words for people."""
    from founder_inbox.app.queue.tickets import load_tickets

    now = load_tickets(ws.store, [ticket.key for ticket in tickets])
    shapes = [ticket_shape(ticket) for ticket in now]
    marks = ", ".join(f"#{ticket.id}" for ticket in now)
    answer(lambda: shapes[0] if len(shapes) == 1 else shapes, lambda: f"{marks} {words}")


def read_text(source: str) -> str:
    """A file's text; "-" is standard input. Raises NotFound and BadInput."""
    raw = read_bytes(source)
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise BadInput(f"{_called(source)} is not UTF-8 text: {error}.") from None


def read_bytes(source: str) -> bytes:
    """A file's bytes; "-" is standard input. Raises NotFound and BadInput."""
    try:
        with click.open_file(source, "rb") as file:
            data = file.read()
            return data if isinstance(data, bytes) else str(data).encode()
    except FileNotFoundError:
        raise NotFound(f"There is no file {source}.") from None
    except OSError as error:
        raise BadInput(f"{source} can't be read: {error.strerror or error}.") from None


def _called(source: str) -> str:
    return "Standard input" if source == "-" else source
