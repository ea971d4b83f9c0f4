"""The vocabulary and what is derived from it: pandera in two backends, comments, data dictionary."""

import random
from datetime import date
from pathlib import Path

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.foundation.storage import Ablage
from pipelines.steps.checks import check_schema
from schemas import dictionary_page as doku
from schemas import validate as rahmen
from schemas.model import STATUS, Spalte, Tabelle
from schemas.spalten.common import SPALTEN
from schemas.spalten.person import PERSON
from schemas.tabellen.registry import TABELLEN, VEROEFFENTLICHT
from schemas.tabellen.wuerfel import PERSONEN
from schemas.validate import als_pandas, check_pandas, check_parquet, check_polars
from tests.lib.literal_tables import lay

KLEIN = Tabelle(
    "marts", "klein", "Klein", "Zum Prüfen.", ("a",),
    (
        Spalte("a", "BIGINT", "A", "Zahl.", minimum=0, maximum=9),
        Spalte("b", "VARCHAR", "B", "Wort.", werte=("x", "y")),
        Spalte("c", "VARCHAR", "C", "Muster.", muster=r"\d{3}"),
        Spalte("d", "DOUBLE", "D", "Anteil.", minimum=0.0, maximum=1.0),
    ),
    leer_erlaubt=frozenset({"c", "d"}),
)  # fmt: skip
GUT = {"a": [1, 2], "b": ["x", "y"], "c": ["001", None], "d": [0.5, None]}


def pandas_rahmen(daten: dict) -> pd.DataFrame:
    return als_pandas(KLEIN, pd.DataFrame(daten))


def test_sound_frame_passes_both_backends() -> None:
    assert check_pandas(KLEIN, pandas_rahmen(GUT)) == []
    assert check_polars(KLEIN, pl.DataFrame(GUT)) == []


@pytest.mark.parametrize(
    ("spalten", "falsch"),
    [
        (("a", "b", "c", "d"), set()),
        (("a", "b", "d"), {("c", "spalte_fehlt")}),
        (("a", "b", "c", "d", "e"), {("e", "spalte_nicht_erklaert")}),
        (("b", "a", "c", "d"), {("a", "spalte_am_falschen_platz"), ("b", "spalte_am_falschen_platz")}),
    ],
)
def test_a_table_without_rows_has_the_declared_columns_all_the_same(spalten: tuple[str, ...], falsch: set) -> None:
    leer = als_pandas(KLEIN, pd.DataFrame({s: [] for s in spalten}))
    assert {(v.spalte, v.regel) for v in check_pandas(KLEIN, leer)} == falsch


@pytest.mark.parametrize("daten", [dict.fromkeys(KLEIN.namen, ()), GUT])
def test_columns_have_the_declared_types_with_rows_or_without(daten: dict) -> None:
    falsch = pandas_rahmen(daten).astype({"a": "float64"})
    assert [(v.spalte, v.regel) for v in check_pandas(KLEIN, falsch)] == [("a", "dtype")]


@pytest.mark.parametrize(
    ("spalte", "werte", "regel"),
    [
        ("a", [1, 10], "maximum"),
        ("a", [-1, 2], "minimum"),
        ("b", ["x", "z"], "werteliste"),
        ("b", ["x", None], "not_nullable"),
        ("c", ["1", "002"], "muster"),
        ("c", ["0012", "002"], "muster"),
        ("d", [1.5, 0.1], "maximum"),
    ],
)
def test_each_kind_of_rule_is_found_by_both_backends(spalte: str, werte: list, regel: str) -> None:
    daten = GUT | {spalte: werte}
    for verletzungen in (check_pandas(KLEIN, pandas_rahmen(daten)), check_polars(KLEIN, pl.DataFrame(daten))):
        assert [(v.spalte, v.regel, v.anzahl) for v in verletzungen] == [(spalte, regel, 1)]


def test_all_violations_are_reported_at_once() -> None:
    daten = {"a": [1, 99], "b": ["q", "x"], "c": ["1", "12"], "d": [2.0, 3.0]}
    gefunden = {(v.spalte, v.anzahl) for v in check_pandas(KLEIN, pandas_rahmen(daten))}
    assert gefunden == {("a", 1), ("b", 1), ("c", 2), ("d", 2)}


