"""What is remembered about each delivery: one record and its findings, as small Parquet files in the secure zone.

Belongs here: writing and reading these records. They hold file facts, counts and places, never a row's value.
"""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from glob import escape
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.eingang.lieferung.outside import draussen
from pipelines.eingang.lieferung.unmoved import Dateistand
from pipelines.foundation.findings import Befund, Code, Schwere, zusammengefasst
from pipelines.foundation.messages import Meldung
from pipelines.foundation.placeholder import settle_placeholder
from pipelines.foundation.storage import Ablage
from pipelines.stamm.quellen.time_label import IN_DER_DATEI
from schemas.tabellen.registry import INTERN
from schemas.types import arrow_schema

REIHE = "reihe"
REGISTER = "melderegister"

SATZ, BEFUND = (arrow_schema(INTERN[f"eingang.{name}"]) for name in ("lieferung", "befund"))


@dataclass(frozen=True)
class Lieferung:
    """One file in raw/, as found: whose, what kind, which Stichtag, and what its processing depends on.

    A file whose days stand in it has the Stichtag IN_DER_DATEI; its data state is the latest day read.
    """

    kommune: str
    quelle: str
    art: str  # melderegister | tabellen | indikatoren | massnahmen
    pfad: Path
    stichtag: date
    datenstand: date
    sha256: str
    fingerabdruck: str
    ueberholt: bool = False  # a later extract of the same Stichtag lies beside it
    gesehen: Dateistand | None = None  # the file as it was when its checksum was taken

    @property
    def partition(self) -> str:
        return f"{self.kommune}_{REIHE if self.stichtag == IN_DER_DATEI else self.stichtag.isoformat()}"

    @property
    def datei(self) -> str:
        return f"{self.pfad.parent.name}/{self.pfad.name}"

    @property
    def lieferung_id(self) -> str:
        kern = hashlib.sha256(f"{self.kommune}|{self.quelle}|{self.datei}|{self.sha256}".encode()).hexdigest()[:12]
        return f"{self.kommune}-{self.quelle}-{kern}"


@dataclass(frozen=True)
class Zeilenbilanz:
    """Counts of data lines; gelesen = uebernommen + ausserhalb + abgewiesen."""

    gelesen: int = 0
    uebernommen: int = 0
    ausserhalb: int = 0
    abgewiesen: int = 0


def write_record(
    ablage: Ablage,
    lieferung: Lieferung,
    bilanz: Zeilenbilanz,
    befunde: list[Befund],
    kodierung: str | None,
    synthetisch: bool,
    angenommen: bool,
    pruefungen: dict[str, bool] | None = None,
    schwelle: int = 0,
) -> None:
    """Remember what became of a delivery; findings are stored per rule, without any value found. Those of a register also as
    they may be told outside the secure zone, by the municipality's threshold `schwelle`.

    Where the machine failed and not the file (Code.stoerung), the file stays new: the next refresh reads it again.

    `pruefungen` are the checks that ran: those that found nothing are remembered as such.
    """
    gemerkt = zusammengefasst(befunde)
    satz = {
        "lieferung_id": lieferung.lieferung_id,
        "kommune": lieferung.kommune,
        "quelle": lieferung.quelle,
        "art": lieferung.art,
        "datei": lieferung.datei,
        "sha256": lieferung.sha256,
        "stichtag": None if lieferung.stichtag == IN_DER_DATEI else lieferung.stichtag,
        "datenstand": lieferung.datenstand,
        **{f"zeilen_{k}": v for k, v in asdict(bilanz).items()},
        "kodierung": kodierung,
        "synthetisch": synthetisch,
        "eingelesen_am": _find_time_of_reading(ablage, lieferung),
        "status": "uebernommen" if angenommen else "abgewiesen",
        "fingerabdruck": "" if any(b.code is Code.stoerung for b in befunde) else lieferung.fingerabdruck,
        "befunde": [
            {"schwere": b.schwere.value, "thema": b.code.value, "text": b.ohne_werte().satz()} for b in gemerkt
        ],
        "draussen": [b.satz() for b in draussen(gemerkt, schwelle)] if lieferung.art == REGISTER else None,
    }
    je_regel: dict[str, dict[str, Any]] = {}
    for b in befunde:
        zeile = je_regel.setdefault(
            b.code.value,
            {
                "lieferung_id": lieferung.lieferung_id, "kommune": lieferung.kommune, "quelle": lieferung.quelle,
                "datei": lieferung.datei, "pruefung": b.code.value, "schwere": b.schwere.value, "anzahl": 0,
                "beispiel": b.ort or None, "erwartet": b.erwartet,
            },
        )  # fmt: skip
        zeile["anzahl"] += b.anzahl
    for pruefung, bestanden in (pruefungen or {}).items():
        if bestanden:
            je_regel[pruefung] = {
                "lieferung_id": lieferung.lieferung_id, "kommune": lieferung.kommune, "quelle": lieferung.quelle,
                "datei": lieferung.datei, "pruefung": pruefung, "schwere": "hinweis", "anzahl": 0, "beispiel": None,
                "erwartet": "",
            }  # fmt: skip
    _write(ablage, "befund", lieferung.lieferung_id, list(je_regel.values()), BEFUND)
    _write(ablage, "lieferung", lieferung.lieferung_id, [satz], SATZ)


