"""What is embedded in the atlas: series of areas as the published file has them, each number with the text a reader sees.

Belongs here: picking and shaping rows. Does not belong here: formats (indikatoren/words.py), drawing (templates/atlas.js). The
script in the page only places and colours numbers; whatever is read as a figure is a text made here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

from pipelines.veroeffentlichung.bericht.atlas.outlines import Karte, draw_outlines
from pipelines.veroeffentlichung.bericht.content import EBENEN_WORTE, INSGESAMT, REGISTER, Definition, Zeile
from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
from pipelines.veroeffentlichung.bericht.numbers import (
    ERKLAERUNGEN,
    GEHEIM_CODES,
    GESCHLECHT_WORTE,
    MINDESTWERT,
    alter_wort,
    datum,
)
from pipelines.veroeffentlichung.bericht.query import rows_of

STADT = "stadt"  # key of the municipality's own values beside those of its areas
HAUPTINDIKATOR = "dem_mh_anteil"
MINDESTENS = 2  # areas with a figure: of one there is nothing to compare
OHNE_QUELLE = "keine; diese Zahl steht in keiner Lieferung"
SCHLUESSEL = ("indikator", "profil", "gruppe", "geschlecht", "altersgruppe")


@dataclass
class Woerter:
    """Texts that many values share, each once: values name them by their place."""

    texte: list[str] = field(default_factory=list)
    stellen: dict[str, int] = field(default_factory=dict)

    def place(self, text: str) -> int:
        if text not in self.stellen:
            self.stellen[text] = len(self.texte)
            self.texte.append(text)
        return self.stellen[text]


def quelle_der_zeile(z: Zeile) -> str:
    """Where a row comes from, in words: count, source, origin, and the mark of invented figures."""
    if worte.is_unnamed(z):
        return OHNE_QUELLE
    name = "Melderegister" if z["quelle"] == REGISTER else "" if z["herkunft"] else str(z["quelle"])
    teile = [name, worte.zaehlung(z), z["herkunft"] or "", f"Fundstelle {z['fundstelle']}" if z["fundstelle"] else ""]
    return "; ".join(t for t in teile if t) + (" – Beispieldaten" if z["beispieldaten"] else "")


def _hinweis(codes: Sequence[str]) -> str:
    return " ".join(f"{ERKLAERUNGEN[c][0]}: {ERKLAERUNGEN[c][1]}" for c in codes)


def _wert(z: Zeile, woerter: Woerter) -> list[Any]:
    """[number or null, text, kind, stretch, source, explanation]; kind: "" exact, g protected, k none, m at least."""
    w = worte.indikatorwert(z)
    art = "g" if w.geschuetzt else "k" if w.zahl is None else "m" if MINDESTWERT in w.codes else ""
    zahl = None if w.zahl is None else z["wert"]
    return [zahl, w.text, art, z["abschnitt"], woerter.place(quelle_der_zeile(z)), woerter.place(_hinweis(w.codes))]


def _has_values(zeilen: Sequence[Zeile]) -> bool:
    """Whether enough areas have a figure, or one that is protected."""
    da = {z["gebiet_id"] for z in zeilen if z["wert"] is not None or z["status"] in GEHEIM_CODES}
    return len(da) >= MINDESTENS and any(z["wert"] is not None for z in zeilen)


def _brueche(zeilen: Sequence[Zeile]) -> list[list[Any]]:
    """[day, sentence] of every break in these rows, each once."""
    je = {
        (z["stichtag"], worte.GRUENDE.get(z["abschnitt_grund"], z["abschnitt_grund"]), z["bruch_text"] or "")
        for z in zeilen
        if z["abschnitt_grund"]
    }
    return [[tag.isoformat(), f"{wort}: {text}" if text else wort] for tag, wort, text in sorted(je)]


def _find_newest_of_town(zeilen: Sequence[Zeile]) -> list[Any] | None:
    """[day, number, text] of the municipality's newest figure, for days on which it has none."""
    z = max(
        (z for z in zeilen if z["ist_kommune"] and z["wert"] is not None), key=lambda z: z["stichtag"], default=None
    )
    return [z["stichtag"].isoformat(), z["wert"], worte.indikatorwert(z).text] if z else None


def _reihe(schluessel: tuple[str, ...], ebene: str, zeilen: Sequence[Zeile], woerter: Woerter) -> dict[str, Any]:
    tage = sorted({z["stichtag"] for z in zeilen if not z["ist_kommune"]})
    werte: dict[str, list[Any]] = {}
    for z in zeilen:
        if z["stichtag"] in tage:
            platz = STADT if z["ist_kommune"] else z["gebiet_id"]
            werte.setdefault(platz, [None] * len(tage))[tage.index(z["stichtag"])] = _wert(z, woerter)
    return {
        **dict(zip(SCHLUESSEL, schluessel, strict=True)), "ebene": ebene, "tage": [t.isoformat() for t in tage],
        "neuester": _find_newest_of_town(zeilen),
        "brueche": [b for b in _brueche(zeilen) if b[0] in {t.isoformat() for t in tage[1:]}], "werte": werte,
    }  # fmt: skip


