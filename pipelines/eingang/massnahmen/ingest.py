"""One workbook of measures from file to secure zone: read, check against itself, the catalogue and earlier states, store.

Belongs here: the order of these steps and the decision to refuse. Does not belong here: each of them (read.py,
checks.py, store.py).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pyarrow as pa

from pipelines.eingang.lieferung.record import Lieferung, Zeilenbilanz
from pipelines.eingang.lieferung.result import Ergebnis
from pipelines.eingang.lieferung.unmoved import check_unmoved
from pipelines.eingang.lieferung.vocabulary import vokabularbefunde
from pipelines.eingang.massnahmen.checks import check_massnahmen
from pipelines.eingang.massnahmen.einlesung import Massnahmeneinlesung
from pipelines.eingang.massnahmen.read import read_massnahmen
from pipelines.eingang.massnahmen.store import bestand, write_massnahmen
from pipelines.foundation.findings import Schwere
from pipelines.foundation.storage import Ablage
from pipelines.stamm.konzept.models import Konzept
from pipelines.stamm.quellen.massnahmen import Massnahmenquelle
from pipelines.stamm.quellen.time_label import IN_DER_DATEI
from pipelines.stamm.schutz import MINDESTFALLZAHL
from schemas.tabellen.registry import TABELLEN
from schemas.words.steuerung import NEBENBLAETTER

# Check → tables whose key it holds: what it tells in the words of the sheet, the vocabulary need not tell once more.
DOPPELT = {"massnahme_doppelt": ("massnahme",), "nebenblatt_doppelt": tuple(n.tabelle for n in NEBENBLAETTER)}


def read_and_check_massnahmen(
    ablage: Ablage, kommune_id: str, konzepte: Konzept | None, quelle: Massnahmenquelle, lieferung: Lieferung,
    frueher: Mapping[str, pa.Table], mindestfallzahl: int = MINDESTFALLZAHL, heute: date | None = None,
    gebiete: Mapping[str, str] | None = None,
) -> tuple[Ergebnis, Massnahmeneinlesung]:  # fmt: skip
    """Read a workbook and run every check; nothing is stored. `gebiete`: id → name of the municipality's areas.

    Any error refuses it as a whole: then its last good version stays. Raises: LieferungAbgewiesen if it cannot be read.
    """
    e = read_massnahmen(ablage, kommune_id, konzepte, quelle, lieferung)
    fassung = next(f for f in (konzepte.konzepte if konzepte else ()) if f.konzept == quelle.konzept)
    with ablage.arbeitsdatenbank() as con:
        funde = check_massnahmen(
            con, fassung, quelle, e, frueher, lieferung.datei, mindestfallzahl, heute or date.today(), gebiete or {}
        )
    doppelt = {p for p in DOPPELT if any(b.schwere is Schwere.fehler for b in funde[p])}
    fremd = [
        b
        for n, t in e.tabellen.items()
        for b in vokabularbefunde(
            TABELLEN[f"eingang.{n}"], t, lieferung.datei, mit_schluessel=not any(n in DOPPELT[p] for p in doppelt)
        )
    ]
    befunde = (*e.befunde, *fremd, *(b for liste in funde.values() for b in liste))
    angenommen = not any(b.schwere is Schwere.fehler for b in befunde)
    zeilen = e.bilanz.gelesen - e.bilanz.ausserhalb
    bilanz = e.bilanz if angenommen else Zeilenbilanz(e.bilanz.gelesen, 0, e.bilanz.ausserhalb, zeilen)
    if lieferung.stichtag == IN_DER_DATEI and len(e.massnahmen):
        lieferung = replace(lieferung, datenstand=max(e.massnahmen.column("stand").to_pylist()))
    return Ergebnis(
        lieferung, angenommen, bilanz, befunde, synthetisch=quelle.beispiel, zahlen=len(e.massnahmen),
        pruefungen={name: not liste for name, liste in funde.items()},
    ), e  # fmt: skip


def ingest_massnahmen(
    ablage: Ablage, kommune_id: str, konzepte: Konzept | None, quelle: Massnahmenquelle, lieferung: Lieferung,
    schreiben: bool, mindestfallzahl: int = MINDESTFALLZAHL, heute: date | None = None,
    gebiete: Mapping[str, str] | None = None,
) -> Ergebnis:  # fmt: skip
    """Read and check one workbook; with `schreiben` store it if nothing is wrong.

    Raises: LieferungAbgewiesen if it cannot be read at all.
    """
    ergebnis, e = read_and_check_massnahmen(
        ablage, kommune_id, konzepte, quelle, lieferung, bestand(ablage, lieferung), mindestfallzahl, heute, gebiete
    )
    if schreiben and ergebnis.angenommen:
        check_unmoved(lieferung.pfad, lieferung.datei, lieferung.gesehen)
        write_massnahmen(ablage, lieferung, e.tabellen)
    return ergebnis
