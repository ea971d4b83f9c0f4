"""A small town whose kommune.yaml chooses no depth: told by area, by sex, by age, protected, attacked, published."""

from pathlib import Path

import duckdb
import pytest

from tests.conftest import create_data_folder, create_kleinstadt, einwohnerschaft, monitoring_im_prozess, write_auszug

pytestmark = pytest.mark.e2e


def test_a_small_town_is_published_and_never_told_by_two_at_once(tmp_path: Path) -> None:
    data = create_data_folder(tmp_path / "data", ())
    ort = create_kleinstadt(data)
    yaml = ort / "kommune.yaml"
    text = yaml.read_text(encoding="utf-8")
    assert "  umfang: {hauptdefinition: dreifach}\n" in text
    yaml.write_text(text.replace("  umfang: {hauptdefinition: dreifach}\n", ""), encoding="utf-8")
    write_auszug(ort / "melderegister" / "2021-06-30.csv", einwohnerschaft(1200))
    said = monitoring_im_prozess(data, "refresh")
    assert said.code == 0, said.output
    assert "gliederung_nach_groesse 1" in said.output
    zwei = "(gebiet_id <> '05999001')::int + (geschlecht <> 'insgesamt')::int + (altersgruppe <> 'insgesamt')::int"
    frage = f"select {zwei} as tiefe, count(*) > 0 from marts.migrationshintergrund group by all order by all"
    with duckdb.connect(data / "marts" / "integrationsmonitoring.duckdb", read_only=True) as con:
        assert con.execute(frage).fetchall() == [(0, True), (1, True)]
    seite = (data / "marts" / "bericht" / f"{ort.name}.html").read_text(encoding="utf-8")
    assert seite.count("nie nach zweien davon zugleich") == 2, "beside the tables by sex and by age"
