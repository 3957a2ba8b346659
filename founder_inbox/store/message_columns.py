"""How a message's people and attachments stand in their columns: as JSON."""

import json
from collections.abc import Sequence

from founder_inbox.core.model import Address, Attachment


def people_text(people: Sequence[Address]) -> str:
    """People as their column has them."""
    return json.dumps([[p.name, p.address] for p in people], ensure_ascii=False)


def read_people(text: str) -> tuple[Address, ...]:
    """The people in such a column."""
    return tuple(Address(name, address) for name, address in json.loads(text))


def attachments_text(attachments: Sequence[Attachment]) -> str:
    """Attachments as their column has them."""
    return json.dumps(
        [{"name": a.name, "type": a.type, "size": a.size, "part": a.part} for a in attachments],
        ensure_ascii=False,
    )
