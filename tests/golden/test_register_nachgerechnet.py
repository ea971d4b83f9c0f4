"""Facts and flows of Lünen's generated extracts, counted a second time from the files themselves with other means.

Here: pandas over the lines of the files, no statement of the pipeline, no staged person. Belongs here: whether both agree, and
the figures that are known. Protection and publication are tested elsewhere.
"""

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from pipelines.bevoelkerung.partition import count_partition
from pipelines.eingang.melderegister.read import read_auszug
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import load_kommune
from tests.conftest import ROH, create_data_folder, monitoring_im_prozess

pytestmark = pytest.mark.langsam

VORHER, JETZT, SPAETER = date(2019, 12, 31), date(2020, 12, 31), date(2021, 6, 30)
TAGE = (VORHER, JETZT, SPAETER)
ASYL = frozenset(("423", "224", "438", "439", "232", "461", "273", "475"))
Rahmen = Any


@dataclass(frozen=True)
class Gezaehlt:
    """What the pipeline counted, and the files it counted."""

    ablage: Ablage
    ordner: Path

    def wuerfel(self, name: str, tag: date, *felder: str) -> Counter[tuple[str, ...]]:
        zeilen = pq.read_table(self.ablage.tabelle("bevoelkerung", name, f"luenen_{tag}")).to_pylist()
        summen: Counter[tuple[str, ...]] = Counter()
        for z in zeilen:
            summen[tuple(z[f] for f in felder)] += z["personen"]
        return summen

    def lines(self, tag: date) -> Rahmen:
        """All lines of an extract with their days."""
        r = pd.read_csv(self.ordner / f"{tag}.csv", sep=";", dtype=str, keep_default_na=False)
        for spalte in ("geburtsdatum", "einzug_datum", "auszug_datum", "sterbe_datum", "zuzug_datum_ausland"):
            r[spalte] = pd.to_datetime(r[spalte].map(_tag), errors="coerce")
        staaten = r[["sta_1", "sta_2", "sta_3"]].to_numpy()
        r["auslaender"] = ["000" not in s and any(x not in ("", "999") for x in s) for s in staaten]
        r["weitere"] = [any(x not in ("", "000", "910", "997", "998", "999") for x in s) for s in staaten]
        return r

    def bestand(self, tag: date) -> Rahmen:
        """Who lives there on the day, one line a person."""
        r, heute = self.lines(tag), pd.Timestamp(tag)
        da = r["wohnungsstatus"].isin(("alleinige", "haupt")) & ~(r["einzug_datum"] > heute)
        return r[da & ~(r["auszug_datum"] <= heute) & ~(r["sterbe_datum"] <= heute)].set_index("pid")


def _tag(text: str) -> str:
    """ISO day; an unknown day is the 15th, an unknown month July (as DESIGN has it: 1 July, the 15th)."""
    if not text:
        return ""
    tag, monat, jahr = text.split(".") if "." in text else reversed(text.split("-"))
    if monat == "00":
        return f"{jahr}-07-01"
    return f"{jahr}-{monat}-{'15' if tag == '00' else tag}"


def _eu(tag: str) -> set[str]:
    """Member states of a day, but for Germany."""
    with (ROH / "referenz" / "staaten.csv").open(encoding="utf-8") as f:
        zeilen = [z for z in csv.DictReader(f, delimiter=";") if z["eu_von"] and z["staat"] != "000"]
    return {z["staat"] for z in zeilen if z["eu_von"] <= tag <= (z["eu_bis"] or "9999")}


def _jahre(von: Rahmen, bis: date) -> Rahmen:
    """Completed years, empty where the day is unknown."""
    nicht_voll = (von.dt.month * 100 + von.dt.day) > bis.month * 100 + bis.day
    return bis.year - von.dt.year - nicht_voll


