"""The sentences in English and in plain words: from the same figures, none retyped."""

import re
from collections import Counter
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.bericht.aussagen.english import to_english
from pipelines.veroeffentlichung.bericht.aussagen.numbers import BelegteZahl
from pipelines.veroeffentlichung.bericht.aussagen.sprachen import (
    LUECKE,
    SPRACHEN,
    check_sprache,
    fill,
    load_page_texts,
    load_texts,
)
from pipelines.veroeffentlichung.bericht.load import load_kommunen
from pipelines.veroeffentlichung.bericht.parts import load_teile
from pipelines.veroeffentlichung.bericht.write import write_berichte
from pipelines.veroeffentlichung.withdraw import remove_reports
from tests.unit.veroeffentlichung.test_bericht import publish
from tests.unit.veroeffentlichung.test_bericht_saetze import DATEN
from tests.unit.veroeffentlichung.test_mappe import DATEN as MIT_KONZEPT

ANDERE = ("en", "leicht")
ALLE: dict[str, Any] = {n: DATEN[n] for n in ("leer", "massnahmen", "tabellen", "geheim", "ein_tag")} | {
    "konzept": MIT_KONZEPT
}
WORTE = {"in_ort", "in_ort_gross", "ort"}


def published(ordner: Path, daten: dict[str, Any], sprachen: tuple[str, ...] = ANDERE) -> Ablage:
    ablage = publish(ordner, daten)
    write_berichte(ablage, sprachen=sprachen)
    return ablage


def page(ablage: Ablage, sprache: str) -> str:
    return (ablage.marts / "bericht" / f"luenen.{sprache}.html").read_text(encoding="utf-8")


def said(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", text)).split())


def test_every_language_has_every_sentence_with_the_same_gaps() -> None:
    de, en, leicht = (load_texts(s) for s in SPRACHEN)
    assert set(de) == set(en) == set(leicht)
    for name in de:
        luecken = [{t[1] for t in LUECKE.finditer(texte[name])} - WORTE for texte in (de, en, leicht)]
        assert luecken[0] == luecken[1] == luecken[2], name
        zahlen = [Counter(t[1] for t in LUECKE.finditer(texte[name]) if t[2] is None) for texte in (de, en, leicht)]
        assert all(n == 1 for z in zahlen for g, n in z.items() if g not in WORTE), name


def test_no_text_holds_a_figure_of_its_own() -> None:
    for sprache in SPRACHEN:
        for name, text in load_texts(sprache).items():
            assert not re.search(r"\d", LUECKE.sub("", text)), f"{sprache}, {name}"
    assert set(load_page_texts("en")) == set(load_page_texts("leicht"))


@pytest.mark.parametrize("daten", list(ALLE))
def test_every_figure_is_the_same_in_the_three_languages(tmp_path: Path, daten: str) -> None:
    ablage = published(tmp_path, ALLE[daten])
    with duckdb.connect(str(ablage.publikation), read_only=True) as con:
        teile = load_teile(con, next(k for k in load_kommunen(con) if k["kommune"] == "luenen"))
    deutsch = [(a.kennung, Counter(z.wert for z in a.zahlen)) for a in teile.aussagen]
    for sprache in ANDERE:
        zahlen = [
            (a.kennung, Counter(t.wert for t in a.tell(sprache) if isinstance(t, BelegteZahl))) for a in teile.aussagen
        ]
        assert zahlen == deutsch
        gezeigt = re.findall(r'<data value="([^"]+)">', page(ablage, sprache))
        assert Counter(map(float, gezeigt)) == sum((z for _, z in deutsch), Counter())
        assert "{" not in said(page(ablage, sprache).split("</style>")[1])


def test_the_first_sentence_reads_as_it_should(tmp_path: Path) -> None:
    ablage = published(tmp_path, MIT_KONZEPT)
    en, leicht = said(page(ablage, "en")), said(page(ablage, "leicht"))
    assert "On 30 June 2021, 34.4% of the 87,815 inhabitants of Lünen had a migration background" in en
    assert (
        "In Lünen leben 87.815 Menschen. 34,4 % von ihnen haben einen Migrationshintergrund. Das war am 30.06.2021 so."
        in leicht
    )
    assert (
        "Of 2 measures (as of 30 June 2021), 0 are completed; 1 has not begun, has been postponed or has been dropped"
        in en
    )
    assert "1 measure is overdue" in en
    assert "the German report, which alone is authoritative" in en
    assert "nicht in geprüfter Leichter Sprache" in leicht
    assert '<html lang="en">' in page(ablage, "en")


def test_a_page_is_written_on_demand_alone_then_with_every_report_and_goes_with_them(tmp_path: Path) -> None:
    ablage = published(tmp_path, MIT_KONZEPT, ())
    ordner = ablage.marts / "bericht"
    assert not list(ordner.glob("luenen.en.html"))
    write_berichte(ablage, ("luenen",), ("en",))
    assert 'href="luenen.en.html"' in (ordner / "luenen.html").read_text(encoding="utf-8")
    (ordner / "luenen.en.html").write_text("alt", encoding="utf-8")
    write_berichte(ablage)
    assert page(ablage, "en") != "alt"
    remove_reports(ablage)
    assert not list(ordner.glob("luenen.en.html"))


@pytest.mark.parametrize(
    ("deutsch", "englisch"),
    [("34,4 %", "34.4%"), ("87.815", "87,815"), ("−1.234,5", "−1,234.5"), ("mindestens 3,0 %", "at least 3.0%"),
     ("+4,5 Prozentpunkte", "+4.5 percentage points"), ("12,0 je 1.000", "12.0 per 1,000"),
     ("12,0 je\u00a01.000", "12.0 per 1,000")],
)  # fmt: skip
def test_a_number_is_written_as_english_does(deutsch: str, englisch: str) -> None:
    assert to_english(deutsch) == englisch


def test_a_word_follows_its_number() -> None:
    werte = {"spaet": BelegteZahl("1", 1.0, ""), "stand": date(2021, 6, 30)}
    assert "".join(t if isinstance(t, str) else t.text for t in fill("de", "ueberfaellig", werte)) == (
        "Überfällig ist 1 Maßnahme (Stand 30.06.2021)."
    )


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(KonfigurationsFehler, match=r"--sprache fr: unbekannt\. Erwartet: de, en, leicht"):
        check_sprache("fr")
