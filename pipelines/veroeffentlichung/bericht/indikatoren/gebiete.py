"""The towns of a county, or other areas the report has no figures of elsewhere, by indicator: value, rank, location quotient.

Belongs here: this one table. Does not belong here: areas by definition of Migrationshintergrund
(veroeffentlichung/bericht/population_tables.py).
"""

from collections.abc import Sequence
from typing import Any

import duckdb

from pipelines.veroeffentlichung.bericht.bemerkungen import NONE, Remarks, tell_area_remarks
from pipelines.veroeffentlichung.bericht.content import INSGESAMT, Definition, Zeile
from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
from pipelines.veroeffentlichung.bericht.indikatoren.lage import tell_rank
from pipelines.veroeffentlichung.bericht.numbers import GEHEIM_CODES, KEIN_WERT, datum, status_wort
from pipelines.veroeffentlichung.bericht.orte import in_ort
from pipelines.veroeffentlichung.bericht.query import zeilen
from pipelines.veroeffentlichung.bericht.staaten import Staatsnamen
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow, Zelle

KREIS_STELLEN = 5  # an AGS of five digits is a county's


def load_gebietswerte(
    con: duckdb.DuckDBPyConnection, kommune: Zeile, definitionen: Sequence[Definition], immer: bool
) -> list[Zeile]:
    """Values of the areas below the municipality, and of the county above it, at each indicator's latest day that has any;
    a town's own only if `immer`.

    Of several definitions the first; all ages, both sexes together.
    """
    if not immer and len(kommune["ags"]) != KREIS_STELLEN:
        return []
    folge = {d.profil: i for i, d in enumerate(definitionen)}
    alle = zeilen(
        con,
        f"""
        select
            z.*, i.name, i.nummer,
            (
                select count(*)
                from dim.gebiet as g
                where
                    g.kommune = z.kommune and g.ebene = z.ebene and g.gebiet_id <> 'unbekannt'
                    and z.stichtag between coalesce(g.gueltig_von, z.stichtag) and coalesce(g.gueltig_bis, z.stichtag)
            ) as gebiete_der_ebene
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


def is_above(z: Zeile, kommune: Zeile) -> bool:
    """Whether an area is the county that the municipality belongs to: its key begins the municipality's."""
    return str(z["gebiet_id"]) != kommune["ags"] and str(kommune["ags"]).startswith(str(z["gebiet_id"]))


def kreiswerte(kommune: Zeile, werte: Sequence[Zeile], staaten: Staatsnamen) -> Tabelle | None:
    """What is published of the county above the municipality, to compare with; not its areas."""
    oben = [z for z in werte if is_above(z, kommune) and z["wert"] is not None]
    if not oben:
        return None
    reihen = tuple(
        TableRow((
            name_figure(z, staaten), worte.indikatorwert(z), datum(z["stichtag"]), z["herkunft"] or KEIN_WERT,
        ))
        for z in oben
    )  # fmt: skip
    return Tabelle(
        f"Zum Vergleich: {', '.join(dict.fromkeys(str(z['gebiet']) for z in oben))}",
        ("Indikator", "Wert", "Stichtag", "Quelle"),
        reihen,
        anmerkungen=(f"{kommune['name']} ist ein Teil davon.",),
    )


def name_figure(z: Zeile, staaten: Staatsnamen) -> str:
    """An indicator with who is counted and, of a part of the inhabitants, the group."""
    zusatz = "" if z["gruppe"] == INSGESAMT else f", {worte.gruppe(z['gruppe'], staaten.am(z['stichtag']))}"
    return f"{worte.kachel(z, worte.zaehlung(z))}{zusatz}"


def gebietswerte(
    kommune: Zeile,
    werte: Sequence[Zeile],
    definitionen: Sequence[Definition],
    staaten: Staatsnamen,
    remarks: Remarks = NONE,
) -> Tabelle | None:
    """One block for each indicator and group, highest value first; areas without a value are named under the table.

    An area above the municipality is none of its areas: kreiswerte() has its figures.
    """
    werte = [z for z in werte if not is_above(z, kommune)]
    if not werte:
        return None
    namen = {d.profil: d.name for d in definitionen}
    reihen: list[TableRow] = []
    fehlend: dict[str, list[str]] = {}
    voriger = ""
    for z in werte:
        definition = "" if z["profil"] == "-" else f", Definition {namen.get(z['profil'], z['profil'])}"
        beispiel = ", Beispieldaten" if z["beispieldaten"] else ""
        titel = f"{name_figure(z, staaten)}{definition} am {datum(z['stichtag'])}{beispiel}"
        if z["wert"] is None and z["status"] not in GEHEIM_CODES:
            fehlend.setdefault(f"{titel}: {status_wort(z['status'])}", []).append(z["gebiet"])
            continue
        if titel != voriger:
            reihen.append(TableRow((titel,), zwischentitel=True))
            voriger = titel
        rang: Zelle = tell_rank(z, z["gebiete_der_ebene"])
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
            *(("»Von … gelieferten«: unter den Gebieten, für die eine Quelle die Zahl nennt; die anderen können höher oder "
               "niedriger liegen.",) if any("geliefert" in str(r.zellen[2]) for r in reihen if len(r.zellen) > 2) else ()),
            *tell_area_remarks((z for z in werte if z["wert"] is not None), remarks),
            *(f"Ohne Wert – {titel}: {', '.join(orte)}." for titel, orte in fehlend.items()),
        ),
    )  # fmt: skip
