"""Literal workbooks of measures through reading, checks, storage, door and marts, for tests of single statements.

Belongs here: the concept, the rows and the way of one workbook. Does not belong here: single rules
(tests/sql/test_massnahmen.py).
"""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.eingang.lieferung.record import Lieferung
from pipelines.eingang.lieferung.result import Ergebnis
from pipelines.eingang.massnahmen.ingest import ingest_massnahmen
from pipelines.eingang.massnahmen.store import create_empty_tables
from pipelines.foundation.storage import Ablage
from pipelines.stamm.konzept.models import Konzept, normalform
from pipelines.stamm.quellen.massnahmen import Massnahmenquelle
from pipelines.stamm.quellen.time_label import IN_DER_DATEI
from pipelines.stamm.tables.konzept import SCHEMATA_KONZEPT
from pipelines.stamm.tables.massnahme import SCHEMATA_MASSNAHME, zeilen_massnahme
from pipelines.steps.sql_step import sql_steps
from schemas.tabellen.massnahme import MASSNAHMEN
from schemas.validate import als_pandas, check_pandas
from tests.lib.literal_tables import run_step

HEUTE = date(2021, 6, 1)
VOR, STAND = date(2019, 12, 31), date(2020, 12, 31)
Zeile = dict[str, Any]

KONZEPTE = Konzept.model_validate(
    {"konzepte": [{
        "konzept": "k_2018", "titel": "K", "herkunft": "h", "beschluss": None, "beschluss_genauigkeit": "unbekannt",
        "gueltig_von": None, "gueltig_bis": None,
        "handlungsfelder": [
            {"code": "S1", "name": "Arbeit und Beschäftigung"}, {"code": "S2", "name": "Bildung"},
            {"code": "SQ1", "name": "Gleichstellung", "art": "querschnitt"},
            {"code": "SL1", "name": "Vielfalt", "art": "leitlinie"},
        ],
        "massnahmen": [
            {"nr": "1.1", "titel": "Angebote zeigen", "handlungsfeld": "S1"},
            {"nr": "1.2", "titel": "Sprachkurs", "handlungsfeld": "S1"},
            {"nr": "2.1", "titel": "Bücherei", "handlungsfeld": "S2"},
        ],
        "gremien": [{"gremium": "rat", "name": "Rat"}],
        "vorlagen": [{"vorlage": "2/2019", "titel": "V", "herkunft": "h", "beratung": [
            {"gremium": "rat", "behandlung": "beschluss", "termin": "2019-03-14", "ergebnis": "beschlossen"}]}],
    }]}
)  # fmt: skip
TITEL = {"1.1": "Angebote zeigen", "1.2": "Sprachkurs", "2.1": "Bücherei"}
QUELLE = {"titel": "T", "herkunft": "h", "konzept": "k_2018", "ampel_schema": "massnahmen"}


def row(nr: str, status: str = "geplant", stand: date | None = STAND, **mehr: Any) -> Zeile:
    """One row of a sheet: a sound measure of the catalogue unless said otherwise."""
    feld = "Bildung" if nr.startswith("2") else "S1"
    titel = TITEL.get(nr, f"Titel {nr}")
    return {"Nr.": nr, "Maßnahme": titel, "Handlungsfeld": feld, "Verantwortlich": "Amt 50", "Status": status,
            "Stand": stand} | mehr  # fmt: skip


