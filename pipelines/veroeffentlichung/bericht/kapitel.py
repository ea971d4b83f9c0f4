"""The chapters of the town's own concept: Handlungsfeld → Leitziele → indicators → measures with status, reason, money, reach.

Belongs here: which chapter a goal, an indicator and a measure stands in, and the table of a chapter's measures. Does not belong
here: the tables of all measures together (massnahmen/), how an indicator is told (indikatoren/), empty chapters (ohne_zahlen.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from pipelines.veroeffentlichung.bericht.content import Zeile
from pipelines.veroeffentlichung.bericht.indikatoren.content import Feldabschnitt, Indikatorteil
from pipelines.veroeffentlichung.bericht.massnahmen.values import reached
from pipelines.veroeffentlichung.bericht.massnahmen.words import (
    IDEE,
    euro,
    staende,
    state,
    tell_costs,
    zeitraum,
)
from pipelines.veroeffentlichung.bericht.numbers import KEIN_WERT
from pipelines.veroeffentlichung.bericht.query import rows_of, zeilen
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow

OHNE = ("", "-")
OHNE_FELD = "Ohne Handlungsfeld"


@dataclass(frozen=True)
class GoalLine:
    """A goal of the concept with the names of its indicators as (id, name)."""

    kennung: str
    text: str
    indikatoren: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Kapitel:
    """A chapter; `art` is the concept's own word for its fields, in lower case."""

    kennung: str
    name: str
    art: str
    leitziele: tuple[GoalLine, ...]
    feld: Feldabschnitt | None
    massnahmen: Tabelle | None

    @property
    def leer(self) -> bool:
        """Whether the chapter has neither a figure nor a measure."""
        return not self.massnahmen and not (self.feld and (self.feld.indikatoren or self.feld.verwiesen))


def _money(m: Zeile) -> str:
    """Costs where they are more than the row's own expense; expense, income and own share, as far as the sheet gives them."""
    teile = [(wort, euro(m[spalte])) for wort, spalte in
             (("Aufwand", "aufwand"), ("Ertrag", "ertrag"), ("Eigenanteil", "eigenanteil"))]  # fmt: skip
    kosten = [] if m["kosten"] is None or m["kosten"] == m["aufwand"] else [("Kosten", tell_costs(m))]
    return "; ".join(f"{wort} {betrag}" for wort, betrag in (*kosten, *teile) if betrag) or KEIN_WERT


def _title(m: Zeile) -> str:
    zusatz = "; ".join(t for t in (m["verantwortlich"], zeitraum(m)) if t and t != KEIN_WERT)
    return f"{m['titel']} ({zusatz})" if zusatz else str(m["titel"])


def massnahmentabelle(name: str, massnahmen: Sequence[Zeile]) -> Tabelle | None:
    """The measures of one chapter: state, reason, money, whom they reached."""
    if not massnahmen:
        return None
    mit_ziel = any(m["leitziel"] for m in massnahmen)
    erfunden = all(m["beispieldaten"] for m in massnahmen)  # said once, over the table
    reihen = []
    for m in massnahmen:
        frauen, maenner, alle = (reached(m, s) for s in ("istwert_w", "istwert_m", "istwert_gesamt"))
        reihen.append(TableRow((
            f"{m['massnahme_nr']}{' (Beispieldaten)' if m['beispieldaten'] and not erfunden else ''}", _title(m),
            *((m["leitziel"] or KEIN_WERT,) if mit_ziel else ()),
            state(m), m["begruendung"] or KEIN_WERT, _money(m),
            m["indikator"] or KEIN_WERT, frauen, maenner, alle,
        )))  # fmt: skip
    kopf = (
        "Nr.",
        "Maßnahme",
        *(("Leitziel",) if mit_ziel else ()),
        "Status",
        "Grund",
        "Geld",
        "Gezählt",
        "Frauen",
        "Männer",
        "insgesamt",
    )
    titel = f"Maßnahmen: {name}, {staende(list(massnahmen))}"
    return Tabelle(
        titel,
        kopf,
        tuple(reihen),
        marke="Beispieldaten" if erfunden else "",
        anmerkungen=(IDEE,) if any(m["status"] == "idee" for m in massnahmen) else (),
        bekannt=f": {name},",
    )


