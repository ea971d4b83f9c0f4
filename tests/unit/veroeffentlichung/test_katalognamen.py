"""Names of the shipped reference lists in English and plain German: complete, with the same numbers, German parts marked."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from docx.oxml.ns import qn

from pipelines.stamm.staaten import fruehere_namen
from pipelines.veroeffentlichung.bericht.aussagen.content import as_text
from pipelines.veroeffentlichung.bericht.aussagen.mixed import Mixed, mark_german, merge_texts, split_text
from pipelines.veroeffentlichung.bericht.aussagen.numbers import Benennung
from pipelines.veroeffentlichung.bericht.aussagen.sprachen import fill, load_page_texts, load_texts
from pipelines.veroeffentlichung.bericht.aussagen.translation import (
    LUECKE,
    NAMEN,
    WORTE,
    Translation,
    load_catalogue,
    load_translations,
)
from pipelines.veroeffentlichung.bericht.content import Definition
from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
from pipelines.veroeffentlichung.bericht.numbers import ERKLAERUNGEN
from pipelines.veroeffentlichung.bericht.ratsvorlage.content import Abschnitt, Liste, Papier, Vorlagenkopf
from pipelines.veroeffentlichung.bericht.ratsvorlage.paged import render_html
from pipelines.veroeffentlichung.bericht.ratsvorlage.word import write_docx
from tests.conftest import WURZEL

REFERENZ = WURZEL / "data/raw/referenz"
ZAHL = re.compile(r"\d+(?:[.,]\d+)*")
# Words that only German names have.
DEUTSCH = re.compile(r"[äöüßÄÖÜ]|\b(und|der|die|das|mit|ohne|nach|von|Anteil|Kinder|Quote|Zahl|je)\b")
EIGENNAMEN = re.compile(
    r"Lünen|Baden-Württemberg|konzept\.yaml|Gymnasium|Hauptschule|Duldung|MighEV|einwanderungsgeschichte"
)
SATZLAENGE = 15  # words of a plain sentence; a proposal of this project
ABKUERZUNGEN = re.compile(r"\b(z\. ?B\.|bzw\.|ggf\.|usw\.|d\. ?h\.|ca\.|inkl\.|VZÄ|SGB|MH|StAG|ILO|ISCED)")


def reference(name: str) -> dict[str, Any]:
    inhalt: dict[str, Any] = yaml.safe_load((REFERENZ / name).read_text(encoding="utf-8"))
    return inhalt


def catalogue_names() -> Iterator[tuple[str, str]]:
    """(list, name) of everything the shipped reference lists call by a name that a page or paper shows."""
    katalog = reference("indikatoren.yaml")
    yield from (("indikatoren", i["name"]) for i in katalog["indikatoren"])
    yield from (("themen", t) for t in katalog["themen"].values())
    yield from (("quellen", q) for q in katalog["quellen"].values())
    yield from (("quellen", reference(f"quellen/{q.name}")["herkunft"]) for q in (REFERENZ / "quellen").glob("*.yaml"))
    yield from (("brueche", b["grund"]) for b in reference("brueche.yaml")["brueche"])
    for zeile in csv.DictReader((REFERENZ / "staaten.csv").read_text(encoding="utf-8-sig").splitlines(), delimiter=";"):
        yield from (("staaten", n) for n in (zeile["name"], *(n for n, _ in fruehere_namen(zeile["fruehere_namen"]))))
    for datei in (REFERENZ / "profile").glob("*.yaml"):
        profil = reference(f"profile/{datei.name}")
        kurz = Definition("A", "p", profil["titel"], "1", "", "", False, False, "").kurz
        yield from (("definitionen", kurz), ("beschreibungen", profil["beschreibung"].strip()))
        yield from (("brueche", b["grund"]) for b in profil.get("brueche", []))


def test_every_name_of_the_shipped_reference_lists_is_worded_in_both_languages() -> None:
    namen = list(catalogue_names())
    assert len({n for liste, n in namen if liste == "indikatoren"}) > 100
    assert [(liste, n) for liste, n in namen if n not in load_catalogue()[liste]] == []
    gezaehlt = {z for z in worte.ZAEHLUNGEN.values() if Translation("en").say(z) == z}
    assert gezaehlt == set()


def test_every_status_has_a_wording_of_its_own_in_english() -> None:
    for wort, erklaerung in ERKLAERUNGEN.values():
        assert Translation("en").say(f"{wort}: {erklaerung}").startswith(Translation("en").say(wort))
        assert Translation("leicht").say(f"{wort}: {erklaerung}").startswith(Translation("leicht").say(wort))


def test_a_name_keeps_its_numbers_and_no_german_word_is_left_in_english() -> None:
    for liste, texte in load_catalogue().items():
        for deutsch, fassungen in texte.items():
            assert [f.strip() for f in fassungen] == fassungen, deutsch
            assert len(fassungen) == 2, deutsch
            zahlen = [{re.sub("[.,]", "", z) for z in ZAHL.findall(t)} for t in (deutsch, *fassungen)]
            assert zahlen[0] == zahlen[1] == zahlen[2], (liste, deutsch)
            assert not DEUTSCH.search(EIGENNAMEN.sub("", fassungen[0])), (liste, fassungen[0])


def test_two_indicators_never_get_one_name() -> None:
    for spalte in (0, 1):
        namen = [f[spalte] for f in load_catalogue()["indikatoren"].values()]
        assert len(set(namen)) == len(namen)


@pytest.mark.parametrize(
    ("deutsch", "englisch", "leicht"),
    [
        ("1 VZÄ", "1 full-time equivalent", "1 volle Stelle"),
        ("1 VZÄ, befristet", "1 full-time equivalent, fixed-term", "1 volle Stelle auf Zeit"),
        ("2 VZÄ", "2 full-time equivalents", "2 volle Stellen"),
        ("2.400 € (1 Maßnahme)", "2,400 € (1 measure)", "2.400 € (1 Maßnahme)"),
        ("2.400 € (2 Maßnahmen)", "2,400 € (2 measures)", "2.400 € (2 Maßnahmen)"),
        ("erreicht am 01.02.2020, 1 Tag nach dem Termin", "reached on 1 February 2020, 1 day late",
         "erreicht am 01.02.2020, 1 Tag zu spät"),
        ("überfällig, 1 Tag nach dem Termin", "overdue by 1 day", "1 Tag zu spät"),
        ("überfällig, 40 Tage nach dem Termin", "overdue by 40 days", "40 Tage zu spät"),
    ],
)  # fmt: skip
def test_one_of_a_thing_is_named_in_the_singular(deutsch: str, englisch: str, leicht: str) -> None:
    assert (Translation("en").say(deutsch), Translation("leicht").say(deutsch)) == (englisch, leicht)


def plain_texts() -> Iterator[str]:
    yield from load_texts("leicht").values()
    yield from (t for name, t in load_page_texts("leicht").items() if isinstance(t, str) and name != "html")
    for texte in (*load_translations().values(), *load_catalogue().values()):
        yield from (f[1] for f in texte.values())


def test_plain_sentences_are_short_and_without_abbreviations() -> None:
    for text in plain_texts():
        for satz in re.split(r"[.:;!?](?:\s|$)", LUECKE.sub("X", text)):
            assert len(satz.split()) <= SATZLAENGE, satz
        assert not ABKUERZUNGEN.search(text), text


@pytest.mark.parametrize("wort", ["Tag", "Day", "verdict", "states"])
def test_one_thing_has_one_word_in_english(wort: str) -> None:
    """»Stichtag« is the reference date, »Urteil« an assessment, »Stand« a status or a report date."""
    englisch = [*load_texts("en").values(), *(str(t) for t in load_page_texts("en").values())]
    englisch += [f[0] for art in (WORTE, NAMEN) for f in load_translations()[art].values()]
    assert [t for t in englisch if re.search(rf"\b{wort}\b", t)] == []


def test_what_a_town_calls_by_its_own_name_stays_and_is_marked_as_german() -> None:
    w = Translation("en")
    assert w.say_indicator(Benennung("Ausländerinnen und Ausländer", "amtliche Fortschreibung", "Deutsche")) == (
        "Foreign nationals (official population estimates), German nationals"
    )
    eigener = w.say_indicator(Benennung("Lesepaten <je> Schule", "", "Ausländer:innen"))
    assert split_text(eigener) == (("Lesepaten <je> Schule", True), (", ", False), ("Foreign nationals", False))
    assert mark_german(eigener) == '<span lang="de">Lesepaten &lt;je&gt; Schule</span>, Foreign nationals'
    assert Translation("leicht").say_name("Lesepaten") == "Lesepaten"
    assert not isinstance(Translation("leicht").say_name("Lesepaten"), Mixed)


def test_definitions_are_worded_one_by_one() -> None:
    namen = "A · Lünen 2021; B · Mikrozensus, Migrationshintergrund im weiteren Sinn, C · Zensus 2011 (Stadt Ratingen)"
    gesagt = Translation("en").say_name(namen)
    assert gesagt == (
        "A · Lünen 2021; B · Microcensus, migration background in the broader sense, C · 2011 census (Stadt Ratingen)"
    )
    assert [t for t, deutsch in split_text(gesagt) if deutsch] == ["Stadt Ratingen"]


def test_a_sentence_keeps_its_marks_until_the_page() -> None:
    teile = fill("en", "anteil_fehlt", {"ort": "Lünen", "tag": "x", "grund": "geschützt"})
    assert [t for t, deutsch in split_text(as_text(teile)) if deutsch] == ["Lünen"]
    assert not isinstance(merge_texts(["a", "b"]), Mixed)


def test_the_paper_marks_german_parts_in_both_files(tmp_path: Path) -> None:
    w = Translation("en")
    kopf = Vorlagenkopf("Stadt", "Integration monitoring", "1", "x", (), "2021", "v")
    punkte = (w.say_name("Vielfalt leben"), w.say_name("Zensus"))
    papier = Papier(kopf, (Abschnitt(w.say_name("Ein Feld der Stadt"), (Liste(punkte),)),), "", "en")
    seite = render_html(papier)
    assert '<h2><span lang="de">Ein Feld der Stadt</span></h2>' in seite
    assert '<li><span lang="de">Vielfalt leben</span></li><li>Census</li>' in seite
    write_docx(papier, tmp_path / "p.docx")
    laeufe = [r for p in docx.Document(str(tmp_path / "p.docx")).paragraphs for r in p.runs]
    deutsch = [r.text for r in laeufe if r._r.find(f"{qn('w:rPr')}/{qn('w:lang')}") is not None]
    assert deutsch == ["Ein Feld der Stadt", "Vielfalt leben"]
