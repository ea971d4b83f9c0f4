"""One delivery from file to secure zone, with its record: what assets, `refresh` and `check` share.

Belongs here: reading, remembering, and saying what was wrong. Does not belong here: Dagster and printing.
"""

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from pipelines.eingang.grid.text_file import examine
from pipelines.eingang.lieferung.record import Lieferung, Zeilenbilanz, write_record
from pipelines.eingang.lieferung.result import Ergebnis
from pipelines.eingang.lieferung.unmoved import check_unmoved
from pipelines.eingang.lieferung.vocabulary import vokabularbefunde
from pipelines.eingang.massnahmen.ingest import ingest_massnahmen
from pipelines.eingang.melderegister.read import read_auszug
from pipelines.eingang.tabelle.checks import check_lieferung
from pipelines.eingang.tabelle.read import read_tabelle
from pipelines.eingang.tabelle.store import bestand, ohne_doppelte, registerzahlen, write_values
from pipelines.foundation.findings import (
    Befund,
    Code,
    KonfigurationsFehler,
    LieferungAbgewiesen,
    Schwere,
    is_panic,
    unerwartet,
)
from pipelines.foundation.storage import Ablage, execute, pfadliste
from pipelines.stamm.kommune import Kommune
from pipelines.stamm.quellen.layout import UNGENANNT, Layout
from pipelines.stamm.quellen.time_label import IN_DER_DATEI
from pipelines.steps.broken_partitions import remember_partition
from schemas.model import Tabelle
from schemas.tabellen.registry import TABELLEN
from schemas.tabellen.wuerfel import PERSONEN
from schemas.validate import Verletzung, als_pandas, check_pandas, check_parquet, check_sample
from schemas.validate_sql import check_relation

MAPPEN = (".xlsx", ".xlsm")
MARKEN_JE_ZEILE = 100


def ingest(
    ablage: Ablage,
    kommune: Kommune,
    lieferung: Lieferung,
    schreiben: bool = True,
    mit_werten: bool = False,
    beiseite: Path | None = None,
) -> Ergebnis:
    """Read one delivery; with `schreiben` store it and its record, else only check.

    With `beiseite` (register only) the persons are written there instead of being staged.
    """
    try:
        if lieferung.art == "melderegister":
            ziel = (beiseite or lieferung.partition) if schreiben else None
            ergebnis = _register(ablage, kommune, lieferung, ziel, mit_werten)
        elif lieferung.art == "massnahmen":
            ergebnis = _massnahmen(ablage, kommune, lieferung, schreiben)
        else:
            ergebnis = _tabelle(ablage, kommune, lieferung, schreiben)
    except LieferungAbgewiesen as abweisung:
        ergebnis = _abgewiesen(lieferung, abweisung.befunde)
    except KonfigurationsFehler as grund:
        if not schreiben:
            raise
        befund = Befund(
            Code.konfiguration, Schwere.fehler, lieferung.datei, "", str(grund), "eine passende Konfiguration"
        )
        ergebnis = _abgewiesen(lieferung, (befund,))
    except BaseException as fehler:  # a panic inside a reader is no Exception; a wish to end is no fault of the file
        if not (isinstance(fehler, Exception) or is_panic(fehler)):
            raise
        if os.environ.get("MONITORING_FEHLERSUCHE") and not schreiben:
            raise
        ergebnis = _abgewiesen(lieferung, (unerwartet(lieferung.datei, "Datei lesen und prüfen", fehler),))
    if schreiben:
        write_record(
            ablage, ergebnis.lieferung, ergebnis.bilanz, list(ergebnis.befunde), ergebnis.kodierung, ergebnis.synthetisch,
            ergebnis.angenommen, ergebnis.pruefungen, kommune.angaben.schutz.mindestfallzahl,
        )  # fmt: skip
    return ergebnis


def _abgewiesen(lieferung: Lieferung, befunde: tuple[Befund, ...]) -> Ergebnis:
    """Result of a file of which nothing is taken; its lines are counted if it can be opened at all."""
    daten, kodierung = 0, None
    if lieferung.pfad.suffix.lower() not in MAPPEN:
        with suppress(OSError):
            datei = examine(lieferung.pfad)
            daten = max(datei.zeilen - 1, 0)
            kodierung = datei.kodierung if lieferung.art == "melderegister" else None
    return Ergebnis(lieferung, False, Zeilenbilanz(daten, 0, 0, daten), befunde, kodierung)


