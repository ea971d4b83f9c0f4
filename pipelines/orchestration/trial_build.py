"""`monitoring check --bis-zum-tor`: what a refresh with one file would publish, built aside and thrown away.

Belongs here: the copy of a municipality's state in the secure zone, the build over it, what the gate says. Does not belong here:
checking the file itself (einzelpruefung.py), and the build (aktualisieren.py), which is that of a refresh.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import dagster as dg

from pipelines.eingang.lieferung.record import Lieferung
from pipelines.foundation.findings import KonfigurationsFehler, Schwere
from pipelines.foundation.messages import ALLE, Meldung
from pipelines.foundation.storage import Ablage, schliesse_instanzen
from pipelines.orchestration.keys import K_BERICHT
from pipelines.refresh.news import neuigkeiten
from pipelines.refresh.outcome import Auftrag
from pipelines.refresh.run import JOBS, Laeufer, baue_marts, melde_partitionen_an

LIEFERORDNER = frozenset(JOBS)


@dataclass(frozen=True)
class Probe:
    """What a build with the file came to: whether its municipality would be published, and what there is to say."""

    veroeffentlicht: bool
    meldungen: tuple[Meldung, ...]


def baue_zur_probe(ablage: Ablage, lieferungen: list[Lieferung], baue: Callable[[Ablage], dg.Definitions]) -> Probe:
    """Read the deliveries of one file and build everything of their municipality in a copy, up to publication.
    `baue` gives the definitions over a data folder.

    Nothing of the data folder changes. Raises: KonfigurationsFehler if the file's name is not one its source reads.
    """
    erste = lieferungen[0]
    with ablage.sperre(), _kopie(ablage, erste.kommune) as probe:
        _lege(erste.pfad, probe.roh / erste.kommune / erste.art / erste.pfad.name)
        auftrag = Auftrag()
        with dg.DagsterInstance.ephemeral() as instanz:
            neu = neuigkeiten(probe, (erste.kommune,))
            partitionen = sorted({li.partition for li in neu.alle if li.quelle in {x.quelle for x in lieferungen}})
            if not partitionen:
                raise KonfigurationsFehler(
                    f"Unter dem Namen »{erste.pfad.name}« liest keine Aktualisierung diese Datei. Für --bis-zum-tor bitte so "
                    "benennen, wie datei im Layout es sagt."
                )
            melde_partitionen_an(instanz, neu)
            lauf = Laeufer(baue(probe), instanz, auftrag, {})
            for partition in partitionen:
                lauf(JOBS[erste.art], partition)
            baue_marts(probe, lauf, ohne=(K_BERICHT,))
    eigene = tuple(m for m in auftrag.befunde if m.kommune in (erste.kommune, ALLE))
    gehalten = erste.kommune in auftrag.gehalten or any(m.schwere is Schwere.fehler for m in eigene)
    return Probe(auftrag.veroeffentlicht and not gehalten, eigene)


@contextmanager
def _kopie(ablage: Ablage, kommune: str) -> Iterator[Ablage]:
    """Configuration, stored deliveries, counts and last publication of one municipality in a folder of the secure zone."""
    ordner = Path(tempfile.mkdtemp(prefix="probe_", dir=ablage.anlegen().tmp))  # mode 0700
    try:
        probe = Ablage(ordner).anlegen()
        _kopiere(ablage.referenz, probe.referenz)
        _kopiere(ablage.roh / kommune, probe.roh / kommune, ohne=LIEFERORDNER)
        for name in ("referenz", "stand"):
            _kopiere(ablage.intern / name, probe.intern / name)
        for bestand in ("eingang", "bevoelkerung"):
            for datei in (ablage.intern / bestand).glob("*/*.parquet"):
                if datei.name.startswith((f"{kommune}_", f"{kommune}-")):
                    _lege(datei, probe.intern / bestand / datei.parent.name / datei.name)
        _lege(ablage.intern / "schluessel", probe.intern / "schluessel")
        _kopiere(ablage.marts, probe.marts, ohne=frozenset({"bericht"}))
        yield probe
    finally:
        schliesse_instanzen()
        shutil.rmtree(ordner, ignore_errors=True)


def _kopiere(quelle: Path, ziel: Path, ohne: frozenset[str] = frozenset()) -> None:
    if not quelle.is_dir():
        return
    for eintrag in quelle.iterdir():
        if eintrag.name in ohne:
            continue
        if eintrag.is_dir():
            _kopiere(eintrag, ziel / eintrag.name)
        elif eintrag.is_file():
            _lege(eintrag, ziel / eintrag.name)


def _lege(quelle: Path, ziel: Path) -> None:
    """A file at its place in the copy. Large tables are linked: they are only ever replaced, never written in place."""
    if not quelle.is_file():
        return
    ziel.parent.mkdir(parents=True, exist_ok=True)
    if quelle.suffix in (".parquet", ".duckdb"):
        try:
            os.link(quelle, ziel)
        except OSError:  # another file system, or one without links
            shutil.copy2(quelle, ziel)
        return
    shutil.copy2(quelle, ziel)
