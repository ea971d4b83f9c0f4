"""The words of measure status sheets: columns with their usual headers, statuses and risks with their synonyms.

Belongs here: the vocabulary that reading a sheet, writing one and checking one share. Does not belong here: table columns
(schemas/spalten/massnahme.py) and what a concept names (konzept.yaml).
Source: a synthesis of what councils asked for (Steinfurt, Neuss, Leverkusen, Laatzen); no published template was available.
"""

import re
from itertools import pairwise

# Canonical column → the headers in use. Compared without case, punctuation and line breaks.
SPALTENKOEPFE: dict[str, tuple[str, ...]] = {
    "massnahme_nr": ("Nr.", "Lfd. Nr.", "Maßnahme Nr.", "Maßnahmen Nr.", "Maßnahmennummer", "Kennziffer", "Nummer"),
    "handlungsfeld": ("Handlungsfeld", "HF", "Themenfeld"),
    "leitziel": ("Leitziel", "Ziel", "Teilziel"),
    "titel": ("Maßnahme", "Titel", "Projekt", "Bezeichnung"),
    "beschreibung": ("Beschreibung", "Inhalt", "Kurzbeschreibung"),
    "art": ("Art", "Art der Maßnahme"),
    "zielgruppe": ("Zielgruppe",),
    "verantwortlich": (
        "Verantwortlich", "Federführung", "Zuständigkeit", "Zuständig", "Maßnahmeverantwortliche", "Verantwortliche Stelle",
    ),
    "partner": ("Kooperationspartner", "Beteiligte", "Partner"),
    "beginn": ("Beginn", "Start"),
    "ende": ("Ende", "Umsetzung bis", "bis"),
    "zeitplan": ("Zeitplan", "Laufzeit", "Zeitraum"),
    "vzae": ("VZÄ", "Stellen", "Personal"),
    "aufwand": ("Aufwand", "Kosten"),
    "ertrag": ("Ertrag", "Förderung"),
    "eigenanteil": ("Eigenanteil", "kommunaler Anteil"),
    "indikator": ("Indikator",),
    "zielwert": ("Zielwert",),
    "istwert_w": ("Ist Frauen", "Ist w", "Istwert w", "Istwert Frauen"),
    "istwert_m": ("Ist Männer", "Ist m", "Istwert m", "Istwert Männer"),
    "istwert_gesamt": ("Ist gesamt", "Ist", "Istwert", "Istwert gesamt"),
    "istwert_zaehlt": ("Istwert zählt", "Gezählt werden", "Ist zählt"),
    "teilnehmende": ("Teilnehmende", "Teilnehmerzahl", "TN"),
    "status": ("Status", "Umsetzungsstand"),
    "ampel": ("Ampel", "Bewertung"),
    "begruendung": ("Begründung", "Hinderungsgründe", "Bemerkung"),
    "naechste_schritte": ("Nächste Schritte", "Ausblick"),
    "stand_datum": ("Stand", "Stichtag", "Datum"),
    "prioritaet": ("Schwerpunkt", "Quick-win", "Priorität"),
    "bemerkung": ("Bemerkungen", "Anmerkung", "Anmerkungen"),
    # Steering; headers narrow enough that no sheet in use means something else by them.
    "zielzahl": ("Zielzahl", "Ziel als Zahl"),
    "einheit_ziel": ("Einheit der Zielzahl",),
    "sozialraum": ("Sozialraum",),
    "vorlage_nr": ("Beruht auf Vorlage", "Beschlossen mit Vorlage"),
    "beschluss_am": ("Beschluss vom", "Beschlussdatum"),
    "wirkung": ("Bewertung der Wirkung",),
    "wirkung_grund": ("Begründung der Wirkung", "Begründung der Bewertung"),
    "teilnehmende_w": ("Teilnehmende Frauen", "TN Frauen", "TN w"),
    "teilnehmende_m": ("Teilnehmende Männer", "TN Männer", "TN m"),
    "teilnehmende_zeitraum": ("Zeitraum der Teilnehmenden", "Teilnehmende im Zeitraum", "TN Zeitraum"),
    "kommune": ("Kommune", "Stadt", "Gemeinde"),
    "konzept": ("Konzept", "Integrationskonzept"),
}  # fmt: skip
# What an Istwert counts, as the sheet may say it. Undecided is protected as persons are.
ISTWERT_ZAEHLT: dict[str, tuple[str, ...]] = {
    "personen": ("Personen", "Menschen"),
    "sachen": ("Sachen",),
}
ZAEHLT_GEMEINT = {
    "Köpfe": "personen", "Teilnehmende": "personen", "Teilnehmer": "personen", "Kinder": "personen", "Frauen": "personen",
    "Männer": "personen", "Kurse": "sachen", "Treffen": "sachen", "Sitzungen": "sachen",
    "Veranstaltungen": "sachen", "Termine": "sachen", "Verträge": "sachen", "Berichte": "sachen", "Angebote": "sachen",
}  # fmt: skip
PFLICHTSPALTEN = ("massnahme_nr", "titel", "verantwortlich", "status", "stand_datum")
# A header that means one column, or another where that one has a header of its own as well.
AUSWEICHEN = {"bemerkung": ("begruendung", "bemerkung")}
# Units that headers carry behind their name.
KOPFZUSATZ = re.compile(r"\s+(?:in\s+)?(?:€|euro|eur)$")
# Columns whose cell, merged over several rows, counts for all of them.
VERBINDBAR = (
    "handlungsfeld", "leitziel", "zielgruppe", "verantwortlich", "partner", "beginn", "ende", "zeitplan", "stand_datum",
    "prioritaet", "kommune", "konzept",
)  # fmt: skip

