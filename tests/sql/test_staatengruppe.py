"""The group of a nationality is that of the Stichtag: who was a member of the EU on that day, not who is today."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.ablage import Ablage
from tests.sql.tabellen import fuehre_schritte, lege, lege_ort, lies

BRITEN = {"staat": "168", "name": "Vereinigtes Königreich", "gruppe": "übriges Europa", "kontinent": "Europa",
          "eu_von": date(1973, 1, 1), "eu_bis": date(2020, 1, 31)}  # fmt: skip
KROATEN = {"staat": "130", "name": "Kroatien", "gruppe": "EU", "kontinent": "Europa", "eu_von": date(2013, 7, 1)}
ZYPRER = {"staat": "181", "name": "Zypern", "gruppe": "EU", "kontinent": "Asien", "eu_von": date(2004, 5, 1)}
TUERKEN = {"staat": "163", "name": "Türkei", "gruppe": "übriges Europa", "kontinent": "Europa"}
DEUTSCHE = {"staat": "000", "name": "Deutschland", "gruppe": "Deutschland", "kontinent": "Europa",
            "eu_von": date(1958, 1, 1)}  # fmt: skip


@pytest.mark.parametrize(
    ("staat", "stichtag", "gruppe"),
    [
        (BRITEN, date(2019, 12, 31), "EU"),
        (BRITEN, date(2020, 1, 31), "EU"),
        (BRITEN, date(2020, 2, 1), "übriges Europa"),
        (KROATEN, date(2013, 6, 30), "übriges Europa"),
        (KROATEN, date(2013, 7, 1), "EU"),
        (ZYPRER, date(2003, 12, 31), "Asien"),
        (TUERKEN, date(2019, 12, 31), "übriges Europa"),
        (DEUTSCHE, date(2019, 12, 31), "Deutschland"),
    ],
)
def test_the_group_is_that_of_the_day(tmp_path: Path, staat: dict[str, object], stichtag: date, gruppe: str) -> None:
    ablage = Ablage(tmp_path).anlegen()
    lege_ort(ablage)
    lege(ablage, "stamm.staat", staat)
    zeile = {
        "kommune": "k", "stichtag": stichtag, "gebiet_id": "01", "staat": staat["staat"], "geschlecht": "insgesamt",
        "quelle": "melderegister", "personen": 10, "anteil": 0.1, "rang": 1, "status": "ok", "hinweise": ["ok"],
        "datenstand": stichtag, "lieferung_id": "l1", "fundstelle": "-",
    }  # fmt: skip
    with ablage.neu(ablage.tabelle("geheimhaltung", "staatsangehoerigkeit")) as neu:
        pq.write_table(pa.Table.from_pylist([zeile]), neu)
    fuehre_schritte(ablage, "staatsangehoerigkeit", ab="marts")
    (z,) = lies(ablage, "marts.staatsangehoerigkeit")
    assert z["staatengruppe"] == gruppe
