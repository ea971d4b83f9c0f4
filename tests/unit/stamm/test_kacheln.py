"""Places on the tile map: both numbers or none, whole, from 1 to 99, no two areas of a level on one tile at a time."""

from pathlib import Path

import pytest

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.stamm.gebiete import read_gebiete
from tests.conftest import ROH

KOPF = "gebiet_id;name;ebene;uebergeordnet;gebietsstand;gueltig_von;gueltig_bis;kachel_x;kachel_y\n"
KOPF += "01001000;Ort;gemeinde;;2024;;;;\n"


def write(ordner: Path, *zeilen: str) -> Path:
    datei = ordner / "gebiete.csv"
    datei.write_text(KOPF + "".join(f"{z}\n" for z in zeilen), encoding="utf-8")
    return datei


def test_places_are_read_and_an_area_may_have_none(tmp_path: Path) -> None:
    datei = write(tmp_path, "01;Nord;stadtteil;01001000;2024;;;2;1", "02;Süd;stadtteil;01001000;2024;;;;")
    assert {g.gebiet_id: g.kachel for g in read_gebiete(datei, "01001000")} == {
        "01001000": None, "01": (2, 1), "02": None, "unbekannt": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kachel", "meldung"),
    [
        ("2;", "Zeile 3, kachel_y: leer, obwohl die andere Zahl der Kachel dasteht"),
        (";2", "Zeile 3, kachel_x: leer"),
        ("1,5;2", "kachel_x: »1,5« ist keine ganze Zahl von 1 bis 99"),
        ("1;0", "kachel_y: »0« ist keine ganze Zahl"),
        ("100;1", "kachel_x: »100« ist keine ganze Zahl"),
        ("²;1", "kachel_x: »²« ist keine ganze Zahl"),
        ("-1;1", "kachel_x: »-1« ist keine ganze Zahl"),
    ],
)
def test_a_wrong_place_is_named_by_line_and_field(tmp_path: Path, kachel: str, meldung: str) -> None:
    with pytest.raises(KonfigurationsFehler, match=meldung):
        read_gebiete(write(tmp_path, f"01;Nord;stadtteil;01001000;2024;;;{kachel}"), "01001000")


def test_two_areas_of_a_level_never_share_a_tile_at_the_same_time(tmp_path: Path) -> None:
    nord = "01;Nord;stadtteil;01001000;2024;;2024-12-31;1;1"
    datei = write(tmp_path, nord, "02;Süd;stadtteil;01001000;2024;2024-12-31;;1;1")
    with pytest.raises(KonfigurationsFehler, match=r"Zeile 4, .*Süd und Nord \(beide stadtteil\) .* Kachel 1;1"):
        read_gebiete(datei, "01001000")
    for zeile in ("02;Süd;stadtteil;01001000;2024;2025-01-01;;1;1", "02;Süd;bezirk;01001000;2024;;;1;1"):
        assert len(read_gebiete(write(tmp_path, nord, zeile), "01001000")) == 4


def test_only_one_of_the_two_columns_is_a_wrong_header(tmp_path: Path) -> None:
    datei = tmp_path / "gebiete.csv"
    datei.write_text(KOPF.replace(";kachel_y", ""), encoding="utf-8")
    with pytest.raises(KonfigurationsFehler, match="gueltig_bis, dahinter wahlweise kachel_x;kachel_y"):
        read_gebiete(datei, "01001000")


@pytest.mark.parametrize(
    ("kommune", "ags", "ebene"), [("luenen", "05978024", "stadtteil"), ("mettmann", "05158", "gemeinde")]
)
def test_the_shipped_municipalities_have_a_map(kommune: str, ags: str, ebene: str) -> None:
    gebiete = read_gebiete(ROH / kommune / "gebiete.csv", ags)
    assert all(g.kachel for g in gebiete if g.ebene == ebene and g.gebiet_id != ags)