def _reihen(zeilen: Sequence[Zeile], folge: Sequence[str], woerter: Woerter) -> list[dict[str, Any]]:
    """One series for each level and key that has areas to compare; definitions in the municipality's order."""
    je: dict[tuple[str, ...], list[Zeile]] = {}
    for z in zeilen:
        je.setdefault(tuple(str(z[s]) for s in SCHLUESSEL), []).append(z)
    reihen = []
    for schluessel, alle in je.items():
        for ebene in (e for e in EBENEN_WORTE if any(z["gebietsebene"] == e and not z["ist_kommune"] for z in alle)):
            if _has_values([z for z in alle if z["gebietsebene"] == ebene and not z["ist_kommune"]]):
                teil = [z for z in alle if z["ist_kommune"] or z["gebietsebene"] == ebene]
                reihen.append(_reihe(schluessel, ebene, teil, woerter))
    stelle = {p: i for i, p in enumerate(folge)}
    erste = {r["indikator"]: n for n, r in reversed(list(enumerate(reihen)))}
    return sorted(reihen, key=lambda r: (erste[r["indikator"]], stelle.get(r["profil"], len(stelle)), r["profil"]))


def _gebiete(gezeigt: Sequence[Zeile], umrisse: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """Areas that have a value in some series, with their tile or null, and their outline if they have one."""
    return [
        {"id": g["gebiet_id"], "name": g["gebiet"], "ebene": g["ebene"], "x": g["kachel_x"], "y": g["kachel_y"]}
        | ({"u": umrisse[g["gebiet_id"]]} if g["gebiet_id"] in umrisse else {})
        for g in gezeigt
    ]


def _draw_karte(gezeigt: Sequence[Zeile]) -> Karte | None:
    return draw_outlines({g["gebiet_id"]: g["geometrie"] for g in gezeigt if g.get("geometrie")})


def load_atlas(
    con: duckdb.DuckDBPyConnection, kommune: Zeile, definitionen: Sequence[Definition]
) -> dict[str, Any] | None:
    """Everything the atlas of one municipality (a row of dim.kommune) shows; None where no two areas have a figure."""
    woerter = Woerter()
    zeilen = rows_of(con, "atlas", kommune=kommune["kommune"], ags=kommune["ags"])
    reihen = _reihen(zeilen, [d.profil for d in definitionen], woerter)
    if not reihen:
        return None
    namen = {d.profil: d.name for d in definitionen}
    alle = rows_of(con, "gebiete_der_karte", kommune=kommune["kommune"], ags=kommune["ags"])
    gezeigt = [g for g in alle if any(g["gebiet_id"] in r["werte"] for r in reihen)]
    karte = _draw_karte(gezeigt)
    return {
        "ort": kommune["name"], "anfang": _begin(reihen),
        "ebenen": {e: w for e, w in EBENEN_WORTE.items() if any(r["ebene"] == e for r in reihen)},
        "gebiete": _gebiete(gezeigt, karte.umrisse if karte else {}),
        "karte": [karte.breite, karte.hoehe] if karte else None,
        "umrisse_aus": next((g["geometrie_herkunft"] for g in gezeigt if g.get("geometrie_herkunft")), None),
        "indikatoren": _indikatoren(con, {r["indikator"] for r in reihen}),
        "einheiten": {z["indikator"]: z["einheit"] for z in zeilen},
        "definitionen": {p: namen.get(p, p) for p in {r["profil"]: 0 for r in reihen} if p != "-"},
        "gruppen": {r["gruppe"]: worte.gruppe(r["gruppe"], {}) for r in reihen},
        "geschlechter": {r["geschlecht"]: GESCHLECHT_WORTE.get(r["geschlecht"], r["geschlecht"]) for r in reihen},
        "altersgruppen": {r["altersgruppe"]: alter_wort(r["altersgruppe"]) for r in reihen},
        "tage": {t.isoformat(): datum(t) for t in sorted({z["stichtag"] for z in zeilen})},
        "woerter": woerter.texte, "reihen": reihen,
    }  # fmt: skip


def _begin(reihen: Sequence[dict[str, Any]]) -> dict[str, str]:
    """What is chosen at first: the share with Migrationshintergrund where areas have it, else the first; all persons."""
    erste = next((r for r in reihen if r["indikator"] == HAUPTINDIKATOR), reihen[0])
    return {s: INSGESAMT if s in ("geschlecht", "altersgruppe") else erste[s] for s in (*SCHLUESSEL, "ebene")}


def _indikatoren(con: duckdb.DuckDBPyConnection, kennungen: set[str]) -> dict[str, dict[str, str]]:
    """Name and definition in a sentence of each indicator, in the order of the catalogue."""
    gefunden = con.execute(
        "select indikator, name, definition from dim.indikator order by nummer, indikator"
    ).fetchall()
    return {i: {"name": name, "definition": definition} for i, name, definition in gefunden if i in kennungen}
