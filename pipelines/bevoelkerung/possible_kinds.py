"""Kinds of persons that the rules of several definitions allow, as rows of the cube of kinds with nobody in them.

Belongs here: the rows. Does not belong here: the draw (definitionen/possible.py), counting those there are (count.py).
"""

from datetime import date

import pyarrow as pa

from pipelines.bevoelkerung.cells import arten, zellentabelle
from pipelines.definitionen.possible import create_possible
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import altersgrenzen
from pipelines.stamm.profile.profil import Profil


def draw_kinds(
    ablage: Ablage, profile: list[Profil], kommune: str, ags: str, stichtag: date, gruppen: tuple[str, ...]
) -> pa.Table:
    """One row of the whole town for each kind found in the draw at an age group, 0 persons."""
    con = ablage.verbindung()
    try:
        create_possible(con, ablage, profile, stichtag, altersgrenzen(gruppen))
        con.execute(zellentabelle(profile))
        return con.sql(
            f"""
            select distinct
                $kommune as kommune, $stichtag as stichtag, $ags as gebiet_id, 'insgesamt' as geschlecht,
                altersgruppe, regeln, generation, mehrstaatig, ist_auslaender, 0::bigint as personen
            from ({arten(profile)})
            order by all
            """,
            params={"kommune": kommune, "stichtag": stichtag, "ags": ags},
        ).to_arrow_table()
    finally:
        con.close()
