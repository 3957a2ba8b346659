"""The configuration of a throw-away Dovecot: 2.3 and 2.4 speak different languages.

Everything that is not needed to run on loopback, in one folder, without root is left as Dovecot
ships it, so that CONDSTORE, QRESYNC, MOVE and the rest behave as they do in the wild.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PASSWORD = "secret"

SPECIAL_FOLDERS = {
    "Sent": r"\Sent",
    "Archive": r"\Archive",
    "Junk": r"\Junk",
    "Trash": r"\Trash",
    "Drafts": r"\Drafts",
}

COMMON = """\
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
default_vsz_limit = 1G
first_valid_uid = 1
first_valid_gid = 1
mail_max_userip_connections = 1000
mail_fsync = never
ssl = required
auth_failure_delay = 0
{unpacked_lines}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = {imaps_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  separator = /
{mailboxes}
}}
"""

DOVECOT_2_3 = """\
ssl_cert = <{certificate}
ssl_key = <{certificate}
mail_location = maildir:~/Maildir
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
"""

DOVECOT_2_4 = """\
ssl_server_cert_file = {certificate}
ssl_server_key_file = {certificate}
mail_driver = maildir
mail_path = ~/Maildir
passdb static {{
  password = {password}
}}
userdb static {{
  fields {{
    uid = {user}
    gid = {group}
    home = {folder}/mail/%{{user}}
  }}
}}
"""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where one Dovecot lives and listens, and as whom it runs.

    `unpacked` is the root of a Dovecot that is not installed, `environment` what it needs.
    """

    folder: Path
    certificate: Path
    user: str
    group: str
    imap_port: int
    imaps_port: int
    unpacked: Path | None
    environment: Mapping[str, str]


TOKENS_2_3 = """\
auth_mechanisms = plain xoauth2 oauthbearer
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/tokens.conf
}}
"""

TOKENS_2_4 = """\
auth_mechanisms = plain xoauth2 oauthbearer
oauth2 {{
{settings}
}}
"""


def token_settings(introspection: str) -> str:
    """How Dovecot asks whose an access token is, at the address of an OAuth server."""
    return (
        f"introspection_mode = auth\nintrospection_url = {introspection}\n"
        "force_introspection = yes\nusername_attribute = username\n"
        "active_attribute = active\nactive_value = true\n"
    )


def config_text(layout: Layout, version: tuple[int, int], introspection: str = "") -> str:
    """The whole dovecot.conf for that version, for example `(2, 3)`.

    With an `introspection` address it takes access tokens, too.
    """
    head, own = ("", DOVECOT_2_3)
    if version >= (2, 4):
        head = "dovecot_config_version = 2.4.0\ndovecot_storage_version = 2.4.0\n"
        own = DOVECOT_2_4
    if introspection:
        own = (TOKENS_2_4 if version >= (2, 4) else TOKENS_2_3) + own
    return head + (COMMON + own).format(
        settings=token_settings(introspection),
        folder=layout.folder,
        certificate=layout.certificate,
        user=layout.user,
        group=layout.group,
        imap_port=layout.imap_port,
        imaps_port=layout.imaps_port,
        password=PASSWORD,
        unpacked_lines=_unpacked_lines(layout, version),
        mailboxes=_mailboxes(),
    )


def _mailboxes() -> str:
    """The special-use folders, made and subscribed at the first login."""
    return "\n".join(
        f"  mailbox {name} {{\n    special_use = {use}\n    auto = subscribe\n  }}"
        for name, use in SPECIAL_FOLDERS.items()
    )


def _unpacked_lines(layout: Layout, version: tuple[int, int]) -> str:
    """Where an unpacked Dovecot finds its own parts; nothing for an installed one."""
    if layout.unpacked is None:
        return ""
    passed_on = [f"{name}={value}" for name, value in layout.environment.items()]
    kept = f"import_environment = {' '.join(passed_on)}"
    if version >= (2, 4):
        kept = "\n".join(["import_environment {", *passed_on, "}"])
    return (
        f"libexec_dir = {layout.unpacked}/usr/lib/dovecot\n"
        f"mail_plugin_dir = {layout.unpacked}/usr/lib/dovecot/modules\n"
        f"{kept}"
    )
