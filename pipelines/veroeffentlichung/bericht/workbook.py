"""The report as a workbook: typed numbers, one row per published row, for those who calculate on.

Belongs here: which sheets there are and their columns. Does not belong here: how a sheet is written (mappe/), which rows
belong to the report (load.py).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipelines.veroeffentlichung.bericht.checked import FOLGEN
from pipelines.veroeffentlichung.bericht.content import Bericht, Definition, Zeile
from pipelines.veroeffentlichung.bericht.indikatoren import sheet as indikatorblatt
from pipelines.veroeffentlichung.bericht.mappe.charts import charted, write_charts
from pipelines.veroeffentlichung.bericht.mappe.konzept import GELD, MASSNAHMEN, beside
from pipelines.veroeffentlichung.bericht.mappe.overview import write_overview
from pipelines.veroeffentlichung.bericht.mappe.sheet import (
    LEGENDE,
    LEGENDE_OHNE_GRUND,
    Sheet,
    SheetColumn,
    count_of,
    field_of,
    share_of,
)
from pipelines.veroeffentlichung.bericht.massnahmen.sheets import WAS as DANEBEN
from pipelines.veroeffentlichung.bericht.numbers import (
    ERKLAERUNGEN,
    GESCHLECHT_WORTE,
    LOKATIONSQUOTIENT,
    alter_wort,
    anzahl,
    datum,
    status_wort,
)  # fmt: skip
from pipelines.veroeffentlichung.bericht.parts import Teile

LESEHILFE_WAS, BILDER_WAS = "Definitionen, Zeichen, Schutz.", "Bilder, die Zellen der Tabellen zeichnen."
ERSTELLT_VON = "integrationsmonitoring"
DEFINITION = SheetColumn("Definition", lambda d, _: d.name if d else "")
HERKUNFT = (
    SheetColumn("Status", lambda _, z: status_wort(z["status"])),
    SheetColumn("Hinweise", lambda _, z: ", ".join(status_wort(c) for c in z["hinweise"] or [])),
    field_of("Quelle", "quelle"),
    field_of("Datenstand", "datenstand", "datum"),
    field_of("Lieferung", "lieferung_id"),
    field_of("Fundstelle", "fundstelle"),
    field_of("Veröffentlichung", "veroeffentlichung"),
)
WERTE = (
    count_of("Einwohner:innen", "einwohner"),
    count_of("Ausländer:innen", "auslaender"),
    share_of("Anteil Ausländer:innen", "anteil_auslaender"),
    count_of("Deutsche mit Migrationshintergrund", "deutsche_mit_mh"),
    count_of("Personen mit Migrationshintergrund", "personen_mit_mh"),
    share_of("Anteil mit Migrationshintergrund", "anteil_mh"),
    count_of("nicht entscheidbar", "unentscheidbar"),
    share_of("Anteil mindestens", "anteil_mh_min"),
    share_of("Anteil höchstens", "anteil_mh_max"),
)
STICHTAG = field_of("Stichtag", "stichtag", "datum")
EBENENWORT = {"sonstige": "ohne Zuordnung"}
EBENE = SheetColumn("Ebene", lambda _, z: EBENENWORT.get(z["ebene"], str(z["ebene"]).title()))
GEBIETE = (
    field_of("Gebiet", "gebiet"), field_of("Gebietsschlüssel", "gebiet_id"), EBENE, DEFINITION, STICHTAG,
    *WERTE, share_of("Lokationsquotient", LOKATIONSQUOTIENT), *HERKUNFT,
)  # fmt: skip
ZEITREIHE = (STICHTAG, DEFINITION, *WERTE, *HERKUNFT)
GESCHLECHTSWORT = SheetColumn("Geschlecht", lambda _, z: GESCHLECHT_WORTE.get(z["geschlecht"], z["geschlecht"]))
GESCHLECHT = (GESCHLECHTSWORT, DEFINITION, STICHTAG, *WERTE, *HERKUNFT)
ALTER = (
    SheetColumn("Altersgruppe", lambda _, z: alter_wort(z["altersgruppe"])), DEFINITION, STICHTAG, *WERTE, *HERKUNFT,
)  # fmt: skip
STAATEN = (
    SheetColumn("Rang", lambda _, z: anzahl(z, "rang") if z["rang"] is not None else "", "anzahl"),
    field_of("Rang unter", "rang_bezug"),
    field_of("Staatsangehörigkeit", "staat_name"), field_of("Staatsschlüssel", "staat"),
    field_of("Staatengruppe", "staatengruppe"), STICHTAG, count_of("Personen", "personen"),
    share_of("Anteil an allen Einwohner:innen", "anteil"), *HERKUNFT,
)  # fmt: skip
STAATENGRUPPEN = (
    field_of("Gebiet", "gebiet"), field_of("Gebietsschlüssel", "gebiet_id"), EBENE,
    field_of("Staatengruppe", "staatengruppe"), GESCHLECHTSWORT, STICHTAG, count_of("Personen", "personen"),
    share_of("Anteil an allen Einwohner:innen", "anteil"), *HERKUNFT,
)  # fmt: skip
MERKMALE = (
    field_of("Gebiet", "gebiet"), field_of("Gebietsschlüssel", "gebiet_id"), EBENE,
    field_of("Merkmal", "merkmal"), field_of("Ausprägung", "auspraegung_name"), field_of("Kennung", "auspraegung"),
    GESCHLECHTSWORT, STICHTAG, count_of("Personen", "personen"), share_of("Anteil an der Grundgesamtheit", "anteil"),
    field_of("Grundgesamtheit", "grundgesamtheit"), *HERKUNFT,
)  # fmt: skip
BEWEGUNGEN = (
    field_of("Gebiet", "gebiet"), field_of("Gebietsschlüssel", "gebiet_id"), EBENE,
    field_of("Voriger Stichtag", "stichtag_vorher", "datum"), STICHTAG,
    field_of("Bewegung", "bewegung_name"), field_of("Gruppe", "gruppe"), GESCHLECHTSWORT, count_of("Personen", "personen"),
    share_of("Anteil am vorigen Bestand", "anteil"), *HERKUNFT,
)  # fmt: skip
INDIKATOREN = tuple(field_of(kopf, name, art) for kopf, name, art in indikatorblatt.SPALTEN)
PRUEFUNGEN = (
    SheetColumn("Prüfung", lambda _, z: z["titel"] or z["pruefung"]), field_of("Kennung", "pruefung"),
    field_of("Datei oder Tabelle", "datei"), field_of("Schwere", "schwere"), field_of("Ergebnis", "ergebnis"),
    SheetColumn("Fälle", lambda _, z: z["anzahl"], "anzahl"), field_of("erster Fall", "beispiel"),
    field_of("erwartet", "erwartet"), SheetColumn("Folge", lambda _, z: FOLGEN.get(z.get("folge") or "", "")),
)  # fmt: skip


LESEBREITE = 120


def _schutz(kommune: dict[str, Any]) -> list[str]:
    """How the figures of the register are protected, as sentences."""
    anteile = (
        f"Anteile an weniger als {kommune['mindestnenner']} Personen werden nicht gezeigt. {kommune['begruendung']}"
    )
    if kommune["verfahren"] != "sperrung":
        return [f"Schutz: {kommune['verfahren_text']} {anteile}"]
    return [
        f"Schutz: Anzahlen unter {kommune['mindestfallzahl']} und {anteile}",
        "Welche Zahlen des Registers geschützt sind, ist für alle Tabellen zusammen entschieden und vor der Veröffentlichung "
        "durch einen Angriff auf die fertige Datei geprüft; Näheres im Bericht unter Hinweise zur Methode.",
    ]


def _lesehilfe(mappe: Any, b: Bericht) -> None:
    blatt = Sheet(mappe, "Lesehilfe", b)
    absaetze = [
        *(f"{s.wort}: jüngster Stand {datum(s.tag)}." for s in b.staende),
        *(f"Quelle: {h.text}" + (f" ({h.marke})" if h.marke else "") for h in b.herkunft),
        f"Amtlicher Gemeindeschlüssel {b.kommune['ags']}.",
        LEGENDE,
        *_schutz(b.kommune),
        "Zustandsindikatoren beweisen nicht die Wirkung einzelner Maßnahmen.",
        "Zahlen verschiedener Definitionen nie addieren oder zu einer Zeitreihe verbinden.",
        "Anteile stehen in den Zellen, wie sie veröffentlicht sind, und werden auf eine Nachkommastelle gerundet angezeigt.",
    ]
    for absatz in absaetze:
        blatt.text(absatz)
    blatt.zeile += 1
    blatt.text("Definitionen von Migrationshintergrund", fett=True)
    for d in b.definitionen:
        kopf = f"{d.buchstabe} · {d.titel}, Version {d.version}"
        blatt.text(f"{kopf}: {d.beschreibung} {f'Art: {d.art}. ' if d.art else ''}Quelle: {d.herkunft}")
    if not b.definitionen:
        blatt.text("keine Daten")
    blatt.zeile += 1
    blatt.text("Status und Hinweise", fett=True)
    for wort, erklaerung in ERKLAERUNGEN.values():
        blatt.text(f"{wort}: {erklaerung}")
    blatt.blatt.column_dimensions["A"].width = LESEBREITE
    blatt.fit_rows(2, [LESEBREITE])
    blatt.blatt.freeze_panes = "A2"


# Sheet → what it shows, for its head and the contents.
WAS = {
    "Indikatoren": "Jede Reihe der Indikatoren mit Wert, Frauen und Männern, Vergleich, Änderung, Urteil, Ziel.",
    "Maßnahmen": "Jede Maßnahme des Konzepts an ihrem jüngsten Stand: Status, Grund, Geld, erreichte Frauen und Männer.",
    "Geld": "Aufwand, Ertrag und Eigenanteil der Förderprogramme, wie die Quelle sie druckt.",
    "Stadtteile": "Bevölkerung der Gebiete unter jeder Definition, jüngster Stichtag.",
    "Zeitreihe": "Bevölkerung der ganzen Kommune an jedem Stichtag, je Definition und Quelle.",
    "Geschlecht": "Bevölkerung nach Geschlecht, jüngster Stichtag.",
    "Alter": "Bevölkerung nach Altersgruppen, jüngster Stichtag.",
    "Staatsangehörigkeit": "Einwohner nach Staatsangehörigkeit, jüngster Stichtag.",
    "Staatengruppen": "Ausländer nach Staatengruppe und Gebiet, jüngster Stichtag.",
    "Registermerkmale": "Dauer, Staatsangehörigkeiten, Wahlrecht, Altersjahre der ganzen Kommune, jüngster Stichtag.",
    "Bewegungen": "Zu- und Fortzüge, Geburten, Sterbefälle, Einbürgerungen der ganzen Kommune zwischen zwei Stichtagen.",
    "Prüfungen": "Was geprüft ist und was dabei herauskam.",
    **DANEBEN,
}
Inhalt = tuple[str, Sequence[SheetColumn], list[tuple[Definition | None, Zeile]]]


def _beside_measures(t: Teile) -> list[Inhalt]:
    return [(name, beside(name), [(None, z) for z in reihen]) for name, reihen in t.konzept.blaetter.items()]


def _contents(t: Teile) -> list[Inhalt]:
    """(sheet, its columns, its rows), in the order of the workbook; a sheet without rows is left out."""
    b = t.b
    alle: list[Inhalt] = [
        ("Indikatoren", INDIKATOREN, [(None, z) for z in indikatorblatt.blattzeilen(t.indikatoren, t.gebietswerte)]),
        ("Maßnahmen", MASSNAHMEN, [(None, z) for z in t.massnahmen]),
        ("Geld", GELD, [(None, z) for z in t.foerderung]),
        *_beside_measures(t),
        ("Stadtteile", GEBIETE, [(d, z) for d, zeilen in b.gebiete for z in zeilen]),
        ("Zeitreihe", ZEITREIHE, [(r.definition, z) for r in b.reihen for z in r.zeilen]),
        ("Geschlecht", GESCHLECHT, [(d, z) for d, zeilen in b.geschlecht for z in zeilen]),
        ("Alter", ALTER, [(d, z) for d, zeilen in b.alter for z in zeilen]),
        ("Staatsangehörigkeit", STAATEN, [(None, z) for z in b.staaten]),
        ("Staatengruppen", STAATENGRUPPEN, [(None, z) for z in b.staatengruppen]),
        ("Registermerkmale", MERKMALE, [(None, z) for z in b.merkmale]),
        ("Bewegungen", BEWEGUNGEN, [(None, z) for z in b.bewegungen]),
        ("Prüfungen", PRUEFUNGEN, [(None, z) for z in [*b.verletzt, *b.unverglichen, *b.bestanden]]),
    ]
    return [i for i in alle if i[2]]


def name_sheets(t: Teile) -> list[str]:
    """Names of the sheets with figures, in their order."""
    return [titel for titel, *_ in _contents(t)]


def _table_sheet(mappe: Any, t: Teile, inhalt: Inhalt) -> Sheet:
    titel, spalten, zeilen = inhalt
    # Money and papers of a town whose register is invented may be real.
    echt = titel in ("Geld", *DANEBEN) and not any(z.get("beispieldaten", True) for _, z in zeilen)
    blatt = Sheet(mappe, titel, t.b, erzeugt=not echt)
    blatt.source(WAS[titel], [z for _, z in zeilen] if titel != "Prüfungen" else [])
    if titel != "Prüfungen":
        koepfe = {s.kopf for s in spalten}
        blatt.text(LEGENDE if koepfe >= {"Status", "Hinweise"} else LEGENDE_OHNE_GRUND)
    for satz in indikatorblatt.anmerkungen(t.indikatoren) if titel == "Indikatoren" else ():
        blatt.text(satz)
    blatt.tabelle(spalten, zeilen)
    return blatt


def write_report_workbook(t: Teile, ziel: Path) -> None:
    """Write the workbook of one municipality to `ziel`: overview, tables, charts of them, reading aid."""
    import openpyxl

    mappe = openpyxl.Workbook()
    mappe.remove(mappe.worksheets[0])
    mappe.properties.creator = ERSTELLT_VON
    mappe.properties.lastModifiedBy = ERSTELLT_VON
    mappe.properties.title = f"Integrationsmonitoring {t.b.kommune['name']}"
    inhalte = _contents(t)
    bilder = charted(t)
    weitere = [*([("Bilder", BILDER_WAS)] if bilder else []), ("Lesehilfe", LESEHILFE_WAS)]
    write_overview(mappe, t, [*((titel, WAS[titel]) for titel, *_ in inhalte), *weitere])
    blaetter = {inhalt[0]: _table_sheet(mappe, t, inhalt) for inhalt in inhalte}
    if bilder:
        write_charts(mappe, t, blaetter)
    _lesehilfe(mappe, t.b)
    with ziel.open("wb") as datei:
        mappe.save(datei)
