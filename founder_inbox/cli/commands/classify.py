"""Sorting texts into lanes from the command line, and how well that goes."""

from collections.abc import Iterator
from typing import Any

import click
import msgspec

from founder_inbox.app.reading.sorting import Sorter
from founder_inbox.cli.arguments import read_bytes
from founder_inbox.cli.context import data_command, given_config, print_json, print_page, wants_json
from founder_inbox.cli.shapes import verdict_shape
from founder_inbox.core.lanes.report import Confusion, bars, confusion, format_confusion
from founder_inbox.core.model import Lane
from founder_inbox.errors import BadInput


class Sample(msgspec.Struct, frozen=True):
    """One line of input. `lane` is the right one, for `--report`; other keys are ignored."""

    text: str
    subject: str | None = None
    headers: dict[str, str | list[str]] | None = None
    lane: Lane | None = None


@data_command("classify")
@click.option(
    *("--report", "report"),
    metavar="FILE",
    is_flag=False,
    flag_value="-",
    help='Compare with the right "lane" in each line; without FILE, of standard input.',
)
def classify(report: str | None) -> None:
    """Sort texts into lanes, and say why.

    One JSON object a line on standard input, {"subject", "text", "headers"}; one a line comes
    out, {"lane", "topic", "reasons", "sure"}, in the same order. Needs no configuration;
    with one, the tickets you have moved count as they do for new mail.
    """
    sorter = Sorter(given_config())
    if report is None:
        for sample in _samples(read_bytes("-"), "standard input"):
            print_json(verdict_shape(_sort(sorter, sample)))
        return
    source = "standard input" if report == "-" else report
    samples = list(_samples(read_bytes(report), source))
    pairs = [(s.lane, _sort(sorter, s).lane) for s in samples if s.lane is not None]
    found = confusion(pairs)
    if wants_json():
        print_json(_shape(found))
    else:
        print_page(format_confusion(found))


def _sort(sorter: Sorter, sample: Sample) -> Any:  # noqa: ANN401 - a Verdict, whose import would be for this line only
    return sorter.sort(sample.subject or "", sample.text, sample.headers or {})


def _samples(raw: bytes, source: str) -> Iterator[Sample]:
    decoder = msgspec.json.Decoder(Sample)
    for number, line in enumerate(raw.splitlines(), 1):
        if line.strip():
            try:
                yield decoder.decode(line)
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                raise BadInput(f"{source}, line {number}: {error}.") from None


def _shape(found: Confusion) -> dict[str, Any]:
    return {
        "overall": found.overall,
        "lanes": [
            {
                "lane": score.lane.value,
                "mails": score.mails,
                "recall": score.recall,
                "precision": score.precision,
            }
            for score in found.scores
        ],
        "bars": [
            {"name": bar.name, "share": bar.share, "bar": bar.wanted, "reached": bar.is_reached}
            for bar in bars(found)
        ],
        "confusion": [
            {"lane": right.value, "sorted": chosen.value, "count": count}
            for (right, chosen), count in sorted(found.counts.items())
        ],
    }
