"""Group disclosure: that all or none of a group share a trait tells it of each of them, whatever the group's size.

Belongs here: zeros a municipality wants hidden (`schutz.nullen` in kommune.yaml), and what is said to the office of groups that
are shown. Does not belong here: finding the groups (geheimhaltung.gruppenoffenlegung), choosing cells (choose.py). Zeros
are published by default, as the offices do: whoever hides them hides far more than them.
"""

from collections import Counter
from collections.abc import Container

import duckdb
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from pipelines.foundation.findings import Schwere
from pipelines.foundation.messages import Meldung
from pipelines.foundation.storage import Ablage
from pipelines.geheimhaltung.family import Familie

TABELLE = ("geheimhaltung", "gruppenoffenlegung")
DATEI = "gruppenoffenlegung.csv"
# Which cells a mart shows; of `einwohner` a zero says that nobody lives there, which is no secret.
ZELLEN = {
    "migrationshintergrund": ("auslaender", "deutsche_mit_mh", "personen_mit_mh", "unentscheidbar"),
    "staatsangehoerigkeit": ("staat",),
    "staatengruppe": ("staatengruppe",),
    "bezugsland": ("bezugsland",),
    "mh_kategorie": ("kategorie",),
    "definitionsvergleich": ("vergleich",),
}


def read_hidden_zeros(con: duckdb.DuckDBPyConnection) -> dict[str, frozenset[str]]:
    """Municipality → kinds of cells whose zeros are hidden there."""
    arten: dict[str, set[str]] = {}
    for kommune, tabelle in con.execute("select kommune, tabelle from stamm.geheime_null order by all").fetchall():
        arten.setdefault(kommune, set()).update(ZELLEN[tabelle])
    return {k: frozenset(a) for k, a in arten.items()}


def remember_hidden_zeros(f: Familie, arten: Container[str]) -> int:
    """Treat zeros of these kinds like rows of few inhabitants: hidden, and nobody may assume that hidden means one or more.

    A zero where nobody lives stays: there is nobody to tell of. Returns their number.
    """
    t = f.tafel
    neue = {
        i
        for i, k in enumerate(t.schluessel)
        if t.oeffentlich[i] and k.art in arten and t.wert[i] == 0 and i not in t.bekannt
        and (e := f.gives("einwohner", "-", k.gebiet_id, k.geschlecht, k.altersgruppe)) is not None and t.wert[e] > 0
    }  # fmt: skip
    t.kleine_zeile |= neue
    return len(neue)


def gruppenmeldungen(ablage: Ablage) -> list[Meldung]:
    """One hint for each municipality that shows such groups; writes the list of them into the secure zone."""
    dateien = ablage.quelle(*TABELLE)
    if not dateien:
        return []
    tabelle = pq.read_table(dateien[0])
    with ablage.neu(ablage.intern / DATEI) as neu:
        pacsv.write_csv(tabelle, neu, pacsv.WriteOptions(delimiter=";"))
    je_kommune = Counter(tabelle["kommune"].to_pylist())
    return [
        Meldung(
            Schwere.hinweis, kommune, "geheimhaltung", "gruppenoffenlegung",
            f"Von {anzahl} veröffentlichten Gruppen haben alle oder keiner ein Merkmal; wer weiß, dass jemand dazugehört, "
            f"erfährt es. Die Gruppen stehen in intern/{DATEI}. Wer das nicht will, nennt die Tabelle unter schutz.nullen in "
            "kommune.yaml oder hebt schutz.mindestzeile an.",
            f"Es gibt veröffentlichte Gruppen, von denen alle oder keiner ein Merkmal haben; sie stehen in intern/{DATEI}.",
        )
        for kommune, anzahl in sorted(je_kommune.items())
    ]  # fmt: skip
