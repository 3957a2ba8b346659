"""Write the pages that come from the code: `python -m tests.generate_docs`."""

import sys
from collections.abc import Callable, Mapping

from founder_inbox.core.keys_page import keys_page
from founder_inbox.store.schema_page import schema_page
from tests.commands_page import commands_page
from tests.man_page import man_page
from tests.metrics_page import metrics_page
from tests.providers_page import providers_page
from tests.rules.source import ROOT
from tests.tone_page import tone_page

PAGES: Mapping[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "founder-inbox.1": man_page,
    "keys.md": keys_page,
    "metrics.md": metrics_page,
    "providers.md": providers_page,
    "schema.md": schema_page,
    "tone.md": tone_page,
}


def main() -> None:
    """Write every page anew, and say which ones have changed."""
    for name, write in PAGES.items():
        path = ROOT / "docs" / name
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        text = write()
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{name}: {'as it was' if text == before else 'changed'}\n")


if __name__ == "__main__":
    main()
