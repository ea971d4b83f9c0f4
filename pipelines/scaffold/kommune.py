"""`monitoring new`: the folder of a new municipality, with commented examples that load as they are.

Belongs here: laying out the folder, with a layout proposed from a file if one is given. Does not belong here: what the files
may say (stamm/kommune.py) and how a layout is proposed (eingang/layout_proposal/propose.py).
"""

import csv
import io
import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from pipelines.eingang.layout_proposal.known_table import recognise
from pipelines.eingang.layout_proposal.melderegister import draft_register, recognise_auszug
from pipelines.eingang.layout_proposal.propose import Vorschlag, propose
from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import WURZEL, Ablage
from pipelines.scaffold.konzept import KONZEPT_BEISPIEL
from pipelines.scaffold.own_areas import Eigene, find_own
from pipelines.scaffold.said import (
    NEW_FOLDER,
    Created,
    describe_auszug,
    describe_next_auszug,
    describe_next_vorschlag,
    describe_own,
    describe_vorschlag,
)
from pipelines.stamm.kommune import UNBEKANNT, Gebiet, load_kommune
from pipelines.stamm.schutz import MINDESTFALLZAHL

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
  mindestfallzahl: {mindestfallzahl}          # kleinere Zahlen werden nicht veröffentlicht
  mindestnenner: 100          # kleinere Gruppen bekommen keinen Anteil
  # verfahren: sperrung       # oder rundung, cellkey: für alle Anzahlen aus dem Register (docs/schutzverfahren.md)
  begruendung: Vorgabewerte des Projekts, noch nicht beschlossen.

quellen:
  # Auszüge: raw/{kommune}/melderegister/JJJJ-MM-TT.csv (Stichtag), im Format, das docs/ueberblick.md beschreibt.
  melderegister:
    titel: Melderegister Musterstadt
    hoechstanteil_abgewiesen: 0.01      # mehr unbrauchbare Zeilen: die ganze Lieferung wird zurückgewiesen
    hoechstanteil_nachmeldung: 0.01     # weicht ein späterer Auszug desselben Stichtags mehr ab: Warnung
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
    #   # kanonisch: wohnungsstatus alleinige, haupt, neben; geschlecht m, w, d, x; Staaten dreistellig (000 deutsch);
    #   # art_dt_sta geburt, einbuergerung, aussiedler, option, erklaerung, sonstiges, unbekannt
    #   geschlecht: {{"1": m, "2": w}}
    #   wohnungsstatus: {{A: alleinige, H: haupt, "N": neben}}
    # ignorieren: [FAMILIENNAME]          # steht in der Datei und wird nie gelesen; jede andere Spalte ist ein Fehler

  # Stadtteiltabellen (raw/{kommune}/tabellen/) und Indikatorlieferungen (raw/{kommune}/indikatoren/), docs/layouts.md.
{tabellen}
  # Aufgebaut wie tabellen; was hier steht, liegt in raw/{kommune}/indikatoren/.
  indikatoren: []

  # Maßnahmenblätter (raw/{kommune}/massnahmen/): nötig, sobald dort eine Mappe liegt; konzept ist die Kennung in konzept.yaml.
  # Das leere Blatt zum Konzept schreibt: monitoring new {kommune} --massnahmen
  # massnahmen:
  #   - titel: Umsetzungsstand der Maßnahmen
  #     herkunft: Koordinierungsstelle Integration
  #     konzept: muster_2024
  #     datei: massnahmen_{{stichtag}}.xlsx
  #     ampel_schema: massnahmen                    # grau, grün, gelb, rot wie im geschriebenen Blatt
"""

_REGISTERSTELLE = "    # Nur nötig, wenn der Auszug anders aussieht"

TABELLEN_BEISPIEL = """\
  # Einen Entwurf aus einer Datei schreibt: monitoring new {kommune} --aus DATEI. Ohne Tabellen die Liste leer lassen.
  tabellen: []
  # tabellen:
  #   - id: stadtteiltabelle
  #     titel: Bevölkerung nach Stadtteilen
  #     herkunft: Stadt Musterstadt, Statistischer Bericht 1/2024, Tabelle 3
  #     lizenz: dl-de/by-2-0
  #     datei: stadtteile_{stichtag}.xlsx           # {stichtag} JJJJ-MM-TT, {monat} JJJJMM, {jahr} JJJJ
  #     profil: kosis_like                        # Definition, nach der gezählt ist; nur bei Migrationshintergrund
  #     bevoelkerung: hauptwohnung                # wer gezählt ist
  #     bereits_veroeffentlicht: true             # schon öffentlich: wird nicht mehr geschützt
  #     stichprobe: {auswahlsatz: 0.01}           # nur bei Hochrechnungen: Anteil der Befragten; sonst gilt Vollerhebung
  #     zahlen: {dezimal: ",", tausender: "."}
  #     zeichen: {"k. A.": leer}                  # Wörter statt Zahlen; - . ... x / sind bekannt
  #     blatt: Stadtteile                         # ohne Angabe das erste sichtbare
  #     kopfzeile: 3                              # Zeile der Überschriften; mehrere als Liste [3, 4]
  #     ende: "Quelle:"                           # Anfang der ersten Zeile nach der Tabelle
  #     summenzeile: Musterstadt                  # Beschriftung der Kommune insgesamt
  #     spalten:                                  # Überschriften genau wie in der Datei, oder die Position
  #       gebiet: Stadtteil
  #       einwohner: Einwohner
  #       auslaender: Ausländer
  #       anteil_auslaender: Ausländeranteil
  #       personen_mit_mh: Personen mit Migrationshintergrund
  #       anteil_mh: Anteil mit Migrationshintergrund
  #     werte:                                    # Zahlenspalten, die mehr als ein Merkmal brauchen
  #       - {merkmal: auslaender, geschlecht: w, spalte: Ausländerinnen}
  #     abgleich: {quelle: melderegister, toleranz: 0, schwere: warnung}"""

