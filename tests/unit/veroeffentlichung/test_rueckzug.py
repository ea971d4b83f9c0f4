"""Two releases of one Stichtag are a key to each other: the earlier one leaves the public archive, whatever kills the process.

Literal releases of one table with a few rows; the whole way is in tests/e2e/test_korrektur_register.py.
"""

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung import release as duckdb_datei
from pipelines.veroeffentlichung import withdraw as rueckzug
from pipelines.veroeffentlichung.archive import link_file, veroeffentlichungen
from pipelines.veroeffentlichung.register_figures import verratene_stichtage
from pipelines.veroeffentlichung.release import complete
from pipelines.veroeffentlichung.withdraw import (
    SCHUTZ,
    remember_intent,
    tell_once,
    ueberholte,
    ungeschuetzte,
    vorhaben,
    withdraw,
    zurueckgezogene,
)

Zahlen = dict[tuple[str, str], int | None]  # (Stichtag, Gebiet) -> Personen mit MH


def write_file(datei: Path, zahlen: Zahlen, gedruckt: Zahlen | None = None, kommune: str = "k") -> Path:
    """A published file with persons with MH by Stichtag and area: of the register, and printed ones."""
    datei.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(datei)) as con:
        con.execute("create schema marts")
        con.execute(
            "create table marts.migrationshintergrund (kommune varchar, stichtag date, gebiet_id varchar, profil varchar, "
            "geschlecht varchar, altersgruppe varchar, quelle varchar, personen_mit_mh bigint)"
        )
        for quelle, werte in (("melderegister", zahlen), ("stadtteiltabelle", gedruckt or {})):
            for (tag, gebiet), n in werte.items():
                con.execute(
                    "insert into marts.migrationshintergrund values (?, ?, ?, 'p', 'insgesamt', 'insgesamt', ?, ?)",
                    [kommune, tag, gebiet, quelle, n],
                )
    return datei


