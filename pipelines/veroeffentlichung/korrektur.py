"""Which indicator values differ from what was published before: the mark `korrigiert` and what verdicts rest on it.

Belongs here: comparing values about to be published with the last publication. Does not belong here: the record of all
corrections (revision.py), which carries them on from release to release.
"""

from pathlib import Path

import duckdb

from pipelines.foundation.storage import Ablage, pfadliste, sqltext
from pipelines.steps.left_out import Auswahl, ohne_schuldige
from pipelines.steps.sql_step import register_views
from pipelines.veroeffentlichung.register_figures import REGISTER
from pipelines.veroeffentlichung.revision import known_columns
from pipelines.veroeffentlichung.views import schluesseltext

SCHLUESSEL = ("kommune", "gebiet_id", "indikator", "profil", "gruppe", "geschlecht", "altersgruppe", "zeitraum")
ZEITREIHE = "marts.indikator_zeitreihe"

_LEER = (
    "select "
    + ", ".join(f"null::varchar as {s}" for s in SCHLUESSEL[:-1])
    + (", null::date as zeitraum, null::double as wert_vorher where false")
)
_AUS_REGISTER = f"'{REGISTER}' in (n.quelle_id, coalesce(n.nenner_quelle_id, ''))"


def _gleich(links: str, rechts: str) -> str:
    return " and ".join(f"{links}.{s} = {rechts}.{s}" for s in SCHLUESSEL)


def write_korrekturen(ablage: Ablage) -> int:
    """Write `geheimhaltung.indikatorkorrektur`: key of a value and the one published before; returns the number of rows.

    A value counts as corrected if the last publication has another one for the same key, marks it itself, or names it in its
    record of corrections: once corrected, it stays marked. Values of the register are marked by whole days, with their value
    now: their earlier ones must not be told. Before the first publication the table is empty.
    """
    return ohne_schuldige(
        ablage, "geheimhaltung.indikatorkorrektur", lambda auswahl, versuch: _korrekturen(ablage, auswahl, versuch)
    )


def _korrekturen(ablage: Ablage, auswahl: Auswahl, versuch: bool) -> int:
    con = ablage.verbindung()
    try:
        register_views(ablage, con, [("geheimhaltung", "indikatorwert")], auswahl)
        text = _LEER
        if ablage.publikation.exists():
            con.execute(f"attach {sqltext(ablage.publikation)} as alt (read_only)")
            bekannt = known_columns(con)
            if ZEITREIHE in bekannt:
                text = _vergleich("protokoll.revision" in bekannt, "hinweise" in bekannt[ZEITREIHE])
        if versuch:
            con.execute(f"create temp table versuch as {text}")
            return 0
        ziel = ablage.tabelle("geheimhaltung", "indikatorkorrektur")
        with ablage.neu(ziel) as neu:
            con.execute(f"copy ({text}) to {sqltext(neu)} (format parquet)")
        return _anzahl(con, ziel)
    finally:
        con.close()


def _vergleich(mit_protokoll: bool, mit_hinweisen: bool) -> str:
    eigene = ", ".join(f"n.{s}" for s in SCHLUESSEL)
    frueher = f"""
        union all
        select {eigene}, try_cast(r.alt as double) as wert_vorher, false as aus_register
        from geheimhaltung.indikatorwert as n
        inner join alt.protokoll.revision as r
            on r.tabelle = '{ZEITREIHE}' and r.spalte = 'wert' and r.schluessel = {schluesseltext(SCHLUESSEL, "n")}
        where r.alt is not null
        union all
        select {eigene}, n.wert as wert_vorher, true as aus_register
        from geheimhaltung.indikatorwert as n
        inner join alt.protokoll.revision as r
            on r.tabelle = '{ZEITREIHE}' and r.spalte = '*' and r.kommune = n.kommune
            and r.schluessel = 'kommune=' || n.kommune || '; stichtag=' || n.stichtag
        where {_AUS_REGISTER}"""
    gezeichnet = f"""
        union all
        select {eigene}, n.wert as wert_vorher, {_AUS_REGISTER} as aus_register
        from geheimhaltung.indikatorwert as n
        inner join alt.{ZEITREIHE} as a on {_gleich("n", "a")}
        where n.wert is not null and list_contains(a.hinweise, 'korrigiert')"""
    return f"""
        with anders as (
            select {eigene}, a.wert as wert_vorher, {_AUS_REGISTER} as aus_register
            from geheimhaltung.indikatorwert as n
            inner join alt.{ZEITREIHE} as a on {_gleich("n", "a")}
            where
                a.wert is not null and n.wert is not null
                and abs(a.wert - n.wert) > 1e-9 * greatest(1, abs(a.wert))
            {frueher if mit_protokoll else ""}
            {gezeichnet if mit_hinweisen else ""}
        ),
        -- Of the register a whole day: which single value changed would say where the corrected persons live.
        mit_ganzen_tagen as (
            select {", ".join(SCHLUESSEL)}, wert_vorher from anders where not aus_register
            union all
            select {eigene}, n.wert
            from geheimhaltung.indikatorwert as n
            semi join (from anders where aus_register) as a on n.kommune = a.kommune and n.zeitraum = a.zeitraum
            where {_AUS_REGISTER} and n.wert is not null
        )
        select {", ".join(SCHLUESSEL)}, max(wert_vorher) as wert_vorher
        from mit_ganzen_tagen
        group by {", ".join(SCHLUESSEL)}
        order by all"""


def _anzahl(con: duckdb.DuckDBPyConnection, datei: Path) -> int:
    return int(con.execute(f"select count(*) from read_parquet({pfadliste([datei])})").fetchall()[0][0])
