"""Flows between two extracts, as literal persons: who came, went, was born, died, moved, became German; what linking leaves."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml

from pipelines.bevoelkerung.flows import count_flows, delete_expired, place_of_verstorbene
from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import load_kommune
from tests.conftest import auszugstext, person
from tests.unit.eingang.test_registerpruefung import Stadt

VORHER, JETZT, SPAETER = date(2019, 12, 31), date(2020, 12, 31), date(2021, 12, 31)
SYRER = {"sta_1": "475", "art_dt_sta": "", "geburtsort": "Damaskus", "geburtsstaat": "475"}
GRUND = "Satzung über die Statistikstelle"


@pytest.fixture
def stadt(kleinstadt: Path) -> Stadt:
    s = Stadt(kleinstadt)
    set_up(s, fluesse=True, verknuepfung={"rechtsgrundlage": GRUND})
    return s


def set_up(stadt: Stadt, **mehr: Any) -> None:
    datei = stadt.ordner / "kommune.yaml"
    angaben = yaml.safe_load(datei.read_text(encoding="utf-8")) | mehr
    angaben["quellen"]["melderegister"]["pruefungen"] = {"personen_fremd": "hinweis", "bestand_sprung": "hinweis"}
    datei.write_text(yaml.safe_dump(angaben, allow_unicode=True), encoding="utf-8")


def gezaehlt(stadt: Stadt, stichtag: date = JETZT) -> dict[tuple[str, str, str], int]:
    """(flow, group, area) → persons, as the cube of the Stichtag has them."""
    ablage, kommune = Ablage(stadt.ordner.parents[1]), load_kommune(stadt.ordner)
    count_flows(ablage, kommune, stichtag)
    datei = ablage.tabelle("bevoelkerung", "bewegungswuerfel", f"{kommune.id}_{stichtag}")
    je: dict[tuple[str, str, str], int] = {}
    for z in pq.read_table(datei).to_pylist():
        k = (z["bewegung"], z["gruppe"], z["gebiet_id"])
        je[k] = je.get(k, 0) + z["personen"]
    return je


BLEIBT = [person(n, adresse_id=f"B{n}") for n in range(900, 906)]  # so that neither extract looks like another town's


def read_persons(stadt: Stadt, tag: date, *personen: dict[str, str]) -> None:
    stadt.read(auszugstext([*BLEIBT, *personen]), tag)


def test_every_person_is_in_one_flow_or_none(stadt: Stadt) -> None:
    vorher = {n: person(n) for n in range(1, 8)} | {8: person(8, **SYRER), 9: person(9, **SYRER)}
    read_persons(stadt, VORHER, *vorher.values())
    read_persons(
        stadt, JETZT,
        vorher[1],  # stayed
        vorher[2] | {"auszug_datum": "01.05.2020"},
        vorher[3] | {"sterbe_datum": "01.06.2020"},
        vorher[4] | {"wohnungsstatus": "neben"},  # no longer at home here
        vorher[5] | {"gebiet_id": "02"},
        # 6 and 7 are not in the file any more
        vorher[8] | {"sta_1": "000", "art_dt_sta": "einbuergerung"},
        vorher[9] | {"gebiet_id": "03"},
        person(20, einzug_datum="01.02.2020", gebiet_id="03"), person(21, **SYRER, einzug_datum="01.02.2020"),
        person(22, geburtsdatum="31.12.2019"),  # born on the day of the earlier Stichtag, not after it
        person(23, geburtsdatum="01.01.2020"), person(24, **SYRER | {"geburtsdatum": "05.05.2020"}),
        person(25, wohnungsstatus="neben"), person(26, geburtsdatum="01.03.2020", sterbe_datum="02.03.2020"),
    )  # fmt: skip
    assert gezaehlt(stadt) == {
        ("fortzug", "insgesamt", "01"): 4, ("sterbefall", "insgesamt", "01"): 1, ("einbuergerung", "insgesamt", "01"): 1,
        ("umzug_fort", "insgesamt", "01"): 2, ("umzug_fort", "auslaender", "01"): 1, ("umzug_zu", "insgesamt", "02"): 1,
        ("umzug_zu", "insgesamt", "03"): 1, ("umzug_zu", "auslaender", "03"): 1, ("zuzug", "insgesamt", "03"): 1,
        ("zuzug", "insgesamt", "01"): 2, ("zuzug", "auslaender", "01"): 1, ("geburt", "insgesamt", "01"): 2,
        ("geburt", "auslaender", "01"): 1,
    }  # fmt: skip


def test_stock_before_and_flows_make_the_stock_now(stadt: Stadt) -> None:
    read_persons(
        stadt, VORHER, *(person(n, **(SYRER if n % 3 else {}), gebiet_id=f"0{1 + n % 3}") for n in range(1, 40))
    )
    read_persons(
        stadt, JETZT, *(person(n, **(SYRER if n % 4 else {}), gebiet_id=f"0{1 + n % 2}") for n in range(12, 60))
    )
    je = gezaehlt(stadt)

    def summe(bewegung: str, gruppe: str) -> int:
        return sum(n for (b, g, _), n in je.items() if (b, g) == (bewegung, gruppe))

    assert 39 + summe("zuzug", "insgesamt") - summe("abgang", "insgesamt") == 48
    auslaender = sum(n % 3 > 0 for n in range(1, 40)), sum(n % 4 > 0 for n in range(12, 60))
    assert auslaender[1] == (
        auslaender[0] + summe("zuzug", "auslaender") - summe("abgang", "auslaender")
        - summe("einbuergerung", "insgesamt") + summe("verlust", "insgesamt")
    )  # fmt: skip
    assert summe("umzug_zu", "insgesamt") == summe("umzug_fort", "insgesamt") > 0


def test_without_days_of_death_nobody_is_said_to_have_moved(stadt: Stadt) -> None:
    read_persons(stadt, VORHER, person(1), person(2))
    read_persons(stadt, JETZT, person(1) | {"auszug_datum": "01.05.2020"})
    assert gezaehlt(stadt) == {("abgang", "insgesamt", "01"): 2}


def test_switched_off_nothing_is_linked_and_nothing_kept_for_it(stadt: Stadt) -> None:
    tot = person(1) | {"sterbe_datum": "01.06.2020"}
    read_persons(stadt, VORHER, person(1), person(2))
    read_persons(stadt, JETZT, tot)
    ablage = Ablage(stadt.ordner.parents[1])
    datei = place_of_verstorbene(ablage, f"{stadt.ordner.name}_{JETZT}")
    assert pq.read_table(datei).column_names == ["pseudonym"], "and nothing else of the dead"
    assert gezaehlt(stadt)
    set_up(stadt, fluesse=False)
    assert gezaehlt(stadt) == {}
    assert not datei.exists()
    read_persons(stadt, JETZT, tot, person(3))
    assert not datei.exists()


def test_the_earlier_extract_may_be_read_last_and_only_declared_stichtage_are_linked(stadt: Stadt) -> None:
    read_persons(stadt, SPAETER, person(1))
    read_persons(stadt, date(2021, 3, 1), person(1), person(2))
    assert gezaehlt(stadt, SPAETER) == {}
    read_persons(stadt, JETZT, person(1), person(2), person(3))
    assert gezaehlt(stadt, JETZT) == {}, "there is none before it"
    ablage = Ablage(stadt.ordner.parents[1])
    (z,) = pq.read_table(
        ablage.tabelle("bevoelkerung", "bewegungswuerfel", f"{stadt.ordner.name}_{SPAETER}")
    ).to_pylist()
    assert (z["bewegung"], z["personen"], z["stichtag_vorher"]) == ("abgang", 2, JETZT)


def test_what_is_kept_for_linking_goes_after_its_time_and_its_count_stays(stadt: Stadt) -> None:
    read_persons(stadt, VORHER, person(1), person(2))
    read_persons(stadt, JETZT, person(1) | {"sterbe_datum": "01.06.2020"})
    je, ablage, kommune = gezaehlt(stadt), Ablage(stadt.ordner.parents[1]), load_kommune(stadt.ordner)
    assert je == {("sterbefall", "insgesamt", "01"): 1, ("fortzug", "insgesamt", "01"): 1}
    assert delete_expired(ablage, [kommune], date(2022, 2, 4)) == 0
    assert delete_expired(ablage, [kommune], date(2022, 2, 5)) == 1, "400 days after the Stichtag"
    assert gezaehlt(stadt) == je


def test_a_stock_corrected_after_that_time_is_balanced_again(stadt: Stadt) -> None:
    """Deaths are known no more: who died is among those who are gone. A count between other stocks would not come out even."""
    read_persons(stadt, VORHER, person(1), person(2))
    read_persons(stadt, JETZT, person(1) | {"sterbe_datum": "01.06.2020"})
    assert gezaehlt(stadt) == {("sterbefall", "insgesamt", "01"): 1, ("fortzug", "insgesamt", "01"): 1}
    ablage, kommune = Ablage(stadt.ordner.parents[1]), load_kommune(stadt.ordner)
    assert delete_expired(ablage, [kommune], date(2022, 2, 5)) == 1
    read_persons(stadt, VORHER, person(1), person(2), person(3))
    assert sum(gezaehlt(stadt).values()) == 3
    assert {bewegung for bewegung, _, _ in gezaehlt(stadt)} == {"abgang"}


def test_linking_without_a_legal_basis_is_refused_in_words(stadt: Stadt) -> None:
    set_up(stadt, verknuepfung={})
    with pytest.raises(KonfigurationsFehler, match="nennt die Rechtsgrundlage"):
        load_kommune(stadt.ordner)
