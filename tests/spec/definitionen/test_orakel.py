"""Pipeline and second implementation agree on every random person and every count, in every definition.

Belongs here: the comparison on many persons (result, category, generation, Bezugsland), of the cubes and totals made from
them, and that it is not idle. Does not belong here: single cases; those stand in personen.csv.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.bevoelkerung.count import count
from pipelines.foundation.storage import Ablage, pfadliste
from pipelines.stamm.kommune import Kommune
from pipelines.stamm.profile.profil import load_profile
from pipelines.stamm.tables.write import write_stamm
from pipelines.steps.sql_step import sql_steps

from . import orakel, orakel_herkunft
from .hilfe import PROFILE, STICHTAG, ZEICHEN, Entscheidung, build_kommune, decide_persons, deliver
from .zufallspersonen import zufallspersonen

GEZEIGT = 10  # disagreements shown in full
MINDESTENS = 5  # persons a rule must decide among 30,000
Zeile = dict[str, str]
Antworten = dict[str, dict[str, Entscheidung]]


def ask_orakel(zeilen: list[Zeile], option: bool) -> Antworten:
    """pid → definition → what the second implementation says (it knows no rule names)."""
    personen = orakel.bestand(zeilen, STICHTAG, option)
    antworten: Antworten = {}
    for pid, je_profil in orakel.judge(personen).items():
        p = personen[pid]
        antworten[pid] = {
            profil: Entscheidung(
                ergebnis, kategorie, "", orakel_herkunft.generation(p), orakel_herkunft.bezugsland(p, profil)
            )
            if ergebnis == "1"
            else Entscheidung(ergebnis, kategorie, "")
            for profil, (ergebnis, kategorie) in je_profil.items()
        }
    return antworten


def _antwort(e: Entscheidung) -> tuple[str, ...]:
    return e.ergebnis, e.kategorie, e.generation, e.bezugsland


def compare(anzahl: int, saat: int, option: bool, ordner: Path) -> Counter[tuple[str, str]]:
    """Compare both sides, persons and cubes; returns how often each rule of each definition decided."""
    zeilen = zufallspersonen(anzahl, saat)
    ablage, kommune = build_kommune(ordner, option)
    partition = deliver(ablage, kommune, zeilen)
    gefunden = decide_persons(ablage, kommune, partition, [z["pid"] for z in zeilen])
    erwartet = ask_orakel(zeilen, option)
    assert set(gefunden) == set(erwartet), "verschiedener Bestand"
    je_pid = {z["pid"]: z for z in zeilen}
    abweichungen: list[str] = []
    regeln: Counter[tuple[str, str]] = Counter()
    for pid, je_profil in gefunden.items():
        for profil in PROFILE:
            e, o = je_profil[profil], erwartet[pid][profil]
            regeln[profil, e.regel] += 1
            if _antwort(e) != _antwort(o):
                abweichungen.append(
                    f"{profil}, {pid}: Pipeline {_antwort(e)} (Regel {e.regel}), zweite Umsetzung {_antwort(o)}; "
                    f"Saat {saat}\n{_familie(pid, je_pid)}"
                )
    assert not abweichungen, f"{len(abweichungen)} Abweichungen\n" + "\n".join(abweichungen[:GEZEIGT])
    assert count(ablage, kommune, STICHTAG, partition) == len(erwartet)
    check_wuerfel(ablage, kommune, erwartet, je_pid)
    return regeln


def _familie(pid: str, je_pid: dict[str, Zeile]) -> str:
    """The person's row and the parents' rows, filled fields only."""
    eltern = [je_pid[pid][s] for s in ("elternteil_1_pid", "elternteil_2_pid")]
    return "\n".join(f"    { {k: v for k, v in je_pid[p].items() if v} }" for p in (pid, *eltern) if p in je_pid)


def read_zahlen(ablage: Ablage, schema: str, name: str, auswahl: str, wo: str = "personen > 0") -> Counter[Any]:
    """Positive counts of an unprotected table by the given columns."""
    with duckdb.connect() as con:
        zeilen = con.execute(
            f"select {auswahl}, sum(personen)::bigint from read_parquet({pfadliste(ablage.quelle(schema, name))}) "
            f"where {wo} group by all"
        ).fetchall()
    return Counter({z[:-1]: z[-1] for z in zeilen})


def check_wuerfel(ablage: Ablage, kommune: Kommune, erwartet: Antworten, je_pid: dict[str, Zeile]) -> None:
    """The three cubes hold exactly the second implementation's counts, by district and sex."""
    profile = load_profile(ablage, kommune.angaben.profile)
    kategorie = {(p.profil, regel): k for p in profile for regel, k, *_ in p.ergebnisse()}
    schluessel = ablage.schluessel()
    ort = {pid: (je_pid[pid]["gebiet_id"] or "unbekannt", zaehlgeschlecht(je_pid[pid], schluessel)) for pid in erwartet}
    zellen: Counter[Any] = Counter()
    laender: Counter[Any] = Counter()
    arten: Counter[Any] = Counter()
    for pid, je_profil in erwartet.items():
        for profil, e in je_profil.items():
            zellen[*ort[pid], profil, e.ergebnis, e.kategorie, e.generation] += 1
            if e.ergebnis == "1":
                laender[*ort[pid], profil, e.bezugsland] += 1
        arten[ort[pid][0], tuple((e.ergebnis, e.kategorie) for e in je_profil.values())] += 1
    reihenfolge = list(next(iter(erwartet.values())))
    assert reihenfolge == list(PROFILE)
    paare: Counter[Any] = Counter()
    for (gebiet, urteile), n in arten.items():
        for (profil_a, a), (profil_b, b) in combinations(zip(PROFILE, urteile, strict=True), 2):
            if a[0] != b[0]:
                paare[gebiet, profil_a, profil_b, a, b] += n

    roh = read_zahlen(
        ablage, "bevoelkerung", "wuerfel", "gebiet_id, geschlecht, profil, ergebnis_mh, regel, generation"
    )
    assert _summe((o, g, p, ZEICHEN[m], kategorie[p, r], gen, n) for (o, g, p, m, r, gen), n in roh.items()) == zellen
    assert read_zahlen(ablage, "bevoelkerung", "bezugslandwuerfel", "gebiet_id, geschlecht, profil, staat") == laender
    roh = read_zahlen(ablage, "bevoelkerung", "vergleichswuerfel", "gebiet_id, profil_a, profil_b, regel_a, regel_b, ergebnis_a, "
                      "ergebnis_b")  # fmt: skip
    assert paare == _summe(
        (o, a, b, (ZEICHEN[ea], kategorie[a, ra]), (ZEICHEN[eb], kategorie[b, rb]), n)
        for (o, a, b, ra, rb, ea, eb), n in roh.items()
    )


