"""Contact forms: a machine's address writes what a person typed, and Reply-To is that person."""

import re
from collections.abc import Sequence

from founder_inbox.core.model import Address

NO_REPLY = re.compile(
    r"(?:[\w.+-]{1,40}[._+-])?(?:no|do-?not|do_not|never|not)[._-]?reply(?:[._+=-][^@]{0,80})?@.*"
    r"|(?:notifications?|alerts?|bounces?)(?:[+=-][^@]{0,80})?@.*"
)
"""Addresses at which nobody reads, folded."""

_FORM = re.compile(
    r"(?:www|www-data|web|webmaster|website|webserver|wordpress|wp|apache|httpd|nginx|nobody|mailer"
    r"|(?:web|contact|kontakt|feedback|support|mail)?[._-]?(?:forms?|formular|formulaire)"
    r"|form[._-]?(?:mail|mailer|responses?|submissions?)|contact|kontakt)(?:[+=-][^@]{0,80})?@.*"
    r"|[\w.+=-]{1,80}@(?:[\w-]{1,40}\.){0,3}(?:formspree\.io|typeform\.com|jotform\.com|wufoo\.com"
    r"|getform\.io|formsubmit\.co|usebasin\.com|squarespace\.info|formstack\.com|tally\.so"
    r"|netlify\.com|web3forms\.com|paperform\.co|cognitoforms\.com)"
)


def is_relay(sender: Address, reply_to: Sequence[Address]) -> bool:
    """Whether the sender only passes on what Reply-To, somebody at another domain, has written.

    So all its mails are from one address, and that says nothing about who wrote two of them.
    """
    if len(reply_to) != 1:
        return False
    relay, person = sender.address.casefold(), reply_to[0].address.casefold()
    same_domain = relay.rpartition("@")[2] == person.rpartition("@")[2]
    if same_domain or "@" not in person or NO_REPLY.fullmatch(person):
        return False
    return bool(NO_REPLY.fullmatch(relay) or _FORM.fullmatch(relay))


def writer(sender: Address, reply_to: Sequence[Address]) -> Address:
    """Who wrote the mail: the sender, or whoever filled in the form that sent it."""
    return reply_to[0] if is_relay(sender, reply_to) else sender