@pytest.fixture(scope="module")
def luenen(tmp_path_factory: pytest.TempPathFactory) -> Gezaehlt:
    daten = create_data_folder(tmp_path_factory.mktemp("nachgerechnet") / "data")
    assert monitoring_im_prozess(daten, "demo").code == 0
    ordner = daten / "raw" / "luenen" / "melderegister"
    ablage, kommune = Ablage(daten).create_folders(), load_kommune(daten / "raw" / "luenen")
    for tag in TAGE:
        read_auszug(ablage, kommune, ordner / f"{tag}.csv", tag, tag, f"luenen_{tag}")
        count_partition(ablage, kommune, str(tag))
    return Gezaehlt(ablage, ordner)


def test_flows_of_2020_are_the_differences_of_both_files(luenen: Gezaehlt) -> None:
    vorher, jetzt, alle = luenen.bestand(VORHER), luenen.bestand(JETZT), luenen.lines(JETZT)
    neu, fort = jetzt.index.difference(vorher.index), vorher.index.difference(jetzt.index)
    gestorben = set(alle.loc[alle["sterbe_datum"] <= pd.Timestamp(JETZT), "pid"])
    geboren = jetzt.loc[neu, "geburtsdatum"] > pd.Timestamp(VORHER)
    bleibt = vorher.index.intersection(jetzt.index)
    a0, a1 = vorher.loc[bleibt, "auslaender"], jetzt.loc[bleibt, "auslaender"]
    umzug = vorher.loc[bleibt, "gebiet_id"] != jetzt.loc[bleibt, "gebiet_id"]
    erwartet = {
        "geburt": int(geboren.sum()), "zuzug": int((~geboren).sum()), "sterbefall": sum(p in gestorben for p in fort),
        "fortzug": sum(p not in gestorben for p in fort), "einbuergerung": int((a0 & ~a1).sum()),
        "umzug_zu": int(umzug.sum()), "umzug_fort": int(umzug.sum()),
    }  # fmt: skip
    gezaehlt = luenen.wuerfel("bewegungswuerfel", JETZT, "bewegung", "gruppe")
    assert {b: gezaehlt[b, "insgesamt"] for b in erwartet} == erwartet
    assert erwartet["einbuergerung"] == 277
    assert (erwartet["geburt"] + erwartet["zuzug"], erwartet["sterbefall"] + erwartet["fortzug"]) == (3350, 3347)
    auslaender = jetzt.loc[neu, "auslaender"]
    assert gezaehlt["zuzug", "auslaender"] == int((auslaender & ~geboren).sum())
    assert gezaehlt["fortzug", "auslaender"] == sum(vorher.loc[fort, "auslaender"][[p not in gestorben for p in fort]])
    assert len(vorher) + 3350 - 3347 == len(jetzt)


def test_flows_by_area_and_sex_of_a_half_year(luenen: Gezaehlt) -> None:
    vorher, jetzt = luenen.bestand(JETZT), luenen.bestand(SPAETER)
    neu = jetzt.loc[jetzt.index.difference(vorher.index)]
    neu = neu[~(neu["geburtsdatum"] > pd.Timestamp(JETZT)) & neu["geschlecht"].isin(("m", "w"))]
    erwartet = neu.groupby(["gebiet_id", "geschlecht"]).size().to_dict()
    gezaehlt = luenen.wuerfel("bewegungswuerfel", SPAETER, "bewegung", "gruppe", "gebiet_id", "geschlecht")
    for (gebiet, geschlecht), anzahl in erwartet.items():
        # Those without m or w count as one of both: a few at most.
        schluessel = gebiet if gebiet in {f"{n:02d}" for n in range(1, 14)} else "unbekannt"
        if schluessel != "unbekannt":
            assert 0 <= gezaehlt["zuzug", "insgesamt", gebiet, geschlecht] - anzahl <= 2, gebiet


