"""The tests with the oldest packages that are allowed: `python -m tests.oldest [PYTEST ARGUMENTS]`.

Every floor in `pyproject.toml` is pinned, and what these packages need is the newest that fits.
They are installed into `.venv/oldest`, for the Python that runs this.
"""

import re
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".venv" / "oldest"
_NEED = re.compile(r"(?P<name>[\w.-]+(?:\[[\w,-]+\])?)(?:>=(?P<floor>[\d.]+))?(?P<rest>.*)")


def floors() -> Iterator[str]:
    """Each package that the program or its tests ask for, pinned to its floor if it has one."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for need in [*project["dependencies"], *project["optional-dependencies"]["test"]]:
        found = _NEED.fullmatch(need)
        if found is None:
            raise SystemExit(f"pyproject.toml asks for {need}, which is not read here.")
        yield f"{found['name']}=={found['floor']}" if found["floor"] else need


def main() -> int:
    """Install them, and run the tests; the exit code is pytest's."""
    venv.create(HOME, with_pip=False, clear=True)
    python = HOME / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python)]
    subprocess.run([*pip, "install", "-q", *floors()], check=True)
    subprocess.run([*pip, "list", "--format=freeze"], check=True)
    tests = [str(python), "-m", "pytest", "-n", "2", *sys.argv[1:]]
    return subprocess.run(tests, check=False, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
