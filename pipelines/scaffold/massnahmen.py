"""`monitoring new K --massnahmen`: the status sheet of a municipality's concept, empty or with the published state.

Belongs here: which concept, which state, where the file goes. Does not belong here: the workbook
(scaffold/massnahmenblatt/workbook.py).
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage
from pipelines.foundation.yaml_file import aehnlich
from pipelines.scaffold.massnahmenblatt.rows import aktueller_stand, zeitangabe
from pipelines.scaffold.massnahmenblatt.workbook import write_workbook
from pipelines.stamm.kommune import load_kommune
from pipelines.stamm.konzept.load import load_konzept
from pipelines.stamm.konzept.models import Fassung
from schemas.words.steuerung import NEBENBLAETTER

Zeile = dict[str, Any]

ORDNER = Path("massnahmen") / "vorlage"  # beside the sheets that are read, never among them


def create_massnahmen_workbook(
    ablage: Ablage,
    kommune: str,
    konzept_id: str | None,
    ziel: Path | None,
    mit_stand: bool,
    *,
    ampel_schema: str | Mapping[str, str] = "massnahmen",
) -> Path:
    """Write the sheet and return its path. Without `konzept_id` the last version that names a field or a measure.

    `ziel` is a file (.xlsx) or a folder; without it the file goes to raw/<kommune>/massnahmen/vorlage/. Nothing is
    overwritten.
    Raises: KonfigurationsFehler for an unknown municipality or concept, an existing file, a place that is read as a
    delivery, or, with `mit_stand`, when nothing is published.
    """
    ordner = _ordner(ablage, kommune)
    fassung = _fassung(ordner, kommune, konzept_id)
    leer: tuple[list[Zeile], list[Zeile], dict[str, list[Zeile]], date | None] = ([], [], {}, None)
    zeilen, vorlagen, neben, stand = _veroeffentlicht(ablage, kommune, fassung.konzept) if mit_stand else leer
    name = f"massnahmen_{fassung.konzept}{f'_{stand}' if stand else ''}.xlsx"
    datei = _ziel(ordner, ziel or ordner / ORDNER, name)
    # openpyxl is only needed once nothing is wrong.
    datei.parent.mkdir(parents=True, exist_ok=True)
    with ablage.neu(datei) as neu:
        je_feld = aktueller_stand(zeilen) if mit_stand else None
        write_workbook(fassung, neu, stand, je_feld, vorlagen=vorlagen, neben=neben, ampel_schema=ampel_schema)
    return datei


def naechste_schritte(ablage: Ablage, kommune: str) -> str:
    """Where the filled-in sheet goes, and what kommune.yaml still lacks so that it is read."""
    wohin = f"Ausgefüllt gehört die Mappe als massnahmen_JJJJ-MM-TT.xlsx nach {ablage.roh / kommune / 'massnahmen'}."
    if not (ablage.roh / kommune / "kommune.yaml").exists():
        return wohin
    if load_kommune(ablage.roh / kommune).angaben.quellen.massnahmen:
        return wohin
    return (
        f"{wohin} Damit sie gelesen wird, fehlt in kommune.yaml noch die Quelle quellen.massnahmen (titel, herkunft, konzept, "
        "datei: massnahmen_{stichtag}.xlsx, ampel_schema: massnahmen)."
    )


def _ordner(ablage: Ablage, kommune: str) -> Path:
    vorhanden = sorted(p.parent.name for p in ablage.roh.glob("*/konzept.yaml"))
    if kommune in vorhanden:
        return ablage.roh / kommune
    if (ablage.roh / kommune).is_dir() and kommune:
        raise KonfigurationsFehler(
            f"{kommune} hat keine konzept.yaml; ohne Konzept gibt es keinen Maßnahmenkatalog. Bitte anlegen: "
            f"{ablage.roh / kommune / 'konzept.yaml'}."
        )
    raise KonfigurationsFehler(f"Die Kommune »{kommune}« gibt es nicht. {_hinweis(kommune, vorhanden)}")


def _fassung(ordner: Path, kommune: str, konzept_id: str | None) -> Fassung:
    konzept = load_konzept(ordner)
    fassungen = {f.konzept: f for f in (konzept.konzepte if konzept else ()) if f.handlungsfelder or f.massnahmen}
    if not fassungen:
        raise KonfigurationsFehler(f"{kommune}/konzept.yaml nennt weder Handlungsfelder noch Maßnahmen.")
    if konzept_id is None:
        return list(fassungen.values())[-1]
    if konzept_id not in fassungen:
        alle = {f.konzept for f in konzept.konzepte} if konzept else set()
        grund = "nennt weder Handlungsfelder noch Maßnahmen" if konzept_id in alle else f"gibt es bei {kommune} nicht"
        raise KonfigurationsFehler(f"Das Konzept »{konzept_id}« {grund}. {_hinweis(konzept_id, [*fassungen])}")
    return fassungen[konzept_id]


def _hinweis(gefunden: str, erlaubt: list[str]) -> str:
    vorschlag = aehnlich(gefunden, erlaubt)
    return (f"Ähnlich: »{vorschlag}«. " if vorschlag else "") + f"Vorhanden: {', '.join(erlaubt) or 'keine'}."


def _ziel(ordner: Path, ziel: Path, name: str) -> Path:
    """The file to write: `ziel` itself if it is named so, else `name` in that folder."""
    datei = ziel if ziel.suffix.casefold() == ".xlsx" and not ziel.is_dir() else ziel / name
    if ziel.suffix and ziel.suffix.casefold() != ".xlsx" and not ziel.is_dir():
        raise KonfigurationsFehler(
            f"{ziel}: Die Mappe ist eine XLSX-Datei; bitte einen Namen mit .xlsx oder einen Ordner nennen."
        )
    if datei.resolve().parent == (ordner / "massnahmen").resolve():
        raise KonfigurationsFehler(
            f"{datei} läge im Ordner der Lieferungen und würde als Stand eingelesen. Bitte einen anderen Ort wählen, "
            f"z. B. {ordner / ORDNER}."
        )
    if datei.exists():
        raise KonfigurationsFehler(f"{datei} gibt es schon; die Datei wurde nicht verändert.")
    return datei


def _veroeffentlicht(
    ablage: Ablage, kommune: str, konzept: str
) -> tuple[list[Zeile], list[Zeile], dict[str, list[Zeile]], date]:
    """Each measure's latest published row, the council papers, the tabs beside them, and the latest Stand.

    A measure that has another number since then comes under the later one only.
    """
    import duckdb

    if not ablage.publikation.exists():
        raise KonfigurationsFehler(
            f"Es gibt noch keine Veröffentlichung ({ablage.publikation}). Zuerst: monitoring refresh"
        )
    con = duckdb.connect(str(ablage.publikation), read_only=True)

    def read(tabelle: str, zusatz: str) -> list[Zeile]:
        da = "select 1 from information_schema.tables where table_schema = 'marts' and table_name = ?"
        if not con.execute(da, [tabelle]).fetchall():
            return []
        lauf = con.execute(
            f"select * from marts.{tabelle} where kommune = ? and konzept = ? {zusatz}", [kommune, konzept]
        )
        namen = [s[0] for s in lauf.description or ()]
        return [dict(zip(namen, z, strict=True)) for z in lauf.fetchall()]

    try:
        massnahmen = read(
            "massnahme",
            "qualify stand = max(stand) over (partition by massnahme_nr) and stand = max(stand) over (partition by titel) "
            "order by massnahme_nr",
        )
        vorlagen = read("vorlage", "and vereinbarkeit is not null order by datum, vorlage_nr")
        neben = {n.tabelle: read(n.tabelle, "order by all") for n in NEBENBLAETTER}
    finally:
        con.close()
    if not massnahmen:
        raise KonfigurationsFehler(
            f"Zu »{konzept}« von {kommune} ist kein Maßnahmenstand veröffentlicht. Die leere Mappe gibt es ohne den Stand."
        )
    for zeile in neben["massnahme_meilenstein"]:
        zeile["erreicht_am"] = zeile["erreicht_am"] and f"{zeile['erreicht_am']:%d.%m.%Y}"
        zeile["geplant_am"] = zeitangabe(zeile["geplant_am"], zeile.get("geplant_genauigkeit"))
    return massnahmen, vorlagen, neben, max(z["stand"] for z in massnahmen)
