"""A draft of a layout: what is recognised in a file, that it loads and reads, and that nothing is invented.

Here belong proposals and the folder laid out from one; reading by a layout is tested in test_tabelle.py.
Long because each form of a file is shown with the draft that comes of it.
"""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.eingang.layout_proposal.propose import Vorschlag, propose
from pipelines.eingang.lieferung.record import Lieferung
from pipelines.eingang.tabelle.read import Tabelleneinlesung, read_tabelle
from pipelines.foundation.findings import KonfigurationsFehler, LieferungAbgewiesen, Schwere
from pipelines.foundation.storage import Ablage
from pipelines.foundation.yaml_file import load
from pipelines.stamm.kommune import load_kommune
from pipelines.stamm.quellen.file_form import Zahlen
from pipelines.stamm.quellen.layout import Layout
from pipelines.stamm.quellen.time_label import IN_DER_DATEI
from tests.conftest import ROH, create_data_folder, monitoring_im_prozess

MAPPE = ROH / "luenen" / "tabellen" / "stadtteile_2021-06-30.xlsx"
ORDNER = ("konstanz", "koeln", "landesdatenbank_nrw", "berlin", "destatis", "ba")
# Of files with ten thousands of figures only this many lines and the last ones: the golden tests read them whole.
ZEILEN = 1500


@pytest.fixture(scope="module")
def ablage(tmp_path_factory: pytest.TempPathFactory) -> Ablage:
    return Ablage(create_data_folder(tmp_path_factory.mktemp("vorschlag") / "data")).create_folders()


def read(ablage: Ablage, layout: Layout, datei: Path) -> Tabelleneinlesung:
    tag = layout.fits(datei.name) or IN_DER_DATEI
    return read_tabelle(ablage, None, layout, Lieferung("k", layout.id, "tabellen", datei, tag, tag, "0" * 64, ""))


def zahlen(e: Tabelleneinlesung, *felder: str) -> dict[tuple[object, ...], float]:
    return {tuple(z[f] for f in felder): z["wert"] for z in e.werte.to_pylist()}


def fehler(e: Tabelleneinlesung) -> list[str]:
    return [b.text() for b in e.befunde if b.schwere is Schwere.fehler]


@pytest.fixture
def vorschlag(ablage: Ablage, tmp_path: Path) -> Callable[[str, str], tuple[Vorschlag, Tabelleneinlesung]]:
    """Propose a layout for a CSV of this name and text, load it back, and read the file by it."""

    def propose_layout(name: str, text: str) -> tuple[Vorschlag, Tabelleneinlesung]:
        datei = tmp_path / name
        datei.write_bytes(text.encode())
        v = propose(datei, tmp_path)
        geladen = tmp_path / "entwurf.yaml"
        geladen.write_text(v.yaml, encoding="utf-8")
        assert load(geladen, Layout) == v.layout
        return v, read(ablage, v.layout, datei)

    return propose_layout


Schlage = Callable[[str, str], tuple[Vorschlag, Tabelleneinlesung]]


def test_the_printed_workbook_is_read_fully_by_its_proposal(ablage: Ablage) -> None:
    v = propose(MAPPE, ablage.tmp)
    e = read(ablage, v.layout, MAPPE)
    assert (v.layout.datei, v.layout.blatt, v.layout.kopfzeile) == ("stadtteile_{stichtag}.xlsx", "Stadtteile", 3)
    assert (v.layout.summenzeile, v.layout.profil, v.layout.herkunft) == ("Lünen", "kosis_like", "bitte angeben")
    assert (e.bilanz.uebernommen, e.bilanz.abgewiesen, fehler(e)) == (14, 0, [])
    assert zahlen(e, "gebiet_id", "merkmal")["insgesamt", "einwohner"] == 87815
    assert len(v.gebiete) == 13
    assert v.gebiete[0] == ("01", "Alstedde")
    assert any("profil" in s for s in v.unsicher)


def test_known_areas_give_the_area_column_and_their_keys(ablage: Ablage) -> None:
    v = propose(MAPPE, ablage.tmp, load_kommune(ablage.roh / "luenen").gebiete)
    assert not any("Gebiete" in s for s in v.unsicher)
    assert v.gebiete[-1] == ("13", "Wethmar")


