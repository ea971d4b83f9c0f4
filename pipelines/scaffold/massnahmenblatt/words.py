"""What a measure status sheet says to those who fill it in: guidance a column, what statuses and colours mean.

Belongs here: German texts and the widths that suit them. Does not belong here: the words the reader accepts
(schemas/words/massnahmen.py) and how the workbook is built (workbook.py).
"""

from dataclasses import dataclass
from typing import Literal

Format = Literal["text", "schreibtext", "datum", "zahljahr", "euro", "anteil_stelle", "zahl", "wert"]


@dataclass(frozen=True)
class Eingabe:
    """One column of the sheet: width in characters, what is expected, an example, the kind of cell.

    `schreibtext`: stored as text even if it looks like a number or date, so that 1.10 and 03/2022 stay as typed.
    """

    breite: int
    erwartet: str
    beispiel: str = ""
    format: Format = "text"


# In the order of the sheet: what is asked each time stands first. »Zeitplan« is missing on purpose: it would repeat
# Beginn and Ende; the reader knows it all the same.
EINGABEN: dict[str, Eingabe] = {
    "massnahme_nr": Eingabe(7, "Die Nummer im Konzept. 1.10 ist eine andere Maßnahme als 1.1.", "1.10", "schreibtext"),
    "titel": Eingabe(32, "Der Titel wie im Konzept; bei neuen Maßnahmen ein eigener, kurzer Titel."),
    "handlungsfeld": Eingabe(19, "Das Handlungsfeld des Konzepts, aus der Liste."),
    "leitziel": Eingabe(9, "Das Leitziel, zu dem die Maßnahme gehört, als Kennung; siehe Blatt Anleitung."),
    "verantwortlich": Eingabe(
        21, "Die verantwortliche Stelle oder Rolle. Keine Namen von Personen.", "Koordinierungsstelle Integration"
    ),
    "status": Eingabe(14, "Wie weit die Maßnahme ist, aus der Liste; erklärt im Blatt Anleitung.", "laufend"),
    "ampel": Eingabe(9, "Die Einschätzung als Wort, aus der Liste; erklärt im Blatt Anleitung.", "gelb"),
    "stand_datum": Eingabe(11, "Der Tag, zu dem die Angaben dieser Zeile gelten.", "31.12.2021", "datum"),
    "begruendung": Eingabe(
        28,
        "Warum etwas nicht begonnen, verschoben oder entfallen ist; auch, wenn ein Status zurückgeht. Ein oder zwei Sätze.",
        "Raum stand wegen Umbau nicht zur Verfügung.",
    ),
    "naechste_schritte": Eingabe(24, "Was als Nächstes geschieht.", "Zweiter Kurs im Herbst"),
    "beginn": Eingabe(
        11, "Wann es beginnt, so genau wie bekannt: Tag, Monat, Quartal oder Jahr.", "III/2023", "schreibtext"
    ),
    "ende": Eingabe(
        12,
        "Bis wann es umgesetzt sein soll, so genau wie bekannt; für Daueraufgaben »fortlaufend«.",
        "03/2024",
        "schreibtext",
    ),
    "zielgruppe": Eingabe(15, "Für wen die Maßnahme ist.", "Eltern von Schulkindern"),
    "partner": Eingabe(21, "Wer mitwirkt; mehrere durch Semikolon getrennt.", "Volkshochschule; Jobcenter"),
    "indikator": Eingabe(19, "Woran der Erfolg gemessen wird, in Worten.", "Teilnahmen an Kursen"),
    "zielwert": Eingabe(10, "Was der Indikator erreichen soll, als Zahl oder in Worten.", "20", "schreibtext"),
    "zielzahl": Eingabe(9, "Das Ziel als Zahl, wo es eine ist; gemessen am Istwert insgesamt.", "20", "wert"),
    "einheit_ziel": Eingabe(11, "Wovon die Zielzahl handelt.", "Personen"),
    "istwert_w": Eingabe(9, "Der erreichte Wert für Frauen, oder »nicht erhoben«.", "12", "wert"),
    "istwert_m": Eingabe(9, "Der erreichte Wert für Männer, oder »nicht erhoben«.", "9", "wert"),
    "istwert_gesamt": Eingabe(9, "Der erreichte Wert insgesamt, oder »nicht erhoben«.", "21", "wert"),
    "istwert_zaehlt": Eingabe(
        11,
        "Was der Istwert zählt, aus der Liste: Personen oder Sachen (Verträge, Sitzungen, Berichte). Ohne Angabe ist eine kleine "
        "Zahl geschützt wie eine von Personen.",
        "Sachen",
    ),
    "teilnehmende": Eingabe(14, "Wie viele Personen teilgenommen haben: eine ganze Zahl.", "21", "zahl"),
    "teilnehmende_w": Eingabe(14, "Davon Frauen.", "12", "zahl"),
    "teilnehmende_m": Eingabe(14, "Davon Männer.", "9", "zahl"),
    "teilnehmende_zeitraum": Eingabe(
        14,
        "In welchen Jahren sie gezählt sind: so passen Kosten und Teilnehmende zusammen. Ohne Angabe gilt das Jahr des Stands.",
        "2023–2024",
        "schreibtext",
    ),
    "wirkung": Eingabe(
        13, "Wie erfolgreich die Maßnahme war, aus der Liste; »noch offen«, solange es zu früh ist.", "teilweise"
    ),
    "wirkung_grund": Eingabe(
        24, "Worauf die Bewertung ruht. Nötig, sobald bewertet ist.", "Zwei von drei Kursen fanden statt."
    ),
    "sozialraum": Eingabe(13, "Wo sie wirken soll: Name oder Schlüssel eines Gebiets.", "Nord"),
    "vorlage_nr": Eingabe(13, "Die Vorlage, mit der sie beschlossen ist.", "VL-204/2021", "schreibtext"),
    "beschluss_am": Eingabe(11, "Der Tag dieses Beschlusses.", "16.09.2021", "datum"),
    "vzae": Eingabe(7, "Stellenanteil in Vollzeitäquivalenten.", "0,5", "anteil_stelle"),
    "aufwand": Eingabe(
        10, "Ausgaben im Jahr des Stands, in Euro; mehrere Jahre stehen im Blatt Haushalt.", "48000", "euro"
    ),
    "ertrag": Eingabe(10, "Einnahmen und Förderung im Jahr des Stands, in Euro.", "41000", "euro"),
    "eigenanteil": Eingabe(12, "Was die Kommune selbst trägt: Aufwand minus Ertrag, in Euro.", "7000", "euro"),
    "prioritaet": Eingabe(13, "Schwerpunkt oder Quick-win, wenn die Kommune so unterscheidet.", "Quick-win"),
    "beschreibung": Eingabe(24, "Worum es geht, in ein oder zwei Sätzen."),
    "art": Eingabe(10, "Maßnahme, Idee oder Aufgabe; leer: wie im Konzept.", "Idee"),
    "bemerkung": Eingabe(22, "Was sonst zu sagen ist."),
}

