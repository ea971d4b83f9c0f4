"""Times as offices write them ("III/2023", "ab 2022", "fortlaufend") → first or last day, with its precision.

Belongs here: what one cell says about time. Does not belong here: which column it stands in and what the sheet does with it.
Nothing is guessed: "Mitte 2021", a school year or a year of two digits is an error with a proposal.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

Form = Literal["punkt", "ab", "bis", "spanne", "offen"]
ROEMISCH = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
MONATE = {
    name: n
    for n, namen in enumerate(
        ("januar jänner jan", "februar feb", "märz mrz mär", "april apr", "mai", "juni jun", "juli jul", "august aug",
         "september sept sep", "oktober okt", "november nov", "dezember dez"), start=1)
    for name in namen.split()
}  # fmt: skip
OFFEN = ("fortlaufend", "dauerhaft", "laufend", "daueraufgabe", "kontinuierlich", "unbefristet", "offen", "ständig")
ERWARTET = (
    "eine Zeitangabe wie 15.03.2022, 03/2022, März 2022, III/2023, 2. Halbjahr 2023, 2022, 2018–2021, ab 2022, bis Ende 2021 "
    "oder fortlaufend"
)

_JAHR = r"(?P<jahr>(?:19|20)\d{2})"
_NAMEN = "|".join(sorted(MONATE, key=len, reverse=True))
_PUNKTE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("tag", re.compile(rf"(?P<t>\d{{1,2}})\.\s?(?P<m>\d{{1,2}})\.\s?{_JAHR}")),
    ("tag", re.compile(rf"{_JAHR}-(?P<m>\d{{2}})-(?P<t>\d{{2}})")),
    ("tag", re.compile(rf"(?P<t>\d{{1,2}})\.\s?(?P<name>{_NAMEN})\.?\s{_JAHR}")),
    ("monat", re.compile(rf"(?P<m>\d{{1,2}})\s?[/.]\s?{_JAHR}")),
    ("monat", re.compile(rf"(?P<name>{_NAMEN})\.?\s?/?{_JAHR}")),
    ("quartal", re.compile(rf"(?P<r>iv|i{{1,3}})\.?\s?(?:quartal)?\s?/?\s?{_JAHR}")),
    ("quartal", re.compile(rf"(?P<n>[1-4])\.?\s?(?:quartal|q\.?|quart\.)\s?/?\s?{_JAHR}")),
    ("quartal", re.compile(rf"q\s?(?P<n>[1-4])\s?/?\s?{_JAHR}")),
    ("halbjahr", re.compile(rf"(?P<n>[12])\.?\s?(?:halbjahr|hj\.?)\s?/?\s?{_JAHR}")),
    ("halbjahr", re.compile(rf"(?P<r>i{{1,2}})\.?\s?(?:halbjahr|hj\.?)\s?/?\s?{_JAHR}")),
    ("jahr", re.compile(rf"(?:jahr\s)?{_JAHR}")),
)  # fmt: skip
# The left side of a span may leave out the year: "Januar bis März 2022", "I–III/2022", "15.03.–30.06.2022".
_OHNE_JAHR = re.compile(
    rf"\d{{1,2}}\.\s?\d{{1,2}}\.|(?:{_NAMEN})\.?|iv\.?|i{{1,3}}\.?|[1-4]\.|[12]\. halbjahr|[1-4]\. quartal"
)


@dataclass(frozen=True)
class TimeSpan:
    """What a cell says. `von` and `bis` are first and last day; None where the text names none or says it has no end."""

    form: Form
    von: date | None = None
    von_genauigkeit: str | None = None
    bis: date | None = None
    bis_genauigkeit: str | None = None


def _ende(jahr: int, monat: int) -> date:
    return date(jahr, monat, calendar.monthrange(jahr, monat)[1])


def _zeitraum(genauigkeit: str, treffer: re.Match[str]) -> tuple[date, date]:
    teile = treffer.groupdict()
    jahr = int(teile["jahr"])
    if genauigkeit == "jahr":
        return date(jahr, 1, 1), date(jahr, 12, 31)
    if genauigkeit in ("tag", "monat"):
        monat = MONATE[teile["name"]] if teile.get("name") else int(teile["m"])
        if genauigkeit == "tag":
            tag = date(jahr, monat, int(teile["t"]))
            return tag, tag
        return date(jahr, monat, 1), _ende(jahr, monat)
    nummer = ROEMISCH[teile["r"]] if teile.get("r") else int(teile["n"])
    laenge = 3 if genauigkeit == "quartal" else 6
    return date(jahr, (nummer - 1) * laenge + 1, 1), _ende(jahr, nummer * laenge)


def _punkt(text: str) -> tuple[date, date, str] | None:
    """First day, last day and precision of one point in time; None if the text is none.

    Raises: ValueError for a day or month that does not exist.
    """
    for genauigkeit, muster in _PUNKTE:
        if treffer := muster.fullmatch(text):
            try:
                return *_zeitraum(genauigkeit, treffer), genauigkeit
            except ValueError:
                wort = "diesen Tag" if genauigkeit == "tag" else "diesen Monat"
                raise ValueError(f"nennt einen Zeitpunkt, den es nicht gibt ({wort} hat kein Kalender)") from None
    return None


def _spanne(text: str) -> TimeSpan | None:
    """Two points with a dash or »bis« between them."""
    for trenner in re.finditer(r"\s+bis\s+|\s*[–—-]\s*", text):
        links, rechts = text[: trenner.start()].strip(), text[trenner.end() :].strip()
        if rechts in OFFEN and (anfang := _punkt(links)):
            return TimeSpan("spanne", anfang[0], anfang[2], None, "offen")
        rechts = re.sub(r"^(?:ende|spätestens)\s+", "", rechts)
        ziel = _punkt(rechts)
        if ziel is None:
            continue
        if _OHNE_JAHR.fullmatch(links):
            muster = links.removesuffix(".") if re.fullmatch(r"\D+\.?", links) else links
            fehlt = (
                f"{muster}{ziel[1].year}"
                if re.fullmatch(r"\d{1,2}\.\s?\d{1,2}\.", links)
                else f"{muster} {ziel[1].year}"
            )
            if re.fullmatch(r"[1-4]\.", links):
                fehlt = f"{links} {'quartal' if ziel[2] == 'quartal' else 'halbjahr'} {ziel[1].year}"
            anfang = _punkt(fehlt)
        else:
            anfang = _punkt(links)
        if anfang:
            return TimeSpan("spanne", anfang[0], anfang[2], ziel[1], ziel[2])
    return None


def read_time(zelle: str | int | float | date, format: str = "") -> TimeSpan:
    """Read one cell; `format` is the cell's number format, by which a spreadsheet shows a day as a month or a year.

    Raises: ValueError with the reason in German, to be put behind the cell's text, and a proposal behind a `|` if any.
    """
    if isinstance(zelle, date):
        teil = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", format).split(";")[0].lower()
        if teil and "y" in teil and "d" not in teil:
            if "m" in teil:
                return TimeSpan("punkt", zelle.replace(day=1), "monat", _ende(zelle.year, zelle.month), "monat")
            return TimeSpan("punkt", date(zelle.year, 1, 1), "jahr", date(zelle.year, 12, 31), "jahr")
        return TimeSpan("punkt", zelle, "tag", zelle, "tag")
    if isinstance(zelle, float):
        monat, _, jahr = f"{zelle:.4f}".partition(".")
        vorschlag = f"|{int(monat):02d}/{jahr} als Text" if 1 <= int(monat) <= 12 and jahr[:2] in ("19", "20") else ""
        raise ValueError(f"ist eine Zahl, keine Zeitangabe{vorschlag}")
    if isinstance(zelle, int) and not 1900 <= zelle <= 2100:
        tag = date.fromordinal(date(1899, 12, 30).toordinal() + zelle) if 20_000 <= zelle <= 80_000 else None
        vorschlag = f"|{tag:%d.%m.%Y} (die Zelle als Datum formatieren)" if tag else ""
        raise ValueError(f"ist eine Zahl, keine Zeitangabe{vorschlag}")
    text = re.sub(r"\s+", " ", str(zelle)).strip().casefold()
    text = re.sub(r"\s*[(,;]\s*(?:fortlaufend|dauerhaft|unbefristet)\)?$", " fortlaufend", text).strip()
    if text in OFFEN:
        return TimeSpan("offen", None, "offen", None, "offen")
    if treffer := re.fullmatch(r"(?:ab|seit|beginn|start)\s+(?:dem\s|anfang\s)?(.+?)(?: fortlaufend)?", text):
        if punkt := _punkt(treffer[1]):
            return TimeSpan("ab", punkt[0], punkt[2], None, "offen")
    elif text.endswith(" fortlaufend") and (punkt := _punkt(text.removesuffix(" fortlaufend"))):
        return TimeSpan("ab", punkt[0], punkt[2], None, "offen")
    elif (treffer := re.fullmatch(r"(?:(?:bis|spätestens)\s+)+(?:zum\s)?(?:ende\s)?(.+)|ende\s+(.+)", text)) and (
        punkt := _punkt(treffer[1] or treffer[2])
    ):
        return TimeSpan("bis", None, None, punkt[1], punkt[2])
    if punkt := _punkt(text):
        return TimeSpan("punkt", punkt[0], punkt[2], punkt[1], punkt[2])
    if spanne := _spanne(re.sub(r"^von\s+", "", text)):
        return spanne
    raise ValueError("ist keine eindeutige Zeitangabe" + _vorschlag(text))


def _vorschlag(text: str) -> str:
    if treffer := re.search(r"(mitte|anfang|frühjahr|sommer|herbst|winter)\s+(\d{4})", text):
        quartal = {"anfang": 1, "frühjahr": 2, "mitte": 2, "sommer": 3, "herbst": 4, "winter": 4}[treffer[1]]
        return f"|etwa {quartal}. Quartal {treffer[2]}, wenn das gemeint ist"
    if treffer := re.fullmatch(r"((?:19|20)\d{2})\s?/\s?(\d{2}|\d{4})", text):
        jahr = int(treffer[1])
        return f"|{jahr}–{jahr + 1}, oder für ein Schuljahr 01.08.{jahr}–31.07.{jahr + 1}"
    if treffer := re.fullmatch(r"(.*[./\s])(\d{2})", text):
        return f"|die Jahreszahl vierstellig: {treffer[1].upper()}20{treffer[2]}"
    return ""
