"""The measure status sheet: what it offers to those who fill it in, and that nothing is lost on the way out and back.

Here belongs the workbook; where it is put is tested in test_neue_massnahmen.py, what the reader says about
wrong cells with the reader.
Long because one workbook is looked at part by part.
"""

import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.eingang.lieferung.record import Lieferung
from pipelines.eingang.massnahmen.einlesung import Massnahmeneinlesung
from pipelines.eingang.massnahmen.read import read_massnahmen
from pipelines.foundation.storage import Ablage
from pipelines.scaffold.massnahmenblatt.rows import aktueller_stand, felder_mit_blatt, zeitangabe
from pipelines.scaffold.massnahmenblatt.words import AMPEL_ERKLAERUNG, EINGABEN, STATUS_ERKLAERUNG
from pipelines.scaffold.massnahmenblatt.workbook import BEISPIELTITEL, blattname, write_workbook
from pipelines.stamm.konzept.load import load_konzept
from pipelines.stamm.konzept.models import Fassung, Handlungsfeld
from pipelines.stamm.quellen.massnahmen import Massnahmenquelle
from schemas.words.massnahmen import AMPELSCHEMATA, BEENDET, BRAUCHT_GRUND, PFLICHTSPALTEN, RANG, SPALTENKOEPFE, STATUS
from tests.conftest import ROH

STAND = date(2021, 12, 31)
KOPF = 4
KOMMUNEN = ("steinfurt", "luenen", "neumuenster", "mettmann", "neuss")


@cache
def fassung(kommune: str) -> Fassung:
    konzept = load_konzept(ROH / kommune)
    assert konzept is not None
    return konzept.konzepte[-1]


# The tabs after those of the fields.
DANEBEN = ["Haushalt", "Meilensteine", "Anpassungen", "Vorlagen", "Listen"]


@pytest.fixture(scope="module")
def leer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_workbook(fassung("steinfurt"), tmp_path_factory.mktemp("mappe") / "leer.xlsx", STAND)


def spalte(blatt: Worksheet, name: str) -> int:
    return next(z.column for z in blatt[KOPF] if z.value == SPALTENKOEPFE[name][0])


def tabellen(datei: Path) -> Iterator[Worksheet]:
    """The tabs with measures."""
    yield from (b for b in load_workbook(datei).worksheets if b.title not in ("Anleitung", *DANEBEN))


def rows(datei: Path) -> dict[str, dict[str, Any]]:
    """Number of the measure → header → value, over all tabs."""
    ergebnis = {}
    for blatt in tabellen(datei):
        koepfe = [z.value for z in blatt[KOPF]]
        for z in blatt.iter_rows(min_row=KOPF + 1, values_only=True):
            if z[0]:
                ergebnis[str(z[0])] = dict(zip(koepfe, z, strict=True))
    return ergebnis


def massnahme(**werte: Any) -> dict[str, Any]:
    """A row as marts.massnahme has it."""
    return {
        "massnahme_nr": "1.1", "handlungsfeld": "S1", "leitziel": "S1.a", "titel": "Titel", "verantwortlich": "Amt",
        "status": "laufend", "risiko": "gruen", "beginn": date(2018, 3, 1), "beginn_genauigkeit": "monat", "ende": None,
        "ende_genauigkeit": "offen", "begruendung": None, "aufwand": 1800.0, "ertrag": 500.0, "eigenanteil": 1300.0,
        "vzae": 0.5, "zielgruppe": "Eltern", "partner": ["Jobcenter", "Kammern"], "indikator": "Teilnahmen",
        "zielwert": 20.0, "istwert_w": 12.0, "istwert_m": 9.0, "istwert_gesamt": 21.0, "teilnehmende": 21,
        "teilnehmende_von": date(2018, 1, 1), "teilnehmende_bis": date(2020, 12, 31),
        "naechste_schritte": "Zweiter Kurs", "prioritaet": "Quick-win", "stand": STAND, "zielzahl": 20.0,
        "einheit_ziel": "Personen", "teilnehmende_w": 12, "teilnehmende_m": 9, "wirkung": "noch_offen",
        "sozialraum": "Borghorst", "vorlage_nr": "1/2018", "beschluss_am": date(2018, 3, 1),
    } | werte  # fmt: skip


# --- the sheet ---


