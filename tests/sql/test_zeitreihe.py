"""Series of indicators: change, comparison, verdict, breaks, goals, the place of an area. All from literal protected values."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.ablage import Ablage
from tests.sql.tabellen import fuehre_schritte, lege, lege_ort, lies

Zeile = dict[str, Any]
ORT = "00"


@pytest.fixture
def ablage(tmp_path: Path) -> Ablage:
    ablage = Ablage(tmp_path).anlegen()
    lege_ort(ablage)
    for name in ("bruch", "ortsbruch", "bruecke", "ziel", "massnahmenquelle"):
        lege(ablage, f"stamm.{name}")
    lege(ablage, "stamm.quelle", {"quelle_id": "melderegister"}, {"quelle_id": "amt"}, {"quelle_id": "neu"})
    lege(ablage, "stamm.profil", {"version": "3"})
    katalog(ablage)
    lege(ablage, "geheimhaltung.indikatorkorrektur")
    return ablage


def katalog(ablage: Ablage, **mehr: Any) -> None:
    lege(
        ablage, "stamm.indikator", {"mindestnenner": 100, **mehr}, {"indikator": "arm", "richtung": "niedrig"},
        {"indikator": "neutral", "richtung": "neutral"},
    )  # fmt: skip


def punkt(jahr: int, wert: float | None, **mehr: Any) -> Zeile:
    tag = date(jahr, 12, 31)
    return {
        "zeitraum": tag, "stichtag": tag, "nenner_stichtag": tag, "gebiet_id": ORT, "profil": "-", "wert": wert,
        "quelle_id": "amt", "nenner_quelle_id": "amt", "status": "ok" if wert is not None else "keine_daten",
        "hinweise": [] if wert is not None else ["keine_daten"], **mehr,
    }  # fmt: skip


def reihe(ablage: Ablage, *zeilen: Zeile) -> list[Zeile]:
    lege(ablage, "geheimhaltung.indikatorwert", *zeilen)
    fuehre_schritte(ablage, "indikator_zeitreihe", ab="marts")
    return lies(ablage, "marts.indikator_zeitreihe")


def test_change_index_and_yearly_change_count_from_the_first_value(ablage: Ablage) -> None:
    a, b, c = reihe(ablage, punkt(2018, 40.0), punkt(2020, 44.0), punkt(2021, 42.0))
    assert (a["vorwert"], a["veraenderung_vorperiode"], a["index_basis"], a["veraenderung_je_jahr"]) == (
        None,
        None,
        100.0,
        None,
    )
    assert (b["vorperiode"], b["veraenderung_vorperiode"], b["veraenderung_je_jahr"]) == (date(2018, 12, 31), 4.0, 2.0)
    assert (c["veraenderung_vorperiode"], c["veraenderung_basis"]) == (-2.0, 2.0)
    assert (c["index_basis"], c["basis"]) == (pytest.approx(105), date(2018, 12, 31))
    assert c["veraenderung_je_jahr"] == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("indikator", "von", "nach", "urteil"),
    [
        ("quote", 40.0, 41.0, "verbessert"),
        ("quote", 40.0, 39.0, "verschlechtert"),
        ("quote", 40.0, 40.99, "unveraendert"),
        ("quote", 40.1, 41.1, "verbessert"),  # 0.9999999999999964 in floating point
        ("arm", 40.0, 39.0, "verbessert"),
        ("arm", 40.0, 41.0, "verschlechtert"),
        ("neutral", 40.0, 60.0, None),
    ],
)
def test_a_verdict_is_direction_times_change_from_the_threshold_on(
    ablage: Ablage, indikator: str, von: float, nach: float, urteil: str | None
) -> None:
    alt, neu = reihe(ablage, punkt(2020, von, indikator=indikator), punkt(2021, nach, indikator=indikator))
    assert neu["trend"] == urteil
    assert neu["trend_grund"] == ("neutral" if indikator == "neutral" else None)
    if indikator != "neutral":
        assert (alt["trend"], alt["trend_grund"]) == ("nicht_bewertbar", "erster_wert")


@pytest.mark.parametrize(("nach", "urteil"), [(51.0, "verbessert"), (50.99, "unveraendert"), (50.0, "unveraendert")])
def test_a_relative_threshold_is_percent_of_the_earlier_value(ablage: Ablage, nach: float, urteil: str) -> None:
    katalog(ablage, relevanz_art="relativ", relevanzschwelle=2.0)
    assert reihe(ablage, punkt(2020, 50.0), punkt(2021, nach))[1]["trend"] == urteil


def test_a_relative_change_from_zero_counts(ablage: Ablage) -> None:
    katalog(ablage, relevanz_art="relativ", relevanzschwelle=2.0)
    assert [z["trend"] for z in reihe(ablage, punkt(2020, 0.0), punkt(2021, 3.0), punkt(2022, 3.0))][1:] == [
        "verbessert",
        "unveraendert",
    ]


GEHEIM = {"status": "geheim_primaer", "hinweise": ["geheim_primaer"]}


@pytest.mark.parametrize(
    ("davor", "danach", "grund"),
    [
        (punkt(2020, None, **GEHEIM), punkt(2021, 50.0), "geschuetzt"),
        (punkt(2020, 40.0), punkt(2021, None, **GEHEIM), "geschuetzt"),
        (punkt(2020, None), punkt(2021, 50.0), "kein_wert"),
        (punkt(2020, 40.0, nenner=99.0), punkt(2021, 50.0, nenner=500.0), "nenner_zu_klein"),
        (punkt(2020, 40.0, nenner=500.0), punkt(2021, 50.0, nenner=99.0), "nenner_zu_klein"),
        (punkt(2020, 40.0), punkt(2021, None, status="zu_klein", hinweise=["zu_klein"]), "nenner_zu_klein"),
        (punkt(2020, 40.0), punkt(2021, 50.0, quelle_id="neu"), "quellenwechsel"),
        (punkt(2020, 40.0), punkt(2021, 50.0, nenner_quelle_id="neu"), "quellenwechsel"),
        (punkt(2020, 40.0), punkt(2021, 50.0, status="bruch", hinweise=["bruch"]), "bruch"),
    ],
)
def test_no_verdict_over_what_cannot_be_compared(ablage: Ablage, davor: Zeile, danach: Zeile, grund: str) -> None:
    neu = reihe(ablage, davor, danach)[1]
    assert (neu["trend"], neu["trend_grund"]) == ("nicht_bewertbar", grund)


def test_a_stock_of_june_is_not_judged_against_one_of_december(ablage: Ablage) -> None:
    katalog(ablage, bezugstag="06-30")
    juni = {"zeitraum": date(2021, 6, 30), "stichtag": date(2021, 6, 30)}
    a, b, c = reihe(
        ablage, punkt(2020, 40.0), punkt(2021, 50.0) | juni, punkt(2022, 60.0, **{k: date(2022, 6, 30) for k in juni})
    )
    assert [z["trend_grund"] for z in (a, b, c)] == ["erster_wert", "anderer_stichtag", None]
    assert b["veraenderung_vorperiode"] == 10.0, "the change is a fact, only no verdict rests on it"


def test_denominators_at_the_minimum_are_judged(ablage: Ablage) -> None:
    assert reihe(ablage, punkt(2020, 40.0, nenner=100.0), punkt(2021, 50.0, nenner=100.0))[1]["trend"] == "verbessert"


def bruch(ablage: Ablage, art: str) -> None:
    tag = {"datum": date(2020, 6, 1), "grund": "Neues Gesetz."}
    if art in ("quote", "qu*", "melderegister"):
        lege(ablage, "stamm.bruch", {"gilt_fuer": "indikator", "schluessel": art, **tag})
    elif art == "profil":
        lege(ablage, "stamm.bruch", {"gilt_fuer": "profil", "schluessel": "p", **tag})
    elif art == "gebiet":
        lege(ablage, "stamm.bruecke", {"alt_id": "x", "neu_id": ORT, "gewicht": 1.0, "bruch_am": tag["datum"]})
    else:
        lege(ablage, "stamm.ortsbruch", {"indikator": "*", "ebene": art, **tag})


@pytest.mark.parametrize("art", ["quote", "qu*", "melderegister", "profil", "gebiet", "gemeinde", "alle"])
def test_a_break_begins_a_new_stretch_that_nothing_is_compared_across(ablage: Ablage, art: str) -> None:
    bruch(ablage, art)
    profil = {"profil": "p"} if art == "profil" else {}
    a, b, c, d = reihe(
        ablage, *(punkt(j, w, **profil) for j, w in ((2018, 10.0), (2019, 11.0), (2020, 30.0), (2021, 33.0)))
    )
    assert [z["abschnitt"] for z in (a, b, c, d)] == [1, 1, 2, 2]
    assert (c["wert"], c["status"], c["hinweise"]) == (30.0, "bruch", ["bruch"])
    assert (c["veraenderung_vorperiode"], c["vorwert"], c["trend"], c["trend_grund"]) == (
        None,
        None,
        "nicht_bewertbar",
        "bruch",
    )
    assert c["bruch_text"] == ("Gebietsänderung." if art == "gebiet" else "Neues Gesetz.")
    assert (c["veraenderung_basis"], d["index_basis"], d["basis"]) == (0.0, pytest.approx(110), date(2020, 12, 31))
    assert (d["trend"], d["status"]) == ("verbessert", "ok")


@pytest.mark.parametrize("art", ["andere", "q", "azr", "stadtteil"])
def test_a_break_of_something_else_breaks_nothing(ablage: Ablage, art: str) -> None:
    if art == "stadtteil":
        bruch(ablage, art)
    else:
        lege(ablage, "stamm.bruch", {"gilt_fuer": "indikator", "schluessel": art, "datum": date(2020, 6, 1)})
    assert [z["abschnitt"] for z in reihe(ablage, punkt(2019, 10.0), punkt(2020, 30.0))] == [1, 1]


def test_re_based_figures_go_on_over_a_change_of_areas(ablage: Ablage) -> None:
    bruch(ablage, "gebiet")
    a, b = reihe(ablage, punkt(2019, 10.0, umgerechnet=True), punkt(2020, 30.0))
    assert (a["abschnitt"], b["abschnitt"], b["veraenderung_vorperiode"]) == (1, 1, 20.0)


def paar(jahr: int, gruppe: float, andere: float, indikator: str = "arm") -> list[Zeile]:
    return [
        punkt(jahr, gruppe, indikator=indikator, gruppe="auslaender"),
        punkt(jahr, andere, indikator=indikator, gruppe="deutsche"),
    ]


# Direction: less is better. (foreigners, Germans) before and after → what is said of the foreigners.
@pytest.mark.parametrize(
    ("vorher", "nachher", "fall"),
    [
        ((16.0, 6.0), (13.0, 5.0), "gruppe_verbessert_abstand_kleiner"),
        ((16.0, 6.0), (14.0, 2.0), "gruppe_verbessert_abstand_groesser"),
        ((16.0, 6.0), (14.0, 4.0), "gruppe_verbessert_abstand_gleich"),
        ((16.0, 6.0), (18.0, 9.0), "gruppe_verschlechtert"),
        ((16.0, 6.0), (16.0, 9.0), "nur_vergleichsgruppe_verschlechtert"),
        # Up by less than the threshold: not worse, but no progress either.
        ((16.0, 6.0), (16.5, 9.0), "nur_vergleichsgruppe_verschlechtert"),
        ((16.0, 6.0), (16.2, 6.3), "unveraendert"),
        ((16.0, 6.0), (16.0, 4.0), "unveraendert"),
    ],
)
def test_a_gap_that_closes_is_progress_only_if_the_group_got_better(
    ablage: Ablage, vorher: tuple[float, float], nachher: tuple[float, float], fall: str
) -> None:
    zeilen = reihe(ablage, *paar(2020, *vorher), *paar(2021, *nachher))
    neu = next(z for z in zeilen if z["gruppe"] == "auslaender" and z["stichtag"].year == 2021)
    assert neu["abstand_fall"] == fall
    assert (neu["vergleichsgruppe"], neu["vergleichswert"]) == ("deutsche", nachher[1])
    assert neu["abstand"] == pytest.approx(nachher[0] - nachher[1])
    assert neu["verhaeltnis"] == pytest.approx(nachher[0] / nachher[1])
    assert neu["abstand_veraenderung"] == pytest.approx((nachher[0] - nachher[1]) - (vorher[0] - vorher[1]))


def test_both_sides_stand_beside_each_other_and_everybody_has_none(ablage: Ablage) -> None:
    zeilen = reihe(ablage, *paar(2020, 16.0, 6.0), punkt(2020, 8.0, indikator="arm"))
    assert {z["gruppe"]: (z["vergleichsgruppe"], z["abstand"]) for z in zeilen} == {
        "auslaender": ("deutsche", 10.0), "deutsche": ("auslaender", -10.0), "insgesamt": (None, None),
    }  # fmt: skip


def test_the_band_is_wilsons_interval_and_says_whether_a_change_lies_in_it(ablage: Ablage) -> None:
    a, b = reihe(ablage, punkt(2020, 24.0, zaehler=120.0, nenner=500.0), punkt(2021, 25.0, zaehler=125.0, nenner=500.0))
    # Wilson, 1.96: (125 of 500) 21.4 to 29.0 percent.
    assert (round(b["untergrenze"], 1), round(b["obergrenze"], 1)) == (21.4, 29.0)
    assert b["aenderung_im_band"] is True
    assert a["aenderung_im_band"] is None
    ohne = reihe(ablage, punkt(2020, 24.0), punkt(2021, 40.0, zaehler=200.0, nenner=500.0), punkt(2022, 120.0, zaehler=600.0,
                                                                                               nenner=500.0))  # fmt: skip
    assert [z["untergrenze"] is None for z in ohne] == [True, False, True], "no counts, or a rate above 100"
    assert ohne[1]["aenderung_im_band"] is False


def test_a_goal_has_its_distance_and_the_pace_it_needs(ablage: Ablage) -> None:
    lege(ablage, "stamm.ziel", {"indikator": "quote", "gebiet_id": ORT, "profil": "-", "leitziel": "N1.a", "zielwert": 50.0,
                                "zieljahr": 2025})  # fmt: skip
    a, b, c = reihe(ablage, punkt(2021, 42.0), punkt(2022, 51.0), punkt(2025, 49.0))
    assert (a["ziel"], a["ziel_jahr"], a["leitziel"]) == (50.0, 2025, "k1/N1.a")
    assert (a["zielabstand"], a["ziel_tempo"], a["ziel_erreicht"]) == (8.0, 2.0, False)
    assert (b["zielabstand"], b["ziel_erreicht"]) == (-1.0, True)
    assert (c["ziel_tempo"], c["ziel_erreicht"]) == (None, False)
    assert len(reihe(ablage, punkt(2021, 42.0), punkt(2021, 42.0, geschlecht="w"))) == 2


def test_a_goal_where_less_is_better_is_reached_from_above(ablage: Ablage) -> None:
    lege(
        ablage, "stamm.ziel", {"indikator": "arm", "gebiet_id": ORT, "profil": "-", "zielwert": 10.0, "zieljahr": 2025}
    )
    zeilen = reihe(ablage, punkt(2021, 12.0, indikator="arm"), punkt(2022, 10.0, indikator="arm"))
    assert [z["ziel_erreicht"] for z in zeilen] == [False, True]


def test_an_area_has_its_place_among_those_of_its_level(ablage: Ablage) -> None:
    zeilen = {
        z["gebiet_id"]: z
        for z in reihe(
            ablage, punkt(2021, 20.0), punkt(2021, 30.0, gebiet_id="01"), punkt(2021, 10.0, gebiet_id="02"),
            punkt(2021, None, gebiet_id="03"), punkt(2021, 21.0, gebiet_id="10"), punkt(2021, 25.0, gebiet_id="unbekannt"),
        )
    }  # fmt: skip
    lage = {g: (z["lage_rang"], z["lage_gebiete"], z["lage_quantil"], z["lage_quotient"]) for g, z in zeilen.items()}
    assert lage["01"] == (1, 2, 1.0, 1.5)
    assert lage["02"] == (2, 2, 0.0, 0.5)
    assert lage["10"] == (1, 1, 0.0, pytest.approx(1.05))
    assert lage["00"] == (None, None, None, None)
    assert (lage["03"][0], lage["unbekannt"][0]) == (None, None)


def test_a_corrected_value_and_the_verdicts_on_it_say_so(ablage: Ablage) -> None:
    alt = {**punkt(2020, 40.0), "wert_vorher": 38.0, "indikator": "quote"}
    lege(ablage, "geheimhaltung.indikatorkorrektur", alt)
    a, b, c = reihe(ablage, punkt(2020, 40.0), punkt(2021, 45.0), punkt(2022, 45.0))
    assert (a["status"], a["hinweise"]) == ("korrigiert", ["korrigiert"])
    assert [z["trend_auf_korrektur"] for z in (a, b, c)] == [False, True, False]
    assert (b["status"], b["trend"]) == ("ok", "verbessert")


def test_the_schema_is_that_of_the_vocabulary(ablage: Ablage) -> None:
    from pipelines.pruefungen import pruefe_schema

    lege(
        ablage,
        "stamm.bruch",
        {"gilt_fuer": "indikator", "schluessel": "quote", "datum": date(2021, 6, 1), "grund": "G."},
    )
    reihe(
        ablage,
        *paar(2020, 16.0, 6.0),
        punkt(2020, 5.0, zaehler=25.0, nenner=500.0),
        punkt(2021, 6.0, zaehler=30.0, nenner=500.0),
    )
    assert pruefe_schema(ablage, "marts", "indikator_zeitreihe").zeilen == []
