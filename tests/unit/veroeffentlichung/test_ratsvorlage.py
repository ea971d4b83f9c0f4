"""A paper for the council: figures of the published file and no others, a head from the concept, pages that can be printed.

Long because every part of a paper is looked at in the same few papers.
"""

import ctypes.util
import re
import zlib
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import duckdb
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.bericht.load import load_kommunen
from pipelines.veroeffentlichung.bericht.numbers import Wert
from pipelines.veroeffentlichung.bericht.parts import load_teile
from pipelines.veroeffentlichung.bericht.ratsvorlage import paged
from pipelines.veroeffentlichung.bericht.ratsvorlage.arten import ARTEN
from pipelines.veroeffentlichung.bericht.ratsvorlage.build import build_ratsvorlage
from pipelines.veroeffentlichung.bericht.ratsvorlage.choice import Vorlagenwahl, choose_art
from pipelines.veroeffentlichung.bericht.ratsvorlage.column_widths import BRUCHSTELLE, RAND, fit_columns
from pipelines.veroeffentlichung.bericht.ratsvorlage.content import (
    OFFEN,
    OHNE_GREMIUM,
    Absatz,
    Abschnitt,
    Papier,
    Vorlagenkopf,
)
from pipelines.veroeffentlichung.bericht.ratsvorlage.indicator_table import make_indicator_table
from pipelines.veroeffentlichung.bericht.ratsvorlage.money import _add_up
from pipelines.veroeffentlichung.bericht.ratsvorlage.narrow import pull_mark
from pipelines.veroeffentlichung.bericht.ratsvorlage.paged import render_html
from pipelines.veroeffentlichung.bericht.ratsvorlage.word import write_docx
from pipelines.veroeffentlichung.bericht.ratsvorlage.write import write_ratsvorlagen
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow
from pipelines.veroeffentlichung.withdraw import RATSVORLAGEN, remove_reports
from tests.conftest import monitoring_im_prozess
from tests.unit.veroeffentlichung.test_bericht import publish
from tests.unit.veroeffentlichung.test_bericht_saetze import LEER
from tests.unit.veroeffentlichung.test_mappe import DATEN