@pytest.mark.parametrize("kommune", KOMMUNEN)
def test_jedes_feld_hat_ein_blatt_und_jede_massnahme_des_katalogs_eine_zeile(tmp_path: Path, kommune: str) -> None:
    konzept = fassung(kommune)
    datei = write_workbook(konzept, tmp_path / "m.xlsx")
    namen = [b.title for b in load_workbook(datei).worksheets]
    assert namen[0] == "Anleitung"
    assert namen[-5:] == DANEBEN
    ohne = ["Übergreifend"] if any(m.handlungsfeld is None for m in konzept.massnahmen) else []
    assert namen[1:-5] == [blattname(f) for f in felder_mit_blatt(konzept)] + ohne
    assert list(rows(datei)) == [m.nr for m in konzept.massnahmen if m.handlungsfeld] + [
        m.nr for m in konzept.massnahmen if not m.handlungsfeld
    ]


def test_leitlinien_bekommen_nur_ohne_andere_felder_ein_blatt() -> None:
    assert [f.code for f in felder_mit_blatt(fassung("steinfurt"))] == ["S1", "S2", "S3", "S4", "S5", "S6"]
    konzept = load_konzept(ROH / "luenen")
    assert konzept is not None
    assert [f.code for f in felder_mit_blatt(konzept.konzepte[1])] == ["LL1", "LL2", "LL3", "LL4", "LL5"]


def test_blattnamen_haben_hoechstens_31_zeichen_und_keine_verbotenen() -> None:
    lang = Handlungsfeld(code="E7", name="Kommune als Arbeitgeber: Zeichen setzen [mit/ohne] *alle*")
    namen = [blattname(f) for k in KOMMUNEN for f in fassung(k).handlungsfelder] + [blattname(lang)]
    assert all(len(n) <= 31 and not set(n) & set("[]:*?/\\") for n in namen)
    assert blattname(lang) == "E7 Kommune als Arbeitgeber…"
    assert len({n.casefold() for n in namen}) == len(namen) - 1  # `lang` is Neuss's E7


def test_die_nummer_bleibt_text(tmp_path: Path) -> None:
    konzept = fassung("steinfurt")
    alle = (*konzept.massnahmen, konzept.massnahmen[0].model_copy(update={"nr": "1.10"}))
    datei = write_workbook(konzept.model_copy(update={"massnahmen": alle}), tmp_path / "m.xlsx")
    blatt = next(tabellen(datei))
    nummern = [blatt.cell(row=z, column=1) for z in range(KOPF + 1, KOPF + 7)]
    assert [z.value for z in nummern] == ["1.1", "1.2", "1.3", "1.4", "1.5", "1.10"]
    assert {(z.data_type, z.number_format) for z in nummern} == {("s", "@")}


def test_koepfe_sind_die_ersten_namen_des_vokabulars_ohne_zusatz(leer: Path) -> None:
    for blatt in tabellen(leer):
        assert [z.value for z in blatt[KOPF]] == [SPALTENKOEPFE[s][0] for s in EINGABEN]
        legende = str(blatt["A3"].value)
        assert all(SPALTENKOEPFE[s][0] in legende for s in PFLICHTSPALTEN)
        assert legende.startswith("*")


def test_vorgegebenes_und_koepfe_sind_gesperrt_und_alles_andere_offen(leer: Path) -> None:
    vorgegeben = {"Nr.", "Maßnahme", "Handlungsfeld"}  # Steinfurt's catalogue names no goal for a measure
    for blatt in tabellen(leer):
        assert blatt.protection.sheet
        assert blatt.protection.password is None
        geschuetzt = {n for n in ("sort", "autoFilter", "formatColumns", "insertRows") if getattr(blatt.protection, n)}
        assert not geschuetzt
        assert all(z.protection.locked for z in blatt[KOPF])
        for zeile in blatt.iter_rows(min_row=KOPF + 1):
            gesperrt = {str(blatt.cell(row=KOPF, column=z.column).value) for z in zeile if z.protection.locked}
            assert gesperrt == (vorgegeben if zeile[0].value else set())


def test_auswahllisten_zeigen_auf_die_verborgene_liste(leer: Path) -> None:
    mappe = load_workbook(leer)
    assert mappe["Listen"].sheet_state == "hidden"
    for blatt in tabellen(leer):
        regeln = {str(r.sqref).split(":")[0][0]: r for r in blatt.data_validations.dataValidation}
        for name, erwartet in (
            ("status", [w[0] for w in STATUS.values()]),
            ("ampel", list(AMPELSCHEMATA["massnahmen"])),
            ("handlungsfeld", [f.name for f in felder_mit_blatt(fassung("steinfurt"))]),
        ):
            regel = regeln[blatt.cell(row=KOPF, column=spalte(blatt, name)).column_letter]
            assert regel.type == "list"
            assert [z[0].value for z in mappe["Listen"][str(regel.formula1).split("!")[1]]] == erwartet
            assert str(regel.sqref).endswith(str(blatt.max_row))
        stand = regeln[blatt.cell(row=KOPF, column=spalte(blatt, "stand_datum")).column_letter]
        assert stand.type == "date"


