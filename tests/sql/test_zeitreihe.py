"""Series of indicators: change, comparison, verdict, breaks, goals, the place of an area. All from literal protected values.

Long because all columns of one mart are asked of the same literal series.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.foundation.storage import Ablage
from tests.lib.literal_tables import lay, lay_ort, read, run_steps

Zeile = dict[str, Any]
ORT = "00"


@pytest.fixture
def ablage(tmp_path: Path) -> Ablage:
    ablage = Ablage(tmp_path).create_folders()
    lay_ort(ablage)
    for name in ("bruch", "ortsbruch", "bruecke", "ziel", "massnahmenquelle"):
        lay(ablage, f"stamm.{name}")
    lay(
        ablage, "stamm.quelle", {"quelle_id": "melderegister"}, {"quelle_id": "amt"}, {"quelle_id": "neu"},
        {"quelle_id": "azr", "bevoelkerung": "azr"}, {"quelle_id": "fort", "bevoelkerung": "fortschreibung"},
        {"quelle_id": "fort11", "bevoelkerung": "fortschreibung", "zensusbasis": 2011},
    )  # fmt: skip
    lay(ablage, "stamm.profil", {"version": "3"})
    katalog(ablage)
    lay(ablage, "geheimhaltung.indikatorkorrektur")
    return ablage


def katalog(ablage: Ablage, **mehr: Any) -> None:
    lay(
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
    lay(ablage, "geheimhaltung.indikatorwert", *zeilen)
    run_steps(ablage, "indikator_zeitreihe", ab="marts")
    return read(ablage, "marts.indikator_zeitreihe")


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
        "verbessert",  # no change since 2021, but still better than in the first year
    ]


@pytest.mark.parametrize(("indikator", "urteil"), [("quote", "verbessert"), ("arm", "verschlechtert")])
def test_what_creeps_counts_against_the_first_value(ablage: Ablage, indikator: str, urteil: str) -> None:
    # 0.4 points a year are below the threshold of 1, 1.2 points in three years are not.
    werte = [punkt(2018 + n, 40.0 + 0.4 * n, indikator=indikator) for n in range(4)]
    assert [(z["trend"], z["trend_bezug"]) for z in reihe(ablage, *werte)][1:] == [
        ("unveraendert", None),
        ("unveraendert", None),
        (urteil, "basis"),
    ]


def test_no_verdict_on_example_data(ablage: Ablage) -> None:
    _a, b = reihe(ablage, punkt(2020, 40.0, beispieldaten=True), punkt(2021, 50.0, beispieldaten=True))
    assert (b["veraenderung_vorperiode"], b["trend"], b["trend_grund"]) == (10.0, "nicht_bewertbar", "beispieldaten")


def test_no_verdict_on_one_of_two_papers(ablage: Ablage) -> None:
    katalog(ablage, mindestnenner=1, urteil_nenner=10, urteil_zaehler=3)
    _a, b = reihe(ablage, punkt(2020, 100.0, zaehler=1.0, nenner=1.0), punkt(2021, 50.0, zaehler=1.0, nenner=2.0))
    assert (b["wert"], b["trend"], b["trend_grund"]) == (50.0, "nicht_bewertbar", "nenner_zu_klein")


def test_no_verdict_on_a_numerator_below_the_minimum(ablage: Ablage) -> None:
    katalog(ablage, urteil_nenner=10, urteil_zaehler=3)
    _a, b, c = reihe(
        ablage, punkt(2019, 2.0, zaehler=2.0, nenner=100.0), punkt(2020, 5.0, zaehler=5.0, nenner=100.0),
        punkt(2021, 3.0, zaehler=3.0, nenner=100.0),
    )  # fmt: skip
    assert (b["trend"], b["trend_grund"]) == ("nicht_bewertbar", "zaehler_zu_klein")
    assert (c["trend"], c["trend_bezug"], c["trend_grund"]) == ("verschlechtert", "vorperiode", None)


@pytest.mark.parametrize("erster", [True, False])
def test_no_verdict_no_band_and_no_rank_on_a_lower_bound(ablage: Ablage, erster: bool) -> None:
    katalog(ablage, ist_anteil=True)
    zahlen = {"zaehler": 200.0, "nenner": 500.0, "gebiet_id": "01"}
    unten = {"status": "mindestwert", "hinweise": ["mindestwert"]}
    a, b = reihe(
        ablage,
        punkt(2020, 40.0, **zahlen, **(unten if erster else {})),
        punkt(2021, 50.0, **zahlen, **({} if erster else unten)),
    )
    assert (b["trend"], b["trend_grund"]) == ("nicht_bewertbar", "mindestwert")
    assert ((a["lage_rang"], a["untergrenze"]) == (None, None)) is erster
    assert ((b["lage_rang"], b["untergrenze"]) == (None, None)) is not erster


GEHEIM = {"status": "geheim", "hinweise": ["geheim"]}


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
    # A change of half a year would stand beside those of years: 2022 is compared with 2021.
    assert [z["veraenderung_vorperiode"] for z in (a, b, c)] == [None, None, 10.0]
    assert (c["vorperiode"], c["basis"], c["veraenderung_je_jahr"]) == (date(2021, 6, 30), date(2021, 6, 30), 10.0)


def test_a_neutral_half_year_is_marked_too(ablage: Ablage) -> None:
    katalog(ablage, bezugstag="12-31", richtung="neutral")
    juni = {"zeitraum": date(2021, 6, 30), "stichtag": date(2021, 6, 30)}
    a, b, c = reihe(ablage, punkt(2019, 14.0), punkt(2020, 14.7), punkt(2021, 15.1) | juni)
    assert [(z["trend"], z["trend_grund"]) for z in (a, b, c)] == [
        (None, "neutral"),
        (None, "neutral"),
        (None, "anderer_stichtag"),
    ]
    assert (b["veraenderung_vorperiode"], c["veraenderung_vorperiode"]) == (pytest.approx(0.7), None)


def test_both_days_of_a_year_go_on_side_by_side(ablage: Ablage) -> None:
    katalog(ablage, bezugstag="12-31")
    juni = [{"zeitraum": date(j, 6, 30), "stichtag": date(j, 6, 30)} for j in (2020, 2021)]
    zeilen = reihe(
        ablage, punkt(2020, 10.0) | juni[0], punkt(2020, 20.0), punkt(2021, 13.0) | juni[1], punkt(2021, 25.0)
    )
    assert [z["veraenderung_vorperiode"] for z in zeilen] == [None, None, 3.0, 5.0]


def test_denominators_at_the_minimum_are_judged(ablage: Ablage) -> None:
    assert reihe(ablage, punkt(2020, 40.0, nenner=100.0), punkt(2021, 50.0, nenner=100.0))[1]["trend"] == "verbessert"


def bruch(ablage: Ablage, art: str) -> None:
    tag = {"datum": date(2020, 6, 1), "grund": "Neues Gesetz."}
    if art == "azr":
        lay(ablage, "stamm.bruch", {"gilt_fuer": "bevoelkerung", "schluessel": art, **tag})
    elif art in ("quote", "qu*"):
        lay(ablage, "stamm.bruch", {"gilt_fuer": "indikator", "schluessel": art, **tag})
    elif art == "profil":
        lay(ablage, "stamm.bruch", {"gilt_fuer": "profil", "schluessel": "p", **tag})
    elif art == "gebiet":
        lay(ablage, "stamm.bruecke", {"alt_id": "x", "neu_id": ORT, "gewicht": 1.0, "bruch_am": tag["datum"]})
    else:
        lay(ablage, "stamm.ortsbruch", {"indikator": "*", "ebene": art, **tag})


@pytest.mark.parametrize("art", ["quote", "qu*", "azr", "profil", "gebiet", "gemeinde", "alle"])
def test_a_break_begins_a_new_stretch_that_nothing_is_compared_across(ablage: Ablage, art: str) -> None:
    bruch(ablage, art)
    profil = (
        {"profil": "p"} if art == "profil" else {"quelle_id": "azr", "nenner_quelle_id": "azr"} if art == "azr" else {}
    )
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
        lay(ablage, "stamm.bruch", {"gilt_fuer": "indikator", "schluessel": art, "datum": date(2020, 6, 1)})
    assert [z["abschnitt"] for z in reihe(ablage, punkt(2019, 10.0), punkt(2020, 30.0))] == [1, 1]


def test_a_break_of_a_statistics_the_catalogue_allows_leaves_a_register_series_whole(ablage: Ablage) -> None:
    katalog(ablage, quellen=["melderegister", "azr"])
    bruch(ablage, "azr")
    register = {"quelle_id": "melderegister", "nenner_quelle_id": "melderegister"}
    assert [z["abschnitt"] for z in reihe(ablage, punkt(2019, 10.0, **register), punkt(2020, 30.0, **register))] == [
        1,
        1,
    ]


ZENSUS = {
    "gilt_fuer": "bevoelkerung", "schluessel": "fortschreibung", "datum": date(2022, 5, 15), "grund": "Zensus 2022.",
    "zensusbasis": 2022,
}  # fmt: skip


def test_the_zensus_breaks_what_goes_on_from_it(ablage: Ablage) -> None:
    lay(ablage, "stamm.bruch", ZENSUS)
    fort = {"quelle_id": "fort", "nenner_quelle_id": "fort"}
    _a, b = reihe(ablage, punkt(2021, 10.0, **fort), punkt(2022, 10.2, **fort))
    assert (b["abschnitt"], b["abschnitt_grund"], b["bruch_text"]) == (2, "bruch", "Zensus 2022.")
    # The numerator may be of another office: the population below it has changed.
    _a, b = reihe(ablage, punkt(2021, 10.0, nenner_quelle_id="fort"), punkt(2022, 10.2, nenner_quelle_id="fort"))
    assert (b["abschnitt_grund"], b["bruch_text"]) == ("bruch", "Zensus 2022.")


def test_a_source_that_says_its_zensus_breaks_by_that_and_not_by_the_day(ablage: Ablage) -> None:
    lay(ablage, "stamm.bruch", ZENSUS)
    alt = {"quelle_id": "fort11", "nenner_quelle_id": "fort11"}
    a, b, c = reihe(
        ablage,
        punkt(2021, 10.0, **alt),
        punkt(2023, 10.2, **alt),
        punkt(2024, 10.4, quelle_id="amt", nenner_quelle_id="fort"),
    )
    assert [z["abschnitt_grund"] for z in (a, b, c)] == [None, None, "bruch"]
    # Another kind of source: nothing is known of a break, only that somebody else counts.
    b = reihe(ablage, punkt(2021, 10.0), punkt(2022, 10.2, quelle_id="fort", nenner_quelle_id="fort"))[1]
    assert (b["abschnitt_grund"], b["bruch_text"]) == ("quellenwechsel", None)


def test_a_break_the_source_marks_says_so(ablage: Ablage) -> None:
    b = reihe(ablage, punkt(2020, 40.0), punkt(2021, 50.0, status="bruch", hinweise=["bruch"]))[1]
    assert b["bruch_text"] == "Die Quelle kennzeichnet hier einen Bruch."


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


@pytest.mark.parametrize(
    ("vorher", "nachher", "fall"),
    [((16.0, 6.0), (13.0, 5.0), "abstand_kleiner"), ((16.0, 6.0), (18.0, 6.0), "abstand_groesser"),
     ((16.0, 6.0), (18.0, 8.0), "abstand_gleich"), ((16.0, 6.0), (16.2, 6.0), "unveraendert")],
)  # fmt: skip
@pytest.mark.parametrize("art", ["neutral", "beispieldaten"])
def test_without_a_verdict_a_gap_only_moves(
    ablage: Ablage, vorher: tuple[float, float], nachher: tuple[float, float], fall: str, art: str
) -> None:
    zeilen = [*paar(2020, *vorher), *paar(2021, *nachher)]
    mehr = {"indikator": "neutral"} if art == "neutral" else {"beispieldaten": True}
    neu = next(
        z
        for z in reihe(ablage, *(z | mehr for z in zeilen))
        if z["gruppe"] == "auslaender" and z["stichtag"].year == 2021
    )
    assert (neu["abstand_fall"], neu["trend_grund"]) == (fall, art)


def test_both_sides_stand_beside_each_other_and_everybody_has_none(ablage: Ablage) -> None:
    zeilen = reihe(ablage, *paar(2020, 16.0, 6.0), punkt(2020, 8.0, indikator="arm"))
    assert {z["gruppe"]: (z["vergleichsgruppe"], z["abstand"]) for z in zeilen} == {
        "auslaender": ("deutsche", 10.0), "deutsche": ("auslaender", -10.0), "insgesamt": (None, None),
    }  # fmt: skip


def test_the_band_is_wilsons_interval_where_each_period_has_its_own_cases(ablage: Ablage) -> None:
    katalog(ablage, ist_anteil=True)
    a, b, c = reihe(
        ablage, punkt(2020, 24.0, zaehler=120.0, nenner=500.0), punkt(2021, 25.0, zaehler=125.0, nenner=500.0),
        punkt(2022, 40.0, zaehler=200.0, nenner=500.0),
    )  # fmt: skip
    # Wilson, 1.96: (125 of 500) 21.4 to 29.0 percent.
    assert (round(b["untergrenze"], 1), round(b["obergrenze"], 1)) == (21.4, 29.0)
    assert [z["aenderung_im_band"] for z in (a, b, c)] == [None, True, False]
    ohne = reihe(ablage, punkt(2020, 24.0), punkt(2022, 120.0, zaehler=600.0, nenner=500.0))
    assert [z["untergrenze"] for z in ohne] == [None, None], "no counts, or a rate above 100"


def test_a_stock_of_the_same_persons_is_no_noise(ablage: Ablage) -> None:
    katalog(ablage, ist_anteil=True, bezugstag="12-31")
    _a, b = reihe(
        ablage, punkt(2020, 24.0, zaehler=120.0, nenner=500.0), punkt(2021, 25.0, zaehler=125.0, nenner=500.0)
    )
    assert (round(b["untergrenze"], 1), b["aenderung_im_band"]) == (21.4, None)


@pytest.mark.parametrize(
    ("eintrag", "zeile"),
    [
        ({"ist_anteil": False}, {}),  # moves by inhabitants
        ({"ist_anteil": True, "prozess": True}, {}),  # measures, papers, reports
        ({"ist_anteil": True, "nenner_merkmal": "einwohner"}, {}),  # everybody of the town
        ({"ist_anteil": True}, {"status": "mindestwert", "hinweise": ["mindestwert"]}),
    ],
)
def test_no_band_where_nothing_is_drawn(ablage: Ablage, eintrag: Zeile, zeile: Zeile) -> None:
    katalog(ablage, **eintrag)
    assert reihe(ablage, punkt(2020, 24.0, zaehler=120.0, nenner=500.0, **zeile))[0]["untergrenze"] is None


def test_a_group_and_a_district_have_a_band_beside_a_town_without(ablage: Ablage) -> None:
    katalog(ablage, ist_anteil=True, nenner_merkmal="einwohner")
    zahlen = {"zaehler": 120.0, "nenner": 500.0}
    zeilen = reihe(
        ablage, punkt(2020, 24.0, **zahlen), punkt(2020, 24.0, gruppe="auslaender", **zahlen),
        punkt(2020, 24.0, gebiet_id="01", **zahlen), punkt(2020, 24.0, gebiet_id="0", **zahlen),
    )  # fmt: skip
    assert {(z["gebiet_id"], z["gruppe"]): z["untergrenze"] is not None for z in zeilen} == {
        ("00", "insgesamt"): False, ("00", "auslaender"): True, ("01", "insgesamt"): True, ("0", "insgesamt"): False,
    }  # fmt: skip


def test_a_goal_has_its_distance_and_the_pace_it_needs(ablage: Ablage) -> None:
    lay(ablage, "stamm.ziel", {"indikator": "quote", "gebiet_id": ORT, "profil": "-", "leitziel": "N1.a", "zielwert": 50.0,
                                "zieljahr": 2025})  # fmt: skip
    a, b, c = reihe(ablage, punkt(2021, 42.0), punkt(2022, 51.0), punkt(2025, 49.0))
    assert (a["ziel"], a["ziel_jahr"], a["leitziel"]) == (50.0, 2025, "k1/N1.a")
    assert (a["zielabstand"], a["ziel_tempo"], a["ziel_erreicht"]) == (8.0, 2.0, False)
    assert (b["zielabstand"], b["ziel_erreicht"]) == (-1.0, True)
    assert (c["ziel_tempo"], c["ziel_erreicht"]) == (None, False)
    assert len(reihe(ablage, punkt(2021, 42.0), punkt(2021, 42.0, geschlecht="w"))) == 2


def test_a_goal_where_less_is_better_is_reached_from_above(ablage: Ablage) -> None:
    lay(ablage, "stamm.ziel", {"indikator": "arm", "gebiet_id": ORT, "profil": "-", "zielwert": 10.0, "zieljahr": 2025})
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
    lay(ablage, "geheimhaltung.indikatorkorrektur", alt)
    a, b, c = reihe(ablage, punkt(2020, 40.0), punkt(2021, 45.0), punkt(2022, 45.0))
    assert (a["status"], a["hinweise"]) == ("korrigiert", ["korrigiert"])
    assert [z["trend_auf_korrektur"] for z in (a, b, c)] == [False, True, False]
    assert (b["status"], b["trend"]) == ("ok", "verbessert")


def test_the_schema_is_that_of_the_vocabulary(ablage: Ablage) -> None:
    from pipelines.steps.checks import check_schema

    lay(
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
    assert check_schema(ablage, "marts", "indikator_zeitreihe").zeilen == []


def test_a_row_that_shows_an_invented_comparison_is_not_called_real(ablage: Ablage) -> None:
    """The value is real; the group, the year before or the whole town it is compared with is not."""
    a, b = reihe(ablage, punkt(2020, 40.0, beispieldaten=True), punkt(2021, 50.0))
    assert (a["beispieldaten"], b["beispieldaten"], b["trend_grund"]) == (True, True, "beispieldaten")
    auslaender, deutsche = (
        punkt(2020, 40.0, gruppe="auslaender"),
        punkt(2020, 60.0, gruppe="deutsche", beispieldaten=True),
    )
    assert {z["gruppe"]: z["beispieldaten"] for z in reihe(ablage, auslaender, deutsche)} == {
        "auslaender": True, "deutsche": True,
    }  # fmt: skip
    teil, ganz = punkt(2020, 40.0, gebiet_id="01"), punkt(2020, 50.0, beispieldaten=True)
    assert {z["gebiet_id"]: z["beispieldaten"] for z in reihe(ablage, teil, ganz)} == {"01": True, ORT: True}
    assert not any(z["beispieldaten"] for z in reihe(ablage, teil, punkt(2020, 50.0), auslaender))
    # Another value missing is no part of this one.
    assert not reihe(ablage, punkt(2020, None, beispieldaten=True), punkt(2021, 50.0))[1]["beispieldaten"]
