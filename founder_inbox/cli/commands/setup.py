"""The first run: find the servers, try them, write the configuration.

In a terminal it is a screen; with `--from` or `--password-stdin` it is lines, for scripts.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from founder_inbox.app.setup import finish, later
from founder_inbox.app.setup.find import Found, find_servers
from founder_inbox.app.setup.given import Table, answers_of, names_both_servers, read_given
from founder_inbox.app.setup.trial import try_servers
from founder_inbox.app.workspace import config_file
from founder_inbox.cli.check_lines import check_line, check_shape
from founder_inbox.cli.context import (
    data_command,
    given_config,
    print_json,
    print_page,
    say,
    tell,
    wants_json,
)
from founder_inbox.core.checks import Check, State
from founder_inbox.core.setup.first_config import Answers
from founder_inbox.core.setup.places import Login, Servers
from founder_inbox.errors import BadInput, LoginRefused
from founder_inbox.system import clock
from founder_inbox.system.secrets import Secret


@data_command("setup")
@click.argument("address", required=False)
@click.option(
    "--from",
    "source",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Read the answers from a file, in a configuration's words; what is missing is found.",
)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.option("--no-mail", is_flag=True, help="Send no mail to yourself.")
@click.option(
    "--hours",
    "windows",
    metavar="WINDOW",
    multiple=True,
    help='Add support hours to the configuration: "mon-fri 09:00-10:00".',
)
@click.option("--teammate", metavar="TEXT", help='Add who H hands off to: "Vlad <vlad@acme.test>".')
@click.pass_context
def setup(
    ctx: click.Context, address: str | None, source: Path | None, password_stdin: bool,
    no_mail: bool, windows: Sequence[str], teammate: str | None,
) -> int:  # fmt: skip
    """Connect your own mailbox: finds the servers, tries them, writes the configuration.

    In a terminal it asks for the address, and the app opens at the end. In a script: setup --from
    answers.toml, or setup ADDRESS --password-stdin. A configuration that is there is never
    rewritten; --hours and --teammate are added at its end.
    """
    path = config_file(given_config())
    if path.exists() and (windows or teammate):
        _add(path, windows, teammate)
        return 0
    if path.exists():
        raise BadInput(
            f"There is a configuration already, and it stays as it is: {path}. Look whether all is "
            "well with: founder-inbox doctor. For another mailbox name another file: --config FILE."
        )
    if source is None and not password_stdin:
        if wants_json() or not all(s.isatty() for s in (sys.stdin, sys.stdout, sys.stderr)):
            ctx.fail("Without a terminal: setup --from FILE, or setup ADDRESS --password-stdin.")
        return on_a_screen(ctx, address or "")
    if source is None and not address:
        ctx.fail("Whose mailbox? setup ADDRESS --password-stdin")
    given: Table = read_given(source) if source else {"account": {"address": address}}
    if windows:
        given.setdefault("hours", {})["windows"] = list(windows)
    return _in_lines(path, given, password_stdin=password_stdin, round_trip=not no_mail)


def on_a_screen(ctx: click.Context, address: str = "") -> int:
    """Ask on a screen; then the app opens, or the demo if that was wished for."""
    from founder_inbox.tui.run import run_app, run_setup

    wish = run_setup(given_config(), address)
    if wish == "demo":
        from founder_inbox.cli.commands.demo import demo

        code = ctx.invoke(demo, folder=None, serve=False, outage=False)
        return int(code)
    if wish == "failed":
        return 1
    return run_app(given_config()) if wish == "ready" else 0


def _in_lines(path: Path, given: Table, *, password_stdin: bool, round_trip: bool) -> int:
    """Find, try and write, a line for each step; the exit code."""
    found = _find(given)
    answers = finish.with_own_certificate(answers_of(given, found.servers), found.provider)
    finish.check_answers(answers, path)
    if not wants_json():
        print_page(f"{found.source}: {answers.imap} and {answers.smtp}")
    secret, typed = _secret(answers, path, found, password_stdin=password_stdin)
    now = clock.now()
    note = finish.note_to_oneself(answers.address, answers.name, now) if round_trip else None
    candidate = finish.candidate_of(answers, secret, found.provider, note)
    checks: list[Check] = []
    for check in try_servers(candidate, clock.now):
        checks.append(check)
        if not wants_json():
            print_page(check_line(check))
    wrong = [check for check in checks if check.state is State.FAILED]
    if not wrong:
        if typed:
            answers = _stored(answers, typed, path)
        finish.write_config(path, answers, found.source)
        finish.first_look(path, now)
    _end(path, answers, found, checks, wrong)
    return wrong[0].code if wrong else 0


def _end(
    path: Path, answers: Answers, found: Found, checks: Sequence[Check], wrong: Sequence[Check]
) -> None:
    if wants_json():
        print_json(
            {
                "ok": not wrong,
                "config": None if wrong else str(path),
                "source": found.source,
                "imap": str(answers.imap),
                "smtp": str(answers.smtp),
                "checks": [check_shape(check) for check in checks],
            }
        )
    elif wrong:
        print_page(f"{len(wrong)} to mend. Nothing was written.")
    else:
        print_page(f"Ready: {path}\nOpen it with: founder-inbox")


def _find(given: Table) -> Found:
    """The servers: the file's, else found. Raises BadInput where there are none to be used."""
    address = given["account"]["address"]
    if names_both_servers(given):
        from founder_inbox.core.setup.providers import provider_of_host

        return Found(provider_of_host(given["imap"]["host"]), None, "Named by you")
    found = find_servers(address)
    if found.provider is not None and found.provider.login is Login.NONE:
        raise BadInput(f"{found.provider.words} Nothing was done.")
    if found.servers is None:
        raise BadInput(
            f"No mail servers were found for {address} ({found.source}). Name them in a file for "
            '--from: host = "…" in [imap] and in [smtp].'
        )
    if not found.servers.vouched:
        raise _not_vouched(found.servers)
    return found


