"""Names that a text itself gives away: in a greeting, over a signature, in an introduction.

A mark too many is seen and mended by who reads the text; a name left standing is published.
"""

import re
import unicodedata
from collections.abc import Iterable

from founder_inbox.core.tickets.customers import company_of

_NAME = r"[A-ZÀ-ÖØ-ÞŁŚŠŽČĆ][\w'’-]{1,30}"
_PARTICLE = r"(?:(?:van|von|de|da|del|della|di|der|den|la|le|du|dos|zu|al|el|bin|ten|ter) ){0,2}"
_NAMES = rf"{_NAME}(?: (?:[A-Z]\. )?{_PARTICLE}{_NAME}){{0,3}}"
_TITLE = (
    r"(?:Mrs?|Ms|Miss|Mx|Dr|Prof|Herrn?|Frau|Mme|Mlle|Monsieur|Madame|Mademoiselle|Sra?|Srta|"
    r"Señora?|Don|Doña|Signora?)"
)
_GREETING = (
    r"(?:[Hh]i|[Hh]ey|[Hh]ello|[Dd]ear|[Gg]ood (?:morning|afternoon|evening)|[Hh]allo|[Mm]oin|"
    r"[Ss]ervus|[Ll]iebe[rs]?|[Gg]uten (?:[Tt]ag|[Mm]orgen|[Aa]bend)|[Ss]ehr geehrte[rs]?|"
    r"[Hh]ola|[Bb]uenos d[ií]as|[Bb]uenas tardes|[Ee]stimad[oa]|[Qq]uerid[oa]|[Bb]onjour|"
    r"[Ss]alut|[Cc]h[eè]re?)"
)
# What a signature follows; where one of these may also begin a sentence, a comma is asked for.
_ENDING = (
    r"(?:(?:(?:[Vv]iele|[Ll]iebe|[Bb]este|[Hh]erzliche|[Ss]chöne) (?:[Gg]rüße|[Gg]ruesse|[Gg]rüsse)"
    r"|[Mm]it (?:freundlichen|besten|lieben) [Gg]r(?:ü|ue)(?:ß|ss)en|MfG|mfg|LG|VG|lg|vg"
    r"|(?:[Kk]ind(?:est)?|[Bb]est|[Ww]arm(?:est)?) (?:[Rr]egards|[Ww]ishes)"
    r"|[Yy]ours (?:sincerely|truly|faithfully)|[Bb]ien (?:cordialement|à vous)|[Cc]ordialement"
    r"|[Uu]n (?:saludo|abrazo|cordial saludo)|[Ss]aludos(?: cordiales)?|[Aa]tentamente"
    r"|[Aa]micalement|[Àà] bientôt|[Ss]alutations)[,!.]?"
    r"|(?:[Bb]est|[Cc]heers|[Rr]egards|[Tt]hanks(?: (?:a lot|again|so much))?|[Tt]hank you|"
    r"[Mm]any thanks|[Ss]incerely|[Aa]ll the best|[Ll]ove|[Gg]ruß|[Dd]anke|[Vv]ielen [Dd]ank|"
    r"[Mm]erci|[Gg]racias)[,!.])"
)
_KIN = (
    r"(?:colleague|co-worker|husband|wife|assistant|partner|boss|manager|friend|daughter|son|"
    r"sister|brother|mother|father|teammate|collègue|associée?|mari|femme|ami|amie|"
    r"compañer[oa]|marido|mujer|espos[oa]|jef[ea]|soci[oa]|amig[oa])"
)
_GERMAN_KIN = r"(?:Kolleg(?:e|en|in)|Mann|Frau|Chefin|Chef|Partnerin|Partner|Assistentin|Assistent)"
_NOT_NAMES = (
    r"(?!(?:There|All|Everyone|Everybody|Team|Support|Sir|Madam|Zusammen|Leute|Tous|Todos|"
    r"Gr(?:ü|ue)(?:ß|ss)e|Regards|Thanks)\b)"
)
_SAID = (
    re.compile(
        rf"(^[ \t]*{_GREETING}(?: {_TITLE}\.?)?,? ){_NOT_NAMES}{_NAMES}(?=[ \t]*(?:[,!.:;–-]|$))",
        re.MULTILINE,
    ),
    re.compile(
        rf"(^[ \t]*{_ENDING}[ \t]*(?:\n[ \t]*){{0,3}}){_NOT_NAMES}{_NAMES}(?=[ \t.]*$)",
        re.MULTILINE,
    ),
    re.compile(rf"(\b(?:{_TITLE}\.?|M\.) ){_NAMES}"),
    re.compile(
        r"(\b(?:[Mm]y name is|[Ii]ch heiße|[Mm]ein Name ist|[Jj]e m['’]appelle|"
        rf"[Mm]on nom est|[Mm]e llamo|[Mm]i nombre es) ){_NAMES}"
    ),
    re.compile(rf"(\b[Tt]his is ){_NAMES}(?= (?:from|at|of|writing|again)\b|,)"),
    re.compile(
        rf"(\b(?:[Mm]y|[Oo]ur|[Mm]on|[Mm]a|[Nn]otre|[Mm]i|[Nn]uestr[oa]) {_KIN},? ){_NAMES}"
    ),
    re.compile(rf"(\b(?:[Mm]ein|[Uu]nser)e?[mnr]? {_GERMAN_KIN},? ){_NAME} {_PARTICLE}{_NAME}"),
)
_HANDLE = re.compile(
    r"(?<![\w@./\\])@(?!(?:media|import|font-face|everyone|here|channel|all|charset|supports|"
    r"keyframes|page|layer|container)\b)[A-Za-z]\w{2,30}\b(?![@.]\w)"
)
_NAMELESS = frozenset({"support", "info", "team", "hello", "office", "mail", "admin", "the"})
_TRANSCRIBED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
)


