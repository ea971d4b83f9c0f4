"""Sentences on indicators: the first values of a town without definitions, what got better or worse, how far goals are.

Belongs here: those sentences from series that the report shows. Does not belong here: words of values (indikatoren/words.py).
"""

from collections import Counter
from collections.abc import Collection

from pipelines.veroeffentlichung.bericht.aussagen.content import (
    ACHTEN,
    GEAENDERT,
    STEHT,
    Aussage,
    cell,
    cells,
    printed,
    protection,
)
from pipelines.veroeffentlichung.bericht.aussagen.numbers import Benennung, Fuellung
from pipelines.veroeffentlichung.bericht.bemerkungen import WORT
from pipelines.veroeffentlichung.bericht.content import Zeile
from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
from pipelines.veroeffentlichung.bericht.indikatoren.content import Indikatorreihe, Indikatorteil
from pipelines.veroeffentlichung.bericht.indikatoren.differences import difference
from pipelines.veroeffentlichung.bericht.numbers import ERKLAERUNGEN, ZUSATZ_CODES, datum

MART = "marts.indikator_zeitreihe"


def shown_series(t: Indikatorteil) -> list[Indikatorreihe]:
    """Series with a row of their own in the report that have a value now, in the order of the catalogue."""
    gezeigt = {id(z) for z in t.gezeigte_zeilen}
    return [r for r in t.reihen if id(r.letzte) in gezeigt and r.letzte["wert"] is not None]


def _states(t: Indikatorteil) -> list[Indikatorreihe]:
    return [r for r in shown_series(t) if not t.katalog[r.schluessel[0]]["prozess"]]


def _name(t: Indikatorteil, r: Indikatorreihe) -> Benennung:
    z = r.letzte
    gruppe = "" if z["gruppe"] == "insgesamt" else worte.gruppe(z["gruppe"], t.staaten.am(z["stichtag"]))
    name = str(t.katalog[z["indikator"]]["name"])
    return Benennung(name, worte.zaehlung_am_namen(name, worte.zaehlung(z)), gruppe)


def _beleg(t: Indikatorteil, r: Indikatorreihe) -> tuple[tuple[str, str], ...]:
    z = r.letzte
    eigene = f" Definition von Migrationshintergrund: {r.definition.titel}." if r.definition else ""
    return (
        ("Definition", f"{t.katalog[z['indikator']]['definition']}{eigene}"),
        ("Stichtag", datum(z["stichtag"])),
        ("Quelle", "; ".join(q for q in (z["herkunft"], z["lizenz"]) if q)),
        ("Hinweis", ", ".join(ERKLAERUNGEN[c][0] for c in worte.indikatorwert(z).codes if c in ZUSATZ_CODES)),
        (WORT, "; ".join(t.remarks.of_figure(z))),
        ("Stelle", cells([z])),
        ("Schutz", protection([z])),
    )


def _aussage(t: Indikatorteil, r: Indikatorreihe, art: str, name: str, **werte: Fuellung) -> Aussage:
    marke = "Beispieldaten" if r.letzte["beispieldaten"] else ""
    return Aussage(art, name, {"name": _name(t, r), **werte}, _beleg(t, r), marke, ".".join(r.schluessel))


def level(t: Indikatorteil, kommune: Zeile, angenommen: Collection[str]) -> list[Aussage]:
    """The first values, for a town that no definition gives a share; none whose day is only assumed (ids of deliveries)."""
    return [
        _aussage(
            t, r, STEHT, "indikator", ort=kommune["name"], tag=r.letzte["stichtag"],
            wert=cell(MART, "wert", r.letzte, printed(worte.indikatorwert(r.letzte))),
        )
        for r in _states(t)
        if r.letzte["lieferung_id"] not in angenommen
    ]  # fmt: skip


def _changed(t: Indikatorteil, r: Indikatorreihe, art: str, name: str) -> Aussage | None:
    z = r.letzte
    vorher = next((p for p in r.zeilen if p["zeitraum"] == z["vorperiode"]), None)
    if z["veraenderung_vorperiode"] is None or vorher is None:
        return None
    spalte = "veraenderung_vorperiode"
    betrag = difference(z[spalte], z["wert"], vorher["wert"], z["einheit"])
    return _aussage(
        t, r, art, name, betrag=cell(MART, spalte, z, betrag), von=vorher["stichtag"],
        wert=cell(MART, "wert", z, printed(worte.indikatorwert(z))),
    )  # fmt: skip


def changes(t: Indikatorteil) -> list[Aussage]:
    """What changed without a verdict, for a town whose indicators only describe."""
    alle = (_changed(t, r, GEAENDERT, "aenderung") for r in _states(t) if not r.letzte["aenderung_im_band"])
    return [a for a in alle if a]


def _weight(r: Indikatorreihe) -> float:
    """How many times the change is as large as what counts as relevant."""
    z = r.letzte
    return float(abs(z["veraenderung_vorperiode"] or 0) / (z["relevanzschwelle"] or 1))


def judged(t: Indikatorteil, urteil: str, art: str, name: str) -> Aussage | None:
    """The series of a verdict whose change is the most relevant."""
    passend = [r for r in shown_series(t) if worte.urteil(r.letzte) == urteil]
    for r in sorted(passend, key=_weight, reverse=True):
        if a := _changed(t, r, art, name):
            return a
    return None


def missed_goal(t: Indikatorteil) -> Aussage | None:
    """The goal with the nearest year that is not reached."""
    offen = [r for r in shown_series(t) if r.letzte["zielabstand"] is not None and not r.letzte["ziel_erreicht"]]
    for r in sorted(offen, key=lambda r: r.letzte["ziel_jahr"] or 9999):
        z = r.letzte
        return _aussage(
            t, r, ACHTEN, "ziel_bis" if z["ziel_jahr"] else "ziel", jahr=str(z["ziel_jahr"]),
            ziel=cell(MART, "ziel", z, worte.einheitenwert(z["ziel"], z["einheit"])),
            abstand=cell(MART, "zielabstand", z, difference(z["zielabstand"], z["ziel"], z["wert"], z["einheit"])),
        )  # fmt: skip
    return None


def no_verdict(t: Indikatorteil) -> Aussage | None:
    """That nothing can be judged, and the reason most rows have; nothing where one can, or where none is ever judged.

    Counted is what the summary of the section counts: it is what the sentence leads to.
    """
    je_urteil = dict(t.zusammenfassung)
    gezaehlt = Counter[str]()
    for grund, namen in je_urteil.get("nicht_bewertbar", ()):
        gezaehlt[grund.split(":")[0]] += sum(n.zahl for n in namen)
    gruende = [(grund, n) for grund, n in gezaehlt.most_common() if grund]
    if not gruende or any(je_urteil.get(u) for u in worte.BEWERTET):
        return None
    haeufigste = tuple(grund for grund, n in gruende if n == gruende[0][1])
    name, werte = "kein_urteil", dict[str, Fuellung](grund=haeufigste[0])
    if len(haeufigste) > 1:  # none of them is more frequent than the others
        name, werte = "kein_urteil_gruende", {"gruende": haeufigste}
    return Aussage(ACHTEN, name, werte, (
        ("Definition", "Urteil nach Richtung und Relevanzschwelle jedes Indikators."),
    ))  # fmt: skip
