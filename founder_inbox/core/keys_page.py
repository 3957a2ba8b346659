"""`docs/keys.md`: the registry of keys as a page."""

from founder_inbox.core.keymap import Keymap, resolve
from founder_inbox.core.keys import ACTIONS, Action, Group


def keys_page(keymap: Keymap | None = None) -> str:
    """`docs/keys.md`: every action with its keys, in Markdown."""
    keymap = keymap or resolve({})
    lines = [
        "# Keys",
        "",
        "Lower case is what Gmail and Superhuman users have in their fingers; capitals are "
        "support verbs.",
        "Every key works with the mouse too, and none but arrows, enter and escape is fixed: "
        "`[keys]` in",
        'the configuration gives an action other keys, `done = "d"` or `done = ["d", "ctrl+e"]`; '
        "`[]` takes",
        "all away. Single keys are dead while a text field has the focus.",
    ]
    for group in Group:
        lines += ["", f"## {group}", "", "| key | does | action |", "|---|---|---|"]
        lines += [
            f"| {_cell(keymap, action)} | {action.help} | `{action.id}` |"
            for action in ACTIONS
            if action.group is group
        ]
    return "\n".join(lines) + "\n"


def _cell(keymap: Keymap, action: Action) -> str:
    keys = (f"`{key}`".replace("|", "\\|") for key in keymap.keys[action.id])
    return " ".join(keys) or "in the palette"
