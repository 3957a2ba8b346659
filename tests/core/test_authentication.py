"""What the receiving server says of a sender."""

import pytest

from founder_inbox.core.mime.reader import parse


def is_unproven(*results: str) -> bool:
    head = "".join(f"Authentication-Results: {result}\r\n" for result in results)
    return parse(f"{head}From: a@x.test\r\n\r\nHi\r\n".encode()).unproven


@pytest.mark.parametrize(
    "result",
    [
        "mx.test; spf=pass smtp.mailfrom=x.test; dmarc=fail (p=NONE dis=NONE) header.from=x.test",
        "mx.test;\r\n dkim=none;\r\n DMARC = Fail action=none",
        "mx.test; spf=fail smtp.mailfrom=x.test; dkim=none",
        "mx.test; dmarc=fail (dmarc=pass)",
    ],
)
def test_a_mail_its_senders_domain_does_not_stand_by_is_unproven(result: str) -> None:
    assert is_unproven(result)


@pytest.mark.parametrize(
    "result",
    [
        "",
        "mx.test; none",
        "mx.test; dmarc=pass header.from=x.test",
        "mx.test; spf=fail; dkim=pass header.d=x.test",
        "mx.test; spf=softfail",
        "mx.test; dmarc=none; spf=fail",
        "mx.test; dmarc=temperror",
        "mx.test; reason=xdmarc=fail",
        "mx.test; dkim=pass (dmarc=fail is a comment)",
    ],
)
def test_no_news_and_doubtful_news_are_good_news(result: str) -> None:
    assert not is_unproven(result)


def test_the_server_nearest_to_us_is_believed_and_no_pass_further_down() -> None:
    bad, good = "mx.test; dmarc=fail", "evil.test; dmarc=pass"

    assert is_unproven(bad, good)
    assert is_unproven("inner.test; auth=pass", bad, good)
    assert not is_unproven(good, bad)
    assert not is_unproven()


def test_a_hostile_header_costs_nothing() -> None:
    assert not is_unproven("(" * 100_000 + "dmarc=fail")
    assert not is_unproven("\N{SNOWMAN}" * 10_000)