def test_leitziele_stehen_nur_beim_eigenen_feld_zur_wahl(leer: Path) -> None:
    mappe = load_workbook(leer)
    blatt = mappe["S4 Sport und Kultur"]
    buchstabe = blatt.cell(row=KOPF, column=spalte(blatt, "leitziel")).column_letter
    regel = next(r for r in blatt.data_validations.dataValidation if str(r.sqref).startswith(f"{buchstabe}5"))
    werte = [z[0].value for z in mappe["Listen"][str(regel.formula1).split("!")[1]]]
    assert werte == ["S4.a", "S4.b", "S4.c"]


def test_nur_blaetter_mit_der_spalte_stand_verweisen_auf_sie(tmp_path: Path) -> None:
    for blatt in load_workbook(write_workbook(fassung("steinfurt"), tmp_path / "ohne_tag.xlsx")).worksheets[1:-1]:
        koepfe = [z.value for z in blatt[KOPF]]
        assert ("je Zeile in der Spalte Stand" in str(blatt["A2"].value)) is ("Stand" in koepfe), blatt.title


def test_jeder_kopf_sagt_was_erwartet_wird(leer: Path) -> None:
    for blatt in tabellen(leer):
        for zelle, (name, e) in zip(blatt[KOPF], EINGABEN.items(), strict=True):
            assert zelle.comment is not None
            assert e.erwartet in zelle.comment.text
            assert ("(Pflicht)" in zelle.comment.text) == (name in PFLICHTSPALTEN)
            assert e.beispiel in zelle.comment.text


def test_die_fehlende_begruendung_wird_hervorgehoben(leer: Path) -> None:
    mappe = load_workbook(leer)
    for blatt in tabellen(leer):
        buchstabe = blatt.cell(row=KOPF, column=spalte(blatt, "begruendung")).column_letter
        regel = next(
            r for b in blatt.conditional_formatting for r in b.rules if str(b.sqref).startswith(f"{buchstabe}5")
        )
        bezug = str(regel.formula[0]).split("COUNTIF(Listen!")[1].split(",")[0]
        worte = {z[0].value for z in mappe["Listen"][bezug]}
        assert worte == {wort for s in BRAUCHT_GRUND for wort in STATUS[s]}


def test_kopf_steht_fest_und_wird_auf_jeder_seite_gedruckt(leer: Path) -> None:
    for blatt in tabellen(leer):
        assert blatt.freeze_panes == f"C{KOPF + 1}"
        assert blatt.print_title_rows == f"${KOPF}:${KOPF}"
        assert blatt.page_setup.orientation == "landscape"
        assert (blatt.page_setup.fitToWidth, blatt.page_setup.fitToHeight) == (1, 0)
        assert str(blatt.auto_filter.ref).startswith(f"A{KOPF}:")


@pytest.mark.parametrize("schema", AMPELSCHEMATA)
def test_die_anleitung_erklaert_status_und_ampel_in_worten(tmp_path: Path, schema: str) -> None:
    datei = write_workbook(fassung("steinfurt"), tmp_path / "m.xlsx", ampel_schema=schema)
    text = {z[0]: z[1] for z in load_workbook(datei)["Anleitung"].iter_rows(values_only=True)}
    assert {STATUS[s][0]: e for s, e in STATUS_ERKLAERUNG.items()}.items() <= text.items()
    assert set(STATUS_ERKLAERUNG) == set(STATUS)
    for wort, risiko in AMPELSCHEMATA[schema].items():
        assert text[wort] == AMPEL_ERKLAERUNG[schema][risiko]


def test_dieselbe_eingabe_ergibt_dieselben_bytes(tmp_path: Path, leer: Path) -> None:
    noch_einmal = write_workbook(fassung("steinfurt"), tmp_path / "m.xlsx", STAND)
    assert noch_einmal.read_bytes() == leer.read_bytes()
    with zipfile.ZipFile(leer) as teile:
        assert b"2000-01-01" in teile.read("docProps/core.xml")


