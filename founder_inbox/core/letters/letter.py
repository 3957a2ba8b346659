"""A letter around a reply's words: the values for canned replies, greeting above, name below."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from founder_inbox.core.letters.greeting import first_name, greeting, has_greeting

T = TypeVar("T")

WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    ),
    "de": (
        *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli"),
        *("August", "September", "Oktober", "November", "Dezember"),
    ),
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin", "juillet"),
        *("août", "septembre", "octobre", "novembre", "décembre"),
    ),
    "es": (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio"),
        *("agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
}
_UNITS = {
    "en": (("minute", "minutes"), ("hour", "hours"), ("day", "days")),
    # Dative, for "nach" and "vor".
    "de": (("Minute", "Minuten"), ("Stunde", "Stunden"), ("Tag", "Tagen")),
    "fr": (("minute", "minutes"), ("heure", "heures"), ("jour", "jours")),
    "es": (("minuto", "minutos"), ("hora", "horas"), ("día", "días")),
}
# Day and month, put together as each language does.
_DATES = {
    "en": "{day} {month}",
    "de": "{day}. {month}",
    "fr": "{day} {month}",
    "es": "{day} de {month}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What a reply can know by itself. `here` is now in the founder's zone; empty is unknown."""

    customer_name: str
    subject: str
    ticket: str
    company: str
    founder_name: str
    teammate: str
    signature: str
    here: datetime
    wrote_at: datetime | None


def values(occasion: Occasion, language: str) -> dict[str, str]:
    """Give each variable of `placeholder_tags.VARIABLES` its value; unknown ones are empty."""
    since = occasion.here - occasion.wrote_at if occasion.wrote_at else None
    return {
        "first_name": first_name(occasion.customer_name) or "",
        "customer_name": occasion.customer_name,
        "subject": occasion.subject,
        "product": occasion.company,
        "company": occasion.company,
        "founder_name": occasion.founder_name,
        "teammate": occasion.teammate,
        "signature": occasion.signature,
        "today": day(occasion.here, language),
        "weekday": _known(WEEKDAYS, language)[occasion.here.weekday()],
        "elapsed": elapsed(since, language) if since else "",
        "ticket": occasion.ticket,
        # Known to a quick fix only, which puts it in.
        "worked": "",
        # Known to a break only, which puts them in.
        "back_on": "",
        "handed_to": "",
    }


def day(here: datetime, language: str) -> str:
    """Write a date as people do: "20 November 2026", "20. November 2026"."""
    year = f"de {here.year}" if language == "es" else str(here.year)
    return f"{day_and_month(here, language)} {year}"


def day_and_month(day_: date, language: str) -> str:
    """Write "23 November", "23. November", "23 novembre", "23 de noviembre"."""
    month = _known(MONTHS, language)[day_.month - 1]
    return _known(_DATES, language).format(day=day_.day, month=month)


def elapsed(span: timedelta, language: str) -> str:
    """Say a time span in its largest fitting unit, rounded: "14 minutes", "2 Tagen"."""
    minutes = max(1, round(span.total_seconds() / 60))
    units = _known(_UNITS, language)
    if minutes < 120:
        return _counted(minutes, units[0])
    if minutes < 48 * 60:
        return _counted(round(minutes / 60), units[1])
    return _counted(round(minutes / 1440), units[2])


def letter(words: str, customer_name: str, signature: str, language: str | None) -> str:
    """Put the greeting above and the signature below, each only where it is not there yet."""
    text = words.strip("\n")
    if not has_greeting(text):
        text = f"{greeting(customer_name, language)}\n\n{text}"
    last_lines = text.rstrip().split("\n")[-3:]
    if signature.strip() and signature.strip() not in "\n".join(last_lines):
        text = f"{text.rstrip()}\n\n{signature.strip()}"
    return text


def _counted(number: int, unit: tuple[str, str]) -> str:
    return f"{number} {unit[0] if number == 1 else unit[1]}"


def _known(table: Mapping[str, T], language: str) -> T:
    return table.get(language, table["en"])
