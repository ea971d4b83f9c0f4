"""The towns of a county, or a town's areas, beside each other on paper: a row an area, a column an indicator.

Belongs here: that table. Does not belong here: the list with ranks (indikatoren/gebiete.py), areas by definition (build.py).
"""

from collections.abc import Sequence
from typing import Any

from pipelines.veroeffentlichung.bericht.bemerkungen import tell_area_remarks
from pipelines.veroeffentlichung.bericht.content import INSGESAMT, REGISTER, Zeile
from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
from pipelines.veroeffentlichung.bericht.indikatoren.content import Indikatorteil
from pipelines.veroeffentlichung.bericht.indikatoren.gebiete import KREIS_STELLEN, is_above, name_figure
from pipelines.veroeffentlichung.bericht.numbers import KEIN_WERT, Wert, datum
from pipelines.veroeffentlichung.bericht.orte import in_ort
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow

SPALTEN = 5  # further indicators are in the report
MINDESTENS = 2  # areas with a figure: of one there is nothing to compare


def make_area_table(kommune: Zeile, werte: Sequence[Zeile], t: Indikatorteil) -> Tabelle | None:
    """`werte`: values of areas at each indicator's latest day (load_gebietswerte); None where no two areas have one."""
    je: dict[tuple[Any, ...], dict[str, Zeile]] = {}
    for z in werte:
        if not is_above(z, kommune):
            je.setdefault((z["indikator"], z["profil"], z["gruppe"], z["ebene"]), {})[z["gebiet_id"]] = z
    spalten = {k: v for k, v in je.items() if sum(z["wert"] is not None for z in v.values()) >= MINDESTENS}
    ebene = next((k[3] for k in spalten), None)
    gewaehlt = [(k, v) for k, v in spalten.items() if k[3] == ebene][:SPALTEN]
    if not gewaehlt:
        return None
    orte = dict(
        sorted({(z["gebiet_id"], z["gebiet"]) for _, v in gewaehlt for z in v.values()}, key=lambda o: str(o[1]))
    )
    ganz = {r.schluessel[:3]: {z["zeitraum"]: z for z in r.zeilen} for r in t.reihen if r.schluessel[3] == INSGESAMT}
    reihen = [TableRow((name, *(_cell(v.get(ort)) for _, v in gewaehlt))) for ort, name in orte.items()]
    summe = [_cell(ganz.get(k[:3], {}).get(next(iter(v.values()))["zeitraum"])) for k, v in gewaehlt]
    erste = [next(iter(v.values())) for _, v in gewaehlt]
    quellen = dict.fromkeys(z["herkunft"] for z in erste if z["herkunft"])
    wort = "Städte und Gemeinden" if len(kommune["ags"]) == KREIS_STELLEN else "Gebiete"
    return Tabelle(
        f"{wort} {in_ort(kommune['name'])}",
        ("Gebiet", *(f"{name_figure(z, t.staaten)}, {datum(z['stichtag'])}" for z in erste)),
        (*reihen, TableRow((kommune["name"], *summe), summe=True)),
        anmerkungen=(
            *_tell_missing(erste, len(orte)),
            *tell_area_remarks((z for _, v in gewaehlt for z in v.values() if z["wert"] is not None), t.remarks),
            f"Quelle: {'; '.join(quellen)}.",
        ),
    )


def _cell(z: Zeile | None) -> Wert:
    return Wert(None, KEIN_WERT, ("keine_daten",)) if z is None else worte.indikatorwert(z)


def _tell_missing(erste: Sequence[Zeile], da: int) -> tuple[str, ...]:
    """That only delivered areas stand here, and of how many, where the level has more."""
    alle = max(z["gebiete_der_ebene"] for z in erste)
    if alle > da:
        return (f"Geliefert sind Zahlen für {da} von {alle} Gebieten.",)
    return (
        ()
        if all(z["quelle"] == REGISTER for z in erste)
        else (f"Gezeigt sind die {da} Gebiete, die eine Quelle nennt.",)
    )
