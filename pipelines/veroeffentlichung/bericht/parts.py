"""What one page and workbook of the report are made of, from the published file.

Belongs here: loading all parts of one municipality. Does not belong here: what a part says, how it becomes a page (page.py).
"""

from dataclasses import dataclass
from typing import Any

import duckdb

from pipelines.veroeffentlichung.bericht import population_tables as tabellen
from pipelines.veroeffentlichung.bericht.atlas.data import load_atlas
from pipelines.veroeffentlichung.bericht.aussagen.content import Aussage
from pipelines.veroeffentlichung.bericht.aussagen.select import load_aussagen
from pipelines.veroeffentlichung.bericht.brueche import Brueche, load_brueche
from pipelines.veroeffentlichung.bericht.content import Bericht, Zeile
from pipelines.veroeffentlichung.bericht.gebietsprofil.profil import Gebietsprofil, load_profile
from pipelines.veroeffentlichung.bericht.indikatoren.content import Indikatorteil
from pipelines.veroeffentlichung.bericht.indikatoren.gebiete import load_gebietswerte
from pipelines.veroeffentlichung.bericht.indikatoren.section import load_indikatoren_part
from pipelines.veroeffentlichung.bericht.kapitel import Kapitel, load_kapitel
from pipelines.veroeffentlichung.bericht.korrekturen import Korrekturteil, load_korrekturen_part
from pipelines.veroeffentlichung.bericht.lieferungen import Geliefertes, load_delivered
from pipelines.veroeffentlichung.bericht.load import load_bericht
from pipelines.veroeffentlichung.bericht.mappe.konzept import load_measures, load_money
from pipelines.veroeffentlichung.bericht.massnahmen.section import Massnahmenteil, load_massnahmen_part
from pipelines.veroeffentlichung.bericht.ohne_definition import load_without_definition
from pipelines.veroeffentlichung.bericht.spannen import load_spannen
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle


@dataclass(frozen=True)
class Teile:
    """What one page and workbook are made of."""

    b: Bericht
    konzept: Massnahmenteil
    indikatoren: Indikatorteil
    gebietswerte: list[Zeile]
    korrekturen: Korrekturteil
    spannen: Tabelle | None
    ohne_definition: list[Zeile]
    brueche: Brueche
    geliefertes: Geliefertes
    aussagen: list[Aussage]
    kapitel: list[Kapitel]
    massnahmen: list[Zeile]
    foerderung: list[Zeile]
    atlas: dict[str, Any] | None
    profile: list[Gebietsprofil]


def _gezeigt(b: Bericht) -> list[Zeile]:
    """Rows whose figures stand in a table of the page."""
    gruppen = [*(b.gebiete[:1]), *b.geschlecht, *b.alter]
    return [*(z for r in b.reihen for z in r.zeilen), *(z for _, zeilen in gruppen for z in zeilen), *b.vergleich,
            *tabellen.gezeigte_staaten(b)]  # fmt: skip


def load_teile(con: duckdb.DuckDBPyConnection, kommune: Zeile) -> Teile:
    b = load_bericht(con, kommune)
    ohne = [] if b.reihen else load_without_definition(con, kommune)
    indikatoren = load_indikatoren_part(con, kommune, b.definitionen)
    gebiete = load_gebietswerte(con, kommune, b.definitionen, immer=not b.gebiete)
    brueche = load_brueche(con, kommune)
    massnahmen = load_measures(con, kommune["kommune"])
    return Teile(
        b=b,
        konzept=load_massnahmen_part(con, kommune["kommune"]),
        indikatoren=indikatoren,
        gebietswerte=gebiete,
        korrekturen=load_korrekturen_part(con, kommune),
        spannen=load_spannen(con, kommune, b.definitionen),
        ohne_definition=ohne,
        brueche=brueche,
        geliefertes=load_delivered(con, kommune, [*_gezeigt(b), *ohne, *indikatoren.gezeigte_zeilen, *gebiete]),
        aussagen=load_aussagen(con, kommune, b, indikatoren, brueche),
        kapitel=load_kapitel(con, kommune["kommune"], indikatoren),
        massnahmen=massnahmen,
        foerderung=load_money(con, kommune["kommune"]),
        atlas=load_atlas(con, kommune, b.definitionen),
        profile=load_profile(con, b, massnahmen),
    )
