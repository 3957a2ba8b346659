"""What a private word looks like: keys, numbers, addresses, each with what stands there instead.

In the order in which they are looked for: what is surest first. English, German, French and
Spanish words lead to a number or a password; every pattern is bounded.
"""

import re

_OUR = "[ \t\u00a0\u202f]"  # a space that keeps the line, French ones included
_IS = rf"\b(?:{_OUR}{{1,2}}(?:is|was|ist|war|lautet|est|es|era)\b|{_OUR}{{0,2}}[:=])?{_OUR}{{0,2}}"
_OPENS = (
    r"pass(?:word|wort|phrase|code|wd)|kennwort|pwd?|mot de passe|mdp|contrase[nñ]a|clave|"
    r"api[ -]?(?:key|schl(?:ü|ue)ssel|token)|cl[ée] (?:d'|)api|cl[ée] (?:de )?licence|"
    r"(?:access )?token|jeton|secret|geheimnis|secreto|pin|"
    r"licen[cs]e key|lizenzschl(?:ü|ue)ssel|zugangs(?:code|daten)|freischaltcode|"
    r"(?:your|my|mein|dein|ihr|mon|votre|mi|su|tu) code"
)
_MATTER = (
    r"order|invoice|customer|account|ticket|case|reference|ref|tracking|subscription|contract|"
    r"phone|tel|mobile|fax|passport|cvc2?|cvv2?|bic|swift|iban|vat|tax|"
    r"bestell(?:ung|nummer|-)|auftrag|rechnung|kunde|konto|vertrag|referenz|aktenzeichen|"
    r"sendung|handy|reisepass|ust|steuer|"
    r"commande|facture|client|compte|r[ée]f[ée]rence|contrat|abonnement|t[ée]l[ée]phone|passeport|"
    r"pedido|factura|cliente|cuenta|referencia|contrato|suscripci[oó]n|tel[ée]fono|m[oó]vil|"
    r"pasaporte|nif|dni"
)
_NO = r"(?:no|nr|n|num|number|nummer|n[uú]m(?:[ée]ro)?|id|code|idnr)\.?[°º]?"
# A capital letter, whatever a pattern does with the others.
_CAPITAL = r"(?-i:[A-ZÀ-ÖØ-ÞŁŚŠŽČĆ])"


def _of(pattern: str, *, folded: bool = True) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE if folded else 0)


KEYS = (
    (_of(r"-----BEGIN [A-Z ]{0,40}KEY-----[\s\S]{0,8000}?(?:-----END [A-Z ]{0,40}-----|\Z)",
         folded=False), "[key]"),
    (_of(rf"\b(bearer|basic){_OUR}{{1,2}}(?=\S{{0,60}}\d)[\w.~+/-]{{8,2000}}=*"), r"\1 [key]"),
    (_of(r"\b(?:pk|sk)\.[\w-]{8,400}(?:\.[\w-]{1,400})?|\b(?:SG\.[\w-]{8,90}\.[\w-]{8,90}|"
         r"AIza[\w-]{20,60})", folded=False), "[key]"),
    (_of(r"\beyJ[\w-]{5,2000}(?:\.[\w-]{1,2000}){1,2}", folded=False), "[key]"),
    # After the word that says what it is: anything that is no plain word, or stands alone.
    (_of(rf"\b((?:{_OPENS}){_IS})(?<=[\s:=])(?=\S{{0,60}}(?:\d|[!$%&*#?+][^\s.,;:)]))"
         r"[^\s<>\[\]]{3,120}(?<![.,;:)])"), r"\1[key]"),
    (_of(rf"\b((?:{_OPENS})\s{{0,2}}[:=]{_OUR}{{0,2}})[^\s<>\[\],.]{{4,120}}(?=[.,]?(?:\s*$|\n))"),
     r"\1[key]"),
    (_of(rf"\b((?:{_OPENS}){_IS})[\"“”„«'`]{_OUR}?[^\"“”«»'`\n]{{3,60}}[\"“”»'`]"), r"\1[key]"),
    (_of(r"(?<!\w)(?:sk|pk|rk|whsec|ghp|gho|ghs|ghu|github_pat|glpat|xox[abprs]|AKIA|ASIA|key|"
         r"tok|token|npm|pypi|shpat|hf|dop_v1)[_-](?=[\w-]{0,80}\d)[\w-]{6,200}", folded=False),
     "[key]"),
    (_of(r"\b[a-z]{2,12}_(?=\w{0,60}\d)(?=\w{0,60}[A-Z])\w{8,120}\b", folded=False), "[key]"),
    (_of(r"(?<![\w-])(?=[\d-]{0,70}[A-Z])(?:[A-Z0-9]{4}(?:-[A-Z0-9]{4}){2,9}"
         r"|[A-Z0-9]{5}(?:-[A-Z0-9]{5}){2,9})(?![\w-])",
         folded=False), "[key]"),
)  # fmt: skip

