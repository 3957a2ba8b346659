"""How a draft sounds: findings with better words, and the apology checklist."""

import click

from founder_inbox.app.sending.tone import (
    ToneReport,
    bare_checker,
    silence_rule,
    silenced_rules,
    tone_checker,
)
from founder_inbox.cli.arguments import named, read_text
from founder_inbox.cli.context import answer, data_command, given_config, workspace
from founder_inbox.cli.plain import Json
from founder_inbox.core.display import safe_line
from founder_inbox.core.tone.findings import Finding
from founder_inbox.errors import ConfigError

_GOOD = "Nothing found. It reads well."
_LONGEST = 60


@data_command("tone")
@click.argument("file", metavar="[FILE]", default="-")
@click.option("--ticket", metavar="TICKET", help="Read it as an answer to this ticket.")
@click.option("--language", type=click.Choice(["en", "de"]), help="Instead of guessing it.")
@click.option("--silence", metavar="RULE", help="Never hear of a rule again.")
@click.option("--unsilence", metavar="RULE", help="Let a rule speak again.")
@click.option("--silenced", is_flag=True, help="Which rules you silenced.")
def tone(
    file: str,
    ticket: str | None,
    language: str | None,
    silence: str | None,
    unsilence: str | None,
    silenced: bool,
) -> None:
    """Check how a draft sounds, and what would be better. - is standard input.

    It only advises: the exit code is 0 whatever it finds. Needs no configuration, except for
    tickets and silenced rules.
    """
    if silence or unsilence or silenced:
        _silencing(silence, unsilence)
        return
    text = read_text(file)
    report = _check(text, ticket, language)
    answer(lambda: tone_shape(report), lambda: _page(text, report))


def _silencing(silence: str | None, unsilence: str | None) -> None:
    with workspace() as ws:
        if silence:
            silence_rule(ws, silence)
        if unsilence:
            silence_rule(ws, unsilence, silent=False)
        names = sorted(silenced_rules(ws))
    answer(lambda: names, lambda: "\n".join(names) or "No rule is silenced.")


def _check(text: str, ticket: str | None, language: str | None) -> ToneReport:
    if ticket:
        with workspace() as ws:
            return tone_checker(ws, named(ws, [ticket])[0]).check(text, language=language)
    try:
        with workspace() as ws:
            checker = tone_checker(ws)
    except ConfigError:  # no configuration yet, or a broken one: a mistake in rules comes again
        checker = bare_checker(given_config())
    return checker.check(text, language=language)


def tone_shape(report: ToneReport) -> Json:
    """What was found, as the contract has it; places count characters of the file's text."""
    return {
        "findings": [
            {
                "rule": found.rule,
                "start": found.start,
                "end": found.end,
                "text": found.text,
                "why": found.why,
                "instead": found.instead,
                "source": found.source,
            }
            for found in report.findings
        ],
        "checklist": [
            {"step": step.name, "text": step.words, "done": step.done, "optional": step.optional}
            for step in report.checklist
        ],
    }


def _page(text: str, report: ToneReport) -> str:
    parts = [_finding(text, found) for found in report.findings] or [_GOOD]
    if report.checklist:
        steps = "\n".join(
            f"  [{'x' if step.done else ' '}] {step.words}" for step in report.checklist
        )
        parts.append(f"The apology:\n{steps}")
    return "\n\n".join(parts)


def _finding(text: str, found: Finding) -> str:
    words = safe_line(found.text)
    short = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
    rows = [f"line {text.count(chr(10), 0, found.start) + 1}: “{short}”  ({found.rule})"]
    rows.append(f"  {found.why}")
    if found.instead:
        rows.append(f"  Better: {found.instead}")
    if found.source:
        rows.append(f"  From: {found.source}")
    return "\n".join(rows)