def test_duplicate_key_unknown_column_and_missing_column_fail() -> None:
    assert check_pandas(KLEIN, pandas_rahmen(GUT | {"a": [1, 1]}))
    assert check_pandas(KLEIN, pandas_rahmen(GUT | {"fremd": [1, 1]}))
    assert check_pandas(KLEIN, pandas_rahmen({k: v for k, v in GUT.items() if k != "b"}))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.one_of(st.integers(-2, 12)),
            st.sampled_from(["x", "y", "z", None]),
            st.sampled_from(["001", "12", "abcd", None]),
            st.one_of(st.none(), st.floats(-0.5, 1.5)),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_both_backends_find_the_same_rows(zeilen: list[tuple]) -> None:
    daten = {name: [z[i] for z in zeilen] for i, name in enumerate("abcd")}
    schema = {"a": pl.Int64, "b": pl.String, "c": pl.String, "d": pl.Float64}
    pandas_gefunden = {
        (v.spalte, v.regel, v.anzahl, v.positionen)
        for v in check_pandas(KLEIN, pandas_rahmen(daten))
        if v.regel != "multiple_fields_uniqueness"
    }
    polars_gefunden = {
        (v.spalte, v.regel, v.anzahl, v.positionen)
        for v in check_polars(KLEIN, pl.DataFrame(daten, schema=schema), beispiele=None)
    }
    assert pandas_gefunden == polars_gefunden


def _personen(anzahl: int, kaputt: set[int]) -> pl.DataFrame:
    zufall = random.Random(1)
    zeilen = []
    for n in range(anzahl):
        zeilen.append(
            {
                "zeile": n + 2, "pseudonym": f"{zufall.getrandbits(128):032x}", "gebiet_id": "01",
                "geschlecht": "q" if n in kaputt else "w", "geburtsjahr": 1980, "geburtstag": date(1980, 1, 1),
                "alter_ersetzt": False, "alter": 40, "altersgruppe": "30-44", "sta_1": "000", "sta_2": None,
                "sta_3": None, "art_dt_sta": None, "geburtsstaat": None, "zuzug_staat": None, "zuzug_tag": None,
                "eltern_genannt": 0, "eltern_1_zeile": None, "eltern_2_zeile": None, "eltern_1_gleiche_adresse": None,
                "eltern_2_gleiche_adresse": None,
            }
        )  # fmt: skip
    typen = {"VARCHAR": pl.String, "BIGINT": pl.Int64, "SMALLINT": pl.Int16, "TINYINT": pl.Int8, "BOOLEAN": pl.Boolean,
             "DATE": pl.Date}  # fmt: skip
    return pl.DataFrame(zeilen, schema={s.name: typen[s.typ] for s in PERSONEN.spalten})


def test_persons_are_validated_in_chunks_and_counts_add_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rahmen, "ZEILEN_JE_STUECK", 100)
    datei = tmp_path / "p.parquet"
    _personen(1000, {5, 150, 151, 999}).write_parquet(datei)
    groessen = [r.height for _, r in rahmen.stuecke(datei)]
    assert sum(groessen) == 1000
    assert max(groessen) <= 100
    assert [(v.spalte, v.regel, v.anzahl, v.positionen) for v in check_parquet(PERSONEN, datei)] == [
        ("geschlecht", "werteliste", 4, (5, 150, 151, 999))
    ]


def test_no_person_level_column_is_published() -> None:
    nur_person = {s.name for s in PERSON} - set(SPALTEN)
    assert {"pseudonym", "zeile", "geburtstag"} <= nur_person
    for t in VEROEFFENTLICHT:
        assert not nur_person & set(t.namen), t.voll


@pytest.mark.parametrize("name", sorted(TABELLEN))
def test_every_table_explains_itself(name: str) -> None:
    t = TABELLEN[name]
    assert set(t.schluessel) <= set(t.namen)
    assert t.leer_erlaubt <= set(t.namen) - set(t.schluessel)
    assert all(len(s.kommentar()) > 15 for s in t.spalten)


def test_same_name_has_same_type_everywhere() -> None:
    typen: dict[str, set[str]] = {}
    for t in VEROEFFENTLICHT:
        for s in t.spalten:
            typen.setdefault(s.name, set()).add(s.typ)
    assert {n: t for n, t in typen.items() if len(t) > 1} == {}


def test_data_dictionary_is_current() -> None:
    assert doku.ZIEL.read_text(encoding="utf-8") == doku.datenwoerterbuch(), "run: make doku"


