"""One delivery from file to secure zone, with its record: what assets, `refresh` and `check` share.

Belongs here: reading, remembering, and saying what was wrong. Does not belong here: Dagster and printing.
"""

from dataclasses import dataclass

from pipelines.ablage import Ablage
from pipelines.bevoelkerung.wuerfel import zaehle
from pipelines.eingang.lesen import untersuche
from pipelines.eingang.melderegister import lies_auszug
from pipelines.eingang.tabelle import lies_tabelle, schreibe_tabelle
from pipelines.fehler import Befund, Code, LieferungAbgewiesen, Schwere
from pipelines.kommune import Kommune
from pipelines.lieferung import zaehlstand, zaehlstand_datei
from pipelines.protokoll import Lieferung, Zeilenbilanz, schreibe_satz
from pipelines.pruefungen import merke_partition
from schemas.rahmen import Verletzung, pruefe_parquet
from schemas.tabellen import PERSONEN, TABELLEN


@dataclass(frozen=True)
class Ergebnis:
    """What became of one delivery. `bilanz` is None if the whole delivery was refused."""

    lieferung: Lieferung
    angenommen: bool
    bilanz: Zeilenbilanz
    befunde: tuple[Befund, ...]
    kodierung: str | None = None
    synthetisch: bool = False
    unbekanntes_gebiet: int = 0

    @property
    def fehler(self) -> list[Befund]:
        return [b for b in self.befunde if b.schwere is Schwere.fehler]


def verarbeite(
    ablage: Ablage, kommune: Kommune, lieferung: Lieferung, schreiben: bool = True, mit_werten: bool = False
) -> Ergebnis:
    """Read one delivery; with `schreiben` store it and its record, else only check."""
    try:
        ergebnis = (
            _register(ablage, kommune, lieferung, schreiben, mit_werten)
            if lieferung.art == "melderegister"
            else _tabelle(ablage, kommune, lieferung, schreiben)
        )
    except LieferungAbgewiesen as abweisung:
        datei = untersuche(lieferung.pfad)
        daten = max(datei.zeilen - 1, 0)
        ergebnis = Ergebnis(
            lieferung, False, Zeilenbilanz(daten, 0, 0, daten), abweisung.befunde,
            datei.kodierung if lieferung.art == "melderegister" else None,
        )  # fmt: skip
    if schreiben:
        schreibe_satz(
            ablage, lieferung, ergebnis.bilanz, list(ergebnis.befunde), ergebnis.kodierung, ergebnis.synthetisch,
            ergebnis.angenommen,
        )  # fmt: skip
    return ergebnis


def _register(ablage: Ablage, kommune: Kommune, lieferung: Lieferung, schreiben: bool, mit_werten: bool) -> Ergebnis:
    e = lies_auszug(
        ablage, kommune, lieferung.pfad, lieferung.stichtag, lieferung.datenstand,
        lieferung.partition if schreiben else None, mit_werten,
    )  # fmt: skip
    bilanz = Zeilenbilanz(e.gelesen, e.uebernommen, e.ausserhalb, e.abgewiesen)
    return Ergebnis(lieferung, True, bilanz, tuple(e.befunde), e.datei.kodierung, e.synthetisch, e.unbekanntes_gebiet)


def _tabelle(ablage: Ablage, kommune: Kommune, lieferung: Lieferung, schreiben: bool) -> Ergebnis:
    layout = next(t for t in kommune.angaben.quellen.tabellen if t.id == lieferung.quelle)
    e = lies_tabelle(ablage, kommune, layout, lieferung)
    if schreiben:
        schreibe_tabelle(ablage, lieferung, e)
    return Ergebnis(lieferung, True, e.bilanz, tuple(e.befunde), e.kodierung)


def zaehle_partition(ablage: Ablage, kommune: Kommune, stichtag_text: str) -> int:
    """Count the staged persons of one Stichtag under all definitions; returns the number of persons."""
    from datetime import date

    partition = f"{kommune.id}_{stichtag_text}"
    personen = zaehle(ablage, kommune, date.fromisoformat(stichtag_text), partition)
    stand = zaehlstand_datei(ablage, partition)
    with ablage.neu(stand) as neu:
        neu.write_text(zaehlstand(ablage, kommune))
    return personen


def schemabefunde(ablage: Ablage, name: str, partition: str) -> list[Befund]:
    """pandera over one partition of a person-level or cube table: rule, column and count, never a value.

    The result is remembered for the gate of publication.
    """
    tabelle = PERSONEN if name == "melderegister" else TABELLEN[f"bevoelkerung.{name}"]
    datei = ablage.tabelle(tabelle.schema, tabelle.name, partition)
    befunde = [_befund(v, partition) for v in pruefe_parquet(tabelle, datei)]
    doppelt = _doppelte(ablage, tabelle.schluessel, str(datei))
    if doppelt:
        befunde.append(_befund(Verletzung(", ".join(tabelle.schluessel), "eindeutig", doppelt, ()), partition))
    merke_partition(ablage, name, partition, befunde)
    return befunde


def _doppelte(ablage: Ablage, schluessel: tuple[str, ...], datei: str) -> int:
    con = ablage.verbindung()
    try:
        felder = ", ".join(schluessel)
        return int(
            con.execute(
                f"select count(*) from (select {felder} from read_parquet('{datei}') group by {felder} having count(*) > 1)"
            ).fetchall()[0][0]
        )
    finally:
        con.close()


def _befund(v: Verletzung, partition: str) -> Befund:
    return Befund(
        Code.schema, Schwere.fehler, partition, f"Spalte {v.spalte}", f"Regel »{v.regel}« verletzt",
        "Werte wie im Vokabular (schemas/)", anzahl=v.anzahl,
    )  # fmt: skip
