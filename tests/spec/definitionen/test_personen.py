"""Every person of personen.csv gets the result and category that stand beside it, through the real pipeline.

Belongs here: the comparison with the table and what the table itself must cover. Does not belong here: rules in code;
who wants another answer changes a profile and the table.
"""

import csv
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines.bevoelkerung.count import count
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import load_kommune
from pipelines.stamm.profile.profil import load_profile
from schemas.spalten.person import AUSZUGSSPALTEN
from schemas.tabellen.registry import TABELLEN
from schemas.validate import check_parquet

from . import orakel
from .hilfe import AUSSERHALB, PROFILE, STICHTAG, ZEICHEN, Entscheidung, build_kommune, decide_persons, deliver

TABELLE = Path(__file__).with_name("personen.csv")
NUMMERN_DOMAIN = [*map(str, range(1, 7)), "6b", *map(str, range(7, 23))]

Zeile = dict[str, str]


def read_tabelle() -> list[Zeile]:
    with TABELLE.open(encoding="utf-8", newline="") as datei:
        return list(csv.DictReader(datei, delimiter=";"))


ZEILEN = read_tabelle()
GEPRUEFT = [z for z in ZEILEN if z["kosis_like"]]


@pytest.fixture(scope="module")
def entschieden(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Entscheidung]]:
    """pid → definition → decision; one municipality without and one with the option mark."""
    ergebnis: dict[str, dict[str, Entscheidung]] = {}
    for schalter in ("aus", "an"):
        zeilen = [z for z in ZEILEN if z["optionskennzeichen"] == schalter]
        ablage, kommune = build_kommune(tmp_path_factory.mktemp(schalter), option=schalter == "an")
        partition = deliver(ablage, kommune, zeilen)
        gefunden = decide_persons(ablage, kommune, partition, [z["pid"] for z in zeilen])
        assert count(ablage, kommune, STICHTAG, partition) == len(gefunden)
        _wuerfel_stimmt(ablage.tabelle("bevoelkerung", "wuerfel", partition), gefunden)
        ergebnis |= gefunden
    return ergebnis


def _wuerfel_stimmt(datei: Path, gefunden: dict[str, dict[str, Entscheidung]]) -> None:
    """The cube counts exactly the persons decided one by one."""
    with duckdb.connect() as con:
        gezaehlt = con.execute(
            "select profil, ergebnis_mh, regel, sum(personen)::int from read_parquet(?) group by all", [str(datei)]
        ).fetchall()
    einzeln: dict[tuple[str, str, str], int] = {}
    for je_profil in gefunden.values():
        for profil, e in je_profil.items():
            schluessel = (profil, e.ergebnis, e.regel)
            einzeln[schluessel] = einzeln.get(schluessel, 0) + 1
    assert {(p, ZEICHEN[m], r): n for p, m, r, n in gezaehlt} == einzeln


@pytest.mark.parametrize("zeile", GEPRUEFT, ids=[z["pid"] for z in GEPRUEFT])
def test_person_erhaelt_in_jeder_definition_das_erwartete_ergebnis(
    zeile: Zeile, entschieden: dict[str, dict[str, Entscheidung]]
) -> None:
    je_profil = entschieden.get(zeile["pid"])
    abweichungen = []
    for profil in PROFILE:
        erhalten = je_profil[profil].kurz() if je_profil else AUSSERHALB
        if erhalten != zeile[profil]:
            regel = je_profil[profil].regel if je_profil else "nicht im Bestand"
            abweichungen.append(f"{profil}: erwartet »{zeile[profil]}«, erhalten »{erhalten}« (Regel {regel})")
    assert not abweichungen, f"Person {zeile['pid']} ({zeile['beschreibung']})\n  " + "\n  ".join(abweichungen)


def test_zweite_umsetzung_sagt_zu_jeder_person_der_tabelle_dasselbe() -> None:
    for schalter in ("aus", "an"):
        zeilen = [z for z in ZEILEN if z["optionskennzeichen"] == schalter]
        urteile = orakel.judge(orakel.bestand(zeilen, STICHTAG, option=schalter == "an"))
        for zeile in (z for z in zeilen if z["kosis_like"]):
            urteil = urteile.get(zeile["pid"])
            gesagt = [orakel.kurz(urteil[p]) if urteil else AUSSERHALB for p in PROFILE]
            assert gesagt == [zeile[p] for p in PROFILE], f"Person {zeile['pid']} ({zeile['beschreibung']})"


def test_jede_person_der_fachlichen_vorlage_und_vierzig_weitere_stehen_in_der_tabelle() -> None:
    nummern = list(dict.fromkeys(z["nr"] for z in ZEILEN))
    assert nummern[: len(NUMMERN_DOMAIN)] == NUMMERN_DOMAIN
    assert len(nummern) - len(NUMMERN_DOMAIN) >= 40