def store(ablage: Ablage, kennung: str, zahlen: Zahlen, schutz: dict | None = SCHUTZ, **mehr: object) -> None:
    """A release in the archive, under its own name too."""
    ordner = ablage.marts / "archiv" / kennung
    write_file(ordner / ablage.publikation.name, zahlen, **mehr)  # type: ignore[arg-type]
    zwilling = ordner / "parquet" / "marts" / "migrationshintergrund.parquet"
    zwilling.parent.mkdir(parents=True)
    zwilling.write_text(kennung, encoding="utf-8")
    manifest = {"veroeffentlichung": kennung, **({"schutz": schutz} if schutz else {})}
    (ordner / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    link_file(ablage, kennung)


@pytest.fixture
def ablage(tmp_path: Path) -> Ablage:
    return Ablage(tmp_path / "data").create_folders()


FRUEHER: Zahlen = {("2020-12-31", "01"): 100, ("2021-06-30", "01"): 110, ("2021-06-30", "02"): 40}


@pytest.mark.parametrize(
    ("neu", "verraten"),
    [
        (FRUEHER, []),
        # One person more or less; also many more: then the earlier figures stand nowhere but in the record of corrections.
        (FRUEHER | {("2021-06-30", "01"): 111}, ["2021-06-30"]),
        (FRUEHER | {("2021-06-30", "01"): 150}, ["2021-06-30"]),
        # The same counts under another pattern: what is hidden now stood in the earlier release.
        (FRUEHER | {("2021-06-30", "02"): None}, ["2021-06-30"]),
        ({k: n for k, n in FRUEHER.items() if k[1] != "02"}, ["2021-06-30"]),
        # More areas and another Stichtag: the earlier release says nothing the new one does not.
        (FRUEHER | {("2021-06-30", "03"): 25, ("2021-12-31", "01"): 111}, []),
        # The Stichtag is no longer published at all: nothing new can be compared with it.
        ({k: n for k, n in FRUEHER.items() if k[0] != "2020-12-31"}, []),
    ],
    ids=["same", "one_more", "many_more", "now_hidden", "row_gone", "more_rows", "stichtag_gone"],
)
def test_an_earlier_release_may_stay_only_if_the_new_one_says_all_of_it(
    tmp_path: Path, neu: Zahlen, verraten: list[str]
) -> None:
    alt = write_file(tmp_path / "alt.duckdb", FRUEHER)
    assert verratene_stichtage(alt, write_file(tmp_path / "neu.duckdb", neu)) == [("k", tag) for tag in verraten]


def test_hidden_figures_that_appear_are_no_reason(tmp_path: Path) -> None:
    alt = write_file(tmp_path / "alt.duckdb", FRUEHER | {("2021-06-30", "02"): None})
    assert verratene_stichtage(alt, write_file(tmp_path / "neu.duckdb", FRUEHER)) == []


def test_printed_figures_are_known_anyway(tmp_path: Path) -> None:
    alt = write_file(tmp_path / "alt.duckdb", FRUEHER, gedruckt={("2021-06-30", "01"): 3})
    assert verratene_stichtage(alt, write_file(tmp_path / "neu.duckdb", FRUEHER)) == []


def test_a_table_that_is_gone_is_seen(tmp_path: Path) -> None:
    alt, neu = (write_file(tmp_path / f"{n}.duckdb", FRUEHER) for n in ("alt", "neu"))
    with duckdb.connect(str(alt)) as con:
        con.execute(
            "create table marts.bezugsland as select 'k' kommune, date '2021-06-30' stichtag, '163' staat, 12 personen"
        )
    assert verratene_stichtage(alt, neu) == [("k", "2021-06-30")]


def test_every_release_that_says_more_leaves_whole_and_the_others_stay(ablage: Ablage) -> None:
    store(ablage, "v1", {("2020-12-31", "01"): 100})
    store(ablage, "v2", FRUEHER)
    neu = write_file(ablage.intern / "bau" / "neu.duckdb", FRUEHER | {("2021-06-30", "01"): 111})
    weg = ueberholte(ablage, neu)
    assert list(weg) == ["v2"]
    withdraw(ablage, weg)
    assert veroeffentlichungen(ablage) == ["v1"]
    assert {p.name for p in (ablage.marts / "archiv").iterdir()} == {"v1", "v1.duckdb"}
    ziel = ablage.intern / "archiv" / "v2"
    assert (ziel / "parquet" / "marts" / "migrationshintergrund.parquet").read_text(encoding="utf-8") == "v2"
    offen = [o for o in (ablage.intern / "archiv").rglob("*") if o.is_dir() and o.stat().st_mode & 0o077]
    assert offen == []
    assert "k 2021-06-30" in zurueckgezogene(ablage)["v2"]


def test_on_introduction_every_release_without_todays_protection_leaves(ablage: Ablage) -> None:
    store(ablage, "ohne", FRUEHER, schutz=None)
    store(ablage, "frueheres_verfahren", FRUEHER, schutz=SCHUTZ | {"version": 0})
    store(ablage, "geschuetzt", FRUEHER)
    (ablage.marts / "archiv" / "ohne_manifest").mkdir()
    assert sorted(ungeschuetzte(ablage)) == ["frueheres_verfahren", "ohne", "ohne_manifest"]
    withdraw(ablage, ungeschuetzte(ablage))
    assert veroeffentlichungen(ablage) == ["geschuetzt"]


def test_it_is_told_once(ablage: Ablage) -> None:
    assert tell_once(ablage) is None
    store(ablage, "v1", FRUEHER, schutz=None)
    withdraw(ablage, ungeschuetzte(ablage))
    text = tell_once(ablage) or ""
    assert "Die Veröffentlichung v1 wurde aus marts/archiv nach intern/archiv (geschützter Bereich) verschoben." in text
    assert "zurückrufen" in text
    assert tell_once(ablage) is None
    withdraw(ablage, {"v1": "noch einmal"})
    assert tell_once(ablage) is None


class Stromausfall(BaseException):
    """Ends a process between two steps."""


def bis(monkeypatch: pytest.MonkeyPatch, modul: object, name: str, mal: int = 1) -> None:
    """The process ends at the n-th call of a function."""
    echt: Callable[..., object] = getattr(modul, name)
    rest = iter(range(mal - 1))

    def die(*argumente: object, **benannte: object) -> object:
        if next(rest, None) is None:
            raise Stromausfall
        return echt(*argumente, **benannte)

    monkeypatch.setattr(modul, name, die)


@pytest.mark.parametrize("mal", [1, 2])
def test_a_process_killed_while_withdrawing_is_finished_by_the_next(
    ablage: Ablage, monkeypatch: pytest.MonkeyPatch, mal: int
) -> None:
    """At the first or the second folder: written down before, done after."""
    store(ablage, "v1", FRUEHER)
    store(ablage, "v2", FRUEHER)
    remember_intent(ablage, "v3", {"v1": "g", "v2": "g"})
    with monkeypatch.context() as m:
        bis(m, rueckzug, "_move", mal)
        with pytest.raises(Stromausfall):
            complete(ablage)
    assert vorhaben(ablage) is not None
    complete(ablage)
    assert (veroeffentlichungen(ablage), vorhaben(ablage)) == ([], None)
    assert sorted(p.name for p in (ablage.intern / "archiv").iterdir() if p.is_dir()) == ["v1", "v2"]


@pytest.mark.parametrize(
    ("letztes", "bleibt"),
    [
        ({"veroeffentlichung": "v0", "schutz": SCHUTZ}, True),
        ({"veroeffentlichung": "v1", "schutz": SCHUTZ}, False),
        ({"veroeffentlichung": "v0"}, False),
        (None, True),
    ],
    ids=["stays", "leaves", "unprotected", "first"],
)
def test_pages_and_workbooks_go_with_the_release_they_were_written_from(
    ablage: Ablage, letztes: dict | None, bleibt: bool
) -> None:
    store(ablage, "v2", FRUEHER)
    for name in ("k.html", "k.xlsx"):
        (ablage.marts / "bericht").mkdir(exist_ok=True)
        (ablage.marts / "bericht" / name).write_text("figures", encoding="utf-8")
    remember_intent(ablage, "v2", {"v1": "g"}, letztes)
    complete(ablage)
    assert len(list((ablage.marts / "bericht").iterdir())) == (2 if bleibt else 0)


def test_a_copy_cut_short_on_another_file_system_leaves_no_half_and_loses_nothing(
    ablage: Ablage, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(ablage, "v1", FRUEHER)
    echt = rueckzug.os.replace

    def fremd(von: Path, nach: Path) -> None:
        if Path(von).name == "v1":
            raise OSError(18, "cross-device link")
        echt(von, nach)

    monkeypatch.setattr(rueckzug.os, "replace", fremd)
    with monkeypatch.context() as m:
        bis(m, rueckzug.shutil, "copytree")
        with pytest.raises(Stromausfall):
            withdraw(ablage, {"v1": "g"})
    assert veroeffentlichungen(ablage) == ["v1"]
    withdraw(ablage, {"v1": "g"})
    assert veroeffentlichungen(ablage) == []
    assert (ablage.intern / "archiv" / "v1" / "manifest.json").exists()


def test_the_valid_file_twins_and_manifest_become_those_of_a_release_that_was_begun(ablage: Ablage) -> None:
    """Killed after the release lay in the archive and before the file in marts was replaced."""
    store(ablage, "v1", FRUEHER)
    remember_intent(ablage, "v1", {})
    duckdb_datei.complete(ablage)
    fremd = ablage.marts / "parquet" / "marts" / "frueher.parquet"
    fremd.write_text("a twin of a table the release does not have", encoding="utf-8")
    store(ablage, "v2", FRUEHER | {("2021-06-30", "01"): 111})
    seite = ablage.marts / "bericht" / "k.html"
    seite.parent.mkdir()
    seite.write_text("figures of v1", encoding="utf-8")
    remember_intent(ablage, "v2", {"v1": "g"}, {"veroeffentlichung": "v1", "schutz": SCHUTZ})
    duckdb_datei.complete(ablage)
    assert not seite.exists(), "a page is a copy of the release that left"
    assert json.loads((ablage.marts / "manifest.json").read_text(encoding="utf-8"))["veroeffentlichung"] == "v2"
    zwillinge = [(d.name, d.read_text(encoding="utf-8")) for d in (ablage.marts / "parquet").rglob("*.parquet")]
    assert zwillinge == [("migrationshintergrund.parquet", "v2")]
    archiv = ablage.marts / "archiv" / "v2" / ablage.publikation.name
    assert ablage.publikation.read_bytes() == archiv.read_bytes()
    assert veroeffentlichungen(ablage) == ["v2"]
