"""What a reader takes along: every published row once, what is protected stays empty, described so that machines can check it."""

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from pipelines.eingang.open_sdg.check_folder import check_folder
from pipelines.foundation.findings import Schwere
from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.bericht.mitnehmen.datapackage import DEZIMAL, LISTE
from pipelines.veroeffentlichung.bericht.write import write_berichte
from pipelines.veroeffentlichung.withdraw import remove_reports
from schemas.tabellen.registry import VEROEFFENTLICHT
from tests.lib.published import create_published
from tests.unit.veroeffentlichung.test_bericht import publish
from tests.unit.veroeffentlichung.test_bericht_saetze import LEER
from tests.unit.veroeffentlichung.test_mappe import DATEN

MH = "daten/marts_migrationshintergrund.csv"


@pytest.fixture(scope="module")
def ablage(tmp_path_factory: pytest.TempPathFactory) -> Ablage:
    ablage = publish(tmp_path_factory.mktemp("mitnehmen"), DATEN)
    write_berichte(ablage)
    return ablage


@pytest.fixture(scope="module")
def archiv(ablage: Ablage) -> zipfile.ZipFile:
    return zipfile.ZipFile(ablage.marts / "bericht" / "luenen.zip")


def table(archiv: zipfile.ZipFile, pfad: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archiv.read(pfad).decode("utf-8")), delimiter=";"))


def as_value(text: str, typ: str) -> Any:
    """A cell of the CSV as the value of the file; an empty text and no text look alike."""
    if text == "":
        return None
    wandle: dict[str, Any] = {
        "BIGINT": int, "DOUBLE": lambda t: float(t.replace(DEZIMAL, ".")), "BOOLEAN": lambda t: t == "true",
        "DATE": date.fromisoformat, "VARCHAR[]": lambda t: t.split(LISTE),
    }  # fmt: skip
    return wandle.get(typ, str)(text)


def test_every_published_row_of_the_town_is_in_the_archive_and_no_other(
    ablage: Ablage, archiv: zipfile.ZipFile
) -> None:
    verglichen = 0
    with duckdb.connect(str(ablage.publikation), read_only=True) as con:
        for t in VEROEFFENTLICHT:
            if "kommune" not in t.namen or t.schema not in ("marts", "dim"):
                continue
            felder, schluessel = ", ".join(t.namen), ", ".join(t.schluessel)
            zeilen = con.execute(
                f"select {felder} from {t.voll} where kommune = 'luenen' order by {schluessel}"
            ).fetchall()
            pfad = f"daten/{t.schema}_{t.name}.csv"
            if not zeilen:
                assert pfad not in archiv.namelist()
                continue
            gelesen = [tuple(as_value(z[s.name], s.typ) for s in t.spalten) for z in table(archiv, pfad)]
            assert gelesen == [tuple(None if w in ("", []) else w for w in z) for z in zeilen], t.voll
            verglichen += 1
    assert verglichen >= 6


def test_parquet_holds_the_rows_of_the_file_with_their_types_and_says_what_columns_mean(
    ablage: Ablage, archiv: zipfile.ZipFile
) -> None:
    namen = [n for n in archiv.namelist() if n.endswith(".parquet")]
    assert [n.split("/")[1].split(".")[0] for n in namen] == [
        n.split("/")[1].split(".")[0] for n in archiv.namelist() if n.startswith("daten/")
    ]
    pfad = MH.replace("daten/", "daten_parquet/").replace(".csv", ".parquet")
    tabelle = pq.read_table(io.BytesIO(archiv.read(pfad)))
    with duckdb.connect(str(ablage.publikation), read_only=True) as con:
        (mh,) = [t for t in VEROEFFENTLICHT if t.voll == "marts.migrationshintergrund"]
        frage = (
            f"select {', '.join(mh.namen)} from {mh.voll} where kommune = 'luenen' order by {', '.join(mh.schluessel)}"
        )
        assert tabelle.to_pylist() == con.execute(frage).to_arrow_table().to_pylist()
    assert tabelle.schema.field("anteil_mh").type == pa.float64()
    assert b"Einheit:" in tabelle.schema.field("anteil_mh").metadata[b"description"]
    (wethmar,) = [z for z in tabelle.to_pylist() if z["gebiet"] == "Wethmar"]
    assert (wethmar["personen_mit_mh"], wethmar["anteil_mh"]) == (None, None)


def test_a_protected_value_is_empty_and_says_why(archiv: zipfile.ZipFile) -> None:
    (wethmar,) = [z for z in table(archiv, MH) if z["gebiet"] == "Wethmar"]
    assert (wethmar["personen_mit_mh"], wethmar["anteil_mh"], wethmar["status"]) == ("", "", "geheim")


def test_nothing_of_the_protocol_of_checks_and_revisions_is_handed_out(archiv: zipfile.ZipFile) -> None:
    assert not [n for n in archiv.namelist() if "protokoll" in n]


