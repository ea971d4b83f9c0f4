"""Single years of age as the choice decides them: what age groups and foreigners leave of them is a count, too."""

from datetime import date

import pytest

from pipelines.geheimhaltung.choose import choose
from pipelines.geheimhaltung.fact_relations import link_merkmale
from pipelines.geheimhaltung.family import Familie
from pipelines.geheimhaltung.relations import link_cells
from pipelines.geheimhaltung.system import Schluessel, Tafel
from schemas.spalten.common import INSGESAMT as INS

AGS = "00"


def hides(zellen: dict[tuple[str, ...], int]) -> bool:
    """Whether anything told is hidden among these cells of a town: (kind, age group, value…) → persons."""
    f = Familie("k", date(2021, 6, 30), AGS, "p", 5, 0, Tafel(), {AGS: []}, {}, {}, {}, [])
    for (art, alter, *werte), n in zellen.items():
        f.tafel.zelle(Schluessel(art, "-", AGS, INS, alter, *werte), n, oeffentlich=True)
    link_merkmale(f)
    return bool(choose(f.tafel, f.schwelle).geheim & {i for i, o in enumerate(f.tafel.oeffentlich) if o})


def town(jahr: int, auslaender: int) -> dict[tuple[str, ...], int]:
    """1000 inhabitants, 300 of them foreigners; of one year of age so many, so many of these foreigners."""
    return {
        ("einwohner", INS): 1000, ("auslaender", INS): 300,
        ("merkmal", INS, "altersjahr", "00"): jahr, ("merkmal", INS, "altersjahr", "01+"): 1000 - jahr,
        ("merkmal", INS, "altersjahr_auslaender", "00"): auslaender,
        ("merkmal", INS, "altersjahr_auslaender", "01+"): 300 - auslaender,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("jahr", "auslaender", "verborgen"), [(40, 10, False), (40, 37, True), (40, 40, False), (40, 3, True)]
)
def test_few_germans_of_a_year_do_not_follow(jahr: int, auslaender: int, verborgen: bool) -> None:
    assert hides(town(jahr, auslaender)) is verborgen


def test_single_years_make_the_age_group() -> None:
    """Three of age 1 are hidden: with the age group and the other year they would follow."""
    zellen = {("merkmal", INS, "altersjahr", j): n for j, n in (("00", 40), ("01", 3), ("02+", 957))}
    gruppen = {("einwohner", INS): 1000, ("einwohner", "00-01"): 43, ("einwohner", "02+"): 957}
    f = Familie("k", date(2021, 6, 30), AGS, "p", 5, 0, Tafel(), {AGS: []}, {}, {}, {}, [])
    for (art, alter, *werte), n in (zellen | gruppen).items():
        f.tafel.zelle(Schluessel(art, "-", AGS, INS, alter, *werte), n, oeffentlich=True)
    link_merkmale(f)
    geheim = {f.tafel.schluessel[i][4:7] for i in choose(f.tafel, f.schwelle).geheim}
    assert (INS, "altersjahr", "01") in geheim
    assert len(geheim) > 1


@pytest.mark.parametrize(("rest", "verborgen"), [(30, False), (3, True)])
def test_few_germans_whose_bezugsland_no_row_names_do_not_follow(rest: int, verborgen: bool) -> None:
    """Germans with MH less those of the one Bezugsland that is named beside its nationality."""
    f = Familie("k", date(2021, 6, 30), AGS, "p", 5, 0, Tafel(), {AGS: []}, {}, {}, {}, [], ["p"])
    zellen = {
        ("einwohner", "-"): 1000, ("auslaender", "-"): 300, ("deutsche_mit_mh", "p"): 200, ("personen_mit_mh", "p"): 500,
        ("unentscheidbar", "p"): 0, ("staat", "-", "163"): 40, ("bezugsland", "p", INS): 500,
        ("bezugsland", "p", "163"): 40 + 200 - rest,
    }  # fmt: skip
    for (art, profil, *werte), n in zellen.items():
        f.tafel.zelle(Schluessel(art, profil, AGS, INS, INS, *werte), n, oeffentlich=True)
    link_cells(f)
    geheim = {f.tafel.schluessel[i] for i in choose(f.tafel, f.schwelle).geheim}
    assert any(
        k.art in ("bezugsland", "staat", "deutsche_mit_mh") and f.tafel.oeffentlich[f.tafel.nummer[k]] for k in geheim
    ) is (verborgen)


