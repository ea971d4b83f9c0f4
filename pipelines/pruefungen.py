"""SQL files → checks: each statement below sql/pruefungen returns the offending rows of one table.

Belongs here: finding the files, running a check, remembering its result for `protokoll.pruefung` and for the publisher.
A check's header says `-- titel:`, `-- asset:` (schema/table), `-- schwere:` and `-- erwartet:`; its result has the columns
kommune and ort, and may have schwere (per row, where a source's configuration decides). `-- sperrt: nein` marks a check of the
office's duties: it fails visibly, but sound figures are published all the same.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.ablage import GEHEIME_ZONE, SQL, Ablage
from pipelines.fehler import Befund, Schwere
from pipelines.marts import registriere, tabellen_in
from schemas.rahmen import BEISPIELE, Verletzung, als_pandas, pruefe_pandas, pruefe_parquet
from schemas.tabellen import TABELLEN
from schemas.vokabular import Tabelle

ZEILEN_GEZEIGT = 50  # offending rows shown in the UI
KOPF = re.compile(r"^-- (titel|asset|schwere|erwartet|sperrt): (.+)$", re.MULTILINE)
SCHEMAPRUEFUNG = "schema"
# Tables of the secure zone whose cells may be shown.
OHNE_PERSONEN = ("stadtteiltabelle", "indikatortabelle", "massnahme", "vorlage")


@dataclass(frozen=True)
class Pruefung:
    """One check of one table."""

    name: str
    titel: str
    schema: str
    tabelle: str
    schwere: Schwere
    erwartet: str
    text: str
    sperrt: bool = True

    @property
    def fuer_sich(self) -> bool:
        """Whether it reads its own table and the configuration only, and can run as soon as that table is written."""
        return all(q == (self.schema, self.tabelle) or q[0] == "stamm" for q in tabellen_in(self.text))


@dataclass(frozen=True)
class Pruefergebnis:
    """Offending rows (empty = passed); `schwere` is the worst of them."""

    pruefung: str
    titel: str
    schwere: Schwere
    erwartet: str
    zeilen: list[dict[str, Any]]
    sperrt: bool = True

    @property
    def bestanden(self) -> bool:
        return not self.zeilen


def lade_pruefungen() -> list[Pruefung]:
    """All SQL checks. Raises: ValueError for a file without a complete header."""
    pruefungen = []
    for datei in sorted((SQL / "pruefungen").glob("*.sql")):
        text = datei.read_text(encoding="utf-8")
        kopf = dict(KOPF.findall(text))
        if set(kopf) - {"sperrt"} != {"titel", "asset", "schwere", "erwartet"}:
            raise ValueError(f"{datei.name}: the header needs titel, asset, schwere and erwartet")
        schema, tabelle = kopf["asset"].split("/")
        pruefungen.append(
            Pruefung(datei.stem, kopf["titel"], schema, tabelle, Schwere(kopf["schwere"]), kopf["erwartet"],
                     text.rstrip().rstrip(";"), kopf.get("sperrt", "ja") != "nein")
        )  # fmt: skip
    return pruefungen


def fuehre_pruefung_aus(ablage: Ablage, pruefung: Pruefung) -> Pruefergebnis:
    """Run one check; of tables in the secure zone only kommune and place are kept, no figure."""
    with ablage.arbeitsdatenbank() as con:
        registriere(ablage, con, tabellen_in(pruefung.text))
        ergebnis = con.execute(pruefung.text)
        namen = [d[0] for d in ergebnis.description]
        zeilen = [dict(zip(namen, z, strict=True)) for z in ergebnis.fetchall()]
    if pruefung.schema in GEHEIME_ZONE and pruefung.tabelle not in OHNE_PERSONEN:
        zeilen = [{k: v for k, v in z.items() if k in ("kommune", "ort", "schwere")} for z in zeilen]
    schwere = (
        Schwere.fehler if any(z.get("schwere", pruefung.schwere) == "fehler" for z in zeilen) else pruefung.schwere
    )
    if zeilen and all(z.get("schwere") == "warnung" for z in zeilen):
        schwere = Schwere.warnung
    return Pruefergebnis(pruefung.name, pruefung.titel, schwere, pruefung.erwartet, zeilen, pruefung.sperrt)


def pruefe_schema(ablage: Ablage, schema: str, name: str) -> Pruefergebnis:
    """Validate a table against the vocabulary with pandera; all violations at once, with the first rows of each."""
    tabelle = TABELLEN[f"{schema}.{name}"]
    geheim = schema in GEHEIME_ZONE and name not in OHNE_PERSONEN
    zeilen: list[dict[str, Any]] = []
    for datei in ablage.quelle(schema, name):
        if geheim:
            verletzungen, rahmen = pruefe_parquet(tabelle, datei), None
        else:
            import pandas as pd

            rahmen = als_pandas(tabelle, pd.read_parquet(datei))
            verletzungen = [*pruefe_pandas(tabelle, rahmen), *_ungekennzeichnete(ablage, tabelle, rahmen)]
        for v in verletzungen:
            beispiel = ""
            if rahmen is not None and v.positionen:
                erste = rahmen.iloc[v.positionen[0]]
                beispiel = ", ".join(f"{s}={erste[s]}" for s in (*tabelle.schluessel, v.spalte) if s in rahmen.columns)
            zeilen.append({"kommune": "-", "ort": f"{v.spalte}: {v.regel} ({v.anzahl} Zeilen) {beispiel}".strip()})
    return Pruefergebnis(
        f"{SCHEMAPRUEFUNG}_{schema}_{name}",
        f"{schema}.{name} entspricht dem Vokabular",
        Schwere.fehler,
        "Spalten, Typen, Werte und Schlüssel wie in docs/datenwoerterbuch.md",
        zeilen,
    )


def _ungekennzeichnete(ablage: Ablage, tabelle: Tabelle, rahmen: Any) -> list[Verletzung]:
    """Rows that rest on an invented delivery and do not say so (`beispieldaten`)."""
    if not {"beispieldaten", "lieferung_id"} <= {*tabelle.namen}:
        return []
    import pyarrow.parquet as pq

    saetze = [pq.read_table(d, columns=["lieferung_id", "synthetisch"]) for d in ablage.quelle("eingang", "lieferung")]
    erfunden = {z["lieferung_id"] for t in saetze for z in t.to_pylist() if z["synthetisch"]}
    falsch = (rahmen["lieferung_id"].isin(erfunden) & ~rahmen["beispieldaten"].fillna(False)).to_numpy().nonzero()[0]
    stellen = tuple(int(i) for i in falsch[:BEISPIELE])
    return [Verletzung("beispieldaten", "erfunden_ohne_kennzeichen", len(falsch), stellen)] if len(falsch) else []


def pruefsumme(ablage: Ablage, schema: str, name: str) -> str:
    """Checksum of a table's files: what exactly was checked."""
    summe = hashlib.sha256()
    for datei in ablage.quelle(schema, name):
        summe.update(datei.name.encode() + datei.read_bytes())
    return summe.hexdigest()


