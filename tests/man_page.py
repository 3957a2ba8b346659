"""`docs/founder-inbox.1`: the manual, from the same words that `--help` shows (man-pages(7))."""

import inspect
import re
from collections.abc import Iterator

import click

from founder_inbox.cli.catalogue import SECTIONS
from founder_inbox.cli.main import cli
from tests.commands_page import usage_of

_HEAD = r"""
.TH FOUNDER-INBOX 1 "" "founder-inbox" "User Commands"
.SH NAME
founder\-inbox \- a support inbox in the terminal for people who build a product alone
.SH SYNOPSIS
.B founder\-inbox
[\fB\-\-config\fR \fIFILE\fR] [\fICOMMAND\fR [\fIARGUMENTS\fR]]
.SH DESCRIPTION
Without a command it opens the app.
Every command takes \fB\-\-config\fR \fIFILE\fR and \fB\-\-help\fR;
with \fB\-\-json\fR standard output holds one JSON value and nothing else.
A ticket is named by any beginning of its id that no other ticket has.
""".strip()
_TAIL = r"""
.SH EXIT STATUS
0 done;
1 failed, the reason is on standard error;
2 wrong usage;
65 the input can't be read;
66 no such ticket or file;
69 the server is not reachable;
73 the data folder can't be written;
75 outside the support hours, or another process is at work;
77 the login was refused;
78 the configuration has a mistake.
.SH ENVIRONMENT
.TP
.B FOUNDER_INBOX_CONFIG
The configuration, where \fB\-\-config\fR is not given.
.TP
.B FOUNDER_INBOX_DATA
The data folder, where the configuration names none.
.TP
.BR VISUAL ", " EDITOR
The editor that \fBctrl+e\fR opens in the composer.
.TP
.B NO_COLOR
Takes all colours away.
.SH FILES
.TP
.I ~/.config/founder\-inbox/config.toml
The configuration; canned replies are in \fIreplies\fR beside it.
.TP
.I ~/.local/share/founder\-inbox/inbox.db
Mail, notes, journal and outbox, in one SQLite database.
""".strip()
_SHARED = {"--config", "--json", "--help"}


def man_page() -> str:
    """The whole page in man's macros."""
    root = click.Context(cli, info_name="founder-inbox")
    lines = [_HEAD, ".SH COMMANDS"]
    for title, places in SECTIONS.items():
        lines.append(f".SS {_words(title)}")
        for name in places:
            lines += _described(cli.get_command(root, name), name, root)
    return "\n".join([*lines, _TAIL]) + "\n"


def _described(command: click.Command | None, name: str, parent: click.Context) -> Iterator[str]:
    if command is None:
        raise LookupError(name)
    ctx = click.Context(command, info_name=name, parent=parent)
    usage = usage_of(command, ctx)
    path = ctx.command_path.removeprefix("founder-inbox ")
    yield from (".TP", rf"\fB{_words(path)}\fR {_words(usage)}")
    yield from _paragraphs(command.help or "")
    rows = [
        record
        for parameter in command.get_params(ctx)
        if isinstance(parameter, click.Option) and not _SHARED & {*parameter.opts}
        if (record := parameter.get_help_record(ctx))
    ]
    for names, words in rows:
        yield from (".IP", rf"\fB{_words(names)}\fR: {_words(words)}")
    if isinstance(command, click.Group):
        for sub in command.list_commands(ctx):
            yield from _described(command.get_command(ctx, sub), sub, ctx)


def _paragraphs(text: str) -> Iterator[str]:
    for number, paragraph in enumerate(inspect.cleandoc(text).split("\n\n")):
        if number:
            yield ".IP"
        if paragraph.startswith("\b"):
            yield from (".nf", *map(_words, paragraph.removeprefix("\b").strip("\n").split("\n")))
            yield ".fi"
        else:
            yield _words(" ".join(paragraph.split()))


def _words(text: str) -> str:
    """Text that is no request and no escape: a dot or quote at the start would be one."""
    plain = text.replace("\\", r"\e").replace("-", r"\-")
    ascii_only = re.sub(r"[^\x00-\x7f]", lambda m: rf"\[u{ord(m[0]):04X}]", plain)
    return re.sub(r"^(?=[.'])", r"\&", ascii_only)
