"""Where everything lies, and how a table is written and read: the one storage object that assets hand each other.

Belongs here: paths below the data folder, atomic writing, the DuckDB connection of the secure zone, the lock.
Does not belong here: what is in the tables. Long because every way to a file of ours begins here.
"""

import atexit
import itertools
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from filelock import FileLock, Timeout

from pipelines.foundation.findings import KonfigurationsFehler

WURZEL = Path(__file__).resolve().parents[2]
SQL = WURZEL / "sql"

# The zones by the first part of an asset key. Tables of the public zone hold only what passed the disclosure control.
GEHEIME_ZONE = ("eingang", "bevoelkerung")
TUER = "geheimhaltung"
OEFFENTLICHE_ZONE = ("marts", "dim", "protokoll")

VERLOREN = "beschaedigt"  # folder of the secure zone that takes what cannot be used and must not be lost
BEISEITE = re.compile(r"\.(\d+)\.neu$")  # the end of what is written aside: the number of the process
SCHLUESSEL = re.compile(r"[0-9a-f]{64}")
WARTEN_AUF_SPERRE_SEKUNDEN = 600
SPEICHERGRENZE = os.environ.get("MONITORING_SPEICHER", "4GB")


# The instance steps over tables share: starting one costs more than most steps. Key: process and folder of its spill files.
_INSTANZ: dict[tuple[int, Path], duckdb.DuckDBPyConnection] = {}
_NUMMER = itertools.count(1)


class Gesperrt(Exception):
    """Another process is building; the text says so in German."""


