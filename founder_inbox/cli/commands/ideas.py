"""Ideas: logged, joined, decided, and those who asked told."""

from collections.abc import Callable
from dataclasses import dataclass

import click

from founder_inbox.app.knowledge import ideas as use
from founder_inbox.app.knowledge.ideas import Wanted
from founder_inbox.app.queue.tickets import find_ticket
from founder_inbox.app.workspace import Workspace
from founder_inbox.cli.context import answer, data_command, workspace
from founder_inbox.cli.knowledge_shapes import idea_shape, letters_shape
from founder_inbox.cli.mailing_page import letters_page
from founder_inbox.cli.table import table, terminal_width
from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.knowledge.ideas import STATE_WORDS, TOLD_IN, IdeaState
from founder_inbox.system import clock

_EMPTY = "No idea is written down yet. F on a ticket, or founder-inbox ideas add TICKET, does it."
_STATES = click.Choice([state.value for state in IdeaState])


@dataclass(frozen=True, slots=True)
class _Said:
    """What the options said."""

    state: str | None
    idea: str | None
    title: str | None
    words: str | None
    problem: str | None
    url: str | None
    text: tuple[str, ...]
    instead: tuple[str, ...]
    yes: bool


@data_command("ideas")
@click.argument(
    "act",
    type=click.Choice(["list", "show", "add", "leave", "set", "join", "tell"]),
    required=False,
)
@click.argument("what", required=False)
@click.argument("into", required=False)
@click.option("--state", type=_STATES, help="With list: only those. With set: where it stands.")
@click.option("--idea", metavar="IDEA", help="With add: it is about this one, a vote more.")
@click.option("--title", metavar="TEXT", help="A few words you know it by.")
@click.option("--words", metavar="TEXT", help="With add: the wish in their words.")
@click.option("--problem", metavar="TEXT", help="The problem behind it.")
@click.option("--url", metavar="LINK", help="With set: where your tracker has it.")
@click.option(
    "--text",
    metavar="TEXT",
    multiple=True,
    help="What they can do now, or why not; with tell once for each language.",
)
@click.option("--instead", metavar="TEXT", multiple=True, help="With tell, declined: another way.")
@click.option("--yes", is_flag=True, help="With tell: send; without it the mails are only shown.")
@click.pass_context
def ideas(
    ctx: click.Context,
    /,
    act: str | None,
    what: str | None,
    into: str | None,
    **options: str | bool | tuple[str, ...] | None,
) -> int:
    """What customers wish for, most wanted first: a voter is a customer, not a mail.

    ideas add TICKET writes one down, with the customer's words; ideas that look alike are named,
    and --idea joins one of them. ideas leave TICKET takes a ticket out again. ideas join IDEA INTO
    makes one of two.

    ideas set IDEA --state planned says where it stands. ideas tell IDEA --state shipped --text
    "..." shows one mail for each voter, with what they once wrote, and with --yes sends them within
    your hours; each person is told once, in their language where a --text is in it, else in
    English. Declined needs --text, why, and --instead.
    """
    chosen = act or "list"
    if (what is None) != (chosen == "list") or (into is not None) != (chosen == "join"):
        ctx.fail(f"Write {_USAGE[chosen]}")
    said = _Said(**options)  # type: ignore[arg-type] # click's options, by the names above
    with workspace() as ws:
        if chosen == "join":
            _join(ws, what or "", into or "")
        else:
            _ACTS[chosen](ws, what or "", said)
    return 0


def _list(ws: Workspace, _what: str, said: _Said) -> None:
    found = [one for one in use.list_ideas(ws) if said.state in {None, one.idea.state}]
    rows = [
        (
            one.idea.name,
            counted(len(one.voters), "voter"),
            STATE_WORDS[one.idea.state],
            one.idea.title,
        )
        for one in found
    ]
    answer(
        lambda: [idea_shape(one) for one in found],
        lambda: table(rows, terminal_width(), flexible=(3,)) if rows else _EMPTY,
    )


def _show(ws: Workspace, what: str, _said: _Said) -> None:
    found = use.find_idea(ws, what)
    answer(lambda: idea_shape(found), lambda: _page(found))


