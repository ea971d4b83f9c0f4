"""Rules that the synthetic register extracts must keep: printed margins, valid structure, every realistic case.

Long because every rule is asked of the same generated town, which takes seconds to make.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import yaml

from pipelines.demo.extract import SPALTEN, write_demo
from pipelines.demo.margins import DemoFehler

WURZEL = Path(__file__).parents[3]
STICHTAGE = [date(jahr, 12, 31) for jahr in range(2016, 2021)] + [date(2021, 6, 30)]
# VL-204/2021, Abbildung 1: Einwohner, Ausländer, Personen mit Migrationshintergrund.
ABBILDUNG_1 = {
    "01": (6417, 538, 1453), "02": (959, 72, 211), "03": (19265, 4344, 8072), "04": (3839, 894, 1813),
    "05": (5425, 816, 2497), "06": (7488, 563, 1845), "07": (2989, 636, 1224), "08": (10004, 2302, 4382),
    "09": (7896, 1258, 2546), "10": (2212, 50, 313), "11": (9727, 467, 1848), "12": (7014, 895, 2682),
    "13": (4580, 424, 1293),
}  # fmt: skip
HISTORISCH = {"120", "132", "133", "138", "159", "162"}
FLUECHTLINGE = {"475", "423", "438", "439", "224", "273"}


def _set_up(ziel: Path) -> Path:
    """Copy Lünen's configuration into a fresh data folder."""
    ordner = ziel / "raw" / "luenen"
    ordner.mkdir(parents=True)
    for name in ("demo.yaml", "gebiete.csv"):
        shutil.copy(WURZEL / "data" / "raw" / "luenen" / name, ordner / name)
    return ziel


def _read(pfad: Path) -> pd.DataFrame:
    return pd.read_csv(pfad, sep=";", dtype=str, keep_default_na=False, quoting=3)


def _iso(spalte: pd.Series) -> pd.Series:
    """TT.MM.JJJJ as sortable text JJJJMMTT; empty stays empty."""
    return spalte.str[6:] + spalte.str[3:5] + spalte.str[:2]


def _mit_merkmalen(auszug: pd.DataFrame, stichtag: date) -> pd.DataFrame:
    """Add population, groups under luenen_2021 and minority, computed from the extract alone."""
    heute, vor_18 = f"{stichtag:%Y%m%d}", f"{stichtag.replace(year=stichtag.year - 18):%Y%m%d}"
    slots = auszug[["sta_1", "sta_2", "sta_3"]]
    deutsch = (slots == "000").any(axis=1)
    fremder_slot = ((slots != "") & (slots != "000")).any(axis=1)
    weg = [(auszug[spalte] != "") & (_iso(auszug[spalte]) <= heute) for spalte in ("auszug_datum", "sterbe_datum")]
    auslaender = ~deutsch & (auszug.sta_1 != "999")
    return auszug.assign(
        einwohner=auszug.wohnungsstatus.isin(["alleinige", "haupt"]) & ~weg[0] & ~weg[1],
        deutsch=deutsch,
        auslaender=auslaender,
        mh=auslaender | (deutsch & (fremder_slot | (auszug.art_dt_sta == "einbuergerung"))),
        unter_18=_iso(auszug.geburtsdatum) > vor_18,
        jahr=auszug.geburtsdatum.str[6:].astype(int),
    )


@pytest.fixture(scope="module")
def ordner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    daten = _set_up(tmp_path_factory.mktemp("demo"))
    write_demo(daten, "luenen")
    return daten / "raw" / "luenen" / "melderegister"


@pytest.fixture(scope="module")
def auszuege(ordner: Path) -> dict[date, pd.DataFrame]:
    return {tag: _mit_merkmalen(_read(ordner / f"{tag}.csv"), tag) for tag in STICHTAGE}


@pytest.fixture(scope="module")
def alle(auszuege: dict[date, pd.DataFrame]) -> pd.DataFrame:
    return auszuege[STICHTAGE[-1]]


@pytest.fixture(scope="module")
def einwohner(alle: pd.DataFrame) -> pd.DataFrame:
    return alle[alle.einwohner]


