"""How many persons each definition would count otherwise if the option mark of an extract were not switched off.

Belongs here: this one count, made while the extract is read, the only moment that knows the mark. Only its result leaves:
the mark itself is not staged. Does not belong here: what is shown of it (sql/geheimhaltung/bevoelkerung/optionskennzeichen.sql).
"""

import json
import re
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from pipelines.definitionen.decide import create_merkmale, entscheidung
from pipelines.foundation.storage import Ablage, execute, pfadliste, sql, sqltext
from pipelines.stamm.kommune import Kommune
from pipelines.stamm.profile.profil import Profil, load_profil
from pipelines.stamm.quellen.melderegister import Melderegister
from pipelines.stamm.referenz import profildateien

MERKMAL = b"optionskennzeichen"  # Parquet metadata of staged persons
ZEILENNUMMERN = ("zeile", "eltern_1_zeile", "eltern_2_zeile")
TRAEGER = "select zeile from bestand where optionskennzeichen"


def profile_mit_option(ablage: Ablage, kommune: Kommune) -> list[Profil]:
    """The municipality's definitions that ask for the option mark, in a rule or of a parent."""
    dateien = profildateien(ablage.roh)
    profile = [load_profil(dateien[p]) for p in kommune.angaben.profile]
    return [p for p in profile if any(re.search(r"\boption\b", text) for text in _bedingungen(p))]


def _bedingungen(profil: Profil) -> list[str]:
    return [*(r.wenn for r in profil.regeln), *([profil.familie.elternteil] if profil.familie else [])]


def count_optionsfolge(
    con: duckdb.DuckDBPyConnection, ablage: Ablage, kommune: Kommune, angaben: Melderegister
) -> dict[str, dict[str, int]]:
    """Definition → `anders` (persons with another result) and `traeger` (bearers); empty where the mark counts.

    Reads the temp tables `bestand` and `roh` of an extract that is being read. Only bearers and their children are decided
    again, for a rule looks at nobody's parents' parents.
    """
    profile = [] if angaben.optionskennzeichen.verwenden else profile_mit_option(ablage, kommune)
    if not profile:
        return {}
    con.execute(f"create or replace temp table optionstraeger as {TRAEGER}")
    ((traeger,),) = execute(con, "select count(*) from optionstraeger")
    if not traeger:
        return {p.profil: {"anders": 0, "traeger": 0} for p in profile}
    datei = ablage.tmp / f"option_{kommune.id}.parquet"
    try:
        _put_there(con, datei)
        anders = _count_anders(ablage, profile, datei)
    finally:
        datei.unlink(missing_ok=True)
    return {p.profil: {"anders": n, "traeger": int(traeger)} for p, n in zip(profile, anders, strict=True)}


def _put_there(con: duckdb.DuckDBPyConnection, datei: Path) -> None:
    """Bearers, their children and these children's parents in one file, each twice: without the mark under twice the number of
    the line, with it under the next number. `betroffen`: whom the mark may concern."""
    con.execute(f"create or replace temp table optionskreis as {sql('queries/melderegister/optionskreis')}")
    con.execute("create or replace temp view bestand as from optionskreis")
    try:
        con.execute(f"create or replace temp table optionspersonen as {sql('melderegister/personen')}")
    finally:
        con.execute(sql("melderegister/bestand"))
    mit_kennzeichen = "case when p.zeile in (from optionstraeger) then 'option' else p.art_dt_sta end"
    beide = " union all ".join(
        f"select p.* replace ({art} as art_dt_sta, {', '.join(f'2 * p.{z} + {n} as {z}' for z in ZEILENNUMMERN)}), k.betroffen "
        "from optionspersonen as p inner join optionskreis as k on p.zeile = k.zeile"
        for n, art in enumerate(("p.art_dt_sta", mit_kennzeichen))
    )
    con.execute(f"copy ({beide}) to {sqltext(datei)} (format parquet)")


def _count_anders(ablage: Ablage, profile: list[Profil], personen: Path) -> list[int]:
    """Persons that come to another result with the mark than without it, definition by definition."""
    con = ablage.verbindung()
    try:
        con.execute(f"create temp view personen as from read_parquet({pfadliste([personen])})")
        create_merkmale(con, ablage)
        con.execute(f"create temp table urteile as {entscheidung(profile)}")
        zaehler = ", ".join(f"count(*) filter (where {_ergebnis(p, 'ohne')} <> {_ergebnis(p, 'mit')})" for p in profile)
        betroffene = "(select zeile from personen where betroffen and zeile % 2 = 0) as b"
        (zahlen,) = execute(
            con,
            f"select {zaehler} from {betroffene} inner join urteile as ohne on b.zeile = ohne.zeile "
            "inner join urteile as mit on b.zeile + 1 = mit.zeile",
        )
        return [int(n) for n in zahlen]
    finally:
        con.close()


def _ergebnis(profil: Profil, tabelle: str) -> str:
    """What the rule that decided comes to."""
    return f"{[e.ergebnis for e in profil.ergebnisse()]}[{tabelle}.regel_{profil.profil} + 1]"


def als_merkmal(folge: dict[str, dict[str, int]]) -> str:
    """The counts as text for the metadata of a Parquet file."""
    return json.dumps(folge, sort_keys=True)


def write_optionswuerfel(ablage: Ablage, kommune: str, stichtag: str, partition: str) -> None:
    """The counts of a staged extract as the partition of `bevoelkerung.optionswuerfel`; without rows where there are none."""
    quelle = ablage.tabelle("eingang", "melderegister", partition)
    text = (pq.read_metadata(quelle).metadata or {}).get(MERKMAL, b"{}").decode()
    zeilen = [(p, z["anders"], z["traeger"]) for p, z in sorted(json.loads(text).items())]
    werte = ", ".join(f"({sqltext(p)}, {anders}, {traeger})" for p, anders, traeger in zeilen) or "(null, 0, 0)"
    con = ablage.verbindung()
    try:
        with ablage.neu(ablage.tabelle("bevoelkerung", "optionswuerfel", partition)) as neu:
            con.execute(
                f"copy (select {sqltext(kommune)} as kommune, {sqltext(stichtag)}::date as stichtag, profil::varchar as profil, "
                f"anders::bigint as personen, traeger::bigint as traeger from (values {werte}) as w (profil, anders, traeger) "
                f"where profil is not null) to {sqltext(neu)} (format parquet)"
            )
    finally:
        con.close()
