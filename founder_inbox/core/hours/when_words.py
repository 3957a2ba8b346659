"""The vocabulary of `core.when`: English and German words for days, months, spans and hours."""

import re

WEEKDAYS = (
    ("mon", "monday", "mo", "montag"),
    ("tue", "tues", "tuesday", "di", "dienstag"),
    ("wed", "weds", "wednesday", "mi", "mittwoch"),
    ("thu", "thur", "thurs", "thursday", "do", "donnerstag"),
    ("fri", "friday", "fr", "freitag"),
    ("sat", "saturday", "sa", "samstag", "sonnabend"),
    ("sun", "sunday", "so", "sonntag"),
)
MONTHS = (
    ("jan", "january", "januar", "jänner"),
    ("feb", "february", "februar"),
    ("mar", "march", "mär", "märz", "maerz"),
    ("apr", "april"),
    ("may", "mai"),
    ("jun", "june", "juni"),
    ("jul", "july", "juli"),
    ("aug", "august"),
    ("sep", "sept", "september"),
    ("oct", "october", "okt", "oktober"),
    ("nov", "november"),
    ("dec", "december", "dez", "dezember"),
)
WEEKDAY_OF = {name: index for index, names in enumerate(WEEKDAYS) for name in names}
MONTH_OF = {name: index + 1 for index, names in enumerate(MONTHS) for name in names}
DAYS_AHEAD = {
    "today": 0,
    "heute": 0,
    "tomorrow": 1,
    "tmrw": 1,
    "morgen": 1,
    "day after tomorrow": 2,
    "übermorgen": 2,
    "uebermorgen": 2,
}
NEXT_WINDOW = {
    "next window",
    "next opening",
    "next session",
    "nächstes fenster",
    "nächste öffnung",
    "naechstes fenster",
}
NEXT_WEEK = {"next week", "nächste woche", "naechste woche"}
NEXT_MONTH = {"next month", "nächster monat", "nächsten monat", "naechsten monat"}
TONIGHT = {
    "tonight",
    "this evening",
    "today evening",
    "heute abend",
    "heute nacht",
}
# Each unit as the keyword of a relativedelta.
UNIT_OF = {
    name: unit
    for unit, names in (
        ("minutes", "m min mins minute minutes minuten"),
        ("hours", "h hr hrs hour hours std stunde stunden"),
        ("days", "d day days tag tage tagen"),
        ("weeks", "w wk wks week weeks woche wochen"),
        ("months", "month months mo monat monate monaten"),
    )
    for name in names.split()
}
ONE = {"a", "an", "one", "ein", "eine", "einem", "einer"}
NUMBERS = dict.fromkeys(ONE, 1) | {
    "two": 2,
    "zwei": 2,
    "three": 3,
    "drei": 3,
    "four": 4,
    "vier": 4,
    "five": 5,
    "fünf": 5,
    "six": 6,
    "sechs": 6,
}
# Parts of a day and the hour they begin at; "morning" is the day's first window.
PARTS_OF_DAY = {
    "noon": 12,
    "mittag": 12,
    "afternoon": 14,
    "nachmittag": 14,
    "evening": 18,
    "abend": 18,
    "night": 20,
}
MORNING = {"morning", "früh", "frueh", "vormittag"}
IF_NO_ANSWER = re.compile(
    r"(?:if|wenn) (?:no|keine|there is no|nobody) ?(?:answer|reply|response|answers|antwort)s?"
    r"(?: (?:by|until|before|bis|zum|within))? "
)


def _any_of(words: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
YEAR = r"(?:,? (?P<year>\d{4}))?"
MONTH = rf"(?P<month>{_any_of(MONTH_OF)})\.?"
# A date at the beginning; what follows is the hour.
DATES = tuple(
    re.compile(pattern + r"(?= |$)")
    for pattern in (
        r"(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)",
        r"(?P<day>\d{1,2})\. ?(?P<number>\d{1,2})\.(?: ?(?P<year>\d{4}))?",
        DAY + " (?:of )?" + MONTH + YEAR,
        MONTH + " " + DAY + YEAR,
    )
)
AHEAD = re.compile(rf"(?:{_any_of(DAYS_AHEAD)})(?= |$)")
WEEKDAY = re.compile(
    r"(?:(?P<next>next|nächsten?|naechsten?) |this |on |am |diesen |kommenden )?"
    rf"(?P<weekday>{_any_of(WEEKDAY_OF)})(?= |$)"
)
SPAN = re.compile(
    r"(?:in )?(?:(?P<digits>\d{1,4}) ?|(?P<word>"
    + _any_of(NUMBERS)
    + r") )(?P<unit>"
    + _any_of(dict.fromkeys(UNIT_OF, 0))
    + r")(?= |$)"
)
HOUR = re.compile(
    r"(?:at |um |ab |gegen )?(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?"
    r"(?P<uhr> ?uhr| ?h)? ?(?P<half>am|pm|a\.m\.|p\.m\.)?"
)
