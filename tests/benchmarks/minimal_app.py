"""The smallest Textual app that answers a key: what any program in it costs at least."""

from textual.app import App, ComposeResult
from textual.widgets import Static

SAYS = "Question 0"


class MinimalApp(App[None]):
    """One line of text that counts how often `j` was pressed."""

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static(SAYS)

    def key_j(self) -> None:
        """Count."""
        line = self.query_one(Static)
        line.update(f"Question {int(str(line.content).split()[1]) + 1}")


if __name__ == "__main__":
    MinimalApp().run()
