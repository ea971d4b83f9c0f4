"""The tabs beside the measures, money by budget year, milestones, adjustments: one row → its values.

Belongs here: what a row of such a tab says. Does not belong here: finding the tab and its header (header.py), whether rows agree
with the measures (the checks).
"""

import re
from dataclasses import dataclass, field
from typing import Any

from pipelines.eingang.massnahmen.concept_fields import Konzeptbezug
from pipelines.eingang.massnahmen.row import Zeile
from pipelines.foundation.findings import Code
from schemas.words.massnahmen import personenangaben
from schemas.words.steuerung import NEBENBLAETTER, Nebenblatt

JAHRE = (1990, 2100)
GELD = ("aufwand_plan", "aufwand_ist", "ertrag_plan", "ertrag_ist")
OFFENE_TEXTE = ("bemerkung", "begruendung")  # not published where they point to a person
SCHLUESSELTEXTE = ("meilenstein", "anpassung", "gremium_name", "mittelherkunft")  # published in any case


@dataclass
class Nebenzeilen:
    """Rows of every tab beside the measures, by table, with the address of each cell."""

    zeilen: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {n.tabelle: [] for n in NEBENBLAETTER})
    orte: dict[str, list[dict[str, str]]] = field(default_factory=lambda: {n.tabelle: [] for n in NEBENBLAETTER})


def _jahr(zeile: Zeile) -> int | None:
    roh = zeile.pflicht("jahr", "das Haushaltsjahr")
    if roh is None:
        return None
    if not re.fullmatch(r"\d{4}", roh) or not JAHRE[0] <= int(roh) <= JAHRE[1]:
        zeile.fehler(Code.datum, "jahr", f"»{roh}« ist kein Haushaltsjahr", "ein Jahr wie 2023")
        return None
    return int(roh)


def _tag(zeile: Zeile, name: str, was: str, genau: bool = False) -> Any:
    """Last day of the time a cell names; with `genau` it must name a day."""
    zeit = zeile.zeit(name)
    if zeit is None:
        return None
    if zeit.bis is None or (genau and zeit.bis_genauigkeit != "tag"):
        zeile.fehler(Code.datum, name, f"»{zeile.text(name)}« nennt keinen Tag, {was}", "ein Tag wie 15.03.2022")
    return zeit.bis


def _haushalt(zeile: Zeile) -> dict[str, Any]:
    werte: dict[str, Any] = {"jahr": _jahr(zeile), **{n: zeile.zahl(n, geld=True) for n in GELD}}
    werte |= {n: zeile.zahl(n) for n in ("vzae_befristet", "vzae_unbefristet")}
    werte["foerderende"] = None
    if zeit := zeile.zeit("foerderende"):
        werte["foerderende"] = zeit.bis
    return werte | {n: zeile.text(n) for n in ("mittelherkunft", "bemerkung")}


def _meilenstein(zeile: Zeile) -> dict[str, Any]:
    text = zeile.pflicht("meilenstein", "der Meilenstein")
    geplant, genau = None, None
    if zeile.pflicht("geplant_am", "der Termin") and (
        geplant := _tag(zeile, "geplant_am", "bis zu dem er geplant ist")
    ):
        zeit = zeile.zeit("geplant_am")
        genau = zeit.bis_genauigkeit if zeit else None
    return {"meilenstein": text, "geplant_am": geplant, "geplant_genauigkeit": genau,
            "erreicht_am": _tag(zeile, "erreicht_am", "an dem er erreicht war"),
            "bemerkung": zeile.text("bemerkung")}  # fmt: skip


def _anpassung(zeile: Zeile) -> dict[str, Any]:
    datum = _tag(zeile, "datum", "an dem sie beschlossen wurde", True) if zeile.pflicht("datum", "das Datum") else None
    return {"datum": datum, "anpassung": zeile.pflicht("anpassung", "die Anpassung"), "gremium_name": zeile.text("gremium_name"),
            "begruendung": zeile.text("begruendung")}  # fmt: skip


_LESER = {"massnahme_haushalt": _haushalt, "massnahme_meilenstein": _meilenstein, "massnahme_anpassung": _anpassung}


def read_side_row(neben: Nebenblatt, zeile: Zeile, konzept: Konzeptbezug) -> dict[str, Any]:
    """The values of one row; what is wrong with it is in `zeile.befunde`."""
    zeile.check_cells()
    nummer, _ = konzept.nummer(zeile)
    werte = {"massnahme_nr": nummer, **_LESER[neben.tabelle](zeile)}
    for name in SCHLUESSELTEXTE:
        for was in personenangaben(str(werte.get(name) or "")):
            zeile.fehler(
                Code.personenangabe, name, f"der Text enthält anscheinend: {was}", "Stellen und Rollen, keine Personen"
            )
    werte["personenangabe"] = [f"{n}: {was}" for n in OFFENE_TEXTE for was in personenangaben(str(werte.get(n) or ""))]
    return werte