def test_title_block_footer_and_stand_above_the_table(vorschlag: Schlage) -> None:
    v, e = vorschlag(
        "tabelle.csv",
        "Bevölkerung der Stadt\nStand: 31.12.2023;;\n\nStadtteil;Einwohner;Ausländer\nNord;1.234;-\nSüd;2.345;300\n"
        "Insgesamt;3.579;300\n\nQuelle: Melderegister\n1) gerundet;;\n",
    )
    assert v.layout.zeit is not None
    assert (v.layout.zeit.zelle, v.layout.summenzeile, v.layout.ende) == ("A2", "Insgesamt", "Quelle: Melderegister")
    assert set(e.werte.column("stichtag").to_pylist()) == {date(2023, 12, 31)}
    assert zahlen(e, "gebiet_id", "merkmal")["insgesamt", "einwohner"] == 3579
    assert (e.bilanz.ausserhalb, fehler(e)) == (3, [])  # a blank line and two of the footer


def test_line_ends_of_old_macs_and_english_numbers(vorschlag: Schlage) -> None:
    v, e = vorschlag("daten_2024.csv", "Stadtteil;Einwohner;Quote in %\rNord;1,234;8.4\rSüd;12,345;10.5\r")
    assert v.layout.zahlen == Zahlen(dezimal=".", tausender=",")
    assert (v.layout.datei, v.layout.tag) == ("daten_{jahr}.csv", "12-31")
    gelesen = zahlen(e, "gebiet_id", "merkmal")
    assert (gelesen["Nord", "einwohner"], gelesen["Süd", "einwohner"]) == (1234, 12345)
    assert {w for (_, m), w in gelesen.items() if m != "einwohner"} == {8.4, 10.5}
    assert [m.einheit for m in v.layout.merkmale.values()] == ["prozent"]


def test_numbers_that_can_mean_two_things_are_said_to_be_unsure(vorschlag: Schlage) -> None:
    v, _ = vorschlag("daten_2024-12-31.csv", "Stadtteil;Einwohner\nNord;1,234\nSüd;2,345\n")
    assert any("zweierlei" in s for s in v.unsicher)


def test_a_long_table_translates_its_labels(vorschlag: Schlage) -> None:
    v, e = vorschlag(
        "lang_2024-12-31.csv",
        "Stadtteil;Merkmal;Geschlecht;Wert\nNord;Einwohner;männlich;10\nNord;Einwohner;weiblich;12\n"
        "Nord;Hunde;insgesamt;3\nSüd;Einwohner;weiblich;5\n",
    )
    assert v.layout.woerter == {"merkmal": {"Einwohner": "einwohner", "Hunde": "hunde"}}
    assert zahlen(e, "gebiet_id", "merkmal", "geschlecht")["Nord", "einwohner", "w"] == 12
    assert fehler(e) == []


def test_years_as_rows(vorschlag: Schlage) -> None:
    v, e = vorschlag("reihe.csv", "jahr,zuzug,wegzug\n2021,8216,7869\n2022,9885,8447\n2023,8784,8628\n")
    assert v.layout.zeit is not None
    assert (v.layout.zeit.spalte, v.layout.zeit.form) == ("jahr", "jahr")
    assert zahlen(e, "stichtag", "merkmal")[date(2022, 12, 31), "zuzuege"] == 9885


def test_a_day_may_be_written_with_underscores(vorschlag: Schlage) -> None:
    v, e = vorschlag("kiel.csv", "Datum;Stadtteil;insgesamt\n2023_12_31;Altstadt;1220\n2023_12_31;Vorstadt;1648\n")
    assert v.layout.zeit is not None
    assert (v.layout.zeit.spalte, v.layout.zeit.form) == ("Datum", "datum")
    assert zahlen(e, "stichtag", "gebiet_id")[date(2023, 12, 31), "Altstadt"] == 1220


