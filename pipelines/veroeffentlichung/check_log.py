"""`protokoll.pruefung`: the results of all checks and the findings on deliveries, as one table.

Belongs here: putting together what was remembered. Does not belong here: running a check.
"""

from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.eingang.lieferung.titles import TITEL
from pipelines.eingang.massnahmen.checks import load_massnahmen_checks
from pipelines.eingang.tabelle.checks import load_lieferung_checks
from pipelines.foundation.findings import Schwere
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import NAME
from pipelines.steps.checks import BESTANDEN, VERLETZT, gemerkte
from pipelines.veroeffentlichung.gate import PROTOKOLL, THEMA, torstand
from schemas.tabellen.protokoll import PRUEFUNG
from schemas.types import arrow_schema

HAELT_AN, ABGEWIESEN, KEINE = "haelt_an", "abgewiesen", "keine"
SCHEMA = arrow_schema(PRUEFUNG)


def folge(schwere: str, haelt_an: bool) -> str:
    """What a violation of this severity leads to; `haelt_an`: a check of the gate of publication, else one of a delivery."""
    if schwere != Schwere.fehler.value:
        return KEINE
    return HAELT_AN if haelt_an else ABGEWIESEN


def _wessen(ordner: str) -> dict[str, str]:
    """Kommune and datei of what holds a folder of raw/ back; a copy `ort - Kopie` is no municipality and stands as a folder."""
    return {"kommune": ordner, "datei": "-"} if NAME.fullmatch(ordner) else {"kommune": "-", "datei": f"raw/{ordner}"}


def write_check_log(ablage: Ablage) -> int:
    """Write `protokoll.pruefung`; returns the number of rows.

    A check that passed, or had nothing to compare, is one row with kommune `-`; a violated one is a row for each municipality
    concerned.
    """
    zeilen: list[dict[str, Any]] = []
    for e in gemerkte(ablage):
        if e["tabelle"] == "protokoll.pruefung":
            continue  # its own check can only run after it is written
        gemeinsam = {
            "quelle": "-", "datei": e["tabelle"], "pruefung": e["pruefung"], "titel": e["titel"],
            "schwere": e["schwere"], "erwartet": e["erwartet"],
            "folge": folge(e["schwere"], True) if e["sperrt"] else KEINE,
        }  # fmt: skip
        je_kommune: dict[str, list[str]] = {}
        for kommune, ort, _ in e["faelle"]:
            je_kommune.setdefault(kommune, []).append(ort)
        if not je_kommune:
            ergebnis = e.get("ergebnis", BESTANDEN)
            zeilen.append({"kommune": "-", **gemeinsam, "ergebnis": ergebnis, "anzahl": 0, "beispiel": None})
        for kommune, orte in je_kommune.items():
            zeilen.append(
                {
                    "kommune": kommune,
                    **gemeinsam,
                    "ergebnis": VERLETZT,
                    "anzahl": len(orte),
                    "beispiel": None if e.get("zellen", True) else orte[0],
                }
            )
    for kommune, meldungen in torstand(ablage, (PROTOKOLL,)).je_kommune.items():
        zeilen.append(
            {**_wessen(kommune), "quelle": "-", "pruefung": THEMA,
             "titel": "Die neuen Zahlen der Kommune dürfen veröffentlicht werden", "schwere": "fehler",
             "ergebnis": VERLETZT, "anzahl": len(meldungen), "beispiel": meldungen[0].thema,
             "erwartet": "eine fehlerfreie Konfiguration und keine verletzte sperrende Prüfung; bis dahin bleiben die zuletzt "
             "veröffentlichten Zahlen", "folge": HAELT_AN}
        )  # fmt: skip
    befunde = pq.read_table(ablage.tabelle("geheimhaltung", "befund")).to_pylist()
    kopf = {p.name: p for p in (*load_lieferung_checks(), *load_massnahmen_checks())}
    for b in befunde:
        pruefung = kopf.get(b["pruefung"])
        titel = pruefung.titel if pruefung else TITEL.get(b["pruefung"])
        if b["anzahl"] == 0 and pruefung:
            b |= {"ergebnis": BESTANDEN, "schwere": pruefung.schwere.value, "erwartet": pruefung.erwartet}
        zeilen.append({"ergebnis": VERLETZT, **b, "titel": titel, "folge": folge(b["schwere"], False)})
    zeilen.sort(key=lambda z: (z["kommune"], z["quelle"], z["datei"], z["pruefung"]))
    with ablage.neu(ablage.tabelle("protokoll", "pruefung")) as neu:
        pq.write_table(pa.Table.from_pylist(zeilen, schema=SCHEMA), neu)
    return len(zeilen)
