"""What is known of mail providers, by the names of their servers."""

from dataclasses import dataclass
from datetime import timedelta

# When Sent is looked into for the server's own copy, after a mail has left. A second copy beside
# a late one would stand there for ever, so where one is expected, we wait.
SOON = (timedelta(seconds=20),)
PATIENTLY = (*SOON, timedelta(minutes=2), timedelta(minutes=5), timedelta(minutes=15))


@dataclass(frozen=True, slots=True)
class SentRule:
    """How the Sent copy comes about.

    `always`: the provider files it whatever happens, and we never do. `looks`: when to look for
    its copy before we file one. `searches`: whether SEARCH finds a Message-ID there.
    """

    always: bool = False
    looks: tuple[timedelta, ...] = SOON
    searches: bool = True


_GOOGLE = SentRule(always=True)
# The copy may take a quarter of an hour, its Message-ID is replaced, and search lags behind.
_MICROSOFT = SentRule(looks=PATIENTLY, searches=False)
_YAHOO = SentRule(looks=PATIENTLY, searches=False)
# There are reports of both.
_ICLOUD = SentRule(looks=PATIENTLY[:2], searches=False)
_RULES = {
    "gmail.com": _GOOGLE,
    "googlemail.com": _GOOGLE,
    "google.com": _GOOGLE,
    "protonmail.ch": SentRule(always=True),
    "proton.me": SentRule(always=True),
    "office365.com": _MICROSOFT,
    "outlook.com": _MICROSOFT,
    "mail.me.com": _ICLOUD,
    "icloud.com": _ICLOUD,
    "yahoo.com": _YAHOO,
    "aol.com": _YAHOO,
    "fastmail.com": SentRule(),  # only if the account says so, and then at once
}


# Its VANISHED answers have emptied the databases of other clients.
_BAD_RESYNC = ("mail.me.com", "icloud.com", "me.com", "mac.com", "apple.com")


def resync_is_safe(imap_host: str) -> bool:
    """Whether this server may tell us what vanished (QRESYNC); others are compared by count."""
    host = imap_host.casefold().rstrip(".")
    return not any(host == name or host.endswith("." + name) for name in _BAD_RESYNC)


def sent_rule(smtp_host: str) -> SentRule:
    """What to do about the Sent copy of what this server takes; unknown servers are looked at."""
    host = smtp_host.casefold().rstrip(".")
    rules = (rule for name, rule in _RULES.items() if host == name or host.endswith("." + name))
    return next(rules, SentRule())


def next_look(rule: SentRule, saves: bool | None, elapsed: timedelta) -> timedelta | None:
    """When to look again for a copy that is not there yet; None: now is the time to file one.

    `saves` is what this account's server did before, None where nobody knows. Both times are
    measured from the mail's acceptance.
    """
    looks = PATIENTLY if saves else rule.looks
    return next((look for look in looks if look > elapsed), None)
