"""The attack sorts persons by the rules of all definitions: what is hidden under one and told under another falls.

Belongs here: literal files with two definitions beside the main one. How the choice hides is tested in test_arten.py.
"""

from pathlib import Path
from typing import Any

import pytest

from pipelines.geheimhaltung.angriff.audit import OHNE_ARTEN, Audit, check_datei
from pipelines.geheimhaltung.angriff.read import Judgement, RegisterKind
from tests.lib.attack_world import AGS, ALTER, GEBIETE, INS, Zeilen, rows, summe, write

E, A, D = summe((AGS, INS, INS))
RULES = {
    "p": {"a": ("A", "mit"), "d": ("D", "mit"), "s": ("0", "ohne")},
    "q": {"a": ("A", "mit"), "d": ("D", "mit"), "f": ("F", "mit"), "s": ("0", "ohne")},
    "r": {"a": ("A", "mit"), "d": ("D", "mit"), "f": ("F", "mit"), "z": ("Z", "mit"), "s": ("0", "ohne")},
}
BY_PARENTS, IMMIGRATED = 23, 40  # Germans whom q and r count by their parents, and whom r alone counts
SAME = (
    "aaa",
    "ddd",
    "sff",
    "ssz",
    "sss",
)  # the rule of p, q and r for everybody there is: by parents q and r count the same
NOT_THE_SAME = (*SAME, "sfz")  # q also counts by parents some whom r counts as immigrated


def kinds(*names: str) -> tuple[RegisterKind, ...]:
    made = []
    for name in names:
        urteile = tuple(Judgement(p, r, *RULES[p][r]) for p, r in zip("pqr", name, strict=True))
        made.append(RegisterKind(urteile, "1", False, name == "aaa", ALTER))
    return tuple(made)


def pair(andere: str, regel: str, personen: int | None) -> dict[str, Any]:
    return {
        "gebiet_id": AGS, "profil_a": "p", "profil_b": andere, "regel_a": "s", "regel_b": regel, "ergebnis_a": "ohne",
        "ergebnis_b": "mit", "grund": f"p: x (ohne); {andere}: y (mit)", "personen": personen,
        "status": "ok" if personen else "geheim",
    }  # fmt: skip


def town() -> Zeilen:
    """p in full; of q and r what the town tells. q hides whom it counts by parents, r tells all of its own."""
    tabellen = rows(verborgen=())
    for p, anders in (("q", None), ("r", BY_PARENTS + IMMIGRATED)):
        tabellen["marts.migrationshintergrund"].append(
            {"gebiet_id": AGS, "geschlecht": INS, "altersgruppe": INS, "profil": p, "quelle": "melderegister", "einwohner": E,
             "auslaender": A, "unentscheidbar": 0, "deutsche_mit_mh": None if anders is None else D + anders,
             "personen_mit_mh": None if anders is None else A + D + anders}
        )  # fmt: skip
    return tabellen | {
        "marts.definitionsvergleich": [pair("q", "f", None), pair("r", "f", BY_PARENTS), pair("r", "z", IMMIGRATED)]
    }


def attack(tmp_path: Path, arten: tuple[RegisterKind, ...] | None) -> Audit:
    wissen = None if arten is None else {("k", "2021-06-30"): arten}
    (ergebnis,) = check_datei(write(tmp_path / "neu.duckdb", town()), {}, arten=wissen)
    return ergebnis


def test_what_is_hidden_under_one_definition_is_told_under_another(tmp_path: Path) -> None:
    ergebnis = attack(tmp_path, kinds(*SAME))
    assert any("V, p" in z and f"{BY_PARENTS} bis {BY_PARENTS}" in z for z in ergebnis.zeilen), ergebnis.zeilen


def test_where_the_rules_sort_otherwise_nothing_falls(tmp_path: Path) -> None:
    assert attack(tmp_path, kinds(*NOT_THE_SAME)).zeilen == []


def test_whoever_does_not_sort_by_all_rules_does_not_see_it(tmp_path: Path) -> None:
    assert attack(tmp_path, None).zeilen == []


def test_several_definitions_of_which_nobody_says_the_kinds_are_not_published(tmp_path: Path) -> None:
    ergebnis = attack(tmp_path, ())
    assert (ergebnis.holds, ergebnis.zeilen) == (False, [OHNE_ARTEN])


def two_margins() -> Zeilen:
    """q and r tell how many have MH, and nothing by rules: three more under r."""
    tabellen = rows(verborgen=())
    for p, anders in (("q", BY_PARENTS), ("r", BY_PARENTS + 3)):
        tabellen["marts.migrationshintergrund"].append(
            {"gebiet_id": AGS, "geschlecht": INS, "altersgruppe": INS, "profil": p, "quelle": "melderegister", "einwohner": E,
             "auslaender": A, "unentscheidbar": 0, "deutsche_mit_mh": D + anders, "personen_mit_mh": A + D + anders}
        )  # fmt: skip
    return tabellen


@pytest.mark.parametrize(("possible", "falls"), [((), True), (("sfs",), False)], ids=["ruled_out", "possible"])
def test_a_small_difference_counts_persons_where_nobody_can_be_counted_the_other_way_round(
    tmp_path: Path, possible: tuple[str, ...], falls: bool
) -> None:
    wissen = {("k", "2021-06-30"): kinds(*SAME, *possible)}
    (ergebnis,) = check_datei(write(tmp_path / "neu.duckdb", two_margins()), {}, arten=wissen)
    assert any("q ohne, r mit: 3 bis 3" in z for z in ergebnis.zeilen) is falls, ergebnis.zeilen


