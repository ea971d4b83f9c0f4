"""Municipalities and their areas as tables.

Belongs here: kommune.yaml, gebiete.csv and gebiete.geojson → rows. Does not belong here: sources of deliveries
(quelle.py) and breaks (bruch.py).
"""

from dataclasses import asdict
from typing import Any

from pipelines.stamm.kommune import UNBEKANNT, Kommune
from schemas.spalten.common import INSGESAMT, ZAEHLGESCHLECHTER
from schemas.tabellen.stamm import STAMM
from schemas.types import arrow_schemata

SCHEMATA_KOMMUNE = arrow_schemata(
    STAMM,
    "kommune",
    "muster",
    "umfang",
    "geheime_null",
    "asylherkunft",
    "gebiet",
    "vorfahr",
    "altersgruppe",
    "geschlecht",
    "bruecke",
)


def zeilen_kommune(kommunen: list[Kommune]) -> dict[str, list[dict[str, Any]]]:
    """Rows of every table of SCHEMATA_KOMMUNE."""
    return {
        "kommune": [
            {"kommune": k.id, "name": k.angaben.name, "ags": k.angaben.ags, "land": k.angaben.land,
             "definitionen": list(k.angaben.profile),
             "mindestfallzahl": k.angaben.schutz.mindestfallzahl, "mindestnenner": k.angaben.schutz.mindestnenner,
             "mindestwert_ab": k.angaben.veroeffentlichung.mindestwert_ab,
             "begruendung": k.angaben.schutz.begruendung, "verfahren": k.angaben.schutz.verfahren,
             "rundung": k.angaben.schutz.rundung, "varianz": k.angaben.schutz.cellkey.varianz,
             "hoechstfehler": k.angaben.schutz.hoechstfehler(), "verfahren_text": k.angaben.schutz.verfahrenstext(),
             "fluesse": k.angaben.fluesse, "fluesse_frist_tage": k.angaben.verknuepfung.frist_tage,
             "fluesse_rechtsgrundlage": k.angaben.verknuepfung.rechtsgrundlage if k.angaben.fluesse else None,
             **k.angaben.aufbewahrung.model_dump(),
             **{f"offene_daten_{name}": wert for name, wert in k.angaben.offene_daten.model_dump().items()}}
            for k in kommunen
        ],
        "muster": [{"kommune": k.id, "muster": m} for k in kommunen for m in k.angaben.veroeffentlichung.stichtage],
        "umfang": [
            {"kommune": k.id, "hauptprofil": k.angaben.profile[0], "mindestzeile": k.angaben.schutz.mindestzeile,
             "korrekturen": k.angaben.schutz.korrekturen, **k.angaben.veroeffentlichung.umfang.model_dump()}
            for k in kommunen
        ],
        "geheime_null": [{"kommune": k.id, **n.model_dump()} for k in kommunen for n in k.angaben.schutz.nullen],
        "asylherkunft": [{"kommune": k.id, "staat": s} for k in kommunen for s in k.angaben.registermerkmale.asylherkunft],
        "gebiet": [
            {"kommune": k.id, "gebiet_id": g.gebiet_id, "gebiet": g.name, "ebene": g.ebene,
             "uebergeordnet": g.uebergeordnet, "gebietsstand": g.gebietsstand, "gueltig_von": g.gueltig_von,
             "gueltig_bis": g.gueltig_bis, "kachel_x": g.kachel[0] if g.kachel else None,
             "kachel_y": g.kachel[1] if g.kachel else None, "geometrie": g.geometrie,
             "geometrie_herkunft": g.geometrie_herkunft}
            for k in kommunen
            for g in k.gebiete
        ],
        "vorfahr": [{"kommune": k.id, "gebiet_id": g, "vorfahr": v} for k in kommunen for g, v in k.vorfahren()],
        "altersgruppe": [
            {"kommune": k.id, "altersgruppe": a}
            for k in kommunen
            for a in (*k.angaben.altersgruppen, UNBEKANNT, INSGESAMT)
        ],
        "geschlecht": [{"geschlecht": g} for g in (*ZAEHLGESCHLECHTER, INSGESAMT)],
        "bruecke": [{"kommune": k.id, **asdict(b)} for k in kommunen for b in k.bruecken],
    }  # fmt: skip