@pytest.mark.parametrize("tag", [JETZT, SPAETER])
def test_facts_of_one_extract_are_those_of_its_lines(luenen: Gezaehlt, tag: date) -> None:
    b = luenen.bestand(tag)
    gezaehlt = luenen.wuerfel("merkmalswuerfel", tag, "merkmal", "auspraegung")
    alter = _jahre(b["geburtsdatum"], tag)
    assert gezaehlt["altersjahr", "00"] == int((alter == 0).sum())
    assert gezaehlt["altersjahr", "unbekannt"] == int(alter.isna().sum())
    assert gezaehlt["altersjahr_auslaender", "30"] == int(((alter == 30) & b["auslaender"]).sum())
    dauer = _jahre(b["einzug_datum"], tag)
    assert gezaehlt["wohndauer", "05-09"] == int(dauer.between(5, 9).sum())
    assert gezaehlt["mehrstaatigkeit", "mehrstaatig"] == int((~b["auslaender"] & b["weitere"]).sum())
    eingebuergert = b["art_dt_sta"] == "einbuergerung"
    eu = b[["sta_1", "sta_2", "sta_3"]].isin(_eu(str(tag))).any(axis=1)
    assert gezaehlt["wahlberechtigung", "bundestagswahl_ab_18"] == int(((alter >= 18) & ~b["auslaender"]).sum())
    assert gezaehlt["wahlberechtigung", "kommunalwahl_ab_16"] == int(((alter >= 16) & (~b["auslaender"] | eu)).sum())
    assert gezaehlt["wahlberechtigung", "integrationsrat_ab_16"] == int(
        ((alter >= 16) & (b["auslaender"] | b["weitere"] | eingebuergert)).sum()
    )
    erste = b["sta_1"].where(~b["sta_1"].isin(("", "999")), b["sta_2"])
    assert gezaehlt["asylherkunft", "hauptherkunft"] == int((b["auslaender"] & erste.isin(ASYL)).sum())


@pytest.mark.parametrize("tag", [JETZT, SPAETER])
def test_single_years_of_both_durations_give_their_means(luenen: Gezaehlt, tag: date) -> None:
    """A day after the Stichtag (an unknown day has a substitute) counts as the Stichtag."""
    b = luenen.bestand(tag)
    gezaehlt = luenen.wuerfel("merkmalswuerfel", tag, "merkmal", "auspraegung", "geschlecht")

    def mean(merkmal: str, geschlecht: str = "") -> float:
        zellen = [(int(a), n) for (m, a, s), n in gezaehlt.items() if m == merkmal and geschlecht in ("", s)]
        return sum(a * n for a, n in zellen) / sum(n for _, n in zellen)

    wohnen = _jahre(b["einzug_datum"].clip(upper=pd.Timestamp(tag)), tag)
    assert mean("wohnjahre") == pytest.approx(float(wohnen.mean()))
    im_land = (b["geburtsstaat"] == "000") | ((b["geburtsstaat"] == "") & (b["geburtsort"] != ""))
    dauer = _jahre(b["zuzug_datum_ausland"].clip(upper=pd.Timestamp(tag)), tag)[b["auslaender"] & ~im_land]
    assert mean("aufenthaltsjahre") == pytest.approx(float(dauer.mean()))
    # No foreigner of these extracts is divers or without entry: women and men are those of the file.
    frauen = b.loc[dauer.index, "geschlecht"] == "w"
    assert mean("aufenthaltsjahre", "w") == pytest.approx(float(dauer[frauen].mean()))


def test_how_many_foreigners_born_abroad_have_a_known_day_of_arrival(luenen: Gezaehlt) -> None:
    b = luenen.bestand(SPAETER)
    im_ausland = b["auslaender"] & ~b["geburtsstaat"].isin(("", "000"))
    # Born nobody knows where: neither state nor place of birth.
    unbekannt = b["auslaender"] & (b["geburtsstaat"] == "") & (b["geburtsort"] == "")
    datiert = b["zuzug_datum_ausland"].notna()
    assert (int(im_ausland.sum()), int((im_ausland & datiert).sum()), int((unbekannt & datiert).sum())) == (
        9351,
        8163,
        114,
    )
    gezaehlt = luenen.wuerfel("merkmalswuerfel", SPAETER, "merkmal", "auspraegung")
    assert sum(n for (m, a), n in gezaehlt.items() if m == "aufenthaltsdauer" and a[0].isdigit()) == 8163 + 114 == 8277
    jahre = _jahre(b["zuzug_datum_ausland"], SPAETER)
    assert gezaehlt["aufenthaltsdauer", "05-07"] == int((jahre.between(5, 7) & (im_ausland | unbekannt)).sum())
