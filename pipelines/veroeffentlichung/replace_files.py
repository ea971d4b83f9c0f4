"""Files that appear whole or not at all: a finished release into the archive, and from there into marts/.

Belongs here: flushing, moving, replacing. Does not belong here: when that is done (release.py), what is in a release
(published_file.py).
"""

import errno
import filecmp
import os
import shutil
from pathlib import Path

from pipelines.foundation.storage import Ablage, fsync


def replace(quelle: Path, ziel: Path) -> None:
    """Copy beside the target, flush, rename over it, flush the folder."""
    ziel.parent.mkdir(parents=True, exist_ok=True)
    beiseite = ziel.with_name(f".{ziel.name}.neu")
    shutil.copyfile(quelle, beiseite)
    fsync(beiseite)
    os.replace(beiseite, ziel)
    fsync(ziel.parent)


def make_room(ablage: Ablage, ziel: Path) -> None:
    """Let a file be put there: its folder is made, what is none or bears the file's name as a folder is put aside."""
    ablage.ordner(ziel.parent)
    if ziel.is_dir():
        ablage.put_aside(ziel)


def open_release(bau: Path, ziel: Path) -> None:
    """Move a finished release from the secure zone into the archive, whole, where everybody may read it."""
    maske = os.umask(0)
    os.umask(maske)
    for ordner in (bau, *(o for o in bau.rglob("*") if o.is_dir())):
        ordner.chmod(0o777 & ~maske)
    try:
        os.replace(bau, ziel)
    except OSError as fehler:
        if fehler.errno != errno.EXDEV:
            raise
        # Another file system: copied beside, then renamed.
        halb = ziel.with_name(f".{ziel.name}.neu")
        shutil.rmtree(halb, ignore_errors=True)
        shutil.copytree(bau, halb)
        for teil in [*halb.rglob("*"), halb]:
            fsync(teil)
        os.replace(halb, ziel)
    fsync(ziel.parent)


def provide(fertig: Path, ablage: Ablage) -> None:
    """Make twins, file and manifest in marts/ those of a release, the manifest last; what agrees is left alone.

    Also after a release that is not new: a process killed in between may have left some of another one. Twins of tables that
    the release does not have go: they are of another release.
    """
    if not fertig.is_dir():
        return  # not in the archive (any more): what lies in marts/ stays
    teile = [d.relative_to(fertig) for d in sorted((fertig / "parquet").rglob("*.parquet"))]
    for fremd in set((ablage.marts / "parquet").rglob("*.parquet")) - {ablage.marts / t for t in teile}:
        fremd.unlink()
    for teil in (*teile, Path(ablage.publikation.name), Path("manifest.json")):
        ziel = ablage.marts / teil
        if not (ziel.is_file() and filecmp.cmp(fertig / teil, ziel, shallow=False)):
            make_room(ablage, ziel)
            replace(fertig / teil, ziel)
