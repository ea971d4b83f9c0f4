"""What one extract says beside definitions, as literal persons: who counts where, and what the file does not say."""

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml

from pipelines.bevoelkerung.count import count
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import load_kommune
from tests.conftest import auszugstext, person
from tests.unit.eingang.test_registerpruefung import Stadt

AUSLAND = {"art_dt_sta": "", "geburtsort": "Izmir", "geburtsstaat": "163"}
SYRIEN, ITALIEN, TUERKEI = ({"sta_1": s, **AUSLAND} for s in ("475", "137", "163"))
JAHRESENDE, HALBJAHR = date(2020, 12, 31), date(2021, 6, 30)


@pytest.fixture
def stadt(kleinstadt: Path) -> Stadt:
    return Stadt(kleinstadt)


def set_up(stadt: Stadt, **merkmale: object) -> None:
    datei = stadt.ordner / "kommune.yaml"
    angaben = yaml.safe_load(datei.read_text(encoding="utf-8")) | {"registermerkmale": merkmale}
    datei.write_text(yaml.safe_dump(angaben, allow_unicode=True), encoding="utf-8")


def gezaehlt(stadt: Stadt, stichtag: date, *personen: dict[str, str]) -> dict[str, dict[str, int]]:
    """Fact → value → persons of the town."""
    stadt.read(auszugstext(personen), stichtag)
    ablage, partition = Ablage(stadt.ordner.parents[1]), f"{stadt.ordner.name}_{stichtag}"
    count(ablage, load_kommune(stadt.ordner), stichtag, partition)
    je: dict[str, dict[str, int]] = {}
    for z in pq.read_table(ablage.tabelle("bevoelkerung", "merkmalswuerfel", partition)).to_pylist():
        werte = je.setdefault(z["merkmal"], {})
        werte[z["auspraegung"]] = werte.get(z["auspraegung"], 0) + z["personen"]
    return je


def test_a_duration_is_in_completed_years_and_a_birth_here_is_none(stadt: Stadt) -> None:
    je = gezaehlt(
        stadt, HALBJAHR,
        person(1, **SYRIEN, zuzug_datum_ausland="30.06.2016", einzug_datum="30.06.2016"),  # five years on the day
        person(2, **SYRIEN, zuzug_datum_ausland="01.07.2016", einzug_datum="01.03.2021"),  # four, and new in the town
        person(3, **SYRIEN, zuzug_datum_ausland="", einzug_datum=""),
        person(4, sta_1="163", art_dt_sta=""),  # born in Lünen
        person(5, zuzug_datum_ausland="01.01.2000"),  # a German who came back is no foreigner
    )  # fmt: skip
    assert je["aufenthaltsdauer"] == {"05-07": 1, "01-04": 1, "unbekannt": 1, "in_deutschland_geboren": 1}
    assert je["wohndauer"] == {"05-09": 1, "00-00": 1, "unbekannt": 1, "10-19": 2}


def test_years_of_arrival_are_whole_calendar_years_so_only_at_the_end_of_one(stadt: Stadt) -> None:
    leute = [
        person(1, **SYRIEN, zuzug_datum_ausland="01.01.2020"), person(2, **TUERKEI, zuzug_datum_ausland="31.12.2011"),
        person(3, **TUERKEI, zuzug_datum_ausland="01.01.2010"), person(4, sta_1="163", art_dt_sta=""),
    ]  # fmt: skip
    assert gezaehlt(stadt, JAHRESENDE, *leute)["zuzugsjahr"] == {"2020": 1, "2011": 1, "vor_2011": 1}
    assert "zuzugsjahr" not in gezaehlt(stadt, HALBJAHR, *leute, person(9))


def test_further_nationalities_are_told_of_germans_and_origins_of_foreigners(stadt: Stadt) -> None:
    je = gezaehlt(
        stadt, HALBJAHR, person(1), person(2, sta_2="163"), person(3, sta_1="163", sta_2="000"), person(4, **SYRIEN),
        person(5, **ITALIEN), person(6, sta_1="000", sta_2="475"),
    )  # fmt: skip
    assert je["mehrstaatigkeit"] == {"nur_deutsch": 1, "mehrstaatig": 3}
    assert je["asylherkunft"] == {"hauptherkunft": 1, "andere": 1}, (
        "the nationality of foreigners, no German's second one"
    )


VOR_16, VOR_17, VOR_18 = "01.07.2005", "30.06.2005", "01.07.2003"  # on 30.06.2021: 15, 16 and 17 years old


def test_who_may_vote_follows_from_age_and_nationality_of_the_day(stadt: Stadt) -> None:
    set_up(stadt, wahlalter_kommunal=16, wahlalter_integrationsrat=16)
    leute = [
        person(1, geburtsdatum="30.06.2003"),  # 18 today: Bundestag and council
        person(2, geburtsdatum=VOR_18),  # 17: council
        person(3, geburtsdatum=VOR_16),  # 15: nowhere
        person(4, **ITALIEN | {"geburtsdatum": VOR_17}),  # council and Integrationsrat
        person(5, **SYRIEN),  # Integrationsrat
        person(6, sta_1="168", **AUSLAND),  # British: no citizen of the EU since 2021
        person(7, sta_2="163"),  # Bundestag, council, Integrationsrat
        person(8, art_dt_sta="einbuergerung"),  # naturalised: all three
        person(9, **SYRIEN | {"geburtsdatum": "00.00.0000"}),  # of unknown age
    ]
    assert gezaehlt(stadt, HALBJAHR, *leute)["wahlberechtigung"] == {
        "bundestagswahl_ab_18": 3, "kommunalwahl_ab_16": 5, "integrationsrat_ab_16": 5,
    }  # fmt: skip


