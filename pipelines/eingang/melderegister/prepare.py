"""What the pass over an extract knows beforehand: lists, types made of lists, days and bounds.

Belongs here: laying these out on a connection, and whether the values kommune.yaml assigns are in the lists. Does not belong
here: reading (lines.py) and what is decided with them (sql/melderegister/).
"""

from datetime import date

import duckdb

from pipelines.eingang.melderegister.gebiet_key import gebietsschluessel
from pipelines.eingang.melderegister.header import fehler
from pipelines.eingang.melderegister.line_layout import LineLayout
from pipelines.foundation.csv_list import read_staaten
from pipelines.foundation.findings import Code, LieferungAbgewiesen
from pipelines.foundation.storage import execute, lesepfad, sql, sqltext
from pipelines.foundation.yaml_file import ort, read_yaml
from pipelines.stamm.kommune import Kommune, altersgrenzen
from pipelines.stamm.quellen.melderegister import Melderegister
from pipelines.stamm.referenz import gueltig
from schemas.spalten.person import AUSZUG, AUSZUGSSPALTEN

SYNTHETISCH = "SYN"  # every pid of a generated extract begins so
HOECHSTALTER = 130


def prepare_pass(
    con: duckdb.DuckDBPyConnection,
    kommune: Kommune,
    angaben: Melderegister,
    stichtag: date,
    datenstand: date,
    schluessel: str,
    layout: LineLayout,
) -> None:
    """Temp tables `staaten`, `gebiete`, `altersgruppen`, a type for every list of values, and the variables."""
    staaten = gueltig(kommune.ordner.parent, "staaten.csv")
    read_staaten(staaten)  # says in German what is wrong with it
    liste = sql("queries/melderegister/staatenliste")
    con.execute(f"create temp table staaten as {liste}", {"datei": lesepfad(staaten)})
    # A key that is not in the list has no value of the type. staat: what a person can be born in or come from.
    con.execute("create type staatsangehoerigkeit as enum (select staat from staaten order by staat)")
    con.execute("create type staat as enum (select staat from staaten where ist_staat order by staat)")
    for spalte in (s for s in AUSZUG if s.werte):
        con.execute(f"create type {spalte.name}_wert as enum ({', '.join(map(sqltext, spalte.werte))})")
    schluessel_von = gebietsschluessel([g.gebiet_id for g in kommune.gebiete])
    _create_list(con, "gebiete", schluessel=list(schluessel_von), gebiet_id=list(schluessel_von.values()))
    con.execute("alter table gebiete add column ergaenzt boolean")
    con.execute("update gebiete set ergaenzt = schluessel <> gebiet_id")
    con.execute(
        "create type gebiet as enum (select distinct gebiet_id from gebiete union select 'unbekannt' order by all)"
    )
    con.execute("alter table gebiete alter gebiet_id type gebiet")
    gruppen = altersgrenzen(kommune.angaben.altersgruppen)
    jahre = [(j, name) for name, von, bis in gruppen for j in range(von, (HOECHSTALTER if bis is None else bis) + 1)]
    _create_list(con, "altersgruppen", jahre=[j for j, _ in jahre], altersgruppe=[n for _, n in jahre])
    namen = dict.fromkeys([*(g.gruppe for g in gruppen), "unbekannt"])
    con.execute(f"create type altersgruppe_wert as enum ({', '.join(map(sqltext, namen))})")
    con.execute("alter table altersgruppen alter altersgruppe type altersgruppe_wert")
    con.execute("alter table altersgruppen alter jahre type smallint")
    for name, wert in {
        "stichtag": stichtag,
        "datenstand": max(stichtag, datenstand),
        "schluessel": schluessel,
        "marke": SYNTHETISCH,
        "fruehester_geburtstag": date(stichtag.year - HOECHSTALTER, 1, 1),
        "option_erlaubt": angaben.optionskennzeichen.verwenden,
        "felder_erwartet": layout.felder_erwartet,
        "ohne_kopfzeile": layout.kopfzeilen == 0,
    }.items():
        con.execute(f"set variable {name} = $wert", {"wert": wert})


def _create_list(con: duckdb.DuckDBPyConnection, name: str, **spalten: "list[str] | list[int]") -> None:
    """A temp table from equally long columns."""
    felder = ", ".join(f"unnest(${s}) as {s}" for s in spalten)
    con.execute(f"create temp table {name} as select {felder}", spalten)


def check_zuordnungen(con: duckdb.DuckDBPyConnection, kommune: Kommune, angaben: Melderegister) -> None:
    """Values that kommune.yaml assigns must exist in staaten.csv and gebiete.csv (table `staaten`).

    Raises: LieferungAbgewiesen naming kommune.yaml, line and key.
    """
    staaten = dict(execute(con, "select staat, ist_staat from staaten"))
    gebiete = {g.gebiet_id for g in kommune.gebiete}
    befunde = []
    for spalte, zuordnung in angaben.zuordnungen.items():
        art = AUSZUGSSPALTEN[spalte].art
        gut = {
            "staatsangehoerigkeit": set(staaten),
            "staat": {s for s, ist_staat in staaten.items() if ist_staat},
            "gebiet": gebiete,
        }.get(art)
        for quelle, ziel in zuordnung.items():
            if ziel and gut is not None and ziel not in gut:
                yaml = kommune.ordner / "kommune.yaml"
                stelle = ort(yaml, read_yaml(yaml)[1], ("quellen", "melderegister", "werte", spalte, quelle))
                datei, _, wo = stelle.partition(", ")
                befunde.append(
                    fehler(Code.schluessel_unbekannt, datei, wo, f"»{quelle}« wird »{ziel}«, das gibt es nicht",
                           AUSZUGSSPALTEN[spalte].erwartet())
                )  # fmt: skip
    if befunde:
        raise LieferungAbgewiesen(befunde)
