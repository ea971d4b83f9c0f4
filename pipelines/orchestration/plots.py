"""Pictures in the metadata of a release: the share of each area, rejected lines over time.

Belongs here: what these pictures show. Does not belong here: the report's charts (veroeffentlichung/bericht). Dagster keeps its
events for ever, also of releases that a correction withdrew, and two figures side by side tell of single persons: shares are
shown in steps, never as figures, and counts never. Read is the published file alone.
"""

import base64
from collections.abc import Sequence
from typing import Any

import duckdb

from pipelines.foundation.storage import Ablage, sql

GESCHUETZT, KEIN_WERT = "geschützt", "kein Wert"
STUFE = 5  # percentage points
GEBIETE_HOECHSTENS = 60  # more bars are no picture; the atlas has them all
BREITE, ZEILE = 360, 18


def draw_plots(ablage: Ablage) -> dict[str, str]:
    """Name → Markdown with the picture; nothing where nothing is published."""
    with duckdb.connect(str(ablage.publikation), read_only=True) as con:
        gebiete, zeilen = areas(con), rows_rejected(con)
    teile: dict[str, str] = {}
    for kommune in dict.fromkeys(g["kommune"] for g in gebiete):
        eigene = [g for g in gebiete if g["kommune"] == kommune]
        if 1 < len(eigene) <= GEBIETE_HOECHSTENS:
            teile[f"Anteil je Gebiet: {kommune}"] = _as_markdown(_chart_areas(eigene), _describe(eigene))
    if zeilen:
        teile["Abgewiesene Zeilen"] = _as_markdown(
            _chart_rejected(zeilen), "Anteil der abgewiesenen Zeilen je Stichtag"
        )
    return teile


def areas(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Areas with the step that their published share lies in, by step and name: the order tells nothing more."""
    zeilen = []
    for kommune, gebiet, anteil, geschuetzt, stichtag, beispiel in con.execute(
        sql("queries/orchestration/anteil_je_gebiet")
    ).fetchall():
        unten = None if anteil is None else int(round(anteil * 100, 9) // STUFE) * STUFE
        wort = GESCHUETZT if geschuetzt and unten is None else KEIN_WERT
        text = wort if unten is None else f"{unten} bis unter {unten + STUFE} %"
        zeilen.append({"kommune": kommune, "gebiet": gebiet, "unten": unten, "text": text, "stichtag": stichtag,
                       "beispiel": bool(beispiel)})  # fmt: skip
    return sorted(zeilen, key=lambda z: (z["kommune"], z["unten"] is None, -(z["unten"] or 0), z["gebiet"]))


def rows_rejected(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Share of rejected lines by municipality and day, in whole per cent; none is zero, and few are one."""
    gefunden = con.execute(sql("queries/orchestration/abgewiesene_zeilen")).fetchall()
    return [
        {"kommune": kommune, "tag": tag.isoformat(), "prozent": 0 if anteil == 0 else max(1, round(anteil * 100))}
        for kommune, tag, anteil in gefunden
    ]


def _describe(gebiete: Sequence[dict[str, Any]]) -> str:
    beispiel = ", Beispieldaten" if any(g["beispiel"] for g in gebiete) else ""
    ohne = sum(g["text"] == GESCHUETZT for g in gebiete)
    schutz = f", {GESCHUETZT} in {ohne} von {len(gebiete)} Gebieten" if ohne else ""
    tag = f"{gebiete[0]['stichtag']:%d.%m.%Y}"
    return f"Anteil mit Migrationshintergrund am {tag}, in Stufen von {STUFE} Punkten{schutz}{beispiel}"


def _chart_areas(gebiete: Sequence[dict[str, Any]]) -> Any:
    import altair as alt

    daten = [
        {"nr": n, "gebiet": g["gebiet"], "unten": g["unten"] or 0, "text": g["text"]} for n, g in enumerate(gebiete)
    ]
    basis = alt.Chart(alt.Data(values=daten)).encode(
        y=alt.Y("gebiet:N", sort=alt.EncodingSortField("nr"), title=None, axis=alt.Axis(labelLimit=0)),
        x=alt.X("unten:Q", title="Anteil, untere Grenze der Stufe in %", scale=alt.Scale(domainMax=100)),
    )
    return (basis.mark_bar(color="#12436d") + basis.mark_text(align="left", dx=4).encode(text="text:N")).properties(
        width=BREITE, height=alt.Step(ZEILE)
    )


def _chart_rejected(zeilen: Sequence[dict[str, Any]]) -> Any:
    import altair as alt

    return (
        alt.Chart(alt.Data(values=list(zeilen)))
        .mark_line(point=True)
        .encode(
            x=alt.X("tag:T", title="Stichtag", axis=alt.Axis(format="%Y")),
            y=alt.Y("prozent:Q", title="abgewiesene Zeilen in %", scale=alt.Scale(domainMin=0)),
            color=alt.Color("kommune:N", title=None),
        )
        .properties(width=BREITE, height=160)
    )


def _as_markdown(diagramm: Any, satz: str) -> str:
    """The picture inside the text: nothing is loaded from anywhere."""
    import vl_convert

    png = vl_convert.vegalite_to_png(diagramm.configure(font="sans-serif").to_dict())
    return f"![{satz}](data:image/png;base64,{base64.b64encode(png).decode('ascii')})\n\n{satz}"