def _register(
    ablage: Ablage, kommune: Kommune, lieferung: Lieferung, ziel: str | Path | None, mit_werten: bool
) -> Ergebnis:
    e = read_auszug(
        ablage, kommune, lieferung.pfad, lieferung.stichtag, lieferung.datenstand, ziel, mit_werten,
        lambda: check_unmoved(lieferung.pfad, lieferung.datei, lieferung.gesehen),
    )  # fmt: skip
    bilanz = Zeilenbilanz(e.gelesen, e.uebernommen, e.ausserhalb, e.abgewiesen)
    return Ergebnis(lieferung, True, bilanz, tuple(e.befunde), e.datei.kodierung, e.synthetisch, e.unbekanntes_gebiet)


def _tabelle(ablage: Ablage, kommune: Kommune, lieferung: Lieferung, schreiben: bool) -> Ergebnis:
    """Read, check against itself and against what the source delivered before, and store only what holds."""
    layout = next(t for t in kommune.angaben.quellen.layouts(lieferung.art) if t.id == lieferung.quelle)
    register = registerzahlen(ablage, kommune.id) if layout.abgleich else None
    ergebnis, werte = read_and_check(ablage, kommune, layout, lieferung, bestand(ablage, lieferung), register)
    ergebnis = replace(ergebnis, befunde=(*ergebnis.befunde, *_ungenannte(layout, lieferung.pfad.name)))
    if schreiben and ergebnis.angenommen:
        check_unmoved(lieferung.pfad, lieferung.datei, lieferung.gesehen)
        write_values(ablage, ergebnis.lieferung, ohne_doppelte(werte))
    return ergebnis


def _ungenannte(layout: Layout, datei: str) -> list[Befund]:
    """A warning for what a draft left open: `herkunft` and `lizenz` stand beside every published figure."""
    offen = [feld for feld in ("titel", "herkunft", "lizenz") if getattr(layout, feld).strip() == UNGENANNT]
    if not offen:
        return []
    was = f"{' und '.join(offen)} der Quelle {layout.id} {'steht' if len(offen) == 1 else 'stehen'} noch auf »{UNGENANNT}«"
    rat = "wer die Tabelle veröffentlicht hat und unter welcher Lizenz (kommune.yaml); es steht bei jeder Zahl"
    return [Befund(Code.konfiguration, Schwere.warnung, datei, "", was, rat)]


def _massnahmen(ablage: Ablage, kommune: Kommune, lieferung: Lieferung, schreiben: bool) -> Ergebnis:
    quelle = next(q for q in kommune.angaben.quellen.massnahmen if q.id == lieferung.quelle)
    return ingest_massnahmen(
        ablage, kommune.id, kommune.konzept, quelle, lieferung, schreiben, kommune.angaben.schutz.mindestfallzahl,
        gebiete={g.gebiet_id: g.name for g in kommune.gebiete},
    )  # fmt: skip


def read_and_check(
    ablage: Ablage,
    kommune: Kommune | None,
    layout: Layout,
    lieferung: Lieferung,
    frueher: pa.Table,
    register: pa.Table | None = None,
) -> tuple[Ergebnis, pa.Table]:
    """Read a table by its layout and run every check of deliveries; nothing is stored.

    The delivery is refused as a whole if a check finds an error or more rows are set aside than the layout admits: then
    its last good version stays. Raises: LieferungAbgewiesen if it cannot be read at all.
    """
    e = read_tabelle(ablage, kommune, layout, lieferung)
    with ablage.arbeitsdatenbank() as con:
        funde = check_lieferung(
            con,
            kommune,
            layout,
            e.werte,
            frueher,
            lieferung.pfad.name,
            abgewiesen=e.bilanz.abgewiesen,
            register=register,
            teilmengen=e.teilmengen,
        )
    vokabular = TABELLEN[f"eingang.{EINGANGSTABELLEN[lieferung.art]}"]
    fremd = vokabularbefunde(vokabular, ohne_doppelte(e.werte), lieferung.pfad.name) if kommune is not None else []
    befunde = [*e.befunde, *fremd, *(b for liste in funde.values() for b in liste)]
    verletzt = bool(fremd) or any(b.schwere is Schwere.fehler for liste in funde.values() for b in liste)
    zeilen = e.bilanz.gelesen - e.bilanz.ausserhalb
    zu_viele = e.bilanz.abgewiesen > layout.hoechstanteil_abgewiesen * zeilen
    fehler_ohne_zeile = not e.bilanz.abgewiesen and any(b.schwere is Schwere.fehler for b in e.befunde)
    angenommen = not (verletzt or zu_viele or fehler_ohne_zeile)
    stand = max(e.werte.column("stichtag").to_pylist())
    lieferung = replace(lieferung, datenstand=stand) if lieferung.stichtag == IN_DER_DATEI else lieferung
    bilanz = e.bilanz if angenommen else Zeilenbilanz(e.bilanz.gelesen, 0, e.bilanz.ausserhalb, zeilen)
    return Ergebnis(
        lieferung, angenommen, bilanz, tuple(befunde), e.kodierung, layout.beispiel, zahlen=len(e.werte),
        pruefungen={name: not liste for name, liste in funde.items()},
    ), e.werte  # fmt: skip


