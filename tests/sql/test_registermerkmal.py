"""Facts of one extract on their way from the cube to the mart: scope, shares, and what a small count hides beside itself."""

from pathlib import Path
from typing import Any

import pytest

from pipelines.foundation.storage import Ablage
from tests.lib.literal_tables import lay, lay_ort, read, run_steps


def marts(
    tmp_path: Path, *wuerfel: dict[str, Any], altersgruppen: tuple[str, ...] = (), **kommune: Any
) -> dict[tuple[str, str, str, str], dict[str, Any]]:
    """(area, fact, value, sex) → row of the mart; the town has 1000 inhabitants with 400 foreigners, Nord 600 with 300."""
    ablage = Ablage(tmp_path).create_folders()
    lay_ort(ablage, **kommune)
    if altersgruppen:
        lay(ablage, "stamm.altersgruppe", *({"altersgruppe": a} for a in altersgruppen))
    lay(ablage, "bevoelkerung.merkmalswuerfel", *wuerfel)
    orte = {"00": (1000, 400), "10": (1000, 400), "01": (600, 300), "02": (400, 100), "03": (0, 0)}
    bestand = [
        {"gebiet_id": g, "geschlecht": x, "einwohner": e // n, "auslaender": a // n, "personen_mit_mh": a // n,
         "deutsche_mit_mh": 0, "unentscheidbar": 0}
        for g, (e, a) in orte.items()
        for x, n in (("insgesamt", 1), ("m", 2), ("w", 2))
    ]  # fmt: skip
    lay(ablage, "bevoelkerung.migrationshintergrund", *bestand)
    run_steps(ablage, "registermerkmal", bis="bevoelkerung")
    run_steps(ablage, "merkmalsrest", "registermerkmal", ab="geheimhaltung")
    zeilen = read(ablage, "marts.registermerkmal")
    return {(z["gebiet_id"], z["merkmal"], z["auspraegung"], z["geschlecht"]): z for z in zeilen}


def dauern(**je_gebiet: dict[str, tuple[int, int]]) -> list[dict[str, Any]]:
    """Rows of the cube: area → duration → (men, women)."""
    return [
        {"gebiet_id": g.lstrip("g"), "merkmal": "aufenthaltsdauer", "auspraegung": a, "geschlecht": x, "personen": n}
        for g, werte in je_gebiet.items()
        for a, paar in werte.items()
        for x, n in zip("mw", paar, strict=True)
    ]


GROSS = dauern(g01={"00-04": (50, 60), "05+": (100, 90)}, g02={"00-04": (20, 20), "05+": (30, 30)})


def test_the_town_by_sex_and_shares_of_foreigners(tmp_path: Path) -> None:
    je = marts(tmp_path, *GROSS)
    z = je["00", "aufenthaltsdauer", "00-04", "insgesamt"]
    assert (z["personen"], z["anteil"], z["grundgesamtheit"]) == (150, 150 / 400, "auslaender")
    assert z["auspraegung_name"] == "unter 5 Jahren"
    assert je["00", "aufenthaltsdauer", "05+", "w"]["auspraegung_name"] == "5 Jahre und länger"
    assert je["00", "aufenthaltsdauer", "05+", "w"]["anteil"] == 120 / 200
    assert {g for g, *_ in je} == {"00"}, "of areas nothing is told"


@pytest.mark.parametrize(("wenige", "gezeigt"), [(1, (None, 390)), (9, (None, 390)), (10, (20, 380)), (19, (40, 360))])
def test_few_are_hidden_and_what_is_left_of_the_others_says_nothing_of_them(
    tmp_path: Path, wenige: int, gezeigt: tuple[int | None, int]
) -> None:
    """So few women and men: of both together, however few there are, ten of them are taken off all 400."""
    rows = dauern(g01={"00-04": (wenige, wenige), "05+": (200 - wenige, 200 - wenige)})
    je = marts(tmp_path, *rows)
    assert {z["personen"] for (*_, x), z in je.items() if x != "insgesamt"} == {None}
    assert (
        je["00", "aufenthaltsdauer", "00-04", "insgesamt"]["personen"],
        je["00", "aufenthaltsdauer", "05+", "insgesamt"]["personen"],
    ) == gezeigt


