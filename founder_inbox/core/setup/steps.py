"""The steps of a trial, and what each failure means: a sentence, and what to do next."""

from enum import StrEnum

from founder_inbox.core.setup.places import Login
from founder_inbox.core.setup.providers import Provider


class Step(StrEnum):
    """What is tried, in this order; the value is the word before the tick."""

    NAME = "name"
    TLS = "encryption"
    LOGIN = "login"
    INBOX = "inbox"
    SENT = "sent mailbox"
    SMTP = "sending"
    ROUND_TRIP = "a mail to yourself"


# What can't be tried once a step has failed.
NEEDED: dict[Step, tuple[Step, ...]] = {
    Step.NAME: (),
    Step.TLS: (Step.NAME,),
    Step.LOGIN: (Step.NAME, Step.TLS),
    Step.INBOX: (Step.NAME, Step.TLS, Step.LOGIN),
    Step.SENT: (Step.NAME, Step.TLS, Step.LOGIN),
    Step.SMTP: (),
    Step.ROUND_TRIP: (Step.NAME, Step.TLS, Step.LOGIN, Step.INBOX, Step.SMTP),
}


def name_unknown(host: str) -> tuple[str, str]:
    """No address belongs to the host's name: the sentence, and what to do."""
    return (
        f"No machine is known by the name {host}.",
        "Look at the spelling, and whether this machine is online.",
    )


def not_encrypted(port: int, reason: str) -> tuple[str, str]:
    """The connection, or its encryption, came to nothing."""
    other = "587 with starttls" if port == 465 else "the other port your provider names"
    hint = f"or try {other}" if port in {465, 587} else "or ask your provider for it"
    return reason, f"Check host and port, {hint}. A firewall may close it, too."


def login_refused(provider: Provider | None, login: Login) -> str:
    """What to do after a refused login, beyond what it says itself: the provider's own page."""
    if provider is not None and provider.page and login in {Login.APP, Login.OWN}:
        return f"{provider.words} Make one here, and paste it: {provider.page}"
    if provider is not None:
        return provider.words
    return ""


def no_sent_mailbox() -> tuple[str, str]:
    """The account has no mailbox for what was sent."""
    return (
        "There is none yet.",
        "One named Sent is made when your first reply leaves.",
    )


def not_back(seconds: int) -> tuple[str, str]:
    """The mail to yourself was accepted, but is not in the inbox."""
    return (
        f"It was taken, and is not in the inbox after {seconds} seconds.",
        "Some providers are slow with the first mail, or file it under Junk; look there. "
        "Everything else works, so you can begin.",
    )
