"""No value of a register row leaves the secure zone: not into marts, logs, Dagster's storage, or messages.

Here belongs the search for planted values after real runs. Every way to break an extract has a town of its own with
values of its own, so that a leak tells where it came from.
"""

import contextlib
import re
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.conftest import (
    SPALTEN,
    Aufruf,
    auszugstext,
    create_data_folder,
    create_kleinstadt,
    monitoring_im_prozess,
    monitoring_subprozess,
    person,
)

pytestmark = [pytest.mark.e2e, pytest.mark.langsam]

MARKE = "Qz7xVb"  # every planted value holds it, and nothing else does
ANZAHL = 250
AUSZUG = "2021-06-30.csv"
GEBURTEN = re.compile(rb"1897[-./](?:00|11)[-./]\d\d|\d\d\.(?:00|11)\.1897|1897, 11")


def bewohner(stadt: str, anzahl: int = ANZAHL) -> list[dict[str, str]]:
    """Persons whose pid, parents, place and address are unique planted values, born on days found nowhere else."""
    return [
        person(
            n,
            pid=f"{MARKE}-{stadt}-pid-{n:05d}",
            elternteil_1_pid=f"{MARKE}-{stadt}-mutter-{n:05d}",
            elternteil_2_pid=f"{MARKE}-{stadt}-vater-{n:05d}",
            geburtsort=f"{MARKE}hausen-{stadt}-{n:05d}",
            adresse_id=f"{MARKE}-{stadt}-adresse-{n:05d}",
            geburtsdatum=(f"{1 + n % 28:02d}.11.1897", f"1897-11-{1 + n % 28:02d}", "00.11.1897", "1897-11-00")[n % 4],
            gebiet_id=f"{1 + n % 3:02d}",
        )
        for n in range(1, anzahl + 1)
    ]


def _changed(stadt: str, **muster: str) -> bytes:
    """The first row with values that are no codes and no dates; `{s}` and `{m}` stand for town and mark."""
    zeilen = bewohner(stadt)
    zeilen[0] |= {k: v.format(s=stadt, m=MARKE) for k, v in muster.items()}
    return auszugstext(zeilen).encode()


def _gut(stadt: str) -> bytes:
    return auszugstext(bewohner(stadt)).encode()


def _doppelt(stadt: str) -> bytes:
    zeilen = bewohner(stadt)
    return auszugstext([*zeilen, zeilen[7] | {"geschlecht": "d"}]).encode()


def _swapped(stadt: str) -> bytes:
    kopf = list(SPALTEN)
    a, b = kopf.index("pid"), kopf.index("geburtsstaat")
    kopf[a], kopf[b] = kopf[b], kopf[a]
    return (";".join(kopf) + "\n" + auszugstext(bewohner(stadt), kopf=False)).encode()


def _fremde_spalte(stadt: str) -> bytes:
    zeilen = auszugstext(bewohner(stadt)).splitlines()
    return "\n".join([zeilen[0] + ";familienname", *(f"{z};{MARKE}mann" for z in zeilen[1:]), ""]).encode()


def _replace(alt: str, neu: str, anzahl: int = -1) -> Callable[[str], bytes]:
    return lambda stadt: _gut(stadt).decode().replace(alt, neu, anzahl).encode()


def _binaer(roh: bytes) -> Callable[[str], bytes]:
    return lambda stadt: _gut(stadt).replace(b"hausen-", b"hau" + roh + b"sen-", 1)


