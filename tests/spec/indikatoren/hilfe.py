"""All examples at once through the real steps: a municipality of its own for each, the tables of the secure zone up to the mart.

Belongs here: writing the literal tables, running the steps, reading the series. Does not belong here: examples and expectations.
"""

import math
import shutil
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.foundation.storage import Ablage
from pipelines.indikatoren.steps import CatalogueStep
from pipelines.refresh.plan import step
from pipelines.stamm.gebiete import Gebiet
from pipelines.stamm.kommune import Kommune, KommuneYaml
from pipelines.stamm.tables.write import write_stamm
from pipelines.steps.sql_step import SqlStep
from pipelines.veroeffentlichung.korrektur import write_korrekturen
from schemas.spalten.lieferung import BEVOELKERUNG
from tests.conftest import ROH
from tests.lib.literal_tables import decide, lay, read
from tests.lib.two_valued import check_formulas, check_step
from tests.spec.indikatoren.beispiele import SCHLUESSEL, STICHTAG, Beispiel, Zeile, Zelle, erwartete

PROFIL = "luenen_2021"
HEUTE = date(2023, 6, 1)
# Steps in their order; the comparison with earlier publications comes before the marts.
REIHENFOLGE = (
    ("bevoelkerung", ("migrationshintergrund", "staatsangehoerigkeit", "tabellenwert", "stadtteiltabelle", "segregation",
                      "indikatorzaehlung", "indikatorlieferung")),
    ("geheimhaltung", ("bestand", "lieferung", "migrationshintergrund", "staatsangehoerigkeit", "segregation", "massnahme",
                       "vorlage", "indikatorregister", "indikatorlieferung", "indikatorprozess",
                       "indikatormerkmal", "indikatorbasis",
                       "indikatorrechnung", "indikatorwert")),
    ("marts", ("indikator_zeitreihe",)),
)  # fmt: skip
GRUPPEN_DES_ALTERS = (
    "00-02", "03-05", "06-09", "10-14", "15-17", "18-24", "25-29", "30-44", "45-59", "60-64", "65-74", "75+",
)  # fmt: skip
ZIELSPALTEN = ("kommune", "konzept", "leitziel", "indikator", "gebiet_id", "profil", "gruppe", "geschlecht", "herkunft")
# Columns of a delivery that say what a row is about; every other column is a measure.
LIEFERSPALTEN = {
    "stichtag", "merkmal", "gruppe", "geschlecht", "altersgruppe", "gebiet", "quelle", "zaehler", "nenner", "wert", "einheit",
    "zeichen", "oeffentlich",
}  # fmt: skip


def altersgruppe(alter: int) -> str:
    """The default age group of an age."""
    return max(g for g in GRUPPEN_DES_ALTERS if int(g[:2]) <= alter)


