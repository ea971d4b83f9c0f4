"""When a report that a concept promises is due.

Belongs here: due dates from a version's report duties and the reports handed in. Does not belong here: what a duty may say
(models.py) and which date counts as overdue today (the SQL of marts.berichtspflicht).
"""

import calendar
from dataclasses import dataclass
from datetime import date
from itertools import count, takewhile

from pipelines.stamm.konzept.models import Abgabe, Berichtspflicht, Fassung


@dataclass(frozen=True)
class Faelligkeit:
    """One due date of a report duty. `nummer` counts the duty's dates from 1.

    `grund`: why there is no date, or that the date is counted from today for want of a known start.
    """

    bericht: str
    nummer: int
    faellig_am: date | None
    grund: str = ""


def monate_spaeter(tag: date, monate: int) -> date:
    """The same day so many months later, the last of a shorter month."""
    jahr, monat = divmod(tag.year * 12 + tag.month - 1 + monate, 12)
    return date(jahr, monat + 1, min(tag.day, calendar.monthrange(jahr, monat + 1)[1]))


def _erster_termin(fassung: Fassung, pflicht: Berichtspflicht, abgaben: list[Abgabe]) -> tuple[date | None, str]:
    """First date that is not yet accounted for by a report handed in, or None and why: never a guess."""
    if pflicht.art == "fest":
        return pflicht.am, ""
    if pflicht.art == "turnus" and not abgaben and pflicht.monate:
        return pflicht.erstmals, "Weder ein erster Termin noch ein abgegebener Bericht ist bekannt."
    if pflicht.art == "nach_beschluss":
        bezug, genau, was = fassung.beschluss, fassung.beschluss_genauigkeit, "Der Tag des Beschlusses"
    elif pflicht.art == "nach_geltungsende":
        bezug, genau, was = fassung.gueltig_bis, "tag", "Das Ende der Geltung"
    elif not pflicht.monate:
        return None, "Die Quelle nennt keinen Abstand."
    else:
        bezug, genau, was = abgaben[-1].abgegeben_am, abgaben[-1].genauigkeit, "Der Tag des letzten Berichts"
    if bezug is None or genau != "tag":
        wort = f" (nur {genau.capitalize()} bekannt)" if bezug else ""
        return None, f"{was} ist nicht bekannt{wort}."
    return monate_spaeter(bezug, pflicht.monate or 0), ""


def faelligkeiten(fassung: Fassung, bis: date, heute: date | None = None) -> list[Faelligkeit]:
    """All due dates of a version's report duties: those handed in, then the next one, then repetitions up to `bis`.

    `heute`: a repeating duty without a known start has one date, counted from this day, and `grund` says so; without `heute`
    it has none, for such a date moves with every day.

    Steinfurt, chapter 5: interim report two years after the decision, final report six months after the validity ends.
    Neuss: every two years. Without a report handed in, a repeating duty counts on from its last due date.
    """
    ergebnis: list[Faelligkeit] = []
    for pflicht in fassung.berichtspflichten:
        abgaben = sorted((a for a in fassung.abgegeben if a.bericht == pflicht.bericht), key=lambda a: a.abgegeben_am)
        erster, grund = _erster_termin(fassung, pflicht, abgaben)
        if heute and erster is None and pflicht.art == "turnus" and pflicht.monate and not abgaben:
            grund = f"Ein erster Termin ist nicht bekannt: gerechnet vom {heute:%d.%m.%Y} an, dem Tag der Auswertung."
            ergebnis.append(Faelligkeit(pflicht.bericht, 1, monate_spaeter(heute, pflicht.monate), grund))
            continue
        termine: list[date | None] = [a.faellig_am for a in abgaben] if pflicht.art == "turnus" else []
        # One date-less entry a duty is enough: it stands for the duty itself.
        if erster or None not in termine:
            termine.append(erster)
        if pflicht.art == "turnus" and erster and pflicht.monate:
            weitere = takewhile(bis.__ge__, (monate_spaeter(erster, n * pflicht.monate) for n in count(1)))
            termine += weitere
        grund = grund or "Der erste Termin ist nicht bekannt."
        ergebnis += [Faelligkeit(pflicht.bericht, n, t, "" if t else grund) for n, t in enumerate(termine, start=1)]
    return ergebnis
