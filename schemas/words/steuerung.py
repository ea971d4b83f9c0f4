"""The words of the tabs beside the measures: money by budget year, milestones, adjustments; and how an effect is rated.

Belongs here: their columns with the usual headers, the names of the tabs. Does not belong here: the columns of the measures
themselves (words/massnahmen.py).
"""

from dataclasses import dataclass

WIRKUNGEN: dict[str, tuple[str, ...]] = {
    "erfolgreich": ("erfolgreich", "voll erreicht"),
    "teilweise": ("teilweise", "teilweise erfolgreich"),
    "nicht": ("nicht", "nicht erfolgreich"),
    "noch_offen": ("noch offen", "offen", "noch nicht bewertet"),
}


@dataclass(frozen=True)
class Nebenblatt:
    """A tab with rows that belong to a measure: its names, its columns, which of them must be filled, which make a row."""

    tabelle: str
    blattnamen: tuple[str, ...]
    titel: str
    koepfe: dict[str, tuple[str, ...]]
    pflicht: tuple[str, ...]
    schluessel: tuple[str, ...]


_NR = ("Nr.", "Lfd. Nr.", "Maßnahme Nr.", "Maßnahmen Nr.", "Maßnahmennummer")
HAUSHALT = Nebenblatt(
    "massnahme_haushalt", ("Haushalt", "Finanzen", "Mittel"), "Haushalt: Plan und Ist je Jahr",
    {
        "massnahme_nr": _NR,
        "jahr": ("Haushaltsjahr", "Jahr"),
        "aufwand_plan": ("Aufwand Plan", "Plan Aufwand", "Aufwand Ansatz"),
        "aufwand_ist": ("Aufwand Ist", "Ist Aufwand", "Aufwand Ergebnis"),
        "ertrag_plan": ("Ertrag Plan", "Plan Ertrag", "Ertrag Ansatz"),
        "ertrag_ist": ("Ertrag Ist", "Ist Ertrag", "Ertrag Ergebnis"),
        "mittelherkunft": ("Mittelherkunft", "Finanzierung", "Fördermittelgeber"),
        "foerderende": ("Förderende", "Förderung bis", "Ende der Förderung"),
        "vzae_befristet": ("VZÄ befristet", "Stellen befristet"),
        "vzae_unbefristet": ("VZÄ unbefristet", "Stellen unbefristet"),
        "bemerkung": ("Bemerkung", "Anmerkung"),
    },
    ("massnahme_nr", "jahr"), ("massnahme_nr", "jahr"),
)  # fmt: skip
MEILENSTEINE = Nebenblatt(
    "massnahme_meilenstein", ("Meilensteine",), "Meilensteine der Maßnahmen",
    {
        "massnahme_nr": _NR,
        "meilenstein": ("Meilenstein", "Schritt"),
        "geplant_am": ("geplant bis", "Termin", "geplant"),
        "erreicht_am": ("erreicht am", "erreicht"),
        "bemerkung": ("Bemerkung", "Anmerkung"),
    },
    ("massnahme_nr", "meilenstein", "geplant_am"), ("massnahme_nr", "meilenstein"),
)  # fmt: skip
ANPASSUNGEN = Nebenblatt(
    "massnahme_anpassung", ("Anpassungen", "Steuerung"), "Anpassungen, die die Steuerungsgruppe beschlossen hat",
    {
        "massnahme_nr": _NR,
        "datum": ("Datum", "Sitzung", "beschlossen am"),
        "gremium_name": ("Gremium", "Beschlossen von"),
        "anpassung": ("Anpassung", "Beschlossene Anpassung", "Änderung"),
        "begruendung": ("Begründung", "Grund"),
    },
    ("massnahme_nr", "datum", "anpassung"), ("massnahme_nr", "datum", "anpassung"),
)  # fmt: skip
NEBENBLAETTER = (HAUSHALT, MEILENSTEINE, ANPASSUNGEN)
