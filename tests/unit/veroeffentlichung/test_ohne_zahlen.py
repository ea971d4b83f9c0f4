"""What a chapter still lacks: nothing assigned, goals that measure others' indicators, or some indicators without figures."""

from typing import Any

from pipelines.veroeffentlichung.bericht.indikatoren.content import Feldabschnitt
from pipelines.veroeffentlichung.bericht.kapitel import GoalLine, Kapitel
from pipelines.veroeffentlichung.bericht.ohne_zahlen import Luecke, missing_chapters
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle

KATALOG: dict[str, Any] = {"a": {"name": "Quote", "nummer": 1, "datenquellen": ["Amt"]}}


def missing(
    leitziele: tuple[GoalLine, ...] = (), ohne_zahlen: tuple[str, ...] = (), massnahmen: Tabelle | None = None
) -> Luecke:
    feld = Feldabschnitt("f", "Feld", (), (), ohne_zahlen) if ohne_zahlen else None
    (luecke,) = missing_chapters([Kapitel("f", "Feld", "handlungsfeld", leitziele, feld, massnahmen)], KATALOG)
    return luecke


def test_a_chapter_nothing_is_assigned_to() -> None:
    luecke = missing()
    assert "kein Indikator zugeordnet" in luecke.fehlt
    assert (luecke.gebraucht, luecke.teilweise) == ("eine Zuordnung von Indikatoren oder ein Maßnahmenblatt", False)


def test_a_chapter_whose_goals_measure_indicators_of_others_is_not_said_to_have_none() -> None:
    luecke = missing((GoalLine("1", "Ziel", (("x", "Begonnene Maßnahmen"),)),))
    assert "kein Indikator zugeordnet" not in luecke.fehlt
    assert "seine Leitziele messen andere: Begonnene Maßnahmen." in luecke.fehlt


def test_a_chapter_with_measures_lacks_only_figures_of_some_indicators() -> None:
    luecke = missing(ohne_zahlen=("Quote",), massnahmen=Tabelle("T", ("a",), ()))
    assert (luecke.fehlt, luecke.gebraucht, luecke.teilweise) == ("Indikatoren: Quote.", "Amt", True)
