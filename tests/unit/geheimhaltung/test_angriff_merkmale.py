"""The attack on marts.registermerkmal: each relation between facts, and with other tables, finds out what it must."""

from pathlib import Path
from typing import Any

import pytest

from tests.lib.attack_world import AGS, INS, Zeilen, rows, summe
from tests.unit.geheimhaltung.test_angriff import attack

TABELLE = "marts.registermerkmal"
WESSEN = {"aufenthaltsdauer": "auslaender", "mehrstaatigkeit": "deutsche", "asylherkunft": "auslaender",
          "altersjahr_auslaender": "auslaender", "zuzugsjahr": "auslaender"}  # fmt: skip
EINWOHNER, AUSLAENDER, DEUTSCHE_MH = summe((AGS, INS, INS))


def in_merkmalen(gebiet: str = AGS, **merkmale: dict[str, int | None]) -> Zeilen:
    """Nothing hidden in the main table; these facts of one area beside it."""
    reihen = [
        {"gebiet_id": gebiet, "geschlecht": INS, "merkmal": m, "auspraegung": a, "personen": n,
         "grundgesamtheit": WESSEN.get(m, "einwohner")}
        for m, werte in merkmale.items()
        for a, n in werte.items()
    ]  # fmt: skip
    return rows(frozenset()) | {TABELLE: reihen}


def breaks(tmp_path: Path, tabellen: Zeilen, groesse: str) -> bool:
    return any(groesse in z for z in attack(tmp_path, tabellen).zeilen)


def test_the_values_of_a_fact_make_all_of_them(tmp_path: Path) -> None:
    offen: dict[str, Any] = {"00-04": AUSLAENDER - 60, "05+": 30}
    assert attack(
        tmp_path, in_merkmalen(aufenthaltsdauer=offen | {"unbekannt": None, "in_deutschland_geboren": None})
    ).holds
    assert breaks(tmp_path, in_merkmalen(aufenthaltsdauer=offen | {"unbekannt": None}), "RM, Gebiet 05000000")


@pytest.mark.parametrize(("zweites", "haelt"), [(None, True), (100, False)])
def test_single_years_make_their_age_group(tmp_path: Path, zweites: int | None, haelt: bool) -> None:
    alle = summe((AGS, INS, "00-17"))[0]
    jahre: dict[str, int | None] = {"00": None, "01": zweites, **{f"{j:02d}": 20 for j in range(2, 18)}}
    jahre |= {"18+": EINWOHNER - alle}
    assert attack(tmp_path, in_merkmalen(altersjahr=jahre)).holds is haelt


def test_few_germans_of_a_single_year_are_found_out(tmp_path: Path) -> None:
    def welt(auslaender: int) -> Zeilen:
        return in_merkmalen(altersjahr={"07": 30}, altersjahr_auslaender={"07": auslaender})

    # One year alone: the other years are not told, so nothing but the difference speaks.
    ohne_summe = {m: welt(27)[m] for m in welt(27)}
    assert breaks(tmp_path, ohne_summe, "RMG") or breaks(tmp_path, ohne_summe, "geht nicht auf")


def test_years_of_arrival_and_durations_say_the_same(tmp_path: Path) -> None:
    """At 30.06. the rows would not be there; the file that has them all the same is read as it stands: 2021 is duration 0."""
    dauern = {"00-00": None, "01+": AUSLAENDER - 40, "in_deutschland_geboren": None}
    assert attack(tmp_path, in_merkmalen(aufenthaltsdauer=dauern)).holds
    jahre = {"2021": 7, "vor_2021": AUSLAENDER - 40}
    assert breaks(tmp_path, in_merkmalen(aufenthaltsdauer=dauern, zuzugsjahr=jahre), "RM, Gebiet 05000000")


