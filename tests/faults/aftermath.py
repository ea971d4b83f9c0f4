"""What a refresh left in a data folder, and whether that may be: the published file whole, nothing astray, nobody's data outside.

Belongs here: looking and judging. Does not belong here: faults (calls.py), how often they are tried (ratchet.py).
"""

import json
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from pipelines.foundation.checksums import read_checksum
from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.bericht.herkunft import load_id
from pipelines.veroeffentlichung.published_file import check_twins, verify_file

ID = re.compile(r"\d{4}-\d\d-\d\d(\.\d+)?(?=[^\d])|\d\d\.\d\d\.\d{4}")
SECONDS = re.compile(r"in \d+ Sekunden?")  # how long the attack took, as a report says
PERSON = re.compile(rb"\b[PA]0[0-3]\d\d\d\b")  # identifiers of the generated persons and their addresses
STRAY = re.compile(r"(^|/)\.[^/]*\.(neu|weg)$|^intern/(tmp|bau)/.")
# Files that differ from run to run without meaning: their names carry a time or a random part.
ASIDE = ("laufzustand/", "intern/bau/", "intern/tmp/")  # folders nobody reads before what is in them is finished
FILE = "integrationsmonitoring.duckdb"
FLEETING = ("intern/dagster/", "laufzustand/", "intern/.sperre", "intern/meldungen.txt")


@dataclass(frozen=True)
class Outcome:
    """What stands in the public folder: content hashes by table, text of each page, all files by name."""

    hashes: tuple[tuple[str, str], ...]
    corrections: int
    pages: tuple[tuple[str, str], ...]
    files: frozenset[str]
    releases: int
    archived: tuple[str, str]  # the latest release and the checksum of its file in the archive


def _hashes(manifest: Path) -> tuple[tuple[str, str], ...]:
    return _hashes_in(json.loads(manifest.read_text(encoding="utf-8")))


