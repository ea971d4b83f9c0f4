"""What `monitoring new --aus` says it made of a file.

Belongs here: those sentences, what is to be done next, and the record of what was written. Does not belong here: making the draft
(kommune.py) and finding out what the file holds (eingang/layout_proposal/propose.py).
"""

from pathlib import Path
from typing import NamedTuple

import yaml

from pipelines.eingang.layout_proposal.propose import Vorschlag
from pipelines.scaffold.own_areas import Eigene


class Created(NamedTuple):
    """Files written, and what is to be said of a file that something was drafted from."""

    files: list[Path]
    said: list[str]


def describe_auszug(aus: Path) -> list[str]:
    return [f"{aus.name}: als Auszug des Melderegisters erkannt; vorgeschlagen ist, wie seine Spalten zu lesen sind."]


def describe_vorschlag(aus: Path, vorschlag: Vorschlag) -> list[str]:
    """Which columns were found, how many areas, what is unsure; of a known table that a ready layout reads it."""
    spalten = yaml.safe_load(vorschlag.yaml).get("spalten")
    if spalten is None:
        saetze = [
            f"{aus.name}: als bekannte Tabelle erkannt; die fertige Quelle {vorschlag.layout.vorlage} liest sie (unter "
            f"{vorschlag.abschnitt})."
        ]
    else:
        werte = len(vorschlag.layout.werte)
        dazu = f" und {werte} weitere Zahlenspalten" if werte else ""
        saetze = [
            f"{aus.name}: als Tabelle für {vorschlag.abschnitt} gelesen; zugeordnet sind {', '.join(spalten)}{dazu}."
        ]
    if vorschlag.gebiete:
        saetze.append(f"Gefunden: {len(vorschlag.gebiete)} Gebiete.")
    saetze += [f"Unsicher: {satz}" for satz in vorschlag.unsicher]
    return saetze


def describe_own(kommune: str, vorschlag: Vorschlag, eigene: Eigene | None) -> list[str]:
    """Whether the municipality was found in a table of its Land; nothing of other tables."""
    if eigene:
        weitere = [f"{name} ({schluessel})" for schluessel, name, *_ in eigene.zeilen if schluessel != eigene.ags]
        mit = f", mit {', '.join(weitere[:3])}{' …' if len(weitere) > 3 else ''}" if weitere else ""
        return [f"Gefunden: {eigene.name} ({eigene.ags}){mit}. Daraus sind name, ags und gebiete.csv; bitte prüfen."]
    if vorschlag.landesgebiete:
        return [
            f"Wie der Ordner ({kommune}) heißt kein Gebiet der Tabelle oder mehrere; name, ags und gebiete.csv sind Beispiele."
        ]
    return []


NEW_FOLDER = "Bitte die Angaben in kommune.yaml und gebiete.csv anpassen, dann: monitoring refresh"
_NOT_READ = "Der Entwurf wird nicht gelesen. "


def describe_next_auszug(ordner: Path) -> list[str]:
    """What to do with the draft for an extract of persons."""
    return [f"{_NOT_READ}Bitte prüfen und in {ordner / 'kommune.yaml'} unter quellen, melderegister übernehmen."]


def describe_next_vorschlag(ordner: Path, vorschlag: Vorschlag, einzufuegen: Path) -> list[str]:
    """What to do with a draft beside a kommune.yaml: the lines where a ready source is named, else where they stand."""
    wo = f"{ordner / 'kommune.yaml'} unter quellen, {vorschlag.abschnitt}"
    datei = f"Die Datei selbst gehört nach {ordner / vorschlag.abschnitt}."
    if vorschlag.layout.vorlage is None:
        return [f"{_NOT_READ}Bitte prüfen und in {wo} einfügen, wie er in {einzufuegen.name} steht. {datei}"]
    zeilen = [z for z in vorschlag.eintrag().splitlines() if not z.lstrip().startswith("#")]
    return [
        f"{_NOT_READ}Bitte prüfen und in {wo} diese Zeilen einfügen (sie stehen in {einzufuegen.name}):",
        *zeilen,
        datei,
    ]
