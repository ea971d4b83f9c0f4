"""What a published number was before: the record of corrections, from release to release.

Belongs here: comparing the tables about to be published with the last publication. Does not belong here: marking series whose
values changed (korrektur.py reads this record) and the archive of whole releases (archiv.py).
"""

import duckdb

from pipelines.ablage import Ablage, pfadliste, sqltext
from pipelines.veroeffentlichung.ansichten import schluesseltext
from pipelines.veroeffentlichung.duckdb_datei import letztes_manifest
from schemas.tabellen import VEROEFFENTLICHT
from schemas.tabellen_revision import REVISION
from schemas.vokabular import Tabelle

ALLE_SPALTEN = "*"
ZAHLEN = ("BIGINT", "DOUBLE")
# What changes with the calendar alone, and what is derived from figures of other rows: these have their own correction.
KEINE_KORREKTUR = {
    "tage_bis_faellig",
    "ausgewertet_am",
    "ueberfaellig",
    "ueberfaellig_heute",
    "rang",
    "lokationsquotient_mh",
    "zeile",
    "spalte_nr",
    "stellen",
}
NUR = {"marts.indikator_zeitreihe": ("zaehler", "nenner", "wert", "trend"), "marts.indikator_trend": ("verlauf",)}


def verglichene_spalten(tabelle: Tabelle) -> list[str]:
    """Columns of a table whose change is a correction."""
    if tabelle.voll in NUR:
        return list(NUR[tabelle.voll])
    return [
        s.name for s in tabelle.spalten if s.typ in ZAHLEN and s.name not in (*tabelle.schluessel, *KEINE_KORREKTUR)
    ]


def _anders(tabelle: Tabelle, spalte: str) -> str:
    """Whether a published value is another one now. Sums of fractions may differ in their last digits from run to run."""
    if next(s.typ for s in tabelle.spalten if s.name == spalte) == "DOUBLE":
        gleich = f"abs(a.{spalte} - n.{spalte}) <= 1e-9 * greatest(1, abs(a.{spalte}))"
        return f"a.{spalte} is not null and not coalesce({gleich}, false)"
    return f"a.{spalte} is not null and a.{spalte} is distinct from n.{spalte}"


def _gleichartig(t: Tabelle, alte: dict[str, str]) -> set[str]:
    """Columns both sides have with comparable types: the same one, or numbers. Others are new code, not a correction."""
    return {s.name for s in t.spalten if alte.get(s.name) == s.typ or {alte.get(s.name), s.typ} <= {*ZAHLEN}}


def _vergleich(t: Tabelle, alte: dict[str, str], neu: str) -> str | None:
    """Rows of the record for one table, or None where nothing can be compared."""
    alte_spalten = _gleichartig(t, alte)
    spalten = [s for s in verglichene_spalten(t) if s in alte_spalten]
    if not spalten or not set(t.schluessel) <= alte_spalten:
        return None
    kommune = "a.kommune" if "kommune" in alte_spalten else "'-'"
    lieferung = [f"{x}.lieferung_id" if "lieferung_id" in alte_spalten else "null::varchar" for x in "an"]
    version = "a.profilversion <> n.profilversion" if "profilversion" in alte_spalten else "false"
    schluessel = " and ".join(f"a.{s} = n.{s}" for s in t.schluessel)
    gezeigt = " or ".join(f"a.{s} is not null" for s in spalten)
    teile = [
        f"""
        select
            '{t.voll}' as tabelle, {schluesseltext(t.schluessel, "a")} as schluessel, '{s}' as spalte, {kommune} as kommune,
            a.{s}::varchar as alt, n.{s}::varchar as neu,
            case
                when {lieferung[0]} is distinct from {lieferung[1]} then 'neue_lieferung'
                when {version} then 'neue_profilversion'
                else 'neue_berechnung'
            end as grund,
            {lieferung[0]} as lieferung_id_alt, {lieferung[1]} as lieferung_id_neu
        from alt.{t.voll} as a
        inner join {neu} as n on {schluessel}
        where {_anders(t, s)}"""
        for s in spalten
    ]
    teile.append(f"""
        select
            '{t.voll}' as tabelle, {schluesseltext(t.schluessel, "a")} as schluessel, '{ALLE_SPALTEN}' as spalte,
            {kommune} as kommune,
            'veröffentlicht' as alt, null::varchar as neu, 'entfallen' as grund,
            {lieferung[0]} as lieferung_id_alt, null::varchar as lieferung_id_neu
        from alt.{t.voll} as a
        anti join {neu} as n on {schluessel}
        where {gezeigt}""")
    return " union all ".join(teile)


def _bekannte(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Columns of every table of the last publication, with their types."""
    zeilen = con.execute(
        "select schema_name || '.' || table_name, column_name, data_type from duckdb_columns() where database_name = 'alt'"
    ).fetchall()
    bekannt: dict[str, dict[str, str]] = {}
    for tabelle, spalte, typ in zeilen:
        bekannt.setdefault(tabelle, {})[spalte] = typ
    return bekannt


def schreibe_revisionen(ablage: Ablage) -> int:
    """Write `protokoll.revision`: what the last publication kept on record and what this one changes; returns the rows.

    A figure that was protected or missing and now appears is none; a table or column only one side has is none.
    """
    con = ablage.verbindung()
    spalten = ", ".join(REVISION.namen)
    try:
        teile = [f"select {', '.join(f'null::{s.typ} as {s.name}' for s in REVISION.spalten)} where false"]
        if ablage.publikation.exists():
            con.execute(f"attach {sqltext(ablage.publikation)} as alt (read_only)")
            bekannt = _bekannte(con)
            if set(REVISION.namen) <= set(bekannt.get(REVISION.voll, {})):
                teile.append(f"select {spalten} from alt.{REVISION.voll}")
            vergleiche = [
                v
                for t in VEROEFFENTLICHT
                if t.schema == "marts"
                and t.voll in bekannt
                and (
                    v := _vergleich(
                        t, bekannt[t.voll], f"read_parquet({pfadliste([ablage.tabelle(t.schema, t.name)])})"
                    )
                )
            ]
            manifest = letztes_manifest(ablage)
            frueher = manifest["veroeffentlichung"] if manifest else "-"
            stand = f"read_parquet({pfadliste([ablage.tabelle('stamm', 'veroeffentlichung')])})"
            if vergleiche:
                teile.append(
                    f"select v.*, s.veroeffentlichung, '{frueher}' as veroeffentlichung_vorher "
                    f"from ({' union all '.join(vergleiche)}) as v cross join {stand} as s"
                )
        text = " union all by name ".join(f"({t})" for t in teile)
        ziel = ablage.tabelle("protokoll", "revision")
        with ablage.neu(ziel) as neu:
            con.execute(
                f"copy (select {spalten} from ({text}) order by all) to {sqltext(neu)} (format parquet, compression zstd)"
            )
        return int(con.execute(f"select count(*) from read_parquet({pfadliste([ziel])})").fetchall()[0][0])
    finally:
        con.close()