class Stadt:
    """A data folder: deliveries go in, findings and marts come out."""

    def __init__(self, ordner: Path):
        self.ablage, self.ordner = Ablage(ordner / "data").create_folders(), ordner
        self.nummer = 0

    def deliver(self, *zeilen: Zeile, datei: str = "status.xlsx", vorlagen: list[list[Any]] | None = None,
                schreiben: bool = True, **quelle: Any) -> Ergebnis:  # fmt: skip
        """Deliver a workbook of one sheet; rows may have different columns."""
        koepfe = list(dict.fromkeys(k for z in zeilen for k in z))
        mappe = openpyxl.Workbook()
        blatt = mappe.active
        assert blatt is not None
        blatt.title = "M"
        blatt.append(koepfe)
        for z in zeilen:
            blatt.append([z.get(k) for k in koepfe])
        if vorlagen:
            zweites = mappe.create_sheet("Vorlagen")
            for reihe in [["Vorlage Nr.", "Datum", "Titel", "Vereinbarkeit", "Begründung"], *vorlagen]:
                zweites.append(reihe)
        pfad = self.ordner / "massnahmen" / datei
        pfad.parent.mkdir(exist_ok=True)
        mappe.save(pfad)
        self.nummer += 1
        li = Lieferung("k", "massnahmen", "massnahmen", pfad, IN_DER_DATEI, IN_DER_DATEI, f"{self.nummer:064d}", "f")
        q = Massnahmenquelle.model_validate(QUELLE | quelle)
        return ingest_massnahmen(self.ablage, "k", KONZEPTE, q, li, schreiben, heute=HEUTE)

    def _put(self, name: str, schema: dict[str, Any], *zeilen: Zeile) -> None:
        with self.ablage.neu(self.ablage.tabelle("stamm", name)) as neu:
            pq.write_table(pa.Table.from_pylist([{"kommune": "k", **z} for z in zeilen], schema=pa.schema(schema)), neu)

    def build(self, *marts: str, beispiel: bool = False, papiere: tuple[Zeile, ...] = ()) -> dict[str, list[Zeile]]:
        """Run door and marts over everything accepted; every table must fit its vocabulary. `papiere`: those of the concept."""
        fassung = KONZEPTE.konzepte[0]
        kopf = {"konzept": "k_2018"}
        text, zahl = pa.string(), pa.int64()
        self._put("kommune", {"kommune": text, "mindestfallzahl": zahl}, {"mindestfallzahl": 5})
        self._put("veroeffentlichung", {"veroeffentlichung": text}, {"veroeffentlichung": "v"})
        katalog = [
            {**kopf, **e.model_dump(exclude={"nr"}), "massnahme_nr": e.nr, "titel_norm": normalform(e.titel)}
            for e in fassung.massnahmen
        ]
        felder = [{**kopf, "handlungsfeld": f.code, "name": f.name, "art": f.art} for f in fassung.handlungsfelder]
        self._put("massnahme", SCHEMATA_KONZEPT["massnahme"], *katalog)
        self._put("vorlage", SCHEMATA_KONZEPT["vorlage"], *({**kopf, **p} for p in papiere))
        self._put("handlungsfeld", SCHEMATA_KONZEPT["handlungsfeld"], *felder)
        self._put(
            "gebiet", dict.fromkeys(("kommune", "gebiet_id", "gebiet"), text), {"gebiet_id": "01", "gebiet": "Nord"}
        )
        with self.ablage.neu(self.ablage.tabelle("stamm", "heute")) as neu:
            pq.write_table(pa.table({"heute": [HEUTE]}), neu)
        quelle = Massnahmenquelle.model_validate({**QUELLE, "beispiel": beispiel})
        for name, zeilen in zeilen_massnahme([("k", quelle)]).items():
            self._put(name, SCHEMATA_MASSNAHME[name], *zeilen)
        create_empty_tables(self.ablage)
        for schema, name in (
            ("geheimhaltung", "massnahme"),
            ("geheimhaltung", "vorlage"),
            *(("geheimhaltung", n) for n in NEBEN),
            *(("marts", n) for n in MARTS),
        ):
            if schema == "geheimhaltung" or not marts or name in marts:
                (schritt,) = (s for s in sql_steps() if s.key == (schema, name))
                run_step(self.ablage, schritt)
        ergebnis = {}
        for tabelle in MASSNAHMEN:
            if not marts or tabelle.name in marts:
                gelesen = pq.read_table(self.ablage.tabelle("marts", tabelle.name))
                assert gelesen.column_names == tabelle.namen
                assert check_pandas(tabelle, als_pandas(tabelle, gelesen.to_pandas())) == []
                ergebnis[tabelle.name] = gelesen.to_pylist()
        return ergebnis

    def massnahmen(self) -> dict[tuple[str, date], Zeile]:
        return {(z["massnahme_nr"], z["stand"]): z for z in self.build("massnahme")["massnahme"]}

    def aenderungen(self) -> list[tuple[str, str, Any, Any]]:
        zeilen = self.build("massnahme_aenderung")["massnahme_aenderung"]
        return [(z["massnahme_nr"], z["art"], z["vorher"], z["nachher"]) for z in zeilen]


NEBEN = ("massnahme_haushalt", "massnahme_meilenstein", "massnahme_anpassung")
MARTS = ("massnahme", "handlungsfeld_fortschritt", "massnahme_aenderung", "vorlage", *NEBEN)
ALLE = (row("1.1"), row("1.2"), row("2.1"))
