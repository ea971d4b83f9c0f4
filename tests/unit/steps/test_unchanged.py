"""What is unchanged is known by content: a table is kept only if all that it rests on, and the table itself, is as it was."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.foundation import checksums
from pipelines.foundation.findings import Schwere
from pipelines.foundation.storage import Ablage
from pipelines.refresh import stale
from pipelines.refresh.stale import stale_steps
from pipelines.steps import inputs, unchanged
from pipelines.steps.checks import Pruefung
from pipelines.steps.step import FunctionStep, Name, Step
from pipelines.steps.unchanged import check, write_step


@dataclass
class Haus:
    """A plan of literal tables: `quelle` is delivered, `a` reads it, `b` reads `a`, `c` something else; a check compares them."""

    ablage: Ablage
    gerechnet: list[str] = field(default_factory=list)

    def put(self, schema: str, name: str, *werte: int) -> None:
        with self.ablage.neu(self.ablage.tabelle(schema, name)) as neu:
            pq.write_table(pa.table({"wert": pa.array(werte, pa.int64())}), neu)

    def step(self, name: str, reads: Name, faktor: int, known: bool = True) -> Step:
        def write(ablage: Ablage) -> int:
            self.gerechnet.append(name)
            werte = pq.read_table(ablage.tabelle(*reads))["wert"].to_pylist()
            self.put("probe", name, *(w * faktor for w in werte))
            return len(werte)

        return FunctionStep("probe", name, "Probe", (reads,), write, rests_only_on=(reads,) if known else ())

    def plan(self) -> tuple[Step, ...]:
        return (
            self.step("a", ("lieferung", "quelle"), 0),
            self.step("b", ("probe", "a"), 2),
            self.step("c", ("lieferung", "andere"), 1),
        )

    def refresh(self) -> list[str]:
        """Run what is stale, keep what is unchanged, and say what was computed."""
        self.gerechnet.clear()
        steps = stale_steps(self.ablage)
        for step in steps:
            write_step(self.ablage, step, keep=True)
        for p in PRUEFUNGEN:
            if (p.schema, p.tabelle) in {s.key for s in steps}:
                check(self.ablage, p, keep=True)
        return sorted(self.gerechnet)


VERGLEICH = Pruefung(
    "c_ist_groesser", "c ist größer als b", "probe", "c", Schwere.fehler, "größere Werte",
    "select 'k' as kommune, 'Zeile' as ort from probe.c as c, probe.b as b where c.wert <= b.wert",
)  # fmt: skip
PRUEFUNGEN = (VERGLEICH,)


@pytest.fixture
def haus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Haus:
    haus = Haus(Ablage(tmp_path).create_folders())
    haus.put("lieferung", "quelle", 1)
    haus.put("lieferung", "andere", 5)
    monkeypatch.setattr(stale, "plan", haus.plan)
    monkeypatch.setattr(stale, "load_checks", lambda: PRUEFUNGEN)
    assert haus.refresh() == ["a", "b", "c"]
    assert haus.refresh() == []
    return haus


def test_a_file_written_anew_with_the_same_content_changes_nothing(haus: Haus) -> None:
    haus.put("lieferung", "quelle", 1)
    os.utime(haus.ablage.tabelle("lieferung", "quelle"))
    assert haus.refresh() == []


def test_what_is_read_of_a_table_that_comes_out_as_it_was_is_kept(haus: Haus) -> None:
    haus.put("lieferung", "quelle", 7)  # a is 0 whatever it is
    assert {s.name for s in stale_steps(haus.ablage)} >= {"a", "b"}
    assert haus.refresh() == ["a"]


def test_a_step_that_is_kept_says_so_and_tells_its_rows(haus: Haus) -> None:
    kept = write_step(haus.ablage, haus.plan()[2], keep=True)
    assert (kept.kept, kept.rows) == (True, 1)
    assert not write_step(haus.ablage, haus.plan()[2], keep=False).kept


def test_a_table_that_is_not_what_was_written_is_written_anew(haus: Haus) -> None:
    haus.put("probe", "b", 99)
    assert haus.refresh() == ["b"]
    haus.ablage.tabelle("probe", "c").unlink()
    assert haus.refresh() == ["c"]


def test_a_damaged_memory_counts_as_none(haus: Haus) -> None:
    for datei in (haus.ablage.intern / "stand" / "gerechnet").iterdir():
        datei.write_text("[", encoding="utf-8")
    assert haus.refresh() == ["a", "b", "c"]


def test_other_code_and_another_database_compute_everything(haus: Haus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "codeversion", lambda: "anderer Code")
    assert haus.refresh() == ["a", "b", "c"]
    monkeypatch.setattr(inputs.duckdb, "__version__", "0.0")
    assert haus.refresh() == ["a", "b", "c"]


def test_who_is_left_out_is_part_of_what_a_table_rests_on(haus: Haus) -> None:
    datei = haus.ablage.intern / "stand" / "ausgelassen.json"
    meldung = {
        "schwere": "fehler",
        "kommune": "k",
        "quelle": "probe.a",
        "thema": "unerwartet",
        "text": "t",
        "draussen": None,
    }
    datei.write_text(json.dumps([meldung]), encoding="utf-8")
    assert haus.refresh() == ["a", "b", "c"]
    datei.unlink()
    assert haus.refresh() == ["a", "b", "c"]


def test_a_table_made_while_somebody_was_left_out_meanwhile_is_not_remembered(haus: Haus) -> None:
    def leave_out(ablage: Ablage) -> int:
        meldung = {
            "schwere": "fehler",
            "kommune": "k",
            "quelle": "-",
            "thema": "unerwartet",
            "text": "t",
            "draussen": None,
        }
        (ablage.intern / "stand" / "ausgelassen.json").write_text(json.dumps([meldung]), encoding="utf-8")
        haus.put("probe", "d", 1)
        return 1

    step = FunctionStep("probe", "d", "Probe", (), leave_out, rests_only_on=(("lieferung", "quelle"),))
    write_step(haus.ablage, step, keep=True)
    (haus.ablage.intern / "stand" / "ausgelassen.json").unlink()
    assert not write_step(haus.ablage, step, keep=True).kept


def test_a_function_that_reads_more_than_tables_is_run_in_every_build(
    haus: Haus, monkeypatch: pytest.MonkeyPatch
) -> None:
    weitere = haus.step("d", ("probe", "c"), 1, known=False)
    monkeypatch.setattr(stale, "plan", lambda: (*haus.plan(), weitere))
    assert haus.refresh() == ["d"]
    assert haus.refresh() == ["d"]


def test_a_check_that_compares_runs_again_when_the_other_table_changed(
    haus: Haus, monkeypatch: pytest.MonkeyPatch
) -> None:
    groesser = (haus.step("a", ("lieferung", "quelle"), 4), *haus.plan()[1:])  # b becomes 16, c stays 5
    monkeypatch.setattr(stale, "plan", lambda: groesser)
    haus.put("lieferung", "quelle", 2)
    assert {s.name for s in stale_steps(haus.ablage)} == {"a", "b", "c"}
    assert haus.refresh() == ["a", "b"]
    datei = haus.ablage.intern / "pruefung" / f"{VERGLEICH.name}.json"
    assert json.loads(datei.read_text(encoding="utf-8"))["faelle"] == [["k", "Zeile", "fehler"]]


def test_a_check_that_found_something_runs_in_every_build_until_it_finds_nothing(haus: Haus) -> None:
    haus.put("lieferung", "andere", -5)
    assert haus.refresh() == ["c"]
    assert [s.name for s in stale_steps(haus.ablage)] == ["c"]
    assert haus.refresh() == []
    haus.put("lieferung", "andere", 5)
    assert haus.refresh() == ["c"]
    assert stale_steps(haus.ablage) == []


def test_a_checksum_is_that_of_the_file_as_it_is_now(tmp_path: Path) -> None:
    datei = tmp_path / "x"
    datei.write_bytes(b"eins")
    erste = checksums.file_checksum(datei)
    beiseite = tmp_path / "y"
    beiseite.write_bytes(b"zwei")
    os.utime(beiseite, ns=(datei.stat().st_atime_ns, datei.stat().st_mtime_ns))
    os.replace(beiseite, datei)  # as old and as long, and another file
    assert checksums.file_checksum(datei) != erste


def test_the_schema_check_of_a_table_looks_again_when_a_delivery_turns_out_invented(haus: Haus) -> None:
    def deliver(**invented: bool) -> str:
        """The deliveries known; returns what the check rests on then."""
        with haus.ablage.neu(haus.ablage.tabelle("eingang", "lieferung")) as neu:
            pq.write_table(pa.table({"lieferung_id": [*invented], "synthetisch": [*invented.values()]}), neu)
        return unchanged.schema_state(haus.ablage, "probe", "c")

    vorher = deliver(erste=False)
    assert deliver(erste=False, zweite=False) == vorher
    assert deliver(erste=False, zweite=True) != vorher