def test_the_largest_value_is_what_the_shown_ones_leave(tmp_path: Path) -> None:
    """Of 200 each: 24 and 26 are told as 20 and 30, so 176 as 180 and 174 as 170; nobody is nobody."""
    je = marts(tmp_path, *dauern(g01={"00-04": (24, 26), "05-09": (0, 0), "10+": (176, 174)}))
    gezeigt = {a: [je["00", "aufenthaltsdauer", a, x]["personen"] for x in ("m", "w", "insgesamt")]
               for a in ("00-04", "05-09", "10+")}  # fmt: skip
    assert gezeigt == {"00-04": [20, 30, 50], "05-09": [0, 0, 0], "10+": [180, 170, 350]}
    assert {z["status"] for z in je.values()} == {"gerundet"}


@pytest.mark.parametrize(
    ("merkmal", "w", "m", "gezeigt"),
    [
        ("rest_land_aelter", 20, 20, (100, 100, 200)),
        ("rest_land_aelter", 19, 20, (None, None, 200)),  # few women: told of both together
        ("rest_land_aelter", 9, 10, (None, None, None)),
        ("rest_hier_aelter", 9, 10, (None, None, None)),
        ("aufenthaltsjahre", 9, 10, (100, 100, 200)),
    ],
)
def test_a_fact_that_would_leave_few_beside_others_is_not_told(
    tmp_path: Path, merkmal: str, w: int, m: int, gezeigt: tuple[int | None, ...]
) -> None:
    rest = [
        {"gebiet_id": "01", "merkmal": merkmal, "auspraegung": "05", "geschlecht": x, "personen": n}
        for x, n in (("w", w), ("m", m))
    ]
    je = marts(tmp_path, *dauern(g01={"00-04": (100, 100), "05+": (100, 100)}), *rest)
    assert tuple(je["00", "aufenthaltsdauer", "00-04", x]["personen"] for x in ("w", "m", "insgesamt")) == gezeigt


@pytest.mark.parametrize(("verfahren", "zeilen"), [("rundung", 6), ("cellkey", 0)])
def test_rounded_it_is_rounded_and_cell_key_has_no_keys_for_it(tmp_path: Path, verfahren: str, zeilen: int) -> None:
    if verfahren == "cellkey":
        ablage = Ablage(tmp_path).create_folders()
        lay_ort(ablage, verfahren=verfahren)
        lay(ablage, "bevoelkerung.merkmalswuerfel", *GROSS)
        lay(
            ablage,
            "stamm.umfang",
            {
                "hauptprofil": "p",
                "hauptdefinition": "dreifach",
                "andere_definitionen": "einzeln",
                "generationen": "alle",
            },
        )
        for leer in ("migrationshintergrund", "mh_kategorie", "definitionsvergleich", "staatsangehoerigkeit", "bezugsland",
                     "tabellenwert", "wuerfel", "optionswuerfel", "eintragswuerfel"):  # fmt: skip
            lay(ablage, f"bevoelkerung.{leer}")
        run_steps(
            ablage,
            "registermerkmal",
            "gliederungstiefe",
            "gruppenliste",
            "staatenliste",
            "kategorienliste",
            "zelle",
            bis="bevoelkerung",
        )
        assert read(ablage, "bevoelkerung.registermerkmal") != []
        assert read(ablage, "bevoelkerung.zelle") == []
        return
    jahre = [z | {"merkmal": "altersjahr"} for z in dauern(g01={"00": (1, 2), "01": (149, 148)})]
    je = marts(tmp_path, *jahre, verfahren=verfahren)
    assert len(je) == zeilen
    z = je["00", "altersjahr", "00", "insgesamt"]
    assert (z["personen"], z["status"]) == (5, "gerundet")


def test_every_value_has_its_words(tmp_path: Path) -> None:
    worte = {
        ("wohndauer", "00-00"): "unter 1 Jahr", ("wohndauer", "01-04"): "1 bis unter 5 Jahre",
        ("wohndauer", "20+"): "20 Jahre und länger", ("wohndauer", "unbekannt"): "unbekannt",
        ("altersjahr", "07"): "7 Jahre", ("altersjahr", "90+"): "90 Jahre und älter",
        ("zuzugsjahr", "vor_2011"): "vor 2011", ("zuzugsjahr", "2020"): "2020",
        ("wahlberechtigung", "kommunalwahl_ab_16"): (
            "Kommunalwahl: Deutsche (auch ohne Angabe) und Staatsangehörige der EU ab 16 Jahren"
        ),
        ("mehrstaatigkeit", "mehrstaatig"): "deutsche und weitere Staatsangehörigkeit",
    }  # fmt: skip
    wuerfel = [
        {"gebiet_id": "01", "merkmal": m, "auspraegung": a, "geschlecht": x, "personen": 100}
        for (m, a) in worte
        for x in "mw"
    ]
    je = marts(tmp_path, *wuerfel)
    assert {k: je["00", *k, "insgesamt"]["auspraegung_name"] for k in worte} == worte
    assert {x for g, m, _, x in je if m == "zuzugsjahr"} == {"insgesamt"}


