"""`monitoring check --bis-zum-tor`: what a refresh with one file would publish, built aside and thrown away.

Belongs here: the copy of a municipality's state in the secure zone, the build over it, what the gate says. Does not belong here:
checking the file itself (refresh/check_file.py), and the build (refresh/run.py), which is that of a refresh.
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
from pipelines.foundation.storage import Ablage, close_instances
from pipelines.orchestration.keys import K_BERICHT
from pipelines.refresh.news import neuigkeiten
from pipelines.refresh.outcome import Auftrag
from pipelines.refresh.run import JOBS, Laeufer, build_marts, register_partitions

LIEFERORDNER = frozenset(JOBS)


@dataclass(frozen=True)
class Probe:
    """What a build with the file came to: whether its municipality would be published, and what there is to say."""

    veroeffentlicht: bool
    meldungen: tuple[Meldung, ...]


def build_trial(ablage: Ablage, lieferungen: list[Lieferung], build: Callable[[Ablage], dg.Definitions]) -> Probe:
    """Read the deliveries of one file and build everything of their municipality in a copy, up to publication.
    `build` gives the definitions over a data folder.

    Nothing of the data folder changes. Raises: KonfigurationsFehler if the file's name is not one its source reads.
    """
    erste = lieferungen[0]
    with ablage.sperre(), _kopie(ablage, erste.kommune) as probe:
        _put(erste.pfad, probe.roh / erste.kommune / erste.art / erste.pfad.name)
        auftrag = Auftrag()
        with dg.DagsterInstance.ephemeral() as instanz:
            neu = neuigkeiten(probe, (erste.kommune,))
            partitionen = sorted({li.partition for li in neu.alle if li.quelle in {x.quelle for x in lieferungen}})
            if not partitionen:
                raise KonfigurationsFehler(
                    f"Unter dem Namen »{erste.pfad.name}« liest keine Aktualisierung diese Datei. Für --bis-zum-tor bitte so "
                    "benennen, wie datei im Layout es sagt."
                )
            register_partitions(instanz, neu)
            lauf = Laeufer(build(probe), instanz, auftrag, {})
            for partition in partitionen:
                lauf(JOBS[erste.art], partition)
            build_marts(probe, lauf, ohne=(K_BERICHT,))
    eigene = tuple(m for m in auftrag.befunde if m.kommune in (erste.kommune, ALLE))
    gehalten = erste.kommune in auftrag.gehalten or any(m.schwere is Schwere.fehler for m in eigene)
    return Probe(auftrag.veroeffentlicht and not gehalten, eigene)


@contextmanager
def _kopie(ablage: Ablage, kommune: str) -> Iterator[Ablage]:
    """Configuration, stored deliveries, counts and last publication of one municipality in a folder of the secure zone."""
    ordner = Path(tempfile.mkdtemp(prefix="probe_", dir=ablage.create_folders().tmp))  # mode 0700
    try:
        probe = Ablage(ordner).create_folders()
        _copy(ablage.referenz, probe.referenz)
        _copy(ablage.roh / kommune, probe.roh / kommune, ohne=LIEFERORDNER)
        for name in ("referenz", "stand"):
            _copy(ablage.intern / name, probe.intern / name)
        for bestand in ("eingang", "bevoelkerung"):
            for datei in (ablage.intern / bestand).glob("*/*.parquet"):
                if datei.name.startswith((f"{kommune}_", f"{kommune}-")):
                    _put(datei, probe.intern / bestand / datei.parent.name / datei.name)
        _put(ablage.intern / "schluessel", probe.intern / "schluessel")
        _copy(ablage.marts, probe.marts, ohne=frozenset({"bericht"}))
        yield probe
    finally:
        close_instances()
        shutil.rmtree(ordner, ignore_errors=True)


def _copy(quelle: Path, ziel: Path, ohne: frozenset[str] = frozenset()) -> None:
    if not quelle.is_dir():
        return
    for eintrag in quelle.iterdir():
        if eintrag.name in ohne:
            continue
        if eintrag.is_dir():
            _copy(eintrag, ziel / eintrag.name)
        elif eintrag.is_file():
            _put(eintrag, ziel / eintrag.name)


def _put(quelle: Path, ziel: Path) -> None:
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