def test_who_has_a_further_nationality_and_stands_in_no_category_for_it_is_a_count(tmp_path: Path) -> None:
    kategorie = {
        "gebiet_id": AGS,
        "profil": "p",
        "kategorie": "D",
        "generation": INS,
        "geschlecht": INS,
        "ergebnis_mh": "mit",
    }
    for mehr, haelt in ((3, False), (10, True), (0, True)):
        alle = DEUTSCHE_MH + mehr
        welt = in_merkmalen(mehrstaatigkeit={"mehrstaatig": alle, "nur_deutsch": EINWOHNER - AUSLAENDER - alle})
        welt["marts.mh_kategorie"] = [
            kategorie | {"personen": DEUTSCHE_MH},
            kategorie | {"kategorie": "A", "personen": AUSLAENDER},
            kategorie | {"kategorie": "0", "personen": EINWOHNER - AUSLAENDER - DEUTSCHE_MH, "ergebnis_mh": "ohne"},
        ]
        assert breaks(tmp_path, welt, "RMM") is not haelt, mehr


def test_nationalities_told_by_name_leave_few_others_of_the_main_origins(tmp_path: Path) -> None:
    syrien = {"gebiet_id": AGS, "geschlecht": INS, "staat": "475", "quelle": "melderegister", "staatengruppe": "Asien"}
    for anzahl, haelt in ((28, False), (20, True)):
        welt = in_merkmalen(asylherkunft={"hauptherkunft": 30, "andere": AUSLAENDER - 30})
        welt["marts.staatsangehoerigkeit"] = [syrien | {"personen": anzahl}]
        welt["dim.kommune"] = [
            {"ags": AGS, "mindestfallzahl": 5, "mindestzeile": 0, "hoechstfehler": 0, "verfahren": "sperrung",
             "asylherkunft": ["475", "423"]}
        ]  # fmt: skip
        assert attack(tmp_path, welt).holds is haelt, anzahl


@pytest.mark.parametrize(("neu", "haelt"), [(43, False), (40, True), (60, True)])
def test_few_who_live_here_for_less_time_than_they_are_old_are_found_out(tmp_path: Path, neu: int, haelt: bool) -> None:
    """40 are below one year of age; three more live here for less than a year."""
    kinder = summe((AGS, INS, "00-17"))[0]
    jahre = {"00": 40, "01-17": kinder - 40, "18+": EINWOHNER - kinder}
    tabellen = in_merkmalen(altersjahr=jahre, wohndauer={"00-00": neu, "01+": EINWOHNER - neu})
    assert breaks(tmp_path, tabellen, "RMÄ") is not haelt


@pytest.mark.parametrize(("unter", "haelt"), [(3, False), (20, True)])
def test_few_of_a_drittstaat_too_young_to_vote_are_found_out(tmp_path: Path, unter: int, haelt: bool) -> None:
    """60 foreigners are old enough and may not vote; of a Drittstaat are these and a few younger ones."""
    jahre = {"00-15": EINWOHNER - 1000, "16+": 1000}
    fremde = {"00-15": AUSLAENDER - 100, "16+": 100}
    tabellen = in_merkmalen(
        altersjahr=jahre, altersjahr_auslaender=fremde, wahlberechtigung={"kommunalwahl_ab_16": 940}
    )
    gruppen = {INS: AUSLAENDER, "EU": AUSLAENDER - 60 - unter, "Drittstaaten": 60 + unter}
    tabellen["marts.staatengruppe"] = [
        {"gebiet_id": AGS, "geschlecht": INS, "staatengruppe": g, "personen": n} for g, n in gruppen.items()
    ]
    assert breaks(tmp_path, tabellen, "RMD") is not haelt


