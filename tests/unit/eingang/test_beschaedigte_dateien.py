"""Damaged files that once ended in a fault nobody foresaw: what is said of each, and that the rest is read."""

import re
import shutil
from pathlib import Path

import pytest

from pipelines.eingang.massnahmen import read as read_grid
from pipelines.foundation.findings import Code
from pipelines.foundation.storage import Ablage
from pipelines.refresh.check_file import check_file
from pipelines.stamm.profile.profil import bedingung
from tests.conftest import create_data_folder, create_kleinstadt, einwohnerschaft, write_auszug
from tests.fuzz.damage import _entries, _packed


@pytest.fixture
def ablage(tmp_path: Path) -> Ablage:
    return Ablage(create_data_folder(tmp_path / "data", ("neumuenster", "luenen")))


def test_a_row_that_counts_something_unknown_is_refused_and_the_others_are_read(ablage: Ablage) -> None:
    datei = ablage.roh / "neumuenster" / "tabellen" / "rueckblick.csv"
    text = datei.read_text(encoding="utf-8")
    datei.write_text(text.replace("Ausländer;", "Unbekanntes;", 1), encoding="utf-8")
    ergebnis = check_file(ablage, datei, "neumuenster", None).ergebnis
    assert [b.code for b in ergebnis.fehler] == [Code.wort_unbekannt]
    assert "Unbekanntes" in ergebnis.fehler[0].text()
    assert ergebnis.zahlen == ergebnis.bilanz.gelesen - 1


def mappe_mit(ablage: Ablage, teil: str, muster: bytes, ersatz: bytes) -> Path:
    """Lünen's workbook of measures with one part of it changed."""
    datei = next((ablage.roh / "luenen" / "massnahmen").glob("*.xlsx"))
    teile = _entries(datei.read_bytes())
    name = next(n for n in teile if re.fullmatch(teil, n))
    anders = re.sub(muster, ersatz, teile[name], count=1)
    assert anders != teile[name]
    datei.write_bytes(_packed(teile | {name: anders}))
    return datei


def test_damaged_comments_are_told_and_the_values_are_read(ablage: Ablage, tmp_path: Path) -> None:
    heil = Ablage(Path(shutil.copytree(ablage.daten, tmp_path / "heil")))
    erwartet = check_file(heil, next((heil.roh / "luenen" / "massnahmen").glob("*.xlsx")), "luenen", None).ergebnis
    datei = mappe_mit(ablage, r"xl/comments/.*\.xml|xl/comments.*\.xml", rb'authorId="\d+"', rb'authorId="."')
    ergebnis = check_file(ablage, datei, "luenen", None).ergebnis
    assert "Formate oder Kommentare der Mappe sind beschädigt" in " ".join(b.text() for b in ergebnis.befunde)
    assert ergebnis.bilanz == erwartet.bilanz


def test_a_stray_cell_at_the_far_end_is_not_a_million_rows_of_work(
    ablage: Ablage, monkeypatch: pytest.MonkeyPatch
) -> None:
    zeilen: list[int] = []
    echt = read_grid.Zeile

    def gezaehlt(*werte: object) -> object:
        zeilen.append(1)
        return echt(*werte)  # type: ignore[arg-type]

    monkeypatch.setattr(read_grid, "Zeile", gezaehlt)
    ende = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
    datei = mappe_mit(ablage, r"xl/worksheets/sheet\d*\.xml", rb"</sheetData>", ende)
    ergebnis = check_file(ablage, datei, "luenen", None).ergebnis
    assert Code.unerwartet not in [b.code for b in ergebnis.befunde]
    assert len(zeilen) < 1_000


@pytest.mark.parametrize("tiefe", [100, 400, 5_000])
def test_a_condition_nested_beyond_reason_is_refused_in_words(tiefe: int) -> None:
    with pytest.raises(ValueError, match=r"keine gültige Bedingung|zu lang"):
        bedingung("(" * tiefe + "deutsch" + ")" * (tiefe - 1), {"deutsch"})
    if tiefe > 1_000:
        with pytest.raises(ValueError, match="zu lang"):
            bedingung("(" * tiefe + "deutsch" + ")" * tiefe, {"deutsch"})


def test_a_line_longer_than_anything_reads_refuses_the_extract_in_words(tmp_path: Path) -> None:
    ordner = create_kleinstadt(create_data_folder(tmp_path / "data", ())) / "melderegister"
    auszug = write_auszug(ordner / "2021-06-30.csv", einwohnerschaft(20))
    zeilen = auszug.read_text(encoding="utf-8").splitlines()
    zeilen[7] = zeilen[7].replace(";alleinige;", f";alleinige{'x' * 1_000_000};")
    auszug.write_text("\n".join(zeilen) + "\n", encoding="utf-8")
    ergebnis = check_file(Ablage(tmp_path / "data"), auszug, "kleinstadt", None).ergebnis
    assert [b.code for b in ergebnis.fehler] == [Code.dateiformat]
    assert "eine Zeile ist länger als 1.000.000 Bytes" in ergebnis.fehler[0].text()
    assert "xxx" not in ergebnis.fehler[0].text()
    assert ergebnis.bilanz.gelesen == ergebnis.bilanz.abgewiesen == 20
