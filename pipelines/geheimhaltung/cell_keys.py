"""Keys of cells for Cell-Key: of every cell of bevoelkerung.zelle the sum of the keys of the persons counted in it.

Belongs here: running the statements that make cells out of cubes once more over the cubes of keys. The same persons have the same
key wherever they are counted, so a count is perturbed alike in every table. Which cells there are is decided by true counts
(staatenliste, kategorienliste). Secure zone only.
"""

from datetime import date

from pipelines.bevoelkerung.count import SCHLUESSELWUERFEL
from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.macros import load_macros
from pipelines.foundation.storage import Ablage, pfadliste
from pipelines.geheimhaltung.system import Schluessel, Tafel
from pipelines.steps.sql_step import SqlStep, register_views, sql_steps
from pipelines.steps.step import Name

BEREICH = 2**32  # keys of persons are whole numbers below; the sum of a cell is taken modulo this
_WEG = ("migrationshintergrund", "mh_kategorie", "definitionsvergleich", "staatsangehoerigkeit", "bezugsland", "zelle")


def cell_key_tables() -> list[Name]:
    """Every table that keys of cells are read from."""
    _, gelesen = _statements()
    return [*gelesen, *(("bevoelkerung", f"{name}_schluessel") for name in SCHLUESSELWUERFEL)]


def _statements() -> tuple[dict[str, SqlStep], set[Name]]:
    """The statements by the name of their table, and the tables they read that none of them writes."""
    je_name = {s.name: s for s in sql_steps() if s.schema == "bevoelkerung" and s.name in _WEG}
    return je_name, {q for s in je_name.values() for q in s.reads if q[1] not in je_name}


def read_cell_keys(ablage: Ablage, kommune: str) -> dict[tuple[date, Schluessel], int]:
    """(Stichtag, cell) → sum of keys, for every cell of a municipality.

    Raises: KonfigurationsFehler if an extract was counted before Cell-Key was chosen.
    """
    je_name, gelesen = _statements()
    wuerfel = [("bevoelkerung", name) for name in SCHLUESSELWUERFEL]
    with ablage.arbeitsdatenbank() as con:
        load_macros(con, [je_name[name].text for name in _WEG])
        register_views(ablage, con, sorted(gelesen - set(wuerfel)))
        for schema, name in wuerfel:
            dateien = [d for d in ablage.quelle(schema, f"{name}_schluessel") if d.stem.rsplit("_", 1)[0] == kommune]
            if not dateien:
                raise KonfigurationsFehler(
                    f"{kommune}/kommune.yaml, schutz.verfahren: Für »cellkey« fehlen die Schlüssel der Zellen. Die Auszüge "
                    "sind vor der Umstellung gezählt worden: `monitoring refresh --force` zählt sie neu."
                )
            con.execute(f"create view {schema}.{name} as from read_parquet({pfadliste(dateien)})")
        for name in _WEG:
            con.execute(f"create table bevoelkerung.{name} as {je_name[name].text}")
        return {
            (stichtag, Schluessel(*k)): summe
            for stichtag, *k, summe in con.execute(
                "select stichtag, art, profil, gebiet_id, geschlecht, altersgruppe, a, b, c, personen "
                "from bevoelkerung.zelle where kommune = ?",
                [kommune],
            ).fetchall()
        }


def schluessel_der_zellen(t: Tafel, stichtag: date, gelesen: dict[tuple[date, Schluessel], int]) -> dict[int, float]:
    """Number of every public cell → its key, 0 ≤ key < 1. A sum over cells (ages of an indicator) has the sum of their keys."""
    summen = {i: gelesen[stichtag, k] for i, k in enumerate(t.schluessel) if (stichtag, k) in gelesen}
    for glieder, unten in t.gleichungen:
        ganze = [i for i, f in glieder.items() if f == 1.0]
        teile = [i for i, f in glieder.items() if f == -1.0]
        if unten == 0 and len(ganze) == 1 and ganze[0] not in summen and all(i in summen for i in teile):
            summen[ganze[0]] = sum(summen[i] for i in teile)
    fehlend = [t.schluessel[i].art for i, o in enumerate(t.oeffentlich) if o and t.wert[i] and i not in summen]
    if fehlend:
        raise RuntimeError(f"{len(fehlend)} cells without a key, the first of kind {fehlend[0]}")
    return {i: summe % BEREICH / BEREICH for i, summe in summen.items()}
