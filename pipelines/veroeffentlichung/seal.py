"""Whether what lies in marts/ is the release that was published, file by file; what is not is put right from its other copy.

Belongs here: the seal (names, sizes, hashes of every file of the valid release, its reports included), comparing, restoring. Does
not belong here: publishing (release.py), writing reports (bericht). The file, its twins and the manifest lie twice: in marts/ and
in marts/archiv/<veroeffentlichung>/. Reports lie once and are written anew by the build that follows.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from pipelines.foundation.checksums import read_checksum
from pipelines.foundation.findings import Schwere
from pipelines.foundation.messages import ALLE, Meldung, read_state
from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.archive import ARCHIV, find_unlinked, link_file
from pipelines.veroeffentlichung.manifest import MANIFEST
from pipelines.veroeffentlichung.replace_files import make_room, replace
from pipelines.veroeffentlichung.withdraw import BERICHTE, zurueckgezogene

SIEGEL = "veroeffentlicht.json"


@dataclass(frozen=True)
class Siegel:
    """The release sealed, and of each file below marts/ its size, change time and hash."""

    kennung: str
    dateien: dict[str, tuple[int, int, str]]


def _ort(ablage: Ablage) -> Path:
    return ablage.intern / "stand" / SIEGEL


def load_siegel(ablage: Ablage) -> Siegel | None:
    """The seal, or None if nothing was ever sealed or the seal itself is damaged."""
    inhalt = read_state(_ort(ablage), None)
    try:
        return Siegel(
            inhalt["veroeffentlichung"], {d: (int(g), int(z), str(s)) for d, (g, z, s) in inhalt["dateien"].items()}
        )
    except (TypeError, KeyError, ValueError, AttributeError):
        return None


def _teile(ablage: Ablage) -> list[str]:
    """Files of a release by their names below its folder, as they lie in marts/."""
    zwillinge = sorted(str(d.relative_to(ablage.marts)) for d in (ablage.marts / "parquet").rglob("*.parquet"))
    return [*zwillinge, ablage.publikation.name, "manifest.json"]


def seal(ablage: Ablage) -> None:
    """Remember what lies in marts/ now as what was published; unchanged files are not read again."""
    manifest = read_state(ablage.marts / "manifest.json", None, MANIFEST)
    if manifest is None:
        return
    kennung = manifest["veroeffentlichung"]
    frueher = load_siegel(ablage)
    bekannt = frueher.dateien if frueher else {}
    teile = _teile(ablage)
    im_archiv = [f"{ARCHIV}/{kennung}/{t}" for t in teile if (ablage.marts / ARCHIV / kennung / t).exists()]
    berichte = [f"{BERICHTE}/{d.name}" for d in sorted((ablage.marts / BERICHTE).glob("[!.]*")) if d.is_file()]
    dateien: dict[str, tuple[int, int, str]] = {}
    for name in (*teile, *im_archiv, *berichte):
        datei = ablage.marts / name
        stat = datei.stat()
        gleich = name in bekannt and bekannt[name][:2] == (stat.st_size, stat.st_mtime_ns)
        dateien[name] = (stat.st_size, stat.st_mtime_ns, bekannt[name][2] if gleich else read_checksum(datei))
    _write(ablage, Siegel(kennung, dateien))


def _write(ablage: Ablage, siegel: Siegel) -> None:
    with ablage.neu(_ort(ablage)) as neu:
        inhalt = {"veroeffentlichung": siegel.kennung, "dateien": {d: list(w) for d, w in siegel.dateien.items()}}
        neu.write_text(json.dumps(inhalt, ensure_ascii=False), encoding="utf-8")


def _stands(ablage: Ablage, name: str, wert: tuple[int, int, str]) -> bool:
    datei = ablage.marts / name
    try:
        stat = datei.stat()
        return (stat.st_size, stat.st_mtime_ns) == wert[:2] or (
            stat.st_size == wert[0] and read_checksum(datei) == wert[2]
        )
    except OSError:
        return False


def abweichende(ablage: Ablage, siegel: Siegel) -> list[str]:
    """Files below marts/ that are missing or other than sealed. A release withdrawn from the archive is not missed there."""
    ohne_archiv = siegel.kennung in zurueckgezogene(ablage)
    return [
        name
        for name, wert in siegel.dateien.items()
        if not (ohne_archiv and name.startswith(f"{ARCHIV}/")) and not _stands(ablage, name, wert)
    ]


def is_whole(ablage: Ablage) -> bool:
    """Whether everything in marts/ is as it was published and its reports were written; True as well before the first release.

    Asked at the start of every refresh: costs a look at each file's size and time.
    """
    manifest = read_state(ablage.marts / "manifest.json", None, MANIFEST)
    siegel = load_siegel(ablage)
    if siegel is None:
        return manifest is None and not ablage.publikation.exists()
    valid = manifest is not None and manifest.get("veroeffentlichung") == siegel.kennung
    return valid and not abweichende(ablage, siegel) and not find_unlinked(ablage)


def is_whole_but_reports(ablage: Ablage) -> bool:
    """Whether file, twins and manifest are as published, whatever the reports are: then reports just written may be sealed."""
    siegel, manifest = load_siegel(ablage), read_state(ablage.marts / "manifest.json", {})
    return (
        siegel is not None
        and manifest.get("veroeffentlichung") == siegel.kennung
        and all(name.startswith(f"{BERICHTE}/") for name in abweichende(ablage, siegel))
    )


def heal_publication(ablage: Ablage) -> list[Meldung]:
    """Put right what was damaged or deleted in marts/ since it was sealed, each file from its other copy; says what was done.

    Where both copies are gone the rest of the release is put away in the secure zone: the build that follows publishes anew.
    """
    siegel = load_siegel(ablage)
    manifest = read_state(ablage.marts / "manifest.json", None, MANIFEST)
    if siegel is None or (manifest is not None and manifest.get("veroeffentlichung") != siegel.kennung):
        return []  # nothing sealed, or a newer release whose reports are not written yet
    meldungen, verloren = [], False
    for name in abweichende(ablage, siegel):
        anderes = _other_copy(name, siegel.kennung)
        if name.startswith(f"{BERICHTE}/"):
            folge = "Der Bericht wird neu geschrieben."
        elif anderes in siegel.dateien and _stands(ablage, anderes, siegel.dateien[anderes]):
            make_room(ablage, ablage.marts / name)
            replace(ablage.marts / anderes, ablage.marts / name)
            if name == f"{ARCHIV}/{siegel.kennung}/{ablage.publikation.name}":
                link_file(ablage, siegel.kennung)  # its own name is one of the damaged file
            folge = "Sie ist aus ihrem Zwilling wiederhergestellt."
        else:
            verloren = True
            folge = "Auch ihr Zwilling ist nicht heil; die Veröffentlichung entsteht neu aus den Lieferungen."
        text = (
            f"marts/{name}: Die Datei fehlte oder war eine andere als veröffentlicht. {folge} Erwartet: niemand ändert, was in "
            "marts liegt; bitte den Datenträger prüfen."
        )
        meldungen.append(Meldung(Schwere.warnung, ALLE, "marts", "stoerung", text))
    if verloren:
        _put_away(ablage, siegel.kennung)
    return meldungen


def _other_copy(name: str, kennung: str) -> str:
    im_archiv = f"{ARCHIV}/{kennung}/"
    return name.removeprefix(im_archiv) if name.startswith(im_archiv) else f"{im_archiv}{name}"


def _put_away(ablage: Ablage, kennung: str) -> None:
    """Take the valid file, its manifest and its archive out of marts/; readers find the next release there."""
    for name in (ablage.publikation.name, "manifest.json", f"{ARCHIV}/{kennung}", f"{ARCHIV}/{kennung}.duckdb"):
        if (ablage.marts / name).exists():
            ablage.put_aside(ablage.marts / name)
    _write(ablage, Siegel("", {}))  # stands for nothing: the next build publishes