VORLAGENKOEPFE: dict[str, tuple[str, ...]] = {
    "vorlage_nr": ("Vorlage Nr.", "Vorlagen Nr.", "Vorlagennummer", "Drucksache", "Drucksachen Nr.", "Nr.", "Vorlage"),
    "datum": ("Datum", "Sitzung", "Sitzungstag", "Sitzung am"),
    "titel": ("Titel", "Betreff", "Gegenstand"),
    "vereinbarkeit": ("Vereinbarkeit mit dem Integrationskonzept", "Vereinbarkeit"),
    "begruendung": ("Begründung", "Erläuterung"),
}
PFLICHT_VORLAGE = ("vorlage_nr", "datum", "titel", "vereinbarkeit")

BLATT_VORLAGEN = ("Vorlagen", "Ratsvorlagen")
BLATT_OHNE_MASSNAHMEN = (
    "Anleitung", "Ausfüllhilfe", "Deckblatt", "Erläuterungen", "Hinweise", "Legende", "Lesehilfe", "Listen", "Prüfprotokoll",
)  # fmt: skip

# Canonical status → the words in use. Everything else is set aside with a suggestion, never guessed.
STATUS: dict[str, tuple[str, ...]] = {
    "idee": ("Idee", "Ideenspeicher"),
    "geplant": ("geplant", "in Planung", "vorgesehen"),
    "begonnen": ("begonnen", "in Vorbereitung", "gestartet"),
    "laufend": ("laufend", "in Umsetzung", "in Arbeit"),
    "daueraufgabe": ("Daueraufgabe", "fortlaufend", "dauerhaft", "verstetigt"),
    "abgeschlossen": ("abgeschlossen", "umgesetzt", "erledigt"),
    "verschoben": ("verschoben", "zurückgestellt"),
    "nicht_begonnen": ("nicht begonnen", "noch nicht begonnen"),
    "entfallen": ("entfallen", "entfällt", "eingestellt", "nicht weiterverfolgt"),
}
# What people write instead: proposed when the status is unknown, never read.
STATUS_GEMEINT = {
    "läuft": "laufend", "aktiv": "laufend", "in Durchführung": "laufend", "offen": "geplant", "angedacht": "geplant",
    "fertig": "abgeschlossen", "beendet": "abgeschlossen", "ausgelaufen": "abgeschlossen", "erfüllt": "abgeschlossen",
    "angefangen": "begonnen", "angelaufen": "begonnen", "pausiert": "verschoben", "ruht": "verschoben", "vertagt": "verschoben",
    "unterbrochen": "verschoben", "nicht gestartet": "nicht_begonnen", "steht aus": "nicht_begonnen",
    "abgebrochen": "entfallen", "gestrichen": "entfallen", "aufgegeben": "entfallen", "gestoppt": "entfallen",
    "dauernd": "daueraufgabe", "regelmäßig": "daueraufgabe", "ständig": "daueraufgabe",
}  # fmt: skip
# How far a measure has come: from a higher to a lower rank is a step back. What has become permanent counts as running, and
# a completed measure may become permanent.
RANG = {
    "idee": 0, "geplant": 1, "nicht_begonnen": 1, "verschoben": 1, "begonnen": 2, "laufend": 3, "daueraufgabe": 3,
    "abgeschlossen": 4, "entfallen": 4,
}  # fmt: skip
NICHT_GEZAEHLT = ("idee",)  # kept, but no part of any rate
BEGONNEN = ("begonnen", "laufend", "daueraufgabe", "abgeschlossen")
BRAUCHT_GRUND = ("nicht_begonnen", "verschoben", "entfallen")
BRAUCHT_ISTWERT = ("laufend", "abgeschlossen")
BEENDET = ("abgeschlossen", "entfallen")
ARTEN: dict[str, tuple[str, ...]] = {"massnahme": ("Maßnahme",), "idee": ("Idee",), "aufgabe": ("Aufgabe",)}
RISIKEN = ("gruen", "gelb", "rot", "grau")
NICHT_ERHOBEN = ("nicht erhoben", "n. e.", "k. A.", "keine Angabe")
VEREINBARKEITEN = ("positiv", "neutral", "negativ")
GENAUIGKEITEN = ("tag", "monat", "quartal", "halbjahr", "jahr", "offen")

