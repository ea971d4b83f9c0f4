"""What a published number was before: the record of corrections, from release to release.

Belongs here: comparing the tables about to be published with the last publication. Does not belong here: marking series whose
values changed (korrektur.py reads this record) and the archive of whole releases (archive.py). A count of the register has its
old and new value here only where no difference tells of a handful of persons (figure_state.py); else one line says that figures
of the Stichtag changed, and why.
"""

import duckdb

from pipelines.foundation.storage import Ablage, pfadliste, sql, sqltext
from pipelines.steps.left_out import Auswahl, ohne_schuldige
from pipelines.veroeffentlichung.figure_state import create_showable
from pipelines.veroeffentlichung.manifest import letztes_manifest
from pipelines.veroeffentlichung.register_figures import REGISTER, gleich, registerzeile
from pipelines.veroeffentlichung.views import schluesseltext
from pipelines.veroeffentlichung.withdraw import is_protected
from schemas.model import Tabelle
from schemas.register import FOLGT_AUS_VEROEFFENTLICHTEM, REGISTERTABELLEN
from schemas.tabellen.registry import VEROEFFENTLICHT
from schemas.tabellen.revision import REVISION

ALLE_SPALTEN = "*"
MASSNAHMEN = "massnahmen"  # source of the reach of a measure: that of its target group is the register
KEIN_WERT = "nicht_bewertbar"  # a word that says a figure is missing or hidden
GEAENDERT = "geändert"  # new value of a line that stands for all figures of the register of a Stichtag, as in
# sql/queries/veroeffentlichung/geschuetzt.sql
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
        return f"a.{spalte} is not null and not {gleich(f'a.{spalte}', f'n.{spalte}')}"
    return f"a.{spalte} is not null and a.{spalte} is distinct from n.{spalte}"


def _gleichartig(t: Tabelle, alte: dict[str, str]) -> set[str]:
    """Columns both sides have with comparable types: the same one, or numbers. Others are new code, not a correction."""
    return {s.name for s in t.spalten if alte.get(s.name) == s.typ or {alte.get(s.name), s.typ} <= {*ZAHLEN}}


def _vergleich(tabelle: Tabelle, alte: dict[str, str], neu: str, bedingung: str = "") -> str | None:
    """Rows of the record for one table, or None where nothing can be compared; of the municipalities that meet `bedingung`.

    Those of the register bear in `familie` their Stichtag and in `beide` whether both values are shown; those that only follow
    from its figures say so in `folgt`.
    """
    alte_spalten = _gleichartig(tabelle, alte)
    spalten = [s for s in verglichene_spalten(tabelle) if s in alte_spalten]
    if not spalten or not set(tabelle.schluessel) <= alte_spalten:
        return None
    kommune = "a.kommune" if "kommune" in alte_spalten else "'-'"
    alt = f"alt.{tabelle.voll}"
    if bedingung and "kommune" in alte_spalten:
        alt, neu = f"(from {alt} where {bedingung})", f"(from {neu} where {bedingung})"
    lieferung = [f"{x}.lieferung_id" if "lieferung_id" in alte_spalten else "null::varchar" for x in "an"]
    version = "a.profilversion <> n.profilversion" if "profilversion" in alte_spalten else "false"
    schluessel = " and ".join(f"a.{s} = n.{s}" for s in tabelle.schluessel)
    gezeigt = " or ".join(f"a.{s} is not null" for s in spalten)
    register = registerzeile(tabelle, "a", alte_spalten) if tabelle.voll in REGISTERTABELLEN else "false"
    familie = f"case when {register} then a.stichtag end" if tabelle.voll in REGISTERTABELLEN else "null::date"
    folgt = registerzeile(tabelle, "a", alte_spalten) if tabelle.voll in FOLGT_AUS_VEROEFFENTLICHTEM else "false"
    werte = ", ".join(
        f"case when {_anders(tabelle, s)} then {{'spalte': '{s}', 'alt': a.{s}::varchar, 'neu': n.{s}::varchar, "
        f"'beide': coalesce(n.{s}::varchar, '{KEIN_WERT}') <> '{KEIN_WERT}'}} end"
        for s in spalten
    )
    geaendert = f"""
        select
            tabelle, schluessel, wert.spalte as spalte, kommune, wert.alt as alt, wert.neu as neu, grund, lieferung_id_alt,
            lieferung_id_neu, familie, wert.beide as beide, folgt
        from (
            select
                '{tabelle.voll}' as tabelle, {schluesseltext(tabelle.schluessel, "a")} as schluessel, {kommune} as kommune,
                case
                    when {lieferung[0]} is distinct from {lieferung[1]} then 'neue_lieferung'
                    when {version} then 'neue_profilversion'
                    else 'neue_berechnung'
                end as grund,
                {lieferung[0]} as lieferung_id_alt, {lieferung[1]} as lieferung_id_neu,
                {familie} as familie, {folgt} as folgt, unnest([{werte}]) as wert
            from {alt} as a
            inner join {neu} as n on {schluessel}
            where {" or ".join(f"({_anders(tabelle, s)})" for s in spalten)}
        )
        where wert is not null"""
    entfallen = f"""
        select
            '{tabelle.voll}' as tabelle, {schluesseltext(tabelle.schluessel, "a")} as schluessel, '{ALLE_SPALTEN}' as spalte,
            {kommune} as kommune,
            'veröffentlicht' as alt, null::varchar as neu, 'entfallen' as grund,
            {lieferung[0]} as lieferung_id_alt, null::varchar as lieferung_id_neu,
            {familie} as familie, false as beide, {folgt} as folgt
        from {alt} as a
        anti join {neu} as n on {schluessel}
        where {gezeigt}"""
    return f"{geaendert} union all {entfallen}"