ARTEN: dict[str, Callable[[str], bytes]] = {
    "gut": _gut,
    "doppelt": _doppelt,
    "ohne_kopf": lambda s: auszugstext(bewohner(s), kopf=False).encode(),
    "kopf_verklebt": _replace("gebiet_id\n", "gebiet_id", 1),
    "kopf_mit_cr": _replace("gebiet_id\n", "gebiet_id\r", 1),
    "komma": _replace(";", ","),
    "hochkommas": _replace(f"{MARKE}hausen", f'"{MARKE}haus"en'),
    "binaer": _binaer(b"\x00\x01\x02\x1b"),
    "unlesbar": _binaer(b"\xff\x81\x8d"),
    "lange_zeile": lambda s: _gut(s).replace(b"hausen-", b"hausen" + b"x" * 1_200_000, 1),
    "codes": lambda s: _changed(s, sta_1="{m}sta", geschlecht="{m}g", art_dt_sta="{m}-{s}-art", gebiet_id="{m}geb"),
    "daten": lambda s: _changed(s, geburtsdatum="17.11.1897 {m}", einzug_datum="{m}2010", sterbe_datum="{m}"),
    "vertauscht": _swapped,
    "fremde_spalte": _fremde_spalte,
    "abgeschnitten": lambda s: _gut(s)[:-9],
    "feldzahl": _replace(f";{MARKE}hausen", f";;{MARKE}hausen", 2),
    "latin1": lambda s: _gut(s).replace(b"hausen", "häusen".encode("cp1252")),
}


def stadt_von(art: str) -> str:
    return art.replace("_", "")


@dataclass(frozen=True)
class Lauf:
    """A data folder after one refresh of all towns, and what the refresh said."""

    daten: Path
    aufruf: Aufruf


@pytest.fixture(scope="module")
def lauf(tmp_path_factory: pytest.TempPathFactory) -> Lauf:
    wurzel = tmp_path_factory.mktemp("redaktion")
    daten = create_data_folder(wurzel / "data", ())
    (wurzel / "temp").mkdir()
    for art, inhalt in ARTEN.items():
        ordner = create_kleinstadt(daten, stadt_von(art)) / "melderegister"
        ordner.mkdir()
        (ordner / AUSZUG).write_bytes(inhalt(stadt_von(art)))
    aufruf = monitoring_subprozess(daten, "refresh", TMPDIR=str(wurzel / "temp"))
    return Lauf(daten, aufruf)


def texte(datei: Path) -> Iterator[bytes]:
    """A file's bytes, and what is in it where it is a Parquet, DuckDB or SQLite file (compressed or not)."""
    roh = datei.read_bytes()
    yield roh
    if datei.suffix == ".parquet":
        yield str(pq.read_table(datei).to_pylist()).encode()
    elif datei.suffix == ".duckdb":
        con = duckdb.connect(str(datei), read_only=True)
        for schema, tabelle in con.execute("select schema_name, table_name from duckdb_tables()").fetchall():
            yield str(con.execute(f'from "{schema}"."{tabelle}"').fetchall()).encode()
        con.close()
    elif roh.startswith(b"SQLite format 3"):
        with sqlite3.connect(f"file:{datei}?mode=ro", uri=True) as db:
            db.text_factory = bytes
            for (tabelle,) in db.execute("select name from sqlite_master where type = 'table'").fetchall():
                for zeile in db.execute(f'select * from "{tabelle.decode()}"'):
                    for wert in zeile:
                        if isinstance(wert, bytes):
                            yield wert
                            with contextlib.suppress(zlib.error):
                                yield zlib.decompress(wert)
        db.close()


def funde(wurzel: Path, ohne: tuple[Path, ...] = ()) -> list[str]:
    """Files below a folder that hold a planted value."""
    dateien = [d for d in sorted(wurzel.rglob("*")) if d.is_file() and not any(d.is_relative_to(o) for o in ohne)]
    return [str(d.relative_to(wurzel)) for d in dateien if reveals(d.name.encode()) or any(map(reveals, texte(d)))]


def reveals(text: bytes) -> bool:
    """Whether a planted value or one of the planted birth dates stands in a text."""
    return MARKE.encode().lower() in text.lower() or GEBURTEN.search(text) is not None


@pytest.mark.parametrize("wert", [f"{MARKE}-pid-1", "1897-11-05"])
@pytest.mark.parametrize("art", ["text", "parquet", "duckdb", "sqlite", "gepackt"])
def test_the_search_finds_a_planted_value(tmp_path: Path, art: str, wert: str) -> None:
    if art == "text":
        (tmp_path / "lauf.err").write_bytes(b"\x00" + wert.encode() + b"\xff")
    elif art == "parquet":
        pq.write_table(pa.table({"a": [wert] * 1000}), tmp_path / "x.parquet", compression="zstd")
    elif art == "duckdb":
        with duckdb.connect(str(tmp_path / "x.duckdb")) as con:
            con.execute("create schema marts")
            con.execute("create table marts.t as select ? || range % 3 as wert from range(100000)", [wert])
    else:
        with sqlite3.connect(tmp_path / "x.db") as db:
            db.execute("create table ereignis (daten blob)")
            db.execute("insert into ereignis values (?)", [zlib.compress(wert.encode()) if art == "gepackt" else wert])
        db.close()
    assert len(funde(tmp_path)) == 1


