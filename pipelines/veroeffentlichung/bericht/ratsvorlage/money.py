"""The part of a paper on money and posts: what is planned and spent by year and programme, and what its own head has to say.

Belongs here: this part from rows of the published file. Does not belong here: money of a single measure (massnahmen/outcome.py).
"""

from dataclasses import replace
from typing import Any

import duckdb

from pipelines.veroeffentlichung.bericht.massnahmen.concept import NICHT_ERHOBEN, make_tabelle
from pipelines.veroeffentlichung.bericht.massnahmen.words import euro
from pipelines.veroeffentlichung.bericht.numbers import KEIN_WERT, ganz
from pipelines.veroeffentlichung.bericht.parts import Teile
from pipelines.veroeffentlichung.bericht.query import rows_of
from pipelines.veroeffentlichung.bericht.ratsvorlage.content import OFFEN, Absatz, Abschnitt, Block
from pipelines.veroeffentlichung.bericht.ratsvorlage.narrow import drop_empty_columns, pick_columns
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle

ANMERKUNG = "Anmerkung"
TITEL = "Finanzielle und personelle Auswirkungen"
KEINE_ANGABE = (
    "Zu den Maßnahmen sind weder Haushaltsansätze noch Stellen geliefert; sie sind nicht null, sondern nicht erhoben."
)
KEIN_HAUSHALTSJAHR = "Ansätze nach Haushaltsjahren sind nicht geliefert."


def build_money(con: duckdb.DuckDBPyConnection, t: Teile, mittel: Tabelle | None) -> Abschnitt:
    """Money of the measures by year and of programmes; the effects of this paper itself are the administration's to fill in.

    `mittel`: what the measure sheet says of the paper's measures.
    """
    jahre = rows_of(con, "haushalt_je_jahr", kommune=t.b.kommune["kommune"])
    eigene = Absatz(
        f"Finanzielle Auswirkungen dieser Vorlage: {OFFEN}. Personelle: {OFFEN}. Organisatorische: {OFFEN}."
    )
    bloecke: list[Block] = [eigene]
    tabelle = make_tabelle(
        "Mittel und Stellen der Maßnahmen je Haushaltsjahr",
        ("Jahr", "Maßnahmen", "Aufwand geplant", "Aufwand Ist", "Ertrag geplant", "Ertrag Ist", "Stellen (VZÄ)"),
        (
            (f"{j['jahr']}{' (Beispieldaten)' if j['beispieldaten'] else ''}", j["massnahmen"],
             _add_up(j, "aufwand_plan", "mit_plan"), _add_up(j, "aufwand_ist", "mit_ist"),
             euro(j["ertrag_plan"]) or NICHT_ERHOBEN, euro(j["ertrag_ist"]) or NICHT_ERHOBEN, _tell_posts(j))
            for j in jahre
        ),
    )  # fmt: skip
    if mittel:
        bloecke.append(mittel)
    if programme := _narrow_programmes(t):
        bloecke.append(programme)
    if tabelle is None:
        return Abschnitt(TITEL, (*bloecke, Absatz(KEIN_HAUSHALTSJAHR if mittel or programme else KEINE_ANGABE)))
    quellen = "; ".join(dict.fromkeys(h for j in jahre for h in j["herkunft"] if h))
    bloecke += [tabelle, Absatz(f"Quelle: {quellen or '–'}. Summen zählen nur Maßnahmen mit einer Angabe.")]
    return Abschnitt(TITEL, tuple(bloecke))


def _narrow_programmes(t: Teile) -> Tabelle | None:
    """What programmes cost, as printed; remarks below the table, where they have the width of the page."""
    tabelle = t.konzept.foerderung
    if tabelle is None:
        return None
    stelle = tabelle.kopf.index(ANMERKUNG)
    zu = [(r, str(r.zellen[stelle])) for r in tabelle.reihen if str(r.zellen[stelle]) != KEIN_WERT]
    quellen = "; ".join(dict.fromkeys(str(f["herkunft"]) for f in t.foerderung if f["herkunft"]))
    schmal = drop_empty_columns(pick_columns(tabelle, [k for k in tabelle.kopf if k != ANMERKUNG]))
    return schmal and replace(
        schmal,
        anmerkungen=(
            *schmal.anmerkungen,
            *(f"{r.zellen[0]} ({r.zellen[1]}): {text}" for r, text in zu),
            f"Quelle: {quellen or '–'}.",
        ),
    )


def _add_up(jahr: dict[str, Any], spalte: str, anzahl: str) -> str:
    """A sum, and of how many measures it is where some say nothing."""
    if (betrag := euro(jahr[spalte])) is None:
        return NICHT_ERHOBEN
    wort = "Maßnahme" if jahr[anzahl] == 1 else "Maßnahmen"
    return betrag if jahr[anzahl] == jahr["massnahmen"] else f"{betrag} ({ganz(jahr[anzahl])} {wort})"


def _tell_posts(jahr: dict[str, Any]) -> str | None:
    teile = [
        f"{(euro(jahr[s]) or '').removesuffix(' €')} {wort}"
        for s, wort in (("vzae_befristet", "befristet"), ("vzae_unbefristet", "unbefristet"))
        if jahr[s] is not None
    ]
    return ", ".join(teile) or None
