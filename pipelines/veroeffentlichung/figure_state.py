"""What the register's counts were in each release, kept in the secure zone: which corrections may be told with both numbers.

Belongs here: remembering the counts of a release, comparing those about to be published with all of them. Does not belong here:
the record of corrections itself (revision.py). Numbers before and after may stand side by side only if nobody can form a
difference of fewer persons than the Mindestfallzahl: so for a whole Stichtag or for none of its cells. Compared is with every
earlier release, because from v1 to v2 and from v2 to v3 may both be many and from v1 to v3 one person.
"""

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.foundation.findings import Schwere
from pipelines.foundation.messages import ALLE, Meldung
from pipelines.foundation.storage import Ablage, fsync, pfadliste, sql, sqltext

ORDNER = "zahlenstand"
ENTSCHEIDUNG = ("geheimhaltung", "entscheidung")


def remember_figure_state(ablage: Ablage, kennung: str, gehalten: tuple[str, ...]) -> None:
    """Keep the counts a release rests on; of municipalities held back the earlier ones stay what was published."""
    if not ablage.quelle(*ENTSCHEIDUNG):
        return
    con = ablage.verbindung()
    try:
        ohne = f"where kommune not in ({', '.join(map(sqltext, gehalten))})" if gehalten else ""
        with ablage.neu(ablage.intern / ORDNER / f"{kennung}.parquet") as neu:
            con.execute(
                f"copy (select kommune, stichtag, art, profil, gebiet_id, geschlecht, altersgruppe, a, b, c, personen "
                f"from read_parquet({pfadliste(ablage.quelle(*ENTSCHEIDUNG))}) {ohne} order by all) "
                f"to {sqltext(neu)} (format parquet, compression zstd)"
            )
            fsync(neu)  # it cannot be made again: the register may be another one by then
    finally:
        con.close()


def find_damaged_states(ablage: Ablage) -> list[str]:
    """Releases whose counts cannot be read any more."""
    kaputt = []
    for datei in sorted((ablage.intern / ORDNER).glob("*.parquet")):
        try:
            pq.read_metadata(datei)
        except (OSError, pa.ArrowException):
            kaputt.append(datei.stem)
    return kaputt


def tell_damaged_states(ablage: Ablage) -> list[Meldung]:
    """What is to be said of them: until they are removed by hand no correction is told with its numbers."""
    text = (
        "intern/{ordner}/{kennung}.parquet: Die Anzahlen der Veröffentlichung {kennung} sind beschädigt; solange sie da liegen, "
        "nennt keine Korrektur alte und neue Werte. Erwartet: eine heile Datei; bitte aus der Sicherung zurückholen oder löschen "
        "(dann wird mit dieser Veröffentlichung nicht mehr verglichen)."
    )
    return [
        Meldung(Schwere.warnung, ALLE, "intern", "stoerung", text.format(ordner=ORDNER, kennung=k))
        for k in find_damaged_states(ablage)
    ]


def create_showable(con: duckdb.DuckDBPyConnection, ablage: Ablage, letzte: str) -> None:
    """Temp table `zeigbar` (kommune, stichtag, mindestfallzahl): the Stichtage whose corrections may be told with both numbers.

    None where the counts of the last release (`letzte`) were not kept, or those of any are damaged: then nobody can say how many
    persons a difference is.
    """
    con.execute("create or replace temp table zeigbar (kommune varchar, stichtag date, mindestfallzahl bigint)")
    staende = sorted((ablage.intern / ORDNER).glob("*.parquet"))
    gebraucht = (ablage.quelle(*ENTSCHEIDUNG), ablage.quelle("stamm", "kommune"), letzte in {s.stem for s in staende})
    if not all(gebraucht) or find_damaged_states(ablage):
        return
    con.execute(
        f"create or replace temp view schwellen as from read_parquet({pfadliste(ablage.quelle('stamm', 'kommune'))})"
    )
    teile = [(s.stem, [s]) for s in staende if pq.read_metadata(s).num_rows] + [("jetzt", ablage.quelle(*ENTSCHEIDUNG))]
    spalten = "kommune, stichtag, art, profil, gebiet_id, geschlecht, altersgruppe, a, b, c, personen"
    con.execute(
        "create or replace temp table stand as "
        + " union all ".join(
            f"select {sqltext(von)} as von, {spalten} from read_parquet({pfadliste(d)})" for von, d in teile
        )
    )
    con.execute("set variable letzte = $l", {"l": letzte})
    con.execute(f"insert into zeigbar {sql('queries/veroeffentlichung/zeigbare_korrekturen')}")
    con.execute("drop table stand")
