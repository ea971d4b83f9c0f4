"""The report's part on the Integrationskonzept: fields, measures, what has not begun and why, changes, duties, papers, funding.

Belongs here: which rows of the published file this part shows. Does not belong here: what its tables say (concept.py, tables.py,
values.py), figures of the population (veroeffentlichung/bericht/population_tables.py) and how a page looks (templates/).
"""

from dataclasses import dataclass, field

import duckdb

from pipelines.veroeffentlichung.bericht.content import Zeile
from pipelines.veroeffentlichung.bericht.massnahmen.concept import beratungstabelle, konzepttabelle, leitzieltabelle
from pipelines.veroeffentlichung.bericht.massnahmen.outcome import (
    adjustment_table,
    budget_table,
    means_table,
    milestone_table,
    outcome_table,
)
from pipelines.veroeffentlichung.bericht.massnahmen.sheets import load_sheets
from pipelines.veroeffentlichung.bericht.massnahmen.tables import (
    aenderungstabelle,
    berichtstabelle,
    foerdertabelle,
    fortschrittstabelle,
    massnahmentabelle,
    tabelle_ohne_beginn,
    vorlagentabelle,
)
from pipelines.veroeffentlichung.bericht.massnahmen.values import VEREINBARKEIT, istwerte, vereinbarkeit
from pipelines.veroeffentlichung.bericht.massnahmen.words import staende
from pipelines.veroeffentlichung.bericht.query import rows_of, zeilen
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle


@dataclass(frozen=True)
class Massnahmenteil:
    """All tables of this part; None where the municipality has nothing of the kind.

    `beispiel`: states are invented; `ganz_beispiel`: all of them.
    """

    beispiel: bool
    ganz_beispiel: bool
    konzepte: Tabelle | None
    leitziele: Tabelle | None
    beratung: Tabelle | None
    ergebnis: Tabelle | None
    mittel: Tabelle | None
    haushalt: Tabelle | None
    meilensteine: Tabelle | None
    anpassungen: Tabelle | None
    fortschritt: Tabelle | None
    massnahmen: Tabelle | None
    ohne_beginn: Tabelle | None
    aenderungen: Tabelle | None
    berichte: Tabelle | None
    vorlagen: Tabelle | None
    vereinbarkeit: Tabelle | None
    istwerte: Tabelle | None
    foerderung: Tabelle | None
    blaetter: dict[str, list[Zeile]] = field(default_factory=dict)

    @property
    def leer(self) -> bool:
        return not any(
            (self.konzepte, self.fortschritt, self.massnahmen, self.berichte, self.vorlagen, self.foerderung)
        )


def _concept_tables(
    con: duckdb.DuckDBPyConnection, kommune: str
) -> tuple[Tabelle | None, Tabelle | None, Tabelle | None]:
    """Versions of the concept, indicators of its goals, bodies and days."""
    konzepte = zeilen(con, "from dim.konzept where kommune = ? order by gueltig_von nulls first, konzept", kommune)
    leitziele = rows_of(con, "leitziele", kommune=kommune)
    beratung = zeilen(
        con, "from marts.beratungsfolge where kommune = ? order by termin nulls first, vorlage_nr, reihenfolge", kommune
    )
    return konzepttabelle(konzepte), leitzieltabelle(leitziele), beratungstabelle(beratung, konzepte)


def load_massnahmen_part(con: duckdb.DuckDBPyConnection, kommune: str) -> Massnahmenteil:
    """Everything this part shows of one municipality; of measures the latest state."""
    massnahmen = sorted(
        rows_of(con, "massnahmen", kommune=kommune),
        key=lambda m: (m["reihenfolge"] is None, m["reihenfolge"] or 0, m["massnahme_nr"]),
    )
    fortschritt = rows_of(con, "fortschritt", kommune=kommune)
    aenderungen = zeilen(
        con, "from marts.massnahme_aenderung where kommune = ? order by stand desc, massnahme_nr, art", kommune
    )
    berichte = zeilen(
        con, "from marts.berichtspflicht where kommune = ? order by faellig_am nulls last, bericht", kommune
    )
    vorlagen = zeilen(con, "from marts.vorlage where kommune = ? order by datum, vorlage_nr", kommune)
    anteile = zeilen(
        con,
        f"from marts.indikator_zeitreihe where kommune = ? and indikator in {tuple(VEREINBARKEIT)} and wert is not null "
        "order by stichtag, indikator",
        kommune,
    )
    foerderung = zeilen(con, "from marts.foerderung where kommune = ? order by programm, jahr, baustein", kommune)
    stand, blaetter = staende(massnahmen), load_sheets(con, kommune)
    konzepte, leitziele, beratung = _concept_tables(con, kommune)
    ohne_feld = sum(m["feldname"] is None and m["status"] != "idee" for m in massnahmen)
    return Massnahmenteil(
        beispiel=any(m["beispieldaten"] for m in massnahmen),
        ganz_beispiel=all(m["beispieldaten"] for m in massnahmen),
        konzepte=konzepte,
        leitziele=leitziele,
        beratung=beratung,
        ergebnis=outcome_table(massnahmen, stand),
        mittel=means_table(massnahmen),
        haushalt=budget_table(blaetter.get("Haushalt", ())),
        meilensteine=milestone_table(blaetter.get("Meilensteine", ())),
        anpassungen=adjustment_table(blaetter.get("Anpassungen", ())),
        blaetter=blaetter,
        fortschritt=fortschrittstabelle(fortschritt, ohne_feld),
        massnahmen=massnahmentabelle(massnahmen, stand),
        ohne_beginn=tabelle_ohne_beginn(massnahmen),
        aenderungen=aenderungstabelle(aenderungen),
        berichte=berichtstabelle(berichte),
        vorlagen=vorlagentabelle(vorlagen),
        vereinbarkeit=vereinbarkeit(anteile),
        istwerte=istwerte(massnahmen, stand),
        foerderung=foerdertabelle(foerderung),
    )
