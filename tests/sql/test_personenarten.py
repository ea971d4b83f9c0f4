"""Kinds of persons as the choice reads them: the town, its areas, sexes and ages, with those that the rules allow at an age."""

from pathlib import Path

from pipelines.foundation.macros import load_macros
from pipelines.foundation.storage import Ablage, execute, sql
from pipelines.steps.sql_step import register_views
from tests.lib.literal_tables import STICHTAG, lay, lay_ort

QUELLEN = [("bevoelkerung", "artenwuerfel"), ("stamm", "vorfahr"), ("stamm", "muster")]
THERE, POSSIBLE = "p=a q=b", "p=a q=c"


def test_a_kind_nobody_is_of_is_the_town_s_and_its_age_group_s_and_no_area_s_or_sex_s(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path).create_folders()
    lay_ort(ablage)
    lay(
        ablage, "bevoelkerung.artenwuerfel",
        {"gebiet_id": "01", "geschlecht": "m", "altersgruppe": "30-44", "regeln": THERE, "personen": 5},
        {"gebiet_id": "02", "geschlecht": "w", "altersgruppe": "30-44", "regeln": THERE, "personen": 7},
        {"gebiet_id": "00", "geschlecht": "insgesamt", "altersgruppe": "75+", "regeln": POSSIBLE, "personen": 0},
    )  # fmt: skip
    frage = sql("queries/geheimhaltung/personenarten")
    with ablage.arbeitsdatenbank() as con:
        register_views(ablage, con, QUELLEN)
        load_macros(con, [frage])
        zeilen = execute(con, frage, {"kommune": "k", "stichtag": STICHTAG, "ags": "00"})
    assert {(g, x, a, regeln): n for g, x, a, regeln, *_, n in zeilen} == {
        ("00", "insgesamt", "insgesamt", THERE): 12, ("00", "insgesamt", "insgesamt", POSSIBLE): 0,
        ("10", "insgesamt", "insgesamt", THERE): 12, ("01", "insgesamt", "insgesamt", THERE): 5,
        ("02", "insgesamt", "insgesamt", THERE): 7, ("00", "m", "insgesamt", THERE): 5, ("00", "w", "insgesamt", THERE): 7,
        ("00", "insgesamt", "30-44", THERE): 12, ("00", "insgesamt", "75+", POSSIBLE): 0,
    }  # fmt: skip
