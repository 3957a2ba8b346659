"""How people promise, in English, German, French and Spanish: who commits, and what takes it back.

Patterns search one sentence in small letters with straight apostrophes, at most 600 letters long.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language. `commits`: a person binds themselves; `open`: the same without any date.

    `retracts`: negated, conditional, or only hoped for. `despite` is cut out before that is asked:
    "whether it is fixed or not", "even if there is no news". `otherwise` are things one will do
    that are no promise: being away, needing something.
    """

    commits: re.Pattern[str]
    open: re.Pattern[str]
    retracts: re.Pattern[str]
    despite: re.Pattern[str]
    otherwise: re.Pattern[str]


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


_THING = (
    r"(?:fix|update|patch|change|refund|feature|release|export|answer|correction|version|money"
    r"|credit|import|news|data|report|list|file|copy|work|replacement)s?"
)
_LIVE = r"(?:be|go|ship|arrive|land|follow|come)"

ENGLISH = Tongue(
    commits=_any(
        r"\b(?:i|we)(?:'ll| will| shall)\b",
        r"\b(?:i|i'm|i've|we|we're|we've)\b[^,]{0,60} and will\b",
        r"\b(?:i'm|i am|we're|we are) (?:going|planning|aiming) to\b",
        r"\b(?:i|we) (?:promise|plan to|aim to|expect to|intend to)\b",
        r"\b(?:i'm|i am|we're|we are) (?:sending|shipping|fixing|deploying|releasing|refunding"
        r"|rolling|getting back|writing|publishing)\b",
        r"\byou(?:'ll| will| should) (?:also |then )?(?:hear|get|have|see|receive|find)\b",
        r"\byou can expect\b|^expect (?:an?|the|my|our|it|news|more)\b",
        rf"\b(?:it|this|that|they|everything)(?:'ll| will| should) {_LIVE}\b",
        rf"\b(?:the|your|a|my|our) (?:[\w'-]{{1,20}} ){{0,3}}{_THING}(?:'ll| will| should)"
        rf" {_LIVE}\b",
        rf"\b{_THING} (?:ships|goes (?:out|live)|lands|follows|arrives|comes)\b",
        r"\blet me (?:look|check|dig|get back|come back|find out|ask|have a|take a|test|see)\b",
        r"^(?:more|news|an update|details|back to you)\b",
    ),
    open=_any(
        r"\b(?:(?:i|we)(?:'ll| will)|and will) (?:also |then |certainly |definitely |personally )?"
        r"(?:get back to you|come back to you|be in touch|let you know|follow up|report back"
        r"|write (?:to )?(?:you )?again|update you|keep you (?:posted|updated|informed)"
        r"|get in touch)\b",
        r"\byou(?:'ll| will) (?:hear|get an answer) from (?:me|us)\b",
        r"\blet me (?:look|check)\b[^,]{0,60} and (?:get|come) back to you\b",
    ),
    retracts=_any(
        r"\b(?:not|never|no|nor|neither|cannot|nobody|nothing|none|without)\b|n't\b",
        r"\b(?:if|unless|in case|provided|assuming|should you|suppose|would|could|might|may)\b",
        r"\b(?:once|when|whenever|as soon as|after) (?:you|we|i|it|they|the|this|that|your)\b",
        r"\b(?:hope|hopefully|maybe|perhaps|possibly|wish|wanted|want) ?",
        r"\b(?:every|each|always|usually|often)\b",
        r"\b(?:said|told|promised|thought|was going|were going) ?",
    ),
    despite=_any(
        r"\bwhether\b[^.;]{0,80}?\bor not\b",
        r"\bwhether or not\b[^,.;]{0,60}",
        r"\beven (?:if|when)\b[^,.;]{0,80}",
        r"\bno later than\b|\bno matter (?:what|how|whether)\b[^,.;]{0,60}|\bno problem\b",
        r"\bwith(?:out)? (?:or without )?(?:any )?news\b|\bwithout fail\b",
        r"\b(?:isn't|is not|hasn't been|wasn't) (?:done|fixed|ready|finished) yet\b",
    ),
    otherwise=_any(
        r"\b(?:i|we)(?:'ll| will) (?:need|be (?:out|away|off|on (?:holiday|vacation|leave)"
        r"|travel\w{1,5}|offline|unavailable|closed|at |back(?! to| with)|in (?!touch))"
        r"|miss|keep|leave|assume|wait)\b",
        r"\byou(?:'ll| will) (?:have|get|see|find) (?:to|until|time|used|a (?:day|week|month))\b",
        r"\byou(?:'ll| will) be (?:charged|billed)\b",
    ),
)

