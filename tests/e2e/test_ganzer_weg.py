"""The whole path on Lünen, as a user goes it: demo, refresh, query; and again with nothing new."""

import shutil
from pathlib import Path

import duckdb
import openpyxl
import pytest

from tests.conftest import Aufruf, create_data_folder, monitoring_im_prozess, monitoring_subprozess

pytestmark = pytest.mark.e2e

# Verwaltungsvorlage VL-204/2021 der Stadt Lünen, Abbildung 1: Einwohner, Ausländer, Personen mit MH, Anteil in Prozent.
GEDRUCKT = [
    ("Alstedde", 6417, 538, 1453, 22.6), ("Beckinghausen", 959, 72, 211, 22.0), ("Brambauer", 19265, 4344, 8072, 41.9),
    ("Gahmen", 3839, 894, 1813, 47.2), ("Geistviertel & Lippolthausen", 5425, 816, 2497, 46.0),
    ("Horstmar", 7488, 563, 1845, 24.6), ("Lünen", 87815, 13259, 30179, 34.4), ("Lünen-Mitte", 2989, 636, 1224, 41.0),
    ("Lünen-Nord", 10004, 2302, 4382, 43.8), ("Lünen-Süd", 7896, 1258, 2546, 32.2), ("Niederaden", 2212, 50, 313, 14.2),
    ("Nordlünen", 9727, 467, 1848, 19.0), ("Osterfeld", 7014, 895, 2682, 38.2), ("Wethmar", 4580, 424, 1293, 28.2),
]  # fmt: skip
INSGESAMT = "geschlecht = 'insgesamt' and altersgruppe = 'insgesamt'"


