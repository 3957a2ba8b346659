"""The words that say why a mail lies in its lane: short, true, and from the mail where they can be.

A sure rule is named by its reason ("charged twice"). A hint is shown with what it saw
(`sounds like trouble: "stuck"`), and where no rule spoke, the words that told the model most.
"""

import re
from collections.abc import Iterable, Sequence

from founder_inbox.core.lanes.patterns import STOP, tokenize

MAX_QUOTE = 40
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_NOT_SHOWN = frozenset({STOP, "?", "!"})
_READS_LIKE, _MENTIONS, _LIKE = "reads like ", 'mentions "', "like "
# Words that tell a reader nothing, however much they tell the model.
_EMPTY = frozenset(
    """
    aber about above after again against algo alguien algun alguna algunas algunos alle
    allem allen aller alles alors also although always andere anderen anderer another ante
    antes anybody anyone anything apres aqui auch aunque aussi autre autres avant avec avoir
    because been before beim being below bereits between bien bitte bonjour both buenas
    buenos cada cannot cela celle celui certain ceux chaque chez comme como contra
    cordialement cosa could cual cuando dann dans darum dass dear dein deine denn depuis
    desde deux diese dieser dieses doch does doing donc donde done dort down durante durch
    during each eben eigentlich eine einem einen einer eines einfach einige either ella
    ellas elle elles ellos else encore entre eran esas esos esta estaba estan estas este
    esto estos estoy etait etes etre etwas euch euer eure even ever every everyone
    everything faire fait from fuera ganz gegen gibt guten habe haben haber hace hacia hallo
    hasta hatte have having hello here hers hier himself hinter hola ihre ihrem ihren ihrer
    immer into irgend itself jamais jede jeden jeder jedes jetzt just kann kein keine keinen
    kind konnte leur leurs lieber like lorsque made mais make many maybe mehr mein meine
    meinem meinen meiner meme mientras mine mismo moins more most much mucha muchas mucho
    muchos must myself nach nada nadie need never nicht nichts nobody noch nosotros nothing
    notre nous nuestra nuestro oder ohne once only other otra otras otro otros ours over
    para parce pendant pero peut peux please plus plusieurs poco porque pour pourquoi puede
    puedo pues quand quel quelle quelque quelques quien quite quoi rather regards rien
    saludos same sans schon seem seems segun sehr sein seine seit several shall should sich
    sido siempre since sind sino sobre soll sollte solo some somebody someone something
    somos sondern sont sous souvent still such suis sure take tambien tanto team tener tengo
    than that their them then there theres these they thing things this those though through
    thus tiene tienen toda todas today todo todos together tous tout toute toutes towards
    tras tres trop type uber unas under unos unser unsere unter until upon used usted
    ustedes vers very viel viele vielleicht voici vosotros votre vous vuestra wann want
    warum weil welche well wenn went werde werden were what whatever when where whether
    which while whole whom whose wieder will wird with within without would wurde wurden
    year years your yours zwischen
    """.split()  # noqa: SIM905 - a word list reads better as one
)


def reads_like(what: str) -> str:
    """What the model of words took it for, where no rule spoke."""
    return _READS_LIKE + what


def mentions(words: Sequence[str]) -> tuple[str, ...]:
    """Which words of the mail told most; nothing where there are none."""
    return ("mentions " + ", ".join(f'"{word}"' for word in words),) if words else ()


def like_moved(count: int) -> str:
    """How many mails like this one the founder put where it is put now."""
    return f"{_LIKE}{'one' if count == 1 else count} you moved here"


def is_guess(reasons: Iterable[str]) -> bool:
    """Say whether no phrase of a rule is among the reasons."""
    return all(reason.startswith((_READS_LIKE, _MENTIONS, _LIKE)) for reason in reasons)


def is_telling(word: str) -> bool:
    """Say whether a word means something to a reader by itself."""
    return word not in _EMPTY


def quote(text: str, tokens: Sequence[str]) -> str:
    """The words of a mail as they were written, found by what the rules read there.

    Only letters, digits and apostrophes come back: nothing that a terminal obeys.
    """
    wanted = [token for token in tokens if token not in _NOT_SHOWN]
    found: list[tuple[str, str]] = []
    for word in _WORD.findall(text):
        found.extend((token, word) for token in tokenize(word) if token not in _NOT_SHOWN)
        if wanted and [token for token, _ in found[-len(wanted) :]] == wanted:
            words = " ".join(dict.fromkeys(word for _, word in found[-len(wanted) :]))
            return words if len(words) <= MAX_QUOTE else words[: MAX_QUOTE - 1].rstrip() + "…"
    return ""
