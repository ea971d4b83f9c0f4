"""A file that is a public table with a ready source: known by its header, and by the cells above it.

Belongs here: which ready source reads a file, as an entry that names it. Does not belong here: drafts for tables nobody knows
(propose.py), what a ready source may say (stamm/quellen/fertig.py).
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from pipelines.eingang.grid.workbook import Mappe, read_workbook
from pipelines.eingang.layout_proposal.propose import Vorschlag, propose
from pipelines.eingang.tabelle.header_paths import HeaderPaths
from pipelines.eingang.tabelle.sheet_choice import choose_blatt
from pipelines.eingang.tabelle.structure import Kopfvergleich, changes, difference, zelle
from pipelines.foundation.findings import KonfigurationsFehler, LieferungAbgewiesen
from pipelines.stamm.quellen.fertig import FertigeQuelle, dateien_der_quellen, load_quelle

# So many of its headers must be there for a table whose header changed to be known; proposal of this project.
GENUG = 0.75
GENUG_MIT_ZELLEN = 0.5  # its number or name stands above it, too


def recognise(pfad: Path, tmp: Path, roh: Path) -> Vorschlag | None:
    """An entry that names the ready source of a table; None if none fits. Raises: LieferungAbgewiesen if it is no table."""
    mappe = read_workbook(pfad, tmp)
    passend = [(v.anteil, -len(v.spalten), name, q, v) for name, q, v in _known(mappe, roh)]
    if not passend:
        return None
    _, _, name, quelle, v = max(passend, key=lambda p: p[:2])
    eintrag: dict[str, Any] = {"vorlage": name}
    layout = quelle.model_copy(update={"vorlage": name})
    if quelle.fits(pfad.name) is None:
        eintrag["datei"] = pfad.name
        layout = layout.model_copy(update={"datei": pfad.name})
    zeilen = [
        f"# Erkannt: die fertige Quelle {name} (referenz/quellen/{name}.yaml): {quelle.titel}.",
        f"# Lizenz: {quelle.lizenz}. Was hier zusätzlich steht, gilt statt der Angabe dort (docs/layouts.md).",
    ]
    if quelle.verlangt:
        blatt = choose_blatt(mappe, quelle)
        eintrag["zellen"] = {adresse: zelle(blatt, adresse) for adresse in quelle.verlangt}
        zeilen += [f"# Bitte prüfen: {adresse} ist {was}." for adresse, was in quelle.verlangt.items()]
    geaendert = [f"die Quelle hat ihren Aufbau geändert: {changes(v)}"] if v.spalten else []
    zeilen += [f"# UNSICHER: {satz}" for satz in geaendert]
    text = "".join(f"{_einzeilig(z)}\n" for z in zeilen) + yaml.safe_dump(eintrag, allow_unicode=True, sort_keys=False)
    gebiete = [] if quelle.art == "indikatoren" else _gebiete(pfad, tmp)
    if quelle.fremde_gebiete == "ausserhalb":
        return Vorschlag(layout, text, [], geaendert, quelle.art, tuple(gebiete))
    return Vorschlag(layout, text, gebiete, geaendert, quelle.art)


def _known(mappe: Mappe, roh: Path) -> Iterator[tuple[str, FertigeQuelle, Kopfvergleich]]:
    for name, datei in dateien_der_quellen(roh).items():
        # A broken source is told by the check of the reference lists, a sheet that is not there means another table.
        with suppress(KonfigurationsFehler, LieferungAbgewiesen):
            quelle = load_quelle(datei)
            blatt = choose_blatt(mappe, quelle)
            v = difference(quelle.aufbau, blatt, HeaderPaths(blatt, quelle).voll)
            if not v.zellen and v.anteil >= (GENUG_MIT_ZELLEN if quelle.aufbau.zellen else GENUG):
                yield name, quelle, v


def _gebiete(pfad: Path, tmp: Path) -> list[tuple[str, str]]:
    """The areas that a table names."""
    try:
        return propose(pfad, tmp).gebiete
    except (KonfigurationsFehler, LieferungAbgewiesen):
        return []  # the areas are then the example's, as without a file


def _einzeilig(text: str) -> str:
    return "".join(z if z.isprintable() else " " for z in text)
