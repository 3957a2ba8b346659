"""A guess at a text's language from its small words, for greeting and canned replies."""

import re
from collections import Counter

_SMALL_WORDS = {
    "en": "the and is are was with for this that you your have not can how what my it i to of "
    "please thanks hi we but when does",
    "de": "der die das und ist sind mit für nicht ich sie wir ein eine zu auf wie was kann mein "
    "bitte danke hallo aber wenn den dem es auch habe",
    "es": "el los las que de es una por con para no mi su como pero está puedo tengo gracias hola "
    "favor cuando muy me en del se lo",
    "fr": "le les des est une et pour avec pas je vous nous que dans sur mon votre comment mais "
    "merci bonjour du ne ce au il être puis",
}
_LANGUAGES = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]{1,20}")
_LOOKED_AT = 3_000


def language_of(text: str) -> str | None:
    """Guess "en", "de", "es" or "fr"; None when it is another one, too short, or a draw."""
    words = Counter(_WORD.findall(text[:_LOOKED_AT].lower()))
    hits = {
        language: sum(min(words[word], 5) for word in small)
        for language, small in _LANGUAGES.items()
    }
    (best, most), (_, second) = sorted(hits.items(), key=lambda pair: -pair[1])[:2]
    return best if most >= 2 and most > second else None
