"""Every published table: how the attack uses it, or why it carries no count of the register.

A published table that is not named here fails a test: whoever adds one says here what it tells.
"""

# Read into the system: table → what of it.
GENUTZT: dict[str, str] = {
    "marts.migrationshintergrund": "Zahlen, Anteile, Grenzen und Lokationsquotient jeder Zeile; gedruckte Zahlen als bekannt",
    "marts.mh_kategorie": "Zahlen und Anteile; Kategorien und Generationen als Teile",
    "marts.definitionsvergleich": "Zahlen und Anteile; veröffentlichte Nullen sagen, welche Definition eine andere enthält",
    "marts.staatsangehoerigkeit": "Zahlen, Anteile, Ränge; Staaten als Teile der Einwohner und der Ausländer",
    "marts.staatengruppe": "Zahlen und Anteile; Gruppen als Teile der Ausländer, Staaten als Teile der Gruppen",
    "marts.bezugsland": "Zahlen, Anteile, Ränge; Bezugsländer als Teile der Personen mit MH",
    "marts.optionskennzeichen": "Zahl je Definition als Teil derer, die sie nicht mitzählt",
    "marts.bewegung": "gerundete Zahlen als Grenzen; voriger Bestand und Bewegungen ergeben den Bestand",
    "marts.registermerkmal": "Zahlen und Anteile; Werte als Teile, Merkmale untereinander, mit Staaten und Kategorien",
    "marts.segregation": "Indizes über Gebiete, von denen Zahlen verborgen sind",
    "marts.indikator_zeitreihe": "Zähler, Nenner, Werte, Grenzen, Altersspannen, Mittel; Werte, die andere Zeilen verraten",
    "marts.indikator_trend": "kleinster und größter Wert einer Reihe müssen gezeigte Werte sein",
    "marts.wertespanne": "Anteile und Grenzen",
    "marts.datenstandvergleich": "frühere Zahlen und Unterschiede",
    "marts.massnahme_reichweite": "Größe der Zielgruppe als Zähler oder Nenner ihres Indikators",
    "protokoll.revision": "frühere Werte veröffentlichter Zahlen",
    "protokoll.geheimhaltung": "gerundeter Anteil der geschützten Anzahlen an allen einer Tabelle",
    "dim.kommune": "Mindestfallzahl, Mindestzeile, Gemeindeschlüssel, Hauptherkunftsländer",
    "dim.gebiet": "welche Gebiete zusammen welches ergeben",
    "dim.profil": "Regeln der Definitionen: ob alle Ausländer mitzählen, welche Kategorien sie bilden",
    "dim.indikator": "Zähler, Nenner und Altersgrenzen der Indikatoren",
}  # fmt: skip
# Without any count of the register.
OHNE_REGISTERZAHL: dict[str, str] = {
    "marts.tabellenwert": "Zahlen gelieferter Tabellen; Gedrucktes liest der Angriff in migrationshintergrund",
    "marts.berichtspflicht": "Termine",
    "marts.foerderung": "Geldbeträge",
    "marts.massnahme": "Angaben der Maßnahmen; Personenzahlen darin sind gemeldet, nicht aus dem Register",
    "marts.handlungsfeld_fortschritt": "Zahlen von Maßnahmen",
    "marts.massnahme_haushalt": "Geldbeträge und Stellen",
    "marts.massnahme_meilenstein": "Termine",
    "marts.massnahme_anpassung": "Wortlaut von Beschlüssen",
    "marts.massnahme_aenderung": "Wortlaut von Maßnahmen",
    "marts.vorlage": "Vorlagen",
    "dim.bruch": "Tage und Gründe",
    "dim.bruecke": "Gewichte von Gebieten",
    "dim.quelle": "Titel, Herkunft und Lizenz der Quellen",
    "dim.staat": "Staatsschlüssel",
    "dim.spalte": "Datenwörterbuch",
    "marts.beratungsfolge": "Gremien und Termine",
    "dim.konzept": "Konzept",
    "dim.gremium": "Gremien",
    "dim.massnahme": "Maßnahmenkatalog des Konzepts",
    "dim.leitziel_indikator": "Konzept",
    "dim.handlungsfeld": "Konzept",
    "dim.leitziel": "Konzept",
    "dim.handlungsfeld_zuordnung": "Konzept",
    "dim.indikator_handlungsfeld": "Konzept",
    "dim.ziel": "Zielwerte",
    "protokoll.verknuepfung": "Tage und Rechtsgrundlage",
    "protokoll.lieferung": "Zahlen von Zeilen einer Datei, der ganze Auszug; keine Gliederung",
    "protokoll.pruefung": "Zahlen von Fällen; Regeln des Registers gehen durch die Schwelle (geheimhaltung.befund)",
    "marts.herkunft_der_zahl": "Ansicht auf die Marts, keine eigenen Zahlen",
    "marts.heute": "Ansicht auf die Marts, keine eigenen Zahlen",
    "marts.heute_gebiete": "Ansicht auf die Marts, keine eigenen Zahlen",
    "marts.indikator_reihe": "Ansicht auf die Marts, keine eigenen Zahlen",
    "marts.massnahme_ueberfaellig": "Ansicht auf die Marts, keine eigenen Zahlen",
    "marts.ort_neben_ort": "Ansicht auf die Marts, keine eigenen Zahlen",
}  # fmt: skip

# Figures of tables the attack reads that it does not read itself, and why they tell it nothing more.
UNGELESEN: dict[str, dict[str, tuple[str, ...]]] = {
    "migrationshintergrund": {"aus gezeigten Anzahlen derselben Zeile": ("anteil_auslaender_gerechnet", "anteil_mh_gerechnet")},
    "bewegung": {"Tage zwischen zwei Stichtagen": ("tage",), "gerundete Zahl durch den vorigen Bestand": ("anteil",)},
    "segregation": {"Anzahl der Gebiete, keine Personen": ("anzahl_gebiete",)},
    "indikator_zeitreihe": {
        "aus gezeigten Werten der Reihe oder eines anderen Gebiets": (
            "vergleichswert", "abstand", "verhaeltnis", "vorwert", "veraenderung_vorperiode", "veraenderung_basis", "index_basis",
            "veraenderung_je_jahr", "vergleich_veraenderung", "abstand_veraenderung", "lage_quantil", "lage_quotient",
            "zielabstand", "ziel_tempo",
        ),
        "gesetzt, nicht gezählt": ("abschnitt", "relevanzschwelle", "ziel", "ziel_jahr"),
    },
    "wertespanne": {
        "aus gezeigten Anteilen derselben Tabelle und der Definitionen": (
            "unentscheidbar_spanne", "definition_unten", "definition_oben", "definition_spanne", "stichprobe_spanne",
            "gesamt_unten", "gesamt_oben",
        ),
        "Anzahl der Definitionen, keine Personen": ("anzahl_profile", "anzahl_mindestwerte"),
    },
    "datenstandvergleich": {
        "aus gezeigten Anzahlen derselben Zeile": (
            "einwohner_aenderung", "anteil_mh_alt", "anteil_mh_neu", "anteil_mh_differenz",
        ),
        "Tage zwischen zwei Datenständen": ("nachmeldetage",),
    },
}  # fmt: skip
