"""What a municipality's report says: rows of the published DuckDB file, picked and ordered.

Belongs here: the queries and which Stichtag, source and definition a section shows. Does not belong here: how a number
looks (numbers.py). Nothing but the published file is read, so nothing unprotected can reach a report.
"""

import duckdb

from pipelines.steps.checks import BESTANDEN, NICHTS_ZU_VERGLEICHEN, VERLETZT
from pipelines.veroeffentlichung.bericht.content import (
    EBENEN_WORTE,
    GESCHLECHTER,
    INSGESAMT,
    REGISTER,
    Bericht,
    Definition,
    Zeile,
    Zeitreihe,
)  # fmt: skip
from pipelines.veroeffentlichung.bericht.herkunft import load_generated, load_herkunft, load_id, load_staende
from pipelines.veroeffentlichung.bericht.optionskennzeichen import load_optionssaetze
from pipelines.veroeffentlichung.bericht.query import rows_of, zeilen
from pipelines.veroeffentlichung.bericht.register import load_bewegungen, load_merkmale
from pipelines.veroeffentlichung.bericht.staatengruppen import load_staatengruppen


def load_kommunen(con: duckdb.DuckDBPyConnection) -> list[Zeile]:
    """Grain: municipality, sorted by German name."""
    return zeilen(con, "from dim.kommune order by name collate de, kommune")


def _definitionen(con: duckdb.DuckDBPyConnection, kommune: str) -> list[Definition]:
    """The town's own definition first: the one of its printed tables, then what is neither rebuilt nor approximated."""
    gefunden = rows_of(con, "definitionen", kommune=kommune)
    option = load_optionssaetze(con, kommune)
    return [
        Definition(buchstabe=_buchstabe(i), option=option.get(z["profil"], ""), **z) for i, z in enumerate(gefunden)
    ]


def _buchstabe(i: int) -> str:
    return chr(ord("A") + i) if i < 26 else f"{chr(ord('A') + i // 26 - 1)}{chr(ord('A') + i % 26)}"


def _reihen(con: duckdb.DuckDBPyConnection, kommune: Zeile, definitionen: list[Definition]) -> list[Zeitreihe]:
    """One line per definition and source; a source that only repeats the register's Stichtage is no line of its own."""
    alle = rows_of(con, "reihen", kommune=kommune["kommune"], ags=kommune["ags"])
    reihen = []
    for d in definitionen:
        eigene = [z for z in alle if z["profil"] == d.profil]
        register = {z["stichtag"] for z in eigene if z["quelle"] == REGISTER}
        for quelle in sorted({z["quelle"] for z in eigene}, key=lambda q: (q != REGISTER, q)):
            teil = [z for z in eigene if z["quelle"] == quelle]
            if quelle == REGISTER or any(z["stichtag"] not in register for z in teil):
                reihen.append(Zeitreihe(d, quelle, teil))
    return reihen


def _kennzahlen(reihen: list[Zeitreihe]) -> list[tuple[Definition, Zeile]]:
    """The latest row of each definition; the register before any other source of the same Stichtag."""
    neueste: dict[str, tuple[Definition, Zeile]] = {}
    for r in reihen:
        bisher = neueste.get(r.definition.profil)
        if bisher is None or r.zeilen[-1]["stichtag"] > bisher[1]["stichtag"]:
            neueste[r.definition.profil] = (r.definition, r.zeilen[-1])
    return list(neueste.values())


def _gruppen(
    con: duckdb.DuckDBPyConnection, kommune: Zeile, definitionen: list[Definition], bedingung: str, ordnung: str
) -> list[tuple[Definition, list[Zeile]]]:
    """Rows of the latest Stichtag that has any, one list per definition; the register before other sources."""
    gefunden = zeilen(
        con,
        f"""
        with passend as (
            select
                m.*,
                coalesce(g.ebene, m.ebene) as gebietsebene,
                m.gebiet_id = ? as ist_kommune
            from marts.migrationshintergrund as m
            left join dim.gebiet as g on m.kommune = g.kommune and m.gebiet_id = g.gebiet_id
            where m.kommune = ? and {bedingung}
        ),
        gewaehlt as (
            select * from passend
            qualify
                dense_rank() over (order by stichtag desc) = 1
                and dense_rank() over (partition by profil, stichtag order by quelle <> '{REGISTER}', quelle) = 1
        )
        select
            *,
            max(personen_mit_mh) filter (where ist_kommune) over je as kommune_mh,
            max(einwohner) filter (where ist_kommune) over je as kommune_einwohner
        from gewaehlt
        window je as (partition by profil, geschlecht, altersgruppe)
        order by {ordnung}
        """,
        kommune["ags"],
        kommune["kommune"],
    )
    je = [(d, [z for z in gefunden if z["profil"] == d.profil]) for d in definitionen]
    return [(d, z) for d, z in je if z]


