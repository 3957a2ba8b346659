"""Signing in on a provider's own page, for providers that take no passwords."""

from founder_inbox.app.logins import open_imap, username_of
from founder_inbox.app.sign_in import sign_in
from founder_inbox.cli.context import data_command, print_json, say, tell, wants_json, workspace
from founder_inbox.errors import BadInput


@data_command("login")
def login() -> None:
    """Sign in to your provider (OAuth2), as [oauth] in the configuration says.

    It shows a page and, for Microsoft, a code to type there on any machine; Google's page has to
    be opened in a browser on this one. What comes of it is kept in the keyring, renewed by itself,
    and tried at once.
    """
    with workspace() as ws:
        name = username_of(ws)
        if ws.config.oauth is None:
            raise BadInput(
                "Your configuration has no [oauth] section, so there is nothing to sign in to. "
                "A password, or token_command, is used."
            )
        sign_in(ws.config.oauth, ws.paths.config.parent, name, say)
        open_imap(ws).close()
        if wants_json():
            print_json({"signed_in": name})
        else:
            tell(f"You are signed in as {name}, and {ws.config.imap.host} lets you in.")
