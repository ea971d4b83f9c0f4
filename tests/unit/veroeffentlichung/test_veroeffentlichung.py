"""Publishing: whole or not at all, readable by older clients, explained in the file itself.

Long because one release is followed from its build into the archive.
"""

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines.foundation.messages import aus_text
from pipelines.foundation.storage import Ablage
from pipelines.stamm.tables.write import naechste_veroeffentlichung
from pipelines.steps.checks import check_schema
from pipelines.veroeffentlichung import check_log as pruefprotokoll
from pipelines.veroeffentlichung import release as duckdb_datei
from pipelines.veroeffentlichung.audit_gate import bescheinigungssatz
from pipelines.veroeffentlichung.check_log import write_check_log
from pipelines.veroeffentlichung.gate import NichtVeroeffentlicht, Torstand, torstand
from pipelines.veroeffentlichung.manifest import letztes_manifest
from pipelines.veroeffentlichung.published_file import _check_key, _inhalt
from pipelines.veroeffentlichung.release import complete, publish
from schemas.tabellen.registry import VEROEFFENTLICHT
from tests.lib.literal_tables import STICHTAG, lay, read
from tests.lib.one_release import build, check_all, create_built, create_released
from tests.unit.veroeffentlichung.test_rueckzug import Stromausfall, bis


def test_a_copy_of_a_folder_breaks_no_vocabulary(ablage: Ablage, monkeypatch: pytest.MonkeyPatch) -> None:
    """`luenen - Kopie` is no municipality: what is said of it stands under its folder."""
    meldung = aus_text("luenen - Kopie", "-", "konfiguration", "Der Ordner kann keine Kommune sein.")
    stand = Torstand((), {"luenen - Kopie": (meldung,), "luenen": (meldung,)})
    monkeypatch.setattr(pruefprotokoll, "torstand", lambda *_: stand)
    write_check_log(ablage)
    zeilen = [z for z in read(ablage, "protokoll.pruefung") if z["pruefung"] == "zurueckgehalten"]
    assert [(z["kommune"], z["datei"]) for z in zeilen] == [("-", "raw/luenen - Kopie"), ("luenen", "-")]
    assert check_schema(ablage, "protokoll", "pruefung").faelle() == []


@pytest.fixture
def ablage(tmp_path: Path) -> Ablage:
    """A built data folder; building takes seconds, copying does not."""
    return create_built(tmp_path / "data")


@pytest.fixture
def erste(tmp_path: Path) -> Ablage:
    """The same with a first release."""
    return create_released(tmp_path / "erste")


