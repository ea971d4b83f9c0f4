"""SQL files → checks: each statement below sql/pruefungen/tabellen/<schema>/<table> returns the offending rows of that table.

Belongs here: finding the files, running a check, remembering its result for `protokoll.pruefung` and for the publisher.
A check's header says `-- titel:`, `-- schwere:` and `-- erwartet:`; its result has the columns
kommune and ort, and may have schwere (per row, where a source's configuration decides). `-- sperrt: nein` marks a check of the
office's duties: it fails visibly, but sound figures are published all the same.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.foundation.check_files import read_check_files, tables_with_checks
from pipelines.foundation.findings import Schwere
from pipelines.foundation.macros import load_macros
from pipelines.foundation.messages import ALLE, read_state
from pipelines.foundation.storage import GEHEIME_ZONE, Ablage, pfadliste, sqltext
from pipelines.steps.invented import load_invented
from pipelines.steps.left_out import Auswahl, ohne_schuldige
from pipelines.steps.sql_step import register_views, tables_in
from schemas.model import Tabelle
from schemas.register import REGISTERTABELLEN
from schemas.tabellen.registry import TABELLEN
from schemas.validate import Verletzung, als_pandas, check_pandas, check_parquet

ZEILEN_GEZEIGT = 50  # offending rows shown in the UI
SCHEMAPRUEFUNG = "schema"
GEMERKT = ("pruefung", "titel", "schwere", "sperrt", "ergebnis", "erwartet", "tabelle", "ruht_auf", "faelle")
BESTANDEN, VERLETZT, NICHTS_ZU_VERGLEICHEN = "bestanden", "verletzt", "nichts_zu_vergleichen"
# Tables of the secure zone whose cells may be shown.
OHNE_PERSONEN = (
    "stadtteiltabelle", "indikatortabelle", "massnahme", "vorlage", "tabellenwert", "massnahme_haushalt", "massnahme_meilenstein",
    "massnahme_anpassung",
)  # fmt: skip


def names_cells(quellen: Iterable[tuple[str, str]]) -> bool:
    """Whether what a check finds names cells of the register: that a cell is small is half of its secret."""
    return any(
        (schema in GEHEIME_ZONE and name not in OHNE_PERSONEN) or f"{schema}.{name}" in REGISTERTABELLEN
        for schema, name in quellen
    )


class Beanstandung(NamedTuple):
    """A row that does not hold: its municipality (`-`: none), place, severity."""

    kommune: str
    ort: str
    schwere: Schwere


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
        return all(q == (self.schema, self.tabelle) or q[0] == "stamm" for q in tables_in(self.text))


@dataclass(frozen=True)
class Pruefergebnis:
    """Offending rows (empty = passed); `schwere` is the worst of them."""

    pruefung: str
    titel: str
    schwere: Schwere
    erwartet: str
    zeilen: list[dict[str, Any]]
    sperrt: bool = True
    zellen: bool = False  # whether the rows name cells of the register: told in the secure zone only
    leer: bool = False  # whether the table has no row: then nothing was compared, and nothing is known to hold

    @property
    def bestanden(self) -> bool:
        return not self.zeilen

    @property
    def ergebnis(self) -> str:
        """As `protokoll.pruefung` says it."""
        return VERLETZT if self.zeilen else NICHTS_ZU_VERGLEICHEN if self.leer else BESTANDEN

    def faelle(self) -> list[Beanstandung]:
        """Every offending row."""
        return [
            Beanstandung(
                str(z.get("kommune") or ALLE), str(z.get("ort", "")), Schwere(z.get("schwere") or self.schwere)
            )
            for z in self.zeilen
        ]

    def holds_back(self) -> tuple[str, ...]:
        """Municipalities (`-`: all) whose figures must not be published; those of the others may."""
        return tuple(sorted({k for k, _, schwere in self.faelle() if schwere is Schwere.fehler})) if self.sperrt else ()


@cache
def load_checks() -> tuple[Pruefung, ...]:
    """All SQL checks of tables, by name.

    Raises: ValueError for a file without a complete header or a name that two checks have; KonfigurationsFehler for a file that
    lies below no table.
    """
    pruefungen = [
        Pruefung(c.name, c.titel, schema, tabelle, c.schwere, c.erwartet, c.text, c.more.get("sperrt", "ja") != "nein")
        for schema, tabelle, folder in tables_with_checks()
        for c in read_check_files(folder, allowed=("sperrt",))
    ]
    names = [p.name for p in pruefungen]
    if twice := {n for n in names if names.count(n) > 1}:
        raise ValueError(f"two checks are called {sorted(twice)}")
    return tuple(sorted(pruefungen, key=lambda p: p.name))


def run_check(ablage: Ablage, pruefung: Pruefung) -> Pruefergebnis:
    """Run one check; of tables in the secure zone only kommune and place are kept, no figure."""

    def compute(auswahl: Auswahl, _: bool) -> list[dict[str, Any]]:
        with ablage.arbeitsdatenbank() as con:
            load_macros(con, [pruefung.text])
            register_views(ablage, con, tables_in(pruefung.text), auswahl)
            ergebnis = con.execute(pruefung.text)
            namen = [d[0] for d in ergebnis.description]
            return [dict(zip(namen, z, strict=True)) for z in ergebnis.fetchall()]

    zeilen = ohne_schuldige(ablage, f"{pruefung.schema}.{pruefung.tabelle}", compute)
    if pruefung.schema in GEHEIME_ZONE and pruefung.tabelle not in OHNE_PERSONEN:
        zeilen = [{k: v for k, v in z.items() if k in ("kommune", "ort", "schwere")} for z in zeilen]
    schwere = (
        Schwere.fehler if any(z.get("schwere", pruefung.schwere) == "fehler" for z in zeilen) else pruefung.schwere
    )
    if zeilen and all(z.get("schwere") == "warnung" for z in zeilen):
        schwere = Schwere.warnung
    zellen = names_cells(tables_in(pruefung.text))
    leer = not zeilen and is_empty(ablage, pruefung)
    return Pruefergebnis(
        pruefung.name, pruefung.titel, schwere, pruefung.erwartet, zeilen, pruefung.sperrt, zellen, leer
    )


def is_empty(ablage: Ablage, pruefung: Pruefung) -> bool:
    """Whether the table of a check has no row."""
    import pyarrow.parquet as pq

    return not any(pq.read_metadata(d).num_rows for d in ablage.quelle(pruefung.schema, pruefung.tabelle))


def check_schema(ablage: Ablage, schema: str, name: str) -> Pruefergebnis:
    """Validate a table against the vocabulary with pandera; all violations at once, with the first rows of each."""
    zeilen = ohne_schuldige(
        ablage, f"{schema}.{name}", lambda auswahl, _: _vokabularfaelle(ablage, schema, name, auswahl)
    )
    return schema_result(schema, name, zeilen)


def schema_result(schema: str, name: str, zeilen: list[dict[str, Any]]) -> Pruefergebnis:
    """What these offending rows make of the check against the vocabulary."""
    return Pruefergebnis(
        f"{SCHEMAPRUEFUNG}_{schema}_{name}",
        f"{schema}.{name} entspricht dem Vokabular",
        Schwere.fehler,
        "Spalten, Typen, Werte und Schlüssel wie in docs/datenwoerterbuch.md",
        zeilen,
        zellen=names_cells([(schema, name)]),
    )


def _vokabularfaelle(ablage: Ablage, schema: str, name: str, auswahl: Auswahl) -> list[dict[str, Any]]:
    """Offending rows of a table, of the municipalities in `auswahl`."""
    tabelle = TABELLEN[f"{schema}.{name}"]
    geheim = schema in GEHEIME_ZONE and name not in OHNE_PERSONEN
    zeilen: list[dict[str, Any]] = []
    for ganze in ablage.quelle(schema, name):
        with _ausgewaehlt(ablage, ganze, auswahl) as datei:
            if geheim:
                verletzungen, rahmen = check_parquet(tabelle, datei, None), None
            else:
                import pandas as pd

                rahmen = als_pandas(tabelle, pd.read_parquet(datei))
                verletzungen = [*check_pandas(tabelle, rahmen), *_ungekennzeichnete(ablage, tabelle, rahmen)]
            for v in verletzungen:
                zeilen += _je_kommune(tabelle, datei, v, rahmen)
    return zeilen


@contextmanager
def _ausgewaehlt(ablage: Ablage, datei: Path, auswahl: Auswahl) -> Iterator[Path]:
    """The file itself if all its rows are wanted, else a copy of those that are; it lasts as long as the context."""
    import pyarrow.parquet as pq

    bedingung = auswahl.bedingung()
    if not bedingung or "kommune" not in pq.read_schema(datei).names:
        yield datei
        return
    kopie = ablage.tmp / f"auswahl_{datei.parent.name}_{datei.name}"
    try:
        with ablage.arbeitsdatenbank() as con:
            con.execute(
                f"copy (from read_parquet({pfadliste([datei])}) where {bedingung}) to {sqltext(kopie)} (format parquet)"
            )
        yield kopie
    finally:
        kopie.unlink(missing_ok=True)


def _ungekennzeichnete(ablage: Ablage, tabelle: Tabelle, rahmen: Any) -> list[Verletzung]:
    """Rows that rest on an invented delivery and do not say so (`beispieldaten`)."""
    if not {"beispieldaten", "lieferung_id"} <= {*tabelle.namen}:
        return []
    erfunden = rahmen["lieferung_id"].isin(load_invented(ablage))
    falsch = (erfunden & ~rahmen["beispieldaten"].fillna(False)).to_numpy().nonzero()[0]
    stellen = tuple(int(i) for i in falsch)
    return [Verletzung("beispieldaten", "erfunden_ohne_kennzeichen", len(falsch), stellen)] if len(falsch) else []


def _je_kommune(tabelle: Tabelle, datei: Path, v: Verletzung, rahmen: Any) -> list[dict[str, Any]]:
    """A violation as one offending row for each municipality it is found at; `-` where no row can be named."""
    if "kommune" not in tabelle.namen or not v.positionen:
        return [{"kommune": ALLE, "ort": f"{v.spalte}: {v.regel} ({v.anzahl} Zeilen)"}]
    import pyarrow.parquet as pq

    if rahmen is not None:
        spalte = rahmen["kommune"].to_list()
    else:
        spalte = pq.read_table(datei, columns=["kommune"])["kommune"].to_pylist()
    je_kommune: dict[str, list[int]] = {}
    for position in v.positionen:
        je_kommune.setdefault(str(spalte[position]) if isinstance(spalte[position], str) else ALLE, []).append(position)
    zeilen = []
    for kommune, positionen in je_kommune.items():
        beispiel = ""
        if rahmen is not None:
            erste = rahmen.iloc[positionen[0]]
            beispiel = ", ".join(f"{s}={erste[s]}" for s in (*tabelle.schluessel, v.spalte) if s in rahmen.columns)
        ort = f"{v.spalte}: {v.regel} ({len(positionen)} Zeilen) {beispiel}".strip()
        zeilen.append({"kommune": kommune, "ort": ort})
    return zeilen


def pruefsumme(ablage: Ablage, schema: str, name: str) -> str:
    """Checksum of a table's files: what exactly was checked."""
    summe = hashlib.sha256()
    for datei in ablage.quelle(schema, name):
        summe.update(datei.name.encode() + datei.read_bytes())
    return summe.hexdigest()


