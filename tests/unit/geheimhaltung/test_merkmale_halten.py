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