def _load_goals(
    con: duckdb.DuckDBPyConnection, kommune: str, katalog: Mapping[str, Zeile]
) -> dict[tuple[str, str], list[GoalLine]]:
    """(concept, field) → goals; a goal of no field under the empty field."""
    je: dict[tuple[str, str], list[GoalLine]] = {}
    for z in zeilen(con, "from dim.leitziel where kommune = ? order by konzept, leitziel", kommune):
        namen = tuple((i, katalog[i]["name"]) for i in z["indikatoren"] or [] if i in katalog)
        ziel = GoalLine(z["leitziel"], z["text"], namen)
        je.setdefault((z["konzept"], z["handlungsfeld"] or ""), []).append(ziel)
    return je


def _load_measures(con: duckdb.DuckDBPyConnection, kommune: str) -> dict[tuple[str, str], list[Zeile]]:
    alle = rows_of(con, "massnahmen", kommune=kommune)
    je: dict[tuple[str, str], list[Zeile]] = {}
    for m in alle:
        feld = m["handlungsfeld"] if m["feldname"] else ""
        je.setdefault((m["konzept"], feld or ""), []).append(m)
    return je


def _fields(con: duckdb.DuckDBPyConnection, kommune: str, konzepte: set[Any]) -> list[Zeile]:
    """Fields of the concepts that are told, the latest concept first, each in its order."""
    alle = zeilen(
        con,
        "from dim.handlungsfeld where kommune = ? order by gueltig_von desc nulls last, konzept desc, reihenfolge, handlungsfeld",
        kommune,
    )
    return [f for f in alle if f["konzept"] in konzepte]


def load_kapitel(con: duckdb.DuckDBPyConnection, kommune: str, t: Indikatorteil) -> list[Kapitel]:
    """All chapters in the order they are told: the fields, what belongs to none, what frames all of them."""
    ziele, massnahmen = _load_goals(con, kommune, t.katalog), _load_measures(con, kommune)
    felder = {f.kennung: f for f in t.felder}
    konzepte = {t.konzept, *(k for k, _ in massnahmen)}
    kapitel: list[Kapitel] = []
    mehrere = len({k for k, _ in massnahmen} | {t.konzept} - {None}) > 1
    for f in _fields(con, kommune, konzepte):
        schluessel = (f["konzept"], f["handlungsfeld"])
        feld = felder.pop(f["handlungsfeld"].lower(), None) if f["konzept"] == t.konzept else None
        name = f"{f['name']} ({f['konzept']})" if mehrere and f["konzept"] != t.konzept else f["name"]
        kapitel.append(Kapitel(
            f"{f['konzept']}-{f['handlungsfeld']}".lower().replace("_", "-"), name, f["art"] or "",
            tuple(ziele.get(schluessel, ())), feld, massnahmentabelle(f["name"], massnahmen.pop(schluessel, [])),
        ))  # fmt: skip
    for konzept in dict.fromkeys(
        k for k, _ in (*massnahmen, *((k, f) for k, f in ziele if f in OHNE and k in konzepte))
    ):
        rest = [m for (k, _), liste in massnahmen.items() if k == konzept for m in liste]
        eigene = tuple(z for f in OHNE for z in ziele.get((konzept, f), ()))
        kapitel.append(
            Kapitel(
                f"ohne-feld-{konzept}".lower().replace("_", "-"),
                OHNE_FELD,
                "",
                eigene,
                None,
                massnahmentabelle(OHNE_FELD, rest),
            )
        )
    return [*kapitel, *(Kapitel(k, f.name, "", (), f, None) for k, f in felder.items())]
