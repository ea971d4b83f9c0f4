"""The catalogue's rows, the statements over them and the page of the handbook say what the catalogue says.

Here belongs what is made of indikatoren.yaml; the file itself and its errors are tested in test_katalog.py.
"""

from typing import Any, get_args

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.foundation.storage import Ablage
from pipelines.pages import indikatoren as doku
from pipelines.stamm.katalog import katalog
from pipelines.stamm.katalog.herleitung import ARTEN, FromLieferung
from pipelines.stamm.katalog.katalog import GRUPPEN, Katalog
from pipelines.stamm.katalog.load import load_katalog
from pipelines.stamm.kommune import ALTERSGRUPPEN
from pipelines.stamm.tables.indikator import SCHEMATA_INDIKATOR, zeilen_indikator
from pipelines.stamm.tables.konzept import SCHEMATA_KONZEPT, zeilen_konzept
from pipelines.steps.sql_step import SqlStep, sql_steps
from schemas.spalten import indikator as spalten
from schemas.tabellen.indikator import DIM_INDIKATOR, DIM_INDIKATOR_FELD, INDIKATOREN
from tests.conftest import ROH

KOMMUNEN = ("neumuenster", "luenen", "steinfurt", "mettmann", "neuss")
TYPEN = {
    "string": "VARCHAR",
    "int64": "BIGINT",
    "double": "DOUBLE",
    "bool": "BOOLEAN",
    "list<element: string>": "VARCHAR[]",
}


@pytest.fixture(scope="module")
def echt() -> Katalog:
    """The catalogue of the repository."""
    return load_katalog(Ablage(ROH.parent))


def test_the_vocabulary_lists_what_the_file_may_say() -> None:
    assert get_args(katalog.Einheit) == spalten.EINHEITEN_INDIKATOR
    assert get_args(katalog.Richtung) == spalten.RICHTUNGEN
    assert get_args(katalog.Gliederung) == spalten.GLIEDERUNGEN
    assert get_args(katalog.Periodizitaet) == spalten.PERIODEN
    assert get_args(katalog.Gruppe) == spalten.GRUPPEN_INDIKATOR == tuple(GRUPPEN)
    # What the register gives of a delivery's entry is a way of its own.
    assert {*ARTEN, "registerreihe"} == set(spalten.HERLEITUNGEN)
    assert set(doku.EINHEIT) == set(spalten.EINHEITEN_INDIKATOR)


def test_rows_have_exactly_the_columns_of_their_table(echt: Katalog) -> None:
    zeilen = zeilen_indikator(echt, [("luenen", ALTERSGRUPPEN)])
    assert set(zeilen) == set(SCHEMATA_INDIKATOR)
    for name, schema in SCHEMATA_INDIKATOR.items():
        assert {frozenset(z) for z in zeilen[name]} == {frozenset(schema)}, name


def test_what_the_register_gives_is_no_delivery(echt: Katalog) -> None:
    je = {z["indikator"]: z for z in zeilen_indikator(echt, [])["indikator"]}
    assert {i for i, z in je.items() if z["herleitung"] == "registerreihe"} == {
        i for i, z in je.items() if z["registerreihe"] and z["herleitung"] != "wuerfel"
    }
    assert {je[i]["herleitung"] for i in je if i.startswith("reg_")} == {"registerreihe"}
    # The page counts them as the table does.
    zeile = next(z for z in doku.indikatorenseite().splitlines() if z.startswith(f"| {echt.themen['recht']} |"))
    recht = [z["herleitung"] for z in je.values() if z["thema"] == "recht"]
    assert zeile.split(" | ")[2:] == [str(recht.count("registerreihe")), "–", f"{recht.count('lieferung')} |"]


def test_a_count_that_rates_are_made_of_is_delivered_once_for_itself_and_for_them(echt: Katalog) -> None:
    lieferungen = [(i, h) for i in echt.indikatoren if isinstance(h := i.herleitung, FromLieferung)]
    je_text = {i.zaehler: h.zaehler for i, h in lieferungen if h.zaehler}
    anzahlen = {
        i.id: (h.merkmal, je_text[i.zaehler]) for i, h in lieferungen if i.einheit == "anzahl" and i.zaehler in je_text
    }
    assert anzahlen["recht_einb"] == ("einbuergerungen", "einbuergerungen")
    assert [i for i, (geliefert, in_quoten) in anzahlen.items() if geliefert != in_quoten] == []