# What `status` says of the figure, and which further figures are missing without a word: the gate of every published table.
WERTE = Tabelle(
    "marts", "werte", "Werte", "Zum Prüfen.", ("a",),
    (Spalte("a", "BIGINT", "A", "Zahl."), Spalte("zahl", "DOUBLE", "Z", "Zahl."), Spalte("neben", "DOUBLE", "N", "Zahl."),
     SPALTEN["status"], SPALTEN["hinweise"]),
    leer_erlaubt=frozenset({"zahl", "neben"}), zahl=("zahl",), nebenzahlen=("neben",),
)  # fmt: skip


@pytest.mark.parametrize(
    ("zahl", "neben", "status", "hinweise", "regeln"),
    [
        (1.0, 2.0, "ok", [], []),
        (None, 2.0, "ok", [], ["fehlt_trotz_status"]),
        *((None, 2.0, s, [s], ["fehlt_trotz_status"]) for s in ("geschaetzt", "vorlaeufig", "korrigiert", "gerundet")),
        (None, None, "keine_daten", ["keine_daten"], []),
        (1.0, 2.0, "keine_daten", ["keine_daten"], ["da_trotz_status"]),
        (1.0, 2.0, "bruch", ["bruch"], []),
        (1.0, None, "ok", [], ["fehlt_ohne_hinweis"]),
        (1.0, None, "ok", ["geheim"], ["fehlt_ohne_hinweis"]),
        (1.0, None, "ok", ["geheim", "geheim:neben"], []),
        (None, None, "zu_klein", ["zu_klein"], []),
    ],
)
def test_a_status_that_does_not_fit_its_figure_is_found(
    zahl: float | None, neben: float | None, status: str, hinweise: list[str], regeln: list[str]
) -> None:
    gut = {"a": 1, "zahl": 1.0, "neben": 1.0, "status": "ok", "hinweise": []}
    zeile = {"a": 2, "zahl": zahl, "neben": neben, "status": status, "hinweise": hinweise}
    gefunden = check_pandas(WERTE, als_pandas(WERTE, pd.DataFrame([gut, zeile])))
    assert [v.regel for v in gefunden] == regeln
    assert all(v.positionen == (1,) for v in gefunden)


def test_every_published_table_whose_status_speaks_of_a_figure_says_which() -> None:
    ohne = [t.voll for t in VEROEFFENTLICHT if t.has_value_status and not t.zahl]
    assert ohne == [], "declare zahl: the gate of publication then covers the table"
    assert {"marts.tabellenwert", "marts.migrationshintergrund"} <= {t.voll for t in VEROEFFENTLICHT if t.zahl}
    for t in VEROEFFENTLICHT:
        assert {*t.zahl, *t.nebenzahlen} <= {*t.namen}, t.voll
        # A row of deliveries or measures has a status of its own kind.
        assert not t.zahl or t.has_value_status, t.voll


def test_every_published_table_with_figures_says_whether_they_are_invented() -> None:
    for t in VEROEFFENTLICHT:
        if t.zahl:
            assert "beispieldaten" in t.namen, t.voll
        assert "beispieldaten" not in t.leer_erlaubt, t.voll


def test_a_row_that_rests_on_an_invented_delivery_and_does_not_say_so_is_found(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path).create_folders()
    lay(
        ablage,
        "eingang.lieferung",
        {"lieferung_id": "echt", "synthetisch": False},
        {"lieferung_id": "erfunden", "synthetisch": True},
    )
    gut = {"wert": 1.0, "gedruckt": "1", "staat": "insgesamt", "profil": "-"}
    lay(ablage, "marts.tabellenwert", gut | {"lieferung_id": "echt"},
         gut | {"lieferung_id": "erfunden", "gebiet_id": "02", "beispieldaten": True})  # fmt: skip
    assert check_schema(ablage, "marts", "tabellenwert").bestanden
    lay(ablage, "marts.tabellenwert", gut | {"lieferung_id": "erfunden", "gebiet_id": "02"})
    (fall,) = check_schema(ablage, "marts", "tabellenwert").zeilen
    assert fall["ort"].startswith("beispieldaten: erfunden_ohne_kennzeichen (1 Zeilen)")


def test_one_code_says_that_a_figure_is_hidden() -> None:
    """Two codes for small figures and those hidden with them told which is which: half of the secret (65 of 138 cells fell)."""
    assert [s for s in STATUS if s.startswith("geheim")] == ["geheim"]
