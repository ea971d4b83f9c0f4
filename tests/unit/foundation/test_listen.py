"""Lists of the data folder: a row with another number of fields is an error at its line, whichever list it is."""

from pathlib import Path

import pytest

from pipelines.eingang.tabelle.labels import staatsnamen
from pipelines.foundation.csv_list import read_list, read_staaten
from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.stamm.gebiete import BRUECKENFELDER, read_bruecken, read_gebiete
from tests.conftest import ROH

GEBIETE = """gebiet_id;name;ebene;uebergeordnet;gebietsstand;gueltig_von;gueltig_bis
01001000;Ort;gemeinde;;2024;;

01;Nord;stadtteil;01001000;2024;;
"""


@pytest.mark.parametrize("zeile", ["02;Süd;stadtteil;01001000;2024;;;x", "02;Süd;stadtteil;01001000;2024"])
def test_gebiete(tmp_path: Path, zeile: str) -> None:
    datei = tmp_path / "gebiete.csv"
    datei.write_text(GEBIETE + zeile + "\n", encoding="utf-8")
    with pytest.raises(KonfigurationsFehler, match="Zeile 5: Erwartet werden genau 7 Felder"):
        read_gebiete(datei, "01001000")


def test_names_of_areas_are_cleaned_and_lines_of_padding_are_none(tmp_path: Path) -> None:
    datei = tmp_path / "gebiete.csv"
    text = "sep=;\n" + GEBIETE.replace("Nord", "Su\u0308d\u00ad\u00a0 West") + ";;;;;;\n"
    datei.write_text(text, encoding="utf-8")
    assert [g.name for g in read_gebiete(datei, "01001000")] == ["Ort", "Süd West", "unbekannt"]


def test_bruecke(tmp_path: Path) -> None:
    datei = tmp_path / "bruecke.csv"
    datei.write_text(
        ";".join(BRUECKENFELDER) + "\n01;2020;02;2024;0,5;geschätzt, grob;2024-01-01;zuviel\n", encoding="utf-8"
    )
    with pytest.raises(KonfigurationsFehler, match="Zeile 2: Erwartet werden genau 7 Felder"):
        read_bruecken(datei, ())


@pytest.mark.parametrize("zeile", ["999;Nirgends", "999;Nirgends" + 30 * ";x"])
def test_staaten(tmp_path: Path, zeile: str) -> None:
    datei = tmp_path / "staaten.csv"
    text = (ROH / "referenz" / "staaten.csv").read_text(encoding="utf-8")
    datei.write_text(text + zeile + "\n", encoding="utf-8")
    nummer = len((text + zeile).splitlines())
    for read in (read_staaten, staatsnamen):
        with pytest.raises(KonfigurationsFehler, match=f"Zeile {nummer}: Erwartet werden genau"):
            read(datei)


def test_a_list_without_faults_keeps_its_lines(tmp_path: Path) -> None:
    datei = tmp_path / "l.csv"
    datei.write_text("a;b\n1;2\n\n3;4\n", encoding="utf-8")
    assert read_list(datei) == [(2, {"a": "1", "b": "2"}), (4, {"a": "3", "b": "4"})]
