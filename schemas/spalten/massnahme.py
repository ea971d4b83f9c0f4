"""The columns of measures, their progress, their changes, and council papers.

Belongs here: what only tables made of measure status sheets have. Does not belong here: columns every table shares
(common.py), those of the concept (konzept.py), and the words of the sheets (schemas/words/massnahmen.py).
"""

from dataclasses import replace

from schemas.model import Spalte, override
from schemas.spalten.common import SPALTEN, anteil, ja_nein, tag, text
from schemas.spalten.konzept import SPALTEN_KONZEPT
from schemas.words.massnahmen import ARTEN, GENAUIGKEITEN, ISTWERT_ZAEHLT, RISIKEN, STATUS, VEREINBARKEITEN

AENDERUNGEN = ("neu", "entfallen_aus_blatt", "umnummeriert", "status_zurueck", "korrektur", "titel_geaendert")
OHNE_ANGABE = "ohne_angabe"
SCHUTZ = "NULL, wenn kleiner als die Mindestfallzahl oder daraus errechenbar."
FREITEXT = "NULL mit Hinweis personenangabe, wenn der Text auf eine Person deutet."


def zahl(name: str, titel: str, beschreibung: str) -> Spalte:
    """A count of measures."""
    return Spalte(name, "BIGINT", titel, beschreibung, einheit="Maßnahmen", minimum=0)


def wert(name: str, titel: str, beschreibung: str) -> Spalte:
    """The value of a measure's indicator, in the indicator's own unit."""
    return Spalte(name, "DOUBLE", titel, beschreibung, minimum=0)


