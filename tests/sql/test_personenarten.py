"""Kinds of persons as the choice reads them: the town, its areas, its sexes and its ages."""

from pathlib import Path

from pipelines.foundation.macros import load_macros
from pipelines.foundation.storage import Ablage, execute, sql
from pipelines.steps.sql_step import register_views
from tests.lib.literal_tables import STICHTAG, lay, lay_ort

QUELLEN = [("bevoelkerung", "artenwuerfel"), ("stamm", "vorfahr"), ("stamm", "muster")]
FIRST, OTHER = "p=a q=b", "p=a q=c"


def test_kinds_are_counted_by_area_by_sex_and_by_age_and_never_by_two_of_them(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path).create_folders()
    lay_ort(ablage)
    lay(
        ablage, "bevoelkerung.artenwuerfel",
        {"gebiet_id": "01", "geschlecht": "m", "altersgruppe": "30-44", "regeln": FIRST, "personen": 5},
        {"gebiet_id": "02", "geschlecht": "w", "altersgruppe": "30-44", "regeln": FIRST, "personen": 7},
        {"gebiet_id": "02", "geschlecht": "w", "altersgruppe": "75+", "regeln": OTHER, "personen": 3},
    )  # fmt: skip
    frage = sql("queries/geheimhaltung/personenarten")
    with ablage.arbeitsdatenbank() as con:
        register_views(ablage, con, QUELLEN)
        load_macros(con, [frage])
        zeilen = execute(con, frage, {"kommune": "k", "stichtag": STICHTAG, "ags": "00"})
    assert {(g, x, a, regeln): n for g, x, a, regeln, *_, n in zeilen} == {
        ("00", "insgesamt", "insgesamt", FIRST): 12, ("00", "insgesamt", "insgesamt", OTHER): 3,
        ("10", "insgesamt", "insgesamt", FIRST): 12, ("10", "insgesamt", "insgesamt", OTHER): 3,
        ("01", "insgesamt", "insgesamt", FIRST): 5, ("02", "insgesamt", "insgesamt", FIRST): 7,
        ("02", "insgesamt", "insgesamt", OTHER): 3,
        ("00", "m", "insgesamt", FIRST): 5, ("00", "w", "insgesamt", FIRST): 7, ("00", "w", "insgesamt", OTHER): 3,
        ("00", "insgesamt", "30-44", FIRST): 12, ("00", "insgesamt", "75+", OTHER): 3,
    }  # fmt: skip
