"""A small published file for tests of the attack: two areas, two sexes, two age groups, one definition, all tables there.

Belongs here: literal counts and the rows of the marts they make. What is hidden is said by the test.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

import duckdb

from schemas.tabellen.registry import VEROEFFENTLICHT

INS = "insgesamt"
AGS, GEBIETE, GESCHLECHTER, ALTER = "05000000", ("01", "02", "03"), ("m", "w"), ("00-17", "18+")
REGELN = (
    "1. Ausländer [A] → mit: auslaender\n2. Doppelstaatler [D] → mit: deutsch and auslaendische_sta\n"
    "sonst: Deutsche ohne Migrationshintergrund [0] → ohne"
)
Ort = tuple[str, str, str]
Zeilen = dict[str, list[dict[str, Any]]]


def zahlen() -> dict[Ort, tuple[int, int, int]]:
    """(inhabitants, foreigners, Germans with MH) of every smallest cell; one of them has two foreigners."""
    orte = list(product(GEBIETE, GESCHLECHTER, ALTER))
    return {o: (200 + 7 * n, 2 if o == ("01", "m", "00-17") else 20 + n, 30 + 2 * n) for n, o in enumerate(orte)}


def alle_orte() -> list[Ort]:
    """Every row of the main table, totals first."""
    return list(product((AGS, *GEBIETE), (INS, *GESCHLECHTER), (INS, *ALTER)))


def summe(ort: Ort) -> tuple[int, int, int]:
    """The counts of a row."""
    g, x, a = ort
    fits = [
        w for (h, y, b), w in zahlen().items() if g in (AGS, h) and x in (INS, y) and a in (INS, b)
    ]  # fmt: skip
    return tuple(sum(w[i] for w in fits) for i in range(3))  # type: ignore[return-value]


# The small cell and seven others, so that two areas, both sexes and both ages move against each other.
BLOCK = frozenset(product(("01", "02"), GESCHLECHTER, ALTER))


def rows(verborgen: Iterable[Ort] = BLOCK, profil: str = "p") -> Zeilen:
    """Rows of the marts; foreigners and Germans with MH are hidden in `verborgen`, everything else is shown."""
    verborgen = frozenset(verborgen)
    mh = []
    for ort in alle_orte():
        e, a, d = summe(ort)
        offen = ort not in verborgen
        mh.append(
            dict(zip(("gebiet_id", "geschlecht", "altersgruppe"), ort, strict=True))
            | {"profil": profil, "quelle": "melderegister", "einwohner": e, "auslaender": a if offen else None,
               "deutsche_mit_mh": d if offen else None, "personen_mit_mh": a + d, "unentscheidbar": 0,
               "anteil_auslaender": a / e if offen else None, "status": "ok" if offen else "geheim"}
        )  # fmt: skip
    return {"marts.migrationshintergrund": mh}


KERN = {"kommune": "k", "stichtag": "2021-06-30", "lieferung_id": "l1", "hinweise": [], "status": "ok"}


@lru_cache(maxsize=1)
def _leer() -> Path:
    """A file with every published table, all empty: copied, not made anew for each test."""
    ziel = Path(tempfile.mkdtemp()) / "leer.duckdb"
    with duckdb.connect(str(ziel)) as con:
        for t in VEROEFFENTLICHT:
            con.execute(f"create schema if not exists {t.schema}")
            con.execute(f"create table {t.voll} ({', '.join(f'{s.name} {s.typ}' for s in t.spalten)})")
    return ziel


def write(ziel: Path, tabellen: Zeilen) -> Path:
    """A file with every published table; columns not given are NULL, or what they are for the one municipality."""
    dim: Zeilen = {
        "dim.kommune": [
            {"ags": AGS, "mindestfallzahl": 5, "mindestzeile": 0, "hoechstfehler": 0, "verfahren": "sperrung"}
        ],
        "dim.gebiet": [{"gebiet_id": g, "uebergeordnet": AGS if g != AGS else ""} for g in (AGS, *GEBIETE)],
        "dim.profil": [{"profil": p, "regeln": REGELN} for p in ("p", "q")],
    }
    shutil.copyfile(_leer(), ziel)
    spalten = {t.voll: t.namen for t in VEROEFFENTLICHT}
    with duckdb.connect(str(ziel)) as con:
        for tabelle, liste in (dim | tabellen).items():
            je_form: dict[tuple[str, ...], list[list[Any]]] = {}
            for z in liste:
                werte = {k: w for k, w in (KERN | z).items() if k in spalten[tabelle]}
                je_form.setdefault(tuple(werte), []).append(list(werte.values()))
            for namen, reihen in je_form.items():
                platz = ", ".join(f"({', '.join('?' for _ in namen)})" for _ in reihen)
                flach = [w for reihe in reihen for w in reihe]
                con.execute(f"insert into {tabelle} ({', '.join(namen)}) values {platz}", flach)
    return ziel


def mit(tabellen: Zeilen, tabelle: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Zeilen:
    """The same rows with those of one table changed."""
    return tabellen | {tabelle: [change(z) for z in tabellen[tabelle]]}
