"""The figures of one area against its municipality: value, rank, place among the areas, where each comes from.

Belongs here: picking the rows and the strip of dots. Does not belong here: formats (indikatoren/words.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipelines.veroeffentlichung.bericht.atlas.data import quelle_der_zeile
from pipelines.veroeffentlichung.bericht.content import INSGESAMT, Definition, Zeile
from pipelines.veroeffentlichung.bericht.indikatoren.lage import OHNE_RANG, tell_rank
from pipelines.veroeffentlichung.bericht.indikatoren.words import einheitenwert, indikatorwert, is_unnamed
from pipelines.veroeffentlichung.bericht.numbers import ERKLAERUNGEN, GEHEIM_CODES, Wert, datum
from pipelines.veroeffentlichung.bericht.orte import fuer_ort

BREITE, HOEHE, RAND, SKALA = 300, 34, 8, 18
MITTE = HOEHE // 2
SCHRIFT = 'font-size="12" font-family="sans-serif" fill="#3d3d3d"'  # in the picture: it is drawn once and used often
WEIT_DRAUSSEN = (
    1.5  # a value of the whole town so much above the highest area is none to compare with (numbers of persons)
)


@dataclass(frozen=True)
class Streifen:
    """What the pictures of all areas of a level share, drawn once in a page: its id, ends of the scale, SVG, words."""

    kennung: str
    unten: float
    oben: float
    svg: str = ""
    worte: tuple[str, ...] = ()
    gebiete: int = 0

    def place(self, wert: float) -> float:
        """Where on the line a value stands."""
        anteil = (float(wert) - self.unten) / ((self.oben - self.unten) or 1)
        return round(RAND + (BREITE - 2 * RAND) * anteil, 1)


@dataclass(frozen=True)
class Kennzahl:
    """One figure of an area: its indicator's key and name, value, the town's value, words on its place, picture, proof.

    `ort_tag`: the day of the town's value where it is not the area's, or where there is none.
    """

    kennung: str
    name: str
    wert: Wert
    ort: Wert | None
    ort_tag: str
    rang: str
    streifen: Streifen
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
        mit = [z for z in alle if not z["ist_kommune"] and _is_published(z)]
        if mit:
            profil = min((z["profil"] for z in mit), key=lambda p: (folge.get(p, len(folge)), p))
            tag = max(z["stichtag"] for z in mit if z["profil"] == profil)
            gewaehlt.append([z for z in alle if (z["profil"], z["stichtag"]) == (profil, tag)])
    return gewaehlt


def _is_published(z: Zeile) -> bool:
    """Whether a row has a figure, or one that is protected."""
    return z["wert"] is not None or z["status"] in GEHEIM_CODES


def choose_ort(eigene: Zeile, orte: Sequence[Zeile]) -> Zeile | None:
    """The town's row beside an area's: of the same day where both have a figure, else the newest with one.

    `orte`: the town's rows of all indicators, all persons.
    """
    ort = [z for z in orte if all(z[s] == eigene[s] for s in ("indikator", "profil", "gruppe"))]
    am_tag = next((z for z in ort if z["stichtag"] == eigene["stichtag"]), None)
    if am_tag and _is_published(am_tag) and _is_published(eigene):
        return am_tag
    return max((z for z in ort if _is_published(z)), key=lambda z: z["stichtag"], default=am_tag)


def build_streifen(kennung: str, ebene: Sequence[Zeile], ort: Zeile | None, gebiete: int = 0) -> Streifen:
    """The areas of a level as small dots on a line with its scale, the town dashed where it is of their size.

    `gebiete`: how many areas the level has, with a figure or without.
    """
    da = sorted((z for z in ebene if z["wert"] is not None), key=lambda z: z["wert"])
    werte = [float(z["wert"]) for z in da]
    ort_wert = float(ort["wert"]) if ort and ort["wert"] is not None else None
    if ort_wert is not None and not (werte and ort_wert <= WEIT_DRAUSSEN * werte[-1]):
        ort_wert = None
    alle = [0.0, *werte, *([] if ort_wert is None else [ort_wert])]
    streifen = Streifen(kennung, min(alle), max(alle), gebiete=gebiete)
    teile = [f'<line x1="{RAND}" x2="{BREITE - RAND}" y1="{MITTE}" y2="{MITTE}" stroke="#b5b5b5"/>']
    teile += [f'<circle cx="{streifen.place(w)}" cy="{MITTE}" r="4" fill="#8a9bab"/>' for w in werte]
    teile += _draw_scale(streifen, str(ebene[0]["einheit"]))
    if ort_wert is not None:
        x = streifen.place(ort_wert)
        strich = 'stroke="#1b1b1b" stroke-width="2" stroke-dasharray="4 3"'
        teile.append(f'<line x1="{x}" x2="{x}" y1="2" y2="{HOEHE - 2}" {strich}/>')
    saetze = []
    if ort and _is_published(ort):
        saetze.append(f"{ort['gebiet']} insgesamt (gestrichelt): {_read_aloud(indikatorwert(ort))}")
    if da:
        enden = [f"{indikatorwert(z).text} ({z['gebiet']})" for z in (da[0], da[-1])]
        saetze.append(f"Gebiete zwischen {enden[0]} und {enden[1]}")
    return replace(streifen, svg="".join(teile), worte=tuple(saetze))


def _draw_scale(streifen: Streifen, einheit: str) -> list[str]:
    """The ends of the line and zero, each with a tick and its value."""
    teile = []
    for wert in dict.fromkeys((streifen.unten, 0.0, streifen.oben)):
        x = streifen.place(wert)
        anker = "start" if x <= RAND else "end" if x >= BREITE - RAND else "middle"
        teile.append(f'<line x1="{x}" x2="{x}" y1="{MITTE - 5}" y2="{MITTE + 5}" stroke="#5c5c5c"/>')
        ort = f'x="{x}" y="{HOEHE + SKALA - 5}" text-anchor="{anker}"'
        teile.append(f"<text {ort} {SCHRIFT}>{einheitenwert(wert, einheit)}</text>")
    return teile


def _draw_dot(eigene: Zeile, wert: Wert, streifen: Streifen) -> str:
    """The strip with this area as a large dot; a value that is hidden or missing as a box, hatched or empty."""
    if eigene["wert"] is not None:
        x = streifen.place(eigene["wert"])
        punkt = f'<circle cx="{x}" cy="{MITTE}" r="8" fill="#12436d" stroke="#fff" stroke-width="2"/>'
    else:
        muster = 'fill="url(#schraffur)"' if wert.geschuetzt else 'fill="#fff" stroke-dasharray="3 2"'
        punkt = f'<rect x="{RAND}" y="{MITTE - 9}" width="18" height="18" {muster} stroke="#4a4a4a"/>'
    return (
        f'<svg viewBox="0 0 {BREITE} {HOEHE + SKALA}" aria-hidden="true"><use href="#{streifen.kennung}"/>{punkt}</svg>'
    )


def _read_aloud(w: Wert) -> str:
    return w.text if w.zahl is not None else w.read_aloud


def build_kennzahl(
    eigene: Zeile, ort: Zeile | None, streifen: Streifen, indikator: Mapping[str, Any], definitionen: Mapping[str, str]
) -> Kennzahl:
    """One area's figure beside the town's row, of that day or of its own."""
    wert = indikatorwert(eigene)
    rang = tell_rank(eigene, streifen.gebiete)
    rang = rang if rang == OHNE_RANG else f"Rang {rang} (1 = höchster Wert)"
    beleg = [
        ("Was", indikator["definition"]),
        ("Stichtag", datum(eigene["stichtag"])),
        ("Quelle", quelle_der_zeile(eigene)),
    ]
    if eigene["profil"] != "-":
        beleg.insert(1, ("Definition", definitionen.get(eigene["profil"], eigene["profil"])))
    if ort and _is_published(ort) and (is_unnamed(eigene) or any(ort[s] != eigene[s] for s in ("quelle", "herkunft"))):
        zusatz = f" ({indikatorwert(ort).read_aloud})" if indikatorwert(ort).fussnote else ""
        beleg.append(
            (f"Quelle {fuer_ort(ort['gebiet'])}", f"{datum(ort['stichtag'])}: {quelle_der_zeile(ort)}{zusatz}")
        )
    beleg += [("Hinweis", f"{ERKLAERUNGEN[c][0]}: {ERKLAERUNGEN[c][1]}") for c in wert.codes]
    worte = (f"{eigene['gebiet']}: {_read_aloud(wert)}", *streifen.worte)
    anderer_tag = ort and not (_is_published(ort) and ort["stichtag"] == eigene["stichtag"])
    return Kennzahl(
        eigene["indikator"], indikator["name"], wert, indikatorwert(ort) if ort else None,
        datum(ort["stichtag"]) if ort and anderer_tag else "", rang, streifen,
        _draw_dot(eigene, wert, streifen),
        f"{'; '.join(worte)}.", tuple(beleg),
    )  # fmt: skip
