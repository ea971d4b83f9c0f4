"""A published table nobody has said anything about is refused at run time, by its name and with what to do."""

from collections.abc import Iterable
from pathlib import Path

import duckdb
import pytest

from pipelines.foundation.messages import ALLE
from pipelines.foundation.storage import Ablage
from pipelines.steps.sql_step import sql_steps
from pipelines.steps.step import FunctionStep, Name, Step
from pipelines.veroeffentlichung import release, unlisted
from pipelines.veroeffentlichung.gate import NichtVeroeffentlicht, torstand
from pipelines.veroeffentlichung.manifest import letztes_manifest
from pipelines.veroeffentlichung.release import publish
from tests.lib.one_release import create_built


def mart(name: str, *reads: Name) -> Step:
    return FunctionStep("marts", name, "gepflanzt", reads, lambda _: 0)


def themen(steps: Iterable[Step], *tabellen: str) -> list[tuple[str, str]]:
    return [(m.quelle, m.thema) for m in unlisted.unlisted([*sql_steps(), *steps], tabellen)]


def test_what_is_published_today_is_listed() -> None:
    assert unlisted.unlisted() == []


def test_a_mart_behind_the_register_must_be_listed() -> None:
    """However long the way, and whatever it is called in the attack's list."""
    umweg = FunctionStep("geheimhaltung", "umweg", "", (("geheimhaltung", "entscheidung"),), lambda _: 0)
    neu = [umweg, mart("altersaufbau", umweg.key)]
    (meldung,) = unlisted.unlisted([*sql_steps(), *neu], ["marts.altersaufbau"])
    assert (meldung.kommune, meldung.quelle) == (ALLE, "marts.altersaufbau")
    assert "marts.altersaufbau beruht auf Zahlen des Melderegisters" in meldung.text
    for datei in ("schemas/register.py", "geheimhaltung/angriff/channels.py"):
        assert datei in meldung.text


def test_a_listed_one_that_the_attack_does_not_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    neu = mart("altersaufbau", ("geheimhaltung", "entscheidung"))
    monkeypatch.setattr(unlisted, "REGISTERTABELLEN", ("marts.altersaufbau",))
    monkeypatch.setattr(unlisted, "OHNE_REGISTERZAHL", {"marts.altersaufbau": "keine, sagt jemand"})
    (meldung,) = unlisted.unlisted([neu], ["marts.altersaufbau"])
    assert "GENUTZT" in meldung.text
    monkeypatch.setattr(unlisted, "GENUTZT", {"marts.altersaufbau": "Zahlen jeder Zeile"})
    assert unlisted.unlisted([neu], ["marts.altersaufbau"]) == []


def test_a_table_of_other_figures_must_be_named_as_such() -> None:
    assert themen([mart("haushalt", ("stamm", "kommune"))], "marts.haushalt") == [("marts.haushalt", unlisted.THEMA)]


def test_the_gate_refuses_it(datenordner: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unlisted, "GENUTZT", {k: v for k, v in unlisted.GENUTZT.items() if k != "marts.segregation"})
    (meldung,) = [m for m in torstand(Ablage(datenordner).create_folders()).alle if m.thema == unlisted.THEMA]
    assert meldung.quelle == "marts.segregation"


def test_a_table_that_lies_in_the_built_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is published; without it the same figures pass."""
    ablage = create_built(tmp_path / "data")
    echt = release.verify_file

    def plant(datei: Path, manifest: dict) -> None:
        echt(datei, manifest)
        with duckdb.connect(str(datei)) as con:
            con.execute("create table marts.nebenbei as select 'luenen' as kommune, 3 as personen")

    monkeypatch.setattr(release, "verify_file", plant)
    with pytest.raises(NichtVeroeffentlicht, match=r"marts\.nebenbei ist nicht gesagt"):
        publish(ablage, "2026-01-01T00-00-00")
    assert letztes_manifest(ablage) is None
    monkeypatch.setattr(release, "verify_file", echt)
    assert publish(ablage, "2026-01-01T00-00-01").neu