@pytest.fixture(scope="module")
def dim(echt: Katalog, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """The published tables of the catalogue, with the columns and types of the vocabulary."""
    ablage = Ablage(tmp_path_factory.mktemp("katalog") / "data").create_folders()
    zeilen = zeilen_indikator(echt, []) | {
        name: zeilen
        for name, zeilen in zeilen_konzept([(k, ROH / k) for k in KOMMUNEN]).items()
        if name in ("handlungsfeld", "leitziel_indikator", "leitziel")
    }
    felder_konzept = {n: f for n, f in SCHEMATA_KONZEPT.items() if n in zeilen}
    for name, felder in {**SCHEMATA_INDIKATOR, **felder_konzept}.items():
        with ablage.neu(ablage.tabelle("stamm", name)) as neu:
            pq.write_table(pa.Table.from_pylist(zeilen[name], schema=pa.schema(felder)), neu)
    alle: dict[str, SqlStep] = {f"{s.schema}.{s.name}": s for s in sql_steps()}
    for tabelle in INDIKATOREN:
        alle[tabelle.voll].write(ablage)
    return {
        t.voll: pq.read_table(ablage.tabelle(t.schema, t.name)).to_pylist()
        for t in INDIKATOREN
        if _form(ablage, t.voll)
    }


def _form(ablage: Ablage, name: str) -> bool:
    tabelle = next(t for t in INDIKATOREN if t.voll == name)
    schema = pq.read_schema(ablage.tabelle(tabelle.schema, tabelle.name))
    return [(f.name, TYPEN[str(f.type)]) for f in schema] == [(s.name, s.typ) for s in tabelle.spalten]


@pytest.mark.parametrize("tabelle", INDIKATOREN, ids=lambda t: t.voll)
def test_published_tables_keep_the_vocabulary(dim: dict[str, list[dict[str, Any]]], tabelle: Any) -> None:
    zeilen = dim[tabelle.voll]
    schluessel = [tuple(z[s] for s in tabelle.schluessel) for z in zeilen]
    assert len(set(schluessel)) == len(schluessel)
    assert schluessel == sorted(schluessel)
    assert {s for z in zeilen for s, wert in z.items() if wert is None} <= tabelle.leer_erlaubt
    for s in tabelle.spalten:
        if s.werte:
            assert {z[s.name] for z in zeilen} - {None} <= set(s.werte), s.name


def test_every_indicator_and_every_note_is_published(echt: Katalog, dim: dict[str, list[dict[str, Any]]]) -> None:
    zeilen = {z["indikator"]: z for z in dim[DIM_INDIKATOR.voll]}
    assert set(zeilen) == {i.id for i in echt.indikatoren}
    for i in echt.indikatoren:
        assert zeilen[i.id]["beachten"] == [echt.hinweise[h] for h in i.hinweise]
    assert zeilen["dem_mh_u18"]["zaehler_filter"] == "alter < 18"
    assert zeilen["recht_einb2"]["nennerversatz"] == -1
    assert zeilen["arb_alq_abst"]["formel"] == "arb_alq.auslaender - arb_alq.insgesamt"
    assert not zeilen["kita_u3"]["nach_geschlecht"]


def test_every_mapping_is_published_for_the_municipality_that_has_the_concept(
    echt: Katalog, dim: dict[str, list[dict[str, Any]]]
) -> None:
    zeilen = dim[DIM_INDIKATOR_FELD.voll]
    assert len(zeilen) == sum(len(codes) for i in echt.indikatoren for codes in i.handlungsfelder.values())
    assert {z["kommune"] for z in zeilen} == set(KOMMUNEN)
    assert all(z["vorschlag"] for z in zeilen)


def test_the_catalogue_page_is_current() -> None:
    assert doku.ZIEL.read_text(encoding="utf-8") == doku.indikatorenseite()


def test_the_page_names_every_indicator_and_no_missing_value(echt: Katalog) -> None:
    seite = doku.indikatorenseite()
    for i in echt.indikatoren:
        assert f"### {i.name}\n\n`{i.id}` · {i.definition}" in seite
    assert "None" not in seite