class Ablage:
    """Paths below one data folder (`$MONITORING_DATA`, default `data/` beside the packages)."""

    def __init__(self, daten: Path | str | None = None):
        self.daten = Path(daten or os.environ.get("MONITORING_DATA") or WURZEL / "data").resolve()
        if "?" in str(self.daten):  # DuckDB would put its log elsewhere: it reads what follows as options
            raise KonfigurationsFehler(
                f"Der Datenordner {self.daten} hat ein Fragezeichen im Namen; das verträgt die Datenbank nicht. "
                "Bitte den Ordner umbenennen."
            )
        self.roh = self.daten / "raw"
        self.referenz = self.roh / "referenz"
        self.intern = self.daten / "intern"
        self.marts = self.daten / "marts"
        self.tmp = self.intern / "tmp"
        self.publikation = self.marts / "integrationsmonitoring.duckdb"
        self._im_auftrag = False

    def create_folders(self) -> "Ablage":
        """Create the secure zone with mode 0700 and the public folder."""
        if self.tmp.is_file():
            self.tmp.unlink()
        for ordner in (self.intern, self.tmp):
            ordner.mkdir(parents=True, exist_ok=True, mode=0o700)
            if ordner.stat().st_mode & 0o077:  # asked for each table: most times there is nothing to do
                ordner.chmod(0o700)
        self.marts.mkdir(parents=True, exist_ok=True)
        return self

    def tabelle(self, schema: str, name: str, partition: str | None = None) -> Path:
        """Parquet path of `<schema>.<name>`, or of one partition of it."""
        basis = self.intern / schema / name
        return basis / f"{partition}.parquet" if partition else basis.with_suffix(".parquet")

    def quelle(self, schema: str, name: str) -> list[Path]:
        """All Parquet files that make up `<schema>.<name>`: one, or one a partition."""
        eine = self.tabelle(schema, name)
        return [eine] if eine.exists() else sorted((self.intern / schema / name).glob("*.parquet"))

    def ordner(self, pfad: Path) -> Path:
        """Create a folder; below `intern/` every part of it with mode 0700."""
        if pfad.is_dir():  # asked for each table: most times it is there, and so is everything above it
            if pfad.is_relative_to(self.intern):
                self.create_folders()
            return pfad
        for teil in reversed([pfad, *pfad.parents]):
            if teil.is_relative_to(self.daten) and teil.is_file():
                self.put_aside(teil)
        if not pfad.is_relative_to(self.intern):
            pfad.mkdir(parents=True, exist_ok=True)
            return pfad
        self.create_folders()
        for teil in reversed([pfad, *pfad.parents]):
            if teil.is_relative_to(self.intern):
                teil.mkdir(exist_ok=True, mode=0o700)
        return pfad

    @contextmanager
    def neu(self, ziel: Path, unersetzlich: bool = False) -> Iterator[Path]:
        """Write aside, then rename: a reader sees the old file or the new one, never half of one.

        What could not be made again from raw (`unersetzlich`) is flushed first: after a power cut it is the old or the new one.
        """
        self.ordner(ziel.parent)
        beiseite = ziel.with_name(f".{ziel.name}.{os.getpid()}.neu")
        try:
            yield beiseite
            if beiseite.exists():
                if ziel.is_relative_to(self.intern):
                    os.chmod(beiseite, 0o600)
                if unersetzlich:
                    fsync(beiseite)
                if ziel.is_dir():
                    self.put_aside(ziel)
                os.replace(beiseite, ziel)
                if unersetzlich:
                    fsync(ziel.parent)
        finally:
            beiseite.unlink(missing_ok=True)

    def put_aside(self, pfad: Path) -> None:
        """Make room where a folder bears the name of a file of ours, or a file that of a folder: nothing is deleted."""
        ziel = self.intern / VERLOREN
        ziel.mkdir(parents=True, exist_ok=True, mode=0o700)
        namen = itertools.chain([pfad.name], (f"{pfad.name}.{n}" for n in itertools.count(2)))
        os.replace(pfad, next(f for n in namen if not (f := ziel / n).exists()))

    def verbindung(self, *dateien: Path) -> duckdb.DuckDBPyConnection:
        """In-memory DuckDB whose spill files stay in the secure zone; close it, then call `clean_up`.

        Whatever runs in it reaches nothing but this data folder (and `dateien`), loads no extension and cannot undo that.
        """
        self.create_folders()
        spill = self.tmp / f"spill-{os.getpid()}-{secrets.token_hex(4)}"
        con = duckdb.connect(config={"temp_directory": str(spill), "memory_limit": SPEICHERGRENZE})
        con.execute("set enable_progress_bar = false")
        # Readers are given paths as patterns: both spellings are the same place.
        erlaubt = [str(self.daten), lesepfad(self.daten)]
        con.execute(f"set allowed_directories = [{', '.join(map(sqltext, dict.fromkeys(erlaubt)))}]")
        paare = [s for d in dateien for s in (str(d), lesepfad(d))]
        con.execute(f"set allowed_paths = [{', '.join(map(sqltext, dict.fromkeys(paare)))}]")
        con.execute("set enable_external_access = false")
        return con

    @contextmanager
    def arbeitsdatenbank(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """An empty database in memory for one step over tables, gone afterwards; the instance behind it is shared.

        Rows of persons belong into a `verbindung` of their own instead.
        """
        con = self._open_instance().cursor()
        name = f"schritt_{next(_NUMMER)}"
        try:
            con.execute(f"attach ':memory:' as {name}")
            con.execute(f"use {name}")
            yield con
        finally:
            con.execute("use memory")
            con.execute(f"detach database if exists {name}")
            con.close()

    def _open_instance(self) -> duckdb.DuckDBPyConnection:
        """The instance that steps over tables of this data folder share; one of another folder is closed first."""
        instanz = (os.getpid(), self.tmp)
        if instanz not in _INSTANZ:
            close_instances()
            _INSTANZ[instanz] = self.verbindung()
        return _INSTANZ[instanz]

    def clean_up(self) -> None:
        """Wipe everything temporary: spill files hold plain text, and so does what a killed process wrote aside."""
        close_instances()
        shutil.rmtree(self.tmp, ignore_errors=True)
        for zone in (self.intern, self.marts):
            for rest in zone.rglob(".*.neu"):
                nummer = BEISEITE.search(rest.name)
                if nummer and not _lives(int(nummer[1])):
                    rest.unlink(missing_ok=True)
        self.create_folders()

    @contextmanager
    def clean_up_around(self) -> Iterator[None]:
        """Nothing temporary is there before and after, however it ends."""
        self.clean_up()
        try:
            yield
        finally:
            self.clean_up()

    @contextmanager
    def work_for_refresh(self) -> Iterator[None]:
        """What this process does meanwhile it does for a refresh of another process, which holds the lock."""
        self._im_auftrag = True
        try:
            yield
        finally:
            self._im_auftrag = False

    @contextmanager
    def sperre(self, warten: float = WARTEN_AUF_SPERRE_SEKUNDEN) -> Iterator[None]:
        """OS lock around building, re-entrant in one process; it falls with the process, even after kill -9.

        Raises: Gesperrt when another process holds it longer than `warten` seconds.
        """
        if self._im_auftrag:
            yield
            return
        self.create_folders()
        if (self.intern / ".sperre").is_dir():
            self.put_aside(self.intern / ".sperre")
        schloss = FileLock(str(self.intern / ".sperre"), mode=0o600, is_singleton=True, thread_local=False)
        try:
            schloss.acquire(timeout=warten)
        except Timeout:
            raise Gesperrt(
                f"Ein anderer Lauf arbeitet gerade in {self.daten} (länger als {warten:.0f} Sekunden). "
                "Bitte warten, bis er fertig ist, und dann noch einmal starten."
            ) from None
        try:
            yield
        finally:
            schloss.release()

    def schluessel(self) -> str:
        """The secret that keys the pseudonyms of this data folder (hex, mode 0600, made at first use)."""
        datei = self.create_folders().intern / "schluessel"
        if not datei.exists():
            beiseite = datei.with_name(f".{datei.name}.{os.getpid()}.neu")
            beiseite.unlink(missing_ok=True)
            handle = os.open(beiseite, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as f:
                f.write(secrets.token_hex(32))
                f.flush()
                os.fsync(f.fileno())  # half a key would be no secret, and another one another pseudonym for everybody
            os.replace(beiseite, datei)
        schluessel = datei.read_text(encoding="ascii", errors="replace").strip()
        if not SCHLUESSEL.fullmatch(schluessel):
            raise KonfigurationsFehler(
                f"{datei}: Der Schlüssel der Pseudonyme ist beschädigt (gefunden: {len(schluessel)} Zeichen, erwartet: 64 "
                "Zeichen 0–9 und a–f). Bitte aus der Sicherung zurückholen; gibt es keine, die Datei und den Ordner "
                "intern/eingang löschen: dann entstehen Schlüssel und Pseudonyme neu aus raw."
            )
        return schluessel


def fsync(pfad: Path) -> None:
    """Have a file, or the names in a folder, on the disk before going on."""
    handle = os.open(pfad, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sql(pfad: str) -> str:
    """Text of a statement below `sql/`, e.g. `melderegister/getippt`."""
    return (SQL / f"{pfad}.sql").read_text(encoding="utf-8")


def execute(
    con: duckdb.DuckDBPyConnection, anweisung: str, werte: Mapping[str, object] | None = None
) -> list[tuple[Any, ...]]:
    """Run one statement and fetch everything: a half-read result blocks the connection."""
    return con.execute(anweisung, werte or {}).fetchall()


def sqltext(text: object) -> str:
    """SQL text literal, e.g. of a path that is written to or attached (DuckDB takes those as they are)."""
    return "'" + str(text).replace("'", "''") + "'"


GLOBZEICHEN = re.compile(r"[\[*?]")


def lesepfad(pfad: Path) -> str:
    """A path as DuckDB's readers must be given it: they take it for a pattern, so `daten[1]` would be `daten1`.

    Raises: KonfigurationsFehler for a path no pattern can name: with a backslash beside such a sign.
    """
    text = str(pfad)
    if "\\" in text and GLOBZEICHEN.search(text):
        raise KonfigurationsFehler(
            f"{text}: der Pfad enthält einen Rückstrich und dazu [, * oder ?. So lässt er sich nicht lesen; "
            "bitte den Ordner umbenennen."
        )
    return GLOBZEICHEN.sub(lambda zeichen: f"[{zeichen[0]}]", text)


def pfadliste(pfade: Sequence[Path]) -> str:
    """SQL list literal of file paths for `read_parquet`."""
    return "[" + ", ".join(sqltext(lesepfad(p)) for p in pfade) + "]"


def _lives(nummer: int) -> bool:
    """Whether a process of that number runs; another one may have got the number since: then its file goes the next time."""
    try:
        os.kill(nummer, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return (
        nummer != os.getpid()
    )  # under the lock, before or after all work: what bears our own number is of an earlier process


def close_instances() -> None:
    while _INSTANZ:
        _INSTANZ.popitem()[1].close()


atexit.register(close_instances)  # while DuckDB is still there: what it finds open later it reports as leaks