LONG_KEY = re.compile(
    r"(?<![\w-])(?=[\w-]{0,80}\d)(?=[\w-]{0,80}[A-Za-z])[A-Za-z0-9_-]{16,200}={0,2}(?![\w-])"
)
IBAN = re.compile(r"\b(?:[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}|[a-z]{2}\d{2}[a-z0-9]{11,30})\b")

ADDRESSES = (
    (_of(r"(?:\bmailto:)?(?:(?<![\w.'+-])[\w.+%&'/=-]{1,64}|\"[^\"\n]{1,64}\")"
         r"@(?:(?:[\w-]{1,63}\.){1,8}[^\W\d_][\w-]{1,62}|\[[\da-f.:]{3,60}\])"), "[address]"),
    (_of(r"\b[\w.+-]{1,64}\s?[\[({<]\s?(?:at|ät|a|arroba|arobase|@)\s?[\])}>]\s?[\w-]{1,63}"
         r"(?:(?:\.|\s?[\[({<]\s?(?:dot|punkt|point|punto)\s?[\])}>]\s?)[\w-]{1,63}){1,5}"),
     "[address]"),
)  # fmt: skip

STREETS = (
    (_of(r"\b\d{1,5}[a-z]?\s(?:[A-Z][\w'-]{1,30}\s){1,4}"
         r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Way|Court|Ct|Square|Sq|"
         r"Close|Terrace|Crescent|Gardens)\b\.?(?: (?:NW|NE|SW|SE|N|S|E|W)\b)?", folded=False),
     "[address]"),
    (_of(r"\b[A-ZÄÖÜ][\wäöüß.-]{1,40}(?:straße|strasse|str\.|weg|gasse|platz|allee|ring|damm|ufer)"
         r"\s?\d{1,5}(?: ?[a-z])?\b", folded=False), "[address]"),
    (_of(r"\b[A-ZÄÖÜ][\wäöüß.-]{1,40}[ -](?:Straße|Strasse|Str\.|Weg|Gasse|Platz|Allee|Ring|Damm|"
         r"Ufer)\s\d{1,5}(?: ?[a-z])?\b", folded=False), "[address]"),
    (_of(r"\b(?:Am|An de[rnm]|Auf de[rnm]|Im|In de[rnm]|Zum|Zur|Unter den)\s"
         r"[A-ZÄÖÜ][\wäöüß-]{2,40}\s\d{1,4}\s?[a-z]?(?=,?\s{1,2}(?:D-)?\d{4,5}\s[A-ZÄÖÜ])",
         folded=False), "[address]"),
    (_of(r"\b\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|av\.|boulevard|bd\.?|place|chemin|impasse|"
         r"all[ée]e|quai|route|cours) [^,.;:!?\n\d]{2,50}"), "[address]"),
    (_of(r"\b(?:calle|c/|avda?\.?|avenida|av\.|plaza|paseo|carrer|camino|"
         r"(?-i:Via|Viale|Piazza|Rua)) "
         rf"(?:de |del |de la |della |do |da )?{_CAPITAL}[^,.;:!?\n\d]{{2,50}},? ?"
         r"(?:n\.?[º°] ?)?\d{1,4}\b"), "[address]"),
    (_of(r"\b(?:p\.? ?o\.? ?box|postfach|bo[iî]te postale|apartado(?: de correos)?)"
         r" \d(?:[\d ]{0,10}\d)?\b"), "[address]"),
    (_of(r"\b(?!MB|GB|KB|TB)[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b", folded=False), "[address]"),
    # The town after the street.
    (_of(r"\[address\](,?\s{1,2})(?:[A-Z]{1,2}-)?\d{4,5}(?: ?[A-Z]{2}\b)?"
         r"(?: [A-ZÀ-ÖØ-Þ][\w'-]{1,40}){1,3}", folded=False), "[address]"),
)  # fmt: skip

