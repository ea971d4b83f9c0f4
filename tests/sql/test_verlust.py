"""What protection costs: counted by table, the share of persons rounded so far that it tells of no cell."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.foundation.storage import Ablage
from pipelines.geheimhaltung.entscheidung import _SCHEMA
from pipelines.steps.sql_step import sql_steps
from tests.lib.literal_tables import STICHTAG, lay_ort, read


@pytest.fixture
def ablage(tmp_path: Path) -> Ablage:
    ablage = Ablage(tmp_path).create_folders()
    lay_ort(ablage)
    return ablage


def entscheidung(ablage: Ablage, *zellen: tuple[str, int, bool]) -> None:
    """Cells as (kind, persons, hidden), each of another area."""
    leer = {feld: "-" for feld in _SCHEMA.names if pa.types.is_string(_SCHEMA.field(feld).type)}
    zeilen = [
        {**leer, "kommune": "k", "stichtag": STICHTAG, "art": art, "gebiet_id": str(n), "personen": personen,
         "gezeigt": personen, "geheim": geheim}
        for n, (art, personen, geheim) in enumerate(zellen)
    ]  # fmt: skip
    ziel = ablage.tabelle("geheimhaltung", "entscheidung")
    ziel.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(zeilen, schema=_SCHEMA), ziel)


def verlust(ablage: Ablage, *zellen: tuple[str, int, bool]) -> list[dict[str, Any]]:
    entscheidung(ablage, *zellen)
    for s in sql_steps():
        if (s.schema, s.name) in (("geheimhaltung", "verlust"), ("protokoll", "geheimhaltung")):
            s.write(ablage)
    return read(ablage, "protokoll.geheimhaltung")


def test_figures_and_hidden_figures_are_counted_by_table(ablage: Ablage) -> None:
    zeilen = verlust(
        ablage,
        ("einwohner", 90_000, False),
        ("auslaender", 9_000, False),
        ("personen_mit_mh", 400, True),
        ("staat", 3, True),
    )
    assert [(z["tabelle"], z["zahlen"], z["verborgen"], z["anteil_zahlen"]) for z in zeilen] == [
        ("marts.migrationshintergrund", 3, 1, 1 / 3), ("marts.staatsangehoerigkeit", 1, 1, 1.0),
    ]  # fmt: skip


def test_the_share_of_persons_is_rounded_to_a_step_from_a_fixed_list(ablage: Ablage) -> None:
    """99,400 persons, 400 of them hidden: 0.4 %, told as 0 by steps of 1 %."""
    (zeile,) = verlust(
        ablage, ("einwohner", 90_000, False), ("auslaender", 9_000, False), ("personen_mit_mh", 400, True)
    )
    assert (zeile["stufe_personen"], zeile["anteil_personen"]) == (0.01, 0.0)


def test_a_sum_at_the_end_of_what_a_rounded_share_allows_gets_a_coarser_one(ablage: Ablage) -> None:
    """501 of 100,000: »0 %« would mean at most 500, so 1 % would mean at least 500, and the cells could only be more."""
    (zeile,) = verlust(ablage, ("einwohner", 99_499, False), ("auslaender", 501, True))
    assert (zeile["stufe_personen"], zeile["anteil_personen"]) == (0.02, 0.0)


def test_the_step_does_not_tell_the_sum_it_was_chosen_for(ablage: Ablage) -> None:
    stufen = {
        verlust(ablage, ("einwohner", 60_000 + n, False), ("auslaender", 7, True))[0]["stufe_personen"]
        for n in range(0, 500, 50)
    }
    assert len(stufen) == 1


def test_few_persons_have_no_share_at_all(ablage: Ablage) -> None:
    (zeile,) = verlust(ablage, ("staat", 200, False), ("staat", 3, True))
    assert zeile["anteil_personen"] is None
    assert zeile["stufe_personen"] is None


def test_sums_over_ages_are_no_persons_of_their_own(ablage: Ablage) -> None:
    (zeile,) = verlust(ablage, ("altersspanne", 90_000, False))
    assert zeile["tabelle"] == "marts.indikator_zeitreihe"
    assert zeile["anteil_personen"] is None