GEBIETE_CSV = """\
gebiet_id;name;ebene;uebergeordnet;gebietsstand;gueltig_von;gueltig_bis
99999999;Musterstadt;gemeinde;99999;2024;;
01;Nord;stadtteil;99999999;2024;;
02;Süd;stadtteil;99999999;2024;;
"""

ORDNER = ("melderegister", "tabellen", "indikatoren", "massnahmen")


def create(ablage: Ablage, kommune: str, aus: Path | None = None) -> Created:
    """Write the folder of a new municipality; returns what was written, and what was made of `aus`.

    With `aus` the layout proposed from that file stands in kommune.yaml and its areas in gebiete.csv; the file itself is not
    copied. In a folder that exists only `entwurf_<stem>.yaml` is written.
    Raises: KonfigurationsFehler if the name is not allowed, the folder (or the draft in it) exists, or the file names no day;
    LieferungAbgewiesen if there is no table in the file.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", kommune) or kommune == "referenz":
        raise KonfigurationsFehler(
            f"»{kommune}« ist als Kurzname nicht erlaubt: Kleinbuchstaben, Ziffern und Unterstrich, z. B. neu_ulm."
        )
    ziel = ablage.roh / kommune
    if ziel.exists():
        if aus is None:
            raise KonfigurationsFehler(f"Den Ordner {ziel} gibt es schon; er wurde nicht verändert.")
        return _entwurf(ablage, ziel, aus)
    tabellen, gebiete = TABELLEN_BEISPIEL.replace("{kommune}", kommune), GEBIETE_CSV
    eigene: Eigene | None = None
    register = _registerentwurf(aus) if aus is not None else None
    said = describe_auszug(aus) if aus is not None and register is not None else []
    if aus is not None and register is None:
        vorschlag = _vorschlag(ablage, aus)
        eigene = find_own(kommune, vorschlag.landesgebiete)
        said = [*describe_vorschlag(aus, vorschlag), *describe_own(kommune, vorschlag, eigene)]
        gebiete_woher = (
            "Die Gebiete in gebiete.csv sind aus derselben Datei: Schlüssel, Ebene,"
            if vorschlag.gebiete or eigene
            else "Die Gebiete in gebiete.csv sind ein Beispiel: Schlüssel wie in der Tabelle, Ebene,"
        )
        hinweis = (
            f"  # Entwurf aus {_zeile(aus.name)}. {gebiete_woher}\n"
            "  # übergeordnetes Gebiet und Gebietsstand bitte prüfen, ebenso oben name und ags.\n"
        )
        tabellen = f"{hinweis}  tabellen:\n{vorschlag.eintrag()}"
        if vorschlag.abschnitt == "indikatoren" or aus.parent.name == "indikatoren":
            tabellen = f"  tabellen: []\n{hinweis}  indikatoren:\n{vorschlag.eintrag()}"
        if vorschlag.gebiete:
            gebiete = _gebiete_csv(vorschlag)
        if eigene:
            gebiete = _write_eigene(eigene)
    for name in ORDNER:
        (ziel / name).mkdir(parents=True)
    (ziel / "melderegister").chmod(0o700)
    dateien = {
        "kommune.yaml": _kommune_yaml(kommune, tabellen, register, eigene),
        "gebiete.csv": gebiete,
        "konzept_beispiel.yaml": KONZEPT_BEISPIEL,
    }
    for name, inhalt in dateien.items():
        (ziel / name).write_text(inhalt, encoding="utf-8")
    return Created([ziel / name for name in (*dateien, *ORDNER)], [*said, NEW_FOLDER])


def create_data_folder(ablage: Ablage) -> list[Path]:
    """Lay out raw/ with the shared reference lists in a data folder that has none; returns what was made.

    A folder that holds other things and no raw/ is left alone: it may be any folder.
    """
    vorlage = WURZEL / "data" / "raw" / "referenz"
    if ablage.referenz.exists() or not vorlage.is_dir():
        return []
    if not ablage.roh.exists() and ablage.daten.exists() and any(ablage.daten.iterdir()):
        return []
    shutil.copytree(vorlage, ablage.referenz)
    return [ablage.referenz]


def _kommune_yaml(kommune: str, tabellen: str, register: str | None, eigene: Eigene | None) -> str:
    text = KOMMUNE_YAML.format(kommune=kommune, tabellen=tabellen, mindestfallzahl=MINDESTFALLZAHL)
    if eigene:
        text = text.replace("\nname: Musterstadt ", f"\nname: {json.dumps(eigene.name, ensure_ascii=False)} ")
        text = text.replace('\nags: "99999999"', f'\nags: "{eigene.ags}"')
    if "\n  indikatoren:\n" in tabellen:
        text = text.replace(
            "  # Aufgebaut wie tabellen; was hier steht, liegt in", "  # Was unter indikatoren steht, liegt in"
        )
        text = text.replace("\n  indikatoren: []\n", "\n")
    return text.replace(_REGISTERSTELLE, register + _REGISTERSTELLE) if register else text


def _registerentwurf(aus: Path) -> str | None:
    """The draft for an extract of persons; None if the file is none."""
    if not aus.is_file():
        raise KonfigurationsFehler(f"Die Datei {aus} gibt es nicht.")
    gefunden = recognise_auszug(aus)
    return draft_register(aus, *gefunden) if gefunden else None


def _entwurf(ablage: Ablage, ordner: Path, aus: Path) -> Created:
    """A draft beside an existing kommune.yaml, as `monitoring check --layout` reads it."""
    datei = ordner / f"entwurf_{aus.stem}.yaml"
    if datei.exists():
        raise KonfigurationsFehler(
            f"Den Entwurf {datei} gibt es schon; er wurde nicht verändert. Bitte umbenennen oder löschen."
        )
    if register := _registerentwurf(aus):
        datei.write_text(
            "# Einfügen: in kommune.yaml unter quellen, melderegister, so eingerückt.\n" + register, encoding="utf-8"
        )
        return Created([datei], [*describe_auszug(aus), *describe_next_auszug(ordner)])
    gebiete = load_kommune(ordner).gebiete if (ordner / "kommune.yaml").exists() else ()
    vorschlag = _vorschlag(ablage, aus, gebiete)
    einzufuegen = ordner / f"einfuegen_{aus.stem}.txt"
    kopf = (
        f"# Prüfen: monitoring check DATEI --kommune {ordner.name} --layout {datei.name}\n"
        f"# Einfügen: unter quellen, {vorschlag.abschnitt} in kommune.yaml; fertig eingerückt steht er in {einzufuegen.name}.\n"
    )
    einzufuegen.write_text(vorschlag.eintrag(), encoding="utf-8")
    datei.write_text(kopf + vorschlag.yaml, encoding="utf-8")
    said = [*describe_vorschlag(aus, vorschlag), *describe_next_vorschlag(ordner, vorschlag, einzufuegen)]
    return Created([datei, einzufuegen], said)


def _vorschlag(ablage: Ablage, aus: Path, gebiete: Sequence[Gebiet] = ()) -> Vorschlag:
    if not aus.is_file():
        raise KonfigurationsFehler(f"Die Datei {aus} gibt es nicht.")
    tmp = ablage.create_folders().tmp
    return recognise(aus, tmp, ablage.roh) or propose(aus, tmp, gebiete)


def _gebiete_csv(vorschlag: Vorschlag) -> str:
    """The areas of a file below the example municipality; a key that comes twice stands once."""
    kopf, gemeinde = GEBIETE_CSV.splitlines()[:2]
    ags = gemeinde.partition(";")[0]
    puffer = io.StringIO()
    schreiber = csv.writer(puffer, delimiter=";", lineterminator="\n")
    schreiber.writerow(kopf.split(";"))
    schreiber.writerow(gemeinde.split(";"))
    gesehen = {ags, UNBEKANNT}
    for schluessel, name in vorschlag.gebiete:
        if schluessel not in gesehen:
            gesehen.add(schluessel)
            schreiber.writerow([schluessel, name, "stadtteil", ags, gemeinde.split(";")[4], "", ""])
    return puffer.getvalue()


def _write_eigene(eigene: Eigene) -> str:
    """gebiete.csv with the municipality as a table of its Land names it."""
    kopf, gemeinde = GEBIETE_CSV.splitlines()[:2]
    stand = gemeinde.split(";")[4]
    return "\n".join([kopf, *(";".join((*zeile, stand, "", "")) for zeile in eigene.zeilen)]) + "\n"


def _zeile(text: str) -> str:
    return "".join(z if z.isprintable() else " " for z in text)
