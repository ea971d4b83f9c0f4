"""The columns of delivered tables: measures, value signs, where a figure stood.

Belongs here: what only figures of deliveries have. Does not belong here: columns every table shares (common.py).
"""

from schemas.model import Spalte, override
from schemas.spalten.common import anteil, ja_nein, tag, text

# id → (title, unit, whether areas and breakdowns add up)
MERKMALE: dict[str, tuple[str, str, bool]] = {
    "einwohner": ("Einwohnerinnen und Einwohner", "personen", True),
    "deutsche": ("Deutsche", "personen", True),
    "auslaender": ("Ausländerinnen und Ausländer", "personen", True),
    "personen_mit_mh": ("Personen mit Migrationshintergrund", "personen", True),
    "personen_ohne_mh": ("Personen ohne Migrationshintergrund", "personen", True),
    "deutsche_mit_mh": ("Deutsche mit Migrationshintergrund", "personen", True),
    "anteil_auslaender": ("Ausländeranteil", "prozent", False),
    "anteil_mh": ("Anteil der Personen mit Migrationshintergrund", "prozent", False),
    "zuzuege": ("Zuzüge", "faelle", False),
    "fortzuege": ("Fortzüge", "faelle", False),
    "einbuergerungen": ("Einbürgerungen", "personen", True),
    "mindestsicherung": ("Empfängerinnen und Empfänger von Mindestsicherung", "personen", True),
    "mindestsicherungsquote": ("Mindestsicherungsquote", "prozent", False),
    "leistungsberechtigte_sgb2": ("Leistungsberechtigte nach dem SGB II (Regelleistungen)", "personen", True),
    "hilfe_lebensunterhalt": (
        "Empfänger von Hilfe zum Lebensunterhalt außerhalb von Einrichtungen (SGB XII)",
        "personen",
        True,
    ),
    "grundsicherung": ("Empfänger von Grundsicherung im Alter und bei Erwerbsminderung (SGB XII)", "personen", True),
    "grundsicherung_alter": ("Empfänger von Grundsicherung im Alter (SGB XII)", "personen", True),
    "grundsicherung_erwerbsminderung": (
        "Empfänger von Grundsicherung bei Erwerbsminderung (SGB XII)",
        "personen",
        True,
    ),
    "asylbewerberleistungen": ("Empfänger von Regelleistungen nach dem Asylbewerberleistungsgesetz", "personen", True),
    "flaeche": ("Fläche", "qkm", True),
    "dichte": ("Einwohner je Quadratkilometer", "zahl", False),
}
GROESSEN = ("wert", "zaehler", "nenner")
METHODEN = ("exakt", "gerundet_5", "gerundet_10", "cell_key", "keine")
EINHEITEN = ("personen", "prozent", "promille", "anteil", "faelle", "haushalte", "euro", "jahre", "qkm", "zahl")
ANZAHLEN = ("personen", "faelle", "haushalte")  # units of what is counted
# The signs of German tables (legends of IT.NRW, Nürnberg, Sachsen; see docs/entscheidungen.md); »leer« is an empty cell.
KENNZEICHEN = ("-", "0", ".", "...", "x", "/", "()", "p", "r", "s", "|", "leer")
BEVOELKERUNG = ("hauptwohnung", "wohnberechtigte", "fortschreibung", "azr", "zensus", "mikrozensus", "sonstige")