def test_each_district_has_exactly_the_printed_counts(einwohner: pd.DataFrame) -> None:
    summen = einwohner.groupby("gebiet_id")[["einwohner", "auslaender", "mh"]].sum()
    assert {
        g: tuple(int(x) for x in zeile) for g, zeile in zip(summen.index, summen.to_numpy(), strict=True)
    } == ABBILDUNG_1


def test_foreigners_have_exactly_the_printed_sexes(einwohner: pd.DataFrame) -> None:
    assert einwohner[einwohner.auslaender].geschlecht.value_counts().to_dict() == {"m": 6737, "w": 6522}


def test_foreigners_have_exactly_the_configured_nationalities(einwohner: pd.DataFrame) -> None:
    vorgabe = yaml.safe_load((WURZEL / "data/raw/luenen/demo.yaml").read_text(encoding="utf-8"))
    gezaehlt = einwohner[einwohner.auslaender].sta_1.value_counts().to_dict()
    assert gezaehlt == vorgabe["staatsangehoerigkeiten"]
    genannt = {"163": 5199, "475": 1570, "152": 948, "154": 695, "170": 370}
    assert {staat: gezaehlt[staat] for staat in genannt} == genannt
    assert max(zahl for staat, zahl in gezaehlt.items() if staat not in genannt) <= 369
    assert 95 <= len(gezaehlt) <= 105


def test_share_of_minors_with_mh_rounds_to_the_printed_49_7_percent(einwohner: pd.DataFrame) -> None:
    minderjaehrige = einwohner[einwohner.unter_18]
    assert 0.4965 <= minderjaehrige.mh.mean() < 0.4975
    assert 0.16 < len(minderjaehrige) / len(einwohner) < 0.17


def test_age_structure_is_plausible(einwohner: pd.DataFrame) -> None:
    alter = 2021 - einwohner.jahr
    assert alter[einwohner.auslaender].mean() < alter[einwohner.deutsch & ~einwohner.mh].mean() - 5
    assert 0.49 < (einwohner.geschlecht == "w").mean() < 0.53
    assert (einwohner[alter >= 80].geschlecht == "w").mean() > 0.55
    assert 0.08 < (alter >= 75).mean() < 0.14


def test_shares_rise_steadily_over_a_stable_population(auszuege: dict[date, pd.DataFrame]) -> None:
    bestand = [auszuege[tag][auszuege[tag].einwohner] for tag in STICHTAGE]
    assert all(86_000 <= len(b) <= 88_000 for b in bestand)
    for spalte, beginn in (("auslaender", (0.115, 0.125)), ("mh", (0.28, 0.32))):
        anteile = [b[spalte].mean() for b in bestand]
        assert anteile == sorted(anteile)
        assert beginn[0] <= anteile[0] <= beginn[1]


def test_who_left_was_an_inhabitant_at_the_stichtage_before(
    auszuege: dict[date, pd.DataFrame], alle: pd.DataFrame
) -> None:
    ende = _iso(alle.auszug_datum) + _iso(alle.sterbe_datum)
    for stichtag in STICHTAGE[:-1]:
        heute = f"{stichtag:%Y%m%d}"
        frueher = auszuege[stichtag]
        damals = alle[(ende > heute) & (_iso(alle.einzug_datum) <= heute) & (alle.wohnungsstatus != "neben")]
        assert len(damals) > 500
        assert damals.pid.isin(frueher[frueher.einwohner].pid).all()


def test_naturalised_persons_were_foreigners_before(auszuege: dict[date, pd.DataFrame], alle: pd.DataFrame) -> None:
    frueher = auszuege[STICHTAGE[0]]
    spaeter_deutsch = frueher[frueher.auslaender].merge(alle[alle.deutsch], on="pid", suffixes=("", "_neu"))
    assert len(spaeter_deutsch) > 100
    assert (spaeter_deutsch.art_dt_sta_neu == "einbuergerung").all()
    assert (spaeter_deutsch.art_dt_sta == "").all()