def test_tabelle_hat_alle_auszugsspalten_eindeutige_pids_und_ganze_erwartungen() -> None:
    kopf = ["nr", "rolle", "beschreibung", "optionskennzeichen", *AUSZUGSSPALTEN, *PROFILE]
    assert list(ZEILEN[0]) == kopf
    pids = [z["pid"] for z in ZEILEN]
    assert len(pids) == len(set(pids))
    for zeile in ZEILEN:
        assert len({bool(zeile[p]) for p in PROFILE}) == 1, zeile["pid"]
        assert bool(zeile["beschreibung"]) or not zeile["kosis_like"], zeile["pid"]


def test_jede_regel_jeder_definition_entscheidet_mindestens_eine_person(
    entschieden: dict[str, dict[str, Entscheidung]], tmp_path: Path
) -> None:
    ablage, kommune = build_kommune(tmp_path / "alle", option=False)
    for profil in load_profile(ablage, kommune.angaben.profile):
        entscheidend = {je_profil[profil.profil].regel for je_profil in entschieden.values()}
        assert {r for r, *_ in profil.ergebnisse()} == entscheidend, profil.profil


@pytest.mark.parametrize(
    ("stichtag", "kategorie"), [(date(2022, 2, 28), "F2"), (date(2022, 3, 1), "0"), (date(2024, 2, 29), "0")]
)
def test_am_29_februar_geborene_werden_in_gemeinjahren_am_1_maerz_aelter(
    stichtag: date, kategorie: str, tmp_path: Path
) -> None:
    familie = [{**z, "geburtsdatum": "29.02.2004"} if z["pid"] == "16" else z for z in ZEILEN if z["nr"] == "16"]
    ablage, kommune = build_kommune(tmp_path / "schaltjahr", option=False)
    partition = deliver(ablage, kommune, familie, stichtag)
    gefunden = decide_persons(ablage, kommune, partition, [z["pid"] for z in familie])
    assert gefunden["16"]["kosis_like"].kategorie == kategorie


def read_wuerfel(ablage: Ablage, name: str, partition: str, auswahl: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as con:
        datei = str(ablage.tabelle("bevoelkerung", name, partition))
        return con.execute(f"select {auswahl} from read_parquet(?) order by all", [datei]).fetchall()


def test_ohne_eine_person_mit_mh_und_bei_voller_einigkeit_stehen_nullzellen(tmp_path: Path) -> None:
    """Nobody with MH, no disagreement: counts of 0, not missing ones."""
    deutsche = [z for z in ZEILEN if z["pid"] in ("17m", "17v")]
    ablage, kommune = build_kommune(tmp_path / "daten", option=False)
    partition = deliver(ablage, kommune, deutsche)
    assert count(ablage, kommune, STICHTAG, partition) == 2
    laender = read_wuerfel(ablage, "bezugslandwuerfel", partition, "gebiet_id, profil, geschlecht, staat, personen")
    assert laender == sorted(("01", p, g, "NZO", 0) for p in PROFILE for g in "mw")
    paare = read_wuerfel(ablage, "vergleichswuerfel", partition, "profil_a, profil_b, regel_a, regel_b, personen")
    nullen = [(a, b) for a, b, ra, rb, n in paare if (ra, rb, n) == ("insgesamt", "insgesamt", 0)]
    assert sorted(nullen) == sorted((a, b) for i, a in enumerate(PROFILE) for b in PROFILE[i + 1 :])
    assert ("luenen_2021", "gkd_re") not in {(a, b) for a, b, ra, _, _ in paare if ra != "insgesamt"}


@pytest.mark.parametrize("mit_bezugsland", [True, False])
def test_eine_einzige_definition_wird_ohne_vergleich_gezaehlt(mit_bezugsland: bool, tmp_path: Path) -> None:
    ablage, kommune = build_kommune(tmp_path / "daten", option=False)
    yaml = kommune.ordner / "kommune.yaml"
    yaml.write_text(yaml.read_text(encoding="utf-8").replace(", ".join(PROFILE), "luenen_2021"), encoding="utf-8")
    if not mit_bezugsland:
        profil = ablage.referenz / "profile" / "luenen_2021.yaml"
        zeilen = profil.read_text(encoding="utf-8").splitlines()
        profil.write_text("\n".join(z for z in zeilen if not z.startswith("bezugsland:")), encoding="utf-8")
    kommune = load_kommune(kommune.ordner)
    partition = deliver(ablage, kommune, [z for z in ZEILEN if z["nr"] in ("1", "17")])
    assert count(ablage, kommune, STICHTAG, partition) == 4
    laender = read_wuerfel(ablage, "bezugslandwuerfel", partition, "geschlecht, staat, personen")
    assert laender == ([("m", "163", 1), ("m", "NZO", 0), ("w", "NZO", 0)] if mit_bezugsland else [])
    assert read_wuerfel(ablage, "vergleichswuerfel", partition, "*") == []
    for name in ("bezugslandwuerfel", "vergleichswuerfel"):
        assert check_parquet(TABELLEN[f"bevoelkerung.{name}"], ablage.tabelle("bevoelkerung", name, partition)) == []