def test_a_kind_that_the_file_rules_out_counts_nobody(tmp_path: Path) -> None:
    """By the rules somebody may be counted by parents under q and not under r; the town shows that nobody is."""
    tabellen = two_margins()
    zero = {"gebiet_id": AGS, "profil_a": "p", "profil_b": "r", "regel_a": "d", "regel_b": "s", "ergebnis_a": "mit",
            "ergebnis_b": "ohne", "grund": "p: x (mit); r: y (ohne)", "personen": 0, "status": "ok"}  # fmt: skip
    tabellen["marts.definitionsvergleich"] = [pair("r", "f", BY_PARENTS), pair("r", "z", 3), zero]
    wissen = {("k", "2021-06-30"): kinds(*SAME, "dfs")}
    (ergebnis,) = check_datei(write(tmp_path / "neu.duckdb", tabellen), {}, arten=wissen)
    assert any("q ohne, r mit: 3 bis 3" in z for z in ergebnis.zeilen), ergebnis.zeilen


MIXED = {"z": ("Z", "mit"), "f": ("F", "mit"), "s": ("0", "ohne")}


def mixed_kind(rule: str, foreign: bool, *sexes: str) -> RegisterKind:
    """Of one definition: immigrated persons (z) and others (f) are foreigners and Germans."""
    return RegisterKind(
        (Judgement("p", rule, *MIXED[rule]),), "1" if rule == "z" else "2", False, foreign, ALTER, sexes or ("m", "w")
    )


def told_by_category(geschlecht: str, **je: int) -> list[dict[str, Any]]:
    ort = {"gebiet_id": AGS, "geschlecht": geschlecht, "profil": "p", "generation": INS}
    return [ort | {"kategorie": INS if k == "alle" else k.lstrip("_"), "personen": n} for k, n in je.items()]


@pytest.mark.parametrize(("sexes", "falls"), [(("w",), True), (("m", "w"), False)])
def test_kinds_that_no_man_is_of_count_no_man(tmp_path: Path, sexes: tuple[str, ...], falls: bool) -> None:
    """Foreigners who are not immigrated are women, so all foreign men are: beside them three German men."""
    arten = (
        mixed_kind("z", True),
        mixed_kind("z", False),
        mixed_kind("f", True, *sexes),
        mixed_kind("f", False),
        mixed_kind("s", False),
    )
    e, a, d = summe((AGS, "m", INS))
    kategorien = told_by_category("m", Z=a + 3, F=d - 3, _0=e - a - d, alle=e) + told_by_category(
        INS, Z=A + 30, F=D - 30, _0=E - A - D, alle=E
    )
    for g in GEBIETE:  # the main definition's are told of areas
        e, a, d = summe((g, INS, INS))
        mehr = 30 * (g == "01")
        kategorien += [
            z | {"gebiet_id": g} for z in told_by_category(INS, Z=a + mehr, F=d - mehr, _0=e - a - d, alle=e)
        ]
    welt = rows(verborgen=()) | {"marts.mh_kategorie": kategorien}
    (ergebnis,) = check_datei(write(tmp_path / "neu.duckdb", welt), {}, arten={("k", "2021-06-30"): arten})
    assert any(", m," in z and "3 bis 3" in z for z in ergebnis.zeilen) is falls, ergebnis.zeilen


@pytest.mark.parametrize("immigrated", [3, 30])
def test_one_definition_whose_category_holds_foreigners_and_germans_tells_of_the_germans(
    tmp_path: Path, immigrated: int
) -> None:
    """Every foreigner is immigrated, and so are as many Germans: the category without the foreigners."""
    arten = (mixed_kind("z", True), mixed_kind("z", False), mixed_kind("f", False), mixed_kind("s", False))
    kategorien = told_by_category(INS, Z=A + immigrated, F=D - immigrated, _0=E - A - D, alle=E)
    welt = rows(verborgen=()) | {"marts.mh_kategorie": kategorien}
    (ergebnis,) = check_datei(write(tmp_path / "neu.duckdb", welt), {}, arten={("k", "2021-06-30"): arten})
    assert any("3 bis 3" in z for z in ergebnis.zeilen) is (immigrated == 3), ergebnis.zeilen


@pytest.mark.parametrize("abroad", [3, 30])
def test_a_category_of_minors_only_leaves_few_of_the_minors(tmp_path: Path, abroad: int) -> None:
    """Of the German minors with MH all but three are told by their parents, as only minors are."""
    jung = summe((AGS, INS, ALTER[0]))[2] - abroad
    arten = (
        mixed_kind("z", True), mixed_kind("z", False), mixed_kind("f", False)._replace(alter=ALTER[:1]), mixed_kind("s", False),
    )  # fmt: skip
    kategorien = told_by_category(INS, Z=A + D - jung, F=jung, _0=E - A - D, alle=E)
    welt = rows(verborgen=()) | {"marts.mh_kategorie": kategorien}
    (ergebnis,) = check_datei(write(tmp_path / "neu.duckdb", welt), {}, arten={("k", "2021-06-30"): arten})
    assert any("KA" in z and "3 bis 3" in z for z in ergebnis.zeilen) is (abroad == 3), ergebnis.zeilen
