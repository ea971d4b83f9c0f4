"""Pipeline and second implementation agree on every random person, in every definition, in result and category.

Belongs here: the comparison on many persons and that it is not idle. Does not belong here: single cases; those stand in
personen.csv.
"""

from collections import Counter
from pathlib import Path

import pytest

from pipelines.ablage import Ablage
from pipelines.bevoelkerung.profil import lade_profile

from . import orakel
from .hilfe import PROFILE, STICHTAG, baue_kommune, entscheide, liefere
from .zufallspersonen import zufallspersonen

GEZEIGT = 10  # disagreements shown in full
MINDESTENS = 20  # persons a rule must decide among 200,000


def vergleiche(anzahl: int, saat: int, option: bool, ordner: Path) -> Counter[tuple[str, str]]:
    """Compare both sides; returns how often each rule of each definition decided."""
    zeilen = zufallspersonen(anzahl, saat)
    ablage, kommune = baue_kommune(ordner, option)
    gefunden = entscheide(ablage, kommune, liefere(ablage, kommune, zeilen), [z["pid"] for z in zeilen])
    urteile = orakel.beurteile(zeilen, STICHTAG, option)
    assert set(gefunden) == set(urteile), "verschiedener Bestand"
    je_pid = {z["pid"]: z for z in zeilen}
    abweichungen: list[str] = []
    regeln: Counter[tuple[str, str]] = Counter()
    for pid, je_profil in gefunden.items():
        for profil in PROFILE:
            e = je_profil[profil]
            regeln[profil, e.regel] += 1
            if (e.ergebnis, e.kategorie) != urteile[pid][profil]:
                abweichungen.append(
                    f"{profil}, {pid}: Pipeline »{e.kurz()}« (Regel {e.regel}), zweite Umsetzung "
                    f"»{orakel.kurz(urteile[pid][profil])}«; Saat {saat}\n{_familie(pid, je_pid)}"
                )
    assert not abweichungen, f"{len(abweichungen)} Abweichungen\n" + "\n".join(abweichungen[:GEZEIGT])
    return regeln


def _familie(pid: str, je_pid: dict[str, dict[str, str]]) -> str:
    """The person's row and the parents' rows, filled fields only."""
    eltern = [je_pid[pid][s] for s in ("elternteil_1_pid", "elternteil_2_pid")]
    return "\n".join(f"    { {k: v for k, v in je_pid[p].items() if v} }" for p in (pid, *eltern) if p in je_pid)


@pytest.mark.parametrize("option", [False, True], ids=["ohne_optionskennzeichen", "mit_optionskennzeichen"])
def test_beide_umsetzungen_stimmen_bei_5000_zufallspersonen_ueberein(option: bool, tmp_path: Path) -> None:
    vergleiche(5_000, 20231231 + option, option, tmp_path / "daten")


@pytest.mark.langsam
@pytest.mark.parametrize("option", [False, True], ids=["ohne_optionskennzeichen", "mit_optionskennzeichen"])
def test_beide_umsetzungen_stimmen_bei_200000_zufallspersonen_ueberein(option: bool, tmp_path: Path) -> None:
    regeln = vergleiche(200_000, 7 + option, option, tmp_path / "daten")
    # The comparison is idle for a rule that hardly ever decides. Without the mark only the rules of the mark may rest.
    ruhend = {("berlin_afs", "option"), ("hamburg_sn", "option"), ("mikrozensus", "option")} if not option else set()
    assert not {regel: n for regel, n in regeln.items() if n < MINDESTENS}
    assert _alle_regeln(tmp_path / "daten") - set(regeln) == ruhend


def _alle_regeln(ordner: Path) -> set[tuple[str, str]]:
    return {(p.profil, regel) for p in lade_profile(Ablage(ordner), PROFILE) for regel, *_ in p.ergebnisse()}
