"""Sentences on the population: how high the share with Migrationshintergrund is, how it changed, where it is high and low.

Belongs here: those sentences from rows of marts.migrationshintergrund. Does not belong here: indicators (indikatoren.py).
"""

from collections.abc import Sequence
from fractions import Fraction

from pipelines.veroeffentlichung.bericht.aussagen.content import (
    ACHTEN,
    GEAENDERT,
    STEHT,
    Aussage,
    BelegteZahl,
    cell,
    cells,
    difference,
    printed,
    protection,
    stichtage,
)
from pipelines.veroeffentlichung.bericht.brueche import Brueche, abschnitte
from pipelines.veroeffentlichung.bericht.content import REGISTER, Bericht, Definition, Zeile
from pipelines.veroeffentlichung.bericht.numbers import MINDESTWERT, Wert, anteil, datum, ganz, gerundet, punkte
from pipelines.veroeffentlichung.bericht.orte import in_ort

MART, ANTEIL = "marts.migrationshintergrund", "anteil_mh"


def _beleg(d: Definition, zeilen: Sequence[Zeile]) -> tuple[tuple[str, str], ...]:
    quellen = dict.fromkeys(
        z["herkunft"] or ("Melderegister" if z["quelle"] == REGISTER else z["quelle"]) for z in zeilen
    )
    return (
        ("Definition", f"{d.titel}. {d.beschreibung}"),
        ("Stichtag", stichtage(zeilen)),
        ("Quelle", "; ".join(quellen)),
        ("Stelle", cells(MART, ANTEIL, zeilen)),
        ("Schutz", protection(zeilen)),
    )


def _aussage(b: Bericht, art: str, d: Definition, zeilen: Sequence[Zeile], *teile: str | BelegteZahl) -> Aussage:
    return Aussage(art, teile, _beleg(d, zeilen), b.marke(zeilen))


def level(b: Bericht) -> Aussage | None:
    """The latest share under the first definition; that it is protected or missing where it is."""
    if not b.kennzahlen:
        return None
    d, z = b.kennzahlen[0]
    ort, wert = in_ort(b.kommune["name"]), anteil(z, ANTEIL)
    if wert.zahl is None:
        satz = f"Wie hoch der Anteil mit Migrationshintergrund {ort} am {datum(z['stichtag'])} war, ist nicht veröffentlicht: "
        return _aussage(b, STEHT, d, [z], f"{satz}{wert.read_aloud}.")
    einwohner = (
        (" der ", cell(MART, "einwohner", z, ganz(int(z["einwohner"])))) if z["einwohner"] is not None else (" der",)
    )
    return _aussage(
        b, STEHT, d, [z], f"Am {datum(z['stichtag'])} hatten ", cell(MART, ANTEIL, z, printed(wert)), *einwohner,
        f" Einwohner:innen {ort} einen Migrationshintergrund (Definition »{d.kurz}«).",
    )  # fmt: skip


def change(b: Bericht, brueche: Brueche) -> Aussage | None:
    """From the first to the last value of the latest stretch of the first line; a break before it is told instead of a change."""
    if not b.reihen:
        return None
    reihe = b.reihen[0]
    teile = abschnitte(reihe, brueche)
    bruch, zeilen = teile[-1]
    werte = [(z, w) for z in zeilen if (w := anteil(z, ANTEIL)).zahl is not None and MINDESTWERT not in w.codes]
    if len(werte) < 2:
        if not bruch:
            return None
        satz = f"Der Anteil mit Migrationshintergrund ist ab {datum(zeilen[0]['stichtag'])} nicht mit früheren vergleichbar: "
        return _aussage(b, ACHTEN, reihe.definition, zeilen, f"{satz}{bruch.grund.rstrip('.')}.")
    (erste, vorher), (letzte, nachher) = werte[0], werte[-1]
    unterschied = Fraction(nachher.zahl or 0) - Fraction(vorher.zahl or 0)
    seit = f"Seit dem {datum(erste['stichtag'])} ist der Anteil mit Migrationshintergrund "
    damals = cell(MART, ANTEIL, erste, vorher.text)
    if gerundet(unterschied * 100, 1) == 0:
        return _aussage(
            b, GEAENDERT, reihe.definition, [erste, letzte], f"{seit}gleich geblieben (damals ", damals, ")."
        )
    betrag = difference(MART, ANTEIL, letzte, erste, punkte(unterschied).lstrip("+−"))
    wort = "gestiegen" if unterschied > 0 else "gesunken"
    return _aussage(
        b,
        GEAENDERT,
        reihe.definition,
        [erste, letzte],
        f"{seit}um ",
        betrag,
        f" Prozentpunkte {wort} (damals ",
        damals,
        ").",
    )


def _ebene(b: Bericht) -> list[tuple[Zeile, Wert]]:
    """Areas with a share, of the first level that compares at least two; a lower bound has no place in an order."""
    ebenen: dict[str, list[tuple[Zeile, Wert]]] = {}
    for z in b.gebiete[0][1] if b.gebiete else []:
        wert = anteil(z, ANTEIL)
        if not z["ist_kommune"] and z["gebiet_id"] != "unbekannt" and wert.zahl is not None:
            ebenen.setdefault(z["gebietsebene"], []).append((z, wert))
    for paare in ebenen.values():
        if len(paare) > 1 and not any(MINDESTWERT in w.codes for _, w in paare):
            return paare
    return []


def areas(b: Bericht) -> Aussage | None:
    """Where the share is highest and lowest."""
    paare = _ebene(b)
    hoch, tief = (f(paare, key=lambda p: p[1].zahl or 0) if paare else None for f in (max, min))
    if not hoch or not tief or hoch[1].text == tief[1].text:
        return None
    orte = {w.text: ", ".join(z["gebiet"] for z, v in paare if v.text == w.text) for _, w in (hoch, tief)}
    return _aussage(
        b, STEHT, b.gebiete[0][0], [hoch[0], tief[0]], "Am höchsten ist der Anteil in ", f"{orte[hoch[1].text]} mit ",
        cell(MART, ANTEIL, hoch[0], hoch[1].text), f", am niedrigsten in {orte[tief[1].text]} mit ",
        cell(MART, ANTEIL, tief[0], tief[1].text), ".",
    )  # fmt: skip


def range_of_definitions(b: Bericht) -> Aussage | None:
    """How far the definitions lie apart on the day of the first one."""
    if not b.kennzahlen:
        return None
    tag = b.kennzahlen[0][1]["stichtag"]
    werte = [(anteil(z, ANTEIL), z) for _, z in b.kennzahlen if z["stichtag"] == tag]
    sicher = sorted(
        ((w, z) for w, z in werte if w.zahl is not None and MINDESTWERT not in w.codes), key=lambda p: p[0].zahl or 0
    )
    if len(sicher) < 2 or sicher[0][0].text == sicher[-1][0].text:
        return None
    (unten, z), (oben, y) = sicher[0], sicher[-1]
    namen = {d.profil: d.kurz for d in b.definitionen}
    return _aussage(
        b, ACHTEN, b.kennzahlen[0][0], [z, y], "Je nach Definition liegt der Anteil zwischen ", cell(MART, ANTEIL, z, unten.text),
        f" (»{namen[z['profil']]}«) und ", cell(MART, ANTEIL, y, oben.text),
        f" (»{namen[y['profil']]}«): Zahlen verschiedener Definitionen nie vermischen.",
    )  # fmt: skip
