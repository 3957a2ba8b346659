"""The guide names every setting, and what it tells people to write is accepted."""

import re
import tomllib
from typing import get_args

import msgspec
import pytest

from founder_inbox.errors import ConfigError
from founder_inbox.system.config import Config, parse_config
from tests.docs.pages import PAGES, blocks, page, section

TOML = [(path.name, text) for path in PAGES for text in blocks(path.read_text(), "toml")]
LEAST = {
    "account": 'address = "support@acme.test"',
    "imap": 'host = "mail.acme.test"',
    "smtp": 'host = "mail.acme.test"',
}
EVERY_SETTING = blocks(section(page("guide.md"), "Every setting"), "toml")[0]


def settings_of(config: type[msgspec.Struct]) -> dict[str, set[str]]:
    """Section by section the keys a configuration can have; "" holds those outside a section."""
    found: dict[str, set[str]] = {"": set()}
    for field in msgspec.structs.fields(config):
        kinds = [field.type, *get_args(field.type)]
        section = next((k for k in kinds if isinstance(k, type) and _is_section(k)), None)
        if section is not None:
            found[field.encode_name] = {f.name for f in msgspec.structs.fields(section)}
        elif field.name != "keys":
            found[""].add(field.name)
    return found


def _is_section(kind: type) -> bool:
    return issubclass(kind, msgspec.Struct)


def settings_in(toml: str) -> dict[str, set[str]]:
    """The same for an example; a setting that is commented out counts."""
    found: dict[str, set[str]] = {"": set()}
    name = ""
    for line in toml.splitlines():
        if header := re.match(r"\[+(\w+)\]+", line):
            name = header[1]
            found[name] = set()
        elif key := re.match(r"#? ?(\w+) = ", line):
            found[name].add(key[1])
    return found


def test_the_guide_names_every_setting() -> None:
    shown = settings_in(EVERY_SETTING)
    servers = shown["imap"] | shown["smtp"]
    shown["smtp"], shown["imap"] = servers - {"archive"}, servers
    shown.pop("keys")

    assert shown == settings_of(Config)


def whole(toml: str) -> str:
    """An example with what it leaves out because it is about something else."""
    given = tomllib.loads(toml)
    for name, line in LEAST.items():
        key = line.partition(" ")[0]
        if name not in given:
            toml += f"\n[{name}]\n{line}\n"
        elif key not in given[name]:
            toml = toml.replace(f"[{name}]\n", f"[{name}]\n{line}\n")
    return toml


@pytest.mark.parametrize(("name", "toml"), TOML)
def test_an_example_is_a_configuration_that_works(name: str, toml: str) -> None:
    parsed = parse_config(whole(toml), name)

    given = tomllib.loads(toml).get("account", {"address": "support@acme.test"})
    assert parsed.account.address == given["address"]


def test_an_example_with_a_setting_that_does_not_exist_is_noticed() -> None:
    with pytest.raises(ConfigError, match="archives"):
        parse_config(whole('[imap]\narchives = "done"'), "a page")


def test_what_the_guide_calls_default_is_the_default() -> None:
    given = parse_config(EVERY_SETTING, "guide.md")
    least = parse_config(whole(""), "least")

    assert given.level == least.level
    assert given.quick_fix == least.quick_fix
    assert given.sending == least.sending
    assert given.break_ == least.break_
    assert given.imap.security == least.imap.security
    assert given.hours.enforcement == least.hours.enforcement
    assert given.hours.fire is least.hours.fire
    assert given.hours.windows[:1] == least.hours.windows
