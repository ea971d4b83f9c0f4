"""Literal rows as Parquet tables of a data folder, for tests of single statements.

Belongs here: laying out rows with the defaults of VORGABEN, running the steps between them, reading a table back. Does not
belong here: what a statement must make of them (tests/sql).
"""

import difflib
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.foundation.checksums import file_checksum
from pipelines.foundation.storage import Ablage
from pipelines.geheimhaltung import entscheidung
from pipelines.geheimhaltung.family import QUELLEN
from pipelines.stamm.schutz import CELLKEY
from pipelines.steps.left_out import auswahl_jetzt
from pipelines.steps.sql_step import SqlStep, sql_steps
from schemas.tabellen.registry import DECLARED, INTERN
from schemas.types import arrow_schema
from tests.lib.two_valued import check_step

STICHTAG = date(2021, 6, 30)
VORGABEN: dict[str, Any] = {
    "kommune": "k", "stichtag": STICHTAG, "gebiet_id": "01", "gebiet": "Nord", "ebene": "stadtteil", "profil": "p",
    "profilversion": "1", "ist_hauptdefinition": True,
    "geschlecht": "insgesamt", "altersgruppe": "insgesamt", "quelle": "melderegister",
    "status": "ok", "hinweise": [], "datenstand": STICHTAG, "lieferung_id": "l1", "veroeffentlichung": "v",
    "staat": "163", "staat_name": "Türkei", "staatengruppe": "übriges Europa", "datei": "t.xlsx", "gebiet_text": "Nord",
    "fundstelle": "Blatt!A1", "veroeffentlicht": True, "name": "K", "ags": "00", "land": "L", "mindestfallzahl": 5,
    "mindestnenner": 0, "mindestwert_ab": 0.05, "begruendung": "b", "verfahren": "sperrung", "hoechstfehler": 0,
    "rundung": 5, "varianz": 3.0, "verfahren_text": "Zellsperrung", "muster": "*-06-30", "art": "melderegister",
    "uebergeordnet": "00", "gebietsstand": "2021", "eingelesen_am": datetime(2021, 7, 1), "toleranz": 0, "schwere": "fehler",
    "regel": "r", "ist_auslaender": False, "ergebnis_mh": "ohne", "generation": "-", "kategorie": "A",
    "kategorie_name": "Ausländer", "profil_a": "p", "profil_b": "q", "regel_a": "a", "regel_b": "b", "ergebnis_a": "mit",
    "ergebnis_b": "ohne", "grund": "g", "programm": "KIM", "baustein": "b1", "jahr": 2022, "konzept": "k1",
    "bericht": "zwischenbericht", "nummer": 1, "quelle_id": "tabelle", "merkmal": "einwohner", "groesse": "wert",
    "gruppe": "insgesamt", "wert_einheit": "personen", "blatt": "Blatt", "zeile": 1, "spalte_nr": 1, "stellen": 0,
    "merkmal_titel": "Einwohner", "additiv": True, "umgerechnet": False, "quellenrang": 0, "rang": 0, "titel": "T",
    "nenner_passt": True, "beispieldaten": False, "indikator": "quote", "zeitraum": STICHTAG, "einheit": "prozent",
    "richtung": "hoch", "faktor": 100.0, "relevanzschwelle": 1.0, "relevanz_art": "absolut", "herleitung": "wuerfel",
    "periodizitaet": "jaehrlich", "quellen": ["melderegister"], "prozess": False, "abschnitt": 1,
    "naeherung": False, "rekonstruktion": False, "stichtag_angenommen": False,
    "herkunft": "H", "lizenz": "L", "bevoelkerung": "hauptwohnung", "methode": "exakt",
}  # fmt: skip


def _schema(name: str) -> pa.Schema:
    return arrow_schema(DECLARED[name])


def lay_umfang(ablage: Ablage, **umfang: Any) -> None:
    """How deep the marts go: the default of kommune.yaml with p as main definition, and every row large enough."""
    lay(ablage, "stamm.umfang", {"hauptprofil": VORGABEN["profil"], "hauptdefinition": "dreifach", "mindestzeile": 0,
                                 "andere_definitionen": "einzeln", "generationen": "alle", "staaten_je_gebiet": 10,
                                 **umfang})  # fmt: skip