NUMBERS = (
    (_of(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?!\.?\w)"
         r"|\b(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}\b"
         r"|(?<![\w:])(?=[0-9a-f:]{0,40}\d)(?:[0-9a-f]{1,4}:){1,7}(?::[0-9a-f]{1,4}){1,7}\b"),
     "[number]"),
    (_of(rf"\b((?:{_MATTER})[a-z]{{0,10}}[.-]?(?:\s{{1,2}}|(?<=-))?(?:{_NO})?"
         rf"{_OUR}{{0,2}}[:#]?{_OUR}{{0,2}}#?)"
         r"(?<![a-z])(?=[A-Z0-9/-]{0,40}\d{2})(?=(?:[A-Z/-]{0,20}\d){3})[A-Z0-9/-]{3,40}\b"),
     r"\1[number]"),
    (_of(rf"\b((?:{_NO})(?: de| der)? (?:{_MATTER}){_OUR}{{0,2}}[:#]?{_OUR}{{0,2}}#?)"
         r"(?=(?:[A-Z/-]{0,20}\d){3})[A-Z0-9/-]{3,40}\b"), r"\1[number]"),
    (_of(r"\b((?:bic|swift)(?:[ -]?code)?\s{0,2}:?\s{0,2})"
         r"(?-i:[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b"), r"\1[number]"),
    (_of(r"\b(exp(?:iry|ires|\.)?(?: date)?:? )\d{1,2}/\d{2,4}\b"), r"\1[number]"),
    (_of(r"\b(?!ISO|UTF|RFC|SHA|HTTP|HTTPS|ES|ECMA|WINDOWS|CP|IBM)[A-Z]{2,6}-(?=\d{0,4}-?\d{2})"
         r"\d[\d-]{1,20}\d\b", folded=False), "[number]"),
    # A colour of a page is written so, too.
    (_of(r"(?<!\w)(?<!color:)(?<!color: )#(?!(?=[\da-f]{0,5}[a-f])[\da-f]{6}\b)"
         r"(?!(?=[\da-f]{0,2}[a-f])[\da-f]{3}\b)"
         r"(?=\w{0,20}\d)\w{3,20}\b"), "[number]"),
    (_of(r"\b(?=\w{0,12}\d{5})(?=\d{0,20}[A-Z])[A-Z0-9]{7,20}\b", folded=False), "[number]"),
    (_of(r"\b[A-Z]\d{2}[A-Z]\d{2}[A-Z]\d{2}\b", folded=False), "[number]"),
)  # fmt: skip

LONG_NUMBER = re.compile(r"(?<![\w.])[+(]{0,2}\d(?:[ \u00a0\u202f./()-]{0,2}\d){5,30}(?!\w)")
# Numbers people group by hand are known by the word before them.
SAID_PHONE = re.compile(
    r"\b((?:tel|phone|call|mobile|cell|fax|whatsapp|handy|telefon|t[ée]l[ée]phone|portable|"
    r"tel[ée]fono|m[oó]vil)[a-z]{0,4}\.?:? ?(?:me |us |mich |uns )?(?:on |at |unter |au |al )?:?)"
    r"(\+?\d[\d ./()-]{3,30}\d)",
    re.IGNORECASE,
)
FOLDERS = re.compile(r"((?:\b[A-Z]:\\Users\\|(?<![\w/])/(?:home|Users)/))[^\\/\s\"'<>]{1,60}")
