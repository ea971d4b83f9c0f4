"""Tables that name mostly areas of others: which rows are the town's, and what is said where none is.

Here belong tables of a Land, with keys, as the ready sources read them: a few rows as they are printed.
"""

import re
from collections.abc import Callable
from datetime import date

import pytest

from pipelines.eingang.ingest import read_and_check
from pipelines.eingang.lieferung.record import Lieferung
from pipelines.eingang.tabelle.checks import leerer_bestand
from pipelines.foundation.findings import Befund, Code, LieferungAbgewiesen, Schwere
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import load_kommune
from tests.conftest import create_data_folder

TAG = date(2024, 12, 31)
KOPF = """\
Tabelle: 12411-15i
Katasterfläche (qkm), Bevölkerung und Bevölkerungsdichte - Stichtag - Gemeinden;;;;;
;;;Fortschreibung des Bevölkerungsstandes;\
Flächenerhebung nach Art der tatsächlichen Nutzung;Fortschreibung des Bevölkerungsstandes
;;;Bevölkerungsstand (Basis Zensus 2022 und früher);Bodenfläche (Katasterfläche) in qkm;Bevölkerungsdichte
;;;Anzahl;qkm;EW pro qkm
"""
ZEILEN = """\
31.12.2024;05;Nordrhein-Westfalen;1000;10,00;100,0
31.12.2024;051;  Düsseldorf, Regierungsbezirk;500;5,00;100,0
31.12.2024;05114;    Krefeld, krfr. Stadt;300;3,00;100,0
31.12.2024;05554;    Borken, Kreis;200;2,00;100,0
31.12.2024;05554004;      Ahaus, Stadt;40;0,40;100,0
31.12.2024;05554008;      Bocholt, Stadt;70;0,70;100,0
31.12.2024;05554012;      Borken, Stadt;60;0,60;100,0
31.12.2024;05554016;      Gescher, Stadt;30;0,30;100,0
"""
KOPF_GEBIETE = "gebiet_id;name;ebene;uebergeordnet;gebietsstand;gueltig_von;gueltig_bis\n"
KOMMUNE = """\
kommune: ort
name: Ort
ags: "{ags}"
land: Nordrhein-Westfalen
profile: [kosis_like]
veroeffentlichung: {{stichtage: ["*-12-31"]}}
schutz: {{begruendung: Test}}
quellen: {{tabellen: [{{vorlage: nrw_12411_15i{dazu}}}]}}
"""
Funde = Callable[..., list[Befund]]


@pytest.fixture(scope="module")
def ablage(tmp_path_factory: pytest.TempPathFactory) -> Ablage:
    return Ablage(create_data_folder(tmp_path_factory.mktemp("fremd") / "data")).create_folders()


@pytest.fixture
def funde(ablage: Ablage) -> Funde:
    """Everything said of the table by its ready source, for a town with the areas `gebiete`; what its entry says besides."""

    def read(ags: str, *gebiete: str, zeilen: str = ZEILEN, dazu: str = "", kopf: str = KOPF) -> list[Befund]:
        ordner = ablage.roh / "ort"
        ordner.mkdir(exist_ok=True)
        (ordner / "gebiete.csv").write_text(KOPF_GEBIETE + "".join(f"{g};2024;;\n" for g in gebiete), encoding="utf-8")
        (ordner / "kommune.yaml").write_text(KOMMUNE.format(ags=ags, dazu=dazu), encoding="utf-8")
        ort = load_kommune(ordner)
        layout = ort.angaben.quellen.tabellen[0]
        datei = ordner / "12411-15i.csv"
        datei.write_text(kopf + zeilen, encoding="windows-1252")
        lieferung = Lieferung("ort", layout.id, "tabellen", datei, TAG, TAG, "0" * 64, "l")
        try:
            return list(read_and_check(ablage, ort, layout, lieferung, leerer_bestand())[0].befunde)
        except LieferungAbgewiesen as grund:
            return list(grund.befunde)

    return read


def only(befunde: list[Befund], code: Code) -> Befund:
    assert [b.code for b in befunde] == [code], [b.text() for b in befunde]
    return befunde[0]


def test_a_kreisfreie_stadt_is_found_under_its_key_of_five_digits_and_that_is_said(funde: Funde) -> None:
    b = only(funde("05114000", "05114000;Krefeld;gemeinde;"), Code.schluessel_ergaenzt)
    assert b.schwere is Schwere.hinweis
    assert "05114 in der Datei ist 05114000 in gebiete.csv" in b.text()


