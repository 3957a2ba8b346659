"""`founder-inbox` and `python -m founder_inbox` are the same command."""

import gc
import sys


def main() -> None:
    """Run the command line and end the process with its exit code."""
    # Imports make much and no garbage: looking for it every 700 objects costs a tenth of the start.
    gc.set_threshold(10_000)
    from founder_inbox.cli.main import run

    sys.exit(run())


if __name__ == "__main__":
    main()
