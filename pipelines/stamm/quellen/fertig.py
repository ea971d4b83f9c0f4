"""Ready sources: layouts of public tables in referenz/quellen that kommune.yaml only names (`vorlage: nrw_12521_03i`).

Belongs here: what such a file may say, and an entry that names one → the entry as if it stood there in full. Does not belong
here: what a layout may say (layout.py), which file stands in for a broken one (stamm/referenz.py), knowing a table by its
header (eingang/layout_proposal/known_table.py).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from pipelines.foundation.config_files import listed
from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.yaml_file import aehnlich, check, kurzpfad, ort, read_yaml, remembered
from pipelines.foundation.yaml_messages import Pfad
from pipelines.stamm.quellen.aufbau import Aufbau
from pipelines.stamm.quellen.layout import Layout
from pipelines.stamm.referenz import gueltig

ORDNER = "quellen"
ARTEN = ("tabellen", "indikatoren")
# What an entry adds to; everything else it says takes the place of what the ready source says.
ERGAENZT = ("woerter", "merkmale", "zeichen", "pruefungen")


class FertigeQuelle(Layout):
    """A layout of a public table, with where it is found and how it is known."""

    nummer: str = Field(min_length=1, description="Nummer oder amtlicher Name der Tabelle")
    inhalt: str = Field(min_length=1, description="was darin steht, in einem Satz")
    fundort: str = Field(min_length=1, description="wo und wie man sie bekommt")
    art: Literal["tabellen", "indikatoren"]
    adresse: str = Field(pattern=r"^https?://\S+$")
    aufbau: Aufbau
    # Cells that say of whom the file is, where that was chosen when it was saved: what an entry has to say of each.
    verlangt: dict[str, str] = Field(default_factory=dict)


EIGENES = ("nummer", "inhalt", "fundort", "art", "verlangt")  # says a ready source and no entry of kommune.yaml


@remembered
def load_quelle(datei: Path) -> FertigeQuelle:
    """Read one ready source. Raises: KonfigurationsFehler with file, line, key and reason."""
    inhalt, zeilen = read_yaml(datei)
    return check(datei, inhalt, zeilen, FertigeQuelle)


def dateien_der_quellen(roh: Path) -> dict[str, Path]:
    """The file to read for each ready source, by name; `roh` is the folder raw/ of the data folder."""
    namen = sorted(p.stem for p in listed(roh / "referenz" / ORDNER, "*.yaml"))
    return {n: gueltig(roh, f"{ORDNER}/{n}.yaml") for n in namen}


def load_layout(datei: Path, roh: Path) -> Layout:
    """A layout in a file of its own, which may name a ready source. Raises: KonfigurationsFehler."""
    inhalt, zeilen = read_yaml(datei)
    return check(datei, _fill(datei, inhalt, zeilen, (), roh), zeilen, Layout)


def fill_in(datei: Path, inhalt: Any, zeilen: dict[Pfad, int], roh: Path) -> Any:
    """Content of kommune.yaml with every ready source that it names in place. Raises: KonfigurationsFehler."""
    for art, nummer, eintrag in list(_entries(inhalt)):
        inhalt["quellen"][art][nummer] = _fill(datei, eintrag, zeilen, ("quellen", art, nummer), roh)
    return inhalt


def genannte(kommune_yaml: Path) -> list[str]:
    """The ready sources that a kommune.yaml names; none if it cannot be read (its reader tells)."""
    try:
        inhalt, _ = read_yaml(kommune_yaml)
    except KonfigurationsFehler:
        return []
    return sorted({e["vorlage"] for _, _, e in _entries(inhalt) if isinstance(e.get("vorlage"), str)})


def _entries(inhalt: Any) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """(kind, position, entry) of all tables in kommune.yaml, as far as it has the form of one."""
    quellen = inhalt.get("quellen") if isinstance(inhalt, dict) else None
    for art in ARTEN:
        liste = quellen.get(art) if isinstance(quellen, dict) else None
        for nummer, eintrag in enumerate(liste if isinstance(liste, list) else ()):
            if isinstance(eintrag, dict):
                yield art, nummer, eintrag


def _fill(datei: Path, eintrag: Any, zeilen: dict[Pfad, int], pfad: Pfad, roh: Path) -> Any:
    if not isinstance(eintrag, dict) or "vorlage" not in eintrag:
        return eintrag
    vorlage = _vorlage(datei, eintrag["vorlage"], zeilen, (*pfad, "vorlage"), roh)
    eigenes = dict(eintrag)
    if "gebiete" in eigenes:
        gebiete = eigenes.pop("gebiete")
        if not isinstance(gebiete, dict):
            raise KonfigurationsFehler(
                f"{ort(datei, zeilen, (*pfad, 'gebiete'))}: Erwartet wird ein Block {{Schlüssel oder Name in der Tabelle: "
                'Schlüssel in gebiete.csv}, z. B. {"05158": mettmann}.'
            )
        woerter = eigenes.get("woerter", {})
        if isinstance(woerter, dict):  # else its form is told with the rest
            weitere = woerter.get("gebiet")
            eigenes["woerter"] = {**woerter, "gebiet": {**(weitere if isinstance(weitere, dict) else {}), **gebiete}}
    zellen = eigenes.pop("zellen", {})
    if not isinstance(zellen, dict) or not {*vorlage.get("verlangt", {})} <= {*zellen}:
        erwartet = vorlage.get("verlangt") or {"B1": "was dort steht"}
        wo = ort(datei, zeilen, (*pfad, "zellen") if "zellen" in eintrag else pfad)
        raise KonfigurationsFehler(
            f"{wo}: Erwartet wird zellen: {{Adresse: Inhalt}} mit "
            f"{', '.join(f'{z} ({was})' for z, was in erwartet.items())}. Daran wird geprüft, ob die Datei die richtige ist."
        )
    if zellen:
        aufbau = eigenes.get("aufbau", vorlage["aufbau"])
        if isinstance(aufbau, dict):  # else its form is told with the rest
            eigenes["aufbau"] = {**aufbau, "zellen": {**aufbau.get("zellen", {}), **zellen}}
    return _merge({k: w for k, w in vorlage.items() if k not in EIGENES}, eigenes)


def _merge(vorlage: dict[str, Any], eigenes: dict[str, Any]) -> dict[str, Any]:
    """What the entry says over what the ready source says."""
    ergebnis = {**vorlage, **eigenes}
    for name in ERGAENZT:
        unten, oben = vorlage.get(name), eigenes.get(name)
        if isinstance(unten, dict) and isinstance(oben, dict):
            ergebnis[name] = {**unten, **oben}
            if name == "woerter":
                beide = [w for w in unten if isinstance(unten[w], dict) and isinstance(oben.get(w), dict)]
                ergebnis[name] |= {w: {**unten[w], **oben[w]} for w in beide}
    return ergebnis


def _vorlage(datei: Path, name: Any, zeilen: dict[Pfad, int], pfad: Pfad, roh: Path) -> dict[str, Any]:
    """What a ready source says. Raises: KonfigurationsFehler if there is none of that name or it is broken."""
    dateien = dateien_der_quellen(roh)
    if not isinstance(name, str) or name not in dateien:
        nah = aehnlich(str(name), list(dateien))
        vorhanden = ", ".join(dateien) or "keine (der Ordner referenz/quellen gehört zur Auslieferung)"
        raise KonfigurationsFehler(
            f"{ort(datei, zeilen, pfad)}: Die fertige Quelle »{name}« gibt es nicht in referenz/quellen. "
            + (f"Ähnlich: »{nah}«. " if nah else "")
            + f"Vorhanden: {vorhanden}."
        )
    try:
        load_quelle(dateien[name])
    except KonfigurationsFehler:
        raise KonfigurationsFehler(
            f"{ort(datei, zeilen, pfad)}: Die fertige Quelle »{name}« ist fehlerhaft (siehe {kurzpfad(dateien[name])})."
        ) from None
    inhalt, _ = read_yaml(dateien[name])
    return dict(inhalt)
