"""Where things lie."""

from pathlib import Path

import pytest

from founder_inbox.system.paths import Paths, config_path, data_path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("FOUNDER_INBOX_CONFIG", "FOUNDER_INBOX_DATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "cfg"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    return tmp_path


def test_the_option_comes_before_the_environment_before_the_platform(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert config_path(None).name == "config.toml"
    assert home in config_path(None).parents
    monkeypatch.setenv("FOUNDER_INBOX_CONFIG", "~/b.toml")
    assert config_path(None) == home / "b.toml"
    assert config_path(str(home / "a.toml")) == home / "a.toml"


def test_the_setting_comes_before_the_environment_before_the_platform(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = home / "cfg" / "config.toml"

    assert home in data_path(None, config).parents
    monkeypatch.setenv("FOUNDER_INBOX_DATA", str(home / "d"))
    assert data_path(None, config) == home / "d"
    assert data_path(str(home / "e"), config) == home / "e"


def test_a_relative_folder_is_beside_the_config_wherever_the_program_starts(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = home / "cfg" / "config.toml"
    for elsewhere in (home, Path("/")):
        monkeypatch.chdir(elsewhere)
        assert data_path("data", config) == home / "cfg" / "data"
    assert data_path("~/data", config) == home / "data"


def test_a_relative_config_is_made_absolute(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)

    assert config_path("c.toml") == home / "c.toml"


def test_the_founders_files_lie_beside_the_config_and_the_data_together(home: Path) -> None:
    paths = Paths(home / "c" / "config.toml", home / "d")

    assert (paths.replies, paths.lanes) == (home / "c" / "replies", home / "c" / "lanes.toml")
    assert (paths.database, paths.log.parent) == (home / "d" / "inbox.db", home / "d")