def test_ein_beispiel_sagt_es_auf_jedem_blatt(tmp_path: Path) -> None:
    datei = write_workbook(fassung("steinfurt"), tmp_path / "m.xlsx", STAND, beispiel=True)
    for blatt in load_workbook(datei).worksheets[:-1]:
        assert str(blatt["A1"].value).startswith(BEISPIELTITEL)
    ohne_katalog = write_workbook(fassung("mettmann"), tmp_path / "n.xlsx", STAND, beispiel=True)
    assert "erfundene Maßnahmen" in str(load_workbook(ohne_katalog).worksheets[0]["A1"].value)


def test_kein_text_wird_formel(tmp_path: Path) -> None:
    zeile = {"massnahme_nr": "1.1", "begruendung": "=1+1", "naechste_schritte": "a\x07b"}
    datei = write_workbook(fassung("steinfurt"), tmp_path / "m.xlsx", STAND, {"S1": [zeile]})
    blatt = next(tabellen(datei))
    with zipfile.ZipFile(datei) as teile:
        assert b"<f>1+1" not in b"".join(teile.read(n) for n in teile.namelist() if "worksheets/sheet" in n)
    assert blatt.cell(row=KOPF + 1, column=spalte(blatt, "naechste_schritte")).value == "ab"


# --- the state ---


@pytest.mark.parametrize(
    ("tag", "genauigkeit", "text"),
    [
        (date(2022, 3, 15), "tag", "15.03.2022"),
        (date(2022, 3, 1), "monat", "03/2022"),
        (date(2023, 7, 1), "quartal", "III/2023"),
        (date(2023, 9, 30), "quartal", "III/2023"),
        (date(2023, 6, 30), "halbjahr", "1. Halbjahr 2023"),
        (date(2023, 12, 31), "halbjahr", "2. Halbjahr 2023"),
        (date(2022, 12, 31), "jahr", "2022"),
        (None, "offen", "fortlaufend"),
        (None, None, None),
    ],
)
def test_zeitangaben_stehen_so_genau_da_wie_bekannt(
    tag: date | None, genauigkeit: str | None, text: str | None
) -> None:
    assert zeitangabe(tag, genauigkeit) == text


def test_ein_stand_fuellt_die_mappe_und_laesst_den_katalog_vollstaendig(tmp_path: Path) -> None:
    neu = massnahme(
        massnahme_nr="1.6", titel="Neue Maßnahme", status="nicht_begonnen", risiko="rot", begruendung="Grund"
    )
    stand = aktueller_stand([massnahme(), neu])
    datei = write_workbook(fassung("steinfurt"), tmp_path / "m.xlsx", STAND, stand)
    alle = rows(datei)
    assert len(alle) == 29
    assert alle["1.1"] == {
        "Nr.": "1.1", "Maßnahme": "Titel", "Handlungsfeld": "Arbeit und Beschäftigung", "Leitziel": "S1.a",
        "Verantwortlich": "Amt", "Status": "laufend", "Ampel": "grün", "Stand": datetime(2021, 12, 31),
        "Begründung": None, "Nächste Schritte": "Zweiter Kurs", "Beginn": "03/2018", "Ende": "fortlaufend",
        "Zielgruppe": "Eltern", "Kooperationspartner": "Jobcenter; Kammern", "Indikator": "Teilnahmen", "Zielwert": "20",
        "Zielzahl": 20, "Einheit der Zielzahl": "Personen", "Teilnehmende Frauen": 12, "Teilnehmende Männer": 9,
        "Bewertung der Wirkung": "noch offen", "Begründung der Wirkung": None, "Sozialraum": "Borghorst",
        "Beruht auf Vorlage": "1/2018", "Beschluss vom": datetime(2018, 3, 1),
        "Ist Frauen": 12, "Ist Männer": 9, "Ist gesamt": 21, "Istwert zählt": None, "Teilnehmende": 21, "VZÄ": 0.5,
        "Zeitraum der Teilnehmenden": "2018–2020",
        "Aufwand": 1800,
        "Ertrag": 500, "Eigenanteil": 1300, "Schwerpunkt": "Quick-win",
        "Beschreibung": None, "Art": None, "Bemerkungen": None,
    }  # fmt: skip
    assert (alle["1.6"]["Status"], alle["1.6"]["Ampel"]) == ("nicht begonnen", "rot")
    assert (alle["1.2"]["Status"], alle["1.2"]["Stand"]) == (None, None)