def without_names(text: str, names: Iterable[str]) -> str:
    """The text with `[name]` for the names given and for those that it says are names.

    A name is also found in capitals, without its accents, and in parts; a part in small letters
    is a word ("rose"), and stays.
    """
    patterns = [re.escape(name) for name in sorted(_spellings(names), key=len, reverse=True)]
    if patterns:
        text = re.sub(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", "[name]", text)
    for pattern in _SAID:
        text = pattern.sub(r"\1[name]", text)
    return _HANDLE.sub("[name]", text)


def names_of(name: str, address: str) -> list[str]:
    """What a customer is known by: their name, and their domain where it is theirs alone."""
    domain = company_of(address)
    stem = domain.partition(".")[0]
    return [name, *([domain] if domain else []), *([stem.capitalize()] if len(stem) > 4 else [])]


def parts_of(names: Iterable[str]) -> frozenset[str]:
    """What of the names may stand in a link: folded, letters and digits only, no common word."""
    parts = (part for name in names for word in _words(name) for part in _plain(word))
    return frozenset(part for part in parts if len(part) > 3)


def _spellings(names: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        whole = " ".join(name.split())[:100]
        if len(whole) > 1:
            found |= {whole, whole.casefold()} if " " in whole else {whole}
            found |= {whole.upper(), *_unaccented(whole)}
        for word in _words(name):
            found |= {word, word.upper(), *_unaccented(word)}
    return frozenset(spelling for spelling in found if len(spelling) > 1)


def _words(name: str) -> list[str]:
    """The parts of a name that are names themselves: not "of", and not "Support"."""
    words = (word.strip(".,()\"'") for word in name.split()[:12])
    return [
        word
        for word in words
        if len(word) > 2 and word[0].isupper() and word.casefold() not in _NAMELESS
    ]


def _unaccented(word: str) -> set[str]:
    """As who has no such keys writes it: Jose, Mueller, Muller."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return {bare, word.translate(_TRANSCRIBED)}


def _plain(word: str) -> set[str]:
    return {
        "".join(sign for sign in spelling.casefold() if sign.isalnum())
        for spelling in {word, *_unaccented(word)}
    }
