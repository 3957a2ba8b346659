"""The tickets behind a figure, for the list; apart from the figures: the list loads fast."""

from collections.abc import Sequence

from founder_inbox.app.workspace import Workspace
from founder_inbox.store.tickets import keys_with_ids


def tickets_behind(ws: Workspace, ids: Sequence[str]) -> list[int]:
    """Their keys in the figure's order; who is gone meanwhile is left out."""
    return keys_with_ids(ws.store, ids)
