"""What a fact of one extract would leave beside other figures: each rest that the door asks about, from literal cells."""

from pathlib import Path
from typing import Any

import pytest

from pipelines.foundation.storage import Ablage
from pipelines.steps.sql_step import sql_steps
from tests.lib.literal_tables import lay, lay_ort, read, run_step

STADT = {"gebiet_id": "00", "altersgruppe": "insgesamt", "profil": "p"}


def rests(
    tmp_path: Path,
    werte: dict[tuple[str, str], int],
    *zellen: dict[str, Any],
    geschlecht: str = "insgesamt",
    alle: dict[str, int] | None = None,
) -> dict[str, int]:
    """Fact → its smallest rest, of facts told of the town and cells beside them (`geheim`: hidden by the choice). `alle`: women
    and men of main origins, and of the one that is named."""
    ablage = Ablage(tmp_path).create_folders()
    lay_ort(ablage)
    x = {"gebiet_id": "00", "geschlecht": geschlecht}
    zusammen = {"gebiet_id": "00", "geschlecht": "insgesamt"}
    herkunft = {"merkmal": "asylherkunft", "auspraegung": "hauptherkunft"}
    beide = [zusammen | herkunft | {"personen": alle["alle"]}] if alle else []
    lay(
        ablage,
        "bevoelkerung.registermerkmal",
        *(x | {"merkmal": m, "auspraegung": a, "personen": n} for (m, a), n in werte.items()),
        *beide,
    )
    lay(ablage, "bevoelkerung.merkmalswuerfel")
    leer = {"a": "-", "b": "-", "c": "-"}
    lay(
        ablage,
        "bevoelkerung.zelle",
        *(STADT | x | leer | {k: v for k, v in z.items() if k != "geheim"} for z in zellen),
    )
    entschieden = (STADT | x | leer | {"geheim": False, "gezeigt": z.get("personen")} | z for z in zellen)
    genannt = {"art": "staat", "a": "475", "geheim": False, "gezeigt": alle["genannt"]} if alle else {}
    genannte = [STADT | leer | zusammen | genannt] if alle else []
    lay(
        ablage, "geheimhaltung.entscheidung", *({k: v for k, v in z.items() if k != "personen"} for z in entschieden), *genannte
    )  # fmt: skip
    gruppen = {"475": "Asien", "436": "Asien", "170": "übriges Europa", "152": "EU"}
    lay(ablage, "bevoelkerung.gruppenliste", *({"staat": s, "gruppe": g} for s, g in gruppen.items()))
    lay(ablage, "stamm.asylherkunft", {"staat": "475"})
    run_step(ablage, next(s for s in sql_steps() if s.key == ("geheimhaltung", "merkmalsrest")))
    return {
        z["merkmal"]: z["personen"]
        for z in read(ablage, "geheimhaltung.merkmalsrest")
        if not alle or z["geschlecht"] == geschlecht
    }


def cell(art: str, personen: int, a: str = "-", b: str = "-", **mehr: Any) -> dict[str, Any]:
    return {"art": art, "a": a, "b": b, "personen": personen} | mehr


HERKUNFT = {("asylherkunft", "hauptherkunft"): 180}


@pytest.mark.parametrize(
    ("zellen", "rest"),
    [
        ([cell("staatengruppe", 396, "Drittstaaten")], 216),
        ([cell("staatengruppe", 193, "Asien")], 13),
        ([cell("staatengruppe", 193, "Afrika")], None),  # no main origin lies there
        # Without the other third states that are named, few are left; citizens of the Union are none.
        ([cell("staatengruppe", 396, "Drittstaaten"), cell("staat", 215, "170"), cell("staat", 60, "152")], 1),
        # Neither do they leave few where the groups of main origins are told.
        ([cell("staatengruppe", 289, "Asien"), cell("staat", 100, "436"), cell("staat", 60, "170")], 9),
        ([cell("staat", 177, "475")], 3),  # main origins that no row names
        ([cell("staat", 180, "475")], None),  # all of them are named and shown
        ([cell("staat", 180, "475", geheim=True)], 180),
    ],
)
def test_main_origins_beside_groups_of_states_and_named_ones(
    tmp_path: Path, zellen: list[dict[str, Any]], rest: int | None
) -> None:
    assert rests(tmp_path, HERKUNFT, *zellen).get("asylherkunft") == rest