def test_persons_keep_their_birth_date_and_move_in_date_over_all_extracts(auszuege: dict[date, pd.DataFrame]) -> None:
    alles = pd.concat(auszuege.values())
    assert (alles.groupby("pid")[["geburtsdatum", "einzug_datum", "geburtsort"]].nunique() == 1).all(axis=None)


def test_only_earlier_extracts_have_persons_without_fixed_address(auszuege: dict[date, pd.DataFrame]) -> None:
    ohne = [int((auszuege[tag].gebiet_id == "99").sum()) for tag in STICHTAGE]
    assert all(3 <= zahl <= 8 for zahl in ohne[:-1])
    assert ohne[-1] == 0


FAELLE = """
unter_18 and elternteil_1_pid != '' and elternteil_2_pid != ''      # couple with a child
unter_18 and elternteil_1_pid != '' and elternteil_2_pid == ''      # single parent
unter_18 and elternteil_1_pid == '' and elternteil_2_pid == ''      # child without parents
art_dt_sta == 'einbuergerung' and sta_2 == ''                       # naturalised
art_dt_sta == 'einbuergerung' and sta_2 != ''                       # naturalised, kept the other nationality
deutsch and not mh and geburtsstaat == '163' and art_dt_sta == ''   # naturalised, not recorded
sta_1 == '000' and sta_2 == '163' and art_dt_sta == '' and geburtsort == 'Lünen'
sta_1 == '163' and sta_2 == '000'                                   # slots swapped
sta_3 != ''
auslaender and sta_2 != ''
unter_18 and art_dt_sta == 'option' and sta_2 != ''
art_dt_sta == 'aussiedler' and geburtsstaat == '444'
art_dt_sta == 'aussiedler' and geburtsstaat == '160'
art_dt_sta == 'aussiedler' and geburtsstaat == '152'
art_dt_sta == 'aussiedler' and geburtsstaat == '154'
art_dt_sta == 'aussiedler' and geburtsstaat == '159'
deutsch and not mh and geburtsstaat == '444' and art_dt_sta == ''   # Aussiedler, not recorded
deutsch and not mh and geburtsstaat == '129'                        # German born abroad
deutsch and not mh and geburtsstaat == '368'
deutsch and not mh and zuzug_staat != '' and geburtsort == 'Dortmund'  # returned
jahr < 1950 and geburtsort == 'Breslau' and geburtsstaat == '152'   # expellees
jahr < 1950 and geburtsort == 'Königsberg' and geburtsstaat == ''
jahr < 1950 and geburtsort == 'Reichenberg' and geburtsstaat == '162'
jahr < 1950 and geburtsort == 'Danzig' and geburtsstaat == '152' and zuzug_datum_ausland == ''
sta_1 == '997'
sta_1 == '998'
sta_1 == '999' and sta_2 == ''
sta_1 == '120' or sta_1 == '132' or sta_1 == '133'
sta_1 == '000' and geburtsort == '' and geburtsstaat == ''
auslaender and geburtsstaat == '' and geburtsort == 'Lünen'
auslaender and geburtsstaat == '475' and geburtsort == 'Aleppo'
geburtsdatum.str.match('00[.]00[.]')
geburtsdatum.str.match('00[.](?!00)')
zuzug_datum_ausland.str.startswith('00.')
wohnungsstatus == 'neben'
wohnungsstatus == 'haupt'
auszug_datum != ''
sterbe_datum != ''
geschlecht == 'd' and deutsch
geschlecht == 'x' and deutsch
art_dt_sta == 'unbekannt'
art_dt_sta == 'erklaerung'
art_dt_sta == 'sonstiges'
"""


@pytest.mark.parametrize("bedingung", [zeile.split("  #")[0].strip() for zeile in FAELLE.strip().splitlines()])
def test_realistic_case_occurs(alle: pd.DataFrame, bedingung: str) -> None:
    assert len(alle.query(bedingung)) >= 1