@pytest.mark.parametrize(("iraner", "verborgen"), [(57, True), (40, False)])
def test_few_foreigners_whom_a_definition_leaves_out_do_not_follow(iraner: int, verborgen: bool) -> None:
    """63 foreigners without MH; 60 are missing from the one state, three or 20 from the other (beside 17 Germans with MH)."""
    f = Familie("k", date(2021, 6, 30), AGS, "p", 5, 0, Tafel(), {AGS: []}, {}, {}, {}, [], ["p"])
    zellen = {
        ("einwohner", "-"): 2000, ("auslaender", "-"): 500, ("deutsche_mit_mh", "p"): 200, ("personen_mit_mh", "p"): 637,
        ("unentscheidbar", "p"): 0, ("staat", "-", "163"): 100, ("staat", "-", "439"): 60, ("bezugsland", "p", INS): 637,
        ("bezugsland", "p", "163"): 40, ("bezugsland", "p", "439"): iraner,
    }  # fmt: skip
    for (art, profil, *werte), n in zellen.items():
        f.tafel.zelle(Schluessel(art, profil, AGS, INS, INS, *werte), n, oeffentlich=True)
    link_cells(f)
    geheim = [i for i in choose(f.tafel, f.schwelle).geheim if f.tafel.oeffentlich[i]]
    assert bool(geheim) is verborgen


@pytest.mark.parametrize("mehr", [{}, {("staat", "-", "475"): 20}], ids=["same_names", "more_nationalities"])
@pytest.mark.parametrize(("nzo", "verborgen"), [(28, True), (10, False)])
def test_few_germans_of_bezugslaender_without_a_name_do_not_follow(
    nzo: int, verborgen: bool, mehr: dict[tuple[str, ...], int]
) -> None:
    """200 Germans with MH, 170 of the one Bezugsland that is named: 30 others, 28 or ten of them of none."""
    f = Familie("k", date(2021, 6, 30), AGS, "p", 5, 0, Tafel(), {AGS: []}, {}, {}, {}, [], ["p"])
    zellen = {
        ("einwohner", "-"): 1000, ("auslaender", "-"): 300, ("deutsche_mit_mh", "p"): 200, ("personen_mit_mh", "p"): 500,
        ("unentscheidbar", "p"): 0, ("staat", "-", "163"): 250, ("bezugsland", "p", INS): 500, ("bezugsland", "p", "163"): 420,
        ("bezugsland", "p", "NZO"): nzo,
    }  # fmt: skip
    assert hides_any(f, zellen | mehr) is verborgen


@pytest.mark.parametrize(("uebrige", "verborgen"), [(47, True), (60, False)])
def test_few_foreigners_of_states_without_a_name_do_not_follow(uebrige: int, verborgen: bool) -> None:
    """63 foreigners without MH; 60 are missing from the state that is named, three from all others: 50 foreigners, 47 with MH."""
    f = Familie("k", date(2021, 6, 30), AGS, "p", 5, 0, Tafel(), {AGS: []}, {}, {}, {}, [], ["p"])
    zellen = {
        ("einwohner", "-"): 2000, ("auslaender", "-"): 350, ("deutsche_mit_mh", "p"): 200,
        ("personen_mit_mh", "p"): 487, ("unentscheidbar", "p"): 0, ("staat", "-", "163"): 300, ("bezugsland", "p", INS): 487,
        ("bezugsland", "p", "163"): 240, ("bezugsland", "p", "NZO"): 247 - uebrige,
    }  # fmt: skip
    assert hides_any(f, zellen) is verborgen


def hides_any(f: Familie, zellen: dict[tuple[str, ...], int]) -> bool:
    """Whether the choice hides any of these cells of a town: (kind, definition, value…) → persons."""
    for (art, profil, *werte), n in zellen.items():
        f.tafel.zelle(Schluessel(art, profil, AGS, INS, INS, *werte), n, oeffentlich=True)
    link_cells(f)
    return any(f.tafel.oeffentlich[i] for i in choose(f.tafel, f.schwelle).geheim)
