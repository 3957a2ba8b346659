"""The margin of the composer: what the tone check found, while one types. It never blocks.

The check runs beside the screen, a moment after the last change; what it says of an older text
is thrown away.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from founder_inbox.app.sending.spelling import mark_of
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.keymap import Keymap, resolve
from founder_inbox.core.tone.checklist import Step
from founder_inbox.core.tone.findings import Finding
from founder_inbox.core.tone.gauge import STEPS, step_of
from founder_inbox.core.tone.spelling import RULE
from founder_inbox.tui.widgets.text import content, line, paragraph

_BREAK = SafeLine("\n")
_SHOWN = 4
_LONGEST = 40
_NEXT = ("next_finding", "next")
_TONE_KEYS = (_NEXT, ("silence_here", "not here"), ("silence_forever", "never"))
_SLIP_KEYS = (("take_spelling", "take it"), _NEXT, ("silence_forever", "it is right"))


class Report(Protocol):
    """What a check found; `app.tone.ToneReport` is one."""

    @property
    def findings(self) -> Sequence[Finding]:
        """In the order of the text."""

    @property
    def checklist(self) -> Sequence[Step]:
        """The steps of an apology, () where it is none."""

    @property
    def gauge(self) -> int:
        """Points towards the robot (negative) or the cheerleader."""


Check = Callable[[str, frozenset[str]], Report]
"""Judges a text; the rules named say nothing. Computes only: it runs in a thread."""


@dataclass(frozen=True, slots=True)
class _Nothing:
    findings: tuple[Finding, ...] = ()
    checklist: tuple[Step, ...] = ()
    gauge: int = 0


class ToneMargin(Static):
    """Findings and checklist: beside a wide editor, below a high one, or in one line."""

    DEFAULT_CSS = """
    ToneMargin {
        display: none;
        height: 1;
        padding: 0 1;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        &.-shown { display: block; }
        &.-block {
            height: auto;
            max-height: 8;
            text-wrap: wrap;
        }
        &.-column {
            display: block;
            width: 36;
            height: 1fr;
            margin: 1 0;
            padding: 0 1;
            border-left: solid $surface-lighten-2;
            text-wrap: wrap;
            overflow-y: auto;
            scrollbar-size-vertical: 0;
        }
    }
    """

    class Judged(Message):
        """The check is through with a text."""

        def __init__(self, text: str, report: Report) -> None:
            super().__init__()
            self.text = text
            self.report = report

    def __init__(
        self, keymap: Keymap | None = None, *, pause: float = 0.2, classes: str | None = None
    ) -> None:
        super().__init__(classes=classes)
        self._keys = _keys(keymap or resolve({}), *_TONE_KEYS)
        self._slip_keys = _keys(keymap or resolve({}), *_SLIP_KEYS)
        self._pause = pause
        self._check: Check | None = None
        self._trouble = ""
        self._silenced: frozenset[str] = frozenset()
        self._text = ""
        self._report: Report = _Nothing()
        self._judged: str | None = None
        self._at = -1
        self._timer: Timer | None = None

    def begin(self, check: Check | None, text: str, trouble: str = "") -> None:
        """Begin with another mail; `trouble` is why there is no check (a mistake in a rule)."""
        self._check, self._trouble = check, trouble
        self._silenced, self._at = frozenset(), -1
        self._report, self._judged = _Nothing(), None
        self._show()
        self.changed(text, at_once=True)

    def changed(self, text: str, *, at_once: bool = False) -> None:
        """The text is another one: judge it in a moment."""
        if text == self._text and not at_once:
            return
        self._text = text
        if at_once:
            self._judge()
        elif self._timer is None and self._check is not None:
            self._timer = self.set_timer(self._pause, self._judge)

    def rest(self, text: str) -> tuple[Finding, ...]:
        """What is left in a text right now, for the review."""
        if self._check is None:
            return ()
        if text == self._judged:
            return tuple(self._report.findings)
        return tuple(self._check(text, self._silenced).findings)

    def next_after(self, place: int) -> Finding | None:
        """The next finding behind a place, from the first again after the last; shown first."""
        found = self._report.findings
        if not found:
            return None
        behind = [n for n, finding in enumerate(found) if finding.start > place]
        self._at = behind[0] if behind else 0
        self._show()
        return found[self._at]

    def silence(self) -> str:
        """Silence the shown finding for this mail; its mark, "" when nothing is shown."""
        finding = self._current()
        if finding is None:
            return ""
        mark = mark_of(finding)
        self._silenced |= {mark}
        self._at = -1
        self._judge()
        return mark

    def slip_in(self, text: str) -> Finding | None:
        """The misspelled word that is shown, else the first one, if it still stands in the text."""
        slips = [finding for finding in self._report.findings if finding.rule == RULE]
        current = self._current()
        slip = current if current in slips else next(iter(slips), None)
        return slip if slip and text[slip.start : slip.end] == slip.text else None

    def fit(self, *, wide: bool, high: bool) -> None:
        """Be a column beside the text, a block below it, or, where rows are dear, a line."""
        self.set_class(wide, "-column")
        self.set_class(high and not wide, "-block")
        self._show()

    def _judge(self) -> None:
        self._timer = None
        check, text, silenced = self._check, self._text, self._silenced

        def work() -> None:
            if check is not None:
                self.post_message(self.Judged(text, check(text, silenced)))

        self.run_worker(work, thread=True, group="tone")

    def on_tone_margin_judged(self, message: Judged) -> None:
        """Show what was found, unless the text has changed since."""
        message.stop()
        if message.text != self._text:
            return
        self._report, self._judged = message.report, message.text
        self._at = -1 if self._at >= len(self._report.findings) else self._at
        self._show()

    def _current(self) -> Finding | None:
        found = self._report.findings
        return found[max(self._at, 0)] if found else None

    def _show(self) -> None:
        roomy = self.has_class("-column") or self.has_class("-block")
        self.update(self._rows() if roomy else self._line())
        report = self._report
        busy = report.findings or report.checklist or self._trouble or _leans(report.gauge)
        self.set_class(bool(busy), "-shown")

    def _line(self) -> Content:
        """One line: where the gauge leans, how many, the first one, and what is better."""
        finding, steps = self._current(), self._report.checklist
        if self._trouble:
            return line(self._trouble, "$text-warning")
        lean = _leans(self._report.gauge)
        parts = [line(lean, "$text-warning")] if lean else []
        parts += [line(_ticks(steps), "$text-muted")] if steps else []
        if finding:
            count = len(self._report.findings)
            better = f" → {finding.instead}" if finding.instead else ""
            parts.append(line(f"{count} ✎ {_quoted(finding)}{better}", "$text-warning"))
        return content(SafeLine("   ")).join(parts)

    def _rows(self) -> Content:
        """The gauge, the shown finding in full, the others with a word, the apology, the keys."""
        if self._trouble:
            return paragraph(self._trouble, "$text-warning")
        rows = self._column() if self.has_class("-column") else self._block()
        return content(_BREAK).join(rows)

    def _column(self) -> list[Content]:
        current, steps = self._current(), self._report.checklist
        rows = [line("Tone", "bold $text-muted"), _gauge(self._report.gauge), line("")]
        if current:
            rows += [line(_quoted(current), "bold $text-warning"), *_advice(current)]
            rows += [line(_origin(current), "$text-muted"), *_others(self._hidden())]
            rows.append(line(self._keys_for(current), "$text-accent"))
        else:
            rows.append(line("nothing found", "$text-muted"))
        if steps:
            rows += [line(""), line("The apology", "bold $text-muted")]
            rows += [line(f"{'✓' if s.done else '○'} {s.words}", _style(s)) for s in steps]
        return rows

    def _block(self) -> list[Content]:
        """At most eight rows, so what is one word or two shares a row."""
        current, steps = self._current(), self._report.checklist
        apart = content(SafeLine("   "))
        ticks = [line(_ticks(steps), "$text-muted")] if steps else []
        rows = [apart.join([_gauge(self._report.gauge), *ticks])]
        if current:
            quoted = line(_quoted(current), "bold $text-warning")
            rows += [apart.join([quoted, line(_origin(current), "$text-muted")])]
            rows += [*_advice(current), *_others_in_a_row(self._hidden())]
            rows.append(line(self._keys_for(current), "$text-accent"))
        return rows

    def _keys_for(self, finding: Finding) -> str:
        return self._slip_keys if finding.rule == RULE else self._keys

    def _hidden(self) -> list[Finding]:
        current = self._current()
        return [finding for finding in self._report.findings if finding is not current]


def _advice(finding: Finding) -> list[Content]:
    better = [line(f"→ {finding.instead}", "$text-success")] if finding.instead else []
    return [line(finding.why), *better]


def _origin(finding: Finding) -> str:
    return f"{finding.rule} · {finding.source}" if finding.source else finding.rule


def _keys(keymap: Keymap, *shown: tuple[str, str]) -> str:
    """Keys as the founder has them; what has no key is left out."""
    named = ((keymap.first_key(action), words) for action, words in shown)
    return " · ".join(f"{key} {words}" for key, words in named if key)


def _gauge(points: int) -> Content:
    """Draw "robot ····●···· cheer": in the middle it is plain, at an end it is a finding."""
    step = step_of(points)
    colour = "$text-warning" if abs(step) == STEPS else "$text-success"
    left, right = "·" * (STEPS + step), "·" * (STEPS - step)
    return content(
        (SafeLine(f"robot {left}"), "$text-muted"),
        (SafeLine("●"), colour),
        (SafeLine(f"{right} cheer"), "$text-muted"),
    )


def _leans(points: int) -> str:
    """The gauge in one word, where there is no room to draw it; "" near the middle."""
    step = step_of(points)
    if abs(step) < STEPS // 2:
        return ""
    return f"{'robot' if step < 0 else 'cheer'} {'●' * abs(step)}{'·' * (STEPS - abs(step))}"


def tone_lines(findings: Sequence[Finding]) -> list[str]:
    """Findings for the review: the words and what is better, a line each."""
    return [f"{_quoted(f)}" + (f" → {f.instead}" if f.instead else f": {f.why}") for f in findings]


def _others(findings: Sequence[Finding]) -> list[Content]:
    rows = [line(f"· {_quoted(f)}", "$text-muted") for f in findings[:_SHOWN]]
    more = len(findings) - _SHOWN
    return [*rows, line(f"· and {more} more", "$text-muted")] if more > 0 else rows


def _others_in_a_row(findings: Sequence[Finding]) -> list[Content]:
    words = " ".join(_quoted(f) for f in findings[:_SHOWN])
    return [line(f"also {words}", "$text-muted")] if findings else []


def _quoted(finding: Finding) -> str:
    words = safe_line(finding.text)
    return f"“{words if len(words) <= _LONGEST else words[: _LONGEST - 1] + '…'}”"


def _ticks(steps: Sequence[Step]) -> str:
    """Say "apology 4/5 + offer"."""
    needed = [step for step in steps if not step.optional]
    offer = " + offer" if any(step.optional and step.done for step in steps) else ""
    return f"apology {sum(step.done for step in needed)}/{len(needed)}{offer}"


def _style(step: Step) -> str:
    return "$text-success" if step.done else "$text-muted"


def letter_checker(ws: Workspace) -> Callable[[str], list[str]]:
    """How a mail to several people sounds; a mistake in a rule of the founder's is said instead."""
    from founder_inbox.app.sending.tone import tone_checker
    from founder_inbox.errors import FounderInboxError

    try:
        checker = tone_checker(ws)
    except FounderInboxError as error:
        words = [str(error)]
        return lambda _text: words
    return lambda text: tone_lines(checker.check(text).findings)