def test_expellees_came_before_1950_or_have_no_date(alle: pd.DataFrame) -> None:
    vertriebene = alle.query("geburtsort in ['Königsberg', 'Danzig', 'Breslau', 'Tilsit']")
    assert (vertriebene.jahr < 1950).all()
    datiert = vertriebene[vertriebene.zuzug_datum_ausland != ""]
    assert len(datiert) >= 1
    assert (datiert.zuzug_datum_ausland.str[6:].astype(int) < 1950).all()


def test_refugees_live_in_shelters_and_others_in_households_of_one_district(einwohner: pd.DataFrame) -> None:
    groesse = einwohner.groupby("adresse_id").agg(
        n=("pid", "size"), gebiete=("gebiet_id", "nunique"), staat=("sta_1", set)
    )
    assert (groesse.gebiete == 1).all()
    heime = groesse[groesse.n > 8]
    assert len(heime) >= 3
    assert all(staaten & FLUECHTLINGE for staaten in heime.staat)
    assert (groesse.n <= 5).mean() > 0.98


def test_parents_of_most_minors_live_at_their_address(einwohner: pd.DataFrame) -> None:
    kinder = einwohner[einwohner.unter_18 & (einwohner.elternteil_1_pid != "")]
    adresse = einwohner.set_index("pid").adresse_id
    erster = kinder.elternteil_1_pid.map(adresse)
    assert (erster == kinder.adresse_id).mean() > 0.93
    assert len(kinder) / einwohner.unter_18.sum() > 0.95


def test_some_parents_live_elsewhere_or_stand_in_no_extract(einwohner: pd.DataFrame, alle: pd.DataFrame) -> None:
    lang = einwohner.melt(
        ["pid", "adresse_id", "gebiet_id"], ["elternteil_1_pid", "elternteil_2_pid"], value_name="elter"
    )
    lang = lang[lang.elter != ""]
    paare = lang.merge(alle[["pid", "adresse_id", "gebiet_id"]], left_on="elter", right_on="pid", suffixes=("", "_e"))
    anderswo = paare[paare.adresse_id != paare.adresse_id_e]
    assert len(anderswo) > 50
    assert (anderswo.gebiet_id != anderswo.gebiet_id_e).any()
    assert 1 <= (~lang.elter.isin(alle.pid)).sum() < 300
    assert lang.elter.value_counts().max() >= 3


def test_parents_are_adults_at_least_17_years_older(alle: pd.DataFrame) -> None:
    jahr = alle.set_index("pid").jahr
    for spalte in ("elternteil_1_pid", "elternteil_2_pid"):
        abstand = (alle.jahr - alle[spalte].map(jahr)).dropna()
        assert abstand.min() >= 17
        assert abstand.median() < 40


@pytest.mark.parametrize("stichtag", STICHTAGE, ids=str)
def test_links_to_parents_exist_only_for_minors(auszuege: dict[date, pd.DataFrame], stichtag: date) -> None:
    auszug = auszuege[stichtag]
    verknuepft = (auszug.elternteil_1_pid != "") | (auszug.elternteil_2_pid != "")
    assert auszug[verknuepft].unter_18.all()
    assert verknuepft[auszug.unter_18].mean() > 0.95


@pytest.mark.parametrize("stichtag", STICHTAGE, ids=str)
def test_file_follows_the_canonical_format(ordner: Path, stichtag: date) -> None:
    roh = (ordner / f"{stichtag}.csv").read_bytes()
    assert roh.startswith(";".join(SPALTEN).encode())
    assert roh.endswith(b"\n")
    assert b"\r" not in roh
    assert b'"' not in roh
    text = roh.decode("utf-8")
    assert {zeile.count(";") for zeile in text.splitlines()} == {len(SPALTEN) - 1}
    assert "Köln" in text


