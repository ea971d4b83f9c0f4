"""The council paper in English and in plain words: every label worded, every figure the same, names as published."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
import duckdb
import pytest

from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.bericht.aussagen.translation import (
    LUECKE,
    NAMEN,
    WORTE,
    Translation,
    load_translations,
)
from pipelines.veroeffentlichung.bericht.content import EBENEN_WORTE
from pipelines.veroeffentlichung.bericht.herkunft import ERFUNDEN, STAENDE
from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
from pipelines.veroeffentlichung.bericht.load import load_kommunen
from pipelines.veroeffentlichung.bericht.massnahmen import words as massnahmenworte
from pipelines.veroeffentlichung.bericht.massnahmen.concept import BEHANDLUNGEN
from pipelines.veroeffentlichung.bericht.numbers import ERKLAERUNGEN, Wert
from pipelines.veroeffentlichung.bericht.parts import Teile, load_teile
from pipelines.veroeffentlichung.bericht.ratsvorlage import build, material, paged, population_sections
from pipelines.veroeffentlichung.bericht.ratsvorlage.arten import ARTEN, Vorlagenteil
from pipelines.veroeffentlichung.bericht.ratsvorlage.build import build_ratsvorlage
from pipelines.veroeffentlichung.bericht.ratsvorlage.choice import Vorlagenwahl
from pipelines.veroeffentlichung.bericht.ratsvorlage.content import OFFEN, Papier, Satz
from pipelines.veroeffentlichung.bericht.ratsvorlage.word import write_docx
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle
from tests.unit.veroeffentlichung.test_bericht import publish
from tests.unit.veroeffentlichung.test_bericht_saetze import LEER
from tests.unit.veroeffentlichung.test_mappe import DATEN
from tests.unit.veroeffentlichung.test_ratsvorlage import GREMIEN

ANDERE = ("en", "leicht")
# Words that a German label has and neither an English one nor, in this form, a name of the data.
DEUTSCH_ALLEIN = re.compile(
    r"\b(Quellen?|Stichtage?n?|Stand|Maßnahmen?|nicht|Anteil|Seite|von|Gebiete?|Veröffentlichung|Einwohner:innen|Frauen|Männer|"
    r"begonnen|verschoben|geschützt|Beispieldaten|Urteil|Gremium|fällig|Kosten|Vergleich|Zahlen?)\b"
)


@pytest.fixture(scope="module")
def ablage(tmp_path_factory: pytest.TempPathFactory) -> Ablage:
    return publish(tmp_path_factory.mktemp("uebersetzt"), DATEN | GREMIEN)


@pytest.fixture(scope="module")
def teile(ablage: Ablage) -> Teile:
    with duckdb.connect(str(ablage.publikation), read_only=True) as con:
        return load_teile(con, next(k for k in load_kommunen(con) if k["kommune"] == "luenen"))


PAPIERE: dict[tuple[str, str, str], tuple[Papier, Translation]] = {}  # drawing the pictures is most of a paper's time


def paper(ablage: Ablage, teile: Teile, art: str, sprache: str) -> tuple[Papier, Translation]:
    """A paper, and what its language found no wording for; written once."""
    schluessel = (str(ablage.daten), art, sprache)
    if schluessel not in PAPIERE:
        gesagt = Translation(sprache)
        PAPIERE[schluessel] = build_paper(ablage, teile, art, gesagt), gesagt
    return PAPIERE[schluessel]


def build_paper(ablage: Ablage, teile: Teile, art: str, gesagt: Translation) -> Papier:
    saetze = ("Aus einem Auszug des Melderegisters enthält diese Veröffentlichung hier keine Zahlen.",)
    with duckdb.connect(str(ablage.publikation), read_only=True) as con:
        return build_ratsvorlage(con, teile, Vorlagenwahl(ARTEN[art], sprache=gesagt.sprache), saetze, gesagt)


def published_texts(ablage: Ablage) -> str:
    """All texts of the published file, one below another."""
    with duckdb.connect(str(ablage.publikation), read_only=True) as con:
        tabellen = con.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
        zeilen = [r for (t,) in tabellen for r in con.execute(f"from {t}").fetchall()]
    return "\n".join(str(wert) for r in zeilen for wert in r if isinstance(wert, str | list))


def tables(papier: Papier) -> Iterator[Tabelle]:
    for abschnitt in papier.abschnitte:
        yield from (b for b in abschnitt.bloecke if isinstance(b, Tabelle))


def test_every_text_is_worded_with_the_same_gaps_and_without_a_figure_of_its_own() -> None:
    for art, texte in load_translations().items():
        for deutsch, fassungen in texte.items():
            assert len(fassungen) == len(ANDERE), deutsch
            for fassung in fassungen:
                assert {t[2] for t in LUECKE.finditer(fassung)} == {t[2] for t in LUECKE.finditer(deutsch)}, (
                    art,
                    deutsch,
                )
                assert not re.search(r"\d", LUECKE.sub("", fassung)), (art, deutsch)


def program_words() -> Iterator[str]:
    """Every word that the program itself puts into a paper from a list of its own."""
    listen: Sequence[Mapping[str, Any]] = (
        worte.GRUENDE, worte.GRUPPEN, EBENEN_WORTE, BEHANDLUNGEN, massnahmenworte.STATUSWORTE,
        massnahmenworte.AENDERUNGSWORTE, massnahmenworte.FRISTWORTE, massnahmenworte.WIRKUNGSWORTE,
        massnahmenworte.MEILENSTEINWORTE,
    )  # fmt: skip
    for liste in listen:
        yield from liste.values()
    for wort, erklaerung in ERKLAERUNGEN.values():
        yield from (wort, f"{wort}: {erklaerung}")
    yield from (f"{zeichen} {wort}" for zeichen, wort in worte.URTEILE.values())
    yield from (worte.NICHT_ERHOBEN, worte.NICHT_BERECHNET, worte.ENTFAELLT, OFFEN, build.BEISPIEL, material.NICHTS)
    yield from (*population_sections.GEBIETE, *population_sections.ZEITREIHE)
    yield from (*build.ERGEBNIS, *build.BERICHTE, *build.MEILENSTEINE)
    yield from (*(t.value for t in Vorlagenteil), *(a.titel for a in ARTEN.values()), *(s[0] for s in STAENDE))


def test_every_word_of_the_program_has_a_wording() -> None:
    assert {w for w in program_words() if w not in load_translations()[WORTE]} == set()
    assert any(ERFUNDEN in d for d in load_translations()[NAMEN])


@pytest.mark.parametrize("sprache", ANDERE)
@pytest.mark.parametrize("art", ARTEN)
def test_what_stays_as_it_is_stands_so_in_the_published_file(
    ablage: Ablage, teile: Teile, art: str, sprache: str
) -> None:
    _, gesagt = paper(ablage, teile, art, sprache)
    texte = published_texts(ablage)
    assert [t for t in gesagt.stayed if t not in texte and t.rstrip(".") not in texte] == []


@pytest.mark.parametrize("sprache", ANDERE)
def test_every_figure_is_the_one_of_the_german_paper(ablage: Ablage, teile: Teile, sprache: str) -> None:
    for art in ARTEN:
        deutsch, anders = (tables(paper(ablage, teile, art, s)[0]) for s in ("de", sprache))
        for vorher, nachher in zip(deutsch, anders, strict=True):
            assert len(vorher.reihen) == len(nachher.reihen)
            for z, y in zip(
                [z for r in vorher.reihen for z in r.zellen], [z for r in nachher.reihen for z in r.zellen], strict=True
            ):
                if isinstance(z, Wert):
                    assert isinstance(y, Wert)
                    assert (z.zahl, re.findall(r"\d|•|–", z.text)) == (
                        y.zahl,
                        re.findall(r"\d|•|–", y.text.split(" ")[0]),
                    )


def test_no_german_label_remains_in_the_english_paper(ablage: Ablage, teile: Teile, tmp_path: Path) -> None:
    texte = published_texts(ablage)
    for art in ARTEN:
        papier, _ = paper(ablage, teile, art, "en")
        write_docx(papier, tmp_path / "p.docx")
        dokument = docx.Document(str(tmp_path / "p.docx"))
        gelesen = [p.text for p in dokument.paragraphs]
        gelesen += [z.text for t in dokument.tables for r in t.rows for z in r.cells]
        gelesen += [a.text for s in dokument.sections for a in (*s.header.paragraphs, *s.footer.paragraphs)]
        for text in gelesen:
            rest = text
            for name in sorted({n for n in texte.splitlines() if len(n) > 3 and n in text}, key=len, reverse=True):
                rest = rest.replace(name, "")
            assert not DEUTSCH_ALLEIN.search(rest.replace("\u00ad", "")), text
        seite = paged.render_html(papier)
        assert '<html lang="en">' in seite
        assert 'content: "Page " counter(page) " of "' in seite
        assert not re.search(r">(Anteil|Stichtag)[^<]*</text>", " ".join(b.svg for a in papier.abschnitte for b in a.bloecke
                                                                      if hasattr(b, "svg")))  # fmt: skip


def test_the_english_paper_reads_as_it_should(ablage: Ablage, teile: Teile) -> None:
    papier, _ = paper(ablage, teile, "monitoring", "en")
    erster = papier.abschnitte[0]
    (satz, *_) = [b for b in erster.bloecke if isinstance(b, Satz)]
    assert (papier.kopf.art, erster.titel) == ("Integration monitoring", "The most important points")
    assert satz.text.startswith("On 30 June 2021, 34.4% of the 87,815 inhabitants of Lünen had a migration background")
    assert satz.quelle.startswith("Reference date: 30 June 2021; source: ")
    gebiete = next(t for t in tables(papier) if t.kopf[0] == "Area")
    assert gebiete.kopf[1:3] == ("Inhabitants", "Foreign nationals")
    niederaden = next(r for r in gebiete.reihen if r.zellen[0] == "Niederaden")
    assert [z.text for z in niederaden.zellen if isinstance(z, Wert)] == ["2,212", "50", "313", "14.2%"]
    assert (
        "•",
        "protected: the figure is suppressed because it is small or would reveal a small figure.",
    ) in gebiete.legende


@pytest.mark.parametrize(
    ("deutsch", "englisch"),
    [
        (
            "Ein Strich (–) bei der Änderung heißt, dass sich nichts vergleichen lässt. Gründe: anderer Tag im Jahr als zuvor "
            "(19-mal); erster Wert (3-mal).",
            "A dash (–) under change means that there is nothing to compare. Reasons: different day of the year than before "
            "(19×); first value (3×).",
        ),
        ("+50,0 Prozentpunkte; seit 31.12.2020", "+50.0 percentage points; since 31 December 2020"),
        ("Zeitreihe für den Kreis Mettmann, Definition A · X", "Time series for Kreis Mettmann, definition A · X"),
        (
            "Quelle: Stadt Neuss; Stand der Quelle; nicht erhoben.",
            "Source: Stadt Neuss; Stand der Quelle; nicht erhoben.",
        ),
        ("2.400 €", "2,400 €"),
        ("Für keine Zeile erhoben: Kosten, Frauen.", "Not collected for any row: Cost, Women."),
        ("Ein Name, den niemand kennt", "Ein Name, den niemand kennt"),
        ("5.2", "5.2"),
    ],
)
def test_a_label_is_worded_and_a_name_is_not(deutsch: str, englisch: str) -> None:
    assert Translation("en").say(deutsch) == englisch


def test_a_town_without_any_figure_says_so_in_every_language(tmp_path: Path) -> None:
    ablage = publish(tmp_path, LEER)
    with duckdb.connect(str(ablage.publikation), read_only=True) as con:
        leer = load_teile(con, next(k for k in load_kommunen(con) if k["kommune"] == "leerstadt"))
    texte = [getattr(b, "text", "") for b in paper(ablage, leer, "monitoring", "en")[0].abschnitte[0].bloecke]
    assert texte[0] == "Nothing has been published for Leerstadt yet."