def merke(ablage: Ablage, schema: str, name: str, ergebnis: Pruefergebnis) -> None:
    """Remember a result for `protokoll.pruefung`, with the checksum of what was checked."""
    datei = _datei(ablage, ergebnis.pruefung)
    inhalt = {
        "pruefung": ergebnis.pruefung,
        "titel": ergebnis.titel,
        "schwere": ergebnis.schwere.value,
        "sperrt": ergebnis.sperrt,
        "erwartet": ergebnis.erwartet,
        "tabelle": f"{schema}.{name}",
        "pruefsumme": pruefsumme(ablage, schema, name),
        "faelle": [[str(z.get("kommune", "-")), str(z.get("ort", ""))] for z in ergebnis.zeilen],
    }
    with ablage.neu(datei) as neu:
        neu.write_text(json.dumps(inhalt, ensure_ascii=False), encoding="utf-8")


def _datei(ablage: Ablage, pruefung: str) -> Path:
    return ablage.intern / "pruefung" / f"{pruefung}.json"


def gemerkte(ablage: Ablage) -> list[dict[str, Any]]:
    """The remembered results of all checks that still exist."""
    vorhanden = {p.name for p in lade_pruefungen()} | {f"{SCHEMAPRUEFUNG}_{t.replace('.', '_')}" for t in TABELLEN}
    return [
        json.loads(d.read_text(encoding="utf-8"))
        for d in sorted((ablage.intern / "pruefung").glob("*.json"))
        if d.stem in vorhanden
    ]


def merke_partition(ablage: Ablage, name: str, partition: str, befunde: list[Befund]) -> None:
    """Remember that a partition of a person-level or cube table breaks its schema, or no longer does."""
    datei = ablage.intern / "stand" / "verletzt" / f"{name}__{partition}.txt"
    if not befunde:
        datei.unlink(missing_ok=True)
        return
    with ablage.neu(datei) as neu:
        neu.write_text("\n".join(b.ohne_werte().text() for b in befunde), encoding="utf-8")


def verletzte_partitionen(ablage: Ablage) -> list[str]:
    """Violations of partitions that keep the gate of publication shut."""
    return [d.read_text(encoding="utf-8") for d in sorted((ablage.intern / "stand" / "verletzt").glob("*.txt"))]
