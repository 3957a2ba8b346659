"""Replies as mail programs write them, in five languages: interleaved ones and top-posted ones.

Every line says what it is: "+" is new, "-" is quoted, "~" is the signature.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply whose lines are marked."""

    name: str
    marked: tuple[str, ...]
    sender: str = ""
    known: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What the mail says."""
        return "\n".join(line[1:] for line in self.marked)

    def lines(self, sign: str) -> list[str]:
        """The lines with this mark, empty ones left out."""
        return [line[1:].strip() for line in self.marked if line[:1] == sign and line[1:].strip()]


@dataclass(frozen=True, slots=True)
class _Words:
    """One letter in one language: what was asked, what was answered, and how it ends."""

    opening: str
    questions: tuple[str, str, str]
    answers: tuple[str, str, str]
    closing: tuple[str, ...]
    asked_by: str
    cue: str


_LETTERS = {
    "en": _Words(
        "Hi Ana, thanks for the quick answer.",
        (
            "Which browser do you use for the export?",
            "Does it happen with every report?",
            "May I look into your account myself?",
        ),
        ("Firefox 131 on a Mac.", "No, only with the yearly one.", "Yes, please do."),
        ("Best,", "Tom"),
        "Ana Ruiz",
        "Hi Ana, see my answers below in red.",
    ),
    "de": _Words(
        "Hallo Ana, danke für die schnelle Antwort.",
        (
            "Welchen Browser nutzt du für den Export?",
            "Passiert das bei jedem Bericht so?",
            "Darf ich selbst in dein Konto schauen?",
        ),
        ("Firefox 131 auf dem Mac.", "Nein, nur beim Jahresbericht.", "Ja, gerne."),
        ("Mit freundlichen Grüßen", "Tom Okafor", "Okafor GmbH", "Tel. +49 30 1234567"),
        "Ana Ruiz",
        "Hallo Ana, meine Antworten stehen direkt unten im Text.",
    ),
    "fr": _Words(
        "Bonjour Ana, merci pour la réponse rapide.",
        (
            "Quel navigateur utilisez-vous pour l'export ?",
            "Est-ce le cas avec chaque rapport ?",
            "Puis-je regarder moi-même dans votre compte ?",
        ),
        ("Firefox 131 sur Mac.", "Non, seulement le rapport annuel.", "Oui, bien sûr."),
        ("Cordialement,", "Tom Okafor"),
        "Ana Ruiz",
        "Bonjour Ana, mes réponses ci-dessous.",
    ),
    "es": _Words(
        "Hola Ana, gracias por responder tan rápido.",
        (
            "¿Qué navegador usa usted para exportar?",
            "¿Pasa lo mismo con cada informe?",
            "¿Puedo mirar yo misma en su cuenta?",
        ),
        ("Firefox 131 en un Mac.", "No, solo con el anual.", "Sí, por favor."),
        ("Un saludo,", "Tom"),
        "Ana Ruiz",
        "Hola Ana, respondo más abajo en azul.",
    ),
    "pt": _Words(
        "Olá Ana, obrigado pela resposta rápida.",
        (
            "Qual navegador você usa para exportar?",
            "Acontece com todos os relatórios?",
            "Posso olhar eu mesma na sua conta?",
        ),
        ("Firefox 131 no Mac.", "Não, só com o anual.", "Sim, por favor."),
        ("Abraços,", "Tom"),
        "Ana Ruiz",
        "Olá Ana, respondo abaixo.",
    ),
}

_ATTRIBUTIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "gmail": {
        "en": ("On Mon, Nov 2, 2026 at 8:00 AM Ana Ruiz <ana@acme.test> wrote:",),
        "de": ("Am Mo., 2. Nov. 2026 um 08:00 Uhr schrieb Ana Ruiz <ana@acme.test>:",),
        "fr": ("Le lun. 2 nov. 2026 à 08:00, Ana Ruiz <ana@acme.test> a écrit :",),
        "es": ("El lun, 2 nov 2026 a las 8:00, Ana Ruiz (<ana@acme.test>) escribió:",),
        "pt": ("Em seg., 2 de nov. de 2026 às 08:00, Ana Ruiz <ana@acme.test> escreveu:",),
    },
    "gmail, wrapped": {
        "en": ("On Mon, Nov 2, 2026 at 8:00 AM Ana Ruiz, Support <", "ana@acme.test> wrote:"),
        "de": ("Am Mo., 2. Nov. 2026 um 08:00 Uhr schrieb Ana Ruiz <", "ana@acme.test>:"),
        "fr": ("Le lun. 2 nov. 2026 à 08:00, Ana Ruiz <ana@acme.test> a", "écrit :"),
        "es": ("El lun, 2 nov 2026 a las 8:00, Ana Ruiz (<ana@acme.test>)", "escribió:"),
        "pt": ("Em seg., 2 de nov. de 2026 às 08:00, Ana Ruiz <ana@acme.test>", "escreveu:"),
    },
    "apple": {
        "en": ("On 2. Nov 2026, at 08:00, Ana Ruiz <ana@acme.test> wrote:",),
        "de": ("Am 02.11.2026 um 08:00 schrieb Ana Ruiz <ana@acme.test>:",),
        "fr": ("Le 2 nov. 2026 à 08:00, Ana Ruiz <ana@acme.test> a écrit :",),
        "es": ("El 2 nov 2026, a las 8:00, Ana Ruiz <ana@acme.test> escribió:",),
        "pt": ("No dia 02/11/2026, às 08:00, Ana Ruiz <ana@acme.test> escreveu:",),
    },
    "thunderbird": {
        "en": ("On 02/11/2026 08:00, Ana Ruiz wrote:",),
        "de": ("Am 02.11.26 um 08:00 schrieb Ana Ruiz:",),
        "fr": ("Le 02/11/2026 à 08:00, Ana Ruiz a écrit :",),
        "es": ("El 2/11/26 a las 8:00, Ana Ruiz escribió:",),
        "pt": ("Em 02/11/2026 08:00, Ana Ruiz escreveu:",),
    },
    "k-9": {
        "en": ("On November 2, 2026 8:00:00 AM GMT+01:00, Ana Ruiz <ana@acme.test> wrote:",),
        "de": ("Am 2. November 2026 08:00:00 MEZ schrieb Ana Ruiz <ana@acme.test>:",),
        "fr": ("Le 2 novembre 2026 08:00:00 GMT+01:00, Ana Ruiz <ana@acme.test> a écrit :",),
        "es": ("El 2 de noviembre de 2026 8:00:00 CET, Ana Ruiz <ana@acme.test> escribió:",),
        "pt": ("Em 2 de novembro de 2026 08:00:00 WET, Ana Ruiz <ana@acme.test> escreveu:",),
    },
    "proton": {
        "en": ("On Monday, November 2nd, 2026 at 8:00 AM, Ana Ruiz <ana@acme.test> wrote:",),
        "de": ("Ana Ruiz <ana@acme.test> schrieb am Montag, 2. November 2026 um 08:00:",),
        "fr": ("Le lundi 2 novembre 2026 à 08:00, Ana Ruiz <ana@acme.test> a écrit :",),
        "es": ("Lunes, 2 de noviembre de 2026 a las 08:00, Ana Ruiz <ana@acme.test> escribió:",),
        "pt": ("Segunda, 2 de novembro de 2026 às 08:00, Ana Ruiz <ana@acme.test> escreveu:",),
    },
    "yahoo": {
        "en": ("On Monday, November 2, 2026 at 08:00:00 AM CET, Ana Ruiz <ana@acme.test> wrote:",),
        "de": ("Am Montag, 2. November 2026 um 08:00:00 MEZ hat Ana Ruiz <ana@acme.test> "
               "Folgendes geschrieben:",),
        "fr": ("Le lundi 2 novembre 2026 à 08:00:00 UTC+1, Ana Ruiz <ana@acme.test> a écrit :",),
        "es": ("El lunes, 2 de noviembre de 2026, 08:00:00 CET, Ana Ruiz <ana@acme.test> "
               "escribió:",),
        "pt": ("Em segunda-feira, 2 de novembro de 2026 08:00:00 WET, Ana Ruiz <ana@acme.test> "
               "escreveu:",),
    },
}  # fmt: skip

_BLOCKS = {
    "en": ("From: Ana Ruiz <ana@acme.test>", "Sent: Monday, 2 November 2026 08:00",
           "To: Tom Okafor <tom@okafor.test>", "Subject: RE: Export is empty"),
    "de": ("Von: Ana Ruiz <ana@acme.test>", "Gesendet: Montag, 2. November 2026 08:00",
           "An: Tom Okafor <tom@okafor.test>", "Betreff: AW: Export ist leer"),
    "fr": ("De : Ana Ruiz <ana@acme.test>", "Envoyé : lundi 2 novembre 2026 08:00",
           "À : Tom Okafor <tom@okafor.test>", "Objet : RE: Export vide"),
    "es": ("De: Ana Ruiz <ana@acme.test>", "Enviado: lunes, 2 de noviembre de 2026 8:00",
           "Para: Tom Okafor <tom@okafor.test>", "Asunto: RE: La exportación sale vacía"),
    "pt": ("De: Ana Ruiz <ana@acme.test>", "Enviada em: segunda-feira, 2 de novembro de 2026 08:00",
           "Para: Tom Okafor <tom@okafor.test>", "Assunto: RES: Exportação vazia"),
}  # fmt: skip
_RULES = {
    "en": "-----Original Message-----",
    "de": "-----Ursprüngliche Nachricht-----",
    "fr": "-----Message d'origine-----",
    "es": "-----Mensaje original-----",
    "pt": "-----Mensagem original-----",
}


def interleaved_replies() -> Iterator[Reply]:
    """Answers that stand between what they answer."""
    for style, headers in _ATTRIBUTIONS.items():
        for language, header in headers.items():
            words = _LETTERS[language]
            yield Reply(f"{style}, {language}", (*_new(words.opening), *_old(header),
                        *_between(words), *_signed(words)), "Tom Okafor")  # fmt: skip
            yield Reply(f"{style}, {language}, nothing on top",
                        (*_old(header), *_between(words)), "Tom Okafor")  # fmt: skip
    for language, words in _LETTERS.items():
        block = (*_new(words.opening), *_old(_BLOCKS[language]))
        known = ("\n".join(words.questions),)
        tom = "Tom Okafor"
        yield Reply(f"outlook, {language}, named", (*block, *_inline(words, "[Tom] ")), tom)
        yield Reply(f"outlook, {language}, initials", (*block, *_inline(words, "TO: ")), tom)
        yield Reply(f"outlook, {language}, coloured", (*block, *_inline(words, "[red] ")), tom)
        yield Reply(f"outlook, {language}, arrows", (*block, *_inline(words, "==> ")), tom)
        yield Reply(f"outlook, {language}, known", (*block, *_inline(words, "")), tom, known)
        marked = (*_new(words.opening), *_old((_RULES[language], *_BLOCKS[language])))
        yield Reply(f"outlook, {language}, > marks", (*marked, *_between(words)), tom)


def announced_replies() -> Iterator[Reply]:
    """Answers in an unmarked quotation, told by nothing but the words above it: all is shown."""
    for language, words in _LETTERS.items():
        lines = (words.cue, "", *_BLOCKS[language], "", *_mixed(words, ""))
        yield Reply(f"outlook, {language}, announced", tuple(f"+{line}" for line in lines))


def top_posted_replies() -> Iterator[Reply]:
    """Answers above a quotation that nobody wrote into."""
    for language, words in _LETTERS.items():
        top = (*_new(words.opening, words.answers[0], words.answers[1]), *_signed(words), "+")
        asked = ("Hi Tom,", "", *words.questions, "", words.asked_by)
        for style, headers in _ATTRIBUTIONS.items():
            header = headers[language]
            marked = _old((*header, "", *(f"> {line}" for line in asked)))
            yield Reply(f"{style}, {language}", (*top, *marked), "Tom Okafor")
            yield Reply(f"{style}, {language}, unmarked", (*top, *_old((*header, "", *asked))),
                        "Tom Okafor")  # fmt: skip
        yield Reply(f"outlook, {language}",
                    (*top, *_old(("_" * 32, *_BLOCKS[language], "", *asked))), "Tom Okafor",
                    )  # fmt: skip
        starred = tuple("*" + line.replace(":", ":*", 1) for line in _BLOCKS[language])
        yield Reply(f"outlook, {language}, bold", (*top, *_old((*starred, "", *asked))), "Tom")
        yield Reply(f"outlook, {language}, rule",
                    (*top, *_old((_RULES[language], *_BLOCKS[language], "", *asked))), "Tom",
                    )  # fmt: skip
        yield Reply(f"no mark, {language}", (*top, *_old(words.questions)), "Tom Okafor",
                    ("\n".join(words.questions),))  # fmt: skip


def _new(*lines: str) -> tuple[str, ...]:
    return (*(f"+{line}" for line in lines), "+")


def _old(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"-{line}" for line in lines)


def _between(words: _Words) -> tuple[str, ...]:
    pairs = zip(words.questions, words.answers, strict=True)
    return tuple(line for q, a in pairs for line in (f"-> {q}", "+", f"+{a}", "+"))


def _inline(words: _Words, mark: str) -> tuple[str, ...]:
    pairs = zip(words.questions, words.answers, strict=True)
    return ("-", *(line for q, a in pairs for line in (f"-{q}", f"+{mark}{a}", "-")))


def _mixed(words: _Words, mark: str) -> tuple[str, ...]:
    return tuple(line[1:] for line in _inline(words, mark))


def _signed(words: _Words) -> tuple[str, ...]:
    return ("+", *(f"~{line}" for line in words.closing))
