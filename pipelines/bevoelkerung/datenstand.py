"""Stichtag and data state are two things: a Stichtag may be drawn several times, and each drawing keeps its count.

Belongs here: the small count a data state leaves behind, which state is staged, taking back a state whose extract was
withdrawn. Does not belong here: choosing extracts (refresh/news.py, auszuege.py) and comparing them (SQL).
"""

from datetime import date

import duckdb
import pyarrow.parquet as pq

from pipelines.eingang.lieferung.record import withdraw_records
from pipelines.foundation.storage import Ablage, sqltext
from pipelines.stamm.profile.profil import Profil
from pipelines.steps.broken_partitions import remember_partition

NAME = "datenstandwuerfel"
MERKMAL = b"datenstand"  # Parquet metadata of staged persons (written by eingang/melderegister/store.py)


def standschluessel(partition: str, datenstand: date) -> str:
    """Name of the count of one data state: `<kommune>_<stichtag>_stand_<datenstand>`."""
    return f"{partition}_stand_{datenstand.isoformat()}"


def has_state(ablage: Ablage, partition: str, datenstand: date) -> bool:
    """Whether the count of a data state is kept."""
    return ablage.tabelle("bevoelkerung", NAME, standschluessel(partition, datenstand)).exists()


def gestellter_datenstand(ablage: Ablage, partition: str) -> date | None:
    """The data state of the staged persons; None if nobody is staged or an older version of the code staged them."""
    datei = ablage.tabelle("eingang", "melderegister", partition)
    if not datei.exists():
        return None
    wert = (pq.read_metadata(datei).metadata or {}).get(MERKMAL)
    return date.fromisoformat(wert.decode()) if wert else None


def write_state(
    ablage: Ablage,
    con: duckdb.DuckDBPyConnection,
    profile: "list[Profil]",
    zellen: str,
    partition: str,
    datenstand: date,
) -> None:
    """Sum the cells of the cube (a SELECT) up to what the comparison of data states needs, one file a state."""
    versionen = ", ".join(f"('{p.profil}', '{p.version}')" for p in profile)
    con.execute("set variable datenstand = $d", {"d": datenstand})
    with ablage.neu(ablage.tabelle("bevoelkerung", NAME, standschluessel(partition, datenstand))) as neu:
        con.execute(
            f"""
            copy (
                with version (profil, profilversion) as (values {versionen})
                select
                    z.kommune, z.stichtag, getvariable('datenstand') as datenstand, z.gebiet_id, z.profil, z.geschlecht,
                    z.ist_auslaender, z.ergebnis_mh, v.profilversion, sum(z.personen)::bigint as personen
                from ({zellen}) as z
                inner join version as v on z.profil = v.profil
                group by all
                order by all
            ) to {sqltext(neu)} (format parquet)
            """
        )


def withdraw(ablage: Ablage, kommune: str, stichtag: date, nach: date) -> None:
    """Take back every data state after `nach`: its extract was withdrawn and an earlier one is shown again.

    Its count is deleted, its records say `zurueckgezogen`; should the file return, it is read anew.
    """
    partition = f"{kommune}_{stichtag.isoformat()}"
    praefix = f"{partition}_stand_"
    for datei in (ablage.intern / "bevoelkerung" / NAME).glob(f"{praefix}*.parquet"):
        if date.fromisoformat(datei.stem.removeprefix(praefix)) > nach:
            datei.unlink()
            remember_partition(ablage, NAME, datei.stem, [])
    withdraw_records(ablage, kommune, stichtag, nach)