def test_keine_zeile_geht_verloren_auch_nicht_die_eines_fremden_felds(tmp_path: Path) -> None:
    stand = aktueller_stand([massnahme(massnahme_nr="9.1", handlungsfeld="X9"), massnahme(handlungsfeld=None)])
    datei = write_workbook(fassung("steinfurt"), tmp_path / "m.xlsx", STAND, stand)
    mappe = load_workbook(datei)
    assert mappe["Übergreifend"]["A5"].value == "9.1"
    assert mappe["S1 Arbeit und Beschäftigung"]["B5"].value == "Titel"


# --- out and back ---


def lieferung(kommune: str, datei: Path) -> Lieferung:
    return Lieferung(kommune, "massnahmen", "massnahmen", datei, STAND, STAND, "0" * 64, "")


def read(kommune: str, datei: Path, ablage: Ablage) -> Massnahmeneinlesung:
    konzept = load_konzept(ROH / kommune)
    assert konzept is not None
    quelle = Massnahmenquelle(
        titel="Stände", herkunft="Test", konzept=konzept.konzepte[-1].konzept, ampel_schema="massnahmen"
    )
    return read_massnahmen(ablage, kommune, konzept, quelle, lieferung(kommune, datei))


NEBENWERTE = {
    "Haushalt": (2021, 48000, "46.500,50 €", 41000, 41000, "Land", datetime(2024, 12, 31), 1, 0.5, "Rest aus 2020."),
    "Meilensteine": ("Erster Kurs beginnt", "III/2021", "15.09.2021", None),
    "Anpassungen": (datetime(2021, 3, 15), "Lenkungsgruppe", "Zielgruppe um Eltern erweitert", "Bedarf"),
}


def comparable(tabelle: pa.Table) -> dict[str, dict[str, Any]]:
    """Rows by number, without where they stood and when they came."""
    herkunft = ("lieferung_id", "datei", "fundstelle", "blatt", "zeile", "eingelesen_am")
    return {z["massnahme_nr"]: {s: w for s, w in z.items() if s not in herkunft} for z in tabelle.to_pylist()}


@pytest.mark.parametrize("kommune", ["steinfurt", "luenen", "neuss"])
def test_die_von_hand_ausgefuellte_mappe_wird_ohne_befund_gelesen(tmp_path: Path, kommune: str) -> None:
    konzept = fassung(kommune)
    datei = write_workbook(konzept, tmp_path / "m.xlsx", STAND)
    mappe = load_workbook(datei)
    worte = list(STATUS)
    for blatt in mappe.worksheets[1:-5]:
        neu = {"Nr.": f"{blatt.title[:2]}.10", "Maßnahme": f"Neu in {blatt.title}", "Stand": datetime(2021, 12, 31)}
        frei = next(z for z in range(KOPF + 1, blatt.max_row + 1) if not blatt.cell(row=z, column=1).value)
        for z in range(KOPF + 1, frei + 1):
            status = worte[z % len(worte)]
            eintrag = {
                "Verantwortlich": "Koordinierungsstelle Integration", "Status": STATUS[status][0], "Ampel": "gelb",
                "Begründung": "Der Raum stand nicht zur Verfügung.", "Beginn": "III/2019", "Ende": "fortlaufend",
                "Kooperationspartner": "Volkshochschule; Jobcenter", "Indikator": "Teilnahmen", "Zielwert": "20",
                "Ist Frauen": 12, "Ist Männer": "nicht erhoben", "Ist gesamt": 21, "Teilnehmende": 21, "VZÄ": 0.5,
                "Zielzahl": 20, "Einheit der Zielzahl": "Personen", "Teilnehmende Frauen": 12,
                "Teilnehmende Männer": "nicht erhoben", "Bewertung der Wirkung": "teilweise",
                "Begründung der Wirkung": "Zwei von drei Kursen fanden statt.", "Sozialraum": "Nord",
                "Beruht auf Vorlage": "V-1/2021", "Beschluss vom": datetime(2021, 7, 22),
                "Aufwand": 48000, "Ertrag": 41000, "Eigenanteil": 7000, "Bemerkungen": "Stimmt mit der Planung überein.",
            }  # fmt: skip
            for zelle in blatt[KOPF]:
                if (wert := {**(neu if z == frei else {}), **eintrag}.get(str(zelle.value))) is not None:
                    blatt.cell(row=z, column=zelle.column).value = wert
    vorlagen = mappe["Vorlagen"]
    for spalte_nr, wert in enumerate(("V-1/2021", datetime(2021, 7, 21), "Vorlage", "positiv", "Passt."), start=1):
        vorlagen.cell(row=KOPF + 1, column=spalte_nr).value = wert
    for name, werte in NEBENWERTE.items():
        for spalte_nr, wert in enumerate((konzept.massnahmen[0].nr, *werte), start=1):
            mappe[name].cell(row=KOPF + 1, column=spalte_nr).value = wert
    mappe.save(datei)
    e = read(kommune, datei, Ablage(tmp_path))
    assert [b.text() for b in e.befunde] == []
    (haushalt,) = e.neben["massnahme_haushalt"].to_pylist()
    assert [haushalt[s] for s in ("jahr", "aufwand_plan", "aufwand_ist", "foerderende", "vzae_befristet")] == [
        2021, 48000.0, 46500.5, date(2024, 12, 31), 1.0]  # fmt: skip
    (meilenstein,) = e.neben["massnahme_meilenstein"].to_pylist()
    assert (meilenstein["geplant_am"], meilenstein["erreicht_am"]) == (date(2021, 9, 30), date(2021, 9, 15))
    (anpassung,) = e.neben["massnahme_anpassung"].to_pylist()
    assert (anpassung["datum"], anpassung["gremium_name"]) == (date(2021, 3, 15), "Lenkungsgruppe")
    neue = [f"{b.title[:2]}.10" for b in mappe.worksheets[1:-5]]
    assert {z["massnahme_nr"] for z in e.massnahmen.to_pylist()} == {m.nr for m in konzept.massnahmen} | set(neue)
    assert (e.bilanz.abgewiesen, e.bilanz.ausserhalb, e.vorlagen.num_rows) == (0, 0, 1)


