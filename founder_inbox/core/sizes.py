"""Sizes in words."""


def size_words(size: int) -> str:
    """A size in bytes as people say it: "820 bytes", "34 KB", "1.2 MB"."""
    if size < 1_000:
        return "1 byte" if size == 1 else f"{size} bytes"
    return f"{size / 1_000:.0f} KB" if size < 999_500 else f"{size / 1_000_000:.1f} MB"
