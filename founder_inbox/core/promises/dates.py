"""When a promise falls due: "by Friday", "in zwei Tagen", "la semaine prochaine", "mañana".

A day is found in a sentence in small letters, with the hour where one is said.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta

_DAY = timedelta(days=1)
_FRIDAY = 4

_WEEKDAYS = (
    "monday mon montag lundi lunes",
    "tuesday tue tues dienstag mardi martes",
    "wednesday wed mittwoch mercredi miércoles miercoles",
    "thursday thu thurs donnerstag jeudi jueves",
    "friday fri freitag vendredi viernes",
    "saturday sat samstag sonnabend samedi sábado sabado",
    "sunday sun sonntag dimanche domingo",
)
_WEEKDAY_OF = {name: n for n, names in enumerate(_WEEKDAYS) for name in names.split()}
_MONTHS = (
    "january jan januar janvier enero",
    "february feb februar février febrero",
    "march mar märz mars marzo",
    "april apr avril abril",
    "may mai mayo",
    "june jun juni juin junio",
    "july jul juli juillet julio",
    "august aug août agosto",
    "september sep sept septembre septiembre",
    "october oct oktober okt octobre octubre",
    "november nov novembre noviembre",
    "december dec dezember dez décembre diciembre",
)
_MONTH_OF = {name: n for n, names in enumerate(_MONTHS, 1) for name in names.split()}
_NUMBERS = {
    word: count
    for count, words in (
        (1, "a an one ein einem einer un une uno una"),
        (2, "two zwei deux dos couple paar"),
        (3, "three drei trois tres few next wenigen nächsten quelques unos algunos"),
        (4, "four vier quatre cuatro"),
        (5, "five fünf cinq cinco"),
        (7, "seven sieben sept siete"),
        (10, "ten zehn dix diez"),
    )
    for word in words.split()
}
_UNITS = {
    word: unit
    for unit, words in (
        ("minutes", "minute minutes min minuten minuto minutos"),
        ("hours", "hour hours stunde stunden heure heures hora horas"),
        ("days", "day days tag tage tagen jour jours día días dia dias"),
        ("weeks", "week weeks woche wochen semaine semaines semana semanas"),
    )
    for word in words.split()
}
# Until when a part of the day lasts.
_PARTS = {
    word: hour
    for hour, words in (
        (12, "morning noon midday früh vormittag mittag matin midi mediodía"),
        (18, "afternoon nachmittag après-midi tarde eod cob"),
        (22, "evening night tonight abend soir noche"),
    )
    for word in words.split()
}


def _of(words: dict[str, int] | dict[str, str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_PART = _of(_PARTS)
# After a day: an hour or a part of the day.
_HOUR_AFTER = re.compile(
    r",? ?(?:(?:at|before|by|around|um|vor|gegen|bis|à|avant|a las|antes de las|en la|por la|in the"
    r"|au|le)(?: the)? )?"
    rf"(?:(?P<part>{_PART})\b|(?P<hour>\d{{1,2}})(?:[:.h](?P<minute>\d\d))?"
    r"(?: ?(?P<half>am|pm)\b| ?(?:uhr|h|o'clock)\b|(?<=:\d\d)(?!\d)))"
)
# Before a day: "by noon tomorrow", "at 3pm on Friday".
_HOUR_BEFORE = re.compile(
    r"(?:(?P<part>noon|midday|midi)|(?P<hour>\d{1,2})(?::(?P<minute>\d\d))? ?(?P<half>am|pm)?)"
    r"(?: on)? $"
)
_BEFORE = (
    r"(?:no later than|not later than|at the latest|by|on|before|until|till|this|coming|for|within"
    r"|bis(?: zum| spätestens)?|spätestens(?: bis)?(?: am)?|am|noch|vor|diesen|kommenden|ab"
    r"|d'ici(?: à)?|avant|dès|ce|pour|antes del?|para el|el|este|a más tardar el)"
)


@dataclass(frozen=True, slots=True)
class SaidDay:
    """A day that was said, where in the sentence, and until which hour where one was said."""

    start: int
    end: int
    day: date
    hour: time | None


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to say a day; `read` gets the match and today, and gives the last day meant."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], datetime], date | datetime | None]


def days_said(sentence: str, here: datetime) -> Iterator[SaidDay]:
    """Yield the days ahead that a sentence names, in their order; `here` is now, local.

    The first form that fits a place takes it, so that "next week" is not "week".
    """
    taken: list[tuple[int, int]] = []
    found: list[SaidDay] = []
    for form in _FORMS:
        for match in form.pattern.finditer(sentence):
            start, end = match.span()
            if any(start < stop and begin < end for begin, stop in taken):
                continue
            taken.append((start, end))
            day = _read(form, match, here)
            if day is not None:
                found.append(_said(sentence, match, day))
    yield from sorted(found, key=lambda said: said.start)


def _read(form: _Form, match: re.Match[str], here: datetime) -> date | datetime | None:
    try:
        day = form.read(match, here)
    except (ValueError, OverflowError):  # a 31 November, ten thousand weeks
        return None
    last = day.date() if isinstance(day, datetime) else day
    if last is None or not here.date() <= last <= here.date() + timedelta(days=366):
        return None
    return day


def _said(sentence: str, match: re.Match[str], day: date | datetime) -> SaidDay:
    start, end = match.span()
    if isinstance(day, datetime):
        return SaidDay(start, end, day.date(), day.time())
    after = _HOUR_AFTER.match(sentence, end)
    if after and (hour := _hour(after)) is not None:
        return SaidDay(start, after.end(), day, hour)
    before = _HOUR_BEFORE.search(sentence[max(start - 16, 0) : start])
    if before and (before["part"] or before["half"] or before["minute"]):
        return SaidDay(start, end, day, _hour(before))
    part = match.groupdict().get("part")
    return SaidDay(start, end, day, time(_PARTS[part]) if part else None)


def _hour(match: re.Match[str]) -> time | None:
    if match["part"]:
        return time(_PARTS[match["part"]])
    hour, half = int(match["hour"]), match["half"]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    minute = int(match["minute"] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _coming(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def _end_of_week(today: date, weeks: int = 0, weekday: int = _FRIDAY) -> date:
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)
    friday = monday + timedelta(days=weekday)
    return friday if friday >= today else friday + timedelta(weeks=1)


def _weekday(match: re.Match[str], here: datetime) -> date | None:
    today, wanted = here.date(), _WEEKDAY_OF[match["weekday"]]
    if match["next"]:
        return today + timedelta(days=7 - today.weekday() + wanted)
    return _coming(wanted, today)


def _dated(match: re.Match[str], here: datetime) -> date | None:
    found = match.groupdict()
    name = found.get("month")
    month = _MONTH_OF[name] if name else int(found["number"])
    if year := found.get("year"):
        return date(int(year), month, int(found["day"]))
    day = date(here.year, month, int(found["day"]))
    return day if day >= here.date() else day + relativedelta(years=1)


def _nth(match: re.Match[str], here: datetime) -> date | None:
    day = here.date().replace(day=int(match["day"]))
    return day if day >= here.date() else day + relativedelta(months=1)


def _span(match: re.Match[str], here: datetime) -> date | datetime | None:
    unit = _UNITS[match["unit"]]
    word = match["word"]
    count = _NUMBERS[word] if word else int(match["digits"])
    if unit in ("minutes", "hours") and count < 24:
        return here + timedelta(**{unit: count})
    return (here + timedelta(**{unit: count})).date()


def _week(match: re.Match[str], here: datetime) -> date:
    words = match.group()
    weeks = 1 if re.search(r"next|nächste|prochaine|próxima|viene", words) else 0
    early = re.search(r"early|beginning|start|anfang|début|principios", words)
    middle = re.search(r"mid|mitte|milieu|mediados", words)
    return _end_of_week(here.date(), weeks, 1 if early else 2 if middle else _FRIDAY)


def _end_of_month(match: re.Match[str], here: datetime) -> date:
    months = 2 if re.search(r"next|nächst|prochain|próxim|viene", match.group()) else 1
    return here.date().replace(day=1) + relativedelta(months=months) - _DAY


_NOT_A_NAME = r"(?!['’]s\b|[\w-])"
_NO_LONGER_AHEAD = (
    r"(?<!last )(?<!since )(?<!past )(?<!from )(?<!every )(?<!each )(?<!until )(?<!till )"
    r"(?<!the )(?<!your )(?<!our )(?<!letzten )(?<!seit )(?<!jeden )(?<!jusqu'à )(?<!depuis )"
    r"(?<!of )(?<!hasta )(?<!hasta el )(?<!desde )(?<!desde el )(?<!until next )"
)
_WK = _of(_WEEKDAY_OF)
_MO = _of(_MONTH_OF)


def _form(
    pattern: str,
    read: Callable[[re.Match[str], datetime], date | datetime | None],
    before: str = _BEFORE,
) -> _Form:
    return _Form(re.compile(rf"{_NO_LONGER_AHEAD}\b(?:{before} )?{pattern}"), read)


_FORMS = (
    _form(r"(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)\b", _dated),
    _form(r"(?P<day>\d{1,2})\. ?(?P<number>\d{1,2})\.(?:(?P<year>20\d\d))?(?!\d)", _dated),
    _form(
        rf"(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)? (?:of |de )?(?P<month>{_MO})\b"
        r"(?:,? (?P<year>20\d\d)\b)?",
        _dated,
    ),
    _form(rf"(?P<month>{_MO})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)", _dated),
    _form(r"(?:day after tomorrow|übermorgen|après-demain|pasado mañana)\b",
          lambda _, here: here.date() + 2 * _DAY),
    _form(
        r"(?:(?:early|late|mid|middle|later|beginning|end|start|anfang|mitte|ende|début|milieu|fin"
        r"|principios|mediados|finales)(?: of| de la| de)?(?: the)? ?)?"
        r"(?:next week|this week|nächste[rn]? woche|diese[rn]? woche|la semaine prochaine"
        r"|cette semaine|la semana que viene|la próxima semana|esta semana)\b",
        _week,
    ),
    _form(r"(?:(?:the )?end of (?:the )?week|(?:the )?weekend|ende der woche|(?:zum )?wochenende"
          r"|la fin de (?:la )?semaine|fin de semaine|fin de semana)\b", _week),
    _form(r"(?:(?:the )?end of (?:the|this|next) month|monatsende|ende (?:des|nächsten) monats"
          r"|next month|nächsten monat|fin (?:du|de) mois|le mois prochain|fin de mes"
          r"|el mes que viene|el próximo mes)\b", _end_of_month),
    _form(rf"(?:tomorrow|tmrw)\b{_NOT_A_NAME}", lambda _, here: here.date() + _DAY),
    _form(
        r"(?<!guten )(?<!am )(?<!heute )(?<!diesen )(?<!gestern )morgen\b(?!s)",
        lambda _, here: here.date() + _DAY,
    ),
    _form(r"demain\b", lambda _, here: here.date() + _DAY),
    _form(
        r"(?<!la )(?<!esta )(?<!buena )(?<!de )mañana\b", lambda _, here: here.date() + _DAY
    ),
    _form(
        r"(?:later today|today|tonight|this (?P<part>afternoon|evening)|heute|aujourd'hui|ce soir"
        rf"|hoy|esta (?:tarde|noche)|end of (?:the )?day)\b{_NOT_A_NAME}",
        lambda _, here: here.date(),
    ),
    _form(
        rf"(?P<next>next |nächsten )?(?P<weekday>{_WK}){_NOT_A_NAME}"
        r"(?: (?:prochain|que viene))?",
        _weekday,
    ),
    _form(r"the (?P<day>\d{1,2})(?:st|nd|rd|th)\b", _nth),
    _form(
        r"(?:in|within|innerhalb von|binnen|dans|sous|en|dentro de)(?: (?:the|about|less than|a"
        r"|den|les|los|etwa|unos))? (?:(?P<digits>\d{1,3})|"
        rf"(?P<word>{_of(_NUMBERS)}))(?: (?:of|few|couple of|or two))? ?(?:business |working |work"
        rf"|weiteren )?(?P<unit>{_of(_UNITS)})\b",
        _span,
        "noch",
    ),
)  # fmt: skip
