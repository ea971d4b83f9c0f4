"""The list of states and nationalities agrees with the official keys and keeps its own rules.

Here belong checks of data/raw/referenz/staaten.csv alone. Which person counts as what is tested in tests/spec.
"""

import csv
import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipelines.stamm.staaten import fruehere_namen

WURZEL = Path(__file__).parents[2]
STAATEN = WURZEL / "data" / "raw" / "referenz" / "staaten.csv"
NATIONALITAETEN = WURZEL.parent / "shared" / "daten" / "destatis" / "Nationalitaeten.json"

SPALTEN = [
    "staat", "name", "iso2", "iso3", "gruppe", "kontinent", "eu_von", "eu_bis", "gueltig_von", "gueltig_bis",
    "als_staat", "nachfolgegruppe", "aussiedlungsgebiet", "vertreibungsgebiet", "fruehere_namen",
]  # fmt: skip

AUFGELOEST = {"120", "132", "133", "138", "159", "162", "276"}
ERSATZ = {"910", "997", "998", "999"}

# BVFG § 1 Abs. 2 Nr. 3, mapped to keys.
AUSSIEDLUNG = {
    "121", "125", "127", "139", "142", "152", "154", "155", "162", "164", "165",
    "146", "159", "160", "166", "169", "422", "425", "430", "444", "450", "470", "471", "477",
    "120", "122", "130", "131", "132", "133", "138", "140", "144", "150", "170",
    "479",
}  # fmt: skip

HAEUFIG = {
    "000": "DE", "121": "AL", "122": "BA", "124": "BE", "125": "BG", "129": "FR", "130": "HR", "134": "GR", "137": "IT",
    "144": "MK", "148": "NL", "150": "XK", "151": "AT", "152": "PL", "154": "RO", "160": "RU", "161": "ES", "163": "TR",
    "165": "HU", "166": "UA", "168": "GB", "170": "RS", "252": "MA", "368": "US", "423": "AF", "436": "IN", "438": "IQ",
    "439": "IR", "444": "KZ", "475": "SY", "479": "CN",
}  # fmt: skip

# Deliberate differences from the SVWS list; the reasons stand in data/raw/referenz/README.md.
EIGENE_NAMEN = {"138": "Jugoslawien, Bundesrepublik", "185": "Britische Überseegebiete"}


@pytest.fixture(scope="module")
def zeilen() -> list[dict[str, str]]:
    """All rows in file order."""
    with STAATEN.open(encoding="utf-8", newline="") as datei:
        return list(csv.DictReader(datei, delimiter=";"))


