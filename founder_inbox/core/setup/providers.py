"""The mail providers whose ways are known: servers, login, and what to do there first.

Servers as Thunderbird's list of providers and the providers' help pages name them
(docs/providers.md is made from this table). A domain is looked up first, then the mail exchangers
of a domain of one's own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from founder_inbox.core.setup.places import Login, Place, Servers, domain_of, is_within


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider. `words`: what it needs, for the founder; `page`: where exactly that is made.

    `short_imap`, `short_smtp`: the user name there is what stands before the @.
    `imap` and `smtp` are None where it has none that a program can use.
    """

    name: str
    domains: tuple[str, ...]
    exchangers: tuple[str, ...]
    imap: Place | None
    smtp: Place | None
    login: Login
    words: str
    page: str = ""
    short_imap: bool = False
    short_smtp: bool = False

    def servers(self, address: str, source: str) -> Servers | None:
        """Both servers for an address; None where there are none."""
        if self.imap is None or self.smtp is None:
            return None
        short = address.rpartition("@")[0] if provider_of_address(address) else address
        imap, smtp = (short if is_short else address for is_short in self._short)
        smtp = "" if smtp == imap else smtp
        return Servers(self.imap, self.smtp, imap, source, login=self.login, smtp_username=smtp)

    @property
    def _short(self) -> tuple[bool, bool]:
        return self.short_imap, self.short_smtp


class Match(NamedTuple):
    """A provider, and in words how it was recognized."""

    provider: Provider
    source: str


def _tls(host: str, port: int) -> Place:
    return Place(host, port, "tls")


def _starttls(host: str, port: int) -> Place:
    return Place(host, port, "starttls")


def _plain(name: str, imap: str, smtp: str, *where: str) -> Provider:
    """A provider that takes the mailbox's own password. `where`: its domains and exchangers."""
    return Provider(
        name, where, where, _tls(imap, 993), _tls(smtp, 465), Login.OWN,
        f"{name} takes the password of the mailbox.",
    )  # fmt: skip


def _zoho(ending: str) -> tuple[Provider, Provider]:
    """Zoho in one region: mailboxes of its own, and those at domains of one's own."""
    words = (
        "Zoho wants IMAP switched on (Settings, Mail Accounts, IMAP Access), and an app password "
        "where two-factor sign-in is on."
    )
    page = f"https://accounts.zoho.{ending}/home#security/app_password"
    own = (f"zohomail.{ending}", f"zoho.{ending}")
    return (
        Provider(
            f"Zoho Mail ({ending})", own, (), _tls(f"imap.zoho.{ending}", 993),
            _tls(f"smtp.zoho.{ending}", 465), Login.APP, words, page,
        ),
        Provider(
            f"Zoho Mail for domains ({ending})", (), (f"zoho.{ending}", f"zohomail.{ending}"),
            _tls(f"imappro.zoho.{ending}", 993), _tls(f"smtppro.zoho.{ending}", 465),
            Login.APP, words, page,
        ),
    )  # fmt: skip


