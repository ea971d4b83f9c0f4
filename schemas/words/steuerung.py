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
# What people write instead: proposed when the rating is unknown, never read.
WIRKUNG_GEMEINT = {
    "sehr gut": "erfolgreich", "gut": "erfolgreich", "voll erfolgreich": "erfolgreich", "ja": "erfolgreich",
    "erreicht": "erfolgreich", "mittel": "teilweise", "befriedigend": "teilweise", "zum Teil": "teilweise",
    "schlecht": "nicht", "nein": "nicht", "wirkungslos": "nicht", "unklar": "noch_offen", "unbekannt": "noch_offen",
    "zu früh": "noch_offen",
}  # fmt: skip


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
# Headers that people write instead, in their form of comparison: proposed, never read, as they do not say whether Plan or Ist.
KOPF_GEMEINT = {
    "ausgaben": "Aufwand Ist", "kosten": "Aufwand Ist", "aufwand": "Aufwand Ist", "ist": "Aufwand Ist", "ergebnis": "Aufwand Ist",
    "plan": "Aufwand Plan", "ansatz": "Aufwand Plan", "budget": "Aufwand Plan", "einnahmen": "Ertrag Ist", "ertrag": "Ertrag Ist",
    "förderung": "Ertrag Ist", "frist": "geplant bis", "fällig": "geplant bis", "erledigt": "erreicht am",
    "erledigt am": "erreicht am", "beschluss": "Anpassung",
}  # fmt: skip
