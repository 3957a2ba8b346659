"""How long to wait before the next attempt to reach a server."""

SECONDS = (8, 15, 30, 60, 120, 300, 900, 1800, 3600)
JITTER = 0.2


def pause_after(failures: int, chance: float, asked: float = 0.0) -> float:
    """Seconds to wait after this many failures in a row (from 1); `chance` is between 0 and 1.

    8 s growing to an hour, a fifth more or less, so that many clients don't come back at once;
    never less than the server asked for.
    """
    base = SECONDS[min(max(failures, 1), len(SECONDS)) - 1]
    return max(base * (1 + JITTER * (2 * chance - 1)), asked)