def test_without_an_age_in_kommune_yaml_nobody_is_counted_as_voter_of_the_council(stadt: Stadt) -> None:
    assert gezaehlt(stadt, HALBJAHR, person(1), person(2, **ITALIEN))["wahlberechtigung"] == {"bundestagswahl_ab_18": 1}


def test_the_oldest_are_told_together_and_the_age_of_some_is_unknown(stadt: Stadt) -> None:
    je = gezaehlt(
        stadt, HALBJAHR, person(1, geburtsdatum="30.06.1931"), person(2, geburtsdatum="01.07.1931"),
        person(3, geburtsdatum="00.00.0000"), person(4, geburtsdatum="29.06.2021"), person(5, **SYRIEN),
    )  # fmt: skip
    assert je["altersjahr"] == {"90+": 1, "89": 1, "unbekannt": 1, "00": 1, "41": 1}
    assert je["altersjahr_auslaender"] == {"41": 1}


def test_a_fact_the_extract_says_nothing_of_is_not_told(stadt: Stadt) -> None:
    je = gezaehlt(stadt, HALBJAHR, person(1, einzug_datum=""), person(2, **SYRIEN, einzug_datum=""))
    assert {"wohndauer", "aufenthaltsdauer"} & set(je) == set()


def test_a_municipality_chooses_its_facts_and_bounds(stadt: Stadt) -> None:
    set_up(stadt, zeigen=["wohndauer"], wohndauer=[3])
    je = gezaehlt(stadt, HALBJAHR, person(1), person(2, einzug_datum="01.07.2018"))
    assert je.pop("wohnjahre") == {"11": 1, "02": 1}, "single years for their mean: no fact that is told"
    assert {m: n for m, n in je.items() if not m.startswith("rest_")} == {"wohndauer": {"03+": 1, "00-02": 1}}


def test_what_durations_leave_beside_ages_and_each_other_is_counted(stadt: Stadt) -> None:
    set_up(stadt, zeigen=["wohndauer", "aufenthaltsdauer"], wohndauer=[5], aufenthaltsdauer=[5], zuzugsjahre=5)
    je = gezaehlt(
        stadt, HALBJAHR,
        person(1, **SYRIEN, zuzug_datum_ausland="01.01.2020", einzug_datum="01.01.2020"),  # came from abroad, grown up
        person(2, einzug_datum="01.01.2019"),  # a German from elsewhere
        person(3, geburtsdatum="01.02.2020", einzug_datum="01.02.2020"),  # born here
        person(4, sta_1="163", art_dt_sta="", geburtsdatum="01.02.2013", einzug_datum="01.02.2013"),  # a child born in Germany
        person(5),  # here for long
    )  # fmt: skip
    assert {m: n for m, n in je.items() if m.startswith("rest_")} == {
        "rest_hier_aelter": {"05": 2}, "rest_hier_aus_dem_land": {"05": 2}, "rest_hier_zugezogen": {"05": 1},
        "rest_land_aelter": {"05": 2},
    }  # fmt: skip


def test_who_is_of_the_union_and_who_votes_for_the_integrationsrat_is_counted_by_age(stadt: Stadt) -> None:
    set_up(stadt, zeigen=["wahlberechtigung"], wahlalter_kommunal=16, wahlalter_integrationsrat=16)
    je = gezaehlt(
        stadt, HALBJAHR, person(1, geburtsdatum=VOR_16, sta_2="163"), person(2, art_dt_sta="einbuergerung"),
        person(3, **ITALIEN | {"geburtsdatum": VOR_17}), person(4, **SYRIEN),
    )  # fmt: skip
    assert je["waehlerjahre"] == {"15": 1, "41": 1}
    assert (je["unionsjahre"], je["drittstaatsjahre"]) == ({"16": 1}, {"41": 1})


def test_persons_staged_before_days_of_moving_in_were_kept_are_still_counted(stadt: Stadt) -> None:
    stadt.read(auszugstext([person(1), person(2, **SYRIEN, zuzug_datum_ausland="01.01.2020")]), HALBJAHR)
    ablage, partition = Ablage(stadt.ordner.parents[1]), f"{stadt.ordner.name}_{HALBJAHR}"
    datei = ablage.tabelle("eingang", "melderegister", partition)
    frueher = pq.read_table(datei)
    pq.write_table(frueher.drop_columns(["einzug_tag"]), datei)
    count(ablage, load_kommune(stadt.ordner), HALBJAHR, partition)
    merkmale = set(pq.read_table(ablage.tabelle("bevoelkerung", "merkmalswuerfel", partition))["merkmal"].to_pylist())
    assert "aufenthaltsdauer" in merkmale
    assert "wohndauer" not in merkmale
