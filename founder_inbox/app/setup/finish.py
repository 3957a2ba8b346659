"""The end of setup: the password is stored, one configuration is written, the door opens once."""

import contextlib
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from founder_inbox.app.hours.door import open_early
from founder_inbox.app.setup.later import asks_for_hours
from founder_inbox.app.setup.round_trip import Note
from founder_inbox.app.setup.trial import Candidate
from founder_inbox.app.sign_in import access_token, sign_in
from founder_inbox.app.workspace import open_workspace
from founder_inbox.core.letters.compose import Draft, build
from founder_inbox.core.letters.fields import ascii_domain
from founder_inbox.core.model import Address
from founder_inbox.core.setup.first_config import Answers, config_text
from founder_inbox.core.setup.places import Login, Place
from founder_inbox.core.setup.providers import Provider
from founder_inbox.errors import BadInput, Closed
from founder_inbox.mail.imap import ImapServer
from founder_inbox.mail.own_certificate import fingerprint_of
from founder_inbox.mail.smtp import Submission
from founder_inbox.system.config import OAuth, Server, parse_config
from founder_inbox.system.files import write_only_new
from founder_inbox.system.secrets import Secret, keep_in_file, keep_in_keyring, secret_for

PASSWORD_FILE = "mail-password"  # noqa: S105 - a name beside the config
TOKEN_FILE = "mail-token"  # noqa: S105 - the same
_FIRST_LOOK_MINUTES = 30
_FIRST_LOOK = "The first look, after setup"
_SUBJECT = "founder-inbox: a mail to yourself"
_WORDS = (
    "This is a test of your setup. It went out through your mail server and came back, and is "
    "taken away again. Nobody has to do anything."
)


def check_answers(answers: Answers, where: Path) -> None:
    """Raise ConfigError where no configuration can be made of the answers."""
    parse_config(config_text(answers, ""), str(where))


def with_own_certificate(answers: Answers, provider: Provider | None) -> Answers:
    """Trust exactly the certificate of a Bridge on this machine. Raises ServerUnreachable."""
    if provider is None or provider.login is not Login.BRIDGE or answers.fingerprint:
        return answers
    return replace(answers, fingerprint=fingerprint_of(answers.imap))


def candidate_of(
    answers: Answers, secret: Secret, provider: Provider | None, note: Note | None
) -> Candidate:
    """Both servers of the answers, to be tried with this password or token."""

    def where(place: Place, name: str) -> tuple[str, int, str, str, str, str | None, str | None]:
        ca_file, fingerprint = answers.ca_file or None, answers.fingerprint or None
        security = place.security
        return (place.host, place.port, security, name, secret.words, ca_file, fingerprint)

    sender = answers.smtp_username or answers.username
    return Candidate(
        ImapServer(*where(answers.imap, answers.username), secret.is_token),
        Submission(*where(answers.smtp, sender), secret.is_token),
        provider,
        note,
    )


def note_to_oneself(address: str, name: str, now: datetime) -> Note:
    """The mail that goes out and comes back. Raises BadInput for an address that can't be sent."""
    domain = ascii_domain(address.rpartition("@")[2])
    message_id = f"<fi.setup.{secrets.token_hex(12)}@{domain}>"
    me = Address(name, address)
    draft = Draft(sender=me, to=(me,), subject=_SUBJECT, body=_WORDS, automatic=True)
    return Note(address, message_id, build(draft, message_id, now))


def secret_of(answers: Answers, folder: Path, show: Callable[[str], None]) -> Secret:
    """What is logged in with, where the answers name a way to it. Raises LoginRefused.

    `show` tells where to sign in, where one does.
    """
    access = answers.access
    if access.sign_in:
        settings = OAuth(**dict(access.sign_in))  # type: ignore[arg-type] # `check_answers` was there
        sign_in(settings, folder, answers.username, show)
        return Secret(access_token(settings, folder, answers.username), is_token=True)
    way = Server(
        host=answers.imap.host,
        password_command=list(access.password_command) or None,
        token_command=list(access.token_command) or None,
        password_file=access.password_file or None,
    )
    return secret_for(answers.username, way, folder)


def store_password(answers: Answers, password: str, folder: Path) -> Answers | None:
    """Keep a typed password: in the file that the answers name, else in the keyring.

    None where there is no keyring; then a file has to be agreed to (`in_a_file`). What the
    answers' own command prints is stored nowhere. Raises CannotWrite.
    """
    access = answers.access
    if access.password_command or access.token_command or access.sign_in:
        return answers
    if access.password_file:
        keep_in_file(folder / Path(access.password_file).expanduser(), password)
        return answers
    return answers if keep_in_keyring(answers.username, password) else None


def in_a_file(answers: Answers) -> Answers:
    """The same answers, with the password, or the sign-in, in a file beside the config."""
    if kept := answers.access.sign_in:
        kept = (*kept, ("token_file", TOKEN_FILE))
        return replace(answers, access=replace(answers.access, sign_in=kept))
    return replace(answers, access=replace(answers.access, password_file=PASSWORD_FILE))


def write_config(path: Path, answers: Answers, found: str) -> None:
    """Write the first configuration, 0600. Raises BadInput where there is one, CannotWrite."""
    text = config_text(answers, found)
    parse_config(text, str(path))
    write_only_new(path, text)


def first_look(config: Path, now: datetime) -> None:
    """Open the door for the first look, where nobody has chosen hours yet and it is shut.

    It is written down as every opening outside the hours is. Raises CannotWrite.
    """
    if not asks_for_hours(config):
        return
    with open_workspace(str(config)) as ws, contextlib.suppress(BadInput, Closed):
        open_early(ws, _FIRST_LOOK_MINUTES, _FIRST_LOOK, now)
