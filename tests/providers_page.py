"""`docs/providers.md`: what each known mail provider needs, from the table that setup uses."""

from founder_inbox.core.setup.places import Login
from founder_inbox.core.setup.providers import PROVIDERS, Provider

_HEAD = """\
# Providers

What `founder-inbox setup` knows of mail providers, so that you need not.
Your address' domain is looked up here first, then who receives the mail of a domain of your own.
Whoever is not here is found by the domain's autoconfig, by Thunderbird's list of providers, or by
the domain's SRV records ([setup](guide.md#setup)).

Encrypted means `tls` at 993 and 465, unless a port says otherwise; `starttls` is written beside it.

| provider | IMAP | SMTP | login |
|---|---|---|---|
"""


def providers_page() -> str:
    """The whole page."""
    table = "".join(f"{_row(provider)}\n" for provider in PROVIDERS)
    return _HEAD + table + "\n## What they need\n" + "".join(map(_section, _with_words()))


def _row(provider: Provider) -> str:
    places = []
    for place, usual in ((provider.imap, 993), (provider.smtp, 465)):
        shown = "none" if place is None else f"`{place.host}`"
        if place is not None and (place.security, place.port) != ("tls", usual):
            shown += f" {place.port} {place.security}"
        places.append(shown)
    return f"| {provider.name} | {places[0]} | {places[1]} | {provider.login} |"


def _with_words() -> list[Provider]:
    """Those that need more than a password; the regions of one provider count once."""
    by_words = {
        (p.words, p.page): p for p in PROVIDERS if p.login is not Login.OWN or "wants" in p.words
    }
    return list(by_words.values())


def _section(provider: Provider) -> str:
    page = f"\n{provider.page}\n" if provider.page else ""
    return f"\n### {provider.name}\n\n{provider.words}\n{page}"
