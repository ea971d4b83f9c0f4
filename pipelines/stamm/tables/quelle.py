"""Sources of deliveries and what is said of their figures as tables.

Belongs here: kommune.yaml, quellen, and demo.yaml → rows. Does not belong here: sources of measure sheets (massnahme.py).
"""

from typing import Any

from pipelines.foundation.config_files import is_there
from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.yaml_file import ort, read_yaml
from pipelines.stamm.kommune import Kommune
from pipelines.stamm.quellen.layout import Layout
from schemas.spalten.lieferung import MERKMALE
from schemas.tabellen.stamm import STAMM
from schemas.types import arrow_schemata

SCHEMATA_QUELLE = arrow_schemata(STAMM, "abgleich", "quelle", "erzeugt_aus", "nachmeldung", "merkmal")


def zeilen_quelle(kommunen: list[Kommune]) -> dict[str, list[dict[str, Any]]]:
    """Rows of every table of SCHEMATA_QUELLE."""
    return {
        "abgleich": [
            {"kommune": k.id, "quelle": t.id, "profil": t.profil, "toleranz": t.abgleich.toleranz,
             "schwere": t.abgleich.schwere.value}
            for k in kommunen
            for t in k.angaben.quellen.tabellen
            if t.abgleich
        ],
        "quelle": [
            {"kommune": k.id, "quelle_id": t.id, "rang": rang, "art": art, "titel": t.titel, "herkunft": t.herkunft,
             "lizenz": t.lizenz, "profil": t.profil or "-", "bevoelkerung": t.bevoelkerung, "zensusbasis": t.zensusbasis,
             "methode": t.methode, "veroeffentlicht": t.bereits_veroeffentlicht, "stichtag_angenommen": t.stichtag_angenommen,
             "auswahlsatz": t.stichprobe.auswahlsatz if t.stichprobe else None, "adresse": t.adresse,
             "fertige_quelle": t.vorlage,
             "gruppen_zusammen": list(t.gruppen_zusammen)}
            for rang, (k, art, t) in enumerate(_layouts(kommunen))
        ] + [
            {"kommune": k.id, "quelle_id": "melderegister", "rang": -1, "art": "melderegister",
             "titel": k.angaben.quellen.melderegister.titel, "herkunft": k.angaben.quellen.melderegister.titel,
             "lizenz": "", "profil": "-", "bevoelkerung": "hauptwohnung", "zensusbasis": None, "methode": "exakt",
             "veroeffentlicht": False, "stichtag_angenommen": False, "auswahlsatz": None, "adresse": None, "fertige_quelle": None,
             "gruppen_zusammen": []}
            for k in kommunen
            if k.angaben.quellen.melderegister
        ],
        "erzeugt_aus": [{"kommune": k.id, "quelle_id": q} for k in kommunen for q in _erzeugt_aus(k)],
        "nachmeldung": [
            {"kommune": k.id, "hoechstanteil": k.angaben.quellen.melderegister.hoechstanteil_nachmeldung}
            for k in kommunen
            if k.angaben.quellen.melderegister
        ],
        "merkmal": [
            {"kommune": k.id, "quelle_id": t.id, "merkmal": m, "merkmal_titel": t.titel_von(m),
             "wert_einheit": t.einheit(m), "additiv": t.additiv(m), "quelle_rundet": t.is_rounded(m)}
            for k, _, t in _layouts(kommunen)
            for m in (*MERKMALE, *(m for m in t.merkmale if m not in MERKMALE))
        ],
    }  # fmt: skip


def _erzeugt_aus(kommune: Kommune) -> list[str]:
    """Sources whose figures an example register of this municipality is generated from (demo.yaml); none without one.

    Raises: KonfigurationsFehler if it is no list of names.
    """
    datei = kommune.ordner / "demo.yaml"
    if not is_there(datei):
        return []
    inhalt, zeilen = read_yaml(datei)
    genannt = inhalt.get("erzeugt_aus", []) if isinstance(inhalt, dict) else []
    if not isinstance(genannt, list) or not all(isinstance(q, str) for q in genannt):
        raise KonfigurationsFehler(
            f"{ort(datei, zeilen, ('erzeugt_aus',))}: gefunden »{genannt}«. Erwartet: eine Liste von Kennungen der Quellen in "
            "kommune.yaml, z. B. [stadtteiltabelle]."
        )
    return genannt


def _layouts(kommunen: list[Kommune]) -> list[tuple[Kommune, str, Layout]]:
    arten = ("tabellen", "indikatoren")
    return [(k, art, t) for k in kommunen for art in arten for t in k.angaben.quellen.layouts(art)]