def test_a_table_of_others_says_which_areas_it_has_and_which_the_town_has(funde: Funde) -> None:
    b = only(
        funde("05117000", "05117000;Mülheim an der Ruhr;gemeinde;", "01;Nord;stadtteil;05117000"), Code.zeile_fehlt
    )
    assert "keine der 8 Zeilen betrifft ein eigenes Gebiet" in b.was
    assert re.search(r"in gebiete.csv steht 05117000 »Mülheim an der Ruhr«, 01 »Nord«", b.was)
    # The nearest keys come first.
    assert "In der Datei steht 051 »Düsseldorf, Regierungsbezirk«" in b.was.replace(
        "05114 »Krefeld, krfr. Stadt«, ", ""
    )
    assert 'gebiete: {"Schlüssel der Datei": "eigener"}' in b.erwartet
    assert b.vorschlag is None


def test_where_the_name_is_the_towns_the_message_says_what_to_write(funde: Funde) -> None:
    b = only(funde("05999001", "05999001;Krefeld;gemeinde;"), Code.zeile_fehlt)
    assert b.vorschlag == 'gebiete: {"05114": "05999001"}'
    assert "In der Datei steht 05114 »Krefeld, krfr. Stadt«" in b.was
    assert funde("05999001", "05999001;Krefeld;gemeinde;", dazu=', gebiete: {"05114": "05999001"}') == []


def test_the_same_wrong_label_in_many_rows_is_one_finding(funde: Funde) -> None:
    zeilen = ZEILEN.replace("31.12.2024;05114;", "31.12.2023;05114;") + ZEILEN
    funde_ = funde("05114", "05114;Viersen;kreis;", zeilen=zeilen)
    b = next(b for b in funde_ if b.code is Code.schluessel_name)
    assert (b.anzahl, len(b.zellen), b.zellen[0]) == (2, 2, "Zeile 8, Feld 2")
    assert "der Schlüssel »05114« gehört zu »Viersen«, die Zeile heißt »Krefeld, krfr. Stadt«" in b.was
    assert [f.code for f in funde_].count(Code.schluessel_name) == 1


KREIS = ("05554;Borken, Kreis;kreis;", "05554008;Bocholt;gemeinde;05554")
DREI = (*KREIS, "05554004;Ahaus;gemeinde;05554", "05554012;Borken;gemeinde;05554")


def test_one_town_of_a_kreis_is_no_sum(funde: Funde) -> None:
    assert funde("05554008", *KREIS) == []


def test_half_of_the_towns_of_a_kreis_are_no_sum_either(funde: Funde) -> None:
    assert funde("05554", *DREI[:3]) == []


def test_most_towns_of_a_kreis_are_checked_and_the_message_names_the_others_and_the_key(funde: Funde) -> None:
    b = next(b for b in funde("05554", *DREI) if b.code is Code.summe_gebiete)
    assert "die Datei nennt darin ein Gebiet, das nicht in gebiete.csv steht: 05554016" in b.was
    assert "pruefungen: {summe_gebiete: hinweis}" in b.erwartet


def test_all_towns_of_a_kreis_are_checked_as_before(funde: Funde) -> None:
    alle = (*DREI, "05554016;Gescher;gemeinde;05554")
    assert funde("05554", *alle) == []
    b = only(funde("05554", *alle, zeilen=ZEILEN.replace(";70;0,70;100,0", ";80;0,70;114,3")), Code.summe_gebiete)
    assert "die Summe der 4 Gemeinden ist 210, gedruckt ist 200" in b.was
    assert "die Datei nennt darin" not in b.was


def test_keys_that_are_translated_are_parts_all_the_same(funde: Funde) -> None:
    eigene = ("05999;Borken, Kreis;kreis;", "1;Bocholt;gemeinde;05999", "2;Ahaus;gemeinde;05999")
    assert funde("05999", *eigene, dazu=', gebiete: {"05554": "05999", "05554008": "1", "05554004": "2"}') == []


@pytest.mark.parametrize(
    ("fuss", "dazu", "gesagt"),
    [
        ("auf Basis der VZ87 (bis 2010) bzw. des Zensus 2011 (ab 2011)", ", zensusbasis: 2011", False),
        ("auf Basis des Zensus 2011 (bis 2021) bzw. des Zensus  2022", ", zensusbasis: 2011", True),
        ("auf Basis des Zensus 2022", ", zensusbasis: 2022", False),
        ("auf Basis des Zensus 2022", "", False),  # the day of each figure tells
    ],
)
def test_a_table_that_names_a_later_zensus_than_the_layout_is_told(
    funde: Funde, fuss: str, dazu: str, gesagt: bool
) -> None:
    kopf = KOPF.replace("Basis Zensus 2022 und früher", "Basis Zensus 2011")
    kreis = funde("05554008", *KREIS, zeilen=f"{ZEILEN}__________\n{fuss}\n", dazu=dazu, kopf=kopf)
    worte = [b.was for b in kreis]
    assert ("die Tabelle nennt den Zensus 2022, das Layout zensusbasis: 2011" in worte) == gesagt
