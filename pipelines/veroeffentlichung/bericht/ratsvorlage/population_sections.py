"""Sections of a paper on the population: its picture, areas, nationalities, development, further figures delivered.

Belongs here: which tables and pictures these sections have. Does not belong here: measures, fields, method (build.py).
"""

from dataclasses import replace

from pipelines.veroeffentlichung.bericht import population_tables as tabellen
from pipelines.veroeffentlichung.bericht.brueche import bruchsaetze
from pipelines.veroeffentlichung.bericht.ohne_definition import ohne_definition
from pipelines.veroeffentlichung.bericht.ratsvorlage.area_table import make_area_table
from pipelines.veroeffentlichung.bericht.ratsvorlage.arten import Vorlagenteil
from pipelines.veroeffentlichung.bericht.ratsvorlage.content import Abschnitt
from pipelines.veroeffentlichung.bericht.ratsvorlage.material import Material, tell_section
from pipelines.veroeffentlichung.bericht.ratsvorlage.narrow import pick_columns
from pipelines.veroeffentlichung.bericht.ratsvorlage.series_table import make_series_table
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle

GEBIETE = (
    "Gebiet",
    "Einwohner:innen",
    "Ausländer:innen",
    "Personen mit Migrationshintergrund",
    "Anteil mit Migrationshintergrund",
)
ZEITREIHE = ("Stichtag", "Einwohner:innen", "Ausländer:innen", "Personen mit Migrationshintergrund", "Anteil")
GELIEFERTE, FUNDSTELLE = 30, "Fundstelle"
STAATEN = 5  # the most frequent; further ones are in the report
OHNE_DEFINITION = "Nach einer Definition des Migrationshintergrunds ist nichts veröffentlicht."
OHNE_REIHE = "Noch keine Zahl hat zwei Werte, die sich vergleichen lassen."
BEVOELKERUNG = ("dem_einw", "dem_ausl", "dem_ausl_anteil")  # what the table of inhabitants and foreigners tells
OHNE_MH = ("Stichtag", "Einwohner:innen", "Ausländer:innen", "Anteil Ausländer:innen", "Quelle")


def tell_bevoelkerung(s: Material) -> list[Abschnitt]:
    """The picture of the shares by area; its table stands below »Gebiete« where the paper has that."""
    bild = next((bild for name, bild in s.bilder.items() if name.startswith("gebiete-")), None)
    return tell_section(Vorlagenteil.bevoelkerung, bild, sonst=OHNE_DEFINITION)


def tell_gebiete(s: Material) -> list[Abschnitt]:
    """Areas by definition where a definition has any, and the others by indicator."""
    gezeichnet = s.knapp and any(name.startswith("gebiete-") for name in s.bilder)
    tabelle = None if gezeichnet else pick_columns(tabellen.gebiete(s.t.b, s.t.indikatoren.remarks), GEBIETE)
    if tabelle:
        zeilen = s.t.b.gebiete[0][1]
        quellen = "; ".join(dict.fromkeys(str(z["herkunft"]) for z in zeilen if z["herkunft"]))
        tabelle = replace(
            tabelle, anmerkungen=(*tabelle.anmerkungen[1:], f"Quelle: {quellen or '–'}."), marke=s.t.b.marke(zeilen)
        )
    weitere = make_area_table(s.t.b.kommune, s.t.gebietswerte, s.t.indikatoren)
    if gezeichnet and not weitere:  # the picture of the population tells them
        return []
    return tell_section(Vorlagenteil.gebiete, weitere, tabelle)


def tell_delivered(s: Material) -> list[Abschnitt]:
    """What was delivered and stands in no other section; nothing where that is a list of its own length (it is in the report)."""
    tabelle = s.t.geliefertes.tabelle
    if tabelle is None or len(tabelle.reihen) > GELIEFERTE:
        return []
    tabelle = pick_columns(tabelle, [k for k in tabelle.kopf if k != FUNDSTELLE])
    return tell_section(Vorlagenteil.geliefert, tabelle and replace(tabelle, titel=Vorlagenteil.geliefert.value))


def tell_staaten(s: Material) -> list[Abschnitt]:
    tabelle = tabellen.staaten(s.t.b, s.t.indikatoren.remarks, STAATEN)
    if tabelle:
        tabelle = replace(tabelle, marke=s.t.b.marke(tabellen.gezeigte_staaten(s.t.b)))
    return tell_section(Vorlagenteil.staaten, tabelle)


def tell_entwicklung(s: Material) -> list[Abschnitt]:
    """The population over time: by the first definition, or inhabitants and foreigners with the series of indicators."""
    if tabelle := tabellen.zeitreihe(s.t.b, bruchsaetze(s.t.b.reihen, s.t.brueche)):
        haupt = s.t.b.reihen[0]
        tabelle = replace(_keep_first_definition(tabelle), titel=f"{tabelle.titel}, Definition {haupt.name}",
                          anmerkungen=bruchsaetze(s.t.b.reihen[:1], s.t.brueche), marke=s.t.b.marke(haupt.zeilen))  # fmt: skip
        return tell_section(Vorlagenteil.entwicklung, s.bilder.get("zeitreihe"), tabelle)
    bevoelkerung = pick_columns(ohne_definition(s.t.b.kommune, s.t.ohne_definition, s.t.indikatoren.remarks), OHNE_MH)
    bevoelkerung = bevoelkerung and replace(bevoelkerung, titel="Einwohner:innen und Ausländer:innen")
    return tell_section(
        Vorlagenteil.entwicklung, s.bilder.get("indikator"), bevoelkerung,
        make_series_table(s.t.indikatoren, BEVOELKERUNG if bevoelkerung else ()), sonst=OHNE_REIHE,
    )  # fmt: skip


def _keep_first_definition(tabelle: Tabelle) -> Tabelle:
    """Only the columns of the first definition: the label, the counts, its persons and share."""
    breite = len(ZEITREIHE) + 1
    return replace(tabelle, kopf=tabelle.kopf[:breite], gruppen=(),
                   reihen=tuple(replace(r, zellen=r.zellen[:breite]) for r in tabelle.reihen))  # fmt: skip
