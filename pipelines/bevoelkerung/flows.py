"""Two consecutive extracts → who came, went, was born, died, moved within, became German; persons linked by their pseudonym.

Belongs here: which extracts are linked, counting, and the short life of what is kept for that alone. Does not belong here: the
count itself (sql/melderegister/bewegungswuerfel.sql) and protection. Without `fluesse: true` in kommune.yaml nothing is linked.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet as pq

from pipelines.foundation.findings import verschlossen
from pipelines.foundation.macros import load_macros
from pipelines.foundation.storage import Ablage, pfadliste, sql, sqltext
from pipelines.stamm.kommune import Kommune, als_datum
from schemas.tabellen.wuerfel import BEWEGUNGSWUERFEL
from schemas.types import arrow_schema

NAME = "bewegungswuerfel"
VERSTORBEN = "verstorben"
BESTAENDE = "bestaende"  # Parquet metadata of the count: between which stocks


def count_flows(ablage: Ablage, kommune: Kommune, stichtag: date) -> None:
    """Count the flows into a Stichtag, and those from it into the next one: either may have been staged first."""
    partition = f"{kommune.id}_{stichtag}"
    if not kommune.angaben.fluesse:
        place_of_verstorbene(ablage, partition).unlink(missing_ok=True)
        _write_empty(ablage, partition)
        return
    tage = find_stichtage(ablage, kommune)
    paare = [paar for paar in pairwise(tage) if stichtag in paar]
    for vorher, jetzt in paare:
        _count_pair(ablage, kommune, vorher, jetzt)
    if not any(jetzt == stichtag for _, jetzt in paare) and not _place_of_cube(ablage, partition).exists():
        _write_empty(ablage, partition)


def find_stichtage(ablage: Ablage, kommune: Kommune) -> list[date]:
    """Stichtage of the staged extracts that are declared for publication, in their order."""
    dateien = (ablage.intern / "eingang" / "melderegister").glob(f"{kommune.id}_????-??-??.parquet")
    tage = (als_datum(d.stem.removeprefix(f"{kommune.id}_")) for d in dateien)
    return sorted(t for t in tage if t is not None and kommune.angaben.veroeffentlichung.includes(t))


def place_of_verstorbene(ablage: Ablage, partition: str) -> Path:
    """Pseudonyms of those whom an extract names as dead: kept for linking only."""
    return ablage.tabelle("eingang", VERSTORBEN, partition)


def delete_expired(ablage: Ablage, kommunen: Iterable[Kommune], heute: date) -> int:
    """Delete what was kept for linking and is no longer needed; returns the number of files. Counts made of it stay."""
    faellig = find_expired(ablage, kommunen, heute)
    for datei in faellig:
        datei.unlink()
    return len(faellig)


def find_expired(ablage: Ablage, kommunen: Iterable[Kommune], heute: date) -> list[Path]:
    """Files kept for linking that are no longer needed."""
    faellig = []
    for kommune in kommunen:
        frist = timedelta(days=kommune.angaben.verknuepfung.frist_tage)
        ordner = place_of_verstorbene(ablage, "x").parent
        for datei in sorted(ordner.glob(f"{kommune.id}_????-??-??.parquet")):
            tag = als_datum(datei.stem.removeprefix(f"{kommune.id}_"))
            if tag is not None and (not kommune.angaben.fluesse or tag + frist < heute):
                faellig.append(datei)
    return faellig


def _place_of_cube(ablage: Ablage, partition: str) -> Path:
    return ablage.tabelle("bevoelkerung", NAME, partition)


def _write_empty(ablage: Ablage, partition: str) -> None:
    with ablage.neu(_place_of_cube(ablage, partition)) as neu:
        pq.write_table(arrow_schema(BEWEGUNGSWUERFEL).empty_table(), neu)


def _knows_deaths_of(datei: Path, vorher: date, bestaende: str) -> bool:
    """Whether a count that is there tells deaths since the same Stichtag, between the same stocks.

    Of stocks that changed since, the balance would come out wrong: then deaths are told among those who are gone. A count of an
    earlier version of this program does not say between which stocks it is.
    """
    if not datei.exists():
        return False
    gezaehlt = (pq.read_metadata(datei).metadata or {}).get(BESTAENDE.encode())
    if gezaehlt is not None and gezaehlt.decode() != bestaende:
        return False
    zeilen = pq.read_table(datei, columns=["bewegung", "stichtag_vorher"]).to_pylist()
    return any(z["bewegung"] == "sterbefall" and z["stichtag_vorher"] == vorher for z in zeilen)


def _count_pair(ablage: Ablage, kommune: Kommune, vorher: date, jetzt: date) -> None:
    partition = f"{kommune.id}_{jetzt}"
    tote = place_of_verstorbene(ablage, partition)
    con = ablage.verbindung()
    try:
        with verschlossen(partition, "Auszüge verknüpfen"):
            for name, tag in (("personen_vorher", vorher), ("personen_jetzt", jetzt)):
                datei = ablage.tabelle("eingang", "melderegister", f"{kommune.id}_{tag}")
                con.execute(f"create temp view {name} as from read_parquet({pfadliste([datei])})")
            bestaende = con.execute(sql("queries/bevoelkerung/verknuepfte_bestaende")).fetchall()[0][0]
            if not tote.exists() and _knows_deaths_of(_place_of_cube(ablage, partition), vorher, bestaende):
                return  # what told of deaths is deleted; its count stays
            quelle = f"read_parquet({pfadliste([tote])})" if tote.exists() else "(select '' as pseudonym where false)"
            con.execute(f"create temp view verstorbene as from {quelle}")
            for variable, wert in {
                "kommune": kommune.id, "stichtag": jetzt, "stichtag_vorher": vorher, "tote_bekannt": tote.exists(),
            }.items():  # fmt: skip
                con.execute(f"set variable {variable} = $wert", {"wert": wert})
            anweisung = sql("melderegister/bewegungswuerfel")
            load_macros(con, [anweisung])
            with ablage.neu(_place_of_cube(ablage, partition)) as neu:
                form = f"format parquet, kv_metadata {{{BESTAENDE}: {sqltext(bestaende)}}}"
                con.execute(f"copy ({anweisung}) to {sqltext(neu)} ({form})")
    finally:
        con.close()