_ALLE = (
    text("merkmal", "Merkmal", "Was gezählt oder gemessen ist.", muster=r"[a-z][a-z0-9_]*"),
    text("merkmal_titel", "Merkmal in Worten", "Name des Merkmals."),
    text("groesse", "Größe", "wert: die Zahl selbst; zaehler und nenner: woraus eine Quote entsteht.", werte=GROESSEN),
    text("gruppe", "Gruppe", "Gruppe der Quelle (z. B. Erdteil, Staatengruppe, Leistungsart); »insgesamt« enthält alle."),
    Spalte("wert", "DOUBLE", "Wert", "Die gelieferte Zahl in ihrer Einheit; NULL, wo kennzeichen sagt, warum."),
    text("gedruckt", "Gedruckte Zahl", "Die Ziffern der Zelle mit Dezimalpunkt, ungerundet."),
    Spalte("nachgerechnet", "DOUBLE", "Nachgerechneter Wert", "Was Zähler und Nenner derselben Zeile der Quelle ergeben, wo der "
           "gedruckte Anteil daraus nicht folgt (Hinweis gedruckt_weicht_ab); veröffentlicht ist der gedruckte. Sonst NULL."),
    override(Spalte("stellen", "BIGINT", "Nachkommastellen", "Gedruckte Nachkommastellen.", einheit="Stellen", minimum=0)),
    text("kennzeichen", "Kennzeichen", "Zeichen der Quelle: - genau null; 0 weniger als die Hälfte der letzten Stelle; "
         ". unbekannt oder geheim; ... später; x nicht sinnvoll; / nicht sicher genug; () eingeschränkt sicher; "
         "p vorläufig; r berichtigt; s geschätzt; | Bruch; leer.", werte=KENNZEICHEN),
    override(text("bemerkung", "Bemerkung der Quelle", "Was die Datei selbst zu dieser Zahl sagt (Spalte bemerkung des Layouts); "
                  "NULL: nichts, oder die Zahl ist geschützt.")),
    text("wert_einheit", "Einheit", "Einheit des Werts.", werte=EINHEITEN),
    text("gebiet_text", "Gebiet im Original", "Beschriftung der Zeile."),
    text("blatt", "Blatt", "Tabellenblatt; leer bei CSV."),
    Spalte("zeile", "BIGINT", "Zeile", "Zeile der Datei oder des Blatts.", minimum=1),
    Spalte("spalte_nr", "BIGINT", "Spalte", "Spalte der Datei oder des Blatts.", minimum=1),
    text("lizenz", "Lizenz", "Lizenz oder Nutzungsbedingung der Quelle."),
    text("bevoelkerung", "Bevölkerungsbegriff", "Wer gezählt ist: hauptwohnung (Register), wohnberechtigte, fortschreibung, "
         "azr, zensus, mikrozensus, sonstige. Nie zwei davon in einer Quote mischen.", werte=BEVOELKERUNG),
    text("methode", "Schutzverfahren der Quelle", "Wie die Quelle ihre Zahlen geschützt hat.", werte=METHODEN),
    ja_nein("veroeffentlicht", "Bereits veröffentlicht", "Ob die Tabelle schon öffentlich ist."),
    text("quelle_id", "Quelle", "Kennung der Quelle in kommune.yaml."),
    text("quellenart", "Art der Quelle", "Was die Quelle liefert.",
         werte=("melderegister", "tabellen", "indikatoren", "massnahmen")),
    text("adresse", "Internetadresse", "Wo die Quelle zu finden ist; NULL: kommune.yaml nennt keine."),
    text("fertige_quelle", "Fertige Quelle", "Name der Datei in referenz/quellen, deren Layout die Kommune nur nennt (vorlage); "
         "NULL: ein eigenes Layout."),
    ja_nein("umgerechnet", "Umgerechnet", "Ob der Wert über bruecke.csv auf eine andere Gebietseinteilung umgerechnet ist."),
    text("alt_id", "Altes Gebiet", "gebiet_id vor der Gebietsänderung."),
    text("alt_stand", "Alter Gebietsstand", "Gebietsstand vor der Änderung."),
    text("neu_id", "Neues Gebiet", "gebiet_id nach der Gebietsänderung."),
    text("neu_stand", "Neuer Gebietsstand", "Gebietsstand nach der Änderung."),
    anteil("gewicht", "Gewicht", "Teil des alten Gebiets, der in das neue eingeht."),
    text("umrechnung", "Umrechnung", "Wie das Gewicht zustande kam."),
    tag("bruch_am", "Bruch am", "Tag der Gebietsänderung."),
)  # fmt: skip

SPALTEN_TABELLE: dict[str, Spalte] = {s.name: s for s in _ALLE}
