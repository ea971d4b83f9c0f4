"""Views for the usual questions: a naive sum counts nobody twice, and the worked queries of the handbook return what it says."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.foundation.storage import WURZEL
from pipelines.veroeffentlichung.published_file import create_view
from schemas.tabellen.ansichten import ANSICHTEN
from schemas.tabellen.herkunft import HERKUNFT
from tests.unit.veroeffentlichung.test_bericht import AGS, STICHTAGE, publish, zeile
from tests.unit.veroeffentlichung.test_bericht_aussagen import KONZEPT
from tests.unit.veroeffentlichung.test_bericht_indikatorseite import tabellen

MH = "marts.migrationshintergrund"
GEBIETE = [
    {"kommune": "luenen", "gebiet_id": AGS, "gebiet": "Lünen", "ebene": "gemeinde", "uebergeordnet": None},
    {"kommune": "luenen", "gebiet_id": "b1", "gebiet": "Bezirk", "ebene": "bezirk", "uebergeordnet": AGS},
    {"kommune": "luenen", "gebiet_id": "10", "gebiet": "Niederaden", "ebene": "stadtteil", "uebergeordnet": "b1"},
    {"kommune": "luenen", "gebiet_id": "07", "gebiet": "Ährenfeld", "ebene": "stadtteil", "uebergeordnet": "b1"},
    {
        "kommune": "leerstadt",
        "gebiet_id": "05999999",
        "gebiet": "Leerstadt",
        "ebene": "gemeinde",
        "uebergeordnet": None,
    },
]


def figures() -> list[dict[str, Any]]:
    """A town of 5,000 in two districts of one Bezirk, told five times over: by day, definition, sex, age, source."""
    haupt = {"ist_hauptdefinition": True, "beispieldaten": False}
    teile = [
        zeile(AGS, "Lünen", 5000, 600, 1500), zeile("b1", "Bezirk", 5000, 600, 1500, ebene="bezirk"),
        zeile("10", "Niederaden", 2000, 50, 300), zeile("07", "Ährenfeld", 3000, 550, 1200),
    ]  # fmt: skip
    frueher = [t | {"stichtag": STICHTAGE[0], "einwohner": 4900} for t in teile]
    frauen = [t | {"geschlecht": "w", "einwohner": 2500} for t in teile]
    alt = [t | {"altersgruppe": "75+", "einwohner": 500} for t in teile]
    andere = [t | {"profil": "kosis_like", "personen_mit_mh": 1700} for t in teile]
    gedruckt = [t | {"quelle": "stadtteiltabelle", "einwohner": 5001} for t in teile]
    ohne = zeile(
        "05999999", "Leerstadt", 700, 70, None, kommune="leerstadt", profil="-", quelle="presse", status="nicht_erhoben"
    )
    # A press figure of about 2010 is no state of today.
    rund = ohne | {"kommune": "rundstadt", "gebiet_id": "05888888", "hinweise": ["geschaetzt", "nicht_erhoben"]}
    return [
        *(t | haupt for t in (*teile, *frueher, *frauen, *alt, *gedruckt)),
        *(t | haupt | {"ist_hauptdefinition": False} for t in (*andere, ohne, rund)),
    ]


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    daten = tabellen() | {
        MH: figures(), "dim.gebiet": GEBIETE, "dim.handlungsfeld": KONZEPT["dim.handlungsfeld"],
        "marts.massnahme": [m | {"ueberfaellig_heute": 0, "ende": date(2021, 5, 31)} for m in KONZEPT["marts.massnahme"]],
    }  # fmt: skip
    con = duckdb.connect(str(publish(tmp_path_factory.mktemp("ansichten"), daten).publikation))
    for a in ANSICHTEN:
        if a is not HERKUNFT:
            create_view(con, a)
    yield con
    con.close()


def one(con: duckdb.DuckDBPyConnection, sql: str) -> Any:
    ((wert,),) = con.execute(sql).fetchall()
    return wert


def test_a_town_of_estimated_figures_only_has_no_state_of_today(con: duckdb.DuckDBPyConnection) -> None:
    heute = con.execute("select kommune from marts.heute order by kommune").fetchall()
    assert heute == [("leerstadt",), ("luenen",)]
    assert con.execute("select count(*) from marts.migrationshintergrund where kommune = 'rundstadt'").fetchall() == [
        (1,)
    ]


def test_a_naive_sum_of_the_mart_is_many_times_too_large_and_of_the_views_it_is_the_town(
    con: duckdb.DuckDBPyConnection,
) -> None:
    wo = "where kommune = 'luenen'"
    assert one(con, f"select sum(einwohner) from {MH} {wo}") > 5 * 5000
    assert one(con, f"select sum(einwohner) from marts.heute {wo}") == 5000
    assert one(con, f"select sum(einwohner) from marts.heute_gebiete {wo}") == 5000
    assert one(con, f"select sum(personen_mit_mh) from marts.heute_gebiete {wo}") == 1500


def test_each_view_has_one_row_for_each_key_it_names(con: duckdb.DuckDBPyConnection) -> None:
    for a in ANSICHTEN:
        if a is not HERKUNFT:
            schluessel = ", ".join(a.schluessel)
            assert one(con, f"select count(*) from {a.voll}") > 0, a.voll
            assert one(con, f"select count(*) - count(distinct ({schluessel})) from {a.voll}") == 0, a.voll
            for s in set(a.namen) - a.leer_erlaubt:
                if s != "ausgewertet_am":  # of the literal measures
                    assert one(con, f"select count(*) from {a.voll} where {s} is null") == 0, f"{a.voll}.{s}"


def test_a_town_without_a_definition_has_its_row_without_one(con: duckdb.DuckDBPyConnection) -> None:
    assert con.execute("select einwohner, profil from marts.heute where kommune = 'leerstadt'").fetchall() == [
        (700, "-")
    ]


def test_the_day_before_the_other_definitions_and_the_printed_table_are_no_rows_of_today(
    con: duckdb.DuckDBPyConnection,
) -> None:
    assert con.execute(
        "select stichtag, profil, quelle, einwohner from marts.heute where kommune = 'luenen'"
    ).fetchall() == [(STICHTAGE[1], "luenen_2021", "melderegister", 5000)]  # fmt: skip


def test_the_series_of_an_indicator_is_of_the_main_definition_alone(con: duckdb.DuckDBPyConnection) -> None:
    reihe = con.execute(
        "select zeitraum, wert, einheit, name from marts.indikator_reihe where indikator = 'quote' order by zeitraum"
    ).fetchall()
    assert reihe == [
        (date(2020, 12, 31), 33.7, "prozent", "Beschäftigtenquote"), (date(2021, 6, 30), 34.4, "prozent", "Beschäftigtenquote"),
    ]  # fmt: skip


def test_only_overdue_measures_are_listed_with_the_name_of_their_field(con: duckdb.DuckDBPyConnection) -> None:
    assert con.execute("select massnahme_nr, handlungsfeld, am_stand from marts.massnahme_ueberfaellig").fetchall() == [
        ("1", "Arbeit", True)
    ]


def worked_queries() -> list[str]:
    """The queries of the handbook's section on the usual questions."""
    abschnitt = (
        (WURZEL / "docs/handbuch.md").read_text(encoding="utf-8").split("## Übliche Fragen in SQL")[1].split("\n## ")[0]
    )
    return re.findall(r"```sql\n(.*?)```", abschnitt, re.DOTALL)


def test_the_worked_queries_of_the_handbook_answer_their_questions(con: duckdb.DuckDBPyConnection) -> None:
    anteil, gebiete, reihe, ueberfaellig = worked_queries()
    assert ("Lünen", STICHTAGE[1], 30.0) in con.execute(anteil).fetchall()
    assert con.execute(gebiete).fetchall()[:2] == [("Ährenfeld", 40.0), ("Niederaden", 15.0)]
    assert con.execute(reihe).fetchall() == [(date(2021, 6, 30), 87815.0, "anzahl", "ok")]
    assert [z[:2] for z in con.execute(ueberfaellig).fetchall()] == [("Arbeit", "Kurs")]


def test_a_file_of_the_first_version_can_read_the_views() -> None:
    """Words that DuckDB 1.0 does not know, or that later versions read otherwise."""
    for pfad in Path(WURZEL / "sql/ansichten").glob("*.sql"):
        anweisung = re.sub(r"--.*", "", pfad.read_text(encoding="utf-8"))
        assert not re.search(r"\blambda\b|->", anweisung), pfad.name