class Werk:
    """A data folder with one municipality for each example."""

    def __init__(self, ordner: Path, katalogzusatz: str = ""):
        self.ablage = Ablage(ordner).create_folders()
        shutil.copytree(ROH / "referenz", self.ablage.referenz)
        self.katalog = self.ablage.referenz / "indikatoren.yaml"
        self.katalog.write_text(self.katalog.read_text(encoding="utf-8") + katalogzusatz, encoding="utf-8")
        self.zeilen: dict[str, list[dict[str, Any]]] = defaultdict(list)

    def compute(self, beispiele: list[Beispiel]) -> dict[str, list[dict[str, Any]]]:
        """Run everything; the rows of marts.indikator_zeitreihe by municipality."""
        orte = [self._ort(n, b) for n, b in enumerate(beispiele)]
        write_stamm(self.ablage, orte)
        if not self.ablage.tabelle("stamm", "ziel").exists():
            felder = dict.fromkeys(ZIELSPALTEN, pa.string()) | {"zielwert": pa.float64(), "zieljahr": pa.int64()}
            with self.ablage.neu(self.ablage.tabelle("stamm", "ziel")) as neu:
                pq.write_table(pa.schema(felder).empty_table(), neu)
        for k, b in zip(orte, beispiele, strict=True):
            self._eingabe(k, b)
        for name in ("bevoelkerung.wuerfel", "bevoelkerung.alterswuerfel", "bevoelkerung.staatenwuerfel", "stamm.quelle",
                     "stamm.merkmal", "eingang.stadtteiltabelle", "eingang.indikatortabelle", "eingang.lieferung",
                     "eingang.massnahme", "eingang.vorlage", "stamm.massnahme", "stamm.massnahmenquelle",
                     "stamm.berichtspflicht", "stamm.bericht_abgegeben", "stamm.konzept", "geheimhaltung.bewegung",
                     "geheimhaltung.registermerkmal", "geheimhaltung.staatengruppe", "bevoelkerung.merkmalswuerfel"):  # fmt: skip
            lay(self.ablage, name, *self.zeilen[name])
        lay(self.ablage, "stamm.heute", {"heute": HEUTE})
        self._schritte()
        reihen: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for z in read(self.ablage, "marts.indikator_zeitreihe"):
            reihen[z["kommune"]].append(z)
        return reihen

    def _schritte(self) -> None:
        for schema, namen in REIHENFOLGE:
            if schema == "marts":
                write_korrekturen(self.ablage)
            for name in namen:
                if (schema, name) == ("bevoelkerung", "segregation"):
                    decide(self.ablage)
                schritt = step(schema, name)
                schritt.write(self.ablage)
                if isinstance(schritt, SqlStep):
                    check_step(self.ablage, schritt)
                elif isinstance(schritt, CatalogueStep):
                    check_formulas(self.ablage, schritt)

    def _ort(self, nummer: int, b: Beispiel) -> Kommune:
        ags = f"05999{nummer:03d}"
        angaben = KommuneYaml.model_validate(
            {"kommune": b.ort, "name": b.ort, "ags": ags, "land": "Nordrhein-Westfalen", "profile": [PROFIL],
             "veroeffentlichung": {"stichtage": ["*-*-*"], "umfang": {"hauptdefinition": "dreifach"}},
             "schutz": {"begruendung": "Nur für Tests."}, "quellen": {}}
        )  # fmt: skip
        ids = {str(z["gebiet"]) for t in (*b.eingabe.values(), b.erwartet) for z in t.rows() if z.get("gebiet")}
        stadtteile = (Gebiet(g, f"Stadtteil {g}", "stadtteil", ags, "2021", None, None) for g in sorted(ids))
        stadt = Gebiet(ags, b.ort, "gemeinde", "", "2021", None, None)
        rest = Gebiet("unbekannt", "unbekannt", "sonstige", ags, "2021", None, None)
        return Kommune(self.ablage.roh / b.ort, angaben, (stadt, *stadtteile, rest))

    def _eingabe(self, k: Kommune, b: Beispiel) -> None:
        schreiber = {"register": self._register, "staaten": self._staaten, "lieferung": self._lieferung,
                     "massnahmen": self._massnahmen, "vorlagen": self._vorlagen, "berichte": self._berichte,
                     "bewegungen": self._gezeigte("bewegung", "bewegung"),
                     "merkmale": self._gezeigte("registermerkmal", "merkmal"),
                     "staatengruppen": self._gezeigte("staatengruppe", "staatengruppe"), "dauern": self._dauern}  # fmt: skip
        for name, tabelle in b.eingabe.items():
            zeilen = list(tabelle.rows())
            schreiber[name](k, b, zeilen)

    def _auszug(self, k: Kommune, tag: date) -> None:
        self.zeilen["eingang.lieferung"].append(
            {"kommune": k.id, "stichtag": tag, "lieferung_id": f"{k.id}-{tag}", "status": "uebernommen",
             "quelle": "melderegister", "synthetisch": False, "datenstand": tag}
        )  # fmt: skip

    def _register(self, k: Kommune, b: Beispiel, zeilen: list[Zeile]) -> None:
        """Cells of the population cube, by age group and by single years of age."""
        for tag in sorted({_tag(z) for z in zeilen}):
            self._auszug(k, tag)
        for z in zeilen:
            zelle = {
                "kommune": k.id, "stichtag": _tag(z), "gebiet_id": z["gebiet"], "profil": PROFIL, "geschlecht": z["geschlecht"],
                "altersgruppe": altersgruppe(_zahl(z["alter"])), "ist_auslaender": z["staatsangehoerigkeit"] == "auslaender",
                "ergebnis_mh": z["mh"], "personen": _zahl(z["personen"]),
            }  # fmt: skip
            assert z["staatsangehoerigkeit"] in ("deutsch", "auslaender")
            assert z["mh"] in ("mit", "ohne", "unentscheidbar")
            self.zeilen["bevoelkerung.wuerfel"].append(zelle)
            self.zeilen["bevoelkerung.alterswuerfel"].append(
                zelle | {"alter": _zahl(z["alter"]), "altersjahr": str(_zahl(z["alter"]))}
            )

    def _staaten(self, k: Kommune, b: Beispiel, zeilen: list[Zeile]) -> None:
        for tag in sorted({_tag(z) for z in zeilen}):
            self._auszug(k, tag)
        self.zeilen["bevoelkerung.staatenwuerfel"] += [
            {"kommune": k.id, "stichtag": _tag(z), "gebiet_id": z["gebiet"], "geschlecht": z["geschlecht"], "staat": z["staat"],
             "personen": _zahl(z["personen"])}
            for z in zeilen
        ]  # fmt: skip

    def _gezeigte(self, tabelle: str, kennung: str) -> Callable[[Kommune, Beispiel, list[Zeile]], None]:
        """Rows of a table behind the door, about the municipality; a dash is a hidden count. `register` has their extract."""

        def write(k: Kommune, b: Beispiel, zeilen: list[Zeile]) -> None:
            self.zeilen[f"geheimhaltung.{tabelle}"] += [
                {"kommune": k.id, "stichtag": _tag(z), "gebiet_id": k.angaben.ags, kennung: z.get(kennung) or z["gruppe"],
                 "auspraegung": z.get("auspraegung"), "gruppe": z.get("gruppe"), "geschlecht": z["geschlecht"],
                 "personen": None if z["personen"] is None else _zahl(z["personen"]), "stichtag_vorher": z.get("vorher"),
                 "status": "geheim" if z["personen"] is None else "ok", "lieferung_id": f"{k.id}-{_tag(z)}"}
                for z in zeilen
            ]  # fmt: skip

        return write

    def _dauern(self, k: Kommune, b: Beispiel, zeilen: list[Zeile]) -> None:
        """Single years of a duration, unprotected."""
        self.zeilen["bevoelkerung.merkmalswuerfel"] += [
            {"kommune": k.id, "stichtag": _tag(z), "gebiet_id": "01", "geschlecht": z["geschlecht"], "merkmal": z["merkmal"],
             "auspraegung": f"{_zahl(z['jahre']):02d}", "personen": _zahl(z["personen"])}
            for z in zeilen
        ]  # fmt: skip

    def _lieferung(self, k: Kommune, b: Beispiel, zeilen: list[Zeile]) -> None:
        """Delivered figures: `wert` or `zaehler` and `nenner` of a measure, and a column for each other measure."""
        quellen, merkmale = dict.fromkeys(str(z.get("quelle") or "amt") for z in zeilen), set()
        for z in zeilen:
            kopf = {
                "kommune": k.id, "stichtag": _tag(z), "gebiet_id": z.get("gebiet") or k.angaben.ags, "profil": "-",
                "quelle_id": z.get("quelle") or "amt", "gruppe": z.get("gruppe") or "insgesamt", "staat": "insgesamt",
                "geschlecht": z.get("geschlecht") or "insgesamt", "altersgruppe": z.get("altersgruppe") or "insgesamt",
                "veroeffentlicht": z.get("oeffentlich") == "ja", "kennzeichen": z.get("zeichen"), "lieferung_id": f"{k.id}-amt",
            }  # fmt: skip
            eigenes = str(z.get("merkmal") or b.indikator)
            angaben: list[tuple[str, str, Zelle, Zelle]]
            angaben = [(eigenes, g, z[g], None) for g in ("zaehler", "nenner") if z.get(g) is not None]
            if z.get("wert") is not None or z.get("zeichen"):
                angaben.append((eigenes, "wert", z.get("wert"), z.get("einheit")))
            angaben += [(m, "wert", w, None) for m, w in z.items() if m not in LIEFERSPALTEN and w is not None]
            for merkmal, groesse, wert, einheit in angaben:
                merkmale.add(merkmal)
                self.zeilen["eingang.indikatortabelle"].append(
                    kopf | {"merkmal": merkmal, "groesse": groesse, "wert": wert, "wert_einheit": einheit or "personen"}
                )
        for rang, quelle in enumerate(quellen):
            ort = {"kommune": k.id, "quelle_id": quelle}
            # A source with the name of a statistics counts as it does.
            zaehlt = quelle if quelle in BEVOELKERUNG else "sonstige"
            self.zeilen["stamm.quelle"].append(
                ort | {"rang": rang, "art": "indikatoren", "veroeffentlicht": False, "bevoelkerung": zaehlt}
            )
            self.zeilen["stamm.merkmal"] += [ort | {"merkmal": m} for m in sorted(merkmale)]

    def _massnahmen(self, k: Kommune, b: Beispiel, zeilen: list[Zeile]) -> None:
        """Measures with their status in a sheet; one without is in the concept, but left out of the sheet."""
        self._massnahmenquelle(k)
        for z in zeilen:
            kopf = {"kommune": k.id, "konzept": "k1", "massnahme_nr": z["nr"], "art": "massnahme"}
            if z["status"] is None or z["status"] != "idee":
                self.zeilen["stamm.massnahme"].append(kopf)
            if z["status"] is not None:
                self.zeilen["eingang.massnahme"].append(
                    kopf | {"art": "idee" if z["status"] == "idee" else "massnahme", "stand": _tag(z), "status": z["status"],
                            "begruendung": "Grund." if z.get("grund") == "ja" else None, "personenangabe": [],
                            "nicht_erhoben": [], "quelle_id": "blaetter"}
                )  # fmt: skip

    def _vorlagen(self, k: Kommune, b: Beispiel, zeilen: list[Zeile]) -> None:
        self._massnahmenquelle(k)
        self.zeilen["eingang.vorlage"] += [
            {"kommune": k.id, "vorlage_nr": z["nr"], "datum": z["datum"], "vereinbarkeit": z["vereinbarkeit"],
             "personenangabe": [], "quelle_id": "blaetter"}
            for z in zeilen
        ]  # fmt: skip

    def _berichte(self, k: Kommune, b: Beispiel, zeilen: list[Zeile]) -> None:
        kopf = {"kommune": k.id, "konzept": "k1"}
        self.zeilen["stamm.konzept"].append(
            kopf | {"abgaben_gepflegt": all(z.get("gepflegt") != "nein" for z in zeilen)}
        )
        for z in zeilen:
            bericht = kopf | {"bericht": z["bericht"], "faellig_am": z["faellig"]}
            self.zeilen["stamm.berichtspflicht"].append(bericht)
            if z["abgegeben"]:
                self.zeilen["stamm.bericht_abgegeben"].append(bericht | {"abgegeben_am": z["abgegeben"]})

    def _massnahmenquelle(self, k: Kommune) -> None:
        self.zeilen["stamm.massnahmenquelle"].append({"kommune": k.id, "quelle_id": "blaetter", "herkunft": "H"})