def test_a_day_in_the_files_name_may_be_written_with_underscores(vorschlag: Schlage) -> None:
    v, e = vorschlag("kiel_2023_12_31.csv", "Stadtteil;Einwohner\nAltstadt;1220\nVorstadt;1648\n")
    assert v.layout.datei == "kiel_{stichtag}.csv"
    assert zahlen(e, "stichtag", "gebiet_id")[date(2023, 12, 31), "Altstadt"] == 1220


def test_years_as_columns(vorschlag: Schlage) -> None:
    _, e = vorschlag(
        "spalten.csv", "Einwohner nach Stadtteilen;;\n\nStadtteil;2022;2023\nNord;1951;1960\nSüd;800;810\n"
    )
    assert zahlen(e, "gebiet_id", "stichtag", "merkmal")["Nord", date(2023, 12, 31), "einwohner"] == 1960


def test_key_and_name_columns(vorschlag: Schlage) -> None:
    v, e = vorschlag("g_2024-12-31.csv", "Nr.;Bezirk;Einwohner\n01;Nord;10\n02;Süd;20\n03;West;30\n;Summe;60\n")
    assert v.gebiete == [("01", "Nord"), ("02", "Süd"), ("03", "West")]
    assert v.layout.summenzeile == "Summe"
    assert zahlen(e, "gebiet_id")["insgesamt",] == 60


def test_a_stacked_header_gives_sex_and_measure(vorschlag: Schlage) -> None:
    _, e = vorschlag(
        "k_2024-12-31.csv",
        ";Ausländer;;;Deutsche;\nStadtteil;insgesamt;männlich;weiblich;männlich;weiblich\nNord;30;10;20;5;6\nSüd;7;3;4;8;9\n",
    )
    gelesen = zahlen(e, "gebiet_id", "merkmal", "geschlecht")
    assert gelesen["Nord", "auslaender", "insgesamt"] == 30
    assert gelesen["Nord", "auslaender", "w"] == 20
    assert gelesen["Süd", "deutsche", "w"] == 9


def test_words_instead_of_numbers_are_proposed_as_signs(vorschlag: Schlage) -> None:
    v, e = vorschlag("z_2024-12-31.csv", "Stadtteil;Einwohner\nNord;k. A.\nSüd;10\nWest;gesperrt\nOst;12\n")
    assert v.layout.zeichen == {"gesperrt": ".", "k. A.": "leer"}
    assert fehler(e) == []


@pytest.mark.parametrize(
    ("text", "satz"),
    [
        ("Ein Brief.\nKeine Tabelle; nirgends.\n", "keine Tabelle mit Zahlen"),
        ("Nord;10\nSüd;20\n", "keine Zeile mit Überschriften"),
        ("Stadtteil;Einwohner\nNord;10\nSüd;20\n", "Der Stichtag steht weder im Dateinamen"),
    ],
)
def test_what_a_file_does_not_show_is_refused_in_german(tmp_path: Path, text: str, satz: str) -> None:
    datei = tmp_path / "text.csv"
    datei.write_text(text, encoding="utf-8")
    with pytest.raises((LieferungAbgewiesen, KonfigurationsFehler), match=satz):
        propose(datei, tmp_path)


ZELLEN = st.one_of(
    st.sampled_from(["", "Stadtteil", "Einwohner", "männlich", "Jahr", "2023", "31.12.2024", "1.234", "8,4%", "-", ".", "01",
                     "Summe", "a: {b", "# x", "'", "Merkmal", "Wert", "unter 3", "Türkei", "k. A.", "100.0", "x\u0085y"]),
    st.integers(-5, 3000).map(str), st.text(max_size=6),
)  # fmt: skip


@settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.lists(ZELLEN, min_size=1, max_size=6), min_size=1, max_size=9), st.sampled_from(["t", "t_2024-12-31"])
)
def test_random_grids_raise_only_what_a_person_can_read(
    tmp_path: Path, gitter: Sequence[Sequence[str]], stamm: str
) -> None:
    puffer = io.StringIO()
    csv.writer(puffer, delimiter=";").writerows(gitter)
    datei = tmp_path / f"{stamm}.csv"
    datei.write_text(puffer.getvalue(), encoding="utf-8")
    try:
        v = propose(datei, tmp_path)
    except (LieferungAbgewiesen, KonfigurationsFehler):
        return
    entwurf = tmp_path / "entwurf.yaml"
    entwurf.write_text(v.yaml, encoding="utf-8")
    assert load(entwurf, Layout) == v.layout


