"""Facts of one extract as the choice decides them: what two facts leave of each other is a count, too."""

from datetime import date

import pytest

from pipelines.geheimhaltung.choose import choose
from pipelines.geheimhaltung.fact_relations import link_merkmale
from pipelines.geheimhaltung.family import Familie
from pipelines.geheimhaltung.system import Schluessel, Tafel
from schemas.spalten.common import INSGESAMT as INS

AGS = "00"


def create_familie(neu: int, geboren: int | None) -> Familie:
    """40 are below one year; `neu` live here (in Germany) for less than a year; of foreigners with those born in Germany."""
    f = Familie("k", date(2021, 6, 30), AGS, "p", 5, 0, Tafel(), {AGS: []}, {}, {}, {}, [])
    jahre, dauer = ("altersjahr", "wohndauer") if geboren is None else ("altersjahr_auslaender", "aufenthaltsdauer")
    zellen = {
        (jahre, "00"): 40,
        (jahre, "01+"): 960,
        (dauer, "00-00"): neu,
        (dauer, "01+"): 1000 - neu - (geboren or 0),
    }
    if geboren is not None:
        zellen[dauer, "in_deutschland_geboren"] = geboren
    for (a, b), n in zellen.items():
        f.tafel.zelle(Schluessel("merkmal", "-", AGS, INS, INS, a, b), n, oeffentlich=True)
    f.tafel.zelle(
        Schluessel("einwohner" if geboren is None else "auslaender", "-", AGS, INS, INS), 1000, oeffentlich=True
    )
    link_merkmale(f)
    return f


@pytest.mark.parametrize(
    ("neu", "geboren", "verborgen"),
    [(43, None, True), (40, None, False), (60, None, False), (33, 10, True), (70, 10, False)],
)
def test_few_who_came_later_than_they_were_born_do_not_follow(neu: int, geboren: int | None, verborgen: bool) -> None:
    f = create_familie(neu, geboren)
    assert bool(choose(f.tafel, f.schwelle).geheim & {i for i, o in enumerate(f.tafel.oeffentlich) if o}) is verborgen


def link(zellen: dict[tuple[str, ...], int], **mehr: frozenset[str] | dict[str, str]) -> bool:
    """Whether anything told is hidden among these cells of a town: (kind, value…) → persons."""
    f = Familie("k", date(2021, 6, 30), AGS, "p", 5, 0, Tafel(), {AGS: []}, {}, {}, {}, [], **mehr)  # type: ignore[arg-type]
    for (art, *werte), n in zellen.items():
        f.tafel.zelle(Schluessel(art, "-", AGS, INS, INS, *werte), n, oeffentlich=True)
    link_merkmale(f)
    return bool(choose(f.tafel, f.schwelle).geheim & {i for i, o in enumerate(f.tafel.oeffentlich) if o})


@pytest.mark.parametrize(("dritt", "verborgen"), [(63, True), (60, False), (90, False)])
def test_few_of_a_drittstaat_too_young_to_vote_do_not_follow(dritt: int, verborgen: bool) -> None:
    assert link({
        ("einwohner",): 1000, ("auslaender",): 300, ("staatengruppe", "Drittstaaten"): dritt,
        ("staatengruppe", "EU"): 300 - dritt,
        ("merkmal", "altersjahr", "00-15"): 200, ("merkmal", "altersjahr", "16+"): 800,
        ("merkmal", "altersjahr_auslaender", "00-15"): 100, ("merkmal", "altersjahr_auslaender", "16+"): 200,
        ("merkmal", "wahlberechtigung", "kommunalwahl_ab_16"): 740,
    }) is verborgen  # fmt: skip


@pytest.mark.parametrize(("asien", "verborgen"), [(53, True), (50, False), (80, False)])
def test_few_of_a_continent_beside_the_main_origins_do_not_follow(asien: int, verborgen: bool) -> None:
    assert link(
        {
            ("auslaender",): 300, ("staatengruppe", "EU"): 150, ("staatengruppe", "Drittstaaten"): 150,
            ("staatengruppe", "Asien"): asien, ("staatengruppe", "übriges Europa"): 150 - asien,
            ("merkmal", "asylherkunft", "hauptherkunft"): 50, ("merkmal", "asylherkunft", "andere"): 250,
        },
        asylherkunft=frozenset({"475"}), staatengruppe={"475": "Asien", "163": "übriges Europa"},
    ) is verborgen  # fmt: skip


@pytest.mark.parametrize(("neu", "verborgen"), [(73, True), (70, False), (95, False)])
def test_few_who_moved_in_from_elsewhere_in_the_country_do_not_follow(neu: int, verborgen: bool) -> None:
    assert link({
        ("einwohner",): 1000, ("auslaender",): 300,
        ("merkmal", "altersjahr", "00"): 40, ("merkmal", "altersjahr", "01+"): 960,
        ("merkmal", "wohndauer", "00-00"): neu, ("merkmal", "wohndauer", "01+"): 1000 - neu,
        ("merkmal", "aufenthaltsdauer", "00-00"): 30, ("merkmal", "aufenthaltsdauer", "01+"): 270,
    }) is verborgen  # fmt: skip


@pytest.mark.parametrize(("indien", "verborgen"), [(27, True), (30, False), (10, False)])
def test_few_of_unnamed_nationalities_of_a_continent_do_not_follow(indien: int, verborgen: bool) -> None:
    """30 of Asia are of no main origin; of these all but three are told by name."""
    assert link(
        {
            ("auslaender",): 300, ("staatengruppe", "EU"): 150, ("staatengruppe", "Drittstaaten"): 150,
            ("staatengruppe", "Asien"): 80, ("staatengruppe", "übriges Europa"): 70, ("staat", "436"): indien,
            ("merkmal", "asylherkunft", "hauptherkunft"): 50, ("merkmal", "asylherkunft", "andere"): 250,
        },
        asylherkunft=frozenset({"475"}), staatengruppe={"475": "Asien", "436": "Asien", "163": "übriges Europa"},
    ) is verborgen  # fmt: skip
