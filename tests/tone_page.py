"""`docs/tone.md`: every tone rule with why, better words and source, from the rules that ship."""

from founder_inbox.core.tone.phrases import Rule, parse_phrases
from founder_inbox.core.tone.rulebook import Severity, ToneRule, parse_rulebook
from founder_inbox.system.resources import read_tone, read_tone_rules

_HEAD = """\
# Tone

The tone check shows what may sound cold, blaming or vague in a reply, why, and what to write
instead. It never blocks: a mail leaves whatever it found. Greeting,
signature, quoted text and open `{{ fields }}` are not judged. Better to miss one than to scold a
good mail. `founder-inbox tone FILE` does the same for a file, `-` for standard input.

Beside or below the text a gauge says how it sounds, `robot ····●···· cheer`: at either end it is a
finding, in between it is yours to choose.

In the composer `ctrl+g` selects the next finding, `f8` silences its rule for this mail, `f9` for
ever; the review says what is left. `founder-inbox tone --silence RULE` silences one for ever, too,
`--silenced` lists what is silent, `--unsilence RULE` lets it speak again.

Only these stop a mail: an open field, a mail without words, a hand-off with a customer among its
recipients. The canned reply `dontknow` asks for its date: as an open field it stops the mail, too.

Where a mail says sorry, the apology checklist (handbook ch. 2) ticks itself: listened, thanks at
the beginning, sorry with *we* or *I* and no blame, the cause and what is done, an offer (optional),
thanks at the end. “Sorry you feel that way” is not flagged: ch. 10 recommends it.
"""
_OWN = """\
## Your own rules

Put files into `tone/` beside your configuration, one or more `.toml`. `en.toml` or `de-mine.toml`
is for that language, any other name for all; `language = "de"` on top says so, too. A rule of the
same name replaces ours. A good beginning are your own last bad support experiences:

```text
[the-airline]
why = "The airline wrote that to me when my bag was gone."
instead = "Say where it is now."
source = "my own bag, 2025"
severity = "warning"
phrases = [
    "your concern|concerns", "has been … noted", "at this … time", "circumstance*",
]
unless_sentence = ["happened in my|your life"]
```

A phrase is words in small letters. `a|b` is one word or the other, `word*` any ending, `word?` a
word that may be missing, `…` up to three words in between, `…6` up to six, `nobody|no_one` two
words where one will do. `together` and `in_clause` are for what has many wordings: each names word
lists (`[words]`), and where every list has a word in one sentence, or between two commas, that is
a find: `together = ["provider failure"]`. `unless_before` are
words that take a find back when they stand up to four words before it, `unless_sentence` and
`unless_mail` phrases that do so in the same sentence or anywhere in the mail. `needs` names word
lists (`[words]`) of which the mail has to hold each: `may_miss` says how many may be missing.
A mistake in a file is shown with its line; until it is mended no rule of yours is used.

Words for one thing are in `tone/synonyms.toml`, `groups = [["project", "workspace"]]`: where they
wrote one and you another, the check says so.
"""
_TITLES = {
    Severity.WARNING: "Likely to hurt, or to leave them stuck",
    Severity.HINT: "Could read better",
}


def tone_page() -> str:
    """Return the page: what the check does, each rule once, how to add one's own."""
    english = parse_rulebook({"en.toml": read_tone_rules()["en.toml"]}).rules
    parts = [_HEAD]
    for severity, title in _TITLES.items():
        rows = [_row(rule) for rule in english if rule.severity is severity]
        parts.append(_table(title, rows))
    harsh = [f"| `{r.name}` | {r.why} | Take five | handbook ch. 6 |" for r in _harsh()]
    parts.append(_table("Harsh words, which also hold the mail for five minutes", harsh))
    return "\n".join([*parts, _OWN])


def _harsh() -> tuple[Rule, ...]:
    return parse_phrases(read_tone("harsh"))


def _table(title: str, rows: list[str]) -> str:
    head = "| rule | why | instead | source |\n|---|---|---|---|"
    return f"## {title}\n\n{head}\n" + "\n".join(rows) + "\n"


def _row(rule: ToneRule) -> str:
    return f"| `{rule.name}` | {rule.why} | {rule.instead} | {rule.source} |"