def decide(ablage: Ablage) -> None:
    """Let the cells that lie there be decided; tables a test has not laid out are empty."""
    bekannt = {s.name: s for s in sql_steps() if s.schema == "bevoelkerung"}
    if not ablage.tabelle("stamm", "umfang").exists():
        lay_umfang(ablage)
    for name in (
        "bevoelkerung.migrationshintergrund", "bevoelkerung.mh_kategorie", "bevoelkerung.definitionsvergleich",
        "bevoelkerung.staatsangehoerigkeit", "bevoelkerung.bezugsland", "bevoelkerung.tabellenwert", "bevoelkerung.wuerfel",
        "bevoelkerung.eintragswuerfel", "stamm.vorfahr", "stamm.regel", "stamm.indikator", "stamm.indikator_grenze",
        "stamm.quelle", "stamm.abgleich", "stamm.geheime_null",
        "stamm.staat", "stamm.muster", "stamm.asylherkunft", "stamm.profil", "bevoelkerung.optionswuerfel",
        "bevoelkerung.registermerkmal", "bevoelkerung.artenwuerfel",
    ):  # fmt: skip
        if not ablage.quelle(*name.split(".")):
            lay(ablage, name)
    for name in ("gliederungstiefe", "gruppenliste", "staatenliste", "kategorienliste", "zelle"):
        write_once(ablage, bekannt[name])
    decide_once(ablage)


# What was decided about cells before; also by which chooser: tests put another one in its place.
_ENTSCHIEDEN: dict[tuple[object, ...], bytes] = {}


def decide_once(ablage: Ablage) -> None:
    """Decide, or lay down what was decided of the same tables before. Keys of cells follow the folder's own secret."""
    gelesen = tuple((s, n, *(file_checksum(d) for d in ablage.quelle(s, n))) for s, n in QUELLEN)
    vorher = auswahl_jetzt(ablage)
    lage = (gelesen, vorher, entscheidung.choose_by_size)
    if lage in _ENTSCHIEDEN:
        with ablage.neu(ablage.tabelle("geheimhaltung", "entscheidung")) as neu:
            neu.write_bytes(_ENTSCHIEDEN[lage])
        return
    entscheidung.write_entscheidungen(ablage)
    if auswahl_jetzt(ablage) == vorher and CELLKEY not in {z["verfahren"] for z in read(ablage, "stamm.kommune")}:
        _ENTSCHIEDEN[lage] = ablage.tabelle("geheimhaltung", "entscheidung").read_bytes()


def lay_empty(ablage: Ablage, *steps: str) -> None:
    """Empty tables for whatever these steps of bevoelkerung read of bevoelkerung and nobody has laid out or computes."""
    bekannt = {s.name: s for s in sql_steps() if s.schema == "bevoelkerung"}
    for schema, name in sorted({n for step in steps for n in bekannt[step].reads}):
        if schema == "bevoelkerung" and name not in steps and not ablage.quelle(schema, name):
            lay(ablage, f"{schema}.{name}")


def lay(ablage: Ablage, name: str, *zeilen: dict[str, Any]) -> None:
    """Write literal rows as table `schema.name`; columns not given take VORGABEN, or NULL (a rule of an inner table: false)."""
    lage = (name, repr(zeilen) if len(zeilen) < FEW else None)
    with ablage.neu(ablage.tabelle(*name.split("."))) as neu:
        if lage in _LAID:
            neu.write_bytes(_LAID[lage])
            return
        schema = _schema(name)
        rules = dict.fromkeys((f.name for f in schema if pa.types.is_boolean(f.type)), False) if name in INTERN else {}
        voll = [{f.name: z.get(f.name, (rules | VORGABEN).get(f.name)) for f in schema} for z in zeilen]
        pq.write_table(pa.Table.from_pylist(voll, schema=schema), neu)
        if len(zeilen) < FEW:
            _LAID[lage] = neu.read_bytes()


FEW = 10
# Tables of few rows as they were written: the same places, and the same tables without a row, lie in hundreds of tests.
_LAID: dict[tuple[str, str | None], bytes] = {}


def refuse_foreign(name: str, rows: Iterable[dict[str, Any]]) -> None:
    """Raises: KeyError for a column the table does not have: a mistyped one in a literal case would say nothing and pass."""
    names = _schema(name).names
    if foreign := sorted({column for row in rows for column in row} - {*names}):
        near = difflib.get_close_matches(foreign[0], names)
        raise KeyError(f"{name} has no column {foreign[0]}" + (f"; near: {', '.join(near)}" if near else ""))


