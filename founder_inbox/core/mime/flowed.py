"""format=flowed (RFC 3676): soft line breaks joined again, per quote depth."""


def unflow(text: str, *, delsp: bool = False) -> str:
    """Paragraphs of a flowed text as one line each; `delsp` drops the space at a soft break."""
    out: list[str] = []
    paragraph, depth = "", 0
    open_ = False
    for line in text.split("\n"):
        content = line.lstrip(">")
        level = len(line) - len(content)
        content = content.removeprefix(" ")
        if open_ and level != depth:
            out.append(_quoted(paragraph.rstrip(" "), depth))
            paragraph, open_ = "", False
        depth = level
        flows = content.endswith(" ") and content != "-- "
        paragraph += content[:-1] if flows and delsp else content
        open_ = flows
        if not flows:
            out.append(_quoted(paragraph, depth))
            paragraph = ""
    if open_:
        out.append(_quoted(paragraph.rstrip(" "), depth))
    return "\n".join(out)


def _quoted(text: str, depth: int) -> str:
    return f"{'>' * depth} {text}" if depth else text
