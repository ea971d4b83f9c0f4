"""What one extract says beside definitions: the lists and bounds its count needs.

Belongs here: preparing a connection for sql/melderegister/merkmalswuerfel.sql. Does not belong here: the count itself, which
facts a municipality tells (stamm/registermerkmale.py).
"""

import duckdb

from pipelines.foundation.csv_list import read_staaten
from pipelines.foundation.macros import load_macros
from pipelines.foundation.storage import Ablage, lesepfad, sql
from pipelines.stamm.kommune import Kommune
from pipelines.stamm.referenz import gueltig


def prepare_facts(con: duckdb.DuckDBPyConnection, ablage: Ablage, kommune: Kommune) -> None:
    """Temp table `staatenliste` and the variables."""
    angaben = kommune.angaben.registermerkmale
    staaten = gueltig(ablage.roh, "staaten.csv")
    read_staaten(staaten)  # says in German what is wrong with it
    con.execute(
        f"create temp table staatenliste as {sql('queries/melderegister/staatengruppen')}",
        {"datei": lesepfad(staaten), "asylherkunft": list(angaben.asylherkunft)},
    )
    grenzen = sorted({*angaben.aufenthaltsdauer, *angaben.wohndauer, angaben.zuzugsjahre})
    for name, wert in {
        "merkmale": list(angaben.zeigen),
        "grenzen_aufenthalt": list(angaben.aufenthaltsdauer),
        "grenzen_wohnen": list(angaben.wohndauer),
        "grenzen": grenzen,
        "letzte_grenze": grenzen[-1],
        "alter_kommunalwahl": angaben.wahlalter_kommunal,
        "alter_integrationsrat": angaben.wahlalter_integrationsrat,
        "hoechstes_altersjahr": angaben.hoechstes_altersjahr,
        "zuzugsjahre": angaben.zuzugsjahre,
    }.items():
        con.execute(f"set variable {name} = $wert", {"wert": wert})
    load_macros(con, [sql("melderegister/merkmalswuerfel")])