def zaehlgeschlecht(zeile: Zeile, schluessel: str) -> str:
    """Under which sex a person counts: divers and without entry by one bit of the keyed hash of the pid."""
    if zeile["geschlecht"] in ("m", "w"):
        return str(zeile["geschlecht"])
    pseudonym = hashlib.sha256((schluessel + zeile["pid"]).encode()).digest()[:16]
    return "w" if pseudonym[-1] & 8 else "m"


def test_divers_and_without_entry_stand_alone_in_the_town_s_count_only(tmp_path: Path) -> None:
    """In every other cube they count as m or w, about half and half."""
    zeilen = zufallspersonen(2_000, 7)
    ablage, kommune = build_kommune(tmp_path / "daten", option=False)
    count(ablage, kommune, STICHTAG, deliver(ablage, kommune, zeilen))
    bestand = ask_orakel(zeilen, option=False)
    eintraege = Counter((z["geschlecht"],) for z in zeilen if z["pid"] in bestand)
    assert read_zahlen(ablage, "bevoelkerung", "eintragswuerfel", "geschlecht") == eintraege
    for name in ("wuerfel", "alterswuerfel", "staatenwuerfel", "bezugslandwuerfel"):
        assert {g for (g,) in read_zahlen(ablage, "bevoelkerung", name, "geschlecht")} == {"m", "w"}
    andere = [z for z in zeilen if z["pid"] in bestand and z["geschlecht"] in ("d", "x")]
    maenner = sum(zaehlgeschlecht(z, ablage.schluessel()) == "m" for z in andere)
    assert 0.4 < maenner / len(andere) < 0.6


