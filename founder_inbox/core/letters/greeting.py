"""Greeting by first name: taken from the name in the mail, and left out when unsure."""

import re
import unicodedata

_WORDS = {
    "en": ("Hi", " there"),
    "de": ("Hallo", ""),
    "es": ("Hola", ""),
    "fr": ("Bonjour", ""),
}
_GREETING = re.compile(
    r"(?:hi|hey|hello|dear|good (?:morning|afternoon|evening)|hallo|moin|servus|liebe[rs]?|"
    r"guten (?:tag|morgen|abend)|sehr geehrte[rs]?|hola|buenos d[ií]as|bonjour|salut|ch[eè]re?)"
    r"(?: [^\n ,!.:]{1,20}){0,4}(?:[,!.:]|$)",
    re.IGNORECASE,
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TITLES = _words("dr prof mr mrs ms miss mx sir dame herr frau ing dipl mag med hc m mme")
_SUFFIXES = _words("jr sr ii iii iv phd md mba msc bsc ma ba esq cpa pe pmp rn dds llm dipl-ing")
_PARTICLES = _words("van von de da del della di der den la le du dos zu al el bin ten ter")
_NOT_A_PERSON = _words(
    "gmbh inc llc ltd limited corp corporation co company ag kg ug ohg ev sa sarl sas bv nv "
    "srl oy ab plc pty group holding holdings studio studios labs lab agency agentur "
    "solutions software systems services service team support sales info billing admin "
    "administrator office accounts accounting buchhaltung rechnung kundenservice kundendienst "
    "kontakt contact customer help helpdesk hello mail newsletter news noreply no reply "
    "donotreply do not notification notifications alerts alert robot bot daemon postmaster "
    "webmaster hr it finance marketing press legal security the der die das verein university "
    "universität school shop store app"
)
_FROM = re.compile(r"\s(?:via|from|at|von|bei|@|\||-|–|—|/)\s")
_BRACKETED = re.compile(r"\s*[(\[][^()\[\]]{0,80}[)\]]\s*$")
_QUOTES = "\"'“”‘’„«» "
_MAX_NAME = 100


def first_name(name: str) -> str | None:
    """Find the first name in a display name ("Ruiz, Ana", "Dr. Ana Ruiz"), or None when unsure.

    None for companies, addresses, handles, initials, a title with a surname only, and scripts
    whose names begin with the family (Chinese, Japanese, Korean).
    """
    whole = _tidy(name)
    words = _in_speaking_order(whole)
    if not words or len(words) > 6 or any(_bare(word) in _NOT_A_PERSON for word in words):
        return None
    titled = _bare(words[0]) in _TITLES
    while words and _bare(words[0]) in _TITLES:
        words = words[1:]
    if not words or (titled and len(words) == 1) or not _is_first_name(words, whole):
        return None
    return _cased(words[0], whole)


def greeting(name: str, language: str | None) -> str:
    """Write the first line of a mail to someone with this display name: "Hi Ana,", "Hi there,"."""
    word, nobody = _WORDS.get(language or "en", _WORDS["en"])
    first = first_name(name)
    return f"{word} {first}," if first else f"{word}{nobody},"


def has_greeting(text: str) -> bool:
    """Tell whether a text's first line already is a greeting, in any of our languages."""
    return bool(_GREETING.match(text.lstrip().partition("\n")[0].rstrip()))


def without_greeting(text: str) -> str:
    """What a text says after its greeting; in "Hi Tom, done." that is "done."."""
    first, _, rest = text.lstrip().partition("\n")
    found = _GREETING.match(first.rstrip())
    return f"{first[found.end() :] if found else first}\n{rest}".strip()


def _tidy(name: str) -> str:
    text = unicodedata.normalize("NFC", name[: _MAX_NAME * 2])
    text = " ".join(text.split())[:_MAX_NAME].strip(_QUOTES)
    text = _BRACKETED.sub("", text)
    return _FROM.split(text, maxsplit=1)[0].strip(_QUOTES)


def _in_speaking_order(name: str) -> list[str]:
    """Turn "Ruiz, Ana" round; what stands behind a comma may also be a degree. [] when unsure."""
    before, comma, after = name.partition(",")
    head, tail = before.split(), after.replace(",", " ").split()
    if not comma or not tail:
        return head
    if all(_bare(word) in _SUFFIXES for word in tail):
        return head
    if len(head) == 1 or (head and _bare(head[0]) in _PARTICLES):
        return tail
    return []


def _bare(word: str) -> str:
    return word.strip(".,").replace(".", "").casefold()


def _is_first_name(words: list[str], whole: str) -> bool:
    first = words[0]
    letters = first.replace("-", "").replace("'", "").replace("’", "")
    if not 2 <= len(letters) <= 20 or not letters.isalpha() or _bare(first) in _PARTICLES:
        return False
    if (len(words) == 1 and not letters[1:].islower()) or (first.isupper() and not whole.isupper()):
        return False
    return len({_script(letter) for letter in letters}) == 1 and _script(letters[0]) is not None


def _script(letter: str) -> str | None:
    script = unicodedata.name(letter, "").partition(" ")[0]
    return script if script in ("LATIN", "CYRILLIC", "GREEK") else None


def _cased(first: str, whole: str) -> str:
    if (
        whole.isupper()
        or whole.islower()
        or first.islower()
        or (first.isupper() and len(first) > 3)
    ):
        return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), first)
    return first