def read(ablage: Ablage, name: str) -> list[dict[str, Any]]:
    """All rows of a table."""
    return pq.read_table(ablage.tabelle(*name.split("."))).to_pylist()


# A town with a Bezirk of three districts (nobody lives in the third) and persons of no known district, if any.
ORTE = {
    "00": ("Stadt", "gemeinde", ["00"]), "10": ("Bezirk", "bezirk", ["10", "00"]),
    "01": ("Nord", "stadtteil", ["01", "10", "00"]), "02": ("Süd", "stadtteil", ["02", "10", "00"]),
    "03": ("Leer", "stadtteil", ["03", "10", "00"]), "unbekannt": ("unbekannt", "sonstige", ["unbekannt", "00"]),
    # A Kreis above the town, named for tables only: the register counts nobody there.
    "0": ("Kreis", "kreis", []),
}  # fmt: skip


def lay_ort(ablage: Ablage, *regeln: tuple[str, str, str, str], **kommune: Any) -> None:
    """Everything a chain from cube to mart joins with; `regeln` are (rule, category, name, result) of definition p."""
    lay(ablage, "stamm.kommune", {"ags": "00", **kommune})
    lay(ablage, "stamm.muster", {"muster": "*-06-30"})
    lay(ablage, "stamm.gebiet", *({"gebiet_id": g, "gebiet": n, "ebene": e} for g, (n, e, _) in ORTE.items()))
    paare = ({"gebiet_id": g, "vorfahr": v} for g, (_, _, oben) in ORTE.items() for v in oben)
    lay(ablage, "stamm.vorfahr", *paare)
    lay(ablage, "stamm.geschlecht", *({"geschlecht": g} for g in ("m", "w", "insgesamt")))
    lay(ablage, "stamm.altersgruppe", *({"altersgruppe": a} for a in ("30-44", "insgesamt")))
    felder = ("regel", "kategorie", "kategorie_name", "ergebnis_mh")
    lay(ablage, "stamm.regel", *(dict(zip(felder, r, strict=True)) for r in regeln))
    lay(ablage, "stamm.staat", *({"staat": s, "name": n} for s, n in (("163", "Türkei"), ("475", "Syrien"))))
    lay(ablage, "stamm.veroeffentlichung", {})
    lay(ablage, "stamm.erzeugt_aus")
    lay(ablage, "eingang.lieferung", {"status": "uebernommen"})
    lay(ablage, "stamm.quelle", {"quelle_id": "melderegister"})
    run_steps(ablage, "lieferung")
    lay(ablage, "bevoelkerung.tabellenwert")
    lay(ablage, "bevoelkerung.stadtteiltabelle")
    run_steps(ablage, "bestand")


WEG = ("bevoelkerung", "geheimhaltung", "marts", "dim")


def run_steps(ablage: Ablage, *namen: str, ab: str = "bevoelkerung", bis: str = "marts") -> None:
    """Run the statements of these names on their way: all totals, then one decision, then all doors and marts."""
    alle = {(s.schema, s.name): s for s in sql_steps()}
    entschieden = False
    for schema in WEG[WEG.index(ab) : WEG.index(bis) + 1]:
        for schritt in (alle[schema, name] for name in namen if (schema, name) in alle):
            if ("geheimhaltung", "entscheidung") in schritt.reads and not entschieden:
                decide(ablage)
                entschieden = True
            run_step(ablage, schritt)


# What a step made of rows that were there before: the same places, profiles and deliveries lie in hundreds of tests.
_GERECHNET: dict[tuple[object, ...], bytes] = {}


def run_step(ablage: Ablage, schritt: SqlStep) -> None:
    """Run one statement and ask of it what `two_valued` asks."""
    if write_once(ablage, schritt):
        check_step(ablage, schritt)


def write_once(ablage: Ablage, schritt: SqlStep) -> bool:
    """Run one statement, or lay down what it made of the same files before; whether it ran."""
    gelesen = tuple((s, n, *(file_checksum(d) for d in ablage.quelle(s, n))) for s, n in schritt.reads)
    lage = (schritt.text, gelesen, auswahl_jetzt(ablage))
    ziel = ablage.tabelle(schritt.schema, schritt.name)
    if lage not in _GERECHNET:
        schritt.write(ablage)
        _GERECHNET[lage] = ziel.read_bytes()
        return True
    with ablage.neu(ziel) as neu:
        neu.write_bytes(_GERECHNET[lage])
    return False
