"""veroeffentlichung.umfang.kleine_gebiete_unter: small areas are told by sex or by age, never by both."""

from itertools import product
from pathlib import Path
from typing import Any

from pipelines.foundation.storage import Ablage
from pipelines.steps.sql_step import sql_steps
from tests.lib.literal_tables import STICHTAG, decide, lay, lay_umfang, read

INS = "insgesamt"
FRUEHER = STICHTAG.replace(year=STICHTAG.year - 1)
TUER = {s.name: s for s in sql_steps() if s.schema == "geheimhaltung"}
# Area, sex, age group → inhabitants, foreigners. Three foreign boys of the small area follow from the other two counts.
ZAHLEN = {
    ("01", "m", "00-17"): (200, 3), ("01", "m", "18+"): (250, 40), ("01", "w", "00-17"): (210, 30), ("01", "w", "18+"): (240, 50),
    ("02", "m", "00-17"): (900, 90), ("02", "m", "18+"): (1500, 200), ("02", "w", "00-17"): (950, 80),
    ("02", "w", "18+"): (1600, 210),
}  # fmt: skip


def rows(ordner: Path, unter: int, weniger_frueher: int = 0) -> dict[tuple[Any, ...], dict[str, Any]]:
    """(Stichtag, area, sex, age group) → row behind the door; the small area had fewer adults a year before."""
    ablage = Ablage(ordner).create_folders()
    lay(ablage, "stamm.kommune", {"ags": "00"})
    lay(ablage, "stamm.muster", {"muster": "*-06-30"})
    lay(ablage, "stamm.vorfahr", *({"gebiet_id": g, "vorfahr": v} for g, v in (("01", "00"), ("02", "00"))))
    lay_umfang(ablage, kleine_gebiete_unter=unter)
    tage = (STICHTAG, FRUEHER)
    lay(ablage, "eingang.lieferung", *({"status": "uebernommen", "lieferung_id": f"l{t}", "stichtag": t} for t in tage))
    TUER["bestand"].write(ablage)
    lay(ablage, "bevoelkerung.stadtteiltabelle")
    roh = []
    for tag, g, x, a in product(tage, ("00", "01", "02"), (INS, "m", "w"), (INS, "00-17", "18+")):
        innen = [k for k in ZAHLEN if g in ("00", k[0]) and x in (INS, k[1]) and a in (INS, k[2])]
        fehlen = weniger_frueher if tag == FRUEHER and ("01", "w", "18+") in innen else 0
        e, f = sum(ZAHLEN[k][0] for k in innen) - fehlen, sum(ZAHLEN[k][1] for k in innen)
        roh.append({"stichtag": tag, "gebiet_id": g, "geschlecht": x, "altersgruppe": a, "einwohner": e, "auslaender": f,
                    "deutsche_mit_mh": 0, "personen_mit_mh": f, "unentscheidbar": 0})  # fmt: skip
    lay(ablage, "bevoelkerung.migrationshintergrund", *roh)
    decide(ablage)
    TUER["migrationshintergrund"].write(ablage)
    gelesen = read(ablage, "geheimhaltung.migrationshintergrund")
    return {(z["stichtag"], z["gebiet_id"], z["geschlecht"], z["altersgruppe"]): z for z in gelesen}


def crossed(zeilen: dict[tuple[Any, ...], Any], gebiet: str) -> int:
    """Rows of an area by sex and age together."""
    return sum(g == gebiet and INS not in (x, a) for _, g, x, a in zeilen)


def test_without_the_option_every_area_is_told_in_full(tmp_path: Path) -> None:
    assert crossed(rows(tmp_path, 0), "01") == 8


def test_a_small_area_has_rows_by_sex_and_rows_by_age_and_none_by_both(tmp_path: Path) -> None:
    zeilen = rows(tmp_path, 1000)
    assert (crossed(zeilen, "01"), crossed(zeilen, "02"), crossed(zeilen, "00")) == (0, 8, 8)
    assert {(x, a) for t, g, x, a in zeilen if g == "01" and t == STICHTAG} == {
        (INS, INS), ("m", INS), ("w", INS), (INS, "00-17"), (INS, "18+"),
    }  # fmt: skip


def test_what_subtracting_the_other_areas_would_tell_of_a_small_one_is_protected(tmp_path: Path) -> None:
    zeilen = rows(tmp_path, 1000)
    for tag in (STICHTAG, FRUEHER):
        andere = [zeilen[tag, g, "m", "00-17"]["auslaender"] for g in ("00", "02")]
        assert None in andere, "otherwise one less the other gives the three of the small area"


def test_an_area_that_was_small_at_any_stichtag_is_small_at_every_one(tmp_path: Path) -> None:
    """900 inhabitants, and 850 a year before."""
    assert crossed(rows(tmp_path / "a", 880), "01") == 8
    assert crossed(rows(tmp_path / "b", 880, weniger_frueher=50), "01") == 0
