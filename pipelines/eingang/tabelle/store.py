"""Figures of tables in the secure zone: where they lie, what a source delivered before.

Belongs here: writing and reading eingang.stadtteiltabelle and eingang.indikatortabelle.
"""

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.eingang.lieferung.record import Lieferung
from pipelines.eingang.tabelle.checks import REGISTER
from pipelines.foundation.placeholder import settle_placeholder
from pipelines.foundation.storage import Ablage
from schemas.spalten.common import INSGESAMT
from schemas.tabellen.lieferung import GELESEN, KORN

TABELLE_JE_ART = {"tabellen": "stadtteiltabelle", "indikatoren": "indikatortabelle"}


def write_values(ablage: Ablage, lieferung: Lieferung, werte: pa.Table) -> None:
    """Store the figures of one delivery; an earlier reading of the same source and Stichtag is replaced."""
    ziel = ablage.tabelle("eingang", TABELLE_JE_ART[lieferung.art], f"{lieferung.partition}__{lieferung.quelle}")
    with ablage.neu(ziel) as neu:
        pq.write_table(werte, neu)


def bestand(ablage: Ablage, lieferung: Lieferung) -> pa.Table:
    """What the same source has delivered in other files, as accepted.

    A file of the same name is the version before: dropped into its folder, this one takes its place.
    """
    ordner = ablage.tabelle("eingang", TABELLE_JE_ART[lieferung.art], "x").parent
    dateien = sorted(ordner.glob(f"{lieferung.kommune}_*__{lieferung.quelle}.parquet"))
    # A file of an older version of this program has other columns; its delivery is read anew, too.
    tabellen = [pq.read_table(d, schema=GELESEN) for d in dateien if pq.read_schema(d).names == GELESEN.names]
    gesamt = pa.concat_tables([GELESEN.empty_table(), *tabellen])
    # The name of a partition is not enough: `bad` would also find what `bad_neu` delivered.
    paare = zip(gesamt.column("kommune").to_pylist(), gesamt.column("datei").to_pylist(), strict=True)
    eigen = f"{lieferung.art}/{lieferung.pfad.name}"  # also while it is checked in another folder
    anders = pa.array([k == lieferung.kommune and d not in (lieferung.datei, eigen) for k, d in paare], pa.bool_())
    return gesamt.filter(anders)


def registerzahlen(ablage: Ablage, kommune: str) -> pa.Table | None:
    """Counts of the register as the last build published them; None before the first build.

    The unprotected counts are not asked: a finding quotes what it compares with.
    """
    mart = ablage.tabelle("marts", "migrationshintergrund")
    if not mart.exists():
        return None
    nur = [
        ("kommune", "=", kommune), ("quelle", "=", "melderegister"), ("geschlecht", "=", INSGESAMT),
        ("altersgruppe", "=", INSGESAMT),
    ]  # fmt: skip
    zeilen = [
        {**{k: z[k] for k in ("stichtag", "gebiet_id", "profil")}, "merkmal": merkmal, "wert": z[merkmal]}
        for z in pq.read_table(mart, filters=nur).to_pylist()
        for merkmal in ("einwohner", "auslaender", "personen_mit_mh")
        if z[merkmal] is not None
    ]
    return pa.Table.from_pylist(zeilen, schema=REGISTER)


def ohne_doppelte(werte: pa.Table) -> pa.Table:
    """The first of identical rows; rows that contradict each other never get here (check doppelt_widerspruch)."""
    gesehen: set[tuple[object, ...]] = set()
    behalten = []
    for schluessel in zip(*(werte.column(k).to_pylist() for k in KORN), strict=True):
        behalten.append(schluessel not in gesehen)
        gesehen.add(schluessel)
    return werte.filter(pa.array(behalten, pa.bool_()))


def create_empty_tables(ablage: Ablage) -> None:
    """Empty tables, so that a folder without such deliveries can be built."""
    for name in TABELLE_JE_ART.values():
        settle_placeholder(ablage, "eingang", name, GELESEN)