def rows(merkmal: str, w: dict[str, int], m: dict[str, int]) -> list[dict[str, Any]]:
    """Rows of the cube: value → women, value → men."""
    return [
        {"gebiet_id": "01", "merkmal": merkmal, "auspraegung": a, "geschlecht": x, "personen": n}
        for x, werte in (("w", w), ("m", m))
        for a, n in werte.items()
    ]


@pytest.mark.parametrize(
    ("mehr", "mit_mh", "gezeigt"),
    [
        (1000, 2040, 2000), (1000, 2038, 2000),  # few of each sex, enough of both together
        (1000, 2019, None), (1000, 2000, None), (1000, 1500, 2000), (1000, 3000, 2000), (499, 2000, None),
    ],
)  # fmt: skip
def test_germans_of_a_further_nationality_are_told_where_there_are_many_and_definitions_count_many_others(
    tmp_path: Path, mehr: int, mit_mh: int, gezeigt: int | None
) -> None:
    """So many of each sex have one; Germans with MH are the same, few more, or many more. Fewer: the definition is another."""
    ablage = Ablage(tmp_path).create_folders()
    lay_ort(ablage)
    sta = {"mehrstaatig": mehr, "nur_deutsch": 3000 - mehr}
    lay(ablage, "bevoelkerung.merkmalswuerfel", *rows("mehrstaatigkeit", sta, sta))
    bestand = [
        {"gebiet_id": "00", "geschlecht": x, "einwohner": 10_000 // n, "auslaender": 4000 // n,
         "personen_mit_mh": (4000 + mit_mh) // n, "deutsche_mit_mh": mit_mh // n, "unentscheidbar": 0}
        for x, n in (("insgesamt", 1), ("m", 2), ("w", 2))
    ]  # fmt: skip
    lay(ablage, "bevoelkerung.migrationshintergrund", *bestand)
    run_steps(ablage, "registermerkmal", bis="bevoelkerung")
    run_steps(ablage, "merkmalsrest", "registermerkmal", ab="geheimhaltung")
    je = {(z["auspraegung"], z["geschlecht"]): z["personen"] for z in read(ablage, "marts.registermerkmal")}
    assert je["mehrstaatig", "insgesamt"] == gezeigt
    assert (je["mehrstaatig", "w"] is None) is (gezeigt is None or mit_mh == 2038)


def test_beside_a_hidden_whole_a_fact_would_be_the_whole_rounded(tmp_path: Path) -> None:
    """One of 400 foreigners is a woman: how many men are foreigners is hidden, so it is not told by facts either."""
    ablage = Ablage(tmp_path).create_folders()
    lay_ort(ablage)
    dauer = {"00-04": 100, "05+": 299}
    lay(ablage, "bevoelkerung.merkmalswuerfel", *rows("aufenthaltsdauer", {"00-04": 1, "05+": 0}, dauer))
    bestand = [
        {"gebiet_id": "00", "geschlecht": x, "einwohner": e, "auslaender": a, "personen_mit_mh": a, "deutsche_mit_mh": 0,
         "unentscheidbar": 0}
        for x, e, a in (("insgesamt", 2000, 400), ("m", 1000, 399), ("w", 1000, 1))
    ]  # fmt: skip
    lay(ablage, "bevoelkerung.migrationshintergrund", *bestand)
    run_steps(ablage, "registermerkmal", bis="bevoelkerung")
    run_steps(ablage, "merkmalsrest", "registermerkmal", ab="geheimhaltung")
    je = {(z["auspraegung"], z["geschlecht"]): z["personen"] for z in read(ablage, "marts.registermerkmal")}
    assert (je["00-04", "m"], je["05+", "m"], je["05+", "w"]) == (None, None, None)
    assert (je["00-04", "insgesamt"], je["05+", "insgesamt"]) == (100, 300)


def test_a_value_hidden_of_men_leaves_the_fact_to_both_together(tmp_path: Path) -> None:
    """Beside 31 of both that another table tells, at least 30 women would leave one man: 20 of 54 women are another value."""
    w, m = {"08-14": 24, "15+": 30}, {"08-14": 1, "15+": 203}
    je = marts(tmp_path, *rows("aufenthaltsdauer", w, m))
    assert {z["personen"] for (*_, x), z in je.items() if x != "insgesamt"} == {None}
    assert [je["00", "aufenthaltsdauer", a, "insgesamt"]["personen"] for a in w] == [30, 370]


@pytest.mark.parametrize(("jahr", "gezeigt"), [(20, {"2020": 40, "2019": 70}), (9, {"2020": None, "2019": None})])
def test_years_of_arrival_are_told_where_none_is_hidden(
    tmp_path: Path, jahr: int, gezeigt: dict[str, int | None]
) -> None:
    """With the 22 women of a duration one or two of the other year would follow."""
    werte, dauern = {"2020": jahr, "2019": 35, "2018": 0}, {"00-04": 100, "05+": 100}
    je = marts(tmp_path, *rows("zuzugsjahr", werte, werte), *rows("aufenthaltsdauer", dauern, dauern))
    assert {a: je["00", "zuzugsjahr", a, "insgesamt"]["personen"] for a in gezeigt} == gezeigt
    ohne = marts(tmp_path / "ohne", *rows("zuzugsjahr", werte, werte))
    assert {z["personen"] for z in ohne.values()} == {None}, "durations are not told"


def test_a_whole_that_leaves_a_hidden_value_little_room_tells_no_value(tmp_path: Path) -> None:
    """400 foreigners, two told values of at least 175 and 205 leave room for 20 hidden ones; of at least 195 each for ten."""
    w = {"00-00": 5, "01-04": 90, "05+": 105}
    je = marts(tmp_path, *rows("aufenthaltsdauer", w, w))
    assert je["00", "aufenthaltsdauer", "05+", "insgesamt"]["personen"] is not None
    eng = {"00-00": 2, "01-04": 99, "05+": 99}
    je = marts(tmp_path / "eng", *rows("aufenthaltsdauer", eng, eng))
    assert je["00", "aufenthaltsdauer", "05+", "insgesamt"]["personen"] is None


@pytest.mark.parametrize(("zweites", "gezeigt"), [(9, False), (20, True)])
def test_a_hidden_value_has_room_even_if_another_table_tells_the_other_hidden_one(
    tmp_path: Path, zweites: int, gezeigt: bool
) -> None:
    """400 foreigners, at least 185 of each of two durations: room for 30 hidden ones, not for 19 born here and 20 others."""
    werte = {"00-00": 1, "in_deutschland_geboren": zweites, "01-04": 95, "05+": 104 - zweites}
    je = marts(tmp_path, *rows("aufenthaltsdauer", werte, werte))
    assert (je["00", "aufenthaltsdauer", "05+", "insgesamt"]["personen"] is not None) is gezeigt


@pytest.mark.parametrize(("waehrend", "gezeigt"), [(41, True), (40, False)])
def test_no_remainder_is_told_that_would_have_been_hidden(tmp_path: Path, waehrend: int, gezeigt: bool) -> None:
    """Of 200 women five durations are told as 30 each, where nobody's is known as 30 or 40: 20 or ten are left of the largest."""
    werte = {f"{j:02d}-{j:02d}": 25 for j in range(5)} | {"05+": waehrend, "unbekannt": 75 - waehrend}
    je = marts(tmp_path, *rows("aufenthaltsdauer", werte, werte))
    assert (je["00", "aufenthaltsdauer", "00-00", "w"]["personen"] is not None) is gezeigt
    if gezeigt:
        assert je["00", "aufenthaltsdauer", "05+", "w"]["personen"] == 200 - 5 * 30 - 30


@pytest.mark.parametrize(("geboren", "gezeigt"), [(100, False), (60, True)])
def test_whoever_was_born_in_germany_is_known_exactly(tmp_path: Path, geboren: int, gezeigt: bool) -> None:
    """Three durations of at least 85 each, and one of few: beside 100 born here of 400 there is no room."""
    andere = (400 - 2 - geboren) // 3
    alle = {
        "00-00": 2,
        "01-04": andere,
        "05-09": andere,
        "10+": 398 - geboren - 2 * andere,
        "in_deutschland_geboren": geboren,
    }
    m = {a: n // 2 for a, n in alle.items()}
    je = marts(tmp_path, *rows("aufenthaltsdauer", {a: n - m[a] for a, n in alle.items()}, m))
    assert (je["00", "aufenthaltsdauer", "01-04", "insgesamt"]["personen"] is not None) is gezeigt
