"""Deciding kinds of persons comes to what deciding each person does, and the counts made of it hold everybody."""

import re

import duckdb
import pytest

from pipelines.definitionen.decide import create_merkmale, create_personen, entscheidung
from pipelines.definitionen.kinds import create_entschieden, find_cut_points
from pipelines.foundation.storage import Ablage, pfadliste, sql
from pipelines.stamm.profile.profil import Profil, load_profile
from tests.spec.definitionen.hilfe import PROFILE, build_kommune, deliver
from tests.spec.definitionen.zufallspersonen import zufallspersonen

ANZAHL = 20_000
JE_PERSON = "gebiet_id, geschlecht, altersgruppe, alter, auslaender, generation"


@pytest.fixture(scope="module")
def gestellt(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ablage, str]:
    ablage, kommune = build_kommune(tmp_path_factory.mktemp("arten"), option=True)
    return ablage, deliver(ablage, kommune, zufallspersonen(ANZAHL, saat=17))


def test_cases_are_decided_as_each_of_their_persons_is(gestellt: tuple[Ablage, str]) -> None:
    ablage, partition = gestellt
    profile = load_profile(ablage, PROFILE)
    urteile = ", ".join(f"regel_{p.profil}, bezug_{p.profil}" for p in profile)
    con = ablage.verbindung()
    try:
        create_personen(con, ablage, partition)
        create_merkmale(con, ablage)
        je_person = f"select {JE_PERSON}, {urteile}, satzschluessel from ({entscheidung(profile)})"
        einzeln = con.execute(
            f"select * exclude (satzschluessel), count(*), sum(satzschluessel) from ({je_person}) group by all order by all"
        ).fetchall()
    finally:
        con.close()
    con = ablage.verbindung()
    try:
        create_entschieden(con, ablage, profile, _staged(ablage, partition), satzschluessel=True)
        ueber_arten = con.execute(
            f"select {JE_PERSON}, {urteile}, sum(personen), sum(satzschluessel) from entschieden group by all order by all"
        ).fetchall()
        ((personen,),) = con.execute("select count(*) from personenzeile").fetchall()
    finally:
        con.close()
    assert ueber_arten == einzeln
    assert sum(z[-2] for z in ueber_arten) == personen


def test_no_list_of_constants_is_joined_to_the_persons(gestellt: tuple[Ablage, str]) -> None:
    """DuckDB joins a list of some length, for every person and every mention: bounds do the same for nothing."""
    ablage, partition = gestellt
    con = ablage.verbindung()
    try:
        create_entschieden(con, ablage, load_profile(ablage, PROFILE), _staged(ablage, partition), satzschluessel=True)
        personen = _plan(con, "from personenzeile")
        con.execute("drop view merkmale")
        merkmale = _plan(con, sql("melderegister/merkmale").partition("create or replace temp table merkmale as")[2])
    finally:
        con.close()
    assert (personen.count("Join Type"), merkmale.count("Join Type")) == (0, 1)


def _plan(con: duckdb.DuckDBPyConnection, anweisung: str) -> str:
    return str(con.execute(f"explain {anweisung}").fetchall()[0][1])


def _staged(ablage: Ablage, partition: str) -> str:
    return f"read_parquet({pfadliste([ablage.tabelle('eingang', 'melderegister', partition)])})"


def _mit_bedingung(profil: Profil, wenn: str) -> Profil:
    regel = profil.regeln[0].model_copy(update={"wenn": wenn})
    return profil.model_copy(update={"regeln": (regel,), "familie": None, "bezugsland": ()})


@pytest.mark.parametrize(
    ("wenn", "alter"),
    [
        ("alter < 18", [18, 19]), ("alter <= 17.5", [18]), ("alter in (3, 65)", [3, 4, 65, 66]), ("deutsch", []),
        ("alter <> 30 and deutsch", [30, 31]),
    ],
)  # fmt: skip
def test_ages_are_told_apart_where_a_condition_may_change_and_nowhere_else(
    gestellt: tuple[Ablage, str], wenn: str, alter: list[int]
) -> None:
    profil = _mit_bedingung(load_profile(gestellt[0], ("luenen_2021",))[0], wenn)
    assert find_cut_points([profil]) == {"alter": alter, "geburtsjahr": [], "zuzug_jahr": []}


def test_years_are_told_apart_at_the_years_that_clues_name(gestellt: tuple[Ablage, str]) -> None:
    profil = _mit_bedingung(
        load_profile(gestellt[0], ("luenen_2021",))[0], "geboren_ab(1990) or vertrieben_vermutet(1950)"
    )
    assert find_cut_points([profil]) == {
        "alter": [],
        "geburtsjahr": [1950, 1951, 1990, 1991],
        "zuzug_jahr": [1950, 1951],
    }


def test_two_kinds_of_one_hash_stop_the_count(gestellt: tuple[Ablage, str], monkeypatch: pytest.MonkeyPatch) -> None:
    def with_one_hash(pfad: str) -> str:
        einer = "1::ubigint as art"
        return re.sub(r"art_von\([^)]*\) as art", einer, sql(pfad))

    monkeypatch.setattr("pipelines.definitionen.kinds.sql", with_one_hash)
    ablage, partition = gestellt
    con = ablage.verbindung()
    with pytest.raises(RuntimeError, match="one hash"):
        create_entschieden(con, ablage, load_profile(ablage, PROFILE), _staged(ablage, partition), satzschluessel=False)
    con.close()
