"""What a draft's text tells: its open fields, and where to go on writing."""

from founder_inbox.tui.widgets.text_fields import tag_spans

_LONGEST_SIGNATURE = 60


def field_names(body: str) -> list[str]:
    """Name the open fields of a draft, each once: "date" for `{{ ask.date: When …? }}`."""
    tags = (body[start:stop] for start, stop in open_fields(body))
    names = (tag.strip("{} ").partition(":")[0].partition("|")[0] for tag in tags)
    return list(dict.fromkeys(name.strip().removeprefix("ask.")[:30] or "…" for name in names))


def writing_place(body: str) -> tuple[str, tuple[int, int]]:
    """Return the draft with room between greeting and name, and where (row, column) to go on."""
    text = body.strip("\n")
    parts = text.split("\n\n")
    signed = len(parts) > 1 and _is_signature(parts[-1])
    above = "\n\n".join(parts[:-1]) if signed else text
    if len(parts) - signed > 1 or not text:
        return text, _end_of(above)
    below = f"\n\n{parts[-1]}" if signed else ""
    return f"{above}\n\n{below}", _end_of(f"{above}\n\n")


def _is_signature(part: str) -> bool:
    return len(part) <= _LONGEST_SIGNATURE and part.count("\n") < 3 and part[-1:] not in ".?!,:"


def _end_of(text: str) -> tuple[int, int]:
    return text.count("\n"), len(text) - text.rfind("\n") - 1


def open_fields(body: str) -> list[tuple[int, int]]:
    """Give start and end of each `{{ … }}` in the text."""
    found, at = [], 0
    for row in body.split("\n"):
        found += [(at + start, at + stop) for start, stop in tag_spans(row)]
        at += len(row) + 1
    return found
