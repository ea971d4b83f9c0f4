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
    cell,
    cells,
    difference,
    printed,
    protection,
    stichtage,
)
from pipelines.veroeffentlichung.bericht.aussagen.numbers import Fuellung
from pipelines.veroeffentlichung.bericht.brueche import Brueche, abschnitte
from pipelines.veroeffentlichung.bericht.content import REGISTER, Bericht, Definition, Zeile
from pipelines.veroeffentlichung.bericht.indikatoren.differences import amount, points
from pipelines.veroeffentlichung.bericht.numbers import MINDESTWERT, Wert, anteil, ganz, gerundet

MART, ANTEIL = "marts.migrationshintergrund", "anteil_mh"


def _beleg(d: Definition, zeilen: Sequence[Zeile]) -> tuple[tuple[str, str], ...]:
    quellen = dict.fromkeys(
        z["herkunft"] or ("Melderegister" if z["quelle"] == REGISTER else z["quelle"]) for z in zeilen
    )
    return (
        ("Definition", f"{d.titel}. {d.beschreibung}"),
        ("Stichtag", stichtage(zeilen)),
        ("Quelle", "; ".join(quellen)),
        ("Stelle", cells(zeilen)),
        ("Schutz", protection(zeilen)),
    )


def _aussage(b: Bericht, art: str, d: Definition, zeilen: Sequence[Zeile], name: str, **werte: Fuellung) -> Aussage:
    return Aussage(art, name, {"ort": b.kommune["name"], **werte}, _beleg(d, zeilen), b.marke(zeilen))


def level(b: Bericht) -> Aussage | None:
    """The latest share under the first definition; that it is protected or missing where it is."""
    if not b.kennzahlen:
        return None
    d, z = b.kennzahlen[0]
    wert = anteil(z, ANTEIL)
    if wert.zahl is None:
        return _aussage(b, STEHT, d, [z], "anteil_fehlt", tag=z["stichtag"], grund=wert.read_aloud)
    werte = {"tag": z["stichtag"], "anteil": cell(MART, ANTEIL, z, printed(wert)), "definition": d.kurz}
    if z["einwohner"] is None:
        return _aussage(b, STEHT, d, [z], "anteil_ohne_einwohner", **werte)
    return _aussage(
        b, STEHT, d, [z], "anteil", **werte, einwohner=cell(MART, "einwohner", z, ganz(int(z["einwohner"])))
    )


Paar = tuple[Zeile, Wert]


def _find_comparable(werte: Sequence[Paar]) -> tuple[Paar, Paar] | None:
    """The first and the last value of one day of the year: the latest such pair. Other days of the year are never compared."""
    je: dict[tuple[int, int], list[Paar]] = {}
    for z, w in werte:
        je.setdefault((z["stichtag"].month, z["stichtag"].day), []).append((z, w))
    paare = [(p[0], p[-1]) for p in je.values() if len(p) > 1]
    return max(paare, key=lambda p: p[1][0]["stichtag"], default=None)


def change(b: Bericht, brueche: Brueche) -> Aussage | None:
    """From the first to the last value of one day of the year in the latest stretch of the first line; else its break."""
    if not b.reihen:
        return None
    reihe = b.reihen[0]
    teile = abschnitte(reihe, brueche)
    bruch, zeilen = teile[-1]
    werte = [(z, w) for z in zeilen if (w := anteil(z, ANTEIL)).zahl is not None and MINDESTWERT not in w.codes]
    paar = _find_comparable(werte)
    if paar is None:
        if not bruch:
            return None
        ab, grund = zeilen[0]["stichtag"], bruch.grund.rstrip(".")
        return _aussage(b, ACHTEN, reihe.definition, zeilen, "bruch", ab=ab, grund=grund)
    (erste, vorher), (letzte, nachher) = paar
    zahlen = Fraction(nachher.zahl or 0), Fraction(vorher.zahl or 0)
    unterschied = zahlen[0] - zahlen[1]
    gerichtet = gerundet(unterschied * 100, 1)
    name = "gleich" if gerichtet == 0 else "gestiegen" if gerichtet > 0 else "gesunken"
    if letzte["stichtag"] != zeilen[-1]["stichtag"]:
        name = f"{name}_bis"
    return _aussage(
        b, GEAENDERT, reihe.definition, [erste, letzte], name, von=erste["stichtag"], bis=letzte["stichtag"],
        damals=cell(MART, ANTEIL, erste, vorher.text), zuletzt=cell(MART, ANTEIL, letzte, nachher.text),
        betrag=difference(MART, ANTEIL, letzte, erste, amount(points(*zahlen))),
    )  # fmt: skip


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
        b, STEHT, b.gebiete[0][0], [hoch[0], tief[0]], "gebiete",
        hoch_orte=orte[hoch[1].text], hoch=cell(MART, ANTEIL, hoch[0], hoch[1].text),
        tief_orte=orte[tief[1].text], tief=cell(MART, ANTEIL, tief[0], tief[1].text),
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
    # Where many are undecidable the share is a lower bound, which may lie below this range.
    ungewiss = any(MINDESTWERT in w.codes for w, _ in werte)
    namen = {d.profil: d.kurz for d in b.definitionen}
    return _aussage(
        b, ACHTEN, b.kennzahlen[0][0], [z, y], "definitionen_sichere" if ungewiss else "definitionen",
        unten=cell(MART, ANTEIL, z, unten.text), definition_unten=namen[z["profil"]],
        oben=cell(MART, ANTEIL, y, oben.text), definition_oben=namen[y["profil"]],
    )  # fmt: skip