def _hashes_in(manifest: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    tables = manifest["tabellen"]
    return tuple(
        (name, t["inhalt_sha256"] if name.split(".")[0] in ("marts", "dim") else str(t["zeilen"]))
        for name, t in sorted(tables.items())
    )


def _files(data: Path) -> frozenset[str]:
    all_files = (str(p.relative_to(data)) for p in data.rglob("*") if not p.is_dir())
    return frozenset(ID.sub("ID", f) for f in all_files if not f.startswith((*FLEETING, "raw/")))


def look(data: Path) -> Outcome:
    """What stands there now."""
    marts = data / "marts"
    with duckdb.connect(str(marts / "integrationsmonitoring.duckdb"), read_only=True) as con:
        corrections = con.execute("select count(*) from protokoll.revision").fetchall()[0][0]
    pages = tuple((p.name, _text(p)) for p in sorted((marts / "bericht").glob("*.html")))
    release = json.loads((marts / "manifest.json").read_text(encoding="utf-8"))["veroeffentlichung"]
    return Outcome(
        _hashes(marts / "manifest.json"), corrections, pages, _files(data), len(_releases(data)),
        (release, _releases(data).get(release, "")),
    )  # fmt: skip


def _text(page: Path) -> str:
    """A page but for what differs from run to run without meaning."""
    return SECONDS.sub("in n Sekunden", ID.sub("ID", page.read_text(encoding="utf-8")))


def _releases(data: Path) -> dict[str, str]:
    """Every release kept, withdrawn ones too, with the checksum of its file."""
    folders = (f for zone in ("marts", "intern") for f in (data / zone / "archiv").glob("[!.]*") if f.is_dir())
    return {f.name: read_checksum(f / FILE) if (f / FILE).exists() else "" for f in folders}


def right_after(data: Path, old: Outcome | None, new: Outcome) -> list[str]:
    """What is wrong right after a fault: a reader must find the old figures or the new ones, whole, and nobody's data."""
    wrong = [f"Personendaten in {p}" for p in _with_persons(data)]
    file = data / "marts" / "integrationsmonitoring.duckdb"
    if not file.exists():
        return wrong if old is None else [*wrong, "die veröffentlichte Datei ist weg"]
    known = [o.hashes for o in (old, new) if o is not None]
    # Opened as a copy: a later fault must not meet what this look left.
    aside = data.parent / "gelesen.duckdb"
    shutil.copyfile(file, aside)
    try:
        hashes = _hashes_of_file(data, aside)
    except (duckdb.Error, RuntimeError) as reason:
        return [*wrong, f"die veröffentlichte Datei ist nicht heil: {reason}"]
    finally:
        aside.unlink()
    if hashes not in known:
        return [*wrong, "die veröffentlichte Datei ist weder die alte noch die neue"]
    return [*wrong, *_out_of_order(data, hashes == new.hashes, old, new)]


def _out_of_order(data: Path, is_new: bool, old: Outcome | None, new: Outcome) -> list[str]:
    """Twins become new before the file, the file before the manifest: whoever goes by one of them finds the others."""
    file = data / "marts" / "manifest.json"
    known = [o.hashes for o in (old, new) if o is not None]
    wrong = []
    if file.exists():
        named = _hashes(file)
        if named not in known:
            wrong.append("vermischt: das Manifest ist weder das alte noch das neue")
        elif named == new.hashes and not is_new:
            wrong.append("vermischt: das Manifest ist neu, die Datei noch alt")
    if is_new:
        manifest = _manifest_of(data, data / "marts" / FILE)
        try:
            check_twins(data / "marts" / "parquet", manifest)
        except (duckdb.Error, RuntimeError) as reason:
            wrong.append(f"vermischt: die Datei ist neu, ein Zwilling nicht: {reason}")
    return wrong


def _manifest_of(data: Path, file: Path) -> dict[str, Any]:
    """The manifest of the release whose file this is, from the archive."""
    with duckdb.connect(str(file), read_only=True) as con:
        release = load_id(con)
    for place in (data / "marts", data / "intern"):
        manifest = place / "archiv" / release / "manifest.json"
        if manifest.exists():
            return dict(json.loads(manifest.read_text(encoding="utf-8")))
    raise RuntimeError(f"release {release} is in no archive")


def _hashes_of_file(data: Path, file: Path) -> tuple[tuple[str, str], ...]:
    """The hashes of the release whose file this is; checks that its content is what that release's manifest says."""
    manifest = _manifest_of(data, file)
    verify_file(file, manifest)
    return _hashes_in(manifest)


def is_whole(data: Path) -> list[str]:
    """What is wrong with the published file, whichever release it is of: it must be one of the archive."""
    try:
        _hashes_of_file(data, data / "marts" / FILE)
    except (duckdb.Error, RuntimeError) as reason:
        return [f"die veröffentlichte Datei ist nicht heil: {reason}"]
    return []


def written_in_place(trace: Iterable[str]) -> list[str]:
    """Calls that write a file under its own name: who reads meanwhile, or after a full disk, finds half of it."""
    return [
        f"an ihrer Stelle geschrieben: {call}"
        for call in trace
        if call.startswith(("open ", "copyfile ")) and "/." not in call and not call.split(" ", 1)[1].startswith(ASIDE)
    ]


def after_healing(data: Path, new: Outcome, old: Outcome | None = None) -> list[str]:
    """What is wrong after the next plain refresh: everything must be as if nothing had happened."""
    wrong = [f"Personendaten in {p}" for p in _with_persons(data)]
    wrong += [f"liegen geblieben: {f}" for f in sorted(_files(data)) if STRAY.search(f)]
    ablage = Ablage(data)
    try:
        manifest = json.loads((ablage.marts / "manifest.json").read_text(encoding="utf-8"))
        verify_file(ablage.publikation, manifest)
        check_twins(ablage.marts / "parquet", manifest)
        now = look(data)
    except (OSError, ValueError, duckdb.Error, RuntimeError) as reason:
        return [*wrong, f"die Veröffentlichung ist nicht heil: {reason}"]
    wrong += [f"andere Zahlen in {n}" for (n, h), (_, g) in zip(now.hashes, new.hashes, strict=True) if h != g]
    if now.corrections != new.corrections:
        wrong.append(f"{now.corrections} Korrekturen statt {new.corrections}")
    if now.releases != new.releases:
        wrong.append(f"{now.releases} Veröffentlichungen im Archiv statt {new.releases}")
    if old is not None and _releases(data).get(old.archived[0]) != old.archived[1]:
        wrong.append(f"die frühere Veröffentlichung {old.archived[0]} ist nicht mehr, wie sie war")
    wrong += [f"anderer Bericht {n}" for (n, t), (m, u) in zip(now.pages, new.pages, strict=False) if (n, t) != (m, u)]
    wrong += [f"fehlt: {f}" for f in sorted(new.files - now.files)]
    wrong += [f"überzählig: {f}" for f in sorted(now.files - new.files)]
    wrong += [f"nicht lesbar: {p}" for p in _broken_tables(data)]
    return wrong


def _broken_tables(data: Path) -> list[str]:
    broken = []
    for file in sorted((data / "intern").rglob("*.parquet")):
        try:
            pq.read_metadata(file)
        except (OSError, ValueError) as reason:
            broken.append(f"{file.relative_to(data)} ({reason})")
    return broken


def _with_persons(data: Path) -> list[str]:
    """Files outside the secure zone (and the register's own folder) that name a person."""
    outside = (p for p in data.rglob("*") if p.is_file() and not p.is_symlink())
    return [
        str(p.relative_to(data))
        for p in outside
        if not p.is_relative_to(data / "intern")
        and not p.is_relative_to(data / "raw")
        and PERSON.search(p.read_bytes())
    ]
