"""Disclosure control of towns with 13, 60 and 448 areas: time, memory, loss, and what an attacker recovers.

Compared with the naive rule (where one cell of a line is hidden, hide the next smallest too) on the whole family, and with
pytauargus, where it is installed, on one table that it can hold (area × age × status).
`python -m tests.bench.geheimhaltung 13 60` runs some sizes only.
"""

import contextlib
import importlib.util
import json
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import duckdb

from pipelines.foundation.storage import WURZEL, Ablage
from pipelines.geheimhaltung.by_levels import choose_by_size
from pipelines.geheimhaltung.choose import choose
from pipelines.geheimhaltung.family import QUELLEN, Familie, read_familien
from pipelines.geheimhaltung.relations import link_cells
from pipelines.geheimhaltung.system import Schluessel, Tafel
from pipelines.steps.sql_step import register_views
from tests.bench.angreifer import attack
from tests.bench.stadt import PARTITION

# Areas → Bezirke above them, inhabitants of an area (None: as in Lünen).
STAEDTE: dict[int, tuple[int, int | None]] = {13: (0, None), 60: (6, 3000), 448: (12, 7500)}
INS = "insgesamt"
FRIST = 300


def familie(daten: Path) -> Familie:
    ablage = Ablage(daten)
    with ablage.arbeitsdatenbank() as con:
        register_views(ablage, con, list(QUELLEN))
        (f,) = read_familien(con)
    link_cells(f)
    return f


def naiv(t: Tafel, schwelle: int) -> set[int]:
    """Small counts, and in every line with one unknown the smallest other count, until nothing changes."""
    geheim = {
        i for i, w in enumerate(t.wert) if t.oeffentlich[i] and 0 < w < schwelle and i not in t.bekannt
    } | t.kleine_zeile
    klein = {i for i, w in enumerate(t.wert) if t.schuetzen[i] and 0 < w < schwelle and i not in t.bekannt}
    vorher = -1
    while len(geheim) != vorher:
        vorher = len(geheim)
        for glieder, unten in t.gleichungen:
            unbekannt = [i for i in glieder if i in geheim or i in klein]
            if unten != 0 or len(unbekannt) != 1:
                continue
            andere = [
                i for i in glieder if t.oeffentlich[i] and i not in geheim and i not in t.bekannt and t.wert[i] > 0
            ]
            if andere:
                geheim.add(min(andere, key=lambda i: (t.wert[i], t.schluessel[i])))
    return geheim


def _verlust(t: Tafel, geheim: set[int]) -> dict[str, float]:
    zahlen = [i for i, o in enumerate(t.oeffentlich) if o and t.wert[i]]
    personen = sum(t.wert[i] for i in zahlen)
    return {
        "zahlen": len(zahlen),
        "verborgen": sum(1 for i in zahlen if i in geheim) / len(zahlen),
        "personen": sum(t.wert[i] for i in zahlen if i in geheim) / personen,
    }


def unser_muster(f: Familie) -> tuple[set[int], int]:
    w = choose_by_size(f.tafel, f.kinder, f.schwelle)
    return w.geheim, w.lps


def naives_muster(f: Familie) -> tuple[set[int], int]:
    return naiv(f.tafel, f.schwelle), 0


def tabelle(daten: Path) -> Iterator[tuple[str, str, str, int]]:
    """Area, age group, status (foreigners, Germans with MH, others) and persons under the main definition."""
    datei = Ablage(daten).tabelle("bevoelkerung", "wuerfel", PARTITION)
    yield from duckdb.sql(
        f"""
        select gebiet_id, replace(altersgruppe, '+', 'p'),
            case when ist_auslaender then 'A' when ergebnis_mh = 'mit' then 'D' else 'O' end as status,
            sum(personen)::bigint
        from read_parquet('{datei}') where profil = 'luenen_2021' group by all order by all
        """
    ).fetchall()


def einzeltafel(daten: Path) -> Tafel:
    """That table with all its margins, everything printed."""
    summen: Counter[tuple[str, ...]] = Counter()
    ebenen: list[set[str]] = [set(), set(), set()]
    for *k, n in tabelle(daten):
        for ort in product(*((x, INS) for x in k)):
            summen[ort] += n
        for ebene, x in zip(ebenen, k, strict=True):
            ebene.add(x)
    t = Tafel()

    def stelle(g: str, a: str, s: str) -> int:
        return t.zelle(Schluessel("tabelle", "-", g, INS, a, s), summen[g, a, s], True)

    for g, a, s in product(*([*sorted(ebene), INS] for ebene in ebenen)):
        for nummer, ebene in enumerate(ebenen):
            ort = [g, a, s]
            if ort[nummer] == INS:
                teile = [stelle(*ort[:nummer], x, *ort[nummer + 1 :]) for x in sorted(ebene)]
                assert t.gleich([stelle(g, a, s)], teile)
    return t


def unsere_tabelle(daten: Path) -> tuple[Tafel, set[int]]:
    t = einzeltafel(daten)
    return t, choose(t, 5).geheim


def tabelle_mit_pytauargus(daten: Path) -> tuple[Tafel, set[int]]:
    """The same table by pytauargus: minimum frequency 5, modular suppression (HiTaS)."""
    import pytauargus

    spalten: dict[str, list[Any]] = {n: [] for n in ("gebiet", "alters", "gruppe", "eins")}
    for g, a, s, n in tabelle(daten):
        for name, wert in zip(spalten, (g, a, s, 1), strict=True):
            spalten[name] += [wert] * n
    # It leaves its logs wherever it is called.
    with tempfile.TemporaryDirectory() as ordner, contextlib.chdir(ordner):
        ergebnis = pytauargus.protect(
            spalten, [["gebiet", "alters", "gruppe"]], "eins", safety_rules="FREQ(5,80)", suppress="MOD(1,5,1,1,1)",
            workdir=ordner,
        )  # fmt: skip
        zeilen = [z for z in ergebnis.tables[0].rows if z["status"] in ("U", "M")]
    t = einzeltafel(daten)
    return t, {
        t.nummer[Schluessel("tabelle", "-", g, INS, a, s)]
        for g, a, s in ([str(z[n]).strip() or INS for n in ("gebiet", "alters", "gruppe")] for z in zeilen)
    }