VORLAGEN: dict[str, Eingabe] = {
    "vorlage_nr": Eingabe(16, "Die Nummer der Vorlage im Ratsinformationssystem.", "VL-204/2021", "schreibtext"),
    "datum": Eingabe(12, "Das Datum der Vorlage.", "21.07.2021", "datum"),
    "titel": Eingabe(60, "Der Titel der Vorlage."),
    "vereinbarkeit": Eingabe(24, "Vereinbarkeit mit dem Integrationskonzept, aus der Liste.", "positiv"),
    "begruendung": Eingabe(60, "Woran sich die Vereinbarkeit zeigt, in ein oder zwei Sätzen."),
}

# The tabs beside the measures, by table and column.
NEBEN: dict[str, dict[str, Eingabe]] = {
    "massnahme_haushalt": {
        "massnahme_nr": Eingabe(9, "Die Nummer der Maßnahme.", "1.10", "schreibtext"),
        "jahr": Eingabe(12, "Das Haushaltsjahr; eine Zeile je Jahr.", "2022", "zahljahr"),
        "aufwand_plan": Eingabe(12, "Geplante Ausgaben in Euro.", "48000", "euro"),
        "aufwand_ist": Eingabe(
            12, "Tatsächliche Ausgaben in Euro; leer, solange das Jahr nicht abgerechnet ist.", "46500", "euro"
        ),
        "ertrag_plan": Eingabe(12, "Geplante Einnahmen und Förderung in Euro.", "41000", "euro"),
        "ertrag_ist": Eingabe(12, "Tatsächliche Einnahmen und Förderung in Euro.", "41000", "euro"),
        "mittelherkunft": Eingabe(28, "Woher das Geld kommt.", "Land NRW, Programm KIM; Haushalt"),
        "foerderende": Eingabe(
            12, "Wann die Förderung endet; leer: unbefristet oder ohne Förderung.", "31.12.2024", "datum"
        ),
        "vzae_befristet": Eingabe(11, "Befristete Stellen in Vollzeitäquivalenten.", "1,0", "anteil_stelle"),
        "vzae_unbefristet": Eingabe(11, "Unbefristete Stellen in Vollzeitäquivalenten.", "0,5", "anteil_stelle"),
        "bemerkung": Eingabe(40, "Was sonst zu sagen ist."),
    },
    "massnahme_meilenstein": {
        "massnahme_nr": Eingabe(9, "Die Nummer der Maßnahme.", "1.10", "schreibtext"),
        "meilenstein": Eingabe(50, "Was erreicht sein soll.", "Erster Kurs beginnt"),
        "geplant_am": Eingabe(14, "Bis wann: Tag, Monat, Quartal oder Jahr.", "III/2023", "schreibtext"),
        "erreicht_am": Eingabe(14, "Wann er erreicht war; leer: noch nicht.", "15.09.2023", "schreibtext"),
        "bemerkung": Eingabe(40, "Was sonst zu sagen ist."),
    },
    "massnahme_anpassung": {
        "massnahme_nr": Eingabe(9, "Die Nummer der Maßnahme.", "1.10", "schreibtext"),
        "datum": Eingabe(12, "Der Tag des Beschlusses.", "15.03.2022", "datum"),
        "gremium_name": Eingabe(28, "Wer es beschlossen hat.", "Lenkungsgruppe Integration"),
        "anpassung": Eingabe(60, "Was sich an der Maßnahme ändert.", "Zielgruppe um Eltern erweitert"),
        "begruendung": Eingabe(50, "Warum."),
    },
}