@pytest.mark.parametrize(("genannt", "rest"), [(360, 0), (300, None)])
def test_women_and_men_of_main_origins_are_not_told_where_names_make_up_all_of_them(
    tmp_path: Path, genannt: int, rest: int | None
) -> None:
    alle = {"alle": 360, "genannt": genannt}
    assert rests(tmp_path, HERKUNFT, geschlecht="w", alle=alle).get("asylherkunft") == rest


DAUERN = {
    ("aufenthaltsdauer", "in_deutschland_geboren"): 100,
    ("aufenthaltsdauer", "00-04"): 60,
    ("zuzugsjahr", "2020"): 60,
}


@pytest.mark.parametrize(
    ("kategorie", "geheim", "rest"),
    [(103, False, 3), (100, False, None), (100, True, 0), (300, False, 200), (300, True, 0)],
)
def test_foreigners_born_in_germany_beside_a_category_that_may_be_they(
    tmp_path: Path, kategorie: int, geheim: bool, rest: int | None
) -> None:
    je = rests(tmp_path, DAUERN, cell("kategorie", kategorie, "A2", "insgesamt", geheim=geheim))
    assert je.get("aufenthaltsdauer") == rest
    # Years of arrival are the same persons: no more of them than of any duration, and of its rests.
    assert je["zuzugsjahr"] == min(60, 60 if rest is None else rest)


def test_years_of_arrival_follow_a_duration_of_few(tmp_path: Path) -> None:
    werte = {("aufenthaltsdauer", "00-00"): 4, ("aufenthaltsdauer", "01+"): 300, ("zuzugsjahr", "2020"): 40}
    assert rests(tmp_path, werte, geschlecht="w")["zuzugsjahr"] == 4


@pytest.mark.parametrize(
    ("geschlecht", "geheim", "rest"), [("w", True, 0), ("w", False, None), ("insgesamt", True, None)]
)
def test_votes_of_a_sex_are_not_told_beside_a_hidden_single_year(
    tmp_path: Path, geschlecht: str, geheim: bool, rest: int | None
) -> None:
    werte = {("wahlberechtigung", "bundestagswahl_ab_18"): 700}
    jahr = cell("merkmal", 30, "altersjahr", "41", geheim=geheim)
    assert rests(tmp_path, werte, jahr, geschlecht=geschlecht).get("wahlberechtigung") == rest


@pytest.mark.parametrize(("anderes", "rest"), [("17", 0), ("18", None), ("90+", None)])
def test_votes_of_both_are_not_told_beside_hidden_years_on_both_sides_of_the_voting_age(
    tmp_path: Path, anderes: str, rest: int | None
) -> None:
    """Hidden years make a known sum; how many of them are too young would follow from the votes."""
    werte = {("wahlberechtigung", "bundestagswahl_ab_18"): 700}
    jahre = [cell("merkmal", 3, "altersjahr_auslaender", j, geheim=True) for j in ("41", anderes)]
    offen = cell("merkmal", 30, "altersjahr_auslaender", "07")
    assert rests(tmp_path, werte, *jahre, offen).get("wahlberechtigung") == rest


@pytest.mark.parametrize(
    ("gruppen", "rest"),
    [(["00-02", "65-74"], 0), (["18-24", "75+"], None), (["00-02"], None), (["15-19"], 0), (["unbekannt"], None)],
)
def test_votes_are_not_told_beside_hidden_age_groups_on_both_sides_of_the_voting_age(
    tmp_path: Path, gruppen: list[str], rest: int | None
) -> None:
    werte = {("wahlberechtigung", "bundestagswahl_ab_18"): 700}
    zellen = [cell("auslaender", 3, altersgruppe=a, profil="-", geheim=True) for a in gruppen]
    assert rests(tmp_path, werte, *zellen).get("wahlberechtigung") == rest


@pytest.mark.parametrize(("geheim", "rest"), [(True, 0), (False, 500)])
def test_a_further_nationality_is_not_told_beside_a_hidden_category(tmp_path: Path, geheim: bool, rest: int) -> None:
    werte = {("mehrstaatigkeit", "mehrstaatig"): 2000}
    assert rests(tmp_path, werte, cell("kategorie", 1500, "D", "insgesamt", geheim=geheim))["mehrstaatigkeit"] == rest
