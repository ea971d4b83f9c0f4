"""Literal rows as Parquet tables of a data folder, for tests of single statements."""

from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.ablage import Ablage
from pipelines.eingang.tabelle import SCHEMA as STADTTEILTABELLE
from pipelines.protokoll import _SATZ as LIEFERUNG
from pipelines.stamm import SCHEMATA
from schemas.tabellen import TABELLEN

_TYPEN = {
    "VARCHAR": pa.string(), "BIGINT": pa.int64(), "DOUBLE": pa.float64(), "DATE": pa.date32(), "BOOLEAN": pa.bool_(),
    "VARCHAR[]": pa.list_(pa.string()), "TIMESTAMP": pa.timestamp("us"),
}  # fmt: skip
STICHTAG = date(2021, 6, 30)
VORGABEN: dict[str, Any] = {
    "kommune": "k", "stichtag": STICHTAG, "gebiet_id": "01", "gebiet": "Nord", "ebene": "stadtteil", "profil": "p",
    "profilversion": "1", "geschlecht": "insgesamt", "altersgruppe": "insgesamt", "quelle": "melderegister",
    "status": "ok", "hinweise": [], "datenstand": STICHTAG, "lieferung_id": "l1", "veroeffentlichung": "v",
    "staat": "163", "staat_name": "Türkei", "staatengruppe": "übriges Europa", "datei": "t.xlsx", "gebiet_text": "Nord",
    "fundstelle": "Blatt!A1", "veroeffentlicht": True, "name": "K", "ags": "00", "land": "L", "mindestfallzahl": 5,
    "mindestnenner": 0, "begruendung": "b", "muster": "*-06-30", "art": "melderegister", "uebergeordnet": "00",
    "gebietsstand": "2021", "eingelesen_am": datetime(2021, 7, 1), "toleranz": 0, "schwere": "fehler",
    "regel": "r", "ist_auslaender": False, "ergebnis_mh": "ohne",
}  # fmt: skip


def _schema(name: str) -> pa.Schema:
    schema, tabelle = name.split(".")
    if schema == "stamm":
        return pa.schema(SCHEMATA[tabelle])
    if name == "eingang.stadtteiltabelle":
        return STADTTEILTABELLE
    if name == "eingang.lieferung":
        return LIEFERUNG
    if name in TABELLEN:
        return pa.schema([(s.name, _TYPEN[s.typ]) for s in TABELLEN[name].spalten])
    return pa.schema([(s, t) for s, t in _UNGESCHUETZT[tabelle].items()])


_KERN = {"kommune": pa.string(), "stichtag": pa.date32(), "gebiet_id": pa.string()}
_UNGESCHUETZT = {
    "migrationshintergrund": _KERN
    | dict.fromkeys(("profil", "geschlecht", "altersgruppe"), pa.string())
    | dict.fromkeys(("einwohner", "auslaender", "deutsche_mit_mh", "personen_mit_mh", "unentscheidbar"), pa.int64()),
    "staatsangehoerigkeit": _KERN | {"staat": pa.string(), "geschlecht": pa.string(), "personen": pa.int64()},
    "bezugsland": _KERN | dict.fromkeys(("profil", "staat", "geschlecht"), pa.string()) | {"personen": pa.int64()},
    "mh_kategorie": _KERN
    | dict.fromkeys(("profil", "kategorie", "generation", "geschlecht"), pa.string())
    | {"personen": pa.int64()},
    "definitionsvergleich": _KERN
    | dict.fromkeys(("profil_a", "profil_b", "regel_a", "regel_b", "ergebnis_a", "ergebnis_b"), pa.string())
    | {"personen": pa.int64()},
}


def lege(ablage: Ablage, name: str, *zeilen: dict[str, Any]) -> None:
    """Write literal rows as table `schema.name`; columns not given take VORGABEN or NULL."""
    schema = _schema(name)
    voll = [{f.name: z.get(f.name, VORGABEN.get(f.name)) for f in schema} for z in zeilen]
    with ablage.neu(ablage.tabelle(*name.split("."))) as neu:
        pq.write_table(pa.Table.from_pylist(voll, schema=schema), neu)


def lies(ablage: Ablage, name: str) -> list[dict[str, Any]]:
    """All rows of a table."""
    return pq.read_table(ablage.tabelle(*name.split("."))).to_pylist()