def _staaten(con: duckdb.DuckDBPyConnection, kommune: Zeile) -> list[Zeile]:
    """Nationalities of the whole municipality at its latest Stichtag, most frequent first; `einwohner` is the total.

    Of several sources of that day one: the register before others.
    """
    return rows_of(con, "staaten", kommune=kommune["kommune"], ags=kommune["ags"])


def _vergleich(con: duckdb.DuckDBPyConnection, kommune: Zeile) -> list[Zeile]:
    """Every row of a printed table beside the register's row of the same Stichtag, area and definition (or NULLs).

    None at all where no row has its counterpart in the register.
    """
    return rows_of(con, "vergleich", kommune=kommune["kommune"], ags=kommune["ags"])


def _lieferungen(con: duckdb.DuckDBPyConnection, kommune: str) -> list[Zeile]:
    return rows_of(con, "lieferungen", kommune=kommune)


def load_bericht(con: duckdb.DuckDBPyConnection, kommune: Zeile) -> Bericht:
    """Everything one report shows. `kommune` is a row of dim.kommune."""
    kurz = kommune["kommune"]
    definitionen = _definitionen(con, kurz)
    reihen = _reihen(con, kommune, definitionen)
    alle_gruppen = f"m.geschlecht = '{INSGESAMT}' and m.altersgruppe = '{INSGESAMT}'"
    ganze_kommune = "m.gebiet_id = (select ags from dim.kommune where kommune = m.kommune)"
    geschlechter = ", ".join(f"'{g}'" for g in GESCHLECHTER)
    ebenen = ", ".join(f"'{e}'" for e in EBENEN_WORTE)
    pruefungen = zeilen(
        con,
        "from protokoll.pruefung where kommune in (?, '-') order by schwere, kommune desc, datei, pruefung",
        kurz,
    )
    gebiete = _gruppen(
        con, kommune, definitionen, alle_gruppen,
        f"ist_kommune, gebiet_id = 'unbekannt', list_position([{ebenen}], gebietsebene) nulls last, "
        "gebiet collate de, gebiet_id",
    )  # fmt: skip
    geschlecht = _gruppen(
        con, kommune, definitionen,
        f"{ganze_kommune} and m.altersgruppe = '{INSGESAMT}' and exists (from marts.migrationshintergrund as o where "
        "o.kommune = m.kommune and o.stichtag = m.stichtag and o.profil = m.profil and o.quelle = m.quelle "
        f"and o.geschlecht <> '{INSGESAMT}')",
        f"list_position([{geschlechter}], geschlecht) nulls last",
    )  # fmt: skip
    alter = _gruppen(
        con, kommune, definitionen,
        f"{ganze_kommune} and m.geschlecht = '{INSGESAMT}' and exists (from marts.migrationshintergrund as o where "
        "o.kommune = m.kommune and o.stichtag = m.stichtag and o.profil = m.profil and o.quelle = m.quelle "
        f"and o.altersgruppe <> '{INSGESAMT}')",
        f"altersgruppe = '{INSGESAMT}', altersgruppe = 'unbekannt', "
        "try_cast(regexp_extract(altersgruppe, '^\\d+') as integer) nulls last, altersgruppe",
    )  # fmt: skip
    lieferungen = _lieferungen(con, kurz)
    return Bericht(
        kommune=kommune,
        veroeffentlichung=load_id(con, kurz),
        staende=load_staende(con, kommune),
        herkunft=load_herkunft(con, kurz),
        erzeugte=load_generated(con, kurz),
        eingelesen_am=max((li["eingelesen_am"] for li in lieferungen), default=None),
        definitionen=definitionen,
        kennzahlen=_kennzahlen(reihen),
        gebiete=gebiete,
        reihen=reihen,
        geschlecht=geschlecht,
        alter=alter,
        staaten=_staaten(con, kommune),
        staatengruppen=load_staatengruppen(con, kommune),
        merkmale=load_merkmale(con, kommune),
        bewegungen=load_bewegungen(con, kommune),
        nie_zugleich=rows_of(con, "nie_zugleich", kommune=kurz, ags=kommune["ags"])[0]["nie_zugleich"],
        vergleich=_vergleich(con, kommune),
        lieferungen=lieferungen,
        bestanden=[p for p in pruefungen if p["ergebnis"] == BESTANDEN],
        verletzt=[p for p in pruefungen if p["ergebnis"] == VERLETZT],
        unverglichen=[p for p in pruefungen if p["ergebnis"] == NICHTS_ZU_VERGLEICHEN],
    )