def _summe(zeilen: Iterable[tuple[Any, ...]]) -> Counter[Any]:
    summe: Counter[Any] = Counter()
    for *schluessel, n in zeilen:
        summe[tuple(schluessel)] += n
    return summe


AUS_DEN_WUERFELN = (
    "bezugsland",
    "definitionsvergleich",
    "mh_kategorie",
    "migrationshintergrund",
    "staatsangehoerigkeit",
)


@pytest.mark.parametrize("option", [False, True], ids=["ohne_optionskennzeichen", "mit_optionskennzeichen"])
def test_beide_umsetzungen_stimmen_bei_5000_zufallspersonen_ueberein(option: bool, tmp_path: Path) -> None:
    compare(5_000, 20231231 + option, option, tmp_path / "daten")


def test_summen_der_kommune_sind_die_der_zweiten_umsetzung(tmp_path: Path) -> None:
    zeilen = zufallspersonen(2_000, 5)
    ablage, kommune = build_kommune(tmp_path / "daten", option=False)
    count(ablage, kommune, STICHTAG, deliver(ablage, kommune, zeilen))
    write_stamm(ablage, [kommune])
    for schritt in sql_steps():
        if schritt.schema == "bevoelkerung" and schritt.name in AUS_DEN_WUERFELN:
            schritt.write(ablage)
    alle = [(profil, e) for je_profil in ask_orakel(zeilen, option=False).values() for profil, e in je_profil.items()]
    hier = f"gebiet_id = '{kommune.angaben.ags}' and geschlecht = 'insgesamt' and personen > 0"

    gezaehlt = read_zahlen(ablage, "bevoelkerung", "mh_kategorie", "profil, kategorie, generation", hier)
    einzeln = Counter((profil, e.kategorie, e.generation) for profil, e in alle)
    assert {k: n for k, n in gezaehlt.items() if "insgesamt" not in k} == einzeln
    je_kategorie = {k[:2]: n for k, n in gezaehlt.items() if k[1] != "insgesamt" and k[2] == "insgesamt"}
    assert je_kategorie == Counter((profil, e.kategorie) for profil, e in alle)
    je_generation = {k[::2]: n for k, n in gezaehlt.items() if k[1] == "insgesamt" and k[2] != "insgesamt"}
    assert je_generation == Counter((profil, e.generation) for profil, e in alle)

    laender = read_zahlen(ablage, "bevoelkerung", "bezugsland", "profil, staat", hier)
    mit = [(profil, e.bezugsland) for profil, e in alle if e.ergebnis == "1"]
    assert laender == Counter(mit) + Counter((profil, "insgesamt") for profil, _ in mit)

    personen = ask_orakel(zeilen, option=False).values()
    abweichend = read_zahlen(
        ablage, "bevoelkerung", "definitionsvergleich", "profil_a, profil_b",
        f"gebiet_id = '{kommune.angaben.ags}' and regel_a = 'insgesamt'",
    )  # fmt: skip
    assert abweichend == {
        (a, b): sum(p[a].ergebnis != p[b].ergebnis for p in personen) for a, b in combinations(PROFILE, 2)
    }


@pytest.mark.langsam
@pytest.mark.parametrize("option", [False, True], ids=["ohne_optionskennzeichen", "mit_optionskennzeichen"])
def test_beide_umsetzungen_stimmen_bei_30000_zufallspersonen_ueberein(option: bool, tmp_path: Path) -> None:
    regeln = compare(30_000, 7 + option, option, tmp_path / "daten")
    # The comparison is idle for a rule that hardly ever decides. Without the mark only the rules of the mark may rest.
    ruhend = {("berlin_afs", "option"), ("hamburg_sn", "option"), ("mikrozensus", "option")} if not option else set()
    assert not {regel: n for regel, n in regeln.items() if n < MINDESTENS}
    assert _alle_regeln(tmp_path / "daten") - set(regeln) == ruhend


def _alle_regeln(ordner: Path) -> set[tuple[str, str]]:
    return {(p.profil, regel) for p in load_profile(Ablage(ordner), PROFILE) for regel, *_ in p.ergebnisse()}