@pytest.fixture(scope="module")
def luenen(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Aufruf]:
    daten = create_data_folder(tmp_path_factory.mktemp("luenen") / "data")
    assert monitoring_im_prozess(daten, "demo").code == 0
    register = daten / "raw" / "luenen" / "melderegister"
    for auszug in [*register.glob("201[789]-*.csv"), register / "2020-12-31.csv"]:
        auszug.unlink()  # two days show the way as well, in a third of the time
    zeilen = (register / "2021-06-30.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    spaeter = [z for nr, z in enumerate(zeilen) if nr % 3 != 1]  # enough of them not to be taken for a torn file
    (register / "2021-07-15.csv").write_text("".join(spaeter), encoding="utf-8")  # not declared for publication
    return daten, monitoring_subprozess(daten, "refresh")


def ask(daten: Path, sql: str) -> list[tuple]:
    con = duckdb.connect(str(daten / "marts" / "integrationsmonitoring.duckdb"), read_only=True)
    try:
        return con.execute(sql).fetchall()
    finally:
        con.close()


def test_refresh_succeeds_and_says_where_the_results_are(luenen: tuple[Path, Aufruf]) -> None:
    daten, lauf = luenen
    assert (lauf.code, lauf.stderr) == (0, ""), lauf.output
    assert str(daten / "marts" / "integrationsmonitoring.duckdb") in lauf.stdout
    assert str(daten / "marts" / "bericht" / "index.html") in lauf.stdout
    assert (daten / "marts" / "bericht" / "luenen.html").stat().st_size > 10_000


@pytest.mark.parametrize("quelle", ["melderegister", "stadtteiltabelle"])
def test_register_and_printed_table_give_the_papers_fourteen_lines(luenen: tuple[Path, Aufruf], quelle: str) -> None:
    zeilen = ask(
        luenen[0],
        f"""
        select gebiet, einwohner, auslaender, personen_mit_mh, round(100 * anteil_mh, 1)
        from marts.migrationshintergrund
        where kommune = 'luenen' and profil = 'luenen_2021' and stichtag = '2021-06-30' and {INSGESAMT}
            and quelle = '{quelle}'
        order by gebiet collate de
        """,
    )
    assert sorted(zeilen) == sorted(GEDRUCKT)


def test_what_a_register_says_beside_definitions_stands_as_series(luenen: tuple[Path, Aufruf]) -> None:
    """Recomputed from the extract's lines. Four and a half years between two extracts are no year: no flow is in a series."""
    zeilen = ask(
        luenen[0],
        f"""
        select indikator, zaehler, nenner, round(wert, 1), status from marts.indikator_zeitreihe
        where kommune = 'luenen' and gebiet_id = '05978024' and stichtag = '2021-06-30' and gruppe = 'insgesamt' and profil = '-'
            and quelle = 'melderegister' and {INSGESAMT}
            and indikator in ('dem_altenq', 'dem_aufenthaltsjahre', 'dem_ausl_asyl', 'dem_ausl_eu', 'dem_ausl_frauen',
            'dem_wohnjahre', 'dem_wohndauer')
        order by indikator
        """,
    )
    assert zeilen == [
        ("dem_altenq", 16896, 54718, 30.9, "ok"), ("dem_aufenthaltsjahre", None, None, 12.8, "gerundet"),
        ("dem_ausl_asyl", 2390, 13259, 18.0, "gerundet"), ("dem_ausl_eu", 3188, 13259, 24.0, "ok"),
        ("dem_ausl_frauen", 6522, 13259, 49.2, "ok"), ("dem_wohndauer", 71755, 87815, 81.7, "gerundet"),
        ("dem_wohnjahre", None, None, 20.3, "gerundet"),
    ]  # fmt: skip
    fluesse = "select count(*) from marts.bewegung where personen is not null"
    assert ask(luenen[0], fluesse) != [(0,)]
    reihen = "select distinct indikator from marts.indikator_zeitreihe where starts_with(indikator, 'reg_')"
    assert ask(luenen[0], reihen) == [("reg_ankunft",)], "counted from one extract alone"


def test_foreigners_by_sex_and_nationality_are_the_papers(luenen: tuple[Path, Aufruf]) -> None:
    geschlecht = ask(
        luenen[0],
        """
        select geschlecht, auslaender from marts.migrationshintergrund
        where gebiet = 'Lünen' and stichtag = '2021-06-30' and profil = 'luenen_2021' and quelle = 'melderegister'
            and altersgruppe = 'insgesamt' and geschlecht in ('m', 'w')
        order by geschlecht
        """,
    )
    assert geschlecht == [("m", 6737), ("w", 6522)]
    staaten = ask(
        luenen[0],
        """
        select staat, personen from marts.staatsangehoerigkeit
        where gebiet = 'Lünen' and stichtag = '2021-06-30' and geschlecht = 'insgesamt' and rang <= 5 order by rang
        """,
    )
    assert staaten == [("163", 5199), ("475", 1570), ("152", 948), ("154", 695), ("170", 370)]


def test_every_declared_stichtag_is_a_point_of_the_series_with_unknown_districts_in_the_sum(
    luenen: tuple[Path, Aufruf],
) -> None:
    zeilen = ask(
        luenen[0],
        f"""
        select stichtag::varchar, max(einwohner) filter (where gebiet = 'Lünen') as stadt,
            sum(einwohner) filter (where ebene = 'stadtteil') as stadtteile,
            max(einwohner) filter (where gebiet_id = 'unbekannt') as unbekannt,
            count(*) filter (where ebene = 'stadtteil' and einwohner is null) as verborgen
        from marts.migrationshintergrund
        where profil = 'kosis_like' and {INSGESAMT} group by all order by 1
        """,
    )
    assert [z[0] for z in zeilen] == ["2016-12-31", "2021-06-30"]
    # 2016: eight persons without a known district; where they are hidden, so is a district, or all would see how many they are.
    stadt, stadtteile, unbekannt, verborgen = zeilen[0][1:]
    assert (stadt == stadtteile + unbekannt) if unbekannt is not None else (verborgen > 0 and stadt > stadtteile)
    assert zeilen[-1][1:] == (87815, 87815, None, 0)


def test_synthetic_data_is_marked_in_protocol_and_report(luenen: tuple[Path, Aufruf]) -> None:
    zeilen = dict(ask(luenen[0], "select quelle, bool_and(synthetisch) from protokoll.lieferung group by 1"))
    # the measure sheets are examples, invented like the persons
    assert {quelle for quelle, synthetisch in zeilen.items() if synthetisch} == {"melderegister", "massnahmen"}
    assert {"stadtteiltabelle", "massnahmen"} <= set(zeilen)
    bericht = (luenen[0] / "marts" / "bericht" / "luenen.html").read_text(encoding="utf-8")
    assert "Synthetische" in bericht


def test_second_refresh_does_no_work_and_says_so(luenen: tuple[Path, Aufruf]) -> None:
    daten = luenen[0]
    datei = daten / "marts" / "integrationsmonitoring.duckdb"
    vorher = datei.stat().st_mtime_ns
    lauf = monitoring_subprozess(daten, "refresh")
    assert lauf.code == 0
    assert "Nichts Neues" in lauf.stdout
    assert "Einlesen" not in lauf.stdout
    assert datei.stat().st_mtime_ns == vorher


def test_a_wrong_printed_figure_stops_publication_and_names_its_cell(
    luenen: tuple[Path, Aufruf], tmp_path: Path
) -> None:
    daten = tmp_path / "data"
    shutil.copytree(luenen[0], daten)
    mappe = daten / "raw" / "luenen" / "tabellen" / "stadtteile_2021-06-30.xlsx"
    buch = openpyxl.load_workbook(mappe)
    blatt = buch["Stadtteile"]
    zelle = next(z for z in blatt["B"] if z.value == "6.417")
    zelle.value = "6.418"
    buch.save(mappe)
    vorher = (daten / "marts" / "integrationsmonitoring.duckdb").read_bytes()
    lauf = monitoring_im_prozess(daten, "refresh")
    assert lauf.code == 1
    assert "die Summe der 13 Stadtteile ist 87.816, gedruckt ist 87.815" in lauf.stdout
    einzeln = next(z for z in lauf.lines if "im Register" in z)
    assert f'Blatt "Stadtteile", Zelle {zelle.coordinate}: Einwohnerinnen und Einwohner in Alstedde' in einzeln
    assert "gedruckt 6.418, im Register 6.417" in einzeln
    assert "Traceback" not in lauf.output
    assert (daten / "marts" / "integrationsmonitoring.duckdb").read_bytes() == vorher
    wieder = monitoring_im_prozess(daten, "refresh")
    assert (wieder.code, "Nichts Neues" in wieder.stdout) == (1, True), "nothing to do, but the fault is still there"
    assert "gedruckt 6.418, im Register 6.417" in wieder.stdout


def test_a_stichtag_not_declared_for_publication_stays_inside(luenen: tuple[Path, Aufruf]) -> None:
    daten = luenen[0]
    assert (daten / "intern" / "eingang" / "melderegister" / "luenen_2021-07-15.parquet").exists()
    tabellen = ask(
        daten, "select schema_name || '.' || table_name from duckdb_columns() where column_name = 'stichtag'"
    )
    assert ("marts.migrationshintergrund",) in tabellen
    for (tabelle,) in tabellen:
        if tabelle != "protokoll.lieferung":
            assert ask(daten, f"select count(*) from {tabelle} where stichtag::varchar = '2021-07-15'") == [(0,)]
