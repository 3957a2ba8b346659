"""The tone check for a draft: our rules and the founder's own, less what they silenced."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from founder_inbox.app.queue.temper import tone_rules
from founder_inbox.app.workspace import Workspace, config_file
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Role
from founder_inbox.core.tone.check import check_draft, gauge_points
from founder_inbox.core.tone.checklist import Step, apology_steps
from founder_inbox.core.tone.findings import Finding
from founder_inbox.core.tone.harsh import find_harsh
from founder_inbox.core.tone.rulebook import Rulebook, parse_rulebook
from founder_inbox.core.tone.synonyms import Groups, parse_synonyms
from founder_inbox.errors import BadInput
from founder_inbox.store import messages
from founder_inbox.store.settings import get_setting, set_setting
from founder_inbox.system.paths import Paths
from founder_inbox.system.resources import read_own_tone, read_synonyms, read_tone_rules

_SILENCED = "tone.silenced"
HARSH_RULES = ("blame", "contempt", "insult", "swearing", "shouting", "impatience")


@dataclass(frozen=True, slots=True)
class ToneReport:
    """What was found in a draft, the steps of its apology (() where it is none), the gauge.

    `gauge`: points towards the robot (negative) or the cheerleader.
    """

    findings: tuple[Finding, ...]
    checklist: tuple[Step, ...]
    gauge: int = 0


@dataclass(frozen=True, slots=True)
class ToneChecker:
    """Everything the check needs, read once; `check` computes only and may run anywhere.

    `theirs`: the customer's last mail, "" where it is not known.
    """

    rulebook: Rulebook
    synonyms: Groups
    silenced: frozenset[str] = frozenset()
    theirs: str = ""

    def check(
        self, text: str, *, also_silenced: Iterable[str] = (), language: str | None = None
    ) -> ToneReport:
        """Judge a draft; rules of `also_silenced` say nothing this time."""
        findings = check_draft(
            text,
            self.rulebook,
            theirs=self.theirs,
            language=language,
            synonyms=self.synonyms,
            silenced=self.silenced | {*also_silenced},
            harsh=find_harsh(text, tone_rules("harsh")),
        )
        steps = apology_steps(text, self.rulebook, findings, theirs=self.theirs, language=language)
        return ToneReport(findings, steps, gauge_points(text, self.rulebook, language))


def tone_checker(ws: Workspace, ticket: Ticket | None = None) -> ToneChecker:
    """The checker for a ticket's answer. Raises ConfigError naming the file and line at fault."""
    theirs = _their_words(ws, ticket) if ticket else ""
    return _checker(ws.paths, silenced_rules(ws), theirs)


def bare_checker(given_config: str | None) -> ToneChecker:
    """The checker without configuration and database: our rules, and those beside it."""
    path = config_file(given_config)
    return _checker(Paths(path, path.parent), frozenset(), "")


def silenced_rules(ws: Workspace) -> frozenset[str]:
    """Names of the rules that the founder silenced for ever."""
    try:
        kept = json.loads(get_setting(ws.store, _SILENCED) or "[]")
    except ValueError:
        return frozenset()
    return frozenset(str(name) for name in kept) if isinstance(kept, list) else frozenset()


def silence_rule(ws: Workspace, name: str, *, silent: bool = True) -> frozenset[str]:
    """Silence a rule for ever, or let it speak again; who is silent now. Raises BadInput."""
    known = {*_checker(ws.paths, frozenset(), "").rulebook.names(), *HARSH_RULES}
    silenced = silenced_rules(ws)
    if name not in known | silenced:
        import difflib

        near = difflib.get_close_matches(name, known, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise BadInput(f"There is no tone rule {name!r}.{hint} docs/tone.md lists them all.")
    now = silenced | {name} if silent else silenced - {name}
    set_setting(ws.store, _SILENCED, json.dumps(sorted(now)))
    return now


def _checker(paths: Paths, silenced: frozenset[str], theirs: str) -> ToneChecker:
    own = tuple(read_own_tone(paths.tone).items())
    synonyms = tuple(read_synonyms(paths.tone).items())
    return ToneChecker(_rulebook(own), _synonyms(synonyms), silenced, theirs)


@lru_cache(maxsize=8)
def _rulebook(own: tuple[tuple[str, str], ...]) -> Rulebook:
    return parse_rulebook(read_tone_rules(), dict(own))


@lru_cache(maxsize=8)
def _synonyms(files: tuple[tuple[str, str], ...]) -> Groups:
    return parse_synonyms(dict(files))


def _their_words(ws: Workspace, ticket: Ticket) -> str:
    history = messages.messages_of_ticket(ws.store, ticket.key, 20)
    theirs = [m for m in history if m.role is Role.CUSTOMER]
    return f"{theirs[-1].subject}\n{theirs[-1].new_text}" if theirs else ""