def _not_vouched(servers: Servers) -> BadInput:
    """Whoever answers for a domain's names could send a password anywhere (RFC 6186, 6)."""
    return BadInput(
        f"{servers.source.capitalize()} names {servers.imap} and {servers.smtp}, which belong to "
        "another domain. If they are your provider's, write them into a file for --from: "
        f'host = "{servers.imap.host}" in [imap], host = "{servers.smtp.host}" in [smtp]. '
        "Nothing was sent to them."
    )


def _secret(
    answers: Answers, path: Path, found: Found, *, password_stdin: bool
) -> tuple[Secret, str]:
    """What to log in with, and the password that was typed, if one was. Raises LoginRefused."""
    login = found.provider.login if found.provider else Login.OWN
    access = answers.access
    if login is Login.SIGN_IN and not (access.token_command or access.sign_in):
        assert found.provider is not None  # noqa: S101 - a provider says so
        raise LoginRefused(f"{found.provider.words} Nothing was sent.")
    if not password_stdin:
        return finish.secret_of(answers, path.parent, say), ""
    typed = sys.stdin.readline().removesuffix("\n").removesuffix("\r")
    if login is Login.APP:
        typed = "".join(typed.split())  # pages show app passwords in groups
    if not typed:
        raise LoginRefused("Standard input held no password. Nothing was done.")
    return Secret(typed), typed


def _stored(answers: Answers, password: str, path: Path) -> Answers:
    stored = finish.store_password(answers, password, path.parent)
    if stored is None:
        raise BadInput(
            "Both logins work, but this machine has no keyring to keep the password in, so nothing "
            f"was written. Allow a file that only you can read: password_file = "
            f'"{finish.PASSWORD_FILE}" in [imap] of a file for --from; or name a password_command.'
        )
    return stored


def _add(path: Path, windows: Sequence[str], teammate: str | None) -> None:
    if windows:
        later.add_hours(path, "local", windows)
        tell("Your support hours are in the configuration.")
    if teammate:
        from email.utils import parseaddr

        name, address = parseaddr(teammate)
        later.add_teammate(path, name or address.partition("@")[0].capitalize(), address)
        tell(f"H hands off to {name or address} now.")


__all__ = ["setup"]
