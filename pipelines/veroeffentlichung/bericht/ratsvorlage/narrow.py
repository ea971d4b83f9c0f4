"""A table of the report as it fits a page of paper: fewer columns, only some measures.

Belongs here: cutting tables down, never changing what a cell says. Does not belong here: which tables a paper has (build.py).
"""

from collections.abc import Collection
from dataclasses import replace

from pipelines.veroeffentlichung.bericht.massnahmen.concept import NICHT_ERHOBEN
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, Zelle

NUMMER = "Nr."
MARKE = " (Beispieldaten)"
NICHTS = {"–", "0", NICHT_ERHOBEN}  # what says nothing if a whole column says it


def pick_columns(tabelle: Tabelle | None, spalten: Collection[str]) -> Tabelle | None:
    """Only these columns, in the order of the table; a column of that name that the table lacks is not missed."""
    if tabelle is None:
        return None
    da = [i for i, k in enumerate(tabelle.kopf) if k in spalten]
    reihen = tuple(r if r.zwischentitel else replace(r, zellen=tuple(r.zellen[i] for i in da)) for r in tabelle.reihen)
    return replace(tabelle, kopf=tuple(tabelle.kopf[i] for i in da), reihen=reihen, gruppen=(), kopfspalte=0)


def drop_empty_columns(tabelle: Tabelle | None) -> Tabelle | None:
    """Without columns in which no row says anything; those that nobody recorded are named below it."""
    if tabelle is None:
        return None
    reihen = [r for r in tabelle.reihen if not r.zwischentitel]
    leer = {
        k: texte for i, k in enumerate(tabelle.kopf) if i and (texte := {_text(r.zellen[i]) for r in reihen}) <= NICHTS
    }
    if not leer:
        return tabelle
    schmal = pick_columns(tabelle, [k for k in tabelle.kopf if k not in leer])
    unerhoben = [k for k, texte in leer.items() if NICHT_ERHOBEN in texte]
    if schmal is None or not unerhoben:
        return schmal
    return replace(schmal, anmerkungen=(*schmal.anmerkungen, f"Für keine Zeile erhoben: {', '.join(unerhoben)}."))


def _text(zelle: Zelle) -> str:
    return zelle if isinstance(zelle, str) else zelle.text


def pull_mark(tabelle: Tabelle) -> Tabelle:
    """`(Beispieldaten)` over the table where every row begins with it."""
    erste = [str(r.zellen[0]) for r in tabelle.reihen if not r.zwischentitel]
    if not erste or not all(e.endswith(MARKE) for e in erste):
        return tabelle
    reihen = tuple(
        r if r.zwischentitel else replace(r, zellen=(str(r.zellen[0]).removesuffix(MARKE), *r.zellen[1:]))
        for r in tabelle.reihen
    )
    return replace(tabelle, reihen=reihen, marke=tabelle.marke or MARKE.strip(" ()"))


def keep_measures(tabelle: Tabelle | None, nummern: Collection[str] | None) -> Tabelle | None:
    """Only rows of these measures; all of them where nothing was asked for. None if no row is left."""
    if tabelle is None or nummern is None or NUMMER not in tabelle.kopf:
        return tabelle
    spalte = tabelle.kopf.index(NUMMER)
    reihen = tuple(r for r in tabelle.reihen if str(r.zellen[spalte]).split(" (")[0] in nummern)
    return replace(tabelle, reihen=reihen) if reihen else None


def keep_fields(tabelle: Tabelle | None, namen: Collection[str] | None) -> Tabelle | None:
    """Only rows that begin with one of these Handlungsfelder."""
    if tabelle is None or namen is None:
        return tabelle
    reihen = tuple(r for r in tabelle.reihen if str(r.zellen[0]) in namen)
    return replace(tabelle, reihen=reihen) if reihen else None
