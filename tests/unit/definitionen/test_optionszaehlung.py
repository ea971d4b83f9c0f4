"""How many persons a switched-off option mark would change, counted while the extract is read, as literal persons."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml

from pipelines.definitionen.optionskennzeichen import write_optionswuerfel
from pipelines.foundation.storage import Ablage
from tests.conftest import auszugstext, person
from tests.unit.eingang.test_registerpruefung import STICHTAG, Stadt

OPTION: dict[str, str] = {"art_dt_sta": "option"}


@pytest.fixture
def stadt(kleinstadt: Path) -> Stadt:
    return Stadt(kleinstadt)


def set_up(stadt: Stadt, profile: list[str], **melderegister: Any) -> None:
    datei = stadt.ordner / "kommune.yaml"
    angaben = yaml.safe_load(datei.read_text(encoding="utf-8"))
    angaben["profile"] = profile
    angaben["quellen"]["melderegister"] |= melderegister
    datei.write_text(yaml.safe_dump(angaben, allow_unicode=True), encoding="utf-8")


def gezaehlt(stadt: Stadt, *personen: dict[str, str]) -> dict[str, tuple[int, int]]:
    """Definition → (persons counted otherwise, bearers)."""
    stadt.read(auszugstext(personen))
    ablage = Ablage(stadt.ordner.parents[1])
    partition = f"{stadt.ordner.name}_{STICHTAG}"
    write_optionswuerfel(ablage, stadt.ordner.name, str(STICHTAG), partition)
    zeilen = pq.read_table(ablage.tabelle("bevoelkerung", "optionswuerfel", partition)).to_pylist()
    return {z["profil"]: (z["personen"], z["traeger"]) for z in zeilen}


def test_counted_are_those_whose_result_changes_and_no_others(stadt: Stadt) -> None:
    set_up(stadt, ["berlin_afs", "luenen_2021"])
    personen = [
        person(1, **OPTION),  # German, born here, nothing else known: counts only by the mark
        person(2, **OPTION),
        person(3, **OPTION, sta_2="163"),  # counts as a dual national anyway
        person(4, **OPTION, geburtsort="Izmir", geburtsstaat="163"),  # counts as born abroad anyway
        person(5),
    ]
    assert gezaehlt(stadt, *personen) == {"berlin_afs": (2, 4)}, "luenen_2021 does not ask for the mark"


def test_children_of_bearers_are_counted_where_the_definition_looks_at_parents(stadt: Stadt) -> None:
    set_up(stadt, ["kosis_like", "berlin_afs"])
    elternteil = person(1, **OPTION, geburtsdatum="01.05.1991", adresse_id="a")
    kind = person(2, geburtsdatum="01.05.2015", elternteil_1_pid=elternteil["pid"], adresse_id="a")
    assert gezaehlt(stadt, elternteil, kind) == {"kosis_like": (2, 1), "berlin_afs": (1, 1)}, (
        "in Berlin a parent counts who is born abroad or naturalised"
    )


def test_nobody_bears_it_and_it_is_used(stadt: Stadt) -> None:
    set_up(stadt, ["berlin_afs"])
    assert gezaehlt(stadt, person(1)) == {"berlin_afs": (0, 0)}
    set_up(stadt, ["berlin_afs"], optionskennzeichen={"verwenden": True, "rechtsgrundlage": "Satzung"})
    assert gezaehlt(stadt, person(1, **OPTION)) == {}


def test_the_mark_itself_is_not_staged_and_no_file_stays_behind(stadt: Stadt) -> None:
    set_up(stadt, ["berlin_afs"])
    stadt.read(auszugstext([person(1, **OPTION), person(2)]))
    ablage = Ablage(stadt.ordner.parents[1])
    personen = pq.read_table(ablage.tabelle("eingang", "melderegister", f"{stadt.ordner.name}_{STICHTAG}"))
    assert set(personen.column("art_dt_sta").to_pylist()) <= {"geburt", "unbekannt", None}
    assert list(ablage.tmp.glob("option_*")) == []
