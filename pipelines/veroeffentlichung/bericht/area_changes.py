"""Where a figure changed most: each area with its earlier and its latest value and the change between them.

Belongs here: this table from the series that the atlas begins with. Does not belong here: the atlas (atlas/), the change of the
whole municipality (aussagen/bevoelkerung.py). Compared are days of one day of the year within one stretch; all areas over the
same two.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from pipelines.veroeffentlichung.bericht.content import INSGESAMT
from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
from pipelines.veroeffentlichung.bericht.indikatoren.differences import difference
from pipelines.veroeffentlichung.bericht.numbers import GESCHUETZT, KEIN_WERT, Wert
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow

ZAHL, TEXT, ART, ABSCHNITT, QUELLE = 0, 1, 2, 3, 4  # places of a value in the atlas (atlas/data.py)
GENAU = ""  # kind of an exact value
MINDESTENS = 2  # areas: of one there is no most
BEISPIEL = "Beispieldaten"


class Pair(NamedTuple):
    """Places of two days in a series."""

    frueher: int
    spaeter: int


def areas_by_change(atlas: Mapping[str, Any] | None) -> Tabelle | None:
    """Areas by their change, highest rise first, without one last; None where no two areas can be compared over time."""
    if atlas is None:
        return None
    reihe = _choose_series(atlas)
    werte = {g["id"]: reihe["werte"][g["id"]] for g in atlas["gebiete"] if _is_of(g, reihe)}
    paar = _choose_days([date.fromisoformat(t) for t in reihe["tage"]], list(werte.values()))
    if paar is None:
        return None
    namen = {g["id"]: g["name"] for g in atlas["gebiete"]}
    einheit = atlas["einheiten"][reihe["indikator"]]
    zeilen = [(namen[g], w[paar.frueher], w[paar.spaeter]) for g, w in werte.items()]
    zeilen.sort(key=lambda z: (not _is_comparable(z[1], z[2]), -_difference(z[1], z[2]), z[0]))
    von, bis = (atlas["tage"][reihe["tage"][i]] for i in paar)
    zusatz = (
        f", Definition {atlas['definitionen'][reihe['profil']]}" if reihe["profil"] in atlas["definitionen"] else ""
    )
    beispiel = any(BEISPIEL in atlas["woerter"][w[QUELLE]] for _, *beide in zeilen for w in beide if w)
    return Tabelle(
        f"Wo sich der Wert am stärksten geändert hat: {atlas['indikatoren'][reihe['indikator']]['name']}{zusatz}",
        ("Gebiet", von, bis, "Änderung"),
        tuple(
            TableRow((name, _cell(vorher), _cell(nachher), _change(vorher, nachher, einheit)))
            for name, vorher, nachher in zeilen
        ),
        anmerkungen=(
            "Verglichen sind zwei Stichtage desselben Tages im Jahr ohne Bruch dazwischen. Wo einer der Werte geschützt ist oder "
            "fehlt, gibt es keine Änderung.",
        ),
        marke=BEISPIEL if beispiel else "",
        kennung="gebietsaenderung",
    )  # fmt: skip


def _choose_series(atlas: Mapping[str, Any]) -> Mapping[str, Any]:
    """The series that the atlas shows first."""
    anfang = atlas["anfang"]
    passend = [r for r in atlas["reihen"] if all(r[k] == v for k, v in anfang.items() if k != "geschlecht")]
    gesamt = [r for r in passend if r["geschlecht"] == INSGESAMT]
    reihe: Mapping[str, Any] = (gesamt or passend or atlas["reihen"])[0]
    return reihe


def _is_of(gebiet: Mapping[str, Any], reihe: Mapping[str, Any]) -> bool:
    return gebiet["ebene"] == reihe["ebene"] and gebiet["id"] in reihe["werte"]


def _is_comparable(vorher: Sequence[Any] | None, nachher: Sequence[Any] | None) -> bool:
    return (
        vorher is not None
        and nachher is not None
        and all(w[ZAHL] is not None and w[ART] == GENAU for w in (vorher, nachher))
        and vorher[ABSCHNITT] == nachher[ABSCHNITT]
    )


def _choose_days(tage: Sequence[date], werte: Sequence[Sequence[Any]]) -> Pair | None:
    """The latest day and the earliest one of the same day of the year that two areas can be compared over."""
    for spaeter in reversed(range(len(tage))):
        for frueher in range(spaeter):
            gleich = (tage[frueher].month, tage[frueher].day) == (tage[spaeter].month, tage[spaeter].day)
            if gleich and sum(_is_comparable(w[frueher], w[spaeter]) for w in werte) >= MINDESTENS:
                return Pair(frueher, spaeter)
    return None


def _difference(vorher: Sequence[Any] | None, nachher: Sequence[Any] | None) -> Fraction:
    if vorher is None or nachher is None or not _is_comparable(vorher, nachher):
        return Fraction(0)
    return worte.exakt(nachher[ZAHL]) - worte.exakt(vorher[ZAHL])


def _cell(wert: Sequence[Any] | None) -> Wert:
    if wert is None:
        return Wert(None, KEIN_WERT)
    if wert[ZAHL] is None:
        return Wert(None, wert[TEXT], ("geheim",) if wert[TEXT] == GESCHUETZT else ())
    return Wert(worte.exakt(wert[ZAHL]), wert[TEXT])


def _change(vorher: Sequence[Any] | None, nachher: Sequence[Any] | None, einheit: str) -> Wert:
    if vorher is None or nachher is None or not _is_comparable(vorher, nachher):
        return Wert(None, KEIN_WERT)
    unterschied = _difference(vorher, nachher)
    return Wert(unterschied, difference(float(unterschied), nachher[ZAHL], vorher[ZAHL], einheit))
