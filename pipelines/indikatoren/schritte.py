"""Tables whose statement is written from the catalogue: what is counted, delivered and computed.

Belongs here: their names, what they read, running them. Does not belong here: the statements (auswertung.py) and the assets.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pipelines.ablage import Ablage
from pipelines.indikatoren.auswertung import zaehlung_sql
from pipelines.indikatoren.katalog import Katalog, lade_katalog
from pipelines.indikatoren.lieferformeln import lieferung_sql
from pipelines.indikatoren.rechnungen import rechnung_sql
from pipelines.marts import fuehre_text_aus


@dataclass(frozen=True)
class Formelschritt:
    """One table made from the catalogue. `quellen` are the tables its statement reads whatever the entries are."""

    schema: str
    name: str
    beschreibung: str
    baue: Callable[[Katalog, Ablage], str]
    quellen: tuple[tuple[str, str], ...]


def _gelieferte_merkmale(ablage: Ablage) -> list[str]:
    """Measures that any delivery has: a statement over all of the catalogue would reserve gigabytes."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    merkmale: set[str] = set()
    for datei in ablage.quelle("bevoelkerung", "tabellenwert"):
        merkmale |= {str(m) for m in pc.unique(pq.read_table(datei, columns=["merkmal"])["merkmal"]).to_pylist()}
    return sorted(merkmale)


FORMELSCHRITTE = (
    Formelschritt(
        "bevoelkerung", "indikatorzaehlung",
        "Indikatoren aus dem Register: Zähler und Nenner jedes Eintrags im Katalog, ungeschützt.",
        lambda katalog, _: zaehlung_sql(katalog),
        (("bevoelkerung", "alterswuerfel"), ("stamm", "vorfahr"), ("stamm", "gebiet"), ("stamm", "muster"),
         ("stamm", "kommune"), ("stamm", "altersgruppe"), ("stamm", "geschlecht")),
    ),
    Formelschritt(
        "bevoelkerung", "indikatorlieferung",
        "Indikatoren aus Lieferungen: der gelieferte Wert oder Zähler durch Nenner, ungeschützt.",
        lambda katalog, ablage: lieferung_sql(katalog, _gelieferte_merkmale(ablage)),
        (("bevoelkerung", "tabellenwert"), ("stamm", "muster")),
    ),
    Formelschritt(
        "geheimhaltung", "indikatorrechnung",
        "Indikatoren aus anderen Indikatoren, gerechnet aus deren geschützten Werten.",
        lambda katalog, _: rechnung_sql(katalog),
        (("geheimhaltung", "indikatorbasis"),),
    ),
)  # fmt: skip


def fuehre_formeln_aus(ablage: Ablage, schritt: Formelschritt) -> int:
    """Write the table of a step from the catalogue as it is now; returns the number of rows.

    Raises: KonfigurationsFehler if the catalogue is wrong.
    """
    text = schritt.baue(lade_katalog(ablage), ablage)
    return fuehre_text_aus(ablage, schritt.schema, schritt.name, text, list(schritt.quellen))
