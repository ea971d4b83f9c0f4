"""`monitoring new`: the folder of a new municipality, with commented examples that load as they are.

Belongs here: laying out the folder. What the files may say is in kommune.py; a test loads what is written here.
"""

import re
from pathlib import Path

from pipelines.ablage import Ablage
from pipelines.fehler import KonfigurationsFehler

KOMMUNE_YAML = """\
# Wer diese Kommune ist und was gilt. Jede Zeile ist ein Beispiel: bitte anpassen.
# Prüfen: monitoring refresh --kommune {kommune}. Ein Fehler nennt Datei, Zeile und Schlüssel.
kommune: {kommune}            # gleich dem Ordnernamen
name: Musterstadt             # wie er in Tabellen und Berichten steht
ags: "99999999"               # amtlicher Gemeindeschlüssel, 8 Ziffern (Kreis: 5), in Anführungszeichen
land: Nordrhein-Westfalen

# Definitionen von Migrationshintergrund, die nebeneinander gerechnet werden (raw/referenz/profile/).
# Die erste ist die, mit der der Bericht beginnt. Eine eigene: eine Profildatei kopieren und ändern.
profile: [kosis_like]

# Altersgruppen, lückenlos ab 00; ohne diese Zeile gelten die üblichen zwölf Gruppen.
# altersgruppen: ["00-05", "06-17", "18-64", "65+"]

veroeffentlichung:
  # Nur diese Stichtage gelangen in die Marts. "*-12-31" heißt: der 31.12. jedes Jahres.
  stichtage: ["*-06-30", "*-12-31"]

schutz:
  mindestfallzahl: 5          # kleinere Zahlen werden nicht veröffentlicht
  mindestnenner: 100          # kleinere Gruppen bekommen keinen Anteil
  begruendung: Vorgabewerte des Projekts, noch nicht beschlossen.

quellen:
  # Auszüge: raw/{kommune}/melderegister/JJJJ-MM-TT.csv (Stichtag), im Format, das README.md beschreibt.
  melderegister:
    titel: Melderegister Musterstadt
    hoechstanteil_abgewiesen: 0.01      # mehr unbrauchbare Zeilen: die ganze Lieferung wird zurückgewiesen
    # Das Optionskennzeichen ist zweckgebunden (BMG § 5 Abs. 1). Nur mit Rechtsgrundlage einschalten:
    # optionskennzeichen: {{verwenden: true, rechtsgrundlage: "…"}}
    # Nur nötig, wenn der Auszug anders aussieht als der kanonische (docs/handbuch.md, »Auszüge in anderer Form«):
    # format:
    #   art: csv                          # csv oder festbreite
    #   trennzeichen: "|"                 # ein Zeichen oder "tab"; nur bei csv
    #   anfuehrung: '"'                   # wenn Felder in Anführungszeichen stehen; nur bei csv
    #   kopfzeile: true                   # false: Spalten nach Position
    #   kodierung: windows-1252           # oder utf-8; ohne Angabe entscheidet die ganze Datei
    #   datum: [JJJJMMTT]                 # weitere Schreibweise neben TT.MM.JJJJ und JJJJ-MM-TT; auch TTMMJJJJ
    # spalten:                            # Spalte des kanonischen Auszugs: Spalte der Datei
    #   pid: ORDNUNGSMERKMAL              # Name in der Kopfzeile; ohne Kopfzeile die Position (1, 2, …)
    #   wohnungsstatus: STATUS            # bei festbreite {{von: 1, laenge: 10}}, gezählt in Zeichen
    #   geburtsdatum: GEBURT
    #   geschlecht: GESCHLECHT
    #   sta_1: STAAT_1
    #   gebiet_id: BEZIRK
    # werte:                              # Werte der Datei: Werte des kanonischen Auszugs, alle in Anführungszeichen
    #   geschlecht: {{"1": m, "2": w}}
    #   wohnungsstatus: {{A: alleinige, H: haupt, "N": neben}}
    # ignorieren: [FAMILIENNAME]          # steht in der Datei und wird nie gelesen; jede andere Spalte ist ein Fehler

  # Stadtteiltabellen: raw/{kommune}/tabellen/. Ohne Tabellen diesen Abschnitt leer lassen.
  tabellen: []
  # tabellen:
  #   - id: stadtteiltabelle
  #     titel: Bevölkerung nach Stadtteilen
  #     herkunft: Stadt Musterstadt, Statistischer Bericht 1/2024, Tabelle 3
  #     lizenz: dl-de/by-2-0
  #     datei: stadtteile_{{stichtag}}.xlsx         # {{stichtag}} steht für JJJJ-MM-TT
  #     blatt: Stadtteile                         # leer = erstes Blatt
  #     kopfzeile: 3                              # Zeile mit den Spaltenüberschriften, 1 = erste
  #     profil: kosis_like                        # Definition, nach der die Tabelle gezählt ist
  #     bereits_veroeffentlicht: true             # schon öffentlich: wird nicht mehr geschützt
  #     summenzeile: Musterstadt                  # Beschriftung der Summenzeile
  #     spalten:                                  # Überschriften genau wie in der Datei
  #       gebiet: Stadtteil
  #       einwohner: Einwohner
  #       auslaender: Ausländer
  #       anteil_auslaender: Ausländeranteil
  #       personen_mit_mh: Personen mit Migrationshintergrund
  #       anteil_mh: Anteil mit Migrationshintergrund
  #     abgleich: {{quelle: melderegister, toleranz: 0, schwere: warnung}}
"""

GEBIETE_CSV = """\
gebiet_id;name;ebene;uebergeordnet;gebietsstand;gueltig_von;gueltig_bis
99999999;Musterstadt;gemeinde;99999;2024;;
01;Nord;stadtteil;99999999;2024;;
02;Süd;stadtteil;99999999;2024;;
"""

ORDNER = ("melderegister", "tabellen", "indikatoren", "massnahmen")


def lege_an(ablage: Ablage, kommune: str) -> list[Path]:
    """Write the folder of a new municipality; returns what was written.

    Raises: KonfigurationsFehler if the name is not allowed or the folder exists.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", kommune) or kommune == "referenz":
        raise KonfigurationsFehler(
            f"»{kommune}« ist als Kurzname nicht erlaubt: Kleinbuchstaben, Ziffern und Unterstrich, z. B. neu_ulm."
        )
    ziel = ablage.roh / kommune
    if ziel.exists():
        raise KonfigurationsFehler(f"Den Ordner {ziel} gibt es schon; er wurde nicht verändert.")
    for name in ORDNER:
        (ziel / name).mkdir(parents=True)
    (ziel / "melderegister").chmod(0o700)
    dateien = {"kommune.yaml": KOMMUNE_YAML.format(kommune=kommune), "gebiete.csv": GEBIETE_CSV}
    for name, inhalt in dateien.items():
        (ziel / name).write_text(inhalt, encoding="utf-8")
    return [ziel / name for name in (*dateien, *ORDNER)]