@pytest.mark.parametrize("ordner", ORDNER)
def test_published_files_give_a_proposal_that_loads_and_reads(
    ablage: Ablage, daten: Path, ordner: str, tmp_path: Path
) -> None:
    dateien = sorted((daten / ordner).glob("*.csv"))
    assert dateien
    for datei in dateien:
        if len(zeilen := datei.read_bytes().splitlines(keepends=True)) > ZEILEN:
            datei = tmp_path / datei.name
            datei.write_bytes(b"".join(zeilen[:ZEILEN] + zeilen[-30:]))  # with the footer
        e = read(ablage, propose(datei, ablage.tmp).layout, datei)
        assert any(w is not None for w in e.werte.column("wert").to_pylist()), datei.name


def test_published_totals_are_read(ablage: Ablage, daten: Path) -> None:
    for name, merkmal, jahr, summe in (
        ("konstanz/nach_staatsangehoerigkeit.csv", "einwohner", 2025, 87178),
        ("konstanz/nach_staatsangehoerigkeit.csv", "auslaender", 2000, 10065),
        ("konstanz/meldestatus.csv", "einwohner", 1995, 72234),
        ("konstanz/zu_und_wegzug.csv", "fortzuege", 2025, 7997),
        ("konstanz/nach_stadtteilen.csv", "altstadt", 2025, 12318),
        ("konstanz/nach_altersgruppe.csv", "ueber_60", 2000, 16997),
        ("konstanz/al_quote.csv", "konstanz", 2025, 4.3),
    ):
        datei = daten / name
        e = read(ablage, propose(datei, ablage.tmp).layout, datei)
        assert fehler(e) == []
        assert zahlen(e, "merkmal", "stichtag")[merkmal, date(jahr, 12, 31)] == summe, name
    datei = daten / "landesdatenbank_nrw" / "12411-15i.csv"
    gelesen = zahlen(read(ablage, propose(datei, ablage.tmp).layout, datei), "gebiet_id", "merkmal")
    assert gelesen["05", "einwohner"] == 18034454
    assert gelesen["05978024", "flaeche"] == pytest.approx(59.18, abs=0.5)


def test_new_from_a_file_lays_out_a_folder_that_loads(datenordner: Path, tmp_path: Path) -> None:
    lauf = monitoring_im_prozess(datenordner, "new", "neustadt", "--aus", str(MAPPE), "--data", str(datenordner))
    assert lauf.code == 0, lauf.output
    ordner = datenordner / "raw" / "neustadt"
    kommune = load_kommune(ordner)
    assert [t.summenzeile for t in kommune.angaben.quellen.tabellen] == ["Lünen"]
    assert [g.name for g in kommune.gebiete][1:3] == ["Alstedde", "Beckinghausen"]
    assert list((ordner / "tabellen").iterdir()) == []
    assert f"{MAPPE.name}: als Tabelle für tabellen gelesen; zugeordnet sind gebiet, " in lauf.stdout
    assert f"Gefunden: {len(kommune.gebiete) - 2} Gebiete." in lauf.stdout
    zweiter = monitoring_im_prozess(datenordner, "new", "neustadt", "--aus", str(MAPPE), "--data", str(datenordner))
    assert zweiter.code == 0, zweiter.output
    assert f"{ordner / 'einfuegen_stadtteile_2021-06-30.txt'}" in zweiter.lines
    entwurf = load(ordner / "entwurf_stadtteile_2021-06-30.yaml", Layout)
    assert entwurf.kopfzeile == 3
    dritter = monitoring_im_prozess(datenordner, "new", "neustadt", "--aus", str(MAPPE), "--data", str(datenordner))
    assert (dritter.code, "gibt es schon" in dritter.stderr) == (2, True)
    fehlt = monitoring_im_prozess(
        datenordner, "new", "x", "--aus", str(tmp_path / "fehlt.csv"), "--data", str(datenordner)
    )
    assert (fehlt.code, (datenordner / "raw" / "x").exists()) == (2, False)