_ICH = (
    r"(?:melde|schaue?|seh?e|kümmere|schicke?|sende|antworte|schreibe?|prüfe|liefere|gebe|sage?"
    r"|werde|repariere|behebe|erledige|mache?|baue|komme|frage|kläre|teste|richte|stelle|überweise"
    r"|erstatte|veröffentliche|teile|rufe|verspreche|berichte|untersuche|korrigiere|spiele|lade)"
)
_WIR = (
    r"(?:melden|schauen|sehen|kümmern|schicken|senden|antworten|schreiben|prüfen|liefern|geben"
    r"|werden|reparieren|beheben|erledigen|machen|kommen|klären|testen|stellen|überweisen"
    r"|erstatten|veröffentlichen|rufen|versprechen|berichten|korrigieren)"
)
GERMAN = Tongue(
    commits=_any(
        rf"\bich {_ICH}\b|\b{_ICH} ich\b|\bwir {_WIR}\b|\b{_WIR} wir\b",
        r"\b(?:sie|du|ihr) (?:hören|hörst|hört|bekommen|bekommst|bekommt|erhalten|erhältst"
        r"|kriegst)\b",
        r"\b(?:hören|hörst|bekommen|bekommst|erhalten|erhältst|kriegst) (?:sie|du)\b",
        r"\b(?:fehler|update|korrektur|änderung|erstattung|export|version|geld|antwort|funktion|fix"
        r"|das|es|alles)\b[^,]{0,30}\b(?:ist|wird|kommt|geht|sollte|sind|werden)\b[^,]{0,60}"
        r"\b(?:behoben|fertig|da|live|online|erledigt|zurück|repariert|draußen|funktionieren|sein)\b",
        r"^(?:morgen|mehr|näheres|neuigkeiten)\b[^,]{0,20}(?:mehr|morgen|freitag|montag)",
        r"\b(?:melde|schreibe|schaue|antworte) mich?\b",
    ),
    open=_any(
        r"\b(?:ich melde mich|melde ich mich|wir melden uns|melden wir uns)\b",
        r"\b(?:sie|du) (?:hören|hörst) (?:bald |dann |wieder )?von (?:mir|uns)\b",
        r"\bich (?:gebe|sage) (?:ihnen|dir|euch) (?:bald |dann )?bescheid\b",
        r"\bich halte (?:sie|dich|euch) auf dem laufenden\b",
    ),
    retracts=_any(
        r"\b(?:nicht|nichts|kein\w{0,2}|nie|niemals|niemand|ohne|weder)\b",
        r"\b(?:wenn|falls|sofern|sobald|solange|könnte\w{0,2}|würde\w{0,2}|möchte\w{0,2})\b",
        r"\b(?:hoffe|hoffentlich|vielleicht|eventuell|womöglich|möglicherweise|wollte\w{0,2})\b",
        r"\b(?:jede[nrs]?|immer|meistens)\b",
    ),
    despite=_any(
        r"\bob\b[^.;]{0,80}?\boder nicht\b",
        r"\bauch wenn\b[^,.;]{0,80}",
        r"\b(?:noch )?nicht (?:fertig|behoben|erledigt)\b|\bohne neuigkeiten\b|\bkein problem\b",
    ),
    otherwise=_any(
        r"\bich (?:bin|brauche|lasse|behalte|warte)\b|\bwir (?:brauchen|lassen|warten)\b",
        r"\bich werde (?:weg|verreist|im urlaub|nicht erreichbar)\b|\bsage (?:ich|sie) mal\b",
    ),
)

FRENCH = Tongue(
    commits=_any(
        r"\bje (?:(?:vous|te|me|l[ae]s?|y|en) |[tlm]')*(?:reviens|réponds|rappelle|recontacte"
        r"|envoie|tiens|regarde|corrige|vais|écris|donne|promets|\w{2,14}r(?:ai|a))\b",
        r"\bnous (?:(?:vous|te|l[ae]s?) |l')*(?:revenons|répondons|envoyons|corrigeons|allons"
        r"|\w{2,14}rons)\b",
        r"\b(?:vous|tu) (?:aurez|recevrez|auras|recevras)\b",
        r"\b(?:ce|cela|ça|il|elle|correctif|correction|remboursement|version) sera\b",
    ),
    open=_any(
        r"\bje (?:reviens|reviendrai) vers (?:vous|toi)\b",
        r"\bje (?:vous|te) (?:recontacte|recontacterai|tiens au courant|tiendrai au courant)\b",
        r"\bnous (?:revenons|reviendrons) vers vous\b",
    ),
    retracts=_any(
        r"\b(?:ne|pas|jamais|sans|rien|aucun)\b|\bn'",
        r"\b(?:si|quand|lorsque|dès que|pourrai[st]?|peut-être|espère|espérons|voudrais)\b",
        r"\bs'ils?\b",
        r"\b(?:chaque|toujours|tous les)\b",
    ),
    despite=_any(r"\b(?:que ce soit|même si)\b[^,.;]{0,80}", r"\bsans faute\b|\bpas de souci\b"),
    otherwise=_any(r"\bje serai (?:absent|en congé|en vacances)\w{0,3}\b"),
)

SPANISH = Tongue(
    commits=_any(
        r"\b(?:te|le|les|os|lo|la|se lo) (?:respondo|contesto|escribo|aviso|envío|mando|digo|cuento"
        r"|confirmo|\w{2,14}(?:aré|eré|iré))\b",
        r"\b\w{2,14}(?:aré|eré|iré|dré|aremos|eremos|iremos)\b|\bvoy a\b|\bvamos a\b",
        r"\b(?:tendrás?|recibirás?|tendrán|recibirán)\b",
        r"\bestará (?:list|arreglad|corregid|disponible|resuelt)\w{0,2}\b",
    ),
    open=_any(
        r"\b(?:te|le|les|os) (?:aviso|avisaré|respondo|responderé)\b",
        r"\b(?:te|le|les|os) mantendré (?:al tanto|informad[oa])\b",
        r"\bme pondré en contacto\b",
    ),
    retracts=_any(
        r"\b(?:no|nunca|tampoco|sin|nada|ningún)\b",
        r"\b(?:si|cuando|en cuanto|quizás?|tal vez|podría|espero|ojalá|a menos)\b",
        r"\b(?:cada|siempre|todos los)\b",
    ),
    despite=_any(r"\b(?:aunque|haya o no)\b[^,.;]{0,80}", r"\bsin falta\b"),
    otherwise=_any(r"\bestaré (?:fuera|de vacaciones|ausente)\b|\bnecesitaré\b"),
)

TONGUES = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH}
