"""forget: a customer's right to be forgotten."""

import click

from founder_inbox.cli.context import (
    answer,
    data_command,
    is_interactive,
    say,
    wants_json,
    workspace,
)
from founder_inbox.cli.forget_page import erasure_shape, forget_page, forget_shape, log_page
from founder_inbox.core.display import safe_line
from founder_inbox.errors import BadInput
from founder_inbox.system import clock


@data_command("forget")
@click.argument("address", required=False)
@click.option("--yes", metavar="ADDRESS", help="The address once more: erase it all, for good.")
@click.option("--log", is_flag=True, help="What was done so far: when, by whom, how much.")
def forget(address: str | None, yes: str | None, log: bool) -> int:
    """Erase all that is here of a person, and on the server (GDPR, art. 17).

    Alone it shows what would go, what stays and why; nothing is erased before the address was
    typed once more, at the question or as --yes ADDRESS. There is no way back: give them their
    data first, with founder-inbox export --customer. Without a line it is erased here, and on the
    server with the next sync. A ticket that others wrote in stays, without this person's mails.

    With --log what was done before, for whoever checks it; it names nobody.
    """
    if (address is None) is not log:
        raise click.UsageError("Give an ADDRESS, or --log alone.")
    return _forget(address, yes) if address is not None else _log()


def _log() -> int:
    from founder_inbox.app.data.forget_log import erasures

    with workspace() as ws:
        done = erasures(ws)
        answer(lambda: [erasure_shape(one) for one in done], lambda: log_page(done, ws.hours.zone))
    return 0


def _forget(address: str, yes: str | None) -> int:
    from founder_inbox.app.data.forget import forget as erase
    from founder_inbox.app.data.forget import look
    from founder_inbox.app.data.forget_words import export_words
    from founder_inbox.app.syncing.forgetting import left_words
    from founder_inbox.app.syncing.turns import forget_now

    with workspace() as ws:
        plan = look(ws, address)
        if yes is None and is_interactive() and not wants_json():
            say(forget_page(plan))
            say(f"\nTheir data first: {export_words(plan)}")
            yes = click.prompt("Type the address to erase it, or nothing to leave it", "", err=True)
        if not yes:
            answer(lambda: forget_shape(plan, [], done=False), lambda: forget_page(plan))
            again = f"founder-inbox forget {safe_line(plan.address, 120)} --yes ADDRESS"
            say(f"Nothing was erased. Their data first: {export_words(plan)}; then: {again}")
            return 0
        if yes.strip().casefold() != plan.address:
            raise BadInput(
                f"{safe_line(yes, 80)!r} is not {safe_line(plan.address, 120)}: nothing was erased."
            )
        plan = erase(ws, plan.address, clock.now())
        say("Erased here. The server is next; with a large mailbox it takes a moment.")
        trouble = forget_now(ws, clock.now)
        left = left_words(ws)
        answer(
            lambda: forget_shape(plan, left, done=True),
            lambda: "\n".join(
                [
                    f"Forgotten: {plan.mails} mails in {len(plan.whole)} tickets.",
                    *(f"To be done: {words}." for words in left),
                ]
            ),
        )
        if trouble is None:
            return 0
        say(f"{trouble} Here it is erased; the rest waits, and founder-inbox doctor shows it.")
        return trouble.exit_code