@pytest.mark.parametrize(("neu", "haelt"), [(73, False), (70, True), (95, True)])
def test_few_who_moved_in_from_elsewhere_in_the_country_are_found_out(tmp_path: Path, neu: int, haelt: bool) -> None:
    """40 were born within the year and 30 came from abroad; three more live here for less than a year."""
    kinder = summe((AGS, INS, "00-17"))[0]
    tabellen = in_merkmalen(
        altersjahr={"00": 40, "01-17": kinder - 40, "18+": EINWOHNER - kinder},
        wohndauer={"00-00": neu, "01+": EINWOHNER - neu},
        aufenthaltsdauer={"00-00": 30, "01+": AUSLAENDER - 30},
    )
    assert breaks(tmp_path, tabellen, "RMZ") is not haelt


@pytest.mark.parametrize(("indien", "haelt"), [(27, False), (30, True), (10, True)])
def test_few_of_unnamed_nationalities_of_a_continent_are_found_out(tmp_path: Path, indien: int, haelt: bool) -> None:
    """30 of Asia are of no main origin; of these all but three are told by name."""
    welt = in_merkmalen(asylherkunft={"hauptherkunft": 50, "andere": AUSLAENDER - 50})
    welt["dim.kommune"] = [
        {"ags": AGS, "mindestfallzahl": 5, "mindestzeile": 0, "hoechstfehler": 0, "verfahren": "sperrung",
         "asylherkunft": ["475"]}
    ]  # fmt: skip
    gruppen = {INS: AUSLAENDER, "EU": AUSLAENDER - 90, "Drittstaaten": 90, "Asien": 80, "übriges Europa": 10}
    welt["marts.staatengruppe"] = [
        {"gebiet_id": AGS, "geschlecht": INS, "staatengruppe": g, "personen": n} for g, n in gruppen.items()
    ]
    welt["marts.staatsangehoerigkeit"] = [
        {"gebiet_id": AGS, "geschlecht": INS, "staat": "436", "quelle": "melderegister", "staatengruppe": "Asien",
         "personen": indien}
    ]  # fmt: skip
    assert breaks(tmp_path, welt, "RMD") is not haelt


LUENEN = (
    "1. auslaender [A] → mit: auslaender\n2. eingebuergert [E] → mit: deutsch and eingebuergert\n"
    "3. doppelstaatler [D] → mit: deutsch and auslaendische_sta\nsonst: ohne [0] → ohne"
)


@pytest.mark.parametrize(
    ("waehler", "status", "haelt"),
    [
        (3, "ok", False),  # three of 16 or 17 years
        (-3, "ok", True),  # does not count the same persons after all
        (30, "ok", True),
        (3, "gerundet", True),
    ],
)
def test_voters_beside_a_definition_of_the_same_persons_tell_of_few_in_a_group(
    tmp_path: Path, waehler: int, status: str, haelt: bool
) -> None:
    _, auslaender, deutsche = summe((AGS, INS, "18+"))
    gezeigt = auslaender + deutsche + waehler
    gezeigt = gezeigt if status == "ok" else round(gezeigt, -1)
    tabellen = in_merkmalen(wahlberechtigung={"integrationsrat_ab_16": gezeigt})
    tabellen[TABELLE][0] |= {"status": status}
    tabellen["dim.profil"] = [{"profil": "p", "regeln": LUENEN}]
    if waehler < 0:
        assert breaks(tmp_path, tabellen, "geht nicht auf")
    else:
        assert breaks(tmp_path, tabellen, "RMJ") is not haelt


@pytest.mark.parametrize(("zu_jung", "haelt"), [(3, False), (30, True)])
def test_voters_beside_a_definition_of_the_same_persons_tell_how_few_are_too_young(
    tmp_path: Path, zu_jung: int, haelt: bool
) -> None:
    _, auslaender, deutsche = summe((AGS, INS, INS))
    tabellen = in_merkmalen(wahlberechtigung={"integrationsrat_ab_16": auslaender + deutsche - zu_jung})
    tabellen["dim.profil"] = [{"profil": "p", "regeln": LUENEN}]
    assert breaks(tmp_path, tabellen, "RMJ") is not haelt