@pytest.fixture(scope="module")
def staaten(zeilen: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    """Key to row."""
    return {z["staat"]: z for z in zeilen}


@pytest.fixture(scope="module")
def amtlich() -> dict[str, dict[str, str | int | None]]:
    """Key to entry of the SVWS list of Destatis keys."""
    if not NATIONALITAETEN.is_file():
        pytest.skip(f"Die Vergleichsliste fehlt: {NATIONALITAETEN}")
    daten = json.loads(NATIONALITAETEN.read_text(encoding="utf-8"))["daten"]
    return {e["codeDEStatis"]: e for eintrag in daten for e in eintrag["historie"]}


def tag(text: str) -> date | None:
    """ISO date, empty means none."""
    return date.fromisoformat(text) if text else None


def schuljahr(datum: date) -> int:
    """Year in which the school year of this date began (1 August)."""
    return datum.year if datum.month >= 8 else datum.year - 1


def eu_am(zeilen: list[dict[str, str]], stichtag: date) -> set[str]:
    """Keys of the EU members on a date."""
    return {
        z["staat"]
        for z in zeilen
        if z["eu_von"] and date.fromisoformat(z["eu_von"]) <= stichtag <= (tag(z["eu_bis"]) or date.max)
    }


def test_datei_ist_utf8_ohne_bom_mit_semikolon_und_lf() -> None:
    roh = STAATEN.read_bytes()
    assert not roh.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in roh
    assert roh.endswith(b"\n")
    assert roh.decode("utf-8").splitlines()[0].split(";") == SPALTEN


def test_schluessel_sind_eindeutig_dreistellig_und_sortiert(zeilen: list[dict[str, str]]) -> None:
    schluessel = [z["staat"] for z in zeilen]
    assert all(len(s) == 3 and s.isascii() and s.isdigit() for s in schluessel)
    assert schluessel == sorted(set(schluessel))
    assert len(schluessel) == 213


def test_wertelisten_werden_eingehalten(zeilen: list[dict[str, str]]) -> None:
    assert {z["als_staat"] for z in zeilen} == {"ja", "historisch", "nein"}
    assert {z["aussiedlungsgebiet"] for z in zeilen} == {"ja", "nein"}
    assert {z["vertreibungsgebiet"] for z in zeilen} == {"ja", "nein"}
    assert {z["gruppe"] for z in zeilen} == {
        "Deutschland", "EU", "übriges Europa", "Afrika", "Amerika", "Asien", "Ozeanien",
        "staatenlos/ungeklärt/ohne Angabe",
    }  # fmt: skip
    assert all(z["name"] and z["name"] == z["name"].strip() for z in zeilen)
    assert len({z["name"] for z in zeilen}) == len(zeilen)


def test_ein_frueherer_name_ist_nie_der_heutige_eines_anderen(zeilen: list[dict[str, str]]) -> None:
    frueher = {z["staat"]: fruehere_namen(z["fruehere_namen"]) for z in zeilen if z["fruehere_namen"]}
    assert frueher == {
        "144": [("Mazedonien", date(2019, 2, 11))],
        "242": [("Kap Verde", date(2013, 10, 23))],
        "246": [("Zaire", date(1997, 5, 16))],
        "281": [("Swasiland", date(2018, 4, 18))],
    }
    assert not {n for namen in frueher.values() for n, _ in namen} & {z["name"] for z in zeilen}


def test_jeder_schluessel_der_amtlichen_liste_ist_da(staaten: dict, amtlich: dict) -> None:
    assert set(amtlich) - set(staaten) == set()
    assert set(staaten) - set(amtlich) == {"910"}


def test_namen_und_iso_codes_folgen_der_amtlichen_liste(staaten: dict, amtlich: dict) -> None:
    abweichend = {s: staaten[s]["name"] for s, e in amtlich.items() if staaten[s]["name"] != e["bezeichnung"]}
    assert abweichend == EIGENE_NAMEN
    codes = {s for s, e in amtlich.items() if (staaten[s]["iso2"], staaten[s]["iso3"]) != (e["iso2"], e["iso3"])}
    assert codes == {"185"}


def test_gueltigkeit_liegt_im_schuljahr_der_amtlichen_liste(staaten: dict, amtlich: dict) -> None:
    # Within one entry the list lets the next key begin in the following school year: one year apart is agreement.
    verglichen = 0
    for schluessel, eintrag in amtlich.items():
        for spalte, feld in (("gueltig_von", "gueltigVon"), ("gueltig_bis", "gueltigBis")):
            datum = tag(staaten[schluessel][spalte])
            if datum:
                assert abs(schuljahr(datum) - eintrag[feld]) <= 1, (schluessel, spalte)
                verglichen += 1
    assert verglichen == 17


def test_jeder_aufgeloeste_staat_der_amtlichen_liste_hat_ein_ende(staaten: dict, amtlich: dict) -> None:
    beendet = {s for s, e in amtlich.items() if e["gueltigBis"] is not None}
    assert beendet == AUFGELOEST == {s for s, z in staaten.items() if z["gueltig_bis"]}


def test_haeufige_historische_und_besondere_schluessel_sind_da(staaten: dict) -> None:
    assert {s: staaten[s]["iso2"] for s in HAEUFIG} == HAEUFIG
    assert set(staaten) >= AUFGELOEST | ERSATZ | AUSSIEDLUNG
    assert staaten["000"]["name"] == "Deutschland"
    assert (staaten["997"]["name"], staaten["998"]["name"], staaten["999"]["name"]) == (
        "staatenlos", "ungeklärt", "ohne Angabe",
    )  # fmt: skip


def test_erdteil_folgt_aus_der_ersten_ziffer(zeilen: list[dict[str, str]]) -> None:
    erdteile = {"0": "Europa", "1": "Europa", "2": "Afrika", "3": "Amerika", "4": "Asien", "5": "Ozeanien", "9": "ohne"}
    assert {z["staat"]: z["kontinent"] for z in zeilen} == {z["staat"]: erdteile[z["staat"][0]] for z in zeilen}


@pytest.mark.parametrize(
    ("stichtag", "anzahl"),
    [
        ("1957-12-31", 0),
        ("1958-01-01", 6),
        ("1973-01-01", 9),
        ("1981-01-01", 10),
        ("1986-01-01", 12),
        ("1995-12-31", 15),
        ("2004-04-30", 15),
        ("2004-12-31", 25),
        ("2007-12-31", 27),
        ("2013-06-30", 27),
        ("2013-12-31", 28),
        ("2020-01-31", 28),
        ("2020-02-01", 27),
        ("2021-12-31", 27),
    ],
)
def test_eu_hat_am_stichtag_so_viele_mitglieder(zeilen: list[dict[str, str]], stichtag: str, anzahl: int) -> None:
    assert len(eu_am(zeilen, date.fromisoformat(stichtag))) == anzahl


def test_gruppe_eu_sind_die_heutigen_mitglieder_ohne_deutschland(zeilen: list[dict[str, str]]) -> None:
    heute = {z["staat"] for z in zeilen if z["eu_von"] and not z["eu_bis"]}
    assert {z["staat"] for z in zeilen if z["gruppe"] == "EU"} == heute - {"000"}
    assert {z["staat"] for z in zeilen if z["gruppe"] == "Deutschland"} == {"000"}


def test_gruppe_ausserhalb_der_eu_folgt_dem_erdteil(zeilen: list[dict[str, str]]) -> None:
    for z in zeilen:
        if z["gruppe"] not in ("Deutschland", "EU"):
            uebrige = {"Europa": "übriges Europa", "ohne": "staatenlos/ungeklärt/ohne Angabe"}
            assert z["gruppe"] == uebrige.get(z["kontinent"], z["kontinent"]), z["staat"]


def test_tuerkei_russland_und_vereinigtes_koenigreich_sind_uebriges_europa_zypern_ist_eu(staaten: dict) -> None:
    assert {s: staaten[s]["gruppe"] for s in ("160", "163", "168", "181")} == {
        "160": "übriges Europa", "163": "übriges Europa", "168": "übriges Europa", "181": "EU",
    }  # fmt: skip


def test_aufgeloeste_staaten_und_ersatzschluessel_sind_keine_bestehenden_staaten(zeilen: list[dict[str, str]]) -> None:
    assert {z["staat"] for z in zeilen if z["als_staat"] == "historisch"} == AUFGELOEST
    assert {z["staat"] for z in zeilen if z["als_staat"] == "nein"} == ERSATZ


def test_aufgeloeste_staaten_stehen_mit_ihren_nachfolgern_in_einer_gruppe(zeilen: list[dict[str, str]]) -> None:
    gruppen: dict[str, set[str]] = {}
    for z in zeilen:
        if z["nachfolgegruppe"]:
            gruppen.setdefault(z["nachfolgegruppe"], set()).add(z["staat"])
    assert gruppen == {
        "ehem. Jugoslawien": {"120", "122", "130", "131", "132", "133", "138", "140", "144", "150", "170"},
        "ehem. Sowjetunion": {
            "127", "139", "142", "146", "159", "160", "166", "169",
            "422", "425", "430", "444", "450", "470", "471", "477",
        },
        "ehem. Tschechoslowakei": {"155", "162", "164"},
        "Sudan/Südsudan": {"276", "277", "278"},
    }  # fmt: skip
    assert set.union(*gruppen.values()) >= AUFGELOEST


@pytest.mark.parametrize(
    ("vorher", "nachher"),
    [
        ("120", "138"),
        ("138", "132"),
        ("132", "133"),
        ("132", "140"),
        ("133", "150"),
        ("133", "170"),
        ("162", "155"),
        ("162", "164"),
        ("276", "277"),
        ("276", "278"),
    ],
)
def test_nachfolger_beginnt_am_tag_nach_dem_ende_des_vorgaengers(staaten: dict, vorher: str, nachher: str) -> None:
    ende, beginn = tag(staaten[vorher]["gueltig_bis"]), tag(staaten[nachher]["gueltig_von"])
    assert ende is not None
    assert beginn == ende + timedelta(days=1)


def test_aussiedlungsgebiete_sind_die_des_bundesvertriebenengesetzes(zeilen: list[dict[str, str]]) -> None:
    assert {z["staat"] for z in zeilen if z["aussiedlungsgebiet"] == "ja"} == AUSSIEDLUNG


def test_vertreibungsgebiete_sind_ein_teil_der_aussiedlungsgebiete(zeilen: list[dict[str, str]]) -> None:
    vertreibung = {z["staat"] for z in zeilen if z["vertreibungsgebiet"] == "ja"}
    assert vertreibung == {"142", "152", "159", "160", "162", "164"}
    assert vertreibung < AUSSIEDLUNG