def test_new_says_which_options_belong_together(datenordner: Path) -> None:
    lauf = monitoring_im_prozess(datenordner, "new", "luenen", "--mit-stand", "--data", str(datenordner))
    assert lauf.code == 2
    assert "nur mit --massnahmen" in lauf.stderr


def test_an_export_of_the_employment_agency_ends_before_its_date_of_export(vorschlag: Schlage) -> None:
    v, e = vorschlag(
        "ba.csv",
        '"Berichtsjahr";"2014"\n""\n"Merkmal ";"Beschäftigte "\n"unter 25 Jahre";"4.324.340"\n"25 bis unter 55 Jahre ";'
        '"24.153.340"\n"55 Jahre und älter";"7.046.660"\n""\n"Exportdatum: ";"21.05.2025"\n',
    )
    assert (v.layout.ende, fehler(e), e.bilanz.uebernommen) == ("Exportdatum:", [], 3)


def test_what_only_the_file_name_says_is_counted_is_no_inhabitant(vorschlag: Schlage) -> None:
    v, e = vorschlag(
        "arbeitslose_2018-12-31.csv", "Stadtteil;Insgesamt;Männer;Frauen;Ausländer\nNord;30;10;20;5\nSüd;70;30;40;6\n"
    )
    assert set(e.werte.column("merkmal").to_pylist()) == {"arbeitslose"}
    assert any("Arbeitslose" in s and "was ist gezählt?" in s for s in v.unsicher)
    assert zahlen(e, "gebiet_id", "geschlecht", "gruppe")["Nord", "insgesamt", "auslaender"] == 5


def test_a_day_in_one_column_and_the_year_in_another(vorschlag: Schlage) -> None:
    v, e = vorschlag(
        "amtlich.csv",
        "Stichtag;Jahr;Stadtteil;Einwohner\n31.03.;2018;Nord;10\n31.03.;2018;Süd;12\n31.03.;2019;Nord;11\n",
    )
    assert set(e.werte.column("stichtag").to_pylist()) == {date(2018, 3, 31), date(2019, 3, 31)}
    assert v.layout.spalten["gebiet"] == ("Stadtteil",)
    assert any("31.03. angenommen" in s for s in v.unsicher)


def test_days_in_two_columns_that_vary_are_asked_for(vorschlag: Schlage) -> None:
    v, _ = vorschlag("q.csv", "Stichtag;Jahr;Einwohner\n31.03.;2018;10\n30.06.;2018;12\n30.09.;2018;11\n")
    assert "gebiet" not in v.layout.spalten
    assert any("»Stichtag«, »Jahr«" in s for s in v.unsicher)


def test_the_day_in_the_file_name_counts_more_than_a_column_of_years(vorschlag: Schlage) -> None:
    v, e = vorschlag("einwohner_2025-06-30.csv", "Jahr;Stadtteil;Einwohner\n2025;Nord;10\n2025;Süd;12\n")
    assert (v.layout.datei, v.layout.zeit) == ("einwohner_{stichtag}.csv", None)
    assert any("30.06.2025" in s and "welcher Tag gilt?" in s for s in v.unsicher)
    assert e.bilanz.uebernommen == 2


def test_columns_named_code_and_label_are_asked_for(vorschlag: Schlage) -> None:
    v, _ = vorschlag("x_2024-12-31.csv", "code;label;Jahr;Einwohner\n01;Nord;2024;10\n02;Süd;2024;20\n03;West;2024;5\n")
    assert any("»code«" in s for s in v.unsicher)
    assert any("»label«" in s for s in v.unsicher)


