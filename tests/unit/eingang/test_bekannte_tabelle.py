"""Public tables with a ready source: known by their header, and what is said when the source changed it."""

from pathlib import Path

import pytest

from pipelines.eingang.layout_proposal.known_table import recognise
from pipelines.foundation.findings import Code, Schwere
from pipelines.foundation.storage import Ablage
from pipelines.refresh.check_file import check_file
from pipelines.stamm.kommune import load_kommune
from tests.conftest import create_data_folder, monitoring_im_prozess
from tests.golden.test_daten import DATEIEN

KOPF = [
    "Tabelle: 12411-15i", "Erfundene Zahlen",
    ";;;Fortschreibung des Bevölkerungsstandes;Flächenerhebung nach Art der tatsächlichen Nutzung;Fortschreibung des "
    "Bevölkerungsstandes",
    ";;;Bevölkerungsstand (Basis Zensus 2022 und früher);Bodenfläche (Katasterfläche) in qkm;Bevölkerungsdichte",
    ";;;Anzahl;qkm;EW pro qkm",
]  # fmt: skip
ZEILEN = ["31.12.2024;05;Land;1000;100,00;10,0", "31.12.2024;05001;Ort;500;50,00;10,0", "__________"]


@pytest.fixture
def ablage(tmp_path: Path) -> Ablage:
    return Ablage(create_data_folder(tmp_path / "data", ())).create_folders()


def tabelle(ordner: Path, *ersatz: tuple[str, str], name: str = "12411-15i.csv", spalte: bool = False) -> Path:
    """The table with some texts replaced; with `spalte` each row from the header on has one more cell in front of the last."""
    kopf = KOPF.copy()
    zeilen = ZEILEN.copy()
    if spalte:
        kopf[2:] = [_with(z, "Neu") for z in kopf[2:]]
        zeilen[:2] = [_with(z, "7") for z in zeilen[:2]]
    text = "\n".join([*kopf, *zeilen]) + "\n"
    for alt, neu in ersatz:
        assert alt in text
        text = text.replace(alt, neu)
    datei = ordner / name
    datei.write_text(text, encoding="utf-8")
    return datei


def _with(zeile: str, zelle: str) -> str:
    felder = zeile.split(";")
    return ";".join([*felder[:4], zelle, *felder[4:]])


def befunde(ablage: Ablage, datei: Path) -> list[tuple[Schwere, str, str]]:
    """What is said of the structure when the file is read by the ready source."""
    layout = ablage.tmp / "layout.yaml"
    layout.write_text("vorlage: nrw_12411_15i\n", encoding="utf-8")
    e = check_file(ablage, datei, None, None, layout).ergebnis
    return [(b.schwere, b.was, b.erwartet) for b in e.befunde if b.code is Code.kopfzeile and "Aufbau" in b.was]


def test_the_table_as_its_source_makes_it_is_read_without_a_word(ablage: Ablage, tmp_path: Path) -> None:
    assert befunde(ablage, tabelle(tmp_path)) == []
    assert befunde(ablage, tabelle(tmp_path, ("Zensus 2022 und früher", "Zensus 2031"))) == [], "a year may change"


def test_a_renamed_label_is_told(ablage: Ablage, tmp_path: Path) -> None:
    ((schwere, was, rat),) = befunde(ablage, tabelle(tmp_path, ("Bevölkerungsdichte", "Einwohnerdichte")))
    assert schwere is Schwere.fehler, "the column is read by its position"
    assert was.startswith("die Quelle hat ihren Aufbau geändert: Spalte 6 heißt »")
    assert "Einwohnerdichte" in was
    assert "Bevölkerungsdichte / EW pro qkm«" in was
    assert "fertige Quelle nrw_12411_15i" in rat


def test_a_new_column_before_others_is_an_error_and_behind_them_a_warning(ablage: Ablage, tmp_path: Path) -> None:
    ((schwere, was, rat),) = befunde(ablage, tabelle(tmp_path, spalte=True))
    assert (schwere, was) == (
        Schwere.fehler, "die Quelle hat ihren Aufbau geändert: neue Spalte 5: »Neu«",
    )  # fmt: skip
    assert "(Spalte 5, 6)" in rat
    datei = tabelle(tmp_path, ("EW pro qkm\n", "EW pro qkm;Haushalte\n"), (";10,0\n", ";10,0;3\n"))
    ((schwere, was, _),) = befunde(ablage, datei)
    assert (schwere, was) == (
        Schwere.warnung, "die Quelle hat ihren Aufbau geändert: neue Spalte 7: »Haushalte«",
    )  # fmt: skip


