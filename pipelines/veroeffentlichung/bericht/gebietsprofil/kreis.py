"""What is published for a Kreis and not for one of its towns: a table on the town's profile, which says so.

Belongs here: these figures in words. Does not belong here: the query (sql/queries), a town's own figures (kennzahlen.py).
"""

from collections.abc import Sequence

from pipelines.veroeffentlichung.bericht.content import Zeile
from pipelines.veroeffentlichung.bericht.indikatoren.gebiete import name_figure
from pipelines.veroeffentlichung.bericht.indikatoren.words import indikatorwert
from pipelines.veroeffentlichung.bericht.numbers import KEIN_WERT, datum
from pipelines.veroeffentlichung.bericht.orte import fuer_ort
from pipelines.veroeffentlichung.bericht.staaten import Staatsnamen
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow


def build_kreiswerte(
    kreis: str, gebiet_id: str, name: str, werte: Sequence[Zeile], staaten: Staatsnamen
) -> Tabelle | None:
    """Each figure of the Kreis that this town has on no day, with value, day and source; None where it has them all."""
    reihen = tuple(
        TableRow((name_figure(z, staaten), indikatorwert(z), datum(z["stichtag"]), z["herkunft"] or KEIN_WERT))
        for z in werte
        if gebiet_id not in z["staedte"]
    )
    return Tabelle(
        f"Nur {fuer_ort(kreis)}, nicht für {name}", ("Indikator", f"Wert {fuer_ort(kreis)}", "Stichtag", "Quelle"), reihen,
        anmerkungen=(f"Keine Quelle nennt diese Zahlen für {name}. Sie gelten für den ganzen Kreis; {name} ist ein Teil davon.",),
    ) if reihen else None  # fmt: skip
