"""The machine's zone, for `timezone = "local"`."""

import pytest

from founder_inbox.system.clock import local_zone_name


@pytest.mark.parametrize(
    ("given", "zone"),
    [
        ("Asia/Tokyo", "Asia/Tokyo"),
        (":Europe/Berlin", "Europe/Berlin"),
        (":/usr/share/zoneinfo/Africa/Casablanca", "Africa/Casablanca"),
    ],
)
def test_a_travelling_founder_s_tz_names_the_zone(
    monkeypatch: pytest.MonkeyPatch, given: str, zone: str
) -> None:
    monkeypatch.setenv("TZ", given)
    assert local_zone_name() == zone


@pytest.mark.parametrize("given", ["", "CET-1CEST,M3.5.0,M10.5.0/3"])
def test_a_tz_that_is_no_name_leaves_the_machine_s_own(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.delenv("TZ", raising=False)
    own = local_zone_name()
    monkeypatch.setenv("TZ", given)
    assert local_zone_name() == own
