"""A small town with three districts in the published vocabulary: indicators, ages, nationalities and a measure by area.

Belongs here: the rows that tests of the atlas and of the profiles share. Does not belong here: tests.
"""

import json
from datetime import date
from typing import Any

from tests.lib.outlines import square
from tests.unit.veroeffentlichung.test_bericht import AGS, mustertabellen, zeile

TAGE = (date(2020, 12, 31), date(2021, 6, 30))
GEBIETE = {"10": ("Niederaden", 5, 5), "07": ("Ährenfeld & Söhne", 3, 3), "13": ("Wethmar", None, None)}
INDIKATOREN = {"dem_einw": (1, "Einwohner", "anzahl"), "dem_mh_anteil": (2, "Anteil MH", "prozent")}
# (indicator, definition, sex, age, area) → values by day; None is protected.
WERTE: dict[tuple[str, str, str, str, str], tuple[float | None, float | None]] = {
    ("dem_einw", "-", "insgesamt", "insgesamt", "10"): (2200, 2212),
    ("dem_einw", "-", "insgesamt", "insgesamt", "07"): (2950, 2989),
    ("dem_einw", "-", "insgesamt", "insgesamt", AGS): (87782, 87815),
    ("dem_mh_anteil", "luenen_2021", "insgesamt", "insgesamt", "10"): (13.9, 14.15),
    ("dem_mh_anteil", "luenen_2021", "insgesamt", "insgesamt", "07"): (40.0, 40.95),
    ("dem_mh_anteil", "luenen_2021", "insgesamt", "insgesamt", "13"): (28.1, None),
    ("dem_mh_anteil", "luenen_2021", "insgesamt", "insgesamt", AGS): (33.7, 34.37),
    ("dem_mh_anteil", "luenen_2021", "w", "insgesamt", "10"): (12.1, 12.5),
    ("dem_mh_anteil", "luenen_2021", "w", "insgesamt", "07"): (42.3, 43.7),
    ("dem_mh_anteil", "luenen_2021", "insgesamt", "00-02", "10"): (21.0, 22.4),
    ("dem_mh_anteil", "luenen_2021", "insgesamt", "00-02", "07"): (51.0, 53.6),
    ("dem_mh_anteil", "kosis_like", "insgesamt", "insgesamt", "10"): (17.7, 18.2),
    ("dem_mh_anteil", "kosis_like", "insgesamt", "insgesamt", "07"): (47.9, 49.1),
}


def _row(schluessel: tuple[str, str, str, str, str], tag: date, wert: float | None) -> dict[str, Any]:
    indikator, profil, geschlecht, alter, gebiet = schluessel
    status = "geheim" if wert is None else "ok"
    neu = indikator == "dem_einw" and tag == TAGE[1]  # there the source changes
    raenge = {"10": 3, "07": 1}
    return {
        "kommune": "luenen", "gebiet_id": gebiet, "indikator": indikator, "profil": profil, "gruppe": "insgesamt",
        "geschlecht": geschlecht, "altersgruppe": alter, "zeitraum": tag, "stichtag": tag,
        "gebiet": GEBIETE[gebiet][0] if gebiet != AGS else "Lünen", "ebene": "gemeinde" if gebiet == AGS else "stadtteil",
        "einheit": INDIKATOREN[indikator][2], "richtung": "neutral", "wert": wert, "abschnitt": 2 if neu else 1,
        "abschnitt_grund": "quellenwechsel" if neu else None, "status": status, "hinweise": [] if wert else [status],
        "lage_rang": raenge.get(gebiet) if wert else None, "lage_gebiete": 3 if wert else None, "beispieldaten": False,
        "quelle": "melderegister", "bevoelkerung": "hauptwohnung", "herkunft": "Stadt Lünen", "lizenz": "frei",
        "trend_auf_korrektur": False, "lieferung_id": "luenen-register",
    }  # fmt: skip


def _ages() -> list[dict[str, Any]]:
    je = {"00-02": (30, 31), "00-17": (200, 190), "03-17": (170, 159), "75+": (None, 77)}
    return [
        zeile("10", "Niederaden", 0, 1, 2, geschlecht=s, altersgruppe=alter, anteil_mh=None)
        | ({"einwohner": zahl} if zahl else {"einwohner": None, "status": "geheim", "hinweise": ["geheim"]})
        for alter, paar in je.items()
        for s, zahl in zip(("w", "m"), paar, strict=True)
    ]


def with_outlines(tabellen: dict[str, Any], ohne: tuple[str, ...] = ()) -> dict[str, Any]:
    """The same town, its districts with square outlines in a row but those of `ohne`."""
    umrisse = {
        g: {"geometrie": json.dumps({"type": "Polygon", "coordinates": [square(i, 0)]}), "geometrie_herkunft": "Stadt & Land"}
        for i, g in enumerate(GEBIETE) if g not in ohne
    }  # fmt: skip
    return tabellen | {"dim.gebiet": [z | umrisse.get(z["gebiet_id"], {}) for z in tabellen["dim.gebiet"]]}


def tabellen(werte: dict[tuple[str, str, str, str, str], tuple[float | None, float | None]] = WERTE) -> dict[str, Any]:
    """The small town with these values of indicators."""
    muster = mustertabellen(synthetisch=False)
    katalog = {
        "definition": "Was es ist.", "faktor": 100.0, "richtung": "neutral", "rahmen": True, "prozess": False,
        "formel_vorschlag": False, "beachten": [], "zaehler_merkmal": "personen_mit_mh", "nenner_merkmal": "einwohner",
    }  # fmt: skip
    massnahme = {
        "kommune": "luenen", "konzept": "2021", "massnahme_nr": "3a", "stand": TAGE[1], "titel": "Sprachcafé im Ort",
        "art": "massnahme", "status": "laufend", "stand_letzter": True, "sozialraum": "Niederaden", "gebiet_id": "10",
        "gebiet": "Niederaden", "beispieldaten": False, "hinweise": [], "ueberfaellig": False, "ueberfaellig_heute": False,
        "lieferung_id": "luenen-tabelle", "begruendet": True, "partner": [], "risiko_abgeleitet": False,
    }  # fmt: skip
    return muster | {
        "marts.indikator_zeitreihe": [
            _row(s, t, w) for s, paar in werte.items() for t, w in zip(TAGE, paar, strict=True)
        ],
        "marts.migrationshintergrund": [*muster["marts.migrationshintergrund"], *_ages()],
        "marts.massnahme": [massnahme],
        "dim.indikator": [
            katalog | {"indikator": i, "nummer": n, "name": name, "einheit": einheit}
            for i, (n, name, einheit) in INDIKATOREN.items()
        ],
        "dim.gebiet": [
            {"kommune": "luenen", "gebiet_id": g, "gebiet": name, "ebene": "stadtteil", "uebergeordnet": AGS,
             "gebietsstand": "2021", "kachel_x": x, "kachel_y": y}
            for g, (name, x, y) in GEBIETE.items()
        ] + [{"kommune": "luenen", "gebiet_id": AGS, "gebiet": "Lünen", "ebene": "gemeinde", "uebergeordnet": "05978",
              "gebietsstand": "2021"}],
    }  # fmt: skip