_ALLE = (
    text("massnahme_nr", "Nummer", "Nummer im Maßnahmenkatalog als Text: 1.10 ist nicht 1.1."),
    tag("stand", "Stand", "Tag, für den der Status gilt; jeder Stand ist eine Aufnahme für sich."),
    ja_nein("stand_letzter", "Letzter Stand", "Ob dies der jüngste Stand ist, den das Konzept hat."),
    override(text("titel", "Titel", "Maßnahme, wie das Blatt sie nennt.")),
    text("titel_norm", "Titel, vergleichbar", "Ohne Groß- und Kleinschreibung, Leer- und Satzzeichen."),
    override(replace(SPALTEN["beschreibung"], titel="Beschreibung", beschreibung=f"Worum es geht. {FREITEXT}")),
    override(text("art", "Art", "massnahme; idee (zählt in keiner Quote); aufgabe.", werte=tuple(ARTEN))),
    text("zielgruppe", "Zielgruppe", "Für wen die Maßnahme ist."),
    override(
        replace(SPALTEN_KONZEPT["verantwortlich"], beschreibung="Zuständige Stelle oder Rolle; NULL mit Hinweis personenangabe, "
            "wenn das Blatt dort eine Person nennt.")),
    Spalte("partner", "VARCHAR[]", "Partner", "Wer mitwirkt; leer: niemand genannt."),
    text("status_massnahme", "Status", "Stand der Umsetzung.", werte=tuple(STATUS)),
    text("risiko", "Risiko", "Ampel des Blatts nach dem Schema der Quelle; NULL: keine Angabe.", werte=RISIKEN),
    text("risiko_abgeleitet", "Risiko, abgeleitet", "Wie risiko, überfällige Maßnahmen mindestens gelb.", werte=RISIKEN),
    tag("beginn", "Beginn", "Erster Tag des genannten Zeitraums; NULL: nicht genannt."),
    text("beginn_genauigkeit", "Genauigkeit des Beginns", "Wie genau das Blatt ist; offen: fortlaufend.",
         werte=GENAUIGKEITEN),
    tag("ende", "Ende", "Letzter Tag des genannten Zeitraums; NULL: nicht genannt oder offen."),
    text("ende_genauigkeit", "Genauigkeit des Endes", "Wie genau das Blatt ist; offen: ohne Ende.", werte=GENAUIGKEITEN),
    override(replace(SPALTEN_KONZEPT["vzae"], beschreibung="Stellen für die Maßnahme; NULL: keine Angabe.")),
    *(override(replace(SPALTEN_KONZEPT[n], beschreibung="Wie im Blatt; NULL: keine Angabe, nie errechnet."))
      for n in ("aufwand", "ertrag", "eigenanteil")),
    override(text("indikator", "Indikator", "Woran die Maßnahme gemessen wird.")),
    text("zielwert", "Zielwert", "Was erreicht werden soll, im Wortlaut."),
    wert("istwert_w", "Istwert Frauen", f"Erreicht, Frauen. {SCHUTZ}"),
    wert("istwert_m", "Istwert Männer", f"Erreicht, Männer. {SCHUTZ}"),
    wert("istwert_gesamt", "Istwert gesamt", f"Erreicht, alle. {SCHUTZ}"),
    text("istwert_zaehlt", "Istwert zählt", "Was der Istwert zählt, wie das Blatt es sagt; NULL: es sagt nichts.",
         werte=tuple(ISTWERT_ZAEHLT)),
    text("istwert_art", "Art des Istwerts", "personen: gezählt sind Menschen (das Blatt sagt es oder nennt Frauen oder Männer); "
         "sachen: Verträge, Sitzungen, Berichte und Ähnliches, nur wo das Blatt es in der Spalte »Istwert zählt« sagt, verborgen "
         "nur, wo die Zeile auch Teilnehmende nennt; unbekannt: das Blatt sagt es nicht, geschützt wie Personen. "
         "Aus Wörtern wird nie geschlossen.",
         werte=("personen", "sachen", "unbekannt")),
    override(
        Spalte("nicht_erhoben", "VARCHAR[]", "Nicht erhoben", "Spalten, in denen das Blatt ausdrücklich »nicht erhoben« sagt.")),
    Spalte("teilnehmende", "BIGINT", "Teilnehmende", f"Wie im Blatt; ob Personen oder Fälle, sagt es nicht. {SCHUTZ}",
           einheit="Personen oder Fälle", minimum=0),
    text("begruendung", "Begründung", f"Warum der Status so ist. {FREITEXT}"),
    ja_nein("begruendet", "Begründet", "Ob eine Begründung oder ein geplanter Beginn genannt ist."),
    text("naechste_schritte", "Nächste Schritte", f"Was folgt. {FREITEXT}"),
    text("prioritaet", "Priorität", "Schwerpunkt, Quick-win und Ähnliches, im Wortlaut."),
    override(text("bemerkung", "Bemerkung", f"Anmerkungen und Kommentare der Zellen. {FREITEXT}")),
    Spalte("personenangabe", "VARCHAR[]", "Personenangaben", "Spalte und was darin auf eine Person deutet."),
    text("quelle_id", "Quelle", "Kennung der Quelle in kommune.yaml."),
    ja_nein("gilt", "Gilt", "Ob dies die jüngste Fassung der Angabe ist."),
    override(Spalte("eingelesen_am", "TIMESTAMP", "Eingelesen am", "Wann diese Fassung der Datei zuerst gelesen wurde.")),
    override(text("blatt", "Blatt", "Blatt der Mappe.")),
    override(Spalte("zeile", "BIGINT", "Zeile", "Zeile des Blatts.", minimum=1)),
    # Progress of a field
    zahl("massnahmen", "Maßnahmen", "Alle ohne Ideen, auch solche des Katalogs, die im Blatt fehlen (ohne_angabe)."),
    zahl("ideen", "Ideen", "Maßnahmen mit Status oder Art idee; sie zählen in keiner Quote."),
    *(zahl(s, s.replace("_", " ").capitalize(), f"Maßnahmen mit dem Status {s}.") for s in STATUS if s != "idee"),
    zahl(OHNE_ANGABE, "Ohne Angabe", "Maßnahmen des Katalogs, die im Blatt dieses Stands fehlen."),
    anteil("anteil_umgesetzt", "Anteil umgesetzt", "abgeschlossen / massnahmen; Daueraufgaben zählen nicht als umgesetzt. "
           "Entfallene bleiben im Nenner: angenommen waren sie."),
    anteil("anteil_begonnen", "Anteil begonnen", "(begonnen + laufend + daueraufgabe + abgeschlossen) / massnahmen; dazu "
           "verschobene, die zu einem früheren Stand schon begonnen hatten. Entfallene bleiben im Nenner."),
    zahl("ohne_begruendung", "Ohne Begründung", "Nicht begonnen, verschoben oder entfallen, ohne Begründung oder geplanten "
         "Beginn."),
    zahl("ueberfaellig", "Überfällig", "Maßnahmen, deren Ende vor dem Stand liegt und die weder abgeschlossen noch entfallen "
         "sind; bei der einzelnen Maßnahme 1 oder 0."),
    zahl("ueberfaellig_heute", "Überfällig heute", "Wie ueberfaellig, gemessen nicht am Stand, sondern am Tag ausgewertet_am. "
         "Verstreicht danach ein Ende, rechnet die nächste nächtliche Aktualisierung neu. Nur beim jüngsten Stand, sonst 0."),
    SPALTEN_KONZEPT["ausgewertet_am"],
    # Changes
    text("aenderung", "Art der Änderung", "neu, entfallen_aus_blatt, umnummeriert, status_zurueck, titel_geaendert: gegen "
         "den Stand davor; korrektur: eine spätere Lieferung ändert diesen Stand.", werte=AENDERUNGEN),
    text("vorher", "Vorher", "Was galt; NULL bei neu."),
    text("nachher", "Nachher", "Was gilt; NULL bei entfallen_aus_blatt."),
    text("lieferung_vorher", "Frühere Lieferung", "Lieferung, die den früheren Wert enthielt."),
    # Council papers
    override(replace(SPALTEN_KONZEPT["vorlage_nr"], beschreibung="Nummer der Drucksache als Text.")),
    override(tag("datum", "Datum", "Tag der Sitzung oder der Vorlage; NULL: die Quelle nennt keinen.")),
    text("vereinbarkeit", "Vereinbarkeit", "Vereinbarkeit mit dem Integrationskonzept.", werte=VEREINBARKEITEN),
)  # fmt: skip

SPALTEN_MASSNAHME: dict[str, Spalte] = {s.name: s for s in _ALLE}