def test_germans_whose_bezugsland_no_row_names_are_a_count(tmp_path: Path) -> None:
    """Of the Germans with MH all but three have the one Bezugsland that is named beside its nationality."""
    for rest, haelt in ((3, False), (30, True)):
        welt = rows(frozenset()) | {"dim.profil": [{"profil": "p", "regeln": LUENEN}]}
        tuerkei = {"gebiet_id": AGS, "geschlecht": INS, "staat": "163"}
        welt["marts.staatsangehoerigkeit"] = [tuerkei | {"quelle": "melderegister", "personen": 40}]
        alle = {"staat": INS, "personen": AUSLAENDER + DEUTSCHE_MH}
        welt["marts.bezugsland"] = [
            tuerkei | {"profil": "p"} | z for z in ({"personen": 40 + DEUTSCHE_MH - rest}, alle)
        ]
        assert breaks(tmp_path, welt, "BD") is not haelt, rest


@pytest.mark.parametrize(("alle", "haelt"), [(42.0, False), (42.2, True)])
def test_three_means_that_meet_in_a_corner_of_their_roundings_tell_the_years_of_foreigners(
    tmp_path: Path, alle: float, haelt: bool
) -> None:
    """Foreigners (41.2 years) and Germans (42.2) make everybody: at 42.0 the sum of foreigners' years is 11,852 or 11,853, and of
    the twelve that are 30 or 32 everybody knows how many are which."""
    jahre: dict[str, int | None] = {"10": 132, "30": None, "32": None, "33": 6, "60": 54, "80": 84}
    mittel = {"gebiet_id": AGS, "indikator": "dem_alter", "profil": "-", "geschlecht": INS, "altersgruppe": INS}
    welt = in_merkmalen(altersjahr_auslaender=jahre) | {
        "dim.indikator": [
            {"indikator": "dem_alter", "herleitung": "wuerfel", "zaehler_merkmal": "altersjahre", "faktor": 1.0}
        ],
        "marts.indikator_zeitreihe": [
            mittel | {"gruppe": gruppe, "wert": wert, "quelle": "melderegister"}
            for gruppe, wert in ((INS, alle), ("auslaender", 41.2), ("deutsche", 42.2))
        ],
    }
    assert breaks(tmp_path, welt, "RM, Gebiet 05000000") is not haelt


@pytest.mark.parametrize(("iraner", "haelt"), [(57, False), (40, True)])
def test_foreigners_whom_a_definition_leaves_out_are_those_missing_from_their_bezugsland(
    tmp_path: Path, iraner: int, haelt: bool
) -> None:
    """63 foreigners have no MH. As many are missing from two states, 60 from the one: three from the other."""
    welt = rows(frozenset()) | {
        "dim.profil": [{"profil": "p", "regeln": LUENEN.replace("mit: auslaender", "mit: geburt_ausland")}]
    }
    (stadt,) = (
        z
        for z in welt["marts.migrationshintergrund"]
        if (z["gebiet_id"], z["geschlecht"], z["altersgruppe"]) == (AGS, INS, INS)
    )
    welt["marts.migrationshintergrund"] = [stadt | {"personen_mit_mh": stadt["personen_mit_mh"] - 63}]
    ort = {"gebiet_id": AGS, "geschlecht": INS}
    staaten = {"163": (100, 40), "439": (60, iraner)}
    welt["marts.staatsangehoerigkeit"] = [
        ort | {"staat": s, "quelle": "melderegister", "personen": n} for s, (n, _) in staaten.items()
    ]
    welt["marts.bezugsland"] = [ort | {"staat": s, "profil": "p", "personen": n} for s, (_, n) in staaten.items()]
    welt["marts.bezugsland"].append(ort | {"staat": INS, "profil": "p", "personen": AUSLAENDER + DEUTSCHE_MH - 63})
    assert breaks(tmp_path, welt, "BO") is not haelt
