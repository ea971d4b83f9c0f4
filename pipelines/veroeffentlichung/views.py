"""The statement of a view of the published file, and the text by which a row of any table is named.

Belongs here: what the vocabulary knows about every table and a view would otherwise repeat. Does not belong here: what is special
to one table (sql/ansichten), creating the view (release.py).
"""

from collections.abc import Sequence

from pipelines.foundation.storage import sql
from schemas.model import Tabelle
from schemas.tabellen.ansichten import MIT_ZAHLEN
from schemas.tabellen.herkunft import ERKLAERT
from schemas.tabellen.registry import TABELLEN


def schluesseltext(schluessel: Sequence[str], alias: str) -> str:
    """SQL of a row's key as text: `kommune=luenen; stichtag=2020-12-31; …` in the order of the key's columns."""
    return " || '; ' || ".join(f"'{s}=' || coalesce({alias}.{s}::varchar, '-')" for s in schluessel)


def ansichtstext(ansicht: Tabelle) -> str:
    """The query of a view: its file; one of MIT_ZAHLEN may read `zahl_<mart>` for every explained mart."""
    if ansicht not in MIT_ZAHLEN:
        return sql(f"ansichten/{ansicht.name}").rstrip()
    quellen = ",\n".join(_zahlen(TABELLEN[voll], zahlen) for voll, zahlen in ERKLAERT.items())
    return f"with {quellen}\nfrom (\n{sql(f'ansichten/{ansicht.name}').rstrip()}\n)"


def _zahlen(t: Tabelle, zahlen: Sequence[str]) -> str:
    """A mart with a row for every figure: its columns, and tabelle, schluessel, spalte, zahl."""
    namen = ", ".join(f"('{z}')" for z in zahlen)
    faelle = " ".join(f"when '{z}' then t.{z}" for z in zahlen)
    return (
        f"zahl_{t.name} as (\n"
        f"select t.*, '{t.voll}' as tabelle, {schluesseltext(t.schluessel, 't')} as schluessel, c.spalte,\n"
        f"    case c.spalte {faelle} end::double as zahl\n"
        f"from {t.voll} as t cross join (values {namen}) as c (spalte)\n)"
    )
