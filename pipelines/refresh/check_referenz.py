"""The shared reference lists, looked over before anything is read: a broken one is replaced by its last sound copy.

Belongs here: which lists there are, who judges each, what a person is told, what waits where no copy exists. Does not belong
here: where the copies lie (stamm/referenz.py), the rules themselves. A broken definition or ready source without a copy
holds back the municipalities that name it and nobody else (stamm/admitted.py).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from pipelines.eingang.melderegister.geburtsort import DATEINAME as GEBURTSORTE
from pipelines.eingang.melderegister.geburtsort import maengel_der_liste
from pipelines.foundation.config_files import listed
from pipelines.foundation.findings import KonfigurationsFehler, Schwere, unerwartet
from pipelines.foundation.messages import ALLE, Meldung, aus_text
from pipelines.foundation.storage import Ablage
from pipelines.foundation.yaml_file import kurzpfad
from pipelines.stamm.katalog.load import DATEI as KATALOG
from pipelines.stamm.katalog.load import read_katalog
from pipelines.stamm.profile.profil import load_profil
from pipelines.stamm.quellen.fertig import ORDNER as QUELLEN
from pipelines.stamm.quellen.fertig import load_quelle
from pipelines.stamm.referenz import PROFILE, Dateistand, dateistand, gueltig, keep, kopie, remember_replacement
from pipelines.stamm.staaten import check_staaten
from pipelines.stamm.tables.bruch import read_brueche

STAATEN, BRUECHE = "staaten.csv", "brueche.yaml"
# Kinds of delivery that are not read while neither a list nor a copy of it is sound. Publication waits for each of these lists.
WARTET_AUF = {
    STAATEN: ("melderegister", "tabellen", "indikatoren"),
    KATALOG: ("melderegister",),
    BRUECHE: ("melderegister",),
}
FEHLER_GENANNT = 10
WORTE = {"melderegister": "Registerauszüge", "tabellen": "Tabellen", "indikatoren": "Indikatorlieferungen"}


@dataclass
class Referenzstand:
    """What is wrong with the shared lists, and which of them can be read neither themselves nor as a copy."""

    meldungen: list[Meldung] = field(default_factory=list)
    fehlend: list[str] = field(default_factory=list)


def _pruefer(ablage: Ablage) -> dict[str, Callable[[Path], object]]:
    """Who judges each list, in an order in which each can lean on those before it."""
    profile = listed(ablage.referenz / PROFILE, "*.yaml")
    quellen = listed(ablage.referenz / QUELLEN, "*.yaml")
    return {
        STAATEN: check_staaten,
        GEBURTSORTE: partial(_check_geburtsorte, ablage),
        KATALOG: read_katalog,
        BRUECHE: partial(_check_brueche, ablage),
        **{f"{PROFILE}/{p.name}": load_profil for p in profile},
        **{f"{QUELLEN}/{p.name}": load_quelle for p in quellen},
    }


def _check_geburtsorte(ablage: Ablage, datei: Path) -> None:
    if _maengel(gueltig(ablage.roh, STAATEN), check_staaten):
        return  # places are held against the states: those are to be mended first
    fehler = [b.satz() for b in maengel_der_liste(datei, gueltig(ablage.roh, STAATEN)) if b.schwere is Schwere.fehler]
    if fehler:
        raise KonfigurationsFehler("\n".join(fehler))


def _check_brueche(ablage: Ablage, datei: Path) -> None:
    try:
        katalog = read_katalog(gueltig(ablage.roh, KATALOG))
    except KonfigurationsFehler:
        katalog = None  # reported itself
    read_brueche(datei, katalog)


def _maengel(datei: Path, check: Callable[[Path], object]) -> str:
    """Why a list cannot be used; empty if it can."""
    try:
        check(datei)
    except KonfigurationsFehler as grund:
        return str(grund)
    except Exception as grund:
        return unerwartet(kurzpfad(datei), "Referenzliste lesen", grund).satz()
    return ""


def check_referenz(ablage: Ablage) -> Referenzstand:
    """Judge every shared list, keep the sound ones, let the copy stand in for each broken one, say so."""
    stand = Referenzstand()
    ersetzt: dict[str, Dateistand] = {}
    for name, check in _pruefer(ablage).items():
        datei, ersatz = ablage.referenz / name, kopie(ablage.roh, name)
        vorher = dateistand(datei)
        maengel = _maengel(datei, check)
        if not maengel:
            if vorher and vorher == dateistand(datei):
                keep(ablage, name)
            continue
        if ersatz.is_file() and not _maengel(ersatz, check):
            ersetzt[name] = vorher
            remember_replacement(ablage, ersetzt)  # the lists after this one are held against what is read
            folge = f"Bis dahin gilt die letzte heile Fassung dieser Liste weiter (vom {_tag(ersatz)})."
        else:
            folge = _waits(name)
            stand.fehlend += [name] if name in WARTET_AUF else []
        stand.meldungen.append(aus_text(ALLE, f"referenz/{name}", "konfiguration", _mit_folge(maengel, folge)))
    remember_replacement(ablage, ersetzt)
    return stand


def _tag(datei: Path) -> str:
    return datetime.fromtimestamp(datei.stat().st_mtime).astimezone().strftime("%d.%m.%Y")


def _waits(name: str) -> str:
    """What hangs on a list that cannot be read at all."""
    if name.startswith(PROFILE):
        return "Kommunen, die diese Definition nennen, warten, bis die Datei in Ordnung ist."
    if name.startswith(QUELLEN):
        return "Kommunen, die diese fertige Quelle nennen, warten, bis die Datei in Ordnung ist."
    if name == GEBURTSORTE:
        return "Registerauszüge, die Geburtsorte nutzen, warten, bis die Datei in Ordnung ist."
    arten = ", ".join(WORTE[a] for a in WARTET_AUF[name])
    return (
        "Bis dahin wird für keine Kommune etwas Neues veröffentlicht: Eine heile Fassung dieser Liste gibt es noch nicht, auf "
        f"die sich zurückgreifen ließe. Auch {arten} warten; alles andere wird eingelesen."
    )


def _mit_folge(maengel: str, folge: str) -> str:
    """One message a list: its faults, one a line (the first ones, and how many more), and what follows from them."""
    zeilen = maengel.splitlines()
    if len(zeilen) > FEHLER_GENANNT:
        zeilen = [*zeilen[:FEHLER_GENANNT], f"… und {len(zeilen) - FEHLER_GENANNT} weitere Fehler in dieser Datei."]
    return " ".join(("\n".join(zeilen), folge))
