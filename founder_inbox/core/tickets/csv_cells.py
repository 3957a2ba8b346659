"""Cells of a CSV file that a spreadsheet shows and never runs."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(value: object) -> str:
    """A value as a cell. What a spreadsheet would take for a formula gets a `'` before it.

    Source: OWASP, "CSV injection".
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
