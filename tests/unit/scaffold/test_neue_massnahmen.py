"""Where a new measure status sheet is put, for which concept, and with which state.

Here belong places and refusals; the workbook itself is tested in test_massnahmen_mappe.py.
"""

import re
import shutil
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage
from pipelines.refresh.news import neuigkeiten
from pipelines.scaffold.kommune import create
from pipelines.scaffold.massnahmen import create_massnahmen_workbook, naechste_schritte
from tests.conftest import ROH
from tests.unit.scaffold.test_massnahmen_mappe import rows


@pytest.fixture
def ablage(tmp_path: Path) -> Ablage:
    for name in ("steinfurt", "luenen", "mettmann"):
        ordner = tmp_path / "raw" / name
        ordner.mkdir(parents=True)
        (ordner / "konzept.yaml").write_bytes((ROH / name / "konzept.yaml").read_bytes())
    (tmp_path / "raw" / "ohne").mkdir()
    return Ablage(tmp_path).create_folders()


def test_die_leere_mappe_liegt_nicht_bei_den_lieferungen(ablage: Ablage) -> None:
    datei = create_massnahmen_workbook(ablage, "steinfurt", None, None, mit_stand=False)
    assert datei == ablage.roh / "steinfurt/massnahmen/vorlage/massnahmen_steinfurt_2018.xlsx"
    assert len(rows(datei)) == 28
    vorher = datei.read_bytes()
    with pytest.raises(KonfigurationsFehler, match="gibt es schon"):
        create_massnahmen_workbook(ablage, "steinfurt", None, None, mit_stand=False)
    assert datei.read_bytes() == vorher


def test_ein_eigener_ort_darf_nicht_der_ordner_der_lieferungen_sein(ablage: Ablage, tmp_path: Path) -> None:
    ziel = create_massnahmen_workbook(ablage, "luenen", "luenen_2007", tmp_path / "x" / "m.xlsx", mit_stand=False)
    assert ziel == tmp_path / "x" / "m.xlsx"
    in_ordner = create_massnahmen_workbook(ablage, "luenen", None, tmp_path / "x", mit_stand=False)
    assert in_ordner == tmp_path / "x" / "massnahmen_luenen_kim_2021.xlsx"
    for falsch, grund in ((ablage.roh / "luenen/massnahmen/m.xlsx", "eingelesen"), (tmp_path / "m.ods", "XLSX")):
        with pytest.raises(KonfigurationsFehler, match=grund):
            create_massnahmen_workbook(ablage, "luenen", None, falsch, mit_stand=False)
        assert not falsch.exists()


@pytest.mark.parametrize(
    ("kommune", "konzept", "grund"),
    [
        ("steinfort", None, "»steinfort« gibt es nicht. Ähnlich: »steinfurt«"),
        ("ohne", None, "keine konzept.yaml"),
        ("luenen", "luenen_2015", "gibt es bei luenen nicht. Ähnlich"),
        ("mettmann", "mettmann_2007", "nennt weder Handlungsfelder noch Maßnahmen"),
    ],
)
def test_unbekanntes_wird_beim_namen_genannt(ablage: Ablage, kommune: str, konzept: str | None, grund: str) -> None:
    with pytest.raises(KonfigurationsFehler, match=grund):
        create_massnahmen_workbook(ablage, kommune, konzept, None, mit_stand=False)


def test_mit_stand_kommt_der_letzte_veroeffentlichte_stand_jeder_massnahme(ablage: Ablage) -> None:
    with pytest.raises(KonfigurationsFehler, match="monitoring refresh"):
        create_massnahmen_workbook(ablage, "steinfurt", None, None, mit_stand=True)
    con = duckdb.connect(str(ablage.publikation))
    con.execute("create schema marts")
    con.execute(
        "create table marts.massnahme as select 'steinfurt' as kommune, 'steinfurt_2018' as konzept, nr as massnahme_nr, "
        "feld as handlungsfeld, titel, 'Amt' as verantwortlich, status, 'gelb' as risiko, stand from (values "
        "('1.1', 'S1', 'Transparenz', 'geplant', date '2019-12-31'), ('1.1', 'S1', 'Transparenz', 'laufend', date '2021-12-31'), "
        "('1.2', 'S1', 'Veranstaltung', 'geplant', date '2019-12-31'), "
        "('5.2', 'S5', 'Vereine und Gruppen in Cafés einladen', 'geplant', date '2019-12-31'), "
        "('5.7', 'S5', 'Vereine und Gruppen in Cafés einladen', 'laufend', date '2021-12-31')) "
        "as v(nr, feld, titel, status, stand)"
    )
    con.execute(
        "create table marts.vorlage as select 'steinfurt' as kommune, 'steinfurt_2018' as konzept, 'V-1' as vorlage_nr, "
        "date '2021-07-21' as datum, 'Titel' as titel, 'positiv' as vereinbarkeit, null::varchar as begruendung"
    )
    con.close()
    datei = create_massnahmen_workbook(ablage, "steinfurt", None, None, mit_stand=True)
    assert datei.name == "massnahmen_steinfurt_2018_2021-12-31.xlsx"
    alle = rows(datei)
    assert {nr: alle[nr]["Status"] for nr in ("1.1", "1.2", "1.3")} == {"1.1": "laufend", "1.2": "geplant", "1.3": None}
    assert "5.2" not in alle  # goes on as 5.7
    assert alle["5.7"]["Status"] == "laufend"
    assert load_workbook(datei)["Vorlagen"]["A5"].value == "V-1"
    with pytest.raises(KonfigurationsFehler, match="kein Maßnahmenstand veröffentlicht"):
        create_massnahmen_workbook(ablage, "luenen", None, None, mit_stand=True)


def test_a_newcomer_is_told_what_is_missing_until_the_sheet_is_read(tmp_path: Path) -> None:
    """The municipality `monitoring new` lays out, its example concept, a filled-in sheet: nothing may be left to guess."""
    ablage = Ablage(tmp_path).create_folders()
    (ablage.roh / "referenz").mkdir(parents=True)
    shutil.copytree(ROH / "referenz", ablage.roh / "referenz", dirs_exist_ok=True)
    create(ablage, "neustadt")
    ordner = ablage.roh / "neustadt"
    for name in ("kommune.yaml", "gebiete.csv"):
        text = (ordner / name).read_text(encoding="utf-8")
        (ordner / name).write_text(text.replace("99999999", "05999001"), encoding="utf-8")
    (ordner / "konzept_beispiel.yaml").rename(ordner / "konzept.yaml")
    mappe = create_massnahmen_workbook(ablage, "neustadt", None, None, mit_stand=False)
    assert "fehlt in kommune.yaml noch die Quelle quellen.massnahmen" in naechste_schritte(ablage, "neustadt")
    yaml = ordner / "kommune.yaml"
    vor, _, beispiel = yaml.read_text(encoding="utf-8").partition("  # massnahmen:\n")
    yaml.write_text(f"{vor}  massnahmen:\n" + re.sub(r"(?m)^  # ", "  ", beispiel), encoding="utf-8")
    assert "fehlt" not in naechste_schritte(ablage, "neustadt")
    shutil.copy(mappe, ordner / "massnahmen" / "massnahmen_2024-12-31.xlsx")
    neues = neuigkeiten(ablage)
    assert [li.art for li in neues.neu] == ["massnahmen"]
    assert [m.text for m in neues.befunde] == []  # nor is the folder of empty sheets told every night