def _find_time_of_reading(ablage: Ablage, lieferung: Lieferung) -> datetime:
    """Now, but after every earlier reading of this source: a clock that was set back must not make this one the earlier."""
    jetzt = datetime.now(UTC).replace(tzinfo=None)
    ordner = ablage.tabelle("eingang", "lieferung", "x").parent
    frueher = _rows(ordner.glob(f"{escape(f'{lieferung.kommune}-{lieferung.quelle}')}-*.parquet"))
    spaeteste: datetime = max((z["eingelesen_am"] + timedelta(microseconds=1) for z in frueher), default=jetzt)
    return max(jetzt, spaeteste)


def _write(ablage: Ablage, name: str, kennung: str, zeilen: list[dict[str, Any]], schema: pa.Schema) -> None:
    # The record of a file that lies in raw no more could not be made again.
    with ablage.neu(ablage.tabelle("eingang", name, kennung), unersetzlich=True) as neu:
        pq.write_table(pa.Table.from_pylist(zeilen, schema=schema), neu)


def withdraw_records(ablage: Ablage, kommune: str, stichtag: date, nach: date) -> None:
    """Mark the records of register extracts with a data state after `nach` as withdrawn; their files would be new again."""
    for satz in saetze(ablage):
        register = satz["art"] == "melderegister" and (satz["kommune"], satz["stichtag"]) == (kommune, stichtag)
        if register and satz["status"] == "uebernommen" and satz["datenstand"] > nach:
            satz |= {"status": "zurueckgezogen", "fingerabdruck": ""}
            _write(ablage, "lieferung", satz["lieferung_id"], [satz], SATZ)


def read_anew(ablage: Ablage, kommune: str, quelle: str, partition: str) -> None:
    """Mark the latest records of the files of one partition as unread; what they say of them stays until they are read again."""
    for satz in letzte_saetze(ablage).values():
        stichtag = satz["stichtag"].isoformat() if satz["stichtag"] else REIHE
        if (satz["kommune"], satz["quelle"], f"{kommune}_{stichtag}") == (kommune, quelle, partition):
            _write(ablage, "lieferung", satz["lieferung_id"], [satz | {"fingerabdruck": ""}], SATZ)


def saetze(ablage: Ablage) -> list[dict[str, Any]]:
    """All records, the latest reading of each file last."""
    return sorted(_rows(ablage.quelle("eingang", "lieferung")), key=lambda z: z["eingelesen_am"])


def _rows(dateien: Iterable[Path]) -> list[dict[str, Any]]:
    """The records in some files."""
    zeilen: list[dict[str, Any]] = []
    for datei in dateien:
        # A damaged record counts as none: its file is read again. Not by pq.read_table, which has pandas imported: whether
        # anything is new must be told at once.
        with suppress(OSError, pa.ArrowException), pq.ParquetFile(datei) as satz:
            zeilen += [{n: z.get(n) for n in SATZ.names} for z in satz.read().to_pylist()]
    return zeilen


class Dateischluessel(NamedTuple):
    """A file as records know it."""

    kommune: str
    quelle: str
    datei: str


def letzte_saetze(ablage: Ablage) -> dict[Dateischluessel, dict[str, Any]]:
    """The latest record of each file."""
    return {Dateischluessel(z["kommune"], z["quelle"], z["datei"]): z for z in saetze(ablage)}


def satzmeldungen(satz: dict[str, Any]) -> list[Meldung]:
    """What a record says of its file, as messages. Of a register extract only the secure zone gets to know lines and counts."""
    befunde = satz["befunde"] or []
    if satz["art"] == REGISTER:
        ohne = f"{satz['datei']}: Einzelheiten nennt intern/meldungen.txt"
        aussen = satz["draussen"] or [f"{ohne} ({b['thema']})." for b in befunde]
    else:
        aussen = [None] * len(befunde)
    return [
        Meldung(Schwere(b["schwere"]), satz["kommune"], satz["quelle"], b["thema"], b["text"], text)
        for b, text in zip(befunde, aussen, strict=True)
    ]


def create_empty_tables(ablage: Ablage) -> None:
    """Empty `eingang.lieferung` and `eingang.befund`, so that a fresh folder can be queried."""
    for name, schema in (("lieferung", SATZ), ("befund", BEFUND)):
        settle_placeholder(ablage, "eingang", name, schema)