@pytest.mark.parametrize("stichtag", STICHTAGE, ids=str)
def test_no_row_breaks_a_rule_of_its_columns(auszuege: dict[date, pd.DataFrame], stichtag: date) -> None:
    auszug = auszuege[stichtag]
    muster = {
        "pid": r"SYN\d{9}", "elternteil_1_pid": r"(SYN\d{9})?", "elternteil_2_pid": r"(SYN\d{9})?", "gebiet_id": r"\d{2}",
        "wohnungsstatus": "alleinige|haupt|neben", "geschlecht": "[mwdx]",
        "sta_1": r"\d{3}", "sta_2": r"(\d{3})?", "sta_3": r"(\d{3})?",
        "art_dt_sta": "(geburt|einbuergerung|aussiedler|option|erklaerung|sonstiges|unbekannt)?",
        "geburtsstaat": r"(?!000)\d{3}|", "zuzug_staat": r"(?!000)\d{3}|",
        "adresse_id": r"A\d+" if stichtag == STICHTAGE[-1] else r"(A\d+)?",
    }  # fmt: skip
    for spalte, regel in muster.items():
        assert auszug[spalte].str.fullmatch(regel).all(), spalte
    assert auszug.pid.is_unique
    assert set(auszug.gebiet_id) <= {*ABBILDUNG_1, "99"}


@pytest.mark.parametrize("stichtag", STICHTAGE, ids=str)
def test_dates_are_possible_ordered_and_not_after_the_stichtag(
    auszuege: dict[date, pd.DataFrame], stichtag: date
) -> None:
    auszug = auszuege[stichtag]
    for spalte in ("geburtsdatum", "zuzug_datum_ausland", "einzug_datum", "auszug_datum", "sterbe_datum"):
        werte = auszug[spalte][auszug[spalte] != ""]
        voll = werte.str.replace(r"^00\.00\.", "01.01.", regex=True).str.replace(r"^00\.", "01.", regex=True)
        assert pd.to_datetime(voll, format="%d.%m.%Y", errors="coerce").notna().all(), spalte
        assert (_iso(werte) <= f"{stichtag:%Y%m%d}").all(), spalte
        if spalte not in ("geburtsdatum", "zuzug_datum_ausland"):
            assert not werte.str.startswith("00").any(), spalte
    geburt, einzug, auszug_am = (_iso(auszug[s]) for s in ("geburtsdatum", "einzug_datum", "auszug_datum"))
    gestorben, zuzug = _iso(auszug.sterbe_datum), _iso(auszug.zuzug_datum_ausland)
    assert (einzug != "").all()
    assert (einzug >= geburt).all()
    assert (zuzug <= einzug)[zuzug != ""].all()
    assert (zuzug.str[:4] >= geburt.str[:4])[zuzug != ""].all()
    assert (auszug_am >= einzug)[auszug_am != ""].all()
    assert (gestorben >= einzug)[gestorben != ""].all()
    vor_5 = f"{stichtag.replace(year=stichtag.year - 5):%Y%m%d}"
    assert (auszug_am >= vor_5)[auszug_am != ""].all()
    assert (gestorben >= vor_5)[gestorben != ""].all()


@pytest.mark.parametrize("stichtag", STICHTAGE, ids=str)
def test_nationality_slots_and_kinds_are_consistent(auszuege: dict[date, pd.DataFrame], stichtag: date) -> None:
    auszug = auszuege[stichtag]
    assert ((auszug.sta_2 == "") | (auszug.sta_2 != auszug.sta_1)).all()
    assert ((auszug.sta_3 == "") | ((auszug.sta_3 != auszug.sta_1) & (auszug.sta_3 != auszug.sta_2))).all()
    assert ((auszug.sta_3 == "") | (auszug.sta_2 != "")).all()
    assert auszug[auszug.art_dt_sta != ""].deutsch.all()
    assert (auszug.elternteil_1_pid != auszug.pid).all()
    assert (auszug.elternteil_2_pid != auszug.pid).all()
    assert ((auszug.elternteil_1_pid == "") | (auszug.elternteil_1_pid != auszug.elternteil_2_pid)).all()
    assert ((auszug.elternteil_2_pid == "") | (auszug.elternteil_1_pid != "")).all()