def test_the_search_finds_the_planted_values_in_the_delivered_files(lauf: Lauf) -> None:
    gefunden = funde(lauf.daten / "raw")
    assert len(gefunden) == len(ARTEN)
    planted = set(re.findall(rf"{MARKE}[\w-]+", _gut("gut").decode()))
    assert len(planted) == 5 * ANZAHL >= 1000


def test_nothing_planted_leaves_the_secure_zone(lauf: Lauf) -> None:
    gefunden = funde(lauf.daten.parent, (lauf.daten / "raw", lauf.daten / "intern"))
    assert gefunden == []
    # The search looked where something would be.
    assert list((lauf.daten / "marts").rglob("*.parquet"))
    assert list((lauf.daten / "laufzustand").rglob("*.db"))


def test_nothing_planted_is_said_by_refresh(lauf: Lauf) -> None:
    assert lauf.aufruf.code == 1
    assert not reveals(lauf.aufruf.output.encode())
    assert "Traceback" not in lauf.aufruf.output
    genannt = {z.split(":")[0] for z in lauf.aufruf.lines}
    # Windows-1252 is a hint: counted at the end, written out in the file of messages.
    assert {stadt_von(a) for a in ARTEN} - genannt <= {"gut", "hochkommas", "binaer", "latin1"}


def test_inside_the_secure_zone_planted_values_are_only_in_the_rejected_rows(lauf: Lauf) -> None:
    intern = lauf.daten / "intern"
    namen = {d.split("/")[0] for d in funde(intern) if not d.startswith("eingang/melderegister/")}
    assert namen == {"abgewiesen"}


def test_staged_persons_hold_no_pid_place_or_address(lauf: Lauf) -> None:
    dateien = sorted((lauf.daten / "intern" / "eingang" / "melderegister").glob("*.parquet"))
    assert len(dateien) >= 5
    for datei in dateien:
        assert not any(MARKE.encode() in t for t in texte(datei))
        verboten = {"pid", "geburtsort", "adresse_id", "elternteil_1_pid", "elternteil_2_pid", "zeile_text"}
        assert not verboten & set(pq.read_schema(datei).names)


def test_every_folder_of_the_secure_zone_is_closed_to_others(lauf: Lauf) -> None:
    intern = lauf.daten / "intern"
    offen = [str(o.relative_to(intern)) for o in intern.rglob("*") if o.is_dir() and o.stat().st_mode & 0o077]
    assert intern.stat().st_mode & 0o777 == 0o700
    assert offen == []


def test_the_key_is_readable_by_its_owner_only(lauf: Lauf) -> None:
    assert (lauf.daten / "intern" / "schluessel").stat().st_mode & 0o777 == 0o600


def test_nothing_temporary_is_left_after_a_run(lauf: Lauf) -> None:
    assert list((lauf.daten / "intern" / "tmp").iterdir()) == []


@pytest.mark.parametrize("art", ARTEN)
def test_check_shows_nothing_but_codes_of_code_columns(lauf: Lauf, art: str) -> None:
    stadt = stadt_von(art)
    datei = lauf.daten / "raw" / stadt / "melderegister" / AUSZUG
    ergebnis = monitoring_im_prozess(lauf.daten, "check", str(datei), "--kommune", stadt)
    gesagt = ergebnis.output.replace(str(datei), "")
    if art == "codes":
        assert set(re.findall(rf"{MARKE}[\w-]*", gesagt)) == {f"{MARKE}sta", f"{MARKE}g"}
    else:
        assert not reveals(gesagt.encode())
    assert "Traceback" not in gesagt
    assert ergebnis.code in (0, 1)
    assert list((lauf.daten / "intern" / "tmp").iterdir()) == []
