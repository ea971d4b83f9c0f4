"""The figures of one area against its municipality: value, rank, place among the areas, where each comes from.

Belongs here: picking the rows and the strip of dots. Does not belong here: formats (indikatoren/words.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.veroeffentlichung.bericht.atlas.data import quelle_der_zeile
from pipelines.veroeffentlichung.bericht.content import INSGESAMT, Definition, Zeile
from pipelines.veroeffentlichung.bericht.indikatoren.words import indikatorwert
from pipelines.veroeffentlichung.bericht.numbers import ERKLAERUNGEN, GEHEIM_CODES, Wert, datum

BREITE, HOEHE, RAND = 300, 34, 8
WEIT_DRAUSSEN = (
    1.5  # a value of the whole town so much above the highest area is none to compare with (numbers of persons)
)


@dataclass(frozen=True)
class Kennzahl:
    """One figure of an area: name, value, the town's value, words on its place, picture with its words, proof."""

    name: str
    wert: Wert
    ort: Wert | None
    rang: str
    svg: str
    alternative: str
    beleg: tuple[tuple[str, str], ...]


def choose_rows(zeilen: Sequence[Zeile], definitionen: Sequence[Definition]) -> list[list[Zeile]]:
    """Rows of each indicator at its latest day with a figure of an area, all persons, the first definition; town included."""
    folge = {d.profil: i for i, d in enumerate(definitionen)}
    je: dict[str, list[Zeile]] = {}
    for z in zeilen:
        if (z["gruppe"], z["geschlecht"], z["altersgruppe"]) == (INSGESAMT,) * 3:
            je.setdefault(z["indikator"], []).append(z)
    gewaehlt = []
    for alle in je.values():
        mit = [z for z in alle if not z["ist_kommune"] and (z["wert"] is not None or z["status"] in GEHEIM_CODES)]
        if mit:
            profil = min((z["profil"] for z in mit), key=lambda p: (folge.get(p, len(folge)), p))
            tag = max(z["stichtag"] for z in mit if z["profil"] == profil)
            gewaehlt.append([z for z in alle if (z["profil"], z["stichtag"]) == (profil, tag)])
    return gewaehlt


def _draw_dots(eigene: Zeile, ebene: Sequence[Zeile], ort: Zeile | None) -> str:
    """All areas of the level as dots on a line, this one large, the town dashed; a missing value of this one as its sign."""
    werte = [z["wert"] for z in ebene if z["wert"] is not None]
    ort_wert = ort["wert"] if ort else None
    if ort_wert is not None and werte and ort_wert <= WEIT_DRAUSSEN * max(werte):
        werte.append(ort_wert)
    else:
        ort_wert = None
    unten, oben = min([0, *werte]), max([0, *werte])

    def place(wert: float) -> float:
        anteil = float(wert - unten) / float((oben - unten) or 1)
        return round(RAND + (BREITE - 2 * RAND) * anteil, 1)

    mitte = HOEHE // 2
    teile = [f'<line x1="{RAND}" x2="{BREITE - RAND}" y1="{mitte}" y2="{mitte}" stroke="#b5b5b5"/>']
    teile += [
        f'<circle cx="{place(z["wert"])}" cy="{mitte}" r="4" fill="#8a9bab"/>' for z in ebene if z["wert"] is not None
    ]
    if ort_wert is not None:
        lage = place(ort_wert)
        teile.append(
            f'<line x1="{lage}" x2="{lage}" y1="2" y2="{HOEHE - 2}" stroke="#1b1b1b" stroke-width="2" stroke-dasharray="4 3"/>'
        )
    if eigene["wert"] is not None:
        teile.append(
            f'<circle cx="{place(eigene["wert"])}" cy="{mitte}" r="8" fill="#12436d" stroke="#fff" stroke-width="2"/>'
        )
    else:
        muster = 'fill="url(#schraffur)"' if indikatorwert(eigene).geschuetzt else 'fill="#fff" stroke-dasharray="3 2"'
        teile.append(f'<rect x="{RAND}" y="{mitte - 9}" width="18" height="18" {muster} stroke="#4a4a4a"/>')
    return f'<svg viewBox="0 0 {BREITE} {HOEHE}" aria-hidden="true">{"".join(teile)}</svg>'


def _read_aloud(w: Wert) -> str:
    return w.text if w.zahl is not None else w.read_aloud


def _describe(eigene: Zeile, ebene: Sequence[Zeile], ort: Zeile | None) -> str:
    da = sorted((z for z in ebene if z["wert"] is not None), key=lambda z: z["wert"])
    saetze = [f"{eigene['gebiet']}: {_read_aloud(indikatorwert(eigene))}"]
    if ort is not None:
        saetze.append(f"{ort['gebiet']} insgesamt (gestrichelt): {_read_aloud(indikatorwert(ort))}")
    if da:
        enden = [f"{indikatorwert(z).text} ({z['gebiet']})" for z in (da[0], da[-1])]
        saetze.append(f"Gebiete zwischen {enden[0]} und {enden[1]}")
    return "; ".join(saetze) + "."


def build_kennzahl(
    eigene: Zeile, zeilen: Sequence[Zeile], indikator: Mapping[str, Any], definitionen: Mapping[str, str]
) -> Kennzahl:
    """One area's figure; `zeilen`: the rows of all areas and of the town at the same day."""
    ebene = [z for z in zeilen if not z["ist_kommune"] and z["gebietsebene"] == eigene["gebietsebene"]]
    ort = next((z for z in zeilen if z["ist_kommune"]), None)
    wert = indikatorwert(eigene)
    rang = (
        f"Rang {eigene['lage_rang']} von {eigene['lage_gebiete']} (1 = höchster Wert)"
        if eigene["lage_rang"] is not None and (eigene["lage_gebiete"] or 0) > 1
        else "kein Rang"
    )
    beleg = [
        ("Was", indikator["definition"]),
        ("Stichtag", datum(eigene["stichtag"])),
        ("Quelle", quelle_der_zeile(eigene)),
    ]
    if eigene["profil"] != "-":
        beleg.insert(1, ("Definition", definitionen.get(eigene["profil"], eigene["profil"])))
    beleg += [("Hinweis", f"{ERKLAERUNGEN[c][0]}: {ERKLAERUNGEN[c][1]}") for c in wert.codes]
    return Kennzahl(
        indikator["name"], wert, indikatorwert(ort) if ort else None, rang, _draw_dots(eigene, ebene, ort),
        _describe(eigene, ebene, ort), tuple(beleg),
    )  # fmt: skip