def test_birth_places_of_germany_have_no_state_of_birth(alle: pd.DataFrame) -> None:
    orte = yaml.safe_load((WURZEL / "data/raw/luenen/demo.yaml").read_text(encoding="utf-8"))["geburtsorte"]
    assert (alle[alle.geburtsort.isin(orte["000"])].geburtsstaat == "").all()
    for staat in ("163", "475", "444"):
        assert (alle[alle.geburtsstaat == staat].geburtsort.isin(orte[staat])).all()
    assert not set(alle.geburtsstaat) & (HISTORISCH - {"159", "162"})


def test_numbers_and_row_order_tell_nothing(alle: pd.DataFrame) -> None:
    nummer = alle.pid.str[3:].astype(int)
    reihe = pd.Series(range(len(alle)))
    for spalte in (alle.jahr, alle.gebiet_id.astype(int), alle.auslaender.astype(int), alle.einwohner.astype(int)):
        assert abs(nummer.corr(spalte)) < 0.02
        assert abs(reihe.corr(spalte)) < 0.02


def test_folder_is_closed_to_others(ordner: Path) -> None:
    assert stat.S_IMODE(ordner.stat().st_mode) == 0o700
    assert sorted(p.name for p in ordner.iterdir()) == [f"{tag}.csv" for tag in STICHTAGE]


def test_same_seed_gives_same_bytes_in_another_process(ordner: Path, tmp_path: Path) -> None:
    daten = _set_up(tmp_path)
    befehl = (
        "from pathlib import Path; from pipelines.demo.extract import write_demo as demo; "
        f"demo(Path({str(daten)!r}), 'luenen')"
    )
    umgebung = {**os.environ, "PYTHONHASHSEED": "7", "POLARS_MAX_THREADS": "1"}
    subprocess.run([sys.executable, "-c", befehl], check=True, cwd=WURZEL, env=umgebung)
    for tag in STICHTAGE:
        neu = daten / "raw" / "luenen" / "melderegister" / f"{tag}.csv"
        assert neu.read_bytes() == (ordner / neu.name).read_bytes()


def test_another_seed_gives_other_persons_with_the_same_margins(ordner: Path, tmp_path: Path) -> None:
    *_, pfad = write_demo(_set_up(tmp_path), "luenen", seed=1)
    assert pfad.read_bytes() != (ordner / pfad.name).read_bytes()
    auszug = _mit_merkmalen(_read(pfad), STICHTAGE[-1])
    summen = auszug[auszug.einwohner].groupby("gebiet_id")[["einwohner", "auslaender", "mh"]].sum()
    assert {
        g: tuple(int(x) for x in zeile) for g, zeile in zip(summen.index, summen.to_numpy(), strict=True)
    } == ABBILDUNG_1


@pytest.mark.parametrize("personen", [1, 2, 13, 50, 999, 5_000, 87_815])
def test_scaled_extract_has_exactly_so_many_inhabitants(tmp_path: Path, personen: int) -> None:
    pfade = write_demo(_set_up(tmp_path), "luenen", personen=personen)
    assert [p.name for p in pfade] == ["2021-06-30.csv"]
    auszug = _mit_merkmalen(_read(pfade[0]), STICHTAGE[-1])
    bestand = auszug[auszug.einwohner]
    assert len(bestand) == personen
    assert abs(bestand.auslaender.sum() - personen * 13_259 / 87_815) <= 13
    assert abs(bestand.mh.sum() - personen * 30_179 / 87_815) <= 13
    assert set(bestand[bestand.auslaender].geschlecht) <= {"m", "w"}


