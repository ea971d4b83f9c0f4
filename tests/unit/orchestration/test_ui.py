"""What the UI shows of deliveries and checks: a refused file is red, rejected lines are a warning, failed checks come first."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import dagster as dg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.eingang.ingest import Ergebnis
from pipelines.foundation.findings import Schwere
from pipelines.foundation.storage import Ablage
from pipelines.orchestration.lauf import _Lauf, zeilencheck
from pipelines.orchestration.metadata import PRUEFUNG, violated


def result(angenommen: bool, *schweren: Schwere) -> Ergebnis:
    befunde = [
        SimpleNamespace(schwere=s, datei="t.csv", ort="Zeile 2", was="falsch", anzahl=1, erwartet="richtig")
        for s in schweren
    ]
    bilanz = SimpleNamespace(abgewiesen=1)
    ergebnis: Any = SimpleNamespace(
        angenommen=angenommen, befunde=befunde, bilanz=bilanz, lieferung=SimpleNamespace(datei="t.csv")
    )
    return cast(Ergebnis, ergebnis)


@pytest.mark.parametrize(
    ("ergebnisse", "bestanden", "schwere"),
    [
        ([result(True)], True, dg.AssetCheckSeverity.WARN),
        ([result(True, Schwere.warnung)], True, dg.AssetCheckSeverity.WARN),
        ([result(True, Schwere.fehler)], False, dg.AssetCheckSeverity.WARN),
        ([result(False, Schwere.fehler)], False, dg.AssetCheckSeverity.ERROR),
        ([result(True), result(False)], False, dg.AssetCheckSeverity.ERROR),
    ],
)
def test_a_refused_delivery_is_an_error_and_rejected_lines_are_a_warning(
    ergebnisse: list[Ergebnis], bestanden: bool, schwere: dg.AssetCheckSeverity
) -> None:
    check = zeilencheck(_Lauf(ergebnisse=ergebnisse))
    assert (check.passed, check.severity) == (bestanden, schwere)
    assert bool(check.description) == (schwere is dg.AssetCheckSeverity.ERROR)


def test_failed_checks_stand_with_errors_first_and_without_a_count(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path)
    datei = ablage.tabelle(*PRUEFUNG)
    datei.parent.mkdir(parents=True)
    zeilen = [
        {"schwere": s, "folge": f, "kommune": "k", "datei": "d.csv", "titel": t, "pruefung": t, "ergebnis": e, "anzahl": 4711}
        for s, f, t, e in (
            ("warnung", "keine", "warnt", "verletzt"), ("fehler", "abgewiesen", "weist_ab", "verletzt"),
            ("fehler", "haelt_an", "haelt", "verletzt"), ("fehler", "haelt_an", "gut", "bestanden"),
        )
    ]  # fmt: skip
    pq.write_table(pa.Table.from_pylist(zeilen), datei)
    text = violated(ablage)
    assert [z.split(" | ")[-1].strip(" |") for z in text.splitlines()[2:]] == ["haelt", "weist_ab", "warnt"]
    assert "4711" not in text