MUSTER: dict[str, Callable[[Familie], tuple[set[int], int]]] = {"unser": unser_muster, "naiv": naives_muster}
TABELLEN: dict[str, Callable[[Path], tuple[Tafel, set[int]]]] = {
    "tabelle_unser": unsere_tabelle, "tabelle_pytauargus": tabelle_mit_pytauargus,
}  # fmt: skip


def measure(was: str, daten: Path) -> dict[str, float]:
    """One variant: seconds and processor seconds of the choice, peak memory, loss; keeps the pattern for the attack."""
    lps = 0
    if was in MUSTER:
        f = familie(daten)
        t, beginn = f.tafel, time.perf_counter()
        geheim, lps = MUSTER[was](f)
    else:
        beginn = time.perf_counter()
        t, geheim = TABELLEN[was](daten)
    sekunden = time.perf_counter() - beginn
    hier, kinder = (resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    (daten / f"{was}.pickle").write_bytes(pickle.dumps((t, geheim)))
    return {
        "sekunden": sekunden,
        "prozessor": hier.ru_utime + kinder.ru_utime,
        "spitze_mb": hier.ru_maxrss / 1024,
        "spitze_teil_mb": kinder.ru_maxrss / 1024,
        "lps": lps,
        "zellen": len(t.wert),
        **_verlust(t, geheim),
    }


def run_attack(was: str, daten: Path) -> dict[str, float]:
    t, geheim = pickle.loads((daten / f"{was}.pickle").read_bytes())
    return dict(attack(t, geheim, 5)._asdict())


def prozess(*argumente: str) -> dict[str, float] | None:
    """Run a step in a process of its own; None if it takes too long."""
    befehl = [sys.executable, "-m", "tests.bench.geheimhaltung", "--teil", *argumente]
    try:
        aus = subprocess.run(befehl, stdout=subprocess.PIPE, text=True, check=True, cwd=WURZEL, timeout=FRIST * 3)
    except subprocess.TimeoutExpired:
        return None
    return json.loads(aus.stdout.splitlines()[-1])


def zeile(titel: str, m: dict[str, float] | None, a: dict[str, float] | None) -> str:
    if m is None or a is None:
        return f"{titel:34} nicht fertig nach {FRIST * 3} s"
    return (
        f"{titel:34} {m['sekunden']:8.1f} {m['prozessor']:8.1f} {m['spitze_mb']:7.0f} {m['spitze_teil_mb']:7.0f} "
        f"{m['lps']:6.0f} {100 * m['verborgen']:6.1f} % {100 * m['personen']:6.2f} % {a['zu_schuetzen']:8.0f} "
        f"{a['abgezogen']:8.0f} {a['exakt']:5.0f} {a['eng']:5.0f} /{a['geloest']:4.0f}"
    )


KOPF = (
    f"{'':34} Sekunden Prozess.   MB  MB Teil   LPs  Zahlen  Personen   schützen abgezog. exakt   eng / LP\n"
    "   (Zahlen, Personen: Anteil, der verborgen wird; schützen: so viele Zellen; abgezogen: davon durch Subtraktion genau\n"
    "   bekannt; exakt, eng: von so vielen mit LP angegriffenen der übrigen)"
)


def main(groessen: tuple[int, ...]) -> None:
    """Measure and print one table per size."""
    with tempfile.TemporaryDirectory() as tmp:
        quelle = Path(tmp) / "quelle"
        subprocess.run([sys.executable, "-m", "tests.bench.stadt", "--auszug", str(quelle)], check=True, cwd=WURZEL)
        for gebiete in groessen:
            bezirke, einwohner = STAEDTE[gebiete]
            daten = Path(tmp) / str(gebiete)
            angaben = [str(quelle), str(daten), str(gebiete), str(bezirke), str(einwohner or 0)]
            subprocess.run([sys.executable, "-m", "tests.bench.stadt", *angaben], check=True, cwd=WURZEL)
            print(f"\n{gebiete} Gebiete{f' in {bezirke} Bezirken' if bezirke else ''}\n{KOPF}")
            varianten = {"unser": "Zellsperrung", "naiv": "nächstkleinere Zahl"}
            varianten["tabelle_unser"] = "eine Tabelle: Zellsperrung"
            if importlib.util.find_spec("pytauargus"):
                varianten["tabelle_pytauargus"] = "eine Tabelle: pytauargus"
            for was, titel in varianten.items():
                gemessen = prozess(was, str(daten))
                print(zeile(titel, gemessen, prozess("angriff", was, str(daten)) if gemessen else None), flush=True)
            if "tabelle_pytauargus" not in varianten:
                print("pytauargus ist nicht installiert und fehlt im Vergleich.")


if __name__ == "__main__":
    argumente = sys.argv[1:]
    if argumente[:1] == ["--teil"]:
        teil, *orte = argumente[1:]
        ergebnis = run_attack(orte[0], Path(orte[1])) if teil == "angriff" else measure(teil, Path(orte[0]))
        print(json.dumps(ergebnis))
    else:
        main(tuple(int(a) for a in argumente) or tuple(STAEDTE))
