"""The clues a definition may use: their names and what they mean.

Belongs here: the closed vocabulary of profile rules. The clues themselves are computed in
sql/melderegister/merkmale.sql; a test holds the two against each other. Clues of a year stand here with their SQL.
"""

import re

MERKMALE: dict[str, str] = {
    "deutsch": "eine deutsche Staatsangehörigkeit steht in irgendeinem Schlüsselfeld (leer, wenn nur 999 dasteht)",
    "auslaender": "keine deutsche Staatsangehörigkeit; 997 (staatenlos) und 998 (ungeklärt) zählen dazu (leer bei 999)",
    "auslaendische_sta": "mindestens eine ausländische Staatsangehörigkeit (ohne 910, 997, 998, 999)",
    "eingebuergert": "Art der deutschen Staatsangehörigkeit ist »einbuergerung«; fehlt die Art, gilt nein",
    "aussiedler": "Art der deutschen Staatsangehörigkeit ist »aussiedler«; fehlt die Art, gilt nein",
    "durch_erklaerung": "Art der deutschen Staatsangehörigkeit ist »erklaerung«; fehlt die Art, gilt nein",
    "option": "Optionskennzeichen; immer nein, solange die Kommune es nicht mit Rechtsgrundlage einschaltet",
    "deutsch_durch_geburt": "Art der deutschen Staatsangehörigkeit ist »geburt«; fehlt die Art, gilt nein",
    "geburt_ausland": "außerhalb der heutigen Grenzen geboren (leer, wenn Ort und Staat fehlen)",
    "geburt_aussiedlungsgebiet": "in einem Aussiedlungsgebiet geboren (Staatenliste; leer, wenn unbekannt)",
    "zuzug_ausland": "ein Zuzugsstaat außerhalb Deutschlands ist eingetragen (leer, wenn keiner eingetragen ist)",
    "staatsangehoerigkeit_fehlt": "keine Staatsangehörigkeit bekannt (nur 999)",
    "geburtsort_fehlt": "weder Geburtsort noch Geburtsstaat bekannt",
    "alter": (
        "vollendete Lebensjahre am Stichtag; fehlt im Register der Tag, gilt der 15., fehlt auch der Monat, der 1. Juli "
        "(Vorschlag)"
    ),
}

# Clues of a year, written `geboren_ab(1990)`: meaning, and the SQL over a person `{p}` for the year `{jahr}`.
JAHRESMERKMALE: dict[str, tuple[str, str]] = {
    "geboren_ab": (
        "in diesem Jahr oder später geboren (leer, wenn kein Geburtsjahr bekannt ist)",
        "{p}.geburtsjahr >= {jahr}",
    ),
    "zugezogen_ab": (
        "letzter Zuzug aus dem Ausland in diesem Jahr oder später (leer, wenn kein Datum bekannt ist)",
        "{p}.zuzug_jahr >= {jahr}",
    ),
    "vertrieben_vermutet": (
        "vor diesem Jahr in einem Vertreibungsgebiet geboren und kein Zuzug ab diesem Jahr bekannt (Vorschlag)",
        "coalesce({p}.geburtsjahr < {jahr} and {p}.geburt_vertreibungsgebiet "
        "and ({p}.zuzug_jahr is null or {p}.zuzug_jahr < {jahr}), false)",
    ),
}

# Names of earlier versions, still read in a municipality's own profiles.
FRUEHERE_NAMEN: dict[str, str] = {
    "zuzug_ab_1950": "zugezogen_ab(1950)",
    "geboren_ab_1950": "geboren_ab(1950)",
    "geboren_ab_1990": "geboren_ab(1990)",
    "geboren_ab_2000": "geboren_ab(2000)",
    "vertrieben_vermutet": "vertrieben_vermutet(1950)",
}
JAHRE = (1900, 2100)
_MIT_JAHR = re.compile(rf"({'|'.join(JAHRESMERKMALE)})\((\d{{4}})\)")


def jahresmerkmal(name: str) -> tuple[str, int] | None:
    """Clue and year of `geboren_ab(1990)`; None for any other name."""
    treffer = _MIT_JAHR.fullmatch(name)
    return (treffer[1], int(treffer[2])) if treffer else None


def jahres_sql(name: str, tabelle: str) -> str:
    """SQL of a clue of a year over the persons of `tabelle`."""
    merkmal, jahr = jahresmerkmal(name) or ("", 0)
    return JAHRESMERKMALE[merkmal][1].format(p=tabelle, jahr=jahr)


# Per profile, because its family rule says which linked parents are looked at.
ELTERNMERKMALE: dict[str, str] = {
    "eltern_bekannt": "Zahl der verknüpften Eltern, die die Familienregel betrachtet (0–2)",
    "eltern_mit": "wie viele davon die Bedingung »elternteil« erfüllen",
    "eltern_ohne": "wie viele davon sie nicht erfüllen",
    "eltern_unklar": "bei wie vielen davon sie sich nicht entscheiden lässt",
    "eltern_auslaender": "wie viele verknüpfte Eltern (jeden Alters des Kindes, jeder Adresse) Ausländer sind",
}

# Only in the condition on a parent: whether the parent has MH by the rules that need no parents.
EIGENES_MH = "eigenes_mh"
