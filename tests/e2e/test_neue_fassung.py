"""A new version of this program over what an earlier one left: read and built anew without a hand, the same figures, no release
for nothing."""

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.foundation.storage import Ablage
from tests.conftest import monitoring_im_prozess
from tests.lib.published import create_published

pytestmark = pytest.mark.e2e

YOUNGER = (
    "angriff",
    "ausgefallen",
    "korrekturen",
    "pruefsummen",
)  # files of own state that an earlier version did not write


def _rewrite(file: Path, change: Callable[[pa.Table], pa.Table]) -> None:
    pq.write_table(change(pq.read_table(file)), file)


def _record(table: pa.Table) -> pa.Table:
    """A record of other code, without the columns that came last."""
    table = table.drop_columns(["draussen", "befunde"])
    return table.set_column(
        table.column_names.index("fingerabdruck"), "fingerabdruck", pa.array(["frueher"] * len(table))
    )


def _make_older(data: Path) -> None:
    """`intern` as an earlier version leaves it: other checksums, fewer columns, files and fields."""
    ablage = Ablage(data)
    for file in ablage.quelle("eingang", "lieferung"):
        _rewrite(file, _record)
    for file in ablage.quelle("eingang", "stadtteiltabelle"):
        _rewrite(file, lambda t: t.drop_columns(["fundstelle"]))
    for file in ablage.intern.glob("*/*/leer.parquet"):
        _rewrite(file, lambda t: t.drop_columns(t.column_names[-2:]))
    for file in (ablage.intern / "marts").glob("*.parquet"):
        _rewrite(file, lambda t: t.drop_columns(t.column_names[-2:]))
    stand = ablage.intern / "stand"
    for file in (stand / "gerechnet").glob("*.json"):
        file.write_text(
            json.dumps(json.loads(file.read_text(encoding="utf-8")) | {"ruht_auf": "frueher"}), encoding="utf-8"
        )
    (stand / "gebaut.json").write_text('{"stand": "frueher", "befunde": [], "veroeffentlicht": true}', encoding="utf-8")
    for name in YOUNGER:
        (stand / f"{name}.json").unlink(missing_ok=True)


def _manifest(data: Path) -> dict[str, object]:
    return dict(json.loads((data / "marts" / "manifest.json").read_text(encoding="utf-8")))


def test_the_next_plain_refresh_makes_everything_anew_and_publishes_the_same(tmp_path: Path) -> None:
    data = create_published(tmp_path / "data", "erste")
    fresh = _manifest(data)
    _make_older(data)
    run = monitoring_im_prozess(data, "refresh")
    assert run.code == 0, run.output
    assert "Einlesen 1/1: tabellen erste_2024-12-31" in run.output
    assert not any(word in run.output for word in ("Fehler", "Warnung", "Hinweis")), run.output
    assert _manifest(data)["tabellen"] == fresh["tabellen"]
    assert _manifest(data)["veroeffentlichung"] == fresh["veroeffentlichung"], "the same figures are no new release"
    ablage = Ablage(data)
    assert all("fundstelle" in pq.read_schema(f).names for f in ablage.quelle("eingang", "stadtteiltabelle"))
    assert all("draussen" in pq.read_schema(f).names for f in ablage.quelle("eingang", "lieferung"))
    assert "Nichts Neues" in monitoring_im_prozess(data, "refresh").stdout
