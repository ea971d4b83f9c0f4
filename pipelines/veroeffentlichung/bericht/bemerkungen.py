"""What the sources say of single figures in their own words, so that it stands beside each figure that rests on them.

Belongs here: finding the remarks of a row. Does not belong here: how a table or a page shows them, the program's own notes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from pipelines.veroeffentlichung.bericht.content import INSGESAMT, Zeile
from pipelines.veroeffentlichung.bericht.herkunft import spalten
from pipelines.veroeffentlichung.bericht.numbers import datum
from pipelines.veroeffentlichung.bericht.query import rows_of

TABELLE = "marts.tabellenwert"
NENNER = "Nenner: "  # before a cell of another source (indikator_zeitreihe.fundstelle)
WORT = "Bemerkung der Quelle"
# Column of a population row → how it is called where a remark is told.
SPALTEN = {
    "einwohner": "Einwohner:innen", "auslaender": "Ausländer:innen", "personen_mit_mh": "Personen mit Migrationshintergrund",
    "deutsche_mit_mh": "Deutsche mit Migrationshintergrund", "anteil_auslaender": "Anteil Ausländer:innen",
    "anteil_mh": "Anteil mit Migrationshintergrund",
}  # fmt: skip


@dataclass(frozen=True)
class Remarks:
    """Remarks by cell of a delivery, by cell of a source on a day, and by what a figure is about."""

    je_zelle: Mapping[tuple[Any, ...], tuple[str, str]]  # (what the cell counts, remark)
    je_angabe: Mapping[tuple[Any, ...], str]

    def of_figure(self, z: Zeile) -> tuple[str, ...]:
        """Of a row of an indicator: the remarks of every cell that it was computed from, each once."""
        return tuple(dict.fromkeys(text for _, text in self.of_cells(z)))

    def of_cells(self, z: Zeile) -> Iterator[tuple[str, str]]:
        """(what a cell counts, remark) of every cell that a row of an indicator was computed from."""
        for stelle in str(z.get("fundstelle") or "").split("; "):
            quelle = (z["nenner_quelle"], z["nenner_stichtag"]) if stelle.startswith(NENNER) else (z["lieferung_id"],)
            if zelle := self.je_zelle.get((*quelle, stelle.removeprefix(NENNER))):
                yield zelle

    def of_row(self, z: Zeile, gezeigt: Iterable[str] = SPALTEN) -> tuple[tuple[str, str], ...]:
        """Of a row of the population: (column in words, remark) for each figure that it shows."""
        stelle = tuple(
            z.get(s, INSGESAMT) for s in ("lieferung_id", "gebiet_id", "stichtag", "geschlecht", "altersgruppe")
        )
        return tuple(
            (SPALTEN[s], self.je_angabe[*stelle, s])
            for s in gezeigt
            if z.get(s) is not None and (*stelle, s) in self.je_angabe
        )


NONE = Remarks({}, {})


def load_remarks(con: duckdb.DuckDBPyConnection, kommune: str) -> Remarks:
    """All remarks of a municipality's sources; none in a published file of an earlier version."""
    if "bemerkung" not in spalten(con, TABELLE):
        return NONE
    je_zelle: dict[tuple[Any, ...], tuple[str, str]] = {}
    je_angabe: dict[tuple[Any, ...], str] = {}
    for z in rows_of(con, "bemerkungen", kommune=kommune):
        zelle = (z["merkmal"], z["bemerkung"])
        je_zelle[z["lieferung_id"], z["fundstelle"]] = zelle
        je_zelle[z["quelle_id"], z["stichtag"], z["fundstelle"]] = zelle
        if (z["staat"], z["gruppe"], z["groesse"]) == (INSGESAMT, INSGESAMT, "wert"):
            stelle = tuple(z[s] for s in ("lieferung_id", "gebiet_id", "stichtag", "geschlecht", "altersgruppe"))
            je_angabe[*stelle, z["merkmal"]] = z["bemerkung"]
    return Remarks(je_zelle, je_angabe)


def tell_area_remarks(zeilen: Iterable[Zeile], remarks: Remarks) -> tuple[str, ...]:
    """Notes below a table of areas by indicator: of which area, and of what, each remark is."""
    return tuple(
        dict.fromkeys(
            f"{WORT} zu {z['gebiet']}{f' ({SPALTEN[merkmal]})' if merkmal in SPALTEN else ''}: {text}"
            for z in zeilen
            for merkmal, text in remarks.of_cells(z)
        )
    )


def tell_staat_remarks(zeilen: Iterable[Zeile], remarks: Remarks) -> tuple[str, ...]:
    """Notes below a table of nationalities: of which each remark is."""
    return tuple(f"{WORT} zu {z['staat_name']}: {text}" for z in zeilen for text in remarks.of_figure(z))


def tell_remarks(
    zeilen: Sequence[Zeile], remarks: Remarks, gezeigt: Iterable[str], je_tag: bool = False
) -> tuple[str, ...]:
    """Notes below a table: of which area (or, `je_tag`, of which day) and column each remark is; `gezeigt`: its columns."""
    notizen = []
    for z in zeilen:
        wovon = f"zum {datum(z['stichtag'])}" if je_tag else f"zu {z['gebiet']}"
        notizen += [f"{WORT} {wovon} ({spalte}): {text}" for spalte, text in remarks.of_row(z, gezeigt)]
    return tuple(notizen)