def _change(daten: Path, **felder: object) -> Path:
    pfad = daten / "raw" / "luenen" / "demo.yaml"
    inhalt = yaml.safe_load(pfad.read_text(encoding="utf-8"))
    for name, wert in felder.items():
        inhalt[name] = wert
        if wert is None:
            del inhalt[name]
    pfad.write_text(yaml.safe_dump(inhalt, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return daten


FEHLER: list[tuple[dict[str, object], str]] = [
    ({"stichtag": None}, "„stichtag“ fehlt"),
    ({"anteil_unter_18": "viel"}, "„anteil_unter_18“ ist 'viel'. Erwartet: eine Zahl"),
    ({"anteil_unter_18": 16.5}, "Anteile sind Brüche"),
    ({"profil": "mikrozensus"}, "Erwartet: luenen_2021"),
    ({"auslaender_geschlecht": {"m": 1, "w": 2}}, "Summen der Ausländer stimmen nicht überein"),
    ({"staatsangehoerigkeiten": {163: 13259}}, "drei Ziffern als Text"),
    ({"staatsangehoerigkeiten": {"000": 13259}}, "Erwartet: 001 bis 998"),
    ({"gebiete": {"77": {"einwohner": 1}}}, "'77' steht nicht in gebiete.csv"),
    ({"gebiete": {"01": {"einwohner": 5, "auslaender": 1, "mh": 9, "ohne_angabe": 0}}}, "auslaender ≤ mh ≤ einwohner"),
    ({"gebiete": {}}, "„gebiete“ ist leer"),
    ({"fruehere_stichtage": [date(2022, 1, 1)]}, "vor dem 2021-06-30"),
    ({"geburtsorte": {"000": ["Lünen"]}}, "Es fehlen Orte für 121"),
    ({"geburtsorte": {"000": ["Lünen;"]}}, "ohne Semikolon"),
    ({"vertriebenenorte": {}}, "„vertriebenenorte“ ist leer"),
    ({"herkunft_deutsche": {}}, "„herkunft_deutsche“ ist leer"),
    ({"geburtsland": {"120": "Serbien"}}, "geburtsland: 120: 'Serbien'"),
    ({"geburtsland": {"120": 1700}}, "Zahl 0 bis 998"),
]


@pytest.mark.parametrize(("felder", "meldung"), FEHLER, ids=[meldung for _, meldung in FEHLER])
def test_invalid_configuration_is_explained_in_german(tmp_path: Path, felder: dict[str, object], meldung: str) -> None:
    daten = _change(_set_up(tmp_path), **felder)
    with pytest.raises(DemoFehler) as fehler:
        write_demo(daten, "luenen")
    assert meldung in str(fehler.value)
    assert "demo.yaml" in str(fehler.value)


@pytest.mark.parametrize("name", ["demo.yaml", "gebiete.csv"])
def test_missing_file_is_named(tmp_path: Path, name: str) -> None:
    daten = _set_up(tmp_path)
    (daten / "raw" / "luenen" / name).unlink()
    with pytest.raises(DemoFehler, match=f"{name} fehlt"):
        write_demo(daten, "luenen")


def test_broken_yaml_is_named(tmp_path: Path) -> None:
    daten = _set_up(tmp_path)
    (daten / "raw" / "luenen" / "demo.yaml").write_text("gebiete: [", encoding="utf-8")
    with pytest.raises(DemoFehler, match="keine gültige YAML-Datei"):
        write_demo(daten, "luenen")


@pytest.mark.parametrize(
    ("text", "grund"), [("stichtag: 2021-02-31", "Tag, den es nicht gibt"), ("[" * 5_000, "zu tief verschachtelt")]
)
def test_a_day_that_does_not_exist_and_depth_beyond_reason_are_told(tmp_path: Path, text: str, grund: str) -> None:
    daten = _set_up(tmp_path)
    (daten / "raw" / "luenen" / "demo.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DemoFehler, match=grund):
        write_demo(daten, "luenen")


def test_number_of_persons_must_be_positive(tmp_path: Path) -> None:
    with pytest.raises(DemoFehler, match="mindestens 1"):
        write_demo(_set_up(tmp_path), "luenen", personen=0)


def test_a_real_extract_is_never_overwritten(tmp_path: Path) -> None:
    daten = _set_up(tmp_path)
    echt = daten / "raw" / "luenen" / "melderegister" / "2021-06-30.csv"
    echt.parent.mkdir()
    echt.write_text("pid;wohnungsstatus\n4711;haupt\n", encoding="utf-8")
    with pytest.raises(DemoFehler, match="nicht überschrieben"):
        write_demo(daten, "luenen")
    assert [p.name for p in echt.parent.iterdir()] == ["2021-06-30.csv"]
    assert "4711" in echt.read_text(encoding="utf-8")