def test_a_genesis_table_in_rows_is_known(vorschlag: Schlage) -> None:
    kopf = (
        "statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;1_variable_attribute_code;"
        "1_variable_attribute_label;2_variable_code;2_variable_label;2_variable_attribute_code;2_variable_attribute_label;value;"
        "value_unit;value_variable_code;value_variable_label;value_q\n"
    )
    zeile = "12411;Fortschreibung;STAG;Stichtag;2023-12-31;KREISE;Kreise und kreisfreie Städte;{};GES;Geschlecht;{};{};Anzahl;"
    zeile += "BEVSTD;Bevölkerungsstand;{}\n"
    text = kopf
    for ort in ("01001;Flensburg", "01002;Kiel"):
        for g, w, q in (("GESM;männlich", "100", "e"), ("GESW;weiblich", ".", "."), ("GESI;Insgesamt", "-", "")):
            text += zeile.format(ort, g, w, q)
    v, e = vorschlag("12411.csv", text)
    spalten = v.layout.spalten
    assert (spalten["gebiet_id"], spalten["gebiet"]) == (
        ("1_variable_attribute_code",),
        ("1_variable_attribute_label",),
    )
    assert "value_q" in str(spalten["kennzeichen"])
    assert zahlen(e, "gebiet_id", "merkmal", "geschlecht")["01001", "einwohner", "m"] == 100
    assert any("Gebiete" in s for s in v.unsicher)
    assert fehler(e) == []


def test_further_tables_on_a_sheet_are_named(vorschlag: Schlage) -> None:
    v, _ = vorschlag(
        "m_2024-12-31.csv",
        "Stadtteil;Einwohner\nNord;10\nSüd;20\nWest;30\n\nAlter;Personen\nunter 18;4\n18 und älter;5\n",
    )
    assert any("Zeilen 7 bis 8" in s for s in v.unsicher)
    v, _ = vorschlag(
        "n_2024-12-31.csv", "Stadtteil;Einwohner;;Schule;Kinder\nNord;10;;A;3\nSüd;20;;B;4\nWest;30;;C;5\n"
    )
    assert any("Spalten D bis E" in s for s in v.unsicher)


AUSZUG = """ORDNUNGSMERKMAL|STATUS|GEBURT|GESCHLECHT|STAAT_1|GEB_ORT|BEZIRK|FAMILIENNAME
4711|AS|19800102|1|000|Xdorf|01|Geheim
4712|H|19810102|w|163|Ydorf|02|Geheim
"""


def test_an_extract_of_persons_gets_a_draft_of_the_register(datenordner: Path, tmp_path: Path) -> None:
    datei = tmp_path / "export.txt"
    datei.write_text(AUSZUG, encoding="utf-8")
    lauf = monitoring_im_prozess(datenordner, "new", "regstadt", "--aus", str(datei), "--data", str(datenordner))
    assert lauf.code == 0, lauf.output
    assert "export.txt: als Auszug des Melderegisters erkannt" in lauf.stdout
    text = (datenordner / "raw" / "regstadt" / "kommune.yaml").read_text(encoding="utf-8")
    angaben = load_kommune(datenordner / "raw" / "regstadt").angaben.quellen.melderegister
    assert angaben is not None
    assert angaben.spalten is not None
    assert angaben.spalten.geburtsdatum == "GEBURT"
    assert list(angaben.ignorieren) == ["FAMILIENNAME"]
    assert 'UNSICHER: Was heißt "AS" in wohnungsstatus?' in text
    assert "Geheim" not in text
    assert "dorf" not in text.split("Entwurf aus")[1].split("# Nur nötig")[0]
    pruefung = monitoring_im_prozess(datenordner, "check", str(datei), "--data", str(datenordner))
    assert (pruefung.code, "--aus export.txt" in pruefung.stderr) == (2, True)


def test_the_draft_of_a_check_can_be_pasted_and_names_its_heading(datenordner: Path, tmp_path: Path) -> None:
    datei = tmp_path / "quoten.csv"
    datei.write_text(
        "Jahr;Gruppe;Quote in %\n2024;Ausländer;15,1\n2024;Deutsche;5,2\n2025;Ausländer;14,2\n2025;Deutsche;5,0\n"
    )
    lauf = monitoring_im_prozess(datenordner, "check", str(datei), "--data", str(datenordner))
    assert "unter quellen, " in lauf.stdout
    assert "\n    - id: quoten\n      " in lauf.stdout
