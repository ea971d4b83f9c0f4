"""Ready sources: what an entry that names one becomes, what overrides it, what is said of an unknown or broken one."""

from pathlib import Path

import pytest

from pipelines.eingang.lieferung.fingerprint import konfigurationsstand
from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage
from pipelines.refresh.check_referenz import check_referenz
from pipelines.stamm.admitted import load_admitted
from pipelines.stamm.kommune import Kommune, load_kommune
from pipelines.stamm.quellen.fertig import dateien_der_quellen, load_quelle
from pipelines.stamm.tables.quelle import zeilen_quelle
from tests.conftest import ROH, create_data_folder
from tests.lib.small_town import ort

NAME = "nrw_12411_15i"


@pytest.fixture
def ablage(tmp_path: Path) -> Ablage:
    ablage = Ablage(create_data_folder(tmp_path / "data", ())).create_folders()
    ort(ablage.daten, "andere", 1)
    ort(ablage.daten, "erste", 2)
    return ablage


def name_quelle(ablage: Ablage, eintrag: str) -> Path:
    """kommune.yaml of »erste« with this entry as its only table; returns its folder."""
    ordner = ablage.roh / "erste"
    kopf = (ordner / "kommune.yaml").read_text(encoding="utf-8").partition("    - id: t\n")[0]
    (ordner / "kommune.yaml").write_text(f"{kopf}    - {eintrag}\n", encoding="utf-8")
    return ordner


def load(ablage: Ablage, eintrag: str) -> Kommune:
    return load_kommune(name_quelle(ablage, eintrag))


@pytest.mark.parametrize("name", sorted(p.stem for p in (ROH / "referenz" / "quellen").glob("*.yaml")))
def test_every_ready_source_is_documented_and_can_be_named_as_it_is(ablage: Ablage, name: str) -> None:
    quelle = load_quelle(dateien_der_quellen(ablage.roh)[name])
    zellen = dict.fromkeys(quelle.verlangt, "Ort")
    (layout,) = load(ablage, f"{{vorlage: {name}, zellen: {zellen}}}").angaben.quellen.tabellen
    assert (layout.vorlage, layout.titel, layout.lizenz) == (name, quelle.titel, quelle.lizenz)
    assert layout.werte == quelle.werte
    zeile = next(
        z for z in (ROH.parents[1] / "docs" / "layouts.md").read_text(encoding="utf-8").splitlines()
        if z.startswith(f"| `{name}` |")
    )  # fmt: skip
    for angabe in (quelle.nummer, quelle.inhalt, quelle.lizenz, quelle.adresse):
        assert angabe in zeile


# What a table is says itself: whoever delivers it, the figures count the same people in the same way.
WAS_GEZAEHLT_IST = (
    "bevoelkerung",
    "zensusbasis",
    "methode",
    "ungerundet",
    "bereits_veroeffentlicht",
    "stichprobe",
    "hoechstabweichung",
)


def test_the_shipped_towns_say_of_a_public_table_what_its_ready_source_says(ablage: Ablage) -> None:
    quellen = {q.nummer: q for q in map(load_quelle, dateien_der_quellen(ablage.roh).values())}
    verglichen = set()
    for ordner in sorted(p.parent for p in ROH.glob("*/kommune.yaml")):
        angaben = load_kommune(ordner).angaben.quellen
        for layout in (*angaben.tabellen, *angaben.indikatoren):
            for nummer, quelle in quellen.items():
                if f"Tabelle {nummer}" in layout.herkunft:
                    verglichen.add(nummer)
                    sagt = {k: (getattr(layout, k), getattr(quelle, k)) for k in WAS_GEZAEHLT_IST}
                    assert {k: v for k, v in sagt.items() if v[0] != v[1]} == {}, (ordner.name, layout.id)
    assert verglichen == {"12411-09i", "12411-15i", "12521-03i", "12521-0041", "22811-01i", "22811-05i"}


def test_groups_that_are_everybody_together_are_groups_of_the_table(ablage: Ablage) -> None:
    (layout,) = load(ablage, "{vorlage: nrw_12521_03i}").angaben.quellen.tabellen
    assert layout.gruppen_zusammen == ("1", "2", "3", "4", "5", "9")
    with pytest.raises(KonfigurationsFehler) as grund:
        load(ablage, '{vorlage: nrw_12521_03i, gruppen_zusammen: ["1", "7"]}')
    assert "gruppen_zusammen nennt »7«; erwartet werden Namen, die auch unter gruppen stehen." in str(grund.value)


def test_an_entry_says_what_is_ours_and_what_is_different(ablage: Ablage) -> None:
    (layout,) = load(
        ablage,
        f"{{vorlage: {NAME}, id: einwohner_land, datei: 'tabelle_{{stichtag}}.csv', gebiete: {{'05566': '01000002'}}, "
        "woerter: {merkmal: {Einwohner: einwohner}}, pruefungen: {jahressprung: hinweis}}",
    ).angaben.quellen.tabellen
    assert (layout.id, layout.datei) == ("einwohner_land", "tabelle_{stichtag}.csv")
    assert layout.woerter == {"merkmal": {"Einwohner": "einwohner"}, "gebiet": {"05566": "01000002"}}
    assert layout.fremde_gebiete == "ausserhalb"


