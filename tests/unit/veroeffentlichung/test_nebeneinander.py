"""Town beside town: only figures of one definition, unit, count, source and day; the others with the reason, none silently."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.bericht import write
from pipelines.veroeffentlichung.bericht.nebeneinander.content import GRUENDE, load_nebeneinander
from pipelines.veroeffentlichung.bericht.nebeneinander.page import VERGLEICH
from pipelines.veroeffentlichung.bericht.write import BerichteFehlen, write_berichte
from pipelines.veroeffentlichung.published_file import create_view
from schemas.tabellen.ansichten import ORT_NEBEN_ORT, UNTERSCHIEDE
from tests.unit.veroeffentlichung.test_bericht import Seite, publish
from tests.unit.veroeffentlichung.test_bericht_indikatorseite import reihe, tabellen

TAG, FRUEHER = date(2024, 12, 31), date(2023, 12, 31)
ORTE = {"a": "05000001", "b": "05000002", "c": "05000003", "kreis": "05000"}
AMT = {"herkunft": "Amt, Tabelle 1", "quelle": "amt", "bevoelkerung": "fortschreibung", "profil": "-", "profilversion": None,
       "beispieldaten": False, "datenstand": TAG, "fundstelle": None, "lieferung_id": "l"}  # fmt: skip


def row(ort: str, wert: float | None, tag: date = TAG, **mehr: Any) -> dict[str, Any]:
    werte = {
        "kommune": ort,
        "gebiet_id": ORTE[ort],
        "gebiet": ort.title(),
        "ebene": "kreis" if ort == "kreis" else "gemeinde",
    }
    return reihe(tag, wert, **(AMT | werte | mehr))


def make_file(ordner: Path, *zeilen: dict[str, Any]) -> Ablage:
    """A published file of three towns, one of which lies in the folder of its Kreis, with these figures."""
    muster = tabellen()
    kommune = muster["dim.kommune"][0]
    gebiete = [
        {"kommune": k, "gebiet_id": ORTE[k], "gebiet": k.title(), "ebene": "kreis" if k == "kreis" else "gemeinde"}
        for k in ORTE
    ]
    gebiete.append(
        {"kommune": "kreis", "gebiet_id": ORTE["b"], "gebiet": "B", "ebene": "gemeinde", "uebergeordnet": ORTE["kreis"]}
    )
    ablage = publish(ordner, muster | {
        "dim.kommune": [kommune | {"kommune": k, "ags": ags, "name": k.title()} for k, ags in ORTE.items()],
        "dim.gebiet": gebiete, "marts.indikator_zeitreihe": list(zeilen), "marts.migrationshintergrund": [],
    })  # fmt: skip
    with duckdb.connect(str(ablage.publikation)) as con:
        create_view(con, ORT_NEBEN_ORT)
    return ablage


@pytest.fixture
def compare(tmp_path: Path) -> Iterator[Any]:
    """Publish rows and ask the view: place → (comparable, difference, rank)."""

    def ask(*zeilen: dict[str, Any]) -> dict[str, tuple[bool, str | None, int | None]]:
        ablage = make_file(tmp_path / "d", *zeilen)
        with duckdb.connect(str(ablage.publikation), read_only=True) as con:
            frage = (
                "select gebiet, vergleichbar, unterschied, rang from marts.ort_neben_ort where geschlecht = 'insgesamt'"
            )
            return {g: (v, u, r) for g, v, u, r in con.execute(frage).fetchall()}

    return ask


def test_figures_alike_in_everything_stand_beside_each_other_ranked_within_their_level(compare: Any) -> None:
    assert compare(row("a", 10.0), row("b", 12.0), row("kreis", 11.0)) == {
        "A": (True, None, 2), "B": (True, None, 1), "Kreis": (True, None, 1),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("anders", "grund"),
    [
        ({"beispieldaten": True}, "beispieldaten"),
        ({"profil": "kosis_like"}, "definition"),
        ({"profilversion": "2.0"}, "definition"),
        ({"einheit": "promille"}, "einheit"),
        ({"bevoelkerung": "hauptwohnung"}, "bevoelkerung"),
        ({"herkunft": "Zeitung"}, "quelle"),
        ({"tag": FRUEHER}, "stichtag"),
    ],
)
def test_one_that_differs_is_named_with_what_it_differs_in(compare: Any, anders: dict[str, Any], grund: str) -> None:
    ergebnis = compare(row("a", 10.0), row("b", 12.0), row("c", 9.0, **anders))
    assert ergebnis["C"] == (False, grund, None)
    assert (ergebnis["A"][0], ergebnis["B"][0]) == (True, True)
    assert grund in GRUENDE


def test_a_quotient_of_two_sources_names_both(tmp_path: Path) -> None:
    nenner = {"nenner_quelle": "fort", "nenner_stichtag": TAG}
    zeilen = [row(o, w, **nenner) for o, w in (("a", 10.0), ("b", 12.0))]
    einwohner = [
        row(
            o,
            500.0,
            indikator="dem_einw",
            einheit="anzahl",
            quelle="fort",
            herkunft="Amt, Tabelle 2",
            nenner_quelle=None,
        )
        for o in ("a", "b", "kreis")
    ]
    ablage = make_file(tmp_path, *zeilen, *einwohner)
    with duckdb.connect(str(ablage.publikation), read_only=True) as con:
        gefunden = load_nebeneinander(con)
    assert gefunden
    angaben = [f.tabelle.anmerkungen[0] for f in gefunden.vergleichbar if f.tabelle]
    assert any(a.startswith("Quellen: Amt, Tabelle 1; Amt, Tabelle 2; gezählt:") for a in angaben)


def test_registers_of_two_towns_are_one_kind_of_source(compare: Any) -> None:
    register = {"quelle": "melderegister", "bevoelkerung": "hauptwohnung"}
    ergebnis = compare(
        row("a", 10.0, herkunft="Register A", **register), row("c", 12.0, herkunft="Register C", **register)
    )
    assert {g: v for g, (v, _, _) in ergebnis.items()} == {"A": True, "C": True}


def test_of_several_days_the_one_with_most_places_is_taken(compare: Any) -> None:
    frueher = [row(o, 1.0, FRUEHER) for o in ("a", "b", "c")]
    ergebnis = compare(*frueher, row("a", 9.0), row("b", 8.0))
    assert all(v for v, _, _ in ergebnis.values())
    assert len(ergebnis) == 3


def test_what_no_two_places_have_alike_is_no_comparison_and_what_only_one_has_is_none(compare: Any) -> None:
    ergebnis = compare(row("a", 10.0, herkunft="x"), row("b", 9.0, herkunft="y"), row("a", 5.0, indikator="quote_zwei"))
    assert {g: v for g, (v, _, _) in ergebnis.items()} == {"A": False, "B": False}


def test_a_town_with_a_folder_of_its_own_is_told_by_it_and_stands_once(compare: Any) -> None:
    doppelt = row("b", 99.0) | {"kommune": "kreis"}
    ergebnis = compare(row("a", 10.0), row("b", 12.0), doppelt)
    assert ergebnis["B"] == (True, None, 1)
    assert len(ergebnis) == 2


def test_a_hidden_figure_is_in_no_comparison(compare: Any) -> None:
    assert set(compare(row("a", 10.0), row("b", 12.0), row("c", None, status="geheim", hinweise=["geheim"]))) == {
        "A",
        "B",
    }


@pytest.fixture(scope="module")
def ablage(tmp_path_factory: pytest.TempPathFactory) -> Ablage:
    frauen = [row(o, w, geschlecht="w") for o, w in (("a", 20.0), ("b", 21.0))]
    return make_file(
        tmp_path_factory.mktemp("seite"),
        row("a", 10.0),
        row("b", 12.0),
        row("c", 9.0, FRUEHER),
        *frauen,
        row("kreis", 11.0),
    )


def test_the_page_says_each_figure_as_the_file_has_it_and_why_one_stands_apart(ablage: Ablage) -> None:
    write_berichte(ablage)
    roh = (ablage.marts / "bericht" / VERGLEICH).read_text(encoding="utf-8")
    seite = Seite(roh)
    ((titel, zeilen),) = seite.tabellen.items()
    assert titel == "Beschäftigtenquote: mit Migrationshintergrund am 31.12.2024"
    assert zeilen[1:] == [
        ["B", "12,0 %", "21,0 %", "–", "1"],
        ["A", "10,0 %", "20,0 %", "–", "2"],
        ["Kreis", "11,0 %", "–", "–", "kein Rang"],
    ]
    assert "Nicht daneben zu stellen: C (9,0 % am 31.12.2023): ein anderer Stichtag." in seite.text
    assert f'href="{VERGLEICH}"' in (ablage.marts / "bericht" / "index.html").read_text(encoding="utf-8")
    assert "http" not in roh.replace("http://www.w3.org", "")
    paare = json.loads(roh.partition('id="paare">')[2].partition("</script>")[0])
    assert {p["ort"]: p["wert"] for p in paare} == {
        ORTE["a"]: "10,0 %",
        ORTE["b"]: "12,0 %",
        ORTE["c"]: "9,0 %",
        ORTE["kreis"]: "11,0 %",
    }
    assert all(len(p["gleich"]) == len(GRUENDE) - 1 for p in paare), "nobody is alone in a pair"
    assert {*GRUENDE} == {*UNTERSCHIEDE}


def test_a_figure_of_the_kreis_alone_says_so(tmp_path: Path) -> None:
    ungefaehr = {"status": "geschaetzt", "hinweise": ["geschaetzt"]}
    ablage = make_file(tmp_path, row("a", 10.0), row("b", 12.0), row("kreis", 33.1, gruppe="auslaender", **ungefaehr))
    with duckdb.connect(str(ablage.publikation), read_only=True) as con:
        n = load_nebeneinander(con)
    assert n is not None
    (satz,) = n.nur_kreis
    assert satz == "Beschäftigtenquote: Ausländer:innen: Kreis 33,1 % (geschätzt) am 31.12.2024"


def test_a_figure_that_a_town_of_the_kreis_has_or_hides_is_none_of_the_kreis_alone(tmp_path: Path) -> None:
    in_b = {"kommune": "kreis", "gebiet_id": ORTE["b"], "gebiet": "B", "ebene": "gemeinde"}
    hidden = in_b | {"gruppe": "auslaender", "status": "geheim", "hinweise": ["geheim"]}
    kreis = row("kreis", 33.1), row("kreis", 12.0, gruppe="auslaender")
    ablage = make_file(tmp_path, row("a", 10.0), *kreis, row("kreis", 20.0, **in_b), row("kreis", None, **hidden))
    with duckdb.connect(str(ablage.publikation), read_only=True) as con:
        n = load_nebeneinander(con)
    assert n is not None
    assert n.nur_kreis == ()


def test_the_figure_the_others_are_compared_with_says_so(tmp_path: Path) -> None:
    ablage = make_file(tmp_path, row("a", 10.0), row("b", 12.0, FRUEHER))
    with duckdb.connect(str(ablage.publikation), read_only=True) as con:
        n = load_nebeneinander(con)
    assert n is not None
    ((figur,), ()) = (n.nicht, n.vergleichbar)
    assert [(e.ort, e.grund) for e in figur.einzelne] == [("A", GRUENDE["allein"]), ("B", GRUENDE["stichtag"])]


def test_one_town_alone_has_no_such_page_and_a_page_of_before_goes(tmp_path: Path) -> None:
    ablage = make_file(tmp_path, row("a", 10.0))
    (ablage.marts / "bericht").mkdir()
    (ablage.marts / "bericht" / VERGLEICH).write_text("alt", encoding="utf-8")
    write_berichte(ablage)
    assert not (ablage.marts / "bericht" / VERGLEICH).exists()
    assert VERGLEICH not in (ablage.marts / "bericht" / "index.html").read_text(encoding="utf-8")


def test_a_fault_of_this_page_is_told_and_the_reports_are_written(
    ablage: Ablage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: Any) -> None:
        raise KeyError("einheit")

    monkeypatch.setattr(write, "load_nebeneinander", fails)
    with pytest.raises(BerichteFehlen) as fund:
        write_berichte(ablage)
    assert "Ort neben Ort" in str(fund.value)
    assert (ablage.marts / "bericht" / "a.html").exists()
