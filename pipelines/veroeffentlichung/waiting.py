"""Corrections that wait for the next Stichtag, where a municipality wants it so (`schutz.korrekturen: warten`).

Belongs here: whose correction waits, remembering it, what is said of it. Does not belong here: which figures of two files tell of
each other (register_figures.py), the rows shown meanwhile (carry_over.py). Old figures beside new ones tell who moved; the new
ones are published with a newer Stichtag, and then the earlier release leaves the archive like any other (withdraw.py).
"""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb

from pipelines.foundation.findings import Schwere
from pipelines.foundation.messages import Meldung, read_state
from pipelines.foundation.storage import Ablage, execute, pfadliste, sql, sqltext
from pipelines.veroeffentlichung.register_figures import verratene_stichtage

THEMA = "korrektur_wartet"
MERKZETTEL = "korrekturen.json"

Wartende = dict[str, list[str]]  # municipality → corrected Stichtage


def wartende(ablage: Ablage, datei: Path) -> Wartende:
    """Whose figures in the file about to be published correct a published Stichtag and must wait for a newer one."""
    wer = _waiting_kommunen(ablage)
    if not wer or not ablage.publikation.exists():
        return {}
    return {k: tage for k, tage in berichtigte(ablage.publikation, datei).items() if k in wer}


def _waiting_kommunen(ablage: Ablage) -> set[str]:
    dateien = ablage.quelle("stamm", "umfang")
    if not dateien:
        return set()
    with duckdb.connect() as con:
        quelle = f"read_parquet({pfadliste(dateien)})"
        return {k for (k,) in con.execute(f"select kommune from {quelle} where korrekturen = 'warten'").fetchall()}


def berichtigte(alt: Path, neu: Path) -> Wartende:
    """Municipality → Stichtage whose published figures a new extract changes, of those without a newer Stichtag in `neu`.

    Other rules or definitions over the same extract are no correction: stronger protection never waits.
    """
    verraten = set(verratene_stichtage(alt, neu))
    if not verraten:
        return {}
    with duckdb.connect() as con:
        for name, datei in (("alt", alt), ("neu", neu)):
            con.execute(f"attach {sqltext(datei)} as {name} (read_only)")
        auszuege = execute(con, sql("queries/veroeffentlichung/berichtigt"))
    je: Wartende = {}
    for kommune, tag in auszuege:
        if (kommune, tag) in verraten:
            je.setdefault(kommune, []).append(tag)
    return je


def remember_waiting(ablage: Ablage, stand: Mapping[str, list[str]]) -> None:
    """Remember whose corrections wait now; nobody's, if empty."""
    with ablage.neu(ablage.intern / "stand" / MERKZETTEL) as neu:
        neu.write_text(json.dumps(stand, ensure_ascii=False), encoding="utf-8")


def wartemeldungen(ablage: Ablage) -> list[Meldung]:
    """One hint for each municipality whose correction waits, at every refresh until it is published."""
    stand: Wartende = read_state(ablage.intern / "stand" / MERKZETTEL, {})
    return [Meldung(Schwere.hinweis, k, "veroeffentlichung", THEMA, _satz(tage)) for k, tage in sorted(stand.items())]


def wartesatz(ablage: Ablage, kommune: str) -> str:
    """What a report says of its figures if a correction of them waits; empty if none does."""
    tage = read_state(ablage.intern / "stand" / MERKZETTEL, {}).get(kommune, [])
    if not tage:
        return ""
    welche = f"{'die Stichtage' if len(tage) > 1 else 'den Stichtag'} {' und '.join(_tag(t) for t in tage)}"
    return (
        f"Für {welche} liegt eine Berichtigung vor. Sie erscheint mit den Zahlen des nächsten Stichtags, weil alte und neue "
        "Zahlen nebeneinander einzelne Personen verraten könnten; bis dahin gelten die Zahlen dieses Berichts."
    )


def _tag(stichtag: str) -> str:
    return f"{date.fromisoformat(stichtag):%d.%m.%Y}"


def _satz(tage: list[str]) -> str:
    mehrere = "der Stichtage" if len(tage) > 1 else "des Stichtags"
    return (
        f"Die Berichtigung {mehrere} {', '.join(tage)} wartet auf den nächsten Stichtag (schutz.korrekturen: warten): Alte und "
        "neue Zahlen nebeneinander verrieten einzelne Personen. Bis dahin behält die Kommune alle ihre zuletzt veröffentlichten "
        "Zahlen; mit einem neueren Stichtag erscheint alles von selbst. Wer nicht warten will: schutz.korrekturen: sofort."
    )