PROVIDERS: tuple[Provider, ...] = (
    Provider(
        "Gmail and Google Workspace", ("gmail.com", "googlemail.com"),
        ("google.com", "googlemail.com"), _tls("imap.gmail.com", 993),
        _tls("smtp.gmail.com", 465), Login.APP,
        "Google wants an app password, not your normal one: 16 letters that you can take back at "
        "any time. It offers them once two-step verification is on.",
        "https://myaccount.google.com/apppasswords",
    ),
    Provider(
        "Outlook.com", ("outlook.com", "hotmail.com", "live.com", "msn.com", "outlook.de"),
        ("olc.protection.outlook.com",), _tls("outlook.office365.com", 993),
        _starttls("smtp-mail.outlook.com", 587), Login.SIGN_IN,
        "Microsoft takes no passwords from mail programs any more: you sign in on its own page, "
        "with a client that you register once ([oauth]), or a program of yours does so and hands "
        "over the token (token_command).",
    ),
    Provider(
        "Microsoft 365", ("onmicrosoft.com",), ("protection.outlook.com", "mx.microsoft"),
        _tls("outlook.office365.com", 993), _starttls("smtp.office365.com", 587), Login.SIGN_IN,
        "Microsoft takes no passwords from mail programs any more: you sign in on its own page, "
        "with a client that you register once ([oauth]), or a program of yours does so and hands "
        "over the token (token_command). An administrator may have to allow "
        "IMAP and authenticated SMTP for the mailbox.",
    ),
    Provider(
        "iCloud", ("icloud.com", "me.com", "mac.com"), ("mail.icloud.com",),
        _tls("imap.mail.me.com", 993), _starttls("smtp.mail.me.com", 587), Login.APP,
        "Apple wants an app-specific password. At a domain of your own the user name is your "
        "main iCloud address, never an alias.",
        "https://account.apple.com/account/manage", short_imap=True,
    ),
    Provider(
        "Fastmail", ("fastmail.com", "fastmail.fm", "fastmail.org", "sent.com"),
        ("messagingengine.com",), _tls("imap.fastmail.com", 993), _tls("smtp.fastmail.com", 465),
        Login.APP,
        "Fastmail wants an app password with access to mail (IMAP and SMTP).",
        "https://app.fastmail.com/settings/security/apps",
    ),
    *_zoho("com"), *_zoho("eu"), *_zoho("in"), *_zoho("com.au"), *_zoho("jp"),
    Provider(
        "Yahoo Mail", ("yahoo.com", "yahoo.co.uk", "yahoo.de", "yahoo.fr", "ymail.com"),
        ("yahoodns.net",), _tls("imap.mail.yahoo.com", 993), _tls("smtp.mail.yahoo.com", 465),
        Login.APP,
        "Yahoo wants an app password. Where it offers you none, no program like this one can read "
        "the mailbox.",
        "https://login.yahoo.com/account/security",
    ),
    Provider(
        "AOL", ("aol.com",), (), _tls("imap.aol.com", 993), _tls("smtp.aol.com", 465),
        Login.APP,
        "AOL wants an app password. Where it offers you none, no program like this one can read "
        "the mailbox.",
        "https://login.aol.com/account/security",
    ),
    Provider(
        "Proton Mail", ("proton.me", "protonmail.com", "protonmail.ch", "pm.me"),
        ("protonmail.ch",), _starttls("127.0.0.1", 1143), _starttls("127.0.0.1", 1025),
        Login.BRIDGE,
        "Proton is reached through Proton Mail Bridge, which has to run on this machine. The "
        "password is the one that Bridge shows for the mailbox, not your own.",
        "https://proton.me/mail/bridge",
    ),
    Provider(
        "Yandex", ("yandex.com", "yandex.ru", "ya.ru"), ("mx.yandex.net", "mx.yandex.ru"),
        _tls("imap.yandex.com", 993), _tls("smtp.yandex.com", 465), Login.APP,
        "Yandex wants IMAP switched on in the mailbox's settings, and an app password for mail.",
        "https://id.yandex.com/security/app-passwords",
    ),
    Provider(
        "GMX", ("gmx.net", "gmx.de", "gmx.at", "gmx.ch"), ("gmx.net",),
        _tls("imap.gmx.net", 993), _tls("mail.gmx.net", 465), Login.OWN,
        "GMX wants IMAP switched on in its settings (E-Mail, POP3/IMAP), and an app password "
        "where two-factor sign-in is on.",
    ),
    Provider(
        "GMX international", ("gmx.com", "gmx.us", "gmx.co.uk"), ("gmx.com",),
        _tls("imap.gmx.com", 993), _tls("mail.gmx.com", 465), Login.OWN,
        "GMX wants IMAP switched on in its settings (Email, POP3 and IMAP), and an app password "
        "where two-factor sign-in is on.",
    ),
    Provider(
        "WEB.DE", ("web.de",), ("web.de",), _tls("imap.web.de", 993),
        _tls("smtp.web.de", 465), Login.OWN,
        "WEB.DE wants IMAP switched on in its settings (E-Mail, POP3/IMAP), and an app password "
        "where two-factor sign-in is on.", short_imap=True, short_smtp=True,
    ),
    _plain("mailbox.org", "imap.mailbox.org", "smtp.mailbox.org", "mailbox.org"),
    _plain("Posteo", "posteo.de", "posteo.de", "posteo.de", "posteo.net"),
    _plain("Migadu", "imap.migadu.com", "smtp.migadu.com", "migadu.com"),
    _plain("Purelymail", "imap.purelymail.com", "smtp.purelymail.com", "purelymail.com"),
    _plain("Gandi", "mail.gandi.net", "mail.gandi.net", "gandi.net"),
    _plain("Namecheap Private Email", "mail.privateemail.com", "mail.privateemail.com",
           "privateemail.com"),
    _plain("Hostinger", "imap.hostinger.com", "smtp.hostinger.com", "hostinger.com"),
    _plain("Titan", "imap.titan.email", "smtp.titan.email", "titan.email"),
    _plain("Rackspace", "secure.emailsrvr.com", "secure.emailsrvr.com", "emailsrvr.com"),
    _plain("IONOS", "imap.ionos.com", "smtp.ionos.com", "ionos.com", "ionos.co.uk"),
    _plain("IONOS (Germany)", "imap.ionos.de", "smtp.ionos.de", "ionos.de", "kundenserver.de"),
    _plain("Infomaniak", "mail.infomaniak.com", "mail.infomaniak.com", "infomaniak.ch",
           "infomaniak.com"),
    _plain("Runbox", "mail.runbox.com", "mail.runbox.com", "runbox.com"),
    Provider(
        "Tuta", ("tuta.com", "tutanota.com", "tutanota.de", "tutamail.com", "tuta.io"),
        ("tutanota.de",), None, None, Login.NONE,
        "Tuta has no IMAP, so no mail program but its own can read the mailbox. Customers could "
        "write to an address at another provider, or you forward them there.",
    ),
    Provider(
        "HEY", ("hey.com",), ("app.hey.com",), None, None, Login.NONE,
        "HEY has no IMAP, so no mail program but its own can read the mailbox. Customers could "
        "write to an address at another provider, or you forward them there.",
    ),
)  # fmt: skip


def provider_of_address(address: str) -> Match | None:
    """The provider that an address' domain belongs to."""
    domain = domain_of(address)
    for provider in PROVIDERS:
        if any(domain and is_within(domain, name) for name in provider.domains):
            return Match(provider, f"{provider.name}, by the address")
    return None


def provider_of_exchangers(exchangers: Iterable[str]) -> Match | None:
    """The provider that receives mail for a domain, by the names of its exchangers, best first."""
    for host in exchangers:
        # The longest name is the most exact: outlook.com's own are below Microsoft 365's.
        found = [
            (len(name), provider)
            for provider in PROVIDERS
            for name in provider.exchangers
            if is_within(host, name)
        ]
        if found:
            provider = max(found, key=lambda pair: pair[0])[1]
            return Match(provider, f"{provider.name}, which receives the domain's mail")
    return None


def provider_of_host(imap_host: str) -> Provider | None:
    """The provider whose IMAP server this is; loopback says nothing."""
    return next(
        (p for p in PROVIDERS if p.imap and p.imap.host == imap_host.lower().rstrip(".")
         and p.login is not Login.BRIDGE),
        None,
    )  # fmt: skip
