"""The package as people get it: a wheel, made from an sdist, in an environment of its own."""

import json
import os
import re
import signal
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from dataclasses import dataclass
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

import founder_inbox
from tests.rules.source import ROOT

NAME = f"founder_inbox-{founder_inbox.__version__}"


@dataclass(frozen=True, slots=True)
class Package:
    """An sdist, the wheel built from nothing but it, and what the wheel says of itself."""

    sdist: Path
    wheel: Path

    @property
    def files(self) -> set[str]:
        with zipfile.ZipFile(self.wheel) as archive:
            return set(archive.namelist())

    @property
    def metadata(self) -> Message:
        with zipfile.ZipFile(self.wheel) as archive:
            return Parser().parsestr(archive.read(f"{NAME}.dist-info/METADATA").decode())


def build(source: Path, target: str, folder: Path) -> Path:
    """Let the build backend make it, without the network."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    [made] = folder.glob("*.tar.gz" if target == "sdist" else "*.whl")
    return made


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    folder = tmp_path_factory.mktemp("package")
    sdist = build(ROOT, "sdist", folder / "dist")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    return Package(sdist, build(folder / NAME, "wheel", folder / "dist"))


@dataclass(frozen=True, slots=True)
class Installed:
    """The command in an environment of its own, run far from the checkout with an empty home."""

    command: Path
    home: Path

    def start(self, *arguments: str | Path) -> subprocess.Popen[str]:
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
        return subprocess.Popen(
            [self.command, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.home,
            env={**kept, "HOME": str(self.home)},
        )

    def run(self, *arguments: str | Path) -> str:
        """What it prints; it has to end well."""
        running = self.start(*arguments)
        out, err = running.communicate(timeout=60)
        assert running.returncode == 0, err
        return out


@pytest.fixture(scope="module")
def installed(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    home = tmp_path_factory.mktemp("home")
    venv.create(home / "venv", with_pip=False)
    python = home / "venv" / "bin" / "python"
    # The packages it needs are those that the tests run with; nothing is fetched.
    site = next((home / "venv" / "lib").glob("python*/site-packages"))
    (site / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q"]
    subprocess.run([*pip, "--no-deps", "--no-index", str(package.wheel)], check=True)
    return Installed(python.with_name("founder-inbox"), home)


def test_every_file_of_the_program_and_the_manual_page_are_in_the_wheel(package: Package) -> None:
    ours = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "founder_inbox").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    packed = {name for name in package.files if name.startswith("founder_inbox/")}

    assert packed == ours
    assert "founder_inbox/py.typed" in ours
    assert f"{NAME}.data/data/share/man/man1/founder-inbox.1" in package.files


def test_the_license_is_in_both_and_named(package: Package) -> None:
    with tarfile.open(package.sdist) as archive:
        assert f"{NAME}/LICENSE" in archive.getnames()
    assert f"{NAME}.dist-info/licenses/LICENSE" in package.files
    assert package.metadata["License-Expression"] == "MIT"


def test_what_it_asks_for_is_what_the_project_says(package: Package) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [need for need in package.metadata.get_all("Requires-Dist", []) if ";" not in need]

    assert len(asked) == len(project["dependencies"])
    assert package.metadata["Requires-Python"] == ">=3.11"
    assert "Typing :: Typed" in package.metadata.get_all("Classifier", [])


def test_the_installed_command_says_its_version(installed: Installed) -> None:
    assert founder_inbox.__version__ in installed.run("--version")


def test_the_installed_demo_has_mail_that_the_installed_sync_fetches(installed: Installed) -> None:
    with installed.start("demo", "--serve") as demo:
        assert demo.stdout is not None
        try:
            config = demo.stdout.readline().strip()
            synced = json.loads(installed.run("sync", "--json", "--config", config))
        finally:
            demo.terminate()
    assert synced["fetched"] > 20
    assert demo.returncode in {0, -signal.SIGTERM, 128 + signal.SIGTERM}


def test_the_lock_holds_a_wheel_and_an_sdist_of_every_package() -> None:
    lock = (ROOT / "tests" / "requirements.lock").read_text(encoding="utf-8")
    pinned = lock.split("\n")[lock.split("\n").index("# that has no home page.") + 1 :]
    entries = re.findall(r"^([\w.-]+)==[^\n]*((?:\n    --hash=[^\n]*)+)", "\n".join(pinned), re.M)

    assert len(entries) > 40
    assert [name for name, hashes in entries if hashes.count("--hash") < 2] == []
