"""What is hidden in one town does not depend on which others lie in the folder, nor on their counts."""

from pathlib import Path
from typing import Any

import pytest

from pipelines.foundation.findings import Schwere
from pipelines.foundation.storage import Ablage
from pipelines.geheimhaltung import by_levels, entscheidung
from pipelines.geheimhaltung.many_areas import THEMA
from pipelines.geheimhaltung.model import Wahl
from pipelines.geheimhaltung.system import Tafel
from pipelines.steps.left_out import ausgelassene
from tests.lib.literal_tables import decide, lay, lay_umfang, read

ORTE = ("00", "01", "02", "03")


def stadt(kommune: str, auslaender: tuple[int, int, int]) -> list[dict[str, Any]]:
    """Three areas and their town."""
    zahlen = {"01": (400, auslaender[0]), "02": (900, auslaender[1]), "03": (2500, auslaender[2])}
    zahlen["00"] = (sum(e for e, _ in zahlen.values()), sum(auslaender))
    return [
        {"kommune": kommune, "gebiet_id": g, "einwohner": zahlen[g][0], "auslaender": zahlen[g][1], "deutsche_mit_mh": 50,
         "personen_mit_mh": zahlen[g][1] + 50, "unentscheidbar": 0}
        for g in ORTE
    ]  # fmt: skip


def decisions(ordner: Path, **staedte: tuple[int, int, int]) -> dict[str, list[dict[str, Any]]]:
    ablage = Ablage(ordner).create_folders()
    lay(ablage, "stamm.kommune", *({"kommune": k, "ags": "00"} for k in staedte))
    lay(ablage, "stamm.vorfahr", *({"kommune": k, "gebiet_id": g, "vorfahr": "00"} for k in staedte for g in ORTE))
    lay_umfang(ablage, kommune="k")
    umfang = read(ablage, "stamm.umfang")
    lay(ablage, "stamm.umfang", *({**umfang[0], "kommune": k} for k in staedte))
    lay(ablage, "bevoelkerung.migrationshintergrund", *(z for k, a in staedte.items() for z in stadt(k, a)))
    decide(ablage)
    zeilen = read(ablage, "geheimhaltung.entscheidung")
    return {k: [z for z in zeilen if z["kommune"] == k] for k in staedte}


def test_a_town_is_decided_alone(tmp_path: Path) -> None:
    allein = decisions(tmp_path / "allein", k=(3, 40, 70))["k"]
    geheim = {(z["art"], z["gebiet_id"]) for z in allein if z["geheim"]}
    assert ("auslaender", "01") in geheim, "something is hidden"
    assert len({g for art, g in geheim if art == "auslaender"}) > 1, "and something beside it"
    for ordner, nachbarn in {
        "davor": {"a": (3, 40, 70)}, "danach": {"z": (3, 40, 70)}, "andere": {"a": (2, 2, 70), "z": (90, 80, 1)},
    }.items():  # fmt: skip
        zusammen = decisions(tmp_path / ordner, **nachbarn, k=(3, 40, 70))
        assert zusammen["k"] == allein, ordner
        assert all(any(z["geheim"] for z in zusammen[n]) for n in nachbarn)


def test_a_town_that_takes_too_long_is_left_out_and_told_and_the_others_are_decided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out_of_time(t: Tafel, *rest: Any) -> Wahl:
        """The time of the town with 77 foreigners in an area is over before it begins."""
        monkeypatch.setattr(by_levels, "RECHENZEIT", -1.0 if 77 in t.wert else 900.0)
        return by_levels.choose_by_size(t, *rest)

    monkeypatch.setattr(entscheidung, "choose_by_size", out_of_time)
    zeilen = decisions(tmp_path, k=(3, 40, 70), z=(3, 40, 77))
    assert zeilen["z"] == []
    assert any(z["geheim"] for z in zeilen["k"])
    (meldung,) = ausgelassene(Ablage(tmp_path))
    assert (meldung.kommune, meldung.thema, meldung.schwere) == ("z", THEMA, Schwere.fehler)
    assert "15 Minuten" in meldung.text
    assert "behält ihre zuletzt veröffentlichten Zahlen" in meldung.text