def schemabefunde(ablage: Ablage, name: str, partition: str) -> list[Befund]:
    """The contract of one partition of a person-level or cube table: rule, column and count, never a value.

    pandera checks cubes; of persons it checks a sample, and all of them the same contract as SQL. The result is remembered for
    the gate of publication.
    """
    tabelle = PERSONEN if name == "melderegister" else TABELLEN[f"bevoelkerung.{name}"]
    datei = ablage.tabelle(tabelle.schema, tabelle.name, partition)
    verletzungen = _check_persons(ablage, datei) if tabelle is PERSONEN else _check_cube(ablage, tabelle, datei)
    befunde = [_befund(v, partition) for v in verletzungen]
    remember_partition(ablage, name, partition, befunde)
    return befunde


def _check_persons(ablage: Ablage, datei: Path) -> list[Verletzung]:
    """All persons by the contract as SQL; what pandera alone finds in its sample is a finding, too."""
    con = ablage.verbindung()
    try:
        quelle = f"read_parquet({pfadliste([datei])})"
        alle = check_relation(con, PERSONEN, quelle)
        doppelt = [] if _has_every_line_once(con, quelle) else _doppelte(con, PERSONEN, quelle)
    finally:
        con.close()
    bekannt = {(v.spalte, v.regel) for v in alle}
    return [
        *alle,
        *(v for v in check_sample(PERSONEN, datei) if (v.spalte, v.regel) not in bekannt),
        *doppelt,
    ]


def _check_cube(ablage: Ablage, tabelle: Tabelle, datei: Path) -> list[Verletzung]:
    with ablage.arbeitsdatenbank() as con:
        return [*check_parquet(tabelle, datei), *_doppelte(con, tabelle, f"read_parquet({pfadliste([datei])})")]


def _has_every_line_once(con: duckdb.DuckDBPyConnection, quelle: str) -> bool:
    """Whether no line number stands twice, told by a mark for each line, which takes less than grouping them.

    False, too, where the numbers lie too far apart for marks: then they are grouped after all.
    """
    spalten = con.execute(f"select zeile from {quelle} where zeile is not null").fetchnumpy()
    zeilen = np.asarray(spalten["zeile"])
    if not len(zeilen):
        return True
    erste = int(zeilen.min())
    marken = int(zeilen.max()) - erste + 1
    if marken > MARKEN_JE_ZEILE * len(zeilen):
        return False
    gesehen = np.zeros(marken, dtype=bool)
    gesehen[zeilen - erste] = True
    return int(np.count_nonzero(gesehen)) == len(zeilen)


def _doppelte(con: duckdb.DuckDBPyConnection, tabelle: Tabelle, quelle: str) -> list[Verletzung]:
    """Keys that stand more than once."""
    felder = ", ".join(tabelle.schluessel)
    mehrfach = f"select {felder} from {quelle} group by {felder} having count(*) > 1"
    ((anzahl,),) = execute(con, f"select count(*) from ({mehrfach})")
    return [Verletzung(felder, "eindeutig", anzahl, ())] if anzahl else []


EINGANGSTABELLEN = {"tabellen": "stadtteiltabelle", "indikatoren": "indikatortabelle", "massnahmen": "massnahme"}


def dateibefunde(ablage: Ablage, lieferung: Lieferung) -> list[Befund]:
    """pandera over what was stored of one table or sheet; these hold no persons, so pandas suffices."""
    import pandas as pd

    tabelle = TABELLEN[f"eingang.{EINGANGSTABELLEN[lieferung.art]}"]
    ordner = ablage.tabelle(tabelle.schema, tabelle.name, "x").parent
    befunde: list[Befund] = []
    for datei in sorted(ordner.glob(f"{lieferung.partition}__{lieferung.quelle}*.parquet")):
        rahmen = als_pandas(tabelle, pd.read_parquet(datei))
        befunde += [_befund(v, datei.stem) for v in check_pandas(tabelle, rahmen)]
    return befunde


def _befund(v: Verletzung, partition: str) -> Befund:
    return Befund(
        Code.schema, Schwere.fehler, partition, f"Spalte {v.spalte}", f"Regel »{v.regel}« verletzt",
        "Werte wie im Vokabular (schemas/)", anzahl=v.anzahl,
    )  # fmt: skip
