"""Foreigners by group of states: EU, Drittstaaten and their continents, of the municipality and by area.

Belongs here: which rows the report shows of them, and its two tables. Does not belong here: single states
(population_tables.py), the sheet of the workbook (workbook.py).
"""

from collections.abc import Sequence

import duckdb

from pipelines.veroeffentlichung.bericht.content import EBENEN_WORTE, INSGESAMT, REGISTER, Bericht, Zeile
from pipelines.veroeffentlichung.bericht.numbers import anteil, anzahl, datum
from pipelines.veroeffentlichung.bericht.orte import in_ort
from pipelines.veroeffentlichung.bericht.query import zeilen
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow

EU, DRITTSTAATEN, SONSTIGE = "EU", "Drittstaaten", "sonstige"
WER = "EU: wer am Stichtag einem Mitgliedstaat angehörte. Drittstaaten: alle anderen Ausländer:innen."


def load_staatengruppen(con: duckdb.DuckDBPyConnection, kommune: Zeile) -> list[Zeile]:
    """All rows of the latest Stichtag, areas by level and name, the municipality last."""
    ebenen = ", ".join(f"'{e}'" for e in EBENEN_WORTE)
    return zeilen(
        con,
        f"""
        select *, '{REGISTER}' as quelle, gebiet_id = $2 as ist_kommune
        from marts.staatengruppe
        where kommune = $1
        qualify dense_rank() over (order by stichtag desc) = 1
        order by
            ist_kommune, list_position([{ebenen}], ebene) nulls last, gebiet collate de, gebiet_id,
            list_position(['{INSGESAMT}', '{EU}', '{DRITTSTAATEN}'], staatengruppe) nulls last,
            staatengruppe = '{SONSTIGE}', staatengruppe collate de,
            list_position(['{INSGESAMT}', 'w', 'm'], geschlecht)
        """,
        kommune["kommune"],
        kommune["ags"],
    )


def _row(alle: Sequence[Zeile], gruppe: str, geschlecht: str = INSGESAMT) -> Zeile | None:
    return next((z for z in alle if (z["staatengruppe"], z["geschlecht"]) == (gruppe, geschlecht)), None)


def staatengruppen(b: Bericht) -> Tabelle | None:
    """The groups of the whole municipality, with women and men."""
    stadt = [z for z in b.staatengruppen if z["ist_kommune"]]
    if not stadt:
        return None
    gruppen = [z["staatengruppe"] for z in stadt if z["geschlecht"] == INSGESAMT]
    reihen = tuple(
        TableRow(
            (
                g if g in (INSGESAMT, EU, DRITTSTAATEN) else f"davon {g}",
                anzahl(_row(stadt, g), "personen"), anteil(_row(stadt, g), "anteil"),
                anzahl(_row(stadt, g, "w"), "personen"), anzahl(_row(stadt, g, "m"), "personen"),
            ),
            summe=g == INSGESAMT,
        )
        for g in sorted(gruppen, key=lambda g: g == INSGESAMT)
    )  # fmt: skip
    sonstige = "Sonstige: seltene Erdteile, staatenlos und ungeklärt."
    return Tabelle(
        f"Ausländer:innen {in_ort(b.kommune['name'])} nach Staatengruppe am {datum(stadt[0]['stichtag'])}",
        ("Staatengruppe", "Ausländer:innen", "Anteil an allen Einwohner:innen", "weiblich", "männlich"),
        reihen,
        anmerkungen=(f"{WER}{f' {sonstige}' if SONSTIGE in gruppen else ''}",),
    )


def staatengruppen_je_gebiet(b: Bericht) -> Tabelle | None:
    """EU and Drittstaaten by area, the municipality last."""
    je: dict[str, list[Zeile]] = {}
    for z in b.staatengruppen:
        je.setdefault(z["gebiet_id"], []).append(z)
    if not any(not alle[0]["ist_kommune"] for alle in je.values()):
        return None
    ebenen = {alle[0]["ebene"] for alle in je.values() if not alle[0]["ist_kommune"]}
    reihen: list[TableRow] = []
    vorige = None
    for alle in je.values():
        erste, ebene = alle[0], str(alle[0]["ebene"])
        if len(ebenen) > 1 and not erste["ist_kommune"] and ebene != vorige:
            reihen.append(TableRow((EBENEN_WORTE.get(ebene, ebene),), zwischentitel=True))
        vorige = ebene
        eu, dritte = _row(alle, EU), _row(alle, DRITTSTAATEN)
        reihen.append(TableRow(
            (erste["gebiet"], anzahl(_row(alle, INSGESAMT), "personen"), anzahl(eu, "personen"), anteil(eu, "anteil"),
             anzahl(dritte, "personen"), anteil(dritte, "anteil")),
            summe=erste["ist_kommune"],
        ))  # fmt: skip
    tag = datum(b.staatengruppen[0]["stichtag"])
    return Tabelle(
        f"EU und Drittstaaten nach Gebiet am {tag}",
        ("Gebiet", "Ausländer:innen", "EU", "Anteil EU", "Drittstaaten", "Anteil Drittstaaten"),
        tuple(reihen),
        anmerkungen=(
            "Anteile an allen Einwohner:innen des Gebiets. Erdteile je Gebiet und Frauen und Männer je Gebiet stehen in der "
            "Arbeitsmappe.",
            *(("Gebiete verschiedener Gliederungsebenen überschneiden sich und dürfen nicht addiert werden.",)
              if len(ebenen) > 1 else ()),
        ),
    )  # fmt: skip
