"""Rows taken over from a publication with the earlier codes: they must not tell small figures from those hidden with them."""

from pathlib import Path

import duckdb

from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.carry_over import Uebernahme, relation
from schemas.tabellen.registry import TABELLEN
from tests.lib.literal_tables import lay

MH_KATEGORIE = TABELLEN["marts.mh_kategorie"]


def test_earlier_codes_of_hidden_figures_become_the_one_there_is(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path).create_folders()
    frueher = [
        {"kategorie": "A", "status": "geheim_primaer", "hinweise": ["geheim_primaer", "geheim_sekundaer:anteil"]},
        {"kategorie": "B", "status": "geheim_sekundaer", "hinweise": ["geheim_primaer", "geheim_sekundaer"]},
        {"kategorie": "C", "status": "ok", "hinweise": []},
    ]
    lay(ablage, MH_KATEGORIE.voll, *frueher)
    with duckdb.connect() as con:
        con.execute("attach ':memory:' as alt")
        con.execute("create schema alt.marts")
        pfad = ablage.tabelle("marts", "mh_kategorie")
        con.execute(f"create table alt.marts.mh_kategorie as from read_parquet('{pfad}')")
        lay(ablage, MH_KATEGORIE.voll)
        u = Uebernahme(("k",), "neu", {MH_KATEGORIE.voll: set(MH_KATEGORIE.namen)})
        zeilen = con.execute(
            f"select status, list_sort(hinweise) from ({relation(ablage, MH_KATEGORIE, u)}) order by kategorie"
        ).fetchall()
    assert zeilen == [("geheim", ["geheim", "geheim:anteil"]), ("geheim", ["geheim"]), ("ok", [])]