MIT_PDF = pytest.mark.skipif(
    not ctypes.util.find_library("pango-1.0"), reason="the library Pango is not installed here"
)
GREMIEN: dict[str, list[dict[str, Any]]] = {
    "dim.konzept": [{"kommune": "luenen", "konzept": "k", "titel": "Konzept", "herkunft": "h"}],
    "dim.gremium": [
        {"kommune": "luenen", "konzept": "k", "gremium": "rat", "name": "Rat der Stadt", "reihenfolge": 2, "herkunft": "h"},
        {"kommune": "luenen", "konzept": "k", "gremium": "soziales", "name": "Sozialausschuss", "reihenfolge": 1,
         "herkunft": "h"},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def ablage(tmp_path_factory: pytest.TempPathFactory) -> Ablage:
    return publish(tmp_path_factory.mktemp("vorlage"), DATEN | GREMIEN)


def without_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Setting pages takes a second and a library of the system: most rules are rules of both files."""
    monkeypatch.setattr(
        "pipelines.veroeffentlichung.bericht.ratsvorlage.write.write_pdf", lambda _, ziel: ziel.write_bytes(b"%PDF")
    )


@pytest.fixture
def dokument(ablage: Ablage, monkeypatch: pytest.MonkeyPatch) -> Any:
    without_pdf(monkeypatch)
    (datei, _) = write_ratsvorlagen(ablage, Vorlagenwahl(ARTEN["monitoring"], nummer="VL-1/2027"), ["luenen"])
    return docx.Document(str(datei))


def rows(dokument: Any, kopf: str) -> list[dict[str, str]]:
    """Rows of the table whose first head is this."""
    for t in dokument.tables:
        namen = [z.text.replace("\u00ad", "") for z in t.rows[0].cells]
        if namen[0] == kopf:
            return [dict(zip(namen, [z.text for z in r.cells], strict=True)) for r in t.rows[1:]]
    raise AssertionError(f"no table begins with {kopf}")


def as_number(text: str) -> float | None:
    zahl = re.fullmatch(r"(ab )?([\d.]+(,\d+)?)(\u00a0%)?( \w)?", text)
    return float(zahl[2].replace(".", "").replace(",", ".")) if zahl else None


def test_every_figure_of_the_areas_is_the_published_one_and_a_protected_one_is_a_sign(
    ablage: Ablage, dokument: Any
) -> None:
    with duckdb.connect(str(ablage.publikation), read_only=True) as con:
        frage = """
            select gebiet, einwohner, auslaender, personen_mit_mh, round(100 * anteil_mh, 1)
            from marts.migrationshintergrund
            where kommune = 'luenen' and profil = 'luenen_2021' and quelle = 'melderegister' and stichtag = '2021-06-30'
                and geschlecht = 'insgesamt' and altersgruppe = 'insgesamt'"""
        erwartet = {g: tuple(w) for g, *w in con.execute(frage).fetchall()}
    gelesen = {z.pop("Gebiet"): tuple(as_number(w) for w in z.values()) for z in rows(dokument, "Gebiet")}
    assert gelesen == {g: w for g, w in erwartet.items() if g in gelesen}
    assert {"Lünen", "Niederaden", "Wethmar"} <= {*gelesen}
    wethmar = next(z for z in rows(dokument, "Gebiet") if z["Gebiet"] == "Wethmar")
    assert wethmar["Personen mit Migrationshintergrund"] == "•"


def test_the_sentences_stand_first_each_with_its_source(dokument: Any) -> None:
    texte = [p.text for p in dokument.paragraphs]
    satz = next(t for t in texte if "hatten 34,4\N{NO-BREAK SPACE}% der 87.815 Einwohner:innen in Lünen" in t)
    assert "\nStichtag: 30.06.2021; Quelle: " in satz
    assert texte.index("Das Wichtigste") < texte.index(satz) < texte.index("Bevölkerung")


def test_sources_are_named_in_words_and_once(dokument: Any) -> None:
    quellen = [p.text for p in dokument.paragraphs if p.text.startswith("Quelle: ")]
    assert quellen
    for zeile in quellen:
        assert "Kennung" not in zeile
        teile = zeile.removeprefix("Quelle: ").rstrip(".").split("; ")
        assert len(teile) == len(set(teile))


def test_the_head_names_number_and_bodies_and_leaves_open_what_nobody_knows(dokument: Any) -> None:
    assert {z["Angabe"]: z["Inhalt"] for z in rows(dokument, "Angabe")}["Vorlage Nr."] == "VL-1/2027"
    assert [tuple(z.values()) for z in rows(dokument, "Gremium")] == [
        ("Sozialausschuss", OFFEN, OFFEN), ("Rat der Stadt", OFFEN, OFFEN),
    ]  # fmt: skip
    assert "VL-1/2027" in dokument.sections[0].header.paragraphs[0].text
    assert [f.get(qn("w:instr")) for f in dokument.sections[0].footer._element.iter(qn("w:fldSimple"))] == [
        "PAGE",
        "NUMPAGES",
    ]


def test_no_row_is_torn_and_every_head_is_repeated(dokument: Any) -> None:
    for t in dokument.tables:
        for nummer, r in enumerate(t.rows):
            assert r._tr.trPr.find(qn("w:cantSplit")) is not None
            assert (r._tr.trPr.find(qn("w:tblHeader")) is not None) == (nummer == 0)


def test_every_picture_says_in_words_what_it_shows(dokument: Any) -> None:
    bilder = [form._inline.docPr.get("descr") for form in dokument.inline_shapes]
    assert bilder
    assert all(b and len(b) > 40 for b in bilder)


@MIT_PDF
@pytest.mark.parametrize("art", ARTEN)
def test_the_pdf_is_tagged_and_every_kind_can_be_printed(ablage: Ablage, art: str, tmp_path: Path) -> None:
    _, datei = write_ratsvorlagen(ablage, Vorlagenwahl(ARTEN[art]), ["luenen"])
    inhalt = datei.read_bytes()
    assert inhalt.startswith(b"%PDF-")
    teile = [zlib.decompressobj().decompress(t) for t in re.findall(rb"stream\r?\n(x.*?)endstream", inhalt, re.DOTALL)]
    lesbar = inhalt + b"".join(teile)
    for wort in (b"/StructTreeRoot", b"/Lang", b"pdfuaid:part"):
        assert wort in lesbar


@MIT_PDF
@pytest.mark.parametrize("adresse", ["file:///etc/hostname", "http://127.0.0.1:9/x.png", "ftp://127.0.0.1/x"])
def test_a_paper_loads_nothing(ablage: Ablage, adresse: str) -> None:
    with duckdb.connect(str(ablage.publikation), read_only=True) as con:
        (kommune,) = [k for k in load_kommunen(con) if k["kommune"] == "luenen"]
        vorlage = build_ratsvorlage(con, load_teile(con, kommune), Vorlagenwahl(ARTEN["monitoring"]), ())
    assert not re.search(r"""(src|href)=["'](?!data:)""", paged.render_html(vorlage))
    lader = paged.load_only_data(paged._load_weasyprint())
    assert lader.fetch("data:text/plain,ja").read() == b"ja"
    with pytest.raises(Exception, match=r"(?i)protocol"):
        lader.fetch(adresse)


def test_text_of_a_delivery_cannot_become_markup(ablage: Ablage) -> None:
    with duckdb.connect(str(ablage.publikation), read_only=True) as con:
        (kommune,) = [k for k in load_kommunen(con) if k["kommune"] == "luenen"]
        v = build_ratsvorlage(con, load_teile(con, kommune), Vorlagenwahl(ARTEN["zwischenbericht"]), ())
    boese: Papier = replace(v, abschnitte=(Abschnitt("<b>x</b>", (Absatz("<script>alert(1)</script>"),)),))
    assert "<script>" not in paged.render_html(boese)


def test_an_extract_has_its_body_its_fields_and_a_name_of_its_own(
    ablage: Ablage, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_pdf(monkeypatch)
    with duckdb.connect(str(ablage.publikation), read_only=True) as con:
        ((feld, name),) = con.execute("select handlungsfeld, name from dim.handlungsfeld limit 1").fetchall()
    wahl = Vorlagenwahl(ARTEN["zwischenbericht"], gremium="soziales", felder=(feld,))
    (datei, _) = write_ratsvorlagen(ablage, wahl, ["luenen"])
    assert datei.name == f"luenen.zwischenbericht-soziales-{feld.lower()}.docx"
    auszug = docx.Document(str(datei))
    assert [z["Gremium"] for z in rows(auszug, "Gremium")] == ["Sozialausschuss"]
    assert {z["Angabe"]: z["Inhalt"] for z in rows(auszug, "Angabe")}["Auszug für"] == "Sozialausschuss"
    assert name


@pytest.mark.parametrize(
    ("argumente", "wort"),
    [
        (("--vorlage", "jahresbericht", "--kommune", "luenen"), "Erwartet: monitoring, zwischenbericht"),
        (("--vorlage", "monitoring"), "--vorlage braucht --kommune"),
        (("--vorlage", "monitoring", "--kommune", "lünen"), "Nicht veröffentlicht: lünen"),
        (("--vorlage", "monitoring", "--kommune", "luenen", "--gremium", "kreistag"), "Erwartet: rat, soziales"),
        (("--vorlage", "monitoring", "--kommune", "luenen", "--handlungsfeld", "X9"), "--handlungsfeld X9"),
        (("--nummer", "1"), "gelten nur mit --vorlage"),
    ],
)
def test_what_the_concept_does_not_know_is_refused_in_german(
    ablage: Ablage, argumente: tuple[str, ...], wort: str
) -> None:
    ablage.roh.mkdir(exist_ok=True)
    aufruf = monitoring_im_prozess(ablage.daten, "report", *argumente)
    assert aufruf.code == 2
    assert wort in aufruf.output


def test_without_the_systems_library_the_editable_file_is_written_and_the_rest_told(
    ablage: Ablage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: Any) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(paged, "_load_weasyprint", missing)
    with pytest.raises(KonfigurationsFehler, match="Pango fehlt"):
        write_ratsvorlagen(ablage, Vorlagenwahl(ARTEN["abschlussbericht"], nummer="7"), ["luenen"])
    assert (ablage.marts / RATSVORLAGEN / "luenen.abschlussbericht.docx").exists()


@pytest.mark.parametrize("art", ARTEN)
def test_a_town_without_any_figure_has_a_paper_that_says_so(
    art: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_pdf(monkeypatch)
    (datei, _) = write_ratsvorlagen(publish(tmp_path, LEER), Vorlagenwahl(choose_art(art)), ["leerstadt"])
    texte = [p.text for p in docx.Document(str(datei)).paragraphs]
    assert any("Keine Daten" in t for t in texte)
    assert OHNE_GREMIUM in texte


def test_papers_go_with_the_reports_when_a_release_is_withdrawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_pdf(monkeypatch)
    ablage = publish(tmp_path, LEER)
    write_ratsvorlagen(ablage, Vorlagenwahl(ARTEN["monitoring"]), ["luenen", "leerstadt"])
    remove_reports(ablage, {"leerstadt"})
    assert sorted(p.name for p in (ablage.marts / RATSVORLAGEN).iterdir()) == [
        "leerstadt.monitoring.docx",
        "leerstadt.monitoring.pdf",
    ]


@given(st.lists(st.tuples(*[st.text("abc  ", max_size=60)] * 4), min_size=1, max_size=6))
def test_no_column_is_narrower_than_its_longest_word(zeilen: list[tuple[str, ...]]) -> None:
    breiten = fit_columns(zeilen, 120)
    for spalte, breite in enumerate(breiten):
        assert breite >= max(len(w) for z in zeilen for w in BRUCHSTELLE.split(z[spalte])) + RAND
    assert sum(breiten) <= max(120, sum(breiten[i] for i in range(4)))


def test_room_goes_where_it_saves_lines() -> None:
    name = "Anteil der Menschen mit Migrationshintergrund unter achtzehn Jahren"
    zeilen = [
        ("Was", "Stand", "Frauen"),
        *[(name, "31.12.2024", "12,0 %")] * 9,
        ("Kurz", "31.12.2024", "nicht ausgerechnet"),
    ]
    erste, _, frauen = fit_columns(zeilen, 80)
    assert erste >= 36, "two lines instead of three in nine rows"
    assert frauen == len("ausgerechnet") + RAND, "one line of one row is not worth as much"


def test_a_sign_stands_high_in_both_files_and_the_mark_of_examples_once(tmp_path: Path) -> None:
    reihen = tuple(TableRow((f"{n} (Beispieldaten)", Wert(None, "–", ("nenner_fehlt",)), "3")) for n in (1, 2))
    tabelle = pull_mark(Tabelle("Titel", ("Nr.", "Wert", "Anzahl"), reihen))
    assert ([r.zellen[0] for r in tabelle.reihen], tabelle.marke) == (["1", "2"], "Beispieldaten")
    assert tabelle.textspalten == {0}, "figures stand to the right, written as text or not"
    kopf = Vorlagenkopf("Stadt", "Integrationsmonitoring", "1", "x", (), "2021", "v")
    papier = Papier(kopf, (Abschnitt("Zahlen", (tabelle,)),), "")
    seite = render_html(papier)
    assert '<td class="zahl wort">–<sup>5</sup></td>' in seite
    assert "–<sup>5</sup> Grundzahl fehlt" in seite
    write_docx(papier, tmp_path / "p.docx")
    dokument = docx.Document(str(tmp_path / "p.docx"))
    zelle = dokument.tables[-1].rows[1].cells[1].paragraphs[0]
    assert [(r.text, bool(r.font.superscript)) for r in zelle.runs] == [("–", False), ("5", True)]
    assert any(p.text == "–5 Grundzahl fehlt: Die Fälle sind geliefert, die Zahl, auf die sie zu beziehen sind, nicht."
               for p in dokument.paragraphs)  # fmt: skip


def test_a_table_of_indicators_tells_reasons_once_and_of_the_frame_one_group_only() -> None:
    def entry(gruppe: str, veraenderung: tuple[str, str], bemerkungen: tuple[str, ...] = ()) -> Any:
        return SimpleNamespace(gruppe=gruppe, stand="31.12.2020", wert=Wert(5, "5"), frauen="nicht erhoben", maenner=Wert(3, "3"),
                               veraenderung=veraenderung, urteil="neutral", symbol="·", urteilswort="neutral, kein Urteil",
                               beispiel="", zaehlung="", bemerkungen=bemerkungen)  # fmt: skip

    eintraege = [
        entry("alle zusammen", ("kein Vergleich", "erster Wert")),
        entry("Deutsche", ("+1", "seit 31.12.2019"), ("»über 65«",)),
    ]
    feld: Any = SimpleNamespace(
        name="Arbeit", indikatoren=[SimpleNamespace(name="Quote", eintraege=eintraege, quellennamen=["Quelle A"])]
    )
    tabelle = make_indicator_table(feld)
    assert [r.zellen[0] for r in tabelle.reihen] == ["Quote (alle zusammen)", "Quote (Deutsche)"]
    assert [r.zellen[5:] for r in tabelle.reihen] == [("–", "· neutral"), ("+1; seit 31.12.2019", "· neutral")]
    assert tabelle.anmerkungen == (
        "Bemerkung der Quelle zu Quote: »über 65«",
        "Ein Strich (–) bei der Änderung heißt, dass sich nichts vergleichen lässt. Gründe: erster Wert (1-mal).",
        "Quelle: Quelle A.",
    )
    assert 3 not in tabelle.textspalten, "a word where a woman's figure is missing stands in the column of figures"
    feld.name = "Rahmen"
    assert len(make_indicator_table(feld).reihen) == 1


@pytest.mark.parametrize(("sagen", "text"), [(1, "500 € (1 Maßnahme)"), (2, "500 € (2 Maßnahmen)"), (3, "500 €")])
def test_a_sum_says_of_how_many_measures_it_is(sagen: int, text: str) -> None:
    assert _add_up({"aufwand_plan": 500.0, "n": sagen, "massnahmen": 3}, "aufwand_plan", "n") == text