EINWOHNER = "»Fortschreibung des Bevölkerungsstandes / Bevölkerungsstand (Basis Zensus *) / Anzahl«"
FLAECHE = "»Flächenerhebung nach Art der tatsächlichen Nutzung / Bodenfläche (Katasterfläche) in qkm / qkm«"
DICHTE = "»Fortschreibung des Bevölkerungsstandes / Bevölkerungsdichte / EW pro qkm«"


@pytest.mark.parametrize(
    ("folge", "gesagt"),
    [
        ((0, 1, 2, 3, 5, 4), [f"die Spalten 5 und 6 ({FLAECHE}, {DICHTE}) sind vertauscht"]),
        ((0, 1, 2, 5, 4, 3), [f"die Spalten 4 und 6 ({EINWOHNER}, {DICHTE}) sind vertauscht"]),
        ((0, 1, 2, 5, 3, 4), [f"die Spalte {DICHTE} steht an Stelle 4 statt 6"]),
        ((0, 1, 2, 3, 5), [f"die Spalte {FLAECHE} fehlt"]),
    ],
)
def test_columns_that_changed_places_are_neither_new_nor_missing(
    ablage: Ablage, tmp_path: Path, folge: tuple[int, ...], gesagt: list[str]
) -> None:
    datei = tabelle(tmp_path)
    zeilen = [z.split(";") for z in datei.read_text(encoding="utf-8").splitlines()]
    neu = [";".join(z[n] for n in folge) if len(z) == 6 else ";".join(z) for z in zeilen]
    datei.write_text("\n".join(neu) + "\n", encoding="utf-8")
    ((schwere, was, _),) = befunde(ablage, datei)
    assert (schwere, was) == (Schwere.fehler, f"die Quelle hat ihren Aufbau geändert: {'; '.join(gesagt)}")


def test_another_table_is_told_by_its_number(ablage: Ablage, tmp_path: Path) -> None:
    ((schwere, was, rat),) = befunde(ablage, tabelle(tmp_path, ("12411-15i", "12411-99i")))
    assert schwere is Schwere.fehler
    assert was.endswith("in Zelle A1 steht »Tabelle: 12411-99i« statt »Tabelle: 12411-15i«")
    assert "eine andere Tabelle" in rat


def test_new_names_the_ready_source_instead_of_a_draft(ablage: Ablage, tmp_path: Path) -> None:
    datei = tabelle(tmp_path, name="aus_dem_netz.csv")
    lauf = monitoring_im_prozess(ablage.daten, "new", "neustadt", "--aus", str(datei))
    assert lauf.code == 0, lauf.output
    assert f"{datei.name}: als bekannte Tabelle erkannt; die fertige Quelle nrw_12411_15i liest sie" in lauf.stdout
    assert "Wie der Ordner (neustadt) heißt kein Gebiet der Tabelle" in lauf.stdout
    assert lauf.stdout.splitlines()[-1].startswith("Bitte die Angaben in kommune.yaml und gebiete.csv anpassen")
    text = (ablage.roh / "neustadt" / "kommune.yaml").read_text(encoding="utf-8")
    assert "    # Erkannt: die fertige Quelle nrw_12411_15i" in text
    assert "    - vorlage: nrw_12411_15i\n      datei: aus_dem_netz.csv\n" in text
    (layout,) = load_kommune(ablage.roh / "neustadt").angaben.quellen.tabellen
    assert (layout.vorlage, layout.datei, layout.summenzeile) == ("nrw_12411_15i", "aus_dem_netz.csv", None)
    zweiter = monitoring_im_prozess(ablage.daten, "new", "neustadt", "--aus", str(datei))
    assert zweiter.code == 0, zweiter.output
    kommune_yaml = ablage.roh / "neustadt" / "kommune.yaml"
    gesagt = zweiter.stdout.splitlines()
    stelle = next(n for n, z in enumerate(gesagt) if z.startswith("Der Entwurf wird nicht gelesen."))
    assert f"in {kommune_yaml} unter quellen, tabellen diese Zeilen einfügen" in gesagt[stelle]
    # What is said is what is to be pasted: pasted, it is read.
    assert gesagt[stelle + 1 : stelle + 3] == ["    - vorlage: nrw_12411_15i", "      datei: aus_dem_netz.csv"]
    kommune_yaml.write_text(text.replace("    - vorlage: nrw_12411_15i\n      datei: aus_dem_netz.csv\n",
                                         "\n".join(gesagt[stelle + 1 : stelle + 3]) + "\n"), encoding="utf-8")  # fmt: skip
    assert load_kommune(kommune_yaml.parent).angaben.quellen.tabellen == (layout,)
    assert gesagt[stelle + 3].endswith(f"gehört nach {kommune_yaml.parent / 'tabellen'}.")
    entwurf = ablage.roh / "neustadt" / "entwurf_aus_dem_netz.yaml"
    assert check_file(ablage, datei, None, None, entwurf).ergebnis.angenommen


