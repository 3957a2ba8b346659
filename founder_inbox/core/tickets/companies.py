"""The company somebody writes for, as their own signature says it; nothing is ever guessed."""

import re
from collections.abc import Iterable

from founder_inbox.core.display import safe_line

_LOOKED_AT = 20
_LONGEST = 60
# A legal form after a name: the one sure sign of a company.
_FORMS = (
    r"GmbH(?: & Co\.? ?KG)?|gGmbH|UG(?: \(haftungsbeschränkt\))?|AG|KG|OHG|e\.K\.|e\.V\.|GbR|mbB"
    r"|Ltd\.?|Limited|LLC|L\.L\.C\.|LLP|PLC|plc|Inc\.?|Corp\.?|Corporation|Pty\.?(?: Ltd\.?)?"
    r"|SARL|S\.A\.R\.L\.|SAS|SASU|EURL|S\.A\.S\.|S\.A\.|S\.L\.U?\.?|S\.R\.L\.|S\.r\.l\.|S\.p\.A\."
    r"|B\.V\.|BV|N\.V\.|AB|ApS|A/S|Oy|OÜ|AS|Sp\. z o\.o\.|s\.r\.o\.|d\.o\.o\.|Kft\.?|Lda\.?|Ltda\.?"
)
_LEGAL = re.compile(
    rf"[^\W_][^,]{{0,44}}?,?\s(?:{_FORMS})(?![\w.])|\S{{0,20}}(?:株式|有限|合同)会社\S{{0,20}}"
)
_LABEL = re.compile(r"(?:company|firma|unternehmen|soci[ée]t[ée]|empresa)\s?:\s*(\S.{0,50})", re.I)
_ROLE = (
    r"(?:co-?)?(?:founder|owner|ceo|cto|coo|cfo|director|manager|head of \w+|engineer|developer"
    r"|designer|editor|partner|gründer(?:in)?|geschäftsführer(?:in)?|inhaber(?:in)?|fondat(?:eur|rice)"
    r"|gérante?|directeur|directrice|direct(?:or|ora)|fundador(?:a)?|gerente)"
)
_AT = re.compile(
    rf"\b{_ROLE}\b[\w &/,]{{0,30}}?(?: at | @ ?| bei (?:der )?| chez | en | de )"
    r"((?-i:[A-Z0-9]).{1,40})$",
    re.IGNORECASE,
)
_PIECES = re.compile(r"\s*(?:[|·•;]|\s[-–—]\s|,\s(?=\d))\s*")
# Whose program it was written with, and where a court keeps its register, is no employer.
_OTHERS = re.compile(
    r"\b(?:sent|written|powered|get|via|using|gesendet|envoy[ée]|enviado|registered|amtsgericht"
    r"|handelsregister|confidential|vertraulich|disclaimer|copyright|©)\b",
    re.IGNORECASE,
)


def company_in(signatures: Iterable[str], domain: str = "") -> str:
    """The company that the first signature names, "" where none does.

    It is named by a legal form ("Ruiz Studio S.L."), a label ("Company: …"), a role at it
    ("CEO at Ruiz Studio"), or because the address's `domain` is called so ("Ruiz Studio" where
    the address is at ruizstudio.com).
    """
    own = _letters(domain.rpartition(".")[0]) if domain else ""
    for signature in signatures:
        for line in signature[:4_000].splitlines()[:_LOOKED_AT]:
            if not _OTHERS.search(line[:200]) and (found := _in_line(line.strip(), own)):
                return safe_line(found, _LONGEST)
    return ""


def _in_line(line: str, own: str) -> str:
    for piece in _PIECES.split(line[:200]):
        labelled = _LABEL.match(piece) or _AT.search(piece)
        if labelled:
            return labelled[1].strip(" .,")
        legal = _LEGAL.search(piece)
        if legal:
            return legal[0].strip(" ,")
        if (
            own
            and len(own) > 2
            and "@" not in piece
            and "." not in piece
            and _letters(piece) == own
        ):
            return piece.strip(" *_-")
    return ""


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