STATUS_ERKLAERUNG: dict[str, str] = {
    "idee": "Ein Vorschlag, noch nicht vereinbart. Zählt in keiner Umsetzungsquote.",
    "geplant": "Vereinbart, mit Zeitplan; noch keine Arbeit daran.",
    "begonnen": "Die Vorbereitung läuft; das Angebot gibt es noch nicht.",
    "laufend": "Wird umgesetzt. Dazu gehört ein Istwert für Frauen und Männer oder »nicht erhoben«.",
    "daueraufgabe": "Ist Teil der regelmäßigen Arbeit geworden und endet nicht.",
    "abgeschlossen": "Fertig. Dazu gehört ein Istwert für Frauen und Männer oder »nicht erhoben«.",
    "verschoben": "Kommt später als geplant. Braucht eine Begründung.",
    "nicht_begonnen": "Sollte begonnen haben und hat es nicht. Braucht eine Begründung.",
    "entfallen": "Wird nicht umgesetzt. Braucht eine Begründung.",
}

# What the colours stand for in each scheme of AMPELSCHEMATA, by the risk they mean.
AMPEL_ERKLAERUNG: dict[str, dict[str, str]] = {
    "massnahmen": {
        "grau": "läuft nicht, etwa noch nicht begonnen",
        "gruen": "im Plan",
        "gelb": "Ziel oder Termin gefährdet",
        "rot": "weicht vom Plan ab, es muss gehandelt werden",
    },
    "antraege": {"grau": "eingegangen", "gelb": "in Bearbeitung", "gruen": "erledigt"},
}

ANLEITUNG: tuple[tuple[str, str], ...] = (
    ("Wer füllt aus", "Die für eine Maßnahme verantwortliche Stelle trägt ihre Zeile ein. Die Koordination des Konzepts sammelt "
     "die Angaben, ergänzt das Blatt Vorlagen und gibt die Mappe weiter."),
    ("Was", "Für jedes Handlungsfeld gibt es ein Blatt mit einer Zeile je Maßnahme des Konzepts. Graue Felder sind vorgegeben, "
     "weiße sind auszufüllen. Der Blattschutz hat kein Kennwort."),
    ("Neue Maßnahmen", "Am Ende jedes Blatts stehen leere Zeilen. Eine neue Maßnahme bekommt eine Nummer, die es noch nicht "
     "gibt; eine umbenannte oder neu nummerierte wird in der Begründung erklärt."),
    ("Keine Personen", "Nur Stellen und Rollen eintragen, keine Namen und keine Angaben über einzelne Menschen."),
    ("Frauen und Männer", "Istwerte getrennt eintragen. Wo sie nicht vorliegen, »nicht erhoben« schreiben: ein leeres Feld sagt "
     "nicht, ob etwas fehlt, und eine Null hieße, es war niemand da."),
    ("Zeitangaben", "So genau wie bekannt: 15.03.2022, 03/2022, III/2023, 2022, ab 2022 oder fortlaufend."),
    ("Vorausgefüllte Mappen", "Steht der veröffentlichte Stand schon darin, fehlen geschützte kleine Zahlen und Texte, die auf "
     "eine Person deuten. Bitte neu eintragen."),
    ("Beträge", "Beträge des Jahres, in dem der Stand liegt, in Euro. Aufwand minus Ertrag ergibt den Eigenanteil. Plan und Ist "
     "mehrerer Jahre, Herkunft, Förderende und befristete Stellen stehen im Blatt Haushalt; sein Ist geht der Zeile vor."),
    ("Teilnehmende", "Wurden sie über mehrere Jahre gezählt, sagt der Zeitraum der Teilnehmenden, über welche. Kosten je Person "
     "gibt es nur für dieselben Jahre."),
    ("Meilensteine, Anpassungen", "Was bis wann erreicht sein soll, und was die Steuerungsgruppe an einer Maßnahme geändert hat, "
     "steht in eigenen Blättern; die Nummer sagt, zu welcher Maßnahme es gehört. Sie dürfen leer bleiben."),
    ("Begründung", "Bei »nicht begonnen«, »verschoben« und »entfallen« nötig. Solange sie fehlt, ist das Feld orange."),
)  # fmt: skip