# The traffic light means different things in different towns: a scheme must be named. Source: gute-integration.de
# (monitoring) for `massnahmen`; fw-trebur.de for `antraege`, which says progress, not risk.
AMPELSCHEMATA: dict[str, dict[str, str]] = {
    "massnahmen": {"grau": "grau", "grün": "gruen", "gelb": "gelb", "rot": "rot"},
    "antraege": {"rot": "grau", "gelb": "gelb", "grün": "gruen"},
}

# What in a free text points to a person: it is named, and such a text is not published.
PERSONENMUSTER: dict[str, re.Pattern[str]] = {
    "Anrede mit Namen": re.compile(r"\b(?:Herrn?|Frau|Hr\.|Fr\.)\s+(?:(?:Dr|Prof)\.\s*)*[A-ZÄÖÜ][a-zäöüß]+"),
    "E-Mail-Adresse": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "Telefonnummer": re.compile(r"(?:\+49[\s(0)]*|\b0)[1-9]\d{1,4}[\s/()-]+\d[\d\s-]{3,}\d|\b01[5-7]\d{7,9}\b"),
    "Anschrift": re.compile(
        r"\b(?:[A-ZÄÖÜ][\wäöüß.-]*?(?:straße|strasse|str\.|weg|allee|gasse|ring)|(?:[A-ZÄÖÜ][\wäöüß-]*\s)(?:Straße|Str\.))"
        r"\s*\d{1,3}\s?[a-z]?\b"
    ),
}
# Given names by which a person in the place of a responsible body is recognised; with a capitalised word behind.
_VORNAMEN = (
    "ahmed ali alexander andrea andreas angelika anja anke anna anne annette ayse barbara bernd birgit björn brigitte carsten "
    "christian christiane christina christine christoph claudia daniel daniela dieter dirk elisabeth emine erika eva fatma "
    "frank gabriele gerd günter hans heike heinz helga holger ibrahim ingrid jan jana jens jörg joachim johannes julia "
    "jürgen karin karl katharina katja katrin kerstin klaus lisa lukas manfred manuela maria marie marina mario markus "
    "martin martina matthias mehmet melanie michael monika mustafa nadine nicole nina olga oliver peter petra rainer ralf "
    "renate robert sabine sandra sarah sebastian silke simone sonja stefan stefanie stephan susanne sven tanja thomas "
    "thorsten tobias torsten ulrich ulrike ursula ute uwe volker walter werner wolfgang yusuf"
)
VORNAMEN = frozenset(_VORNAMEN.split())
KEIN_NACHNAME = re.compile(
    r"(?:amt|stelle|dienst|zentrum|schule|haus|heim|verein|büro|werk|verband|kirche|stiftung|gemeinde|kita|garten|hospital)$"
)
FREITEXTE = ("beschreibung", "begruendung", "naechste_schritte", "bemerkung", "wirkung_grund")


def vergleichsform(text: str) -> str:
    """A header or status as such are compared: without case, punctuation, line breaks and blanks around them."""
    return re.sub(r"[^\w]+", " ", text.replace("\u00ad", "")).casefold().strip()


def kopfformen(text: str) -> list[str]:
    """The forms in which a header may be known: as it is, without its unit, without its hyphen at a line break."""
    ganz = re.sub(r"(?<=[a-zäöüß])-\s+(?=[a-zäöüß])", "", text)
    formen = [vergleichsform(t) for t in (text, ganz, re.sub(r"[(\[].*?[)\]]", " ", ganz), ganz.replace("-", ""))]
    formen += [vergleichsform(KOPFZUSATZ.sub("", f)) for f in formen]
    return list(dict.fromkeys(f for f in formen if f))


def personenangaben(text: str) -> list[str]:
    """What in a text points to a person, in words."""
    return [was for was, muster in PERSONENMUSTER.items() if muster.search(text)]


def is_name_of_person(text: str) -> bool:
    """Whether a text looks like the name of a person: a usual given name and a capitalised word that is no institution."""
    worte = re.findall(r"[\wäöüÄÖÜß-]+", text)
    return any(
        a.casefold() in VORNAMEN and b[:1].isupper() and not KEIN_NACHNAME.search(b.casefold())
        for a, b in pairwise(worte)
    )