def remember(ablage: Ablage, schema: str, name: str, ergebnis: Pruefergebnis, ruht_auf: str = "") -> None:
    """Remember a result for `protokoll.pruefung`, with the checksum of what was checked and of all that it rests on."""
    datei = _datei(ablage, ergebnis.pruefung)
    inhalt = {
        "pruefung": ergebnis.pruefung,
        "titel": ergebnis.titel,
        "schwere": ergebnis.schwere.value,
        "sperrt": ergebnis.sperrt,
        "zellen": ergebnis.zellen,
        "ergebnis": ergebnis.ergebnis,
        "erwartet": ergebnis.erwartet,
        "tabelle": f"{schema}.{name}",
        "ruht_auf": ruht_auf,
        "pruefsumme": pruefsumme(ablage, schema, name),
        "faelle": [[kommune, ort, schwere.value] for kommune, ort, schwere in ergebnis.faelle()],
    }
    with ablage.neu(datei) as neu:
        neu.write_text(json.dumps(inhalt, ensure_ascii=False), encoding="utf-8")


def remembered_result(ablage: Ablage, pruefung: str) -> dict[str, Any]:
    """The remembered result of a check; empty if there is none."""
    return read_state(_datei(ablage, pruefung), {}, GEMERKT)  # type: ignore[no-any-return]


def _datei(ablage: Ablage, pruefung: str) -> Path:
    return ablage.intern / "pruefung" / f"{pruefung}.json"


def gemerkte(ablage: Ablage) -> list[dict[str, Any]]:
    """The remembered results of all checks that still exist; a damaged one counts as never run."""
    vorhanden = {p.name for p in load_checks()} | {f"{SCHEMAPRUEFUNG}_{t.replace('.', '_')}" for t in TABELLEN}
    dateien = (d for d in sorted((ablage.intern / "pruefung").glob("*.json")) if d.stem in vorhanden)
    gelesen = [read_state(d, None, GEMERKT) for d in dateien]
    return [e for e in gelesen if e is not None and all(len(f) == 3 for f in e["faelle"])]
