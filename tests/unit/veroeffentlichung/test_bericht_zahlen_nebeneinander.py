"""Figures beside each other: differences that add up or say »rund«, ranks among how many, remarks beside their figure."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from pipelines.veroeffentlichung.bericht.bemerkungen import Remarks, tell_area_remarks, tell_staat_remarks
from pipelines.veroeffentlichung.bericht.indikatoren.differences import GEDRUCKT, amount, difference, points
from pipelines.veroeffentlichung.bericht.indikatoren.gebiete import gebietswerte, kreiswerte
from pipelines.veroeffentlichung.bericht.indikatoren.lage import tell_rank
from pipelines.veroeffentlichung.bericht.massnahmen.words import AMPEL, RISIKOWORTE, state
from pipelines.veroeffentlichung.bericht.staaten import Staatsnamen

TAG = date(2012, 12, 31)
ORT = {"kommune": "neuss", "name": "Neuss", "ags": "05162024"}
STAATEN = Staatsnamen({}, {})
WERT: dict[str, Any] = {
    "indikator": "dem_ausl_anteil", "name": "Ausländeranteil", "gruppe": "insgesamt", "profil": "-", "stichtag": TAG,
    "beispieldaten": False, "bevoelkerung": "hauptwohnung", "einheit": "prozent", "status": "ok", "hinweise": [],
    "lage_gebiete": 2, "lage_quotient": 1.0, "quelle": "register", "gebiete_der_ebene": 3, "herkunft": "Zeitung",
    "lieferung_id": "l1", "fundstelle": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("spaeter", "frueher", "einheit", "text"),
    [
        (161.50692953347647, 35.654359287956865, "promille", "rund +125,9 je\N{NO-BREAK SPACE}1.000"),  # 161,5 − 35,7
        (12.0, 10.0, "prozent", "+2,0 Prozentpunkte"),
        (10.04, 10.06, "prozent", "rund 0,0 Prozentpunkte"),  # 10,0 − 10,1
        (9.0, 10.5, "prozent", "−1,5 Prozentpunkte"),
        (120.0, 100.0, "anzahl", "+20"),
    ],
)
def test_a_difference_that_the_printed_figures_do_not_give_says_so(
    spaeter: float, frueher: float, einheit: str, text: str
) -> None:
    assert difference(spaeter - frueher, spaeter, frueher, einheit) == text


def test_a_difference_of_shares_in_a_sentence_keeps_its_word_and_loses_its_sign() -> None:
    assert points(Fraction(3374, 10000), Fraction(2987, 10000)) == "rund +3,9", "33,7 less 29,9 is 3,8"
    assert amount("rund +3,9") == "rund 3,9"
    assert amount(points(Fraction(10, 100), Fraction(20, 100))) == "10,0"


@pytest.mark.parametrize(
    "text", ["rund +3,9 Prozentpunkte", "um rund 3,9 Prozentpunkte gestiegen", "rund 0,0 Prozentpunkte", "by about 3.9"]
)
def test_a_difference_that_does_not_add_up_is_found_on_paper(text: str) -> None:
    assert GEDRUCKT.search(text)
    assert not GEDRUCKT.search("Bemerkung der Quelle: rund 15.033; Grund 5 fehlt")


@pytest.mark.parametrize(
    ("z", "gebiete", "text"),
    [
        ({"lage_rang": 2, "lage_gebiete": 3, "quelle": "register"}, 3, "2 von 3 gelieferten"),
        ({"lage_rang": 2, "lage_gebiete": 3, "quelle": "register"}, 28, "2 von 3 gelieferten, 28 Gebiete insgesamt"),
        ({"lage_rang": 2, "lage_gebiete": 13, "quelle": "melderegister"}, 13, "2 von 13"),
        ({"lage_rang": 2, "lage_gebiete": 11, "quelle": "melderegister"}, 13, "2 von 11 mit Zahl, 13 Gebiete insgesamt"),
        ({"lage_rang": None, "lage_gebiete": 3, "quelle": "register"}, 3, "kein Rang"),
        ({"lage_rang": 1, "lage_gebiete": 1, "quelle": "register"}, 3, "kein Rang"),
    ],
)  # fmt: skip
def test_a_rank_says_among_how_many(z: dict[str, Any], gebiete: int, text: str) -> None:
    assert tell_rank(z, gebiete) == text


def test_the_county_above_a_town_is_none_of_its_areas() -> None:
    werte = [
        WERT | {"gebiet_id": "a", "gebiet": "Hammfeld", "wert": 36.6, "lage_rang": 1},
        WERT | {"gebiet_id": "b", "gebiet": "Grefrath", "wert": 4.1, "lage_rang": 2},
        WERT | {"gebiet_id": "05162", "gebiet": "Rhein-Kreis Neuss", "wert": 20.0, "lage_rang": None},
    ]
    gebiete, kreis = gebietswerte(ORT, werte, [], STAATEN), kreiswerte(ORT, werte, STAATEN)
    assert gebiete
    assert kreis
    assert [r.zellen[0] for r in gebiete.reihen if not r.zwischentitel] == ["Hammfeld", "Grefrath"]
    assert [r.zellen[2] for r in gebiete.reihen if not r.zwischentitel] == [
        f"{n} von 2 gelieferten, 3 Gebiete insgesamt" for n in (1, 2)
    ]
    assert kreis.titel == "Zum Vergleich: Rhein-Kreis Neuss"
    assert len(kreis.reihen) == 1


def test_remarks_are_found_by_the_cell_of_numerator_and_denominator() -> None:
    remarks = Remarks({("l1", "Zeile 17, Feld 6"): ("ab_65", "»über 65«"), ("nenner", TAG, "B2"): ("einwohner", "fast 500")},
                      {("l1", "05162024", TAG, "insgesamt", "insgesamt", "einwohner"): "Ende April"})  # fmt: skip
    z = {"lieferung_id": "l1", "fundstelle": "Zeile 17, Feld 6; Zeile 13, Feld 6; Nenner: B2", "nenner_quelle": "nenner",
         "nenner_stichtag": TAG}  # fmt: skip
    assert remarks.of_figure(z) == ("»über 65«", "fast 500")
    assert remarks.of_figure(z | {"lieferung_id": "l2"}) == ("fast 500",), "a cell of another file is another cell"
    assert tell_area_remarks([z | {"gebiet": "Nord"}], remarks) == (
        "Bemerkung der Quelle zu Nord: »über 65«",
        "Bemerkung der Quelle zu Nord (Einwohner:innen): fast 500",
    )
    staaten = [
        z | {"staat_name": "Serbien und Montenegro"},
        z | {"staat_name": "Türkei", "fundstelle": "Zeile 1, Feld 2"},
    ]
    assert tell_staat_remarks(staaten, remarks) == (
        "Bemerkung der Quelle zu Serbien und Montenegro: »über 65«",
        "Bemerkung der Quelle zu Serbien und Montenegro: fast 500",
    )
    zeile = {"lieferung_id": "l1", "gebiet_id": "05162024", "stichtag": TAG, "einwohner": 5, "auslaender": 3}
    assert remarks.of_row(zeile) == (("Einwohner:innen", "Ende April"),)
    assert remarks.of_row(zeile | {"einwohner": None}) == (), "of a figure that is not shown nothing is said"


@pytest.mark.parametrize(
    ("status", "risiko", "text"),
    [
        ("entfallen", "grau", "entfallen"),
        ("nicht_begonnen", "rot", "nicht begonnen; Ampel rot: weicht vom Plan ab"),
        ("verschoben", "grau", "verschoben"),
        ("laufend", "gelb", "laufend; Ampel gelb: gefährdet"),
        ("laufend", None, "laufend"),
    ],
)
def test_a_traffic_light_never_contradicts_the_status(status: str, risiko: str | None, text: str) -> None:
    m = {"status": status, "risiko": risiko, "ueberfaellig": 0, "ueberfaellig_heute": 0, "ausgewertet_am": None}
    assert state(m) == text
    assert all(farbe.split(":")[0] in AMPEL for farbe in RISIKOWORTE.values())
