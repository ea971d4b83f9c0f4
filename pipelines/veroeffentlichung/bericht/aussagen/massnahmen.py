"""Sentences on measures and duties: how many are done, have not begun, are late; which report is due.

Belongs here: those sentences with the queries that count. Does not belong here: tables of measures (massnahmen/).
"""

from typing import Any

import duckdb

from pipelines.veroeffentlichung.bericht.aussagen.content import ACHTEN, STEHT, Aussage, cells, sql_value
from pipelines.veroeffentlichung.bericht.aussagen.numbers import BelegteZahl, Fuellung
from pipelines.veroeffentlichung.bericht.massnahmen.tables import OHNE_BEGINN
from pipelines.veroeffentlichung.bericht.massnahmen.words import staende
from pipelines.veroeffentlichung.bericht.numbers import datum, ganz
from pipelines.veroeffentlichung.bericht.query import zeilen

MART = "marts.massnahme"


class _Zaehlung:
    """Counts of a town's measures, each with its query."""

    def __init__(self, con: duckdb.DuckDBPyConnection, kommune: str) -> None:
        self.con = con
        self.alle = f"kommune = {sql_value(kommune)} and stand_letzter and status <> 'idee'"

    def zahl(self, bedingung: str = "") -> BelegteZahl:
        abfrage = f"select count(*) from {MART} where {self.alle}{f' and {bedingung}' if bedingung else ''}"
        (n,) = self.con.execute(abfrage).fetchall()[0]
        return BelegteZahl(ganz(n), float(n), abfrage)


def _beleg(massnahmen: list[dict[str, Any]]) -> tuple[tuple[str, str], ...]:
    return (
        ("Definition", "Maßnahmen des Konzepts mit ihrem jüngsten gemeldeten Stand, ohne Ideen."),
        ("Stand", staende(massnahmen).removeprefix("am ")),
        ("Quelle", "; ".join(dict.fromkeys(m["herkunft"] for m in massnahmen if m["herkunft"]))),
        ("Stelle", cells(massnahmen[:1])),
        ("Schutz", "Keine: Gezählt sind Maßnahmen, keine Personen."),
    )


def _as_of(massnahmen: list[dict[str, Any]]) -> Fuellung:
    """The day of the sheets, or all days where those of several concepts end on different ones."""
    tage = {m["stand"] for m in massnahmen}
    return next(iter(tage)) if len(tage) == 1 else staende(massnahmen).removeprefix("am ")


def load_sentences(con: duckdb.DuckDBPyConnection, kommune: str) -> list[Aussage]:
    """What stands and what to watch of a town's measures; none without measures."""
    massnahmen = zeilen(
        con, f"from {MART} where kommune = ? and stand_letzter and status <> 'idee' order by massnahme_nr", kommune
    )
    if not massnahmen:
        return []
    n = _Zaehlung(con, kommune)
    marke = "Beispieldaten" if any(m["beispieldaten"] for m in massnahmen) else ""
    alle, fertig = n.zahl(), n.zahl("status = 'abgeschlossen'")
    ohne = n.zahl(f"status in {OHNE_BEGINN}")
    grundlos = n.zahl(f"status in {OHNE_BEGINN} and begruendung is null")
    werte = {"alle": alle, "fertig": fertig, "ohne": ohne, "stand": _as_of(massnahmen)}
    name = "massnahmen_grundlos" if grundlos.wert else "massnahmen"
    saetze = [Aussage(STEHT, name, werte | {"grundlos": grundlos}, _beleg(massnahmen), marke)]
    spaet = n.zahl("ueberfaellig > 0")
    if spaet.wert:
        saetze.append(Aussage(ACHTEN, "ueberfaellig", {"spaet": spaet, "stand": _as_of(massnahmen)},
                              _beleg(massnahmen), marke))  # fmt: skip
    return saetze


def load_missed_duties(con: duckdb.DuckDBPyConnection, kommune: str) -> list[Aussage]:
    """The reports that are late, the latest deadline first."""
    faellig = zeilen(
        con,
        "from marts.berichtspflicht where kommune = ? and status = 'ueberfaellig' order by faellig_am desc, bericht",
        kommune,
    )
    return [
        Aussage(
            ACHTEN,
            "bericht",
            {"titel": f["titel"], "faellig": f["faellig_am"]},
            (("Regel", f["regel"] or "–"), ("Fällig am", datum(f["faellig_am"])), ("Quelle", f["herkunft"] or "–"),
             ("Schutz", "Keine: ein Termin.")),
            bezug=str(f["bericht"]),
        )
        for f in faellig
    ]  # fmt: skip
