"""Rows of a municipality that is held back: those of the last publication, in place of what was built.

Belongs here: which rows of which table are taken over. Does not belong here: who is held back (gate.py). Rows taken over keep
the release they were first published in (`veroeffentlichung`); a column the last publication did not have stays empty.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import duckdb

from pipelines.foundation.messages import read_state
from pipelines.foundation.storage import Ablage, pfadliste, sqltext
from pipelines.veroeffentlichung.manifest import MANIFEST
from pipelines.veroeffentlichung.register_figures import REGISTER, registerzeile
from pipelines.veroeffentlichung.withdraw import is_protected
from schemas.model import Tabelle
from schemas.register import FOLGT_AUS_VEROEFFENTLICHTEM, REGISTERTABELLEN

# Lists all municipalities share: an entry that went stays as long as figures taken over may name it.
GETEILT = ("dim.profil", "dim.indikator", "dim.staat", "dim.bruch")
# What is said of a delivery or a check now, beside what was said then.
NEUES_GILT, ALTES_GILT = ("protokoll.pruefung",), ("protokoll.lieferung",)
REVISION = "protokoll.revision"


@dataclass(frozen=True)
class Uebernahme:
    """Who is held back, the release being built, and what columns the last publication (attached as `alt`) has."""

    gehalten: tuple[str, ...] = ()
    kennung: str = ""
    spalten: dict[str, set[str]] = field(default_factory=dict)
    geschuetzt: bool = True  # whether the last publication was built under today's protection

    def luecken(self, t: Tabelle) -> set[str]:
        """Columns that rows taken over may leave empty although the vocabulary asks for them."""
        return set(t.namen) - self.spalten[t.voll] if self.gehalten and t.voll in self.spalten else set()


def prepare(con: duckdb.DuckDBPyConnection, ablage: Ablage, gehalten: Collection[str], kennung: str) -> Uebernahme:
    """Attach the last publication, if anything is to be taken over from it."""
    spalten: dict[str, set[str]] = {}
    if gehalten and ablage.publikation.exists():
        con.execute(f"attach {sqltext(ablage.publikation)} as alt (read_only)")
        for tabelle, spalte in con.execute(
            "select schema_name || '.' || table_name, column_name from duckdb_columns() where database_name = 'alt'"
        ).fetchall():
            spalten.setdefault(tabelle, set()).add(spalte)
    return Uebernahme(tuple(sorted(gehalten)), kennung, spalten, is_protected(_manifest(ablage)))


def _manifest(ablage: Ablage) -> dict[str, Any] | None:
    manifest: dict[str, Any] | None = read_state(ablage.marts / "manifest.json", None, MANIFEST)
    return manifest


def relation(ablage: Ablage, tabelle: Tabelle, uebernahme: Uebernahme) -> str:
    """Query of the rows of a table to be published: as built, but of those held back as published last."""
    namen = ", ".join(tabelle.namen)
    gebaut = f"select {namen} from read_parquet({pfadliste([ablage.tabelle(tabelle.schema, tabelle.name)])})"
    if not uebernahme.gehalten:
        return gebaut
    wer = f"kommune in ({', '.join(sqltext(k) for k in uebernahme.gehalten)})"
    if tabelle.voll == REVISION:  # corrections of this release that are not published with it
        return f"{gebaut} where not ({wer} and veroeffentlichung = {sqltext(uebernahme.kennung)})"
    alt = (
        f"select {_alte_spalten(tabelle, uebernahme)} from alt.{tabelle.voll}"
        if tabelle.voll in uebernahme.spalten
        else None
    )
    gleich = " and ".join(f"a.{s} is not distinct from n.{s}" for s in tabelle.schluessel)
    if "kommune" not in tabelle.namen:
        if alt is None or tabelle.voll not in GETEILT:
            return gebaut
        return f"{gebaut} union all select {namen} from ({alt}) as a anti join ({gebaut}) as n on {gleich}"
    andere = f"{gebaut} where not ({wer})"
    eigene = f"{gebaut} where {wer}"
    if alt is None:
        return gebaut if tabelle.voll in (*NEUES_GILT, *ALTES_GILT) else andere
    alte = f"{alt} as a where {wer}"
    if tabelle.voll in (*REGISTERTABELLEN, *FOLGT_AUS_VEROEFFENTLICHTEM) and not uebernahme.geschuetzt:
        # Figures of the register that were never protected together would be the key to those that are.
        alte += f" and not {registerzeile(tabelle, 'a', uebernahme.spalten[tabelle.voll])}"
    if tabelle.voll in NEUES_GILT:
        return f"{gebaut} union all select {namen} from ({alte}) as a anti join ({eigene}) as n on {gleich}"
    if tabelle.voll in ALTES_GILT:
        # How many persons a new extract has would say by how many the figures differ that are held back.
        zahlen = [s for s in tabelle.namen if s.startswith("zeilen_")]
        neue = ", ".join(
            f"case when a.quelle <> {sqltext(REGISTER)} then a.{s} end as {s}" if s in zahlen else f"a.{s}"
            for s in tabelle.namen
        )
        return f"{andere} union all {alte} union all select {neue} from ({eigene}) as a anti join ({alte}) as n on {gleich}"
    return f"{andere} union all {alte}"


def _alte_spalten(t: Tabelle, u: Uebernahme) -> str:
    bekannt = u.spalten[t.voll]
    return ", ".join(f"{_alter_wert(s.name) if s.name in bekannt else 'null'}::{s.typ} as {s.name}" for s in t.spalten)


def _alter_wert(spalte: str) -> str:
    """A column of the last publication; codes that told small figures from those hidden with them become the one there is."""
    if spalte == "status":
        return "regexp_replace(status, '^geheim_(primaer|sekundaer)$', 'geheim')"
    if spalte == "hinweise":
        # The order of others stays: the same figures are no new release.
        neu = "list_distinct(list_transform(hinweise, lambda h: regexp_replace(h, '^geheim_(primaer|sekundaer)', 'geheim')))"
        return f"case when contains(hinweise::varchar, 'geheim_') then {neu} else hinweise end"
    return spalte
