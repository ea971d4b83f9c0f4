"""Configuration and reference lists as tables: what the SQL of the cube, the door and the marts joins with.

Belongs here: writing `stamm.*` of all municipalities together, without those that cannot be written. Does not belong here: the
rows of each table (kommune.py, profil.py, bruch.py, quelle.py, konzept.py and their neighbours). No data of any delivery.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.foundation.findings import KonfigurationsFehler, unerwartet
from pipelines.foundation.storage import Ablage
from pipelines.stamm.admitted import profilfehler, remember_failed
from pipelines.stamm.katalog.load import load_katalog
from pipelines.stamm.kommune import Kommune, als_datum
from pipelines.stamm.profile.profil import load_profile
from pipelines.stamm.referenz import gueltig, profildateien
from pipelines.stamm.staaten import staatentabelle
from pipelines.stamm.tables.bruch import SCHEMATA_BRUCH, check_bruchindikatoren, zeilen_bruch
from pipelines.stamm.tables.indikator import SCHEMATA_INDIKATOR, zeilen_indikator
from pipelines.stamm.tables.kommune import SCHEMATA_KOMMUNE, zeilen_kommune
from pipelines.stamm.tables.konzept import SCHEMATA_KONZEPT, zeilen_konzept
from pipelines.stamm.tables.massnahme import SCHEMATA_MASSNAHME, zeilen_massnahme
from pipelines.stamm.tables.profil import SCHEMATA_PROFIL, zeilen_profil
from pipelines.stamm.tables.quelle import SCHEMATA_QUELLE, zeilen_quelle
from pipelines.stamm.tables.woerterbuch import SCHEMATA_WOERTERBUCH, spaltenzeilen
from pipelines.stamm.tables.ziel import SCHEMATA_ZIEL, Konzeptort, zeilen_ziel
from schemas.tabellen.stamm import STAMM
from schemas.types import arrow_schemata

SCHEMATA: dict[str, dict[str, pa.DataType]] = {
    **SCHEMATA_KOMMUNE,
    **SCHEMATA_PROFIL,
    **SCHEMATA_BRUCH,
    **SCHEMATA_QUELLE,
    **SCHEMATA_WOERTERBUCH,
    **arrow_schemata(STAMM, "veroeffentlichung"),
    **SCHEMATA_KONZEPT,
    **SCHEMATA_ZIEL,
    **SCHEMATA_MASSNAHME,
    **SCHEMATA_INDIKATOR,
}
STAMMTABELLEN = (*SCHEMATA, "staat")


def naechste_veroeffentlichung(ablage: Ablage, heute: date | None = None) -> str:
    """Id of the release being built: the day, with a running number from the second release of a day on.

    Never a day before the last release: ids say which came later, also where the clock was put back since.
    """
    # Also of those withdrawn: an id is never given twice.
    vergeben = {p.name for ort in (ablage.marts, ablage.intern) for p in (ort / "archiv").glob("*")}
    tage = [d.isoformat() for name in vergeben if (d := als_datum(name[:10]))]
    tag = max([(heute or datetime.now(UTC).date()).isoformat(), *tage])
    nummer = 1
    while (kennung := tag if nummer == 1 else f"{tag}.{nummer}") in vergeben:
        nummer += 1
    return kennung


def _zeilen(ablage: Ablage, kommunen: list[Kommune]) -> dict[str, list[dict[str, Any]]]:
    kaputt = profilfehler(ablage)
    namen = tuple(n for n in profildateien(ablage.roh) if n not in kaputt)
    profile, katalog = load_profile(ablage, namen), load_katalog(ablage)
    for k in kommunen:
        check_bruchindikatoren(k.ordner / "kommune.yaml", [b.indikator for b in k.angaben.brueche], katalog)
    return {
        **zeilen_konzept((k.id, k.ordner) for k in kommunen),
        **zeilen_ziel(Konzeptort(k.id, k.angaben.ags, k.ordner) for k in kommunen),
        **zeilen_indikator(katalog, [(k.id, k.angaben.altersgruppen) for k in kommunen]),
        **zeilen_massnahme((k.id, q) for k in kommunen for q in k.angaben.quellen.massnahmen),
        **zeilen_kommune(kommunen),
        **zeilen_profil(profile),
        **zeilen_bruch(ablage, kommunen, profile, katalog),
        **zeilen_quelle(kommunen),
        "spalte": spaltenzeilen(),
        "veroeffentlichung": [{"veroeffentlichung": naechste_veroeffentlichung(ablage)}],
    }


def _tabellen(ablage: Ablage, kommunen: list[Kommune]) -> dict[str, pa.Table]:
    zeilen = _zeilen(ablage, kommunen)
    return {name: pa.Table.from_pylist(zeilen[name], schema=pa.schema(s)) for name, s in SCHEMATA.items()}


def _ohne_schuldige(ablage: Ablage, kommunen: list[Kommune]) -> tuple[dict[str, pa.Table], dict[str, str]]:
    """Tables of all municipalities that can be written, and why the others cannot: found out by trying each alone.

    Raises: whatever does not hang on a single municipality.
    """
    try:
        return _tabellen(ablage, kommunen), {}
    except Exception:
        schuldige: dict[str, str] = {}
        for k in kommunen:
            try:
                _tabellen(ablage, [k])
            except KonfigurationsFehler as grund:
                schuldige[k.id] = str(grund)
            except Exception as grund:
                schuldige[k.id] = unerwartet(f"{k.id}/kommune.yaml", "Stammdaten schreiben", grund).satz()
        if not schuldige or len(schuldige) == len(kommunen):
            raise
        return _tabellen(ablage, [k for k in kommunen if k.id not in schuldige]), schuldige


def write_stamm(
    ablage: Ablage, kommunen: list[Kommune], fehler: Mapping[str, KonfigurationsFehler] | None = None
) -> dict[str, int]:
    """Write all `stamm.*` tables; returns the number of rows of each. Municipalities with `fehler` are remembered as left out.

    Raises: KonfigurationsFehler if a reference list is wrong that all share.
    """
    tabellen, schuldige = _ohne_schuldige(ablage, kommunen)
    tabellen["staat"] = staatentabelle(gueltig(ablage.roh, "staaten.csv"))
    for name, tabelle in tabellen.items():
        with ablage.neu(ablage.tabelle("stamm", name)) as neu:
            pq.write_table(tabelle, neu)
    remember_failed(ablage, {k: str(f) for k, f in (fehler or {}).items()} | schuldige)
    return {name: t.num_rows for name, t in tabellen.items()}