@pytest.mark.parametrize(
    "datei", sorted(ROH.glob("*/massnahmen/massnahmen_*.xlsx")), ids=lambda d: f"{d.parts[-3]}-{d.stem[-10:]}"
)
def test_ein_gelesener_stand_kommt_hinaus_und_wieder_hinein_wie_er_war(tmp_path: Path, datei: Path) -> None:
    kommune, ablage = datei.parts[-3], Ablage(tmp_path)
    vorher = read(kommune, datei, ablage).massnahmen
    hinaus = write_workbook(fassung(kommune), tmp_path / "hinaus.xlsx", None, aktueller_stand(vorher.to_pylist()))
    e = read(kommune, hinaus, ablage)
    assert [b.text() for b in e.befunde] == []
    assert comparable(e.massnahmen) == comparable(vorher)


def test_die_beispiele_sind_als_solche_bezeichnet_nennen_keine_person_und_werden_ohne_fehler_gelesen(
    tmp_path: Path,
) -> None:
    dateien = sorted(ROH.glob("*/massnahmen/massnahmen_*.xlsx"))
    assert {d.parts[-3] for d in dateien} >= set(KOMMUNEN)
    for datei in dateien:
        e = read(datei.parts[-3], datei, Ablage(tmp_path))
        assert [b.text() for b in e.befunde] == [], datei
        assert not [z for z in e.massnahmen.to_pylist() if z["personenangabe"]]
        assert str(load_workbook(datei).worksheets[0]["A1"].value).startswith("BEISPIEL – erfundene")


def test_steinfurts_beispiele_zeigen_was_zwischen_zwei_staenden_geschieht(tmp_path: Path) -> None:
    frueher, spaeter = (
        {z["massnahme_nr"]: z for z in read("steinfurt", d, Ablage(tmp_path)).massnahmen.to_pylist()}
        for d in sorted((ROH / "steinfurt/massnahmen").glob("massnahmen_*.xlsx"))
    )
    katalog = {m.nr for m in fassung("steinfurt").massnahmen}
    assert set(frueher) == katalog
    assert set(spaeter) == katalog - {"5.2"} | {"5.7"}
    assert frueher["5.2"]["titel"] == spaeter["5.7"]["titel"]
    assert Counter(z["status"] for z in spaeter.values()) >= Counter(verschoben=2, entfallen=1, nicht_begonnen=1)
    zurueck = [nr for nr in set(frueher) & set(spaeter) if RANG[spaeter[nr]["status"]] < RANG[frueher[nr]["status"]]]
    assert sorted(zurueck) == ["3.1", "4.1", "4.4"]  # 4.1 and 4.4 are postponed
    assert all(spaeter[nr]["begruendung"] for nr in zurueck)
    assert [nr for nr, z in spaeter.items() if z["ende"] and z["ende"] < z["stand"] and z["status"] not in BEENDET] == [
        "6.3"
    ]
