"""The clues a definition may use: their names and what they mean.

Belongs here: the closed vocabulary of profile rules. The clues themselves are computed in
sql/melderegister/merkmale.sql; a test holds the two against each other.
"""

MERKMALE: dict[str, str] = {
    "deutsch": "eine deutsche Staatsangehörigkeit steht in irgendeinem Schlüsselfeld (leer, wenn nur 999 dasteht)",
    "auslaender": "keine deutsche Staatsangehörigkeit; 997 (staatenlos) und 998 (ungeklärt) zählen dazu (leer bei 999)",
    "auslaendische_sta": "mindestens eine ausländische Staatsangehörigkeit (ohne 910, 997, 998, 999)",
    "eingebuergert": "Art der deutschen Staatsangehörigkeit ist »einbuergerung«; fehlt die Art, gilt nein",
    "aussiedler": "Art der deutschen Staatsangehörigkeit ist »aussiedler«; fehlt die Art, gilt nein",
    "option": "Optionskennzeichen; immer nein, solange die Kommune es nicht mit Rechtsgrundlage einschaltet",
    "deutsch_durch_geburt": "Art der deutschen Staatsangehörigkeit ist »geburt«; fehlt die Art, gilt nein",
    "geburt_ausland": "außerhalb der heutigen Grenzen geboren (leer, wenn Ort und Staat fehlen)",
    "geburt_aussiedlungsgebiet": "in einem Aussiedlungsgebiet geboren (Staatenliste; leer, wenn unbekannt)",
    "vertrieben_vermutet": "vor 1950 in einem Vertreibungsgebiet geboren und kein Zuzug ab 1950 bekannt (Vorschlag)",
    "zuzug_ab_1950": "letzter Zuzug aus dem Ausland ab dem 1.1.1950 (leer, wenn kein Datum bekannt ist)",
    "zuzug_ausland": "ein Zuzugsstaat außerhalb Deutschlands ist eingetragen (leer, wenn keiner eingetragen ist)",
    "geboren_ab_1950": "Geburtsjahr 1950 oder später",
    "geboren_ab_1990": "Geburtsjahr 1990 oder später",
    "geboren_ab_2000": "Geburtsjahr 2000 oder später",
    "staatsangehoerigkeit_fehlt": "keine Staatsangehörigkeit bekannt (nur 999)",
    "geburtsort_fehlt": "weder Geburtsort noch Geburtsstaat bekannt",
    "alter": "vollendete Lebensjahre am Stichtag",
}

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
