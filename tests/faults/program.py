"""The program as a process, run by tests: a command line in, how it ended and what it said out."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tests.faults.switch import VARIABLE, Order

ROOT = Path(__file__).resolve().parents[2]
OUTSIDE = Path(__file__).parent / "outside"
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: its exit code, or minus the signal's number."""

    arguments: tuple[str, ...]
    code: int
    out: str
    err: str
    points: tuple[str, ...]

    @property
    def killed(self) -> bool:
        return self.code == -signal.SIGKILL

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever was printed
        return json.loads(self.out)


def environment(order: Order | None = None) -> dict[str, str]:
    """That of a process of its own, with the switch if there is an order."""
    paths = [str(ROOT), *([str(OUTSIDE)] if order else [])]
    own = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    return {**own, VARIABLE: order.to_text()} if order else own


class Program:
    """Runs command lines one after the other, each in a forked process. Use `with`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(exist_ok=True)
        self._nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"],
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(
        self, config: Path, arguments: Sequence[str], order: Order | None = None, stdin: str = ""
    ) -> "Running":
        """Start a command and come back; only one at a time."""
        given = self._folder / "in"
        given.write_text(stdin)
        report = self._folder / "points"
        report.unlink(missing_ok=True)
        order = order or Order()
        values = {**json.loads(order.to_text()), "report": str(report)}
        self._write(
            {
                "arguments": ["--config", str(config), *arguments],
                "order": json.dumps(values),
                "stdin": str(given),
                "out": str(self._folder / "out"),
                "err": str(self._folder / "err"),
            }
        )
        return Running(self, tuple(arguments), int(self.read()["pid"]))

    def run(
        self, config: Path, arguments: Sequence[str], order: Order | None = None, stdin: str = ""
    ) -> Ended:
        """Run a command to its end, whatever that is."""
        return self.start(config, arguments, order, stdin).wait()

    def ended(self, arguments: tuple[str, ...], code: int) -> Ended:
        report = self._folder / "points"
        points = report.read_text().splitlines() if report.exists() else []
        out, err = ((self._folder / name).read_text(errors="replace") for name in ("out", "err"))
        return Ended(arguments, code, out, err, tuple(points))

    def read(self) -> dict[str, int]:
        """The nursery's next word."""
        assert self._nursery.stdout is not None
        line = self._nursery.stdout.readline()
        assert line, "the nursery ended"
        words: dict[str, int] = json.loads(line)
        return words

    def _write(self, request: dict[str, object]) -> None:
        assert self._nursery.stdin is not None
        self._nursery.stdin.write(json.dumps(request) + "\n")
        self._nursery.stdin.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._nursery.kill()
        # A child that is still there holds the other end: nothing is read to its end here.
        for pipe in (self._nursery.stdin, self._nursery.stdout):
            if pipe is not None:
                pipe.close()
        self._nursery.wait()


@dataclass(slots=True)
class Running:
    """A process that has begun."""

    program: Program
    arguments: tuple[str, ...]
    pid: int

    def wait(self) -> Ended:
        """Until it ends; one that stands still is sent on."""
        while True:
            said = self.program.read()
            if "code" in said:
                return self.program.ended(self.arguments, said["code"])
            self.go_on()

    def wait_stopped(self) -> Ended | None:
        """Until it stands still: None; or has ended before that."""
        said = self.program.read()
        if "stopped" in said:
            return None
        return self.program.ended(self.arguments, said["code"])

    def send(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def go_on(self) -> None:
        os.kill(self.pid, signal.SIGCONT)


def run_whole(config: Path, arguments: Sequence[str], order: Order | None = None) -> Ended:
    """The same as a process started from nothing, as the founder's shell does it."""
    done = subprocess.run(
        [sys.executable, "-m", "founder_inbox", "--config", str(config), *arguments],
        env=environment(order or Order()),
        cwd=config.parent,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    report = Path(order.report) if order and order.report else None
    points = report.read_text().splitlines() if report and report.exists() else []
    return Ended(tuple(arguments), done.returncode, done.stdout, done.stderr, tuple(points))
