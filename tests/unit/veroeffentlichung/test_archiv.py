"""Past publications stay readable and go only by the data folder's rule, whole, and never the valid one."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.archive import (
    DATEI,
    link_file,
    link_missing,
    load_rules,
    prune,
    veroeffentlichungen,
)

HEUTE = date(2026, 11, 23)
KENNUNGEN = ("2026-11-01", "2026-11-02", "2026-11-02.2", "2026-11-02.10", "2026-11-20")


@pytest.fixture
def ablage(tmp_path: Path) -> Ablage:
    ablage = Ablage(tmp_path).create_folders()
    ablage.referenz.mkdir(parents=True)
    for k in KENNUNGEN:
        ordner = ablage.marts / "archiv" / k
        ordner.mkdir(parents=True)
        (ordner / ablage.publikation.name).write_text(f"Veröffentlichung {k}", encoding="utf-8")
        link_file(ablage, k)
    return ablage


def regel(ablage: Ablage, text: str) -> None:
    (ablage.referenz / DATEI).write_text(text, encoding="utf-8")


def uebrig(ablage: Ablage) -> set[str]:
    return {p.name for p in (ablage.marts / "archiv").iterdir()}


def test_without_a_rule_everything_stays(ablage: Ablage) -> None:
    assert prune(ablage, KENNUNGEN[-1], HEUTE) == []
    assert tuple(veroeffentlichungen(ablage)) == KENNUNGEN, "the tenth of a day comes after the second"


def test_each_release_is_readable_under_its_own_name_without_a_second_copy(ablage: Ablage) -> None:
    datei = ablage.marts / "archiv" / "2026-11-20.duckdb"
    assert datei.read_text(encoding="utf-8") == "Veröffentlichung 2026-11-20"
    assert datei.stat().st_ino == (ablage.marts / "archiv" / "2026-11-20" / ablage.publikation.name).stat().st_ino


def test_where_the_file_system_has_no_links_it_is_a_copy(ablage: Ablage, monkeypatch: pytest.MonkeyPatch) -> None:
    def kein_link(*_: object) -> None:
        raise OSError(95, "not supported")

    monkeypatch.setattr("os.link", kein_link)
    assert link_file(ablage, "2026-11-01").read_text(encoding="utf-8") == "Veröffentlichung 2026-11-01"


def test_a_release_without_a_name_of_its_own_gets_one_and_half_ones_none(ablage: Ablage) -> None:
    """Published before there were names, or by a process killed between folder and link."""
    archiv = ablage.marts / "archiv"
    (archiv / "2026-11-02.duckdb").unlink()
    for halb in ("2026-11-21", ".2026-11-22.neu"):
        (archiv / halb).mkdir()
    (archiv / ".2026-11-22.neu" / ablage.publikation.name).write_text("halb", encoding="utf-8")
    assert link_missing(ablage) == ["2026-11-02"]
    assert (archiv / "2026-11-02.duckdb").read_text(encoding="utf-8") == "Veröffentlichung 2026-11-02"
    assert {p.name for p in archiv.glob("*.duckdb")} == {f"{k}.duckdb" for k in KENNUNGEN}
    assert link_missing(ablage) == []


def test_more_than_the_rule_allows_go_the_oldest_first_and_whole(ablage: Ablage) -> None:
    regel(ablage, "archiv: {hoechstens: 2}")
    assert prune(ablage, KENNUNGEN[-1], HEUTE) == ["2026-11-01", "2026-11-02", "2026-11-02.2"]
    assert uebrig(ablage) == {"2026-11-02.10", "2026-11-02.10.duckdb", "2026-11-20", "2026-11-20.duckdb"}


def test_none_goes_before_its_time(ablage: Ablage) -> None:
    regel(ablage, "archiv: {hoechstens: 1, mindestalter_tage: 22}")
    assert prune(ablage, KENNUNGEN[-1], HEUTE) == ["2026-11-01"]


def test_the_valid_one_never_goes(ablage: Ablage) -> None:
    regel(ablage, "archiv: {hoechstens: 1}")
    assert "2026-11-01" not in prune(ablage, "2026-11-01", HEUTE)
    assert {"2026-11-01", "2026-11-01.duckdb", "2026-11-20"} <= uebrig(ablage)


def test_what_a_killed_process_left_half_deleted_is_cleared_and_is_no_release(ablage: Ablage) -> None:
    regel(ablage, "archiv: {hoechstens: 9}")
    (ablage.marts / "archiv" / ".2026-10-01.weg").mkdir()
    prune(ablage, KENNUNGEN[-1], HEUTE)
    assert tuple(veroeffentlichungen(ablage)) == KENNUNGEN
    assert ".2026-10-01.weg" not in uebrig(ablage)


@pytest.mark.parametrize(
    ("text", "nennt"),
    [
        ("archiv: {hoechstens: 0}", "veroeffentlichung.yaml, Zeile 1, archiv.hoechstens"),
        ("archiv: {hoechstens: viele}", "eine ganze Zahl"),
        ("archiv: {hoechsten: 3}", "Ähnlich: »hoechstens«"),
    ],
)
def test_a_wrong_rule_is_told_with_its_place_and_deletes_nothing(ablage: Ablage, text: str, nennt: str) -> None:
    regel(ablage, text)
    with pytest.raises(KonfigurationsFehler, match=nennt):
        load_rules(ablage)
    with pytest.raises(KonfigurationsFehler):
        prune(ablage, KENNUNGEN[-1], HEUTE)
    assert tuple(veroeffentlichungen(ablage)) == KENNUNGEN
