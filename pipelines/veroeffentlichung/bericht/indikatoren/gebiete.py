"""The towns of a county, or other areas the report has no figures of elsewhere, by indicator: value, rank, location quotient.

Belongs here: this one table. Does not belong here: areas by definition of Migrationshintergrund
(veroeffentlichung/bericht/population_tables.py).
"""

from collections.abc import Sequence
from typing import Any

import duckdb

from pipelines.veroeffentlichung.bericht.content import INSGESAMT, Definition, Zeile
from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
from pipelines.veroeffentlichung.bericht.numbers import GEHEIM_CODES, datum, status_wort
from pipelines.veroeffentlichung.bericht.orte import in_ort
from pipelines.veroeffentlichung.bericht.query import zeilen
from pipelines.veroeffentlichung.bericht.staaten import Staatsnamen
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow, Zelle

KREIS_STELLEN = 5  # an AGS of five digits is a county's


def load_gebietswerte(
    con: duckdb.DuckDBPyConnection, kommune: Zeile, definitionen: Sequence[Definition], immer: bool
) -> list[Zeile]:
    """Values of the areas below the municipality at each indicator's latest day that has any; a town's own only if `immer`.

    Of several definitions the first; all ages, both sexes together.
    """
    if not immer and len(kommune["ags"]) != KREIS_STELLEN:
        return []
    folge = {d.profil: i for i, d in enumerate(definitionen)}
    alle = zeilen(
        con,
        f"""
        select z.*, i.name, i.nummer
        from marts.indikator_zeitreihe as z
        inner join dim.indikator as i on z.indikator = i.indikator
        where z.kommune = ? and z.gebiet_id <> ? and z.gebiet_id <> 'unbekannt' and z.geschlecht = '{INSGESAMT}'
            and z.altersgruppe = '{INSGESAMT}' and not starts_with(z.gruppe, '{worte.STAAT}')
        qualify z.zeitraum = max(z.zeitraum) filter (where z.wert is not null or z.status in {GEHEIM_CODES}) over (
            partition by z.indikator, z.profil, z.gruppe, z.ebene
        )
        order by i.nummer, z.ebene, z.gruppe, z.lage_rang nulls last, z.gebiet collate de, z.gebiet_id
        """,
        kommune["kommune"], kommune["ags"],
    )  # fmt: skip
    erste: dict[tuple[Any, ...], str] = {}
    for z in alle:
        stelle = (z["indikator"], z["gruppe"])
        erste[stelle] = min(erste.get(stelle, z["profil"]), z["profil"], key=lambda p: (folge.get(p, 99), p))
    return [z for z in alle if erste[(z["indikator"], z["gruppe"])] == z["profil"]]


def gebietswerte(
    kommune: Zeile, werte: Sequence[Zeile], definitionen: Sequence[Definition], staaten: Staatsnamen
) -> Tabelle | None:
    """One block for each indicator and group, highest value first; areas without a value are named under the table."""
    if not werte:
        return None
    namen = {d.profil: d.name for d in definitionen}
    reihen: list[TableRow] = []
    fehlend: dict[str, list[str]] = {}
    voriger = ""
    for z in werte:
        zusatz = "" if z["gruppe"] == INSGESAMT else f", {worte.gruppe(z['gruppe'], staaten.am(z['stichtag']))}"
        definition = "" if z["profil"] == "-" else f", Definition {namen.get(z['profil'], z['profil'])}"
        beispiel = ", Beispieldaten" if z["beispieldaten"] else ""
        titel = f"{worte.kachel(z, worte.zaehlung(z))}{zusatz}{definition} am {datum(z['stichtag'])}{beispiel}"
        if z["wert"] is None and z["status"] not in GEHEIM_CODES:
            fehlend.setdefault(f"{titel}: {status_wort(z['status'])}", []).append(z["gebiet"])
            continue
        if titel != voriger:
            reihen.append(TableRow((titel,), zwischentitel=True))
            voriger = titel
        rang: Zelle = (
            f"{z['lage_rang']} von {z['lage_gebiete']}"
            if z["lage_rang"] is not None and z["lage_gebiete"] > 1
            else "kein Rang"
        )
        quotient = worte.verhaeltnis(z["lage_quotient"]) if z["lage_quotient"] is not None else "nicht bestimmbar"
        reihen.append(TableRow((z["gebiet"], worte.indikatorwert(z), rang, quotient)))
    wort = "Städte und Gemeinden" if len(kommune["ags"]) == KREIS_STELLEN else "Gebiete"
    return Tabelle(
        f"{wort} {in_ort(kommune['name'])} nach Indikator",
        ("Gebiet", "Wert", "Rang (1 = höchster Wert)", "Verhältnis zum ganzen Ort"),
        tuple(reihen),
        anmerkungen=(
            "Ein hoher Rang ist weder gut noch schlecht. Verhältnis zum ganzen Ort (Lagequotient): Wert des Gebiets durch "
            "den Wert der ganzen Kommune; 1,00 heißt gleich. Bei Anzahlen ist es der Anteil des Gebiets.",
            *(f"Ohne Wert – {titel}: {', '.join(orte)}." for titel, orte in fehlend.items()),
        ),
    )  # fmt: skip
