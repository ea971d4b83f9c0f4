"""What the search of the start page finds: indicators, areas, measures, chapters, definitions, each with where it stands.

Belongs here: those entries. Does not belong here: the search itself, which runs in the reader's browser (templates/start.js).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.veroeffentlichung.bericht.area_pages import find_views
from pipelines.veroeffentlichung.bericht.gebietsprofil.profil import build_address
from pipelines.veroeffentlichung.bericht.indikatoren.gebiete import is_above
from pipelines.veroeffentlichung.bericht.parts import Teile


@dataclass(frozen=True)
class SearchEntry:
    """One entry: what is found, of which kind, in which municipality, and the address."""

    text: str
    art: str
    ort: str
    ziel: str

    def as_list(self) -> list[str]:
        return [self.text, self.art, self.ort, self.ziel]


def entries(t: Teile) -> Iterator[SearchEntry]:
    """All entries of one municipality."""
    ort, seite = t.b.kommune["name"], f"{t.b.kommune['kommune']}.html"
    yield SearchEntry(ort, "Kommune", ort, seite)
    for d in t.b.definitionen:
        yield SearchEntry(f"{d.titel}: {d.beschreibung}", "Definition", ort, f"{seite}#lesehilfe")
    for k in t.kapitel:
        if k.leer:
            yield SearchEntry(k.name, "Kapitel ohne Zahlen", ort, f"{seite}#luecken")
            continue
        yield SearchEntry(k.name, "Kapitel", ort, f"{seite}#kapitel-{k.kennung}")
        for i in k.feld.indikatoren if k.feld else ():
            yield SearchEntry(i.name, "Indikator", ort, f"{seite}#indikator-{i.kennung}")
        for r in k.massnahmen.reihen if k.massnahmen else ():
            yield SearchEntry(str(r.zellen[1]), "Maßnahme", ort, f"{seite}#kapitel-{k.kennung}")
    for ziel, text in find_views(t):
        yield SearchEntry(f"{text} {ort}", "Seite", ort, ziel)
    profile = {p.name for p in t.profile}
    for p in t.profile:
        yield SearchEntry(p.name, "Gebiet", ort, build_address(t.b.kommune["kommune"], p.gebiet_id))
    gebiete = t.b.gebiete[0][1] if t.b.gebiete else t.gebietswerte
    ziel = f"{seite}#gebiete" if t.b.gebiete else f"{seite}#indikatoren"
    unten = (z for z in gebiete if z["gebiet_id"] != t.b.kommune["ags"] and not is_above(z, t.b.kommune))
    for name in dict.fromkeys(z["gebiet"] for z in unten):
        if name not in profile:
            yield SearchEntry(name, "Gebiet", ort, ziel)
