"""Every defective file is refused or questioned for its defect alone, at its cell; its sound twin passes without a word."""

from collections.abc import Iterator

import duckdb
import pytest

from pipelines.foundation.findings import Schwere
from tests.spec.lieferungen.fehlerdateien import FAELLE, Fall
from tests.spec.lieferungen.hilfe import Werkstatt
from tests.spec.lieferungen.tabelle import ZIEL, treffer, uebersicht


@pytest.fixture(scope="module")
def werkstatt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Werkstatt]:
    with duckdb.connect() as con:
        yield Werkstatt(tmp_path_factory.mktemp("lieferungen"), con)


def _name(fall: Fall) -> str:
    return f"{FAELLE.index(fall) + 1:02d}-{fall.code}"


@pytest.mark.parametrize("fall", FAELLE, ids=_name)
def test_defect_is_found(werkstatt: Werkstatt, fall: Fall) -> None:
    befunde = werkstatt.befunde(fall.kaputt, fall.vorher)
    texte = [b.text() for b in befunde]
    fund = treffer(fall, befunde)
    assert fund is not None, texte
    assert fund.schwere is Schwere(fall.schwere)
    for zelle in fall.zellen:
        assert zelle in fund.text() or any(z.endswith(zelle) for z in fund.zellen), texte
    for wort in fall.worte:
        assert wort in fund.text(), texte
    assert {b.code.value for b in befunde if b.schwere is Schwere.fehler} <= {fall.code}, texte


@pytest.mark.parametrize("fall", FAELLE, ids=_name)
def test_sound_twin_passes(werkstatt: Werkstatt, fall: Fall) -> None:
    befunde = werkstatt.befunde(fall.heil, fall.vorher)
    erlaubt = [] if fall.hinweis is None else [(fall.hinweis, Schwere.hinweis)]
    assert [(b.code.value, b.schwere) for b in befunde] == erlaubt, [b.text() for b in befunde]


def test_page_is_current(werkstatt: Werkstatt) -> None:
    assert ZIEL.read_text(encoding="utf-8") == uebersicht(werkstatt), "bitte python -m tests.spec.lieferungen.tabelle"