def _tag(z: Zeile) -> date:
    tag = z.get("stichtag") or STICHTAG
    assert isinstance(tag, date)
    return tag


def _zahl(wert: object) -> int:
    assert isinstance(wert, float)
    assert wert == int(wert)
    return int(wert)


def compare(b: Beispiel, reihe: list[dict[str, Any]]) -> list[str]:
    """What differs between the example and the series of its municipality; empty if nothing does.

    Every row of the indicator counts for each area and age group the example names, women, men and everybody.
    """
    erwartet = erwartete(b)
    orte = {(z["gebiet"], z["altersgruppe"]) for z in erwartet.values()}
    gefunden: dict[tuple[Zelle, ...], dict[str, Any]] = {}
    for z in reihe:
        ort = None if z["ebene"] == "gemeinde" else z["gebiet_id"]
        alter = None if z["altersgruppe"] == "insgesamt" else z["altersgruppe"]
        if z["indikator"] == b.indikator and (ort, alter) in orte and z["geschlecht"] not in ("d", "x"):
            gefunden[(ort, alter, z["gruppe"], z["geschlecht"], z["zeitraum"])] = z
    fehler = [f"{k}: fehlt" for k in sorted(erwartet.keys() - gefunden.keys(), key=str)]
    fehler += [f"{k}: nicht erwartet" for k in sorted(gefunden.keys() - erwartet.keys(), key=str)]
    for k in sorted(erwartet.keys() & gefunden.keys(), key=str):
        fehler += [
            f"{k}, {spalte}: erwartet {soll}, gerechnet {gefunden[k][spalte]}"
            for spalte, soll in erwartet[k].items()
            if spalte not in SCHLUESSEL and not _gleich(soll, gefunden[k][spalte])
        ]
    return fehler


def _gleich(soll: object, ist: object) -> bool:
    if isinstance(soll, float) and isinstance(ist, float):
        return math.isclose(soll, ist, abs_tol=1e-9)
    return soll in ("*", ist)