def test_new_fills_in_the_town_that_is_called_as_the_folder_is(ablage: Ablage, tmp_path: Path) -> None:
    datei = tabelle(tmp_path, (";Ort;", ";    Höxter am Berg, krfr. Stadt;"))
    lauf = monitoring_im_prozess(ablage.daten, "new", "hoexter_am_berg", "--aus", str(datei))
    assert "Gefunden: Höxter am Berg (05001000). Daraus sind name, ags und gebiete.csv; bitte prüfen." in lauf.lines
    kommune = load_kommune(ablage.roh / "hoexter_am_berg")
    assert (kommune.angaben.name, kommune.angaben.ags) == ("Höxter am Berg", "05001000")
    assert [g.gebiet_id for g in kommune.gebiete if g.ebene != "sonstige"] == ["05001000"]


def test_a_known_table_with_a_changed_header_is_still_known_and_the_change_told(ablage: Ablage, tmp_path: Path) -> None:
    v = recognise(tabelle(tmp_path, ("Bevölkerungsdichte", "Dichte")), ablage.tmp, ablage.roh)
    assert v is not None
    assert "vorlage: nrw_12411_15i" in v.yaml
    assert "# UNSICHER: die Quelle hat ihren Aufbau geändert: Spalte 6 heißt" in v.yaml


def test_a_table_nobody_knows_gets_a_draft(ablage: Ablage, tmp_path: Path) -> None:
    datei = tmp_path / "t_2024-12-31.csv"
    datei.write_text("Stadtteil;Einwohner;Ausländer\nNord;100;10\nSüd;200;20\n", encoding="utf-8")
    assert recognise(datei, ablage.tmp, ablage.roh) is None


@pytest.mark.parametrize("name", DATEIEN)
def test_every_published_file_is_known_as_itself(ablage: Ablage, daten: Path, name: str) -> None:
    v = recognise(daten / DATEIEN[name], ablage.tmp, ablage.roh)
    assert v is not None
    assert v.layout.vorlage == name
    assert v.unsicher == []


def test_a_file_of_another_region_is_refused(ablage: Ablage, daten: Path) -> None:
    datei = daten / DATEIEN["ba_beschaeftigte_geschlecht"]
    layout = ablage.tmp / "region.yaml"
    for region, angenommen in (("Deutschland", True), ("Krefeld", False)):
        layout.write_text(f"{{vorlage: ba_beschaeftigte_geschlecht, zellen: {{B1: {region}}}}}\n", encoding="utf-8")
        ergebnis = check_file(ablage, datei, None, None, layout).ergebnis
        assert ergebnis.angenommen is angenommen
        gesagt = [b.was for b in ergebnis.befunde if "in Zelle B1 steht »Deutschland« statt »Krefeld«" in b.was]
        assert bool(gesagt) is not angenommen
    v = recognise(datei, ablage.tmp, ablage.roh)
    assert v is not None
    assert "zellen:\n  B1: Deutschland\n" in v.yaml