@pytest.fixture(scope="module")
def before_second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a first release (313 persons) and another figure (400), checked and not yet published."""
    ablage = create_released(tmp_path_factory.mktemp("zweite") / "data")
    build(ablage, mh=400, tabelle=400)
    return ablage.daten


@pytest.fixture
def zweite(tmp_path: Path, before_second: Path) -> Ablage:
    return Ablage(shutil.copytree(before_second, tmp_path / "data")).create_folders()


def abfrage(datei: Path, sql: str) -> list[tuple]:
    con = duckdb.connect(str(datei), read_only=True)
    try:
        return con.execute(sql).fetchall()
    finally:
        con.close()


def test_published_file_holds_every_table_with_comments_keys_and_parquet_twins(erste: Ablage) -> None:
    manifest = letztes_manifest(erste)
    assert manifest is not None
    con = duckdb.connect(str(erste.publikation), read_only=True)
    tabellen = {f"{s}.{n}": k for s, n, k in con.execute(
        "select schema_name, table_name, comment from duckdb_tables()").fetchall()}  # fmt: skip
    assert set(tabellen) == {t.voll for t in VEROEFFENTLICHT}
    assert all(tabellen.values())
    ohne = "select table_name, column_name from duckdb_columns() where not internal and comment is null"
    assert con.execute(ohne).fetchall() == []
    # A primary key would keep clients of DuckDB 1.0 from opening the file; that keys are unique is checked before.
    assert con.execute("from duckdb_constraints() where constraint_type <> 'NOT NULL'").fetchall() == []
    for t in VEROEFFENTLICHT:
        doppelt = f"select count(*) from {t.voll} group by {', '.join(t.schluessel)} having count(*) > 1"
        assert con.execute(doppelt).fetchall() == []
        zwilling = erste.marts / "parquet" / t.schema / f"{t.name}.parquet"
        zeilen = con.execute(f"select count(*) from '{zwilling}'").fetchall()[0][0]
        assert zeilen == manifest["tabellen"][t.voll]["zeilen"]
    con.close()


def test_an_older_client_opens_the_file(erste: Ablage) -> None:
    alt = Path(sys.executable).with_name("duckdb")
    aus = subprocess.run(
        [alt, "-readonly", "-csv", erste.publikation, "select version(), max(personen_mit_mh) from marts.migrationshintergrund"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    version, personen = aus.stdout.splitlines()[1].split(",")
    assert version.startswith("v1."), "the client must be older than the library"
    assert personen == "313"


def test_unchanged_figures_leave_the_published_file_untouched(erste: Ablage) -> None:
    vorher = erste.publikation.stat().st_mtime_ns
    build(erste)
    ergebnis = publish(erste, "2026-01-02")
    assert (ergebnis.neu, ergebnis.kennung) == (False, "2026-01-01")
    assert erste.publikation.stat().st_mtime_ns == vorher
    assert sorted(p.name for p in (erste.marts / "archiv").iterdir()) == ["2026-01-01", "2026-01-01.duckdb"]


def test_the_day_of_the_build_alone_is_no_new_figure() -> None:
    for name in ("marts.massnahme", "marts.handlungsfeld_fortschritt", "marts.berichtspflicht"):
        t = next(t for t in VEROEFFENTLICHT if t.voll == name)
        assert "ausgewertet_am" in t.namen
        assert "ausgewertet_am" not in _inhalt(t, "x")
        assert "status" in _inhalt(t, "x")


def test_a_key_that_stands_twice_is_refused() -> None:
    con = duckdb.connect()
    con.execute("attach ':memory:' as ziel")
    con.execute("create schema ziel.dim")
    t = next(t for t in VEROEFFENTLICHT if t.voll == "dim.bruch")
    con.execute("create table ziel.dim.bruch as select 'a' as bruch_id union all select 'b'")
    _check_key(con, t)
    for mehr in ("'b'", "null"):
        con.execute(f"create or replace table ziel.dim.bruch as select 'b' as bruch_id union all select {mehr}")
        with pytest.raises(RuntimeError, match="not unique or incomplete"):
            _check_key(con, t)
    con.close()


def test_new_figures_of_the_same_stichtag_make_a_new_release_and_the_old_one_leaves_the_public_archive(
    zweite: Ablage,
) -> None:
    assert publish(zweite, "2026-01-02").neu
    frage = "select max(personen_mit_mh) from marts.migrationshintergrund"
    assert abfrage(zweite.publikation, frage) == [(400,)]
    assert sorted(p.name for p in (zweite.marts / "archiv").iterdir()) == ["2026-01-02", "2026-01-02.duckdb"]
    assert abfrage(zweite.intern / "archiv" / "2026-01-01" / zweite.publikation.name, frage) == [(313,)]
    assert naechste_veroeffentlichung(zweite, date(2026, 1, 1)) == "2026-01-02.2", "never twice, never before the last"


def test_nothing_of_a_release_lies_in_the_public_folder_before_it_passed_everything(
    zweite: Ablage, monkeypatch: pytest.MonkeyPatch
) -> None:
    vorher = sorted(p for p in zweite.marts.rglob("*"))
    gesehen = []
    echt = duckdb_datei.verify_file

    def inspect(datei: Path, manifest: dict) -> None:
        echt(datei, manifest)
        gesehen.append(datei.is_relative_to(zweite.intern) and sorted(p for p in zweite.marts.rglob("*")) == vorher)

    monkeypatch.setattr(duckdb_datei, "verify_file", inspect)
    publish(zweite, "2026-01-02")
    assert gesehen == [True]
    ordner = zweite.marts / "archiv" / "2026-01-02"
    assert [o for o in (ordner, *ordner.rglob("*")) if o.is_dir() and not o.stat().st_mode & 0o044] == []


@pytest.mark.parametrize("stelle", ["withdraw", "open_release", "provide"])
def test_a_process_killed_while_publishing_leaves_one_of_both_releases_and_the_next_refresh_the_new_one(
    zweite: Ablage, monkeypatch: pytest.MonkeyPatch, stelle: str
) -> None:
    with monkeypatch.context() as m:
        bis(m, duckdb_datei, stelle)
        with pytest.raises(Stromausfall):
            publish(zweite, "2026-01-02")
    frage = "select max(personen_mit_mh) from marts.migrationshintergrund"
    assert abfrage(zweite.publikation, frage) == [(313,)], "the valid file is still whole"
    complete(zweite)
    zweimal = list((zweite.marts / "archiv").glob("*/*.duckdb"))
    assert len(zweimal) <= 1, "never both releases of the Stichtag side by side"
    publish(zweite, naechste_veroeffentlichung(zweite, date(2026, 1, 2)))
    assert abfrage(zweite.publikation, frage) == [(400,)]
    assert abfrage(next((zweite.marts / "archiv").glob("*/*.duckdb")), frage) == [(400,)]
    assert (zweite.intern / "archiv" / "2026-01-01").is_dir()


def test_failed_check_keeps_the_gate_shut_and_the_last_publication_intact(erste: Ablage) -> None:
    vorher = erste.publikation.read_bytes()
    build(erste, mh=400, tabelle=313)
    with pytest.raises(NichtVeroeffentlicht, match=r"Register und gedruckte Tabelle .*verletzt \(1 Fall\)") as halt:
        publish(erste, "2026-01-02")
    # Outside the secure zone no count of the register.
    assert "400" not in str(halt.value)
    assert "intern/meldungen.txt" in str(halt.value)
    assert erste.publikation.read_bytes() == vorher
    assert not (erste.marts / "archiv" / "2026-01-02").exists()


def test_a_check_never_run_keeps_the_gate_shut(ablage: Ablage) -> None:
    (ablage.intern / "pruefung" / "mh_aufgeteilt.json").unlink()
    with pytest.raises(NichtVeroeffentlicht, match="mh_aufgeteilt: noch nie ausgeführt"):
        publish(ablage, "2026-01-01")
    assert not ablage.publikation.exists()


def test_a_table_changed_after_its_check_keeps_the_gate_shut(ablage: Ablage) -> None:
    zeilen = read(ablage, "marts.migrationshintergrund")
    lay(ablage, "marts.migrationshintergrund", *[z | {"personen_mit_mh": 999} for z in zeilen])
    with pytest.raises(NichtVeroeffentlicht, match="nach der Prüfung verändert"):
        publish(ablage, "2026-01-01")


def test_a_build_that_reads_back_differently_is_not_published(zweite: Ablage, monkeypatch: pytest.MonkeyPatch) -> None:
    echt = duckdb_datei.build_file

    def spoiled(a: Ablage, datei: Path, manifest: dict, gehalten: tuple[str, ...]) -> None:
        echt(a, datei, manifest, gehalten)
        con = duckdb.connect(str(datei))
        con.execute("delete from dim.staat where staat = '163'")
        con.close()

    monkeypatch.setattr(duckdb_datei, "build_file", spoiled)
    with pytest.raises(RuntimeError, match=r"dim\.staat"):
        publish(zweite, "2026-01-02")
    assert letztes_manifest(zweite)["veroeffentlichung"] == "2026-01-01"
    assert not list((zweite.marts / "archiv").glob(".*")), "nothing half-built stays behind"
    assert list((zweite.intern / "bau").iterdir()) == []


def test_a_reader_with_the_file_open_does_not_stop_publishing(zweite: Ablage) -> None:
    leser = subprocess.Popen(
        [sys.executable, "-c",
         f"import duckdb, sys; c = duckdb.connect({str(zweite.publikation)!r}, read_only=True); "
         "frage = 'select max(personen_mit_mh) from marts.migrationshintergrund'; "
         "print(c.execute(frage).fetchall()[0][0], flush=True); sys.stdin.readline(); "
         "print(c.execute(frage).fetchall()[0][0], flush=True)"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert leser.stdout is not None
    assert leser.stdout.readline().strip() == "313"
    publish(zweite, "2026-01-02")
    assert leser.communicate("\n")[0].strip() == "313", "the open reader keeps the old content"
    assert abfrage(zweite.publikation, "select max(personen_mit_mh) from marts.migrationshintergrund") == [(400,)]


def test_a_half_built_release_of_a_killed_process_is_cleared(ablage: Ablage) -> None:
    for rest in (ablage.intern / "bau" / "2026-01-01", ablage.marts / "archiv" / ".2025-12-31.neu"):
        rest.mkdir(parents=True)
        (rest / "integrationsmonitoring.duckdb").write_bytes(b"half")
    assert publish(ablage, "2026-01-01").neu
    assert list((ablage.intern / "bau").iterdir()) == []
    assert not list((ablage.marts / "archiv").glob(".*"))


def test_manifest_names_rows_and_content_of_every_table(ablage: Ablage) -> None:
    ergebnis = publish(ablage, "2026-01-01")
    manifest = json.loads((ablage.marts / "manifest.json").read_text(encoding="utf-8"))
    assert {n: t["zeilen"] for n, t in manifest["tabellen"].items()} == ergebnis.zeilen
    assert manifest["speicherversion"] == "v1.0.0"
    shutil.rmtree(ablage.marts)
    build(ablage)
    publish(ablage, "2027-05-05")
    neu = json.loads((ablage.marts / "manifest.json").read_text(encoding="utf-8"))
    for name in ("marts.migrationshintergrund", "dim.gebiet", "dim.staat"):
        assert neu["tabellen"][name] == manifest["tabellen"][name], "equal rows, equal hash, whatever the release"


def test_release_ids_count_up_within_a_day(ablage: Ablage, erste: Ablage) -> None:
    tag = date(2026, 1, 1)
    assert naechste_veroeffentlichung(ablage, tag) == "2026-01-01"
    assert naechste_veroeffentlichung(erste, tag) == "2026-01-01.2"


def test_a_clock_put_back_gives_no_earlier_release(erste: Ablage) -> None:
    """Else every correction would come before what it corrects, and nothing were published until the clock caught up."""
    assert naechste_veroeffentlichung(erste, date(2025, 12, 20)) == "2026-01-01.2"
    assert naechste_veroeffentlichung(erste, date(2026, 1, 2)) == "2026-01-02"


def hide_one_zahl(ablage: Ablage) -> None:
    """Hide foreigners of the one district while the town shows them: a mistake of whoever chose what is hidden."""
    zeilen = []
    for z in read(ablage, "marts.migrationshintergrund"):
        if z["gebiet_id"] == "01" and z["quelle"] == "melderegister":
            codes = [f"geheim:{s}" for s in ("auslaender", "anteil_auslaender")]
            z |= {"auslaender": None, "anteil_auslaender": None, "hinweise": sorted({*z["hinweise"], "geheim", *codes})}
        zeilen.append(z)
    lay(ablage, "marts.migrationshintergrund", *zeilen)
    check_all(ablage)


def test_who_can_be_found_out_is_held_back_and_only_the_secure_zone_knows_the_cells(erste: Ablage) -> None:
    vorher = erste.publikation.read_bytes()
    hide_one_zahl(erste)
    with pytest.raises(NichtVeroeffentlicht, match="1 geschützte Zahl lässt sich") as grund:
        publish(erste, "2026-01-02")
    assert "Gebiet" not in str(grund.value)
    assert "intern/geheimhaltung/angriff/luenen.txt" in str(grund.value)
    zellen = (erste.intern / "geheimhaltung" / "angriff" / "luenen.txt").read_text(encoding="utf-8")
    assert "A, Gebiet 01" in zellen
    # What was published before is still there, and the gate remembers whom it holds back.
    assert erste.publikation.read_bytes() == vorher
    (meldung,) = torstand(erste).je_kommune["luenen"]
    assert meldung.thema == "angriff"


def test_who_is_held_back_is_told_after_the_others_are_published(erste: Ablage) -> None:
    for tabelle in ("stamm.kommune", "dim.kommune"):
        zeilen = read(erste, tabelle)
        lay(erste, tabelle, *zeilen, zeilen[0] | {"kommune": "zweite"})
    hide_one_zahl(erste)
    ergebnis = publish(erste, "2026-01-02")
    assert (ergebnis.neu, ergebnis.gehalten) == (True, ("luenen",))
    # Publishing changed the archive beside which the figures were attacked.
    assert [m.thema for m in torstand(erste).je_kommune["luenen"]] == ["angriff"]


def test_the_manifest_certifies_the_attack(erste: Ablage) -> None:
    manifest = letztes_manifest(erste)
    assert manifest is not None
    (schein,) = manifest["geheimhaltung"]
    assert (schein["kommune"], schein["stichtag"], schein["bestanden"]) == ("luenen", STICHTAG.isoformat(), True)
    assert "lineare Programme" in schein["verfahren"]
    assert "Angriff" in bescheinigungssatz(manifest, "luenen")


def test_a_parquet_twin_that_holds_anything_else_than_the_file_is_not_published(
    ablage: Ablage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def falscher_zwilling(datei: Path, ordner: Path) -> None:
        schreibe_parquet(datei, ordner)
        zwilling = ordner / "marts" / "migrationshintergrund.parquet"
        duckdb.connect().execute(
            f"copy (select * replace (einwohner + 1 as einwohner) from '{zwilling}') to '{zwilling}' (format parquet)"
        )

    schreibe_parquet = duckdb_datei.write_parquet
    monkeypatch.setattr(duckdb_datei, "write_parquet", falscher_zwilling)
    with pytest.raises(RuntimeError, match=r"Parquet twin of marts\.migrationshintergrund"):
        publish(ablage, "2026-01-01")
    assert not ablage.publikation.exists()
