"""`python -m tests.tools.measure_html [-v]`: how much of what HTML mails show is kept, and when.

The mails lie outside the repository (`../shared/data`). The second opinion is w3m, where it is
installed: the words it shows that our text has, too, pictures without a description left out.
What we hide on purpose (preheaders, pale letters, tracking) it shows, so 1.000 is not the aim;
the bar is .980. `-v` prints the mails that lose most.
"""

import json
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator

from founder_inbox.core.mime.html import html_to_text
from founder_inbox.core.mime.html_guard import MAX_HTML
from founder_inbox.core.mime.reader import leaves
from tests.core.mail_files import all_mails, shared_lines

_WORD = re.compile(r"[^\W_]+")
_PICTURE = re.compile(r"<img\b(?![^>]*\balt\s*=)[^>]*>", re.IGNORECASE)
_GROUND = re.compile(r"\bbackground\s*=", re.IGNORECASE)
_W3M = (
    "w3m", "-dump", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8", "-cols", "400",
    "-o", "ignore_null_img_alt=1",
)  # fmt: skip


def pages() -> Iterator[tuple[str, str]]:
    """The different HTML bodies there are, with a name each."""
    for line in shared_lines("html/templates.jsonl"):
        page = json.loads(line)
        yield page["id"], page["html"]
    seen: set[str] = set()
    for name, raw in all_mails():
        for leaf in leaves(raw):
            source = leaf.text(raw)[0] if leaf.type == "text/html" else ""
            if source.strip() and source not in seen and leaf.disposition != "attachment":
                seen.add(source)
                yield name, source


def words(text: str) -> Counter[str]:
    """How often each word stands in a text."""
    return Counter(_WORD.findall(text.lower()))


def second_opinion(source: str) -> str:
    """What w3m shows of a page, empty where it takes too long."""
    page = _GROUND.sub("ground=", _PICTURE.sub("", source))
    try:
        done = subprocess.run(
            _W3M,
            input=page.encode("utf-8", "replace"),
            capture_output=True,
            timeout=20,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def main() -> None:
    """Print the figures."""
    compared = shutil.which("w3m") is not None
    spent: list[float] = []
    shown = kept = 0
    misses: list[tuple[int, str, list[str]]] = []
    for name, source in pages():
        started = time.process_time()
        ours = html_to_text(source)
        spent.append((time.process_time() - started) * 1000)
        if not compared or len(source) > MAX_HTML:
            continue
        theirs = words(second_opinion(source))
        lost = theirs - words(ours)
        shown += theirs.total()
        kept += theirs.total() - lost.total()
        misses.append((lost.total(), name, list(lost)[:12]))
    if not spent:
        _say("No mails: ../shared/data is not there.")
        return
    spent.sort()
    late = spent[len(spent) * 95 // 100]
    _say(f"{len(spent)} pages, 95 of 100 within {late:.1f} ms, the slowest {spent[-1]:.1f} ms")
    if not shown:
        _say("w3m is not installed, so the words are not compared.")
        return
    _say(f"{kept / shown:.3f} of the {shown:,} words that w3m shows are kept")
    if "-v" in sys.argv:
        for count, name, examples in sorted(misses, reverse=True)[:30]:
            _say(f"{count:5} lost in {name[-70:]}: {' '.join(examples)}")


if __name__ == "__main__":
    main()
