"""Which kinds of persons the rules allow, by a draw: the same every time, both ways round where rules do not rule one out."""

from collections.abc import Iterable
from datetime import date

import pytest

from pipelines.bevoelkerung.possible_kinds import draw_kinds
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import ALTERSGRUPPEN
from pipelines.stamm.profile.profil import Profil, load_profile
from tests.spec.definitionen.hilfe import PROFILE, build_kommune

TAG = date(2021, 6, 30)
Art = dict[str, str]  # definition → rule


@pytest.fixture(scope="module")
def ablage(tmp_path_factory: pytest.TempPathFactory) -> Ablage:
    return build_kommune(tmp_path_factory.mktemp("denkbar"), option=True)[0]


def draw(ablage: Ablage, profile: Iterable[Profil]) -> list[Art]:
    tabelle = draw_kinds(ablage, list(profile), "k", "05978024", TAG, ALTERSGRUPPEN)
    assert set(tabelle["personen"].to_pylist()) == {0}
    return [dict(teil.split("=") for teil in r.split()) for r in tabelle["regeln"].to_pylist()]


def results(ablage: Ablage, *namen: str) -> set[tuple[str, ...]]:
    """The results these definitions come to together."""
    profile = load_profile(ablage, namen)
    je_regel = {(p.profil, e.regel): e.ergebnis for p in profile for e in p.ergebnisse()}
    return {tuple(je_regel[n, art[n]] for n in namen) for art in draw(ablage, profile)}


def test_the_draw_is_the_same_every_time(ablage: Ablage) -> None:
    profile = load_profile(ablage, PROFILE)
    assert draw(ablage, profile) == draw(ablage, profile)


def test_every_rule_of_every_definition_is_somebodys(ablage: Ablage) -> None:
    profile = load_profile(ablage, PROFILE)
    gefunden = {(p, r) for art in draw(ablage, profile) for p, r in art.items()}
    assert {(p.profil, e.regel) for p in profile for e in p.ergebnisse()} - gefunden == set()


def test_who_immigrated_since_1956_immigrated_since_1950_and_never_the_other_way_round(ablage: Ablage) -> None:
    paare = results(ablage, "mighev_2010", "nrw_tintg_2022")
    assert ("mit", "mit") in paare
    assert any(a == "mit" != b for a, b in paare)
    assert not any(b == "mit" != a for a, b in paare)


def test_two_definitions_that_count_otherwise_do_so_both_ways_round(ablage: Ablage) -> None:
    """One counts Aussiedler, the other everybody who immigrated: neither holds the other."""
    paare = results(ablage, "kosis_like", "hamburg_sn")
    assert {("mit", "ohne"), ("ohne", "mit")} <= paare


def test_without_a_clue_of_parents_there_are_few_kinds(ablage: Ablage) -> None:
    gezogen = draw(ablage, load_profile(ablage, ("luenen_2021", "gkd_re")))
    assert len({tuple(sorted(art.items())) for art in gezogen}) < 40
