"""What a workbook has, and what those before had: sheets, columns, how many cells of a column are filled.

Belongs here: both as rows that a check can compare (angabe_verschwunden). Does not belong here: which delivery is the one before,
which the check says.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from pipelines.eingang.massnahmen.header import spaltentitel
from pipelines.eingang.massnahmen.sheet_kind import BLATTWORT, MASSNAHMEN, VORLAGEN, Gelesenesblatt
from schemas.words.massnahmen import SPALTENKOEPFE, VORLAGENKOEPFE
from schemas.words.steuerung import NEBENBLAETTER

TEXT, ZAHL = pa.string(), pa.int64()
GEFUELLT = pa.schema(
    {"datei": TEXT, "art": TEXT, "blatt": TEXT, "spalte": TEXT, "titel": TEXT, "werte": ZAHL, "zeilen": ZAHL}
)
BLAETTER = pa.schema({"art": TEXT, "blatt": TEXT, "zelle": TEXT, "zeilen": ZAHL, "spalten": pa.list_(TEXT),
                      "ungelesen": pa.list_(TEXT)})  # fmt: skip
ARTEN = {"massnahme": MASSNAHMEN, "vorlage": VORLAGEN}
# Stored under another name than that of the column.
GESPEICHERT = {"ampel": "risiko", "stand_datum": "stand", "teilnehmende_zeitraum": "teilnehmende_von"}
# Filled without a column of their own: by the catalogue, by comments.
OHNE_SPALTE = ("handlungsfeld", "leitziel", "art", "bemerkung", "kommune", "konzept", "zeitplan")
# A column that fills others as well.
FUELLT = {"zeitplan": ("beginn", "ende"), "beginn": ("ende",), "ende": ("beginn",), "zielwert": ("zielzahl",)}


def _spalten(art: str) -> list[str]:
    if art == MASSNAHMEN:
        return [s for s in SPALTENKOEPFE if s not in OHNE_SPALTE]
    neben = {n.tabelle: n.koepfe for n in NEBENBLAETTER} | {VORLAGEN: VORLAGENKOEPFE}
    return [*neben[art]]


def collect_filled(bestand: Mapping[str, pa.Table]) -> pa.Table:
    """Rows (datei, art, blatt, spalte) of every column with a value in an earlier delivery; `zeilen`: rows of that sheet."""
    zeilen: list[dict[str, Any]] = []
    for name, tabelle in bestand.items():
        art, rahmen = ARTEN.get(name, name), tabelle.to_pandas()
        for (datei, blatt), gruppe in rahmen.groupby(["datei", "blatt"], sort=True):
            for spalte in _spalten(art):
                werte = gruppe[GESPEICHERT.get(spalte, spalte)]
                gefuellt = int(
                    werte.map(lambda w: w is not None and w == w if not hasattr(w, "__len__") else len(w) > 0).sum()
                )
                if gefuellt:
                    zeilen.append({"datei": datei, "art": art, "blatt": blatt, "spalte": spalte, "titel": spaltentitel(spalte),
                                   "werte": gefuellt, "zeilen": len(gruppe)})  # fmt: skip
    return pa.Table.from_pylist(zeilen, schema=GEFUELLT)


def describe_sheets(blaetter: Iterable[Gelesenesblatt]) -> pa.Table:
    """Rows (blatt) of every sheet that was read, with the columns it can fill."""
    return pa.Table.from_pylist(
        [{"art": b.art, "blatt": b.blatt, "zelle": b.zelle, "zeilen": b.zeilen, "ungelesen": list(b.ungelesen),
          "spalten": sorted({*b.spalten, *(f for s in b.spalten for f in FUELLT.get(s, ()))})} for b in blaetter],
        schema=BLAETTER,
    )  # fmt: skip


def tell_kinds() -> pa.Table:
    """Kind → what its sheet is called."""
    return pa.table({"art": [*BLATTWORT], "name": [*BLATTWORT.values()]})
