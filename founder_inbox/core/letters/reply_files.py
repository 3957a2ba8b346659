"""Looking through the files of canned replies: what can't be read, and what is there twice."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from founder_inbox.core.letters.canned import CannedReply, parse_reply
from founder_inbox.core.letters.language import language_of
from founder_inbox.errors import BadInput


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a file. A `grave` one keeps the reply from being used as it is meant."""

    file: str
    words: str
    grave: bool


def check_files(texts: Mapping[str, str], own: Collection[str]) -> tuple[Problem, ...]:
    """Look through all replies, file name to text; `own` are names of the founder's files.

    Only theirs are spoken of, in the order of the files.
    """
    known: dict[str, CannedReply] = {}
    found: list[Problem] = []
    for file, text in texts.items():
        try:
            known[file] = parse_reply(text, file)
        except BadInput as error:
            found.append(Problem(file, str(error), grave=True))
    found += _twice(known)
    found += _languages(known, texts, own)
    return tuple(problem for problem in found if problem.file in own)


def _twice(known: Mapping[str, CannedReply]) -> list[Problem]:
    names = defaultdict[tuple[str, str], list[str]](list)
    keys = defaultdict[tuple[str, str], list[str]](list)
    for file, reply in known.items():
        names[reply.name, reply.language].append(file)
        for key in reply.keys:
            keys[key.casefold(), reply.language].append(file)
    found = [
        Problem(file, _name_words(name, language, [f for f in files if f != file]), grave=True)
        for (name, language), files in names.items()
        if len(files) > 1
        for file in files
    ]
    return found + [
        Problem(file, f"the key “{key}” also finds {', '.join(_others(files, file))}", grave=False)
        for (key, _language), files in keys.items()
        if len(set(files)) > 1
        for file in dict.fromkeys(files)
    ]


def _others(files: list[str], file: str) -> list[str]:
    return [other for other in dict.fromkeys(files) if other != file]


def _name_words(name: str, language: str, others: list[str]) -> str:
    return (
        f"{name} in {language} is in {', '.join(others)} too, and only one of them is used. Give "
        f"it another name, or call the file {others[0]} to replace that one"
    )


def _languages(
    known: Mapping[str, CannedReply], texts: Mapping[str, str], own: Collection[str]
) -> list[Problem]:
    found: list[Problem] = []
    # A language of only a few replies (the updates in French and Spanish) is missed nowhere.
    count = Counter(reply.language for reply in known.values())
    written = {language for language, n in count.items() if 2 * n >= max(count.values())}
    has = defaultdict[str, set[str]](set)
    for reply in known.values():
        has[reply.name].add(reply.language)
    ours = {known[file].name for file in own if file in known}
    for file, reply in known.items():
        read = language_of(reply.body)
        head = texts[file].replace("\r\n", "\n").partition("\n---")[0]
        if read and read != reply.language:
            said = "says" if "\nlanguage:" in head else "says no language, which means"
            words = f"the head {said} {reply.language}, and the text reads like {read}"
            found.append(Problem(file, words, grave=True))
        missing = sorted(written - has[reply.name])
        if missing and reply.name in ours:
            words = f"{reply.name} is there in {reply.language} and not in {', '.join(missing)}"
            found.append(Problem(file, words, grave=False))
    return found