def _uebernommen(geschuetzt: bool) -> str:
    """The record of the last publication. Both values of a count of the register stay only if they may still be told: the
    release was protected, and no Stichtag of the municipality changed in a way that hides differences now."""
    namen = ", ".join(f"r.{s}" for s in REVISION.namen)
    folgt = f"r.tabelle in ({', '.join(map(sqltext, FOLGT_AUS_VEROEFFENTLICHTEM))})"
    register = (
        f"(r.tabelle in ({', '.join(map(sqltext, REGISTERTABELLEN))}) or {folgt}) and r.neu is distinct from '{GEAENDERT}' "
        f"and not coalesce(coalesce(r.lieferung_id_neu, r.lieferung_id_alt) in "
        f"(select lieferung_id from alt.protokoll.lieferung where quelle not in ('{REGISTER}', '{MASSNAHMEN}')), false)"
    )
    verborgen = (
        f"(exists (from geschuetzt as g where g.kommune = r.kommune and g.neu = '{GEAENDERT}') or ({folgt} and exists "
        f"(from alt.{REVISION.voll} as q where q.kommune = r.kommune and q.neu = '{GEAENDERT}' "
        "and q.veroeffentlichung = r.veroeffentlichung)))"
        if geschuetzt
        else "true"
    )
    return f"""
        select {namen} from alt.{REVISION.voll} as r where not ({register} and {verborgen})
        union all by name
        select
            tabelle, 'kommune=' || kommune as schluessel, '{ALLE_SPALTEN}' as spalte, kommune, 'veröffentlicht' as alt,
            '{GEAENDERT}' as neu, coalesce(min(grund) filter (where grund <> 'entfallen'), 'neue_berechnung') as grund,
            max(lieferung_id_alt) as lieferung_id_alt, max(lieferung_id_neu) as lieferung_id_neu,
            veroeffentlichung, veroeffentlichung_vorher
        from (from alt.{REVISION.voll} as r where {register} and {verborgen})
        group by tabelle, kommune, veroeffentlichung, veroeffentlichung_vorher"""


def known_columns(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Columns of every table of the last publication, attached as `alt`, with their types."""
    zeilen = con.execute(
        "select schema_name || '.' || table_name, column_name, data_type from duckdb_columns() where database_name = 'alt'"
    ).fetchall()
    bekannt: dict[str, dict[str, str]] = {}
    for tabelle, spalte, typ in zeilen:
        bekannt.setdefault(tabelle, {})[spalte] = typ
    return bekannt


def write_revisionen(ablage: Ablage) -> int:
    """Write `protokoll.revision`: what the last publication kept on record and what this one changes; returns the rows.

    A figure that was protected or missing and now appears is none; a table or column only one side has is none.
    """
    return ohne_schuldige(ablage, REVISION.voll, lambda auswahl, versuch: _revisionen(ablage, auswahl, versuch))


def _revisionen(ablage: Ablage, auswahl: Auswahl, versuch: bool) -> int:
    con = ablage.verbindung()
    spalten = ", ".join(REVISION.namen)
    try:
        teile = [f"select {', '.join(f'null::{s.typ} as {s.name}' for s in REVISION.spalten)} where false"]
        if ablage.publikation.exists():
            teile += _gegen_die_letzte(ablage, con, auswahl.bedingung())
        text = f"select {spalten} from ({' union all by name '.join(f'({t})' for t in teile)}) order by all"
        if versuch:
            con.execute(f"create temp table versuch as {text}")
            return 0
        ziel = ablage.tabelle("protokoll", "revision")
        with ablage.neu(ziel) as neu:
            con.execute(f"copy ({text}) to {sqltext(neu)} (format parquet, compression zstd)")
        return int(con.execute(f"select count(*) from read_parquet({pfadliste([ziel])})").fetchall()[0][0])
    finally:
        con.close()


def _gegen_die_letzte(ablage: Ablage, con: duckdb.DuckDBPyConnection, bedingung: str) -> list[str]:
    """Queries of the record of the last publication and of what is new; creates the temp tables they read."""
    con.execute(f"attach {sqltext(ablage.publikation)} as alt (read_only)")
    bekannt = known_columns(con)
    manifest = letztes_manifest(ablage)
    frueher = manifest["veroeffentlichung"] if manifest else "-"
    vergleiche = [
        v
        for t in VEROEFFENTLICHT
        if t.schema == "marts"
        and t.voll in bekannt
        and (
            v := _vergleich(
                t, bekannt[t.voll], f"read_parquet({pfadliste([ablage.tabelle(t.schema, t.name)])})", bedingung
            )
        )
    ]
    teile = []
    con.execute("create temp table geschuetzt (kommune varchar, neu varchar)")
    if vergleiche:
        create_showable(con, ablage, frueher)
        con.execute(f"create temp table vergleich as {' union all '.join(vergleiche)}")
        con.execute(sql("queries/veroeffentlichung/doch_nicht_zeigbar"))
        con.execute(f"create or replace temp table geschuetzt as {sql('queries/veroeffentlichung/geschuetzt')}")
        stand = f"read_parquet({pfadliste([ablage.tabelle('stamm', 'veroeffentlichung')])})"
        teile.append(
            f"select g.*, s.veroeffentlichung, {sqltext(frueher)} as veroeffentlichung_vorher "
            f"from geschuetzt as g cross join {stand} as s"
        )
    if set(REVISION.namen) <= set(bekannt.get(REVISION.voll, {})):
        teile.append(_uebernommen(is_protected(manifest)))
    return teile