def test_the_description_names_every_file_with_its_columns_in_order_and_their_units(archiv: zipfile.ZipFile) -> None:
    paket = json.loads(archiv.read("datapackage.json"))
    assert sorted(r["path"] for r in paket["resources"]) == sorted(
        n for n in archiv.namelist() if n.startswith(("daten/", "daten_parquet/"))
    )
    for r in paket["resources"]:
        if r["format"] == "parquet":
            continue
        zeilen = table(archiv, r["path"])
        assert len(zeilen) == r["rowcount"]
        assert [f["name"] for f in r["schema"]["fields"]] == list(zeilen[0])
    assert any("erzeugt" in q["title"] or "erfunden" in q["title"] for q in paket["sources"])
    (mh,) = [r for r in paket["resources"] if r["path"] == MH]
    anteil = next(f for f in mh["schema"]["fields"] if f["name"] == "anteil_mh")
    assert (anteil["type"], anteil["decimalChar"]) == ("number", ",")
    assert "Einheit:" in anteil["description"]


def test_each_picture_is_there_as_svg_and_png(archiv: zipfile.ZipFile) -> None:
    namen = {n.removeprefix("bilder/") for n in archiv.namelist() if n.startswith("bilder/")}
    assert namen == {f"{n}.{e}" for n in ("gebiete-stadtteil", "zeitreihe", "alter") for e in ("svg", "png")}
    assert archiv.read("bilder/zeitreihe.png").startswith(b"\x89PNG")
    assert archiv.read("bilder/zeitreihe.svg").startswith(b"<svg")


def test_the_same_figures_make_the_same_archive(ablage: Ablage) -> None:
    datei = ablage.marts / "bericht" / "luenen.zip"
    vorher = datei.read_bytes()
    write_berichte(ablage, ("luenen",))
    assert datei.read_bytes() == vorher


def test_a_town_without_anything_has_an_archive_that_opens(tmp_path: Path) -> None:
    ablage = publish(tmp_path, LEER)
    write_berichte(ablage)
    with zipfile.ZipFile(ablage.marts / "bericht" / "luenen.zip") as archiv:
        assert archiv.testzip() is None
        assert "LIESMICH.txt" in archiv.namelist()


def test_an_archive_goes_with_the_reports_when_a_release_is_withdrawn(tmp_path: Path) -> None:
    ablage = publish(tmp_path, LEER)
    write_berichte(ablage)
    remove_reports(ablage, {"index", "leerstadt"})
    assert sorted(p.name for p in (ablage.marts / "bericht").iterdir()) == [
        "index.html", "leerstadt.html", "leerstadt.xlsx", "leerstadt.zip",
    ]  # fmt: skip


@pytest.mark.skipif(not shutil.which("frictionless"), reason="frictionless is not installed (pip install frictionless)")
def test_frictionless_finds_nothing_in_the_archive_of_a_town_as_it_is_published(tmp_path: Path) -> None:
    daten = create_published(tmp_path / "daten", "kleinstadt")
    with zipfile.ZipFile(daten / "marts/bericht/kleinstadt.zip") as archiv:
        archiv.extractall(tmp_path / "archiv")
    lauf = subprocess.run(
        ["frictionless", "validate", "datapackage.json"],
        cwd=tmp_path / "archiv",
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert lauf.returncode == 0, lauf.stdout[-2000:]
    assert (tmp_path / "archiv/daten/marts_tabellenwert.csv").exists()


def test_the_tables_with_comma_and_point_hold_the_same(archiv: zipfile.ZipFile) -> None:
    deutsche = [n for n in archiv.namelist() if n.startswith("daten/")]
    assert len(deutsche) >= 6
    for name in deutsche:
        andere = archiv.read(name.replace("daten/", "daten_international/", 1)).decode("utf-8")
        gelesen = list(csv.reader(io.StringIO(andere)))
        erwartet = list(csv.reader(io.StringIO(archiv.read(name).decode("utf-8")), delimiter=";"))
        zahl = re.compile(r"-?\d+,\d+(e-\d+)?")
        assert gelesen == [[w.replace(",", ".") if zahl.fullmatch(w) else w for w in z] for z in erwartet]


def test_an_open_indicator_site_can_take_the_indicators_as_they_are(tmp_path: Path) -> None:
    mh = [z | {"ist_hauptdefinition": z["profil"] == "luenen_2021"} for z in DATEN["marts.migrationshintergrund"]]
    haus = publish(tmp_path / "daten", DATEN | {"marts.migrationshintergrund": mh})
    write_berichte(haus)
    with zipfile.ZipFile(haus.marts / "bericht" / "luenen.zip") as archiv:
        archiv.extractall(tmp_path)
    ergebnis = check_folder(tmp_path / "open_sdg")
    assert [b.text() for b in ergebnis.befunde if b.schwere is not Schwere.hinweis] == []
    assert ergebnis.dateien == 2
    (quote,) = [d for d in (tmp_path / "open_sdg/data").iterdir() if d.name == "indicator_1-1-1.csv"]
    zeilen = list(csv.DictReader(quote.read_text(encoding="utf-8").splitlines()))
    assert [(z["Year"], z["Geschlecht"], z["Value"], z["Units"]) for z in zeilen] == [
        ("2020", "", "33.7", "Prozent"), ("2021", "", "34.4", "Prozent"), ("2021", "weiblich", "33.1", "Prozent"),
    ]  # fmt: skip
    assert zeilen[1]["COMMENT_OBS"] == "Stichtag 30.06.2021; Beispieldaten"
    meta = yaml.safe_load((tmp_path / "open_sdg/meta/1-1-1.md").read_text(encoding="utf-8").split("---")[1])
    assert (meta["indicator_name"], meta["source_organisation_1"]) == ("Beschäftigtenquote", "Amt <b>")
