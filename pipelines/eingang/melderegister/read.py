"""Register extract → staged persons, rejected rows, counts. All of it stays in the secure zone.

Belongs here: reading one extract, deciding which rows are usable and who belongs to the population. Does not belong
here: what refuses a whole file (whole_file.py), the words for rows that broke a rule (row_findings.py), writing (store.py)
and definitions of Migrationshintergrund.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from pipelines.definitionen.optionskennzeichen import als_merkmal, count_optionsfolge
from pipelines.eingang.grid.text_file import Textdatei, examine, make_readable
from pipelines.eingang.melderegister.geburtsort import encode_geburtsorte, read_geburtsorte
from pipelines.eingang.melderegister.header import fehler
from pipelines.eingang.melderegister.line_layout import (
    LineLayout,
    check_shape,
)
from pipelines.eingang.melderegister.lines import load_lines, read_lines
from pipelines.eingang.melderegister.plausibility import PRUEFUNGEN, check_register, fingerabdruck
from pipelines.eingang.melderegister.prepare import SYNTHETISCH, check_zuordnungen, prepare_pass
from pipelines.eingang.melderegister.row_findings import gebietsbefunde, zeilenbefunde
from pipelines.eingang.melderegister.store import write_auszug
from pipelines.eingang.melderegister.whole_file import check_datei, check_last_line, drop_blank_end
from pipelines.eingang.tabelle.dates import check_auszugstage
from pipelines.foundation.findings import Befund, Code, LieferungAbgewiesen, Schwere, verschlossen
from pipelines.foundation.macros import load_macros
from pipelines.foundation.storage import Ablage, execute, sql
from pipelines.stamm.kommune import Kommune
from pipelines.stamm.quellen.melderegister import Melderegister


@dataclass
class Einlesung:
    """What became of one extract. Counts are rows; `befunde` hold no values unless asked for."""

    datei: Textdatei
    gelesen: int
    uebernommen: int
    ausserhalb: int
    abgewiesen: int
    unbekanntes_gebiet: int
    synthetisch: bool
    befunde: list[Befund] = field(default_factory=list)


def read_auszug(
    ablage: Ablage,
    kommune: Kommune,
    pfad: Path,
    stichtag: date,
    datenstand: date,
    ziel: str | Path | None,
    mit_werten: bool = False,
    vor_dem_schreiben: Callable[[], None] = lambda: None,
) -> Einlesung:
    """Read one extract; with a partition key as `ziel` write persons and rejected rows, with a path only the persons.

    Without `ziel` it is only checked. `vor_dem_schreiben` may still refuse it.

    Raises: LieferungAbgewiesen if nothing of the file may be used (unreadable, wrong columns, cut off, too many faults).
    """
    angaben = kommune.angaben.quellen.melderegister
    if angaben is None:
        raise LieferungAbgewiesen(
            [fehler(Code.dateiformat, pfad.name, "", "kommune.yaml beschreibt keine Quelle melderegister",
                    "ein Abschnitt quellen.melderegister")]
        )  # fmt: skip
    if tage := check_auszugstage(pfad.name, stichtag, datenstand):
        raise LieferungAbgewiesen(tage)
    with verschlossen(pfad.name, "Melderegister lesen"):
        datei = examine(pfad)
        layout, befunde = check_datei(datei, angaben)
        orte, maengel = read_geburtsorte(kommune.ordner)
        if maengel:
            raise LieferungAbgewiesen(maengel)
        kopie = make_readable(datei, ablage.tmp)
        con = ablage.verbindung(kopie)
        try:
            prepare_pass(con, kommune, angaben, stichtag, datenstand, ablage.schluessel(), layout)
            check_zuordnungen(con, kommune, angaben)
            datei = drop_blank_end(kopie, datei, layout)
            _read_rows(con, kopie, datei, layout, angaben)
            ergebnis = _count(con, datei, layout)
            ergebnis.befunde += befunde
            check_last_line(con, datei)
            ergebnis.befunde += zeilenbefunde(con, datei, layout, mit_werten)
            ergebnis.befunde += gebietsbefunde(con, datei, layout, mit_werten)
            ergebnis.befunde += encode_geburtsorte(con, datei, orte)
            _check_anteil(ergebnis, angaben)
            abdruck = fingerabdruck(con)
            ergebnis.befunde += check_register(con, ablage, kommune, angaben, datei, stichtag, datenstand, abdruck)
            if any(b.schwere is Schwere.fehler and b.code.value in PRUEFUNGEN for b in ergebnis.befunde):
                raise LieferungAbgewiesen(ergebnis.befunde)
            if ziel:
                vor_dem_schreiben()
                option = als_merkmal(count_optionsfolge(con, ablage, kommune, angaben))
                write_auszug(ablage, con, ziel, datenstand, abdruck, option, kommune.angaben.fluesse)
            return ergebnis
        finally:
            con.close()
            if kopie != pfad:
                kopie.unlink(missing_ok=True)


def _read_rows(
    con: duckdb.DuckDBPyConnection, kopie: Path, datei: Textdatei, layout: LineLayout, angaben: Melderegister
) -> None:
    """Tables `getippt` and `doppelt`, view `bestand`: every line typed and judged, rows set aside that repeat a pid."""
    load_macros(con, [sql("melderegister/getippt"), sql("melderegister/personen")])
    read_lines(con, kopie, layout, datei.zeilen, datei.pfad.name)
    if angaben.format.nach != "name":
        check_shape(con, datei, layout)
    load_lines(con, layout, sql("queries/melderegister/zeilen_zum_nachlesen"))
    con.execute(sql("melderegister/doppelt"))
    con.execute("update getippt set im_bestand = false where im_bestand and zeile in (select zeile from doppelt)")
    con.execute(sql("melderegister/bestand"))


def _count(con: duckdb.DuckDBPyConnection, datei: Textdatei, layout: LineLayout) -> Einlesung:
    (zeile,) = execute(con, sql("queries/melderegister/zeilenbilanz"))
    gelesen, uebernommen, abgewiesen, unbekannt, synthetisch, mit_pid = zeile
    name = datei.pfad.name
    datenzeilen = datei.zeilen - layout.kopfzeilen
    if gelesen != datenzeilen:
        raise LieferungAbgewiesen(
            [fehler(Code.zeilenbilanz, name, "", f"die Datei hat {datenzeilen} Datenzeilen, gelesen wurden {gelesen}",
                    "jede Zeile der Datei genau einmal", "nicht jede Datenzeile der Datei wurde gelesen")]
        )  # fmt: skip
    if 0 < synthetisch < mit_pid:
        raise LieferungAbgewiesen(
            [fehler(Code.synthetisch_gemischt, name, "", f"{synthetisch} von {mit_pid} Zeilen tragen das Kennzeichen "
                    f"synthetischer Personen (pid beginnt mit {SYNTHETISCH})", "entweder alle oder keine",
                    "nur ein Teil der Zeilen trägt das Kennzeichen synthetischer Personen")]
        )  # fmt: skip
    return Einlesung(
        datei, gelesen, uebernommen, gelesen - uebernommen - abgewiesen, abgewiesen, unbekannt, synthetisch > 0
    )


def _check_anteil(ergebnis: Einlesung, angaben: Melderegister) -> None:
    anteil = ergebnis.abgewiesen / ergebnis.gelesen
    if anteil > angaben.hoechstanteil_abgewiesen:
        name = ergebnis.datei.pfad.name
        prozent = f"{angaben.hoechstanteil_abgewiesen:.2%}".replace(".", ",").replace("%", " %")
        grenze = f"höchstens {prozent} (kommune.yaml, hoechstanteil_abgewiesen)"
        kopf = fehler(Code.zu_viele_abgewiesen, name, "", f"{ergebnis.abgewiesen} von {ergebnis.gelesen} Zeilen sind "
                      "unbrauchbar; die ganze Lieferung wird zurückgewiesen", grenze,
                      "mehr Zeilen als erlaubt sind unbrauchbar; die ganze Lieferung wird zurückgewiesen")  # fmt: skip
        raise LieferungAbgewiesen([kopf, *ergebnis.befunde])