def test_of_whom_a_file_is_stands_beside_what_else_the_table_is_known_by(ablage: Ablage) -> None:
    (layout,) = load(ablage, "{vorlage: ba_beschaeftigte_alter, zellen: {B1: Ort}}").angaben.quellen.tabellen
    assert layout.aufbau is not None
    assert layout.aufbau.zellen == {
        "A3": "Berichtsjahr", "A5": "Indikator", "B5": "Beschäftigte", "B6": "Ausländer", "B1": "Ort",
    }  # fmt: skip


def test_words_of_the_entry_stand_beside_those_of_the_ready_source(ablage: Ablage) -> None:
    (layout,) = load(ablage, "{vorlage: koeln_bevoelkerung, gebiete: {'101': '01'}}").angaben.quellen.tabellen
    assert layout.woerter["gebiet"] == {"000": "05315000", "101": "01"}
    assert "005 | 10" in layout.woerter["merkmal"]


FEHLER = [
    ("vorlage: nrw_12411_15", "quellen.tabellen[0].vorlage: Die fertige Quelle »nrw_12411_15« gibt es nicht in "
     "referenz/quellen. Ähnlich: »nrw_12411_15i«. Vorhanden: "),
    ("vorlage: 7", "Die fertige Quelle »7« gibt es nicht"),
    (f"{{vorlage: {NAME}, gebiete: [1]}}", "quellen.tabellen[0].gebiete: Erwartet wird ein Block"),
    ("vorlage: ba_beschaeftigte_alter", "quellen.tabellen[0]: Erwartet wird zellen: {Adresse: Inhalt} mit B1 (die Region, wie"),
    (f"{{vorlage: {NAME}, zellen: 5}}", "quellen.tabellen[0].zellen: Erwartet wird zellen: {Adresse: Inhalt} mit B1"),
    (f"{{vorlage: {NAME}, woerter: [1]}}", "quellen.tabellen[0].woerter: "),
    (f"{{vorlage: {NAME}, gebiete: {{a: b}}, woerter: 5}}", "quellen.tabellen[0].woerter: "),
    (f"{{vorlage: {NAME}, kopfzeilen: 3}}", "Der Schlüssel »kopfzeilen« ist unbekannt. Ähnlich: »kopfzeile«."),
    (f"{{vorlage: {NAME}, inhalt: anders}}", "Der Schlüssel »inhalt« ist unbekannt."),
]  # fmt: skip


@pytest.mark.parametrize(("eintrag", "meldung"), FEHLER)
def test_a_wrong_entry_is_told_with_its_line(ablage: Ablage, eintrag: str, meldung: str) -> None:
    with pytest.raises(KonfigurationsFehler) as grund:
        load(ablage, eintrag)
    assert meldung in str(grund.value)
    assert str(grund.value).startswith("erste/kommune.yaml, Zeile 10, ")


def test_a_broken_ready_source_holds_whoever_names_it_and_nobody_else(ablage: Ablage) -> None:
    name_quelle(ablage, f"vorlage: {NAME}")
    datei = ablage.referenz / "quellen" / f"{NAME}.yaml"
    heil = datei.read_text(encoding="utf-8")
    datei.write_text(heil.replace("lizenz:", "lizens:"), encoding="utf-8")
    gut, schlecht = load_admitted(ablage)
    assert (list(gut), list(schlecht)) == (["andere"], ["erste"])
    assert f"Die fertige Quelle »{NAME}« ist fehlerhaft (siehe quellen/{NAME}.yaml)" in str(schlecht["erste"])
    assert len(check_referenz(ablage).meldungen) == 1
    datei.write_text(heil, encoding="utf-8")
    assert check_referenz(ablage).meldungen == []
    datei.write_text(heil.replace("lizenz:", "lizens:"), encoding="utf-8")
    (meldung,) = check_referenz(ablage).meldungen
    assert "Bis dahin gilt die letzte heile Fassung dieser Liste weiter" in meldung.text
    assert sorted(load_admitted(ablage)[0]) == ["andere", "erste"]


def test_a_changed_ready_source_is_news_for_whoever_names_it_only(ablage: Ablage) -> None:
    ordner = name_quelle(ablage, f"vorlage: {NAME}")
    vorher = [konfigurationsstand(ablage, o) for o in (ordner, ablage.roh / "andere")]
    datei = ablage.referenz / "quellen" / f"{NAME}.yaml"
    datei.write_text(datei.read_text(encoding="utf-8") + "# geändert\n", encoding="utf-8")
    nachher = [konfigurationsstand(ablage, o) for o in (ordner, ablage.roh / "andere")]
    assert [a == b for a, b in zip(vorher, nachher, strict=True)] == [False, True]


def test_title_origin_licence_and_address_come_from_the_ready_source(ablage: Ablage) -> None:
    kommune = load(ablage, f"{{vorlage: {NAME}, herkunft: Amt}}")
    (zeile,) = [z for z in zeilen_quelle([kommune])["quelle"] if z["quelle_id"] == "einwohner"]
    assert (zeile["titel"], zeile["herkunft"], zeile["lizenz"], zeile["adresse"], zeile["fertige_quelle"]) == (
        "Fläche, Bevölkerung und Bevölkerungsdichte der Gemeinden (12411-15i)", "Amt", "dl-de/by-2-0",
        "https://www.landesdatenbank.nrw.de", NAME,
    )  # fmt: skip