def _page(found: Wanted) -> str:
    idea = found.idea
    lines = [f"{idea.title} ({idea.name}) · {STATE_WORDS[idea.state]}"]
    lines += [f"The problem: {idea.problem}"] if idea.problem else []
    lines += [f"Why: {idea.reason}"] if idea.reason else []
    lines += [f"Tracker: {idea.url}"] if idea.url else []
    lines += [
        f"#{voter.ticket} {safe_line(voter.name or voter.address)}: “{voter.words}”"
        for voter in found.voters
    ]
    return "\n".join(lines)


def _add(ws: Workspace, what: str, said: _Said) -> None:
    ticket, now = find_ticket(ws.store, what), clock.now()
    words = said.words or use.their_words(ws, ticket)
    if said.idea:
        known = use.find_idea(ws, said.idea)
        use.vote(ws, ticket, known.idea, words, now)
        found = use.find_idea(ws, known.idea.name)
        told = f"{counted(len(found.voters), 'voter')} for “{found.idea.title}” now."
        answer(lambda: idea_shape(found), lambda: told)
        return
    title = said.title or ticket.state.subject
    alike = use.similar_ideas(ws, f"{title}\n{words}")
    found = use.log_idea(ws, ticket, title, words, said.problem or "", now)
    rows = [f"  {one.idea.name}  {one.idea.title}" for one in alike]
    near = "\n".join(["It looks like:", *rows, f"{_JOIN} {found.idea.name} IDEA"]) if rows else ""
    told = f"Written down as {found.idea.name}: {found.idea.title}"
    answer(
        lambda: idea_shape(found) | {"alike": [one.idea.name for one in alike]},
        lambda: "\n".join(filter(None, [told, near])),
    )


def _leave(ws: Workspace, what: str, _said: _Said) -> None:
    ticket = find_ticket(ws.store, what)
    use.leave_idea(ws, ticket, clock.now())
    answer(lambda: {"ticket": ticket.id, "idea": None}, lambda: f"#{ticket.id} is in no idea now.")


def _set(ws: Workspace, what: str, said: _Said) -> None:
    found = use.find_idea(ws, what)
    given = {
        "state": said.state,
        "title": said.title,
        "problem": said.problem,
        "url": said.url,
        "reason": said.text[0] if said.text else None,
    }
    use.change_idea(
        ws, found.idea, clock.now(), **{k: v for k, v in given.items() if v is not None}
    )
    now = use.find_idea(ws, found.idea.name)
    hint = f" To tell the voters: {_TELL.format(now.idea.name, now.idea.state)}"
    hint = hint if said.state and now.idea.state in TOLD_IN and now.voters else ""
    words = f"{now.idea.title}: {STATE_WORDS[now.idea.state]}.{hint}"
    answer(lambda: idea_shape(now), lambda: words)


def _join(ws: Workspace, what: str, into: str) -> None:
    one, other = use.find_idea(ws, what), use.find_idea(ws, into)
    kept = use.join_ideas(ws, one.idea, other.idea, clock.now())
    found = use.find_idea(ws, kept.name)
    words = f"One idea now: {kept.title}, {counted(len(found.voters), 'voter')}."
    answer(lambda: idea_shape(found), lambda: words)


def _tell(ws: Workspace, what: str, said: _Said) -> None:
    found, now = use.find_idea(ws, what), clock.now()
    state = IdeaState(said.state or found.idea.state)
    send = use.tell_voters if said.yes else use.letters_about
    written = send(ws, found, state, said.text, said.instead, now)
    answer(
        lambda: letters_shape(written, sent=said.yes), lambda: letters_page(written, sent=said.yes)
    )


_JOIN = "To make one of two: founder-inbox ideas join"
_TELL = 'founder-inbox ideas tell {} --state {} --text "..."'
_ACTS: dict[str, Callable[[Workspace, str, _Said], None]] = {
    "list": _list,
    "show": _show,
    "add": _add,
    "leave": _leave,
    "set": _set,
    "tell": _tell,
}
_USAGE = {
    "list": "ideas, or ideas list",
    "show": "ideas show IDEA",
    "add": "ideas add TICKET",
    "leave": "ideas leave TICKET",
    "set": "ideas set IDEA --state STATE",
    "join": "ideas join IDEA INTO",
    "tell": "ideas tell IDEA --state shipped --text TEXT",
}
