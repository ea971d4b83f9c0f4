"""Which kinds of persons the published rules allow: register entries that nobody has, drawn and decided like those of an extract.

Belongs here: the draw. Does not belong here: deciding (kinds.py). Whoever reads a small difference of two definitions as persons
must know that nobody can be counted the other way round: that is what the rules say of all possible persons, not of those there
are. The draw finds most kinds, not all; the fewer it finds, the more is protected.
"""

from collections.abc import Sequence
from datetime import date

import duckdb

from pipelines.definitionen.kinds import create_entschieden, find_cut_points
from pipelines.foundation.csv_list import read_staaten
from pipelines.foundation.storage import Ablage, sql
from pipelines.stamm.kommune import Altersgrenzen
from pipelines.stamm.profile.profil import Profil
from pipelines.stamm.referenz import gueltig
from schemas.spalten.common import ART_DT_STA

ZIEHUNGEN = 10_000  # per definition
HOECHSTES_ALTER = 130
ELTERN = 5  # every fifth person drawn is a parent of others
KEIN_STAAT = ("000", "997", "998", "999")


def create_possible(
    con: duckdb.DuckDBPyConnection,
    ablage: Ablage,
    profile: list[Profil],
    stichtag: date,
    gruppen: Sequence[Altersgrenzen],
) -> None:
    """Temp table `entschieden` over persons drawn from all register entries that these definitions tell apart."""
    punkte = find_cut_points(profile)
    je_art: dict[tuple[str, str], str] = {}
    for zeile in read_staaten(gueltig(ablage.roh, "staaten.csv")):
        if zeile["staat"] not in KEIN_STAAT:
            je_art.setdefault((zeile["aussiedlungsgebiet"], zeile["vertreibungsgebiet"]), zeile["staat"])
    alter = _take_both_sides(punkte["alter"]) | {a for g in gruppen for a in (g.von, g.von if g.bis is None else g.bis)}
    geboren = _take_both_sides(punkte["geburtsjahr"]) | {stichtag.year - a for a in alter}
    werte: dict[str, object] = {
        "stichtag": stichtag,
        "gruppe_im_alter": _name_groups(gruppen),
        "anzahl": ZIEHUNGEN * len(profile),
        "eltern": ZIEHUNGEN * len(profile) // ELTERN,
        "geburtsjahre": [*sorted(geboren), None],
        "zuzugsjahre": [*sorted(_take_both_sides(punkte["zuzug_jahr"]) | {stichtag.year}), None],
        "erwerb": list(ART_DT_STA),
        "staaten": sorted(je_art.values()),
    }
    for name, wert in werte.items():
        con.execute(f"set variable {name} = $w", {"w": wert})
    con.execute(f"create temp table denkbare as {sql('melderegister/denkbare_personen')}")
    create_entschieden(con, ablage, profile, "denkbare", False)


def _name_groups(gruppen: Sequence[Altersgrenzen]) -> list[str | None]:
    """Name of the group of every age from 0."""
    return [
        next((g.gruppe for g in gruppen if g.von <= alter <= (HOECHSTES_ALTER if g.bis is None else g.bis)), None)
        for alter in range(HOECHSTES_ALTER + 1)
    ]


def _take_both_sides(grenzen: list[int]) -> set[int]:
    """Years, or ages, on both sides of every number at which a definition decides otherwise."""
    return {n for g in grenzen for n in (g - 1, g)}
