"""The rules a register row can break: one bit each, as set in sql/melderegister/getippt.sql.

Belongs here: which bit means which column and which code, and the German words for it.
"""

from dataclasses import dataclass

from pipelines.foundation.findings import Code
from schemas.spalten.person import AUSZUGSSPALTEN


@dataclass(frozen=True)
class Zeilenregel:
    """One way a row is unusable. `spalte` is empty for the row as a whole."""

    bit: int
    spalte: str
    code: Code
    was: str
    erwartet: str = ""

    def sollwert(self) -> str:
        return self.erwartet or AUSZUGSSPALTEN[self.spalte].erwartet()


def _is_missing(bit: int, spalte: str) -> Zeilenregel:
    return Zeilenregel(bit, spalte, Code.pflichtfeld, "der Wert fehlt")


def _schluessel(bit: int, spalte: str) -> Zeilenregel:
    return Zeilenregel(bit, spalte, Code.schluessel_unbekannt, "der Schlüssel ist unbekannt")


def _datum(bit: int, spalte: str) -> Zeilenregel:
    return Zeilenregel(
        bit, spalte, Code.datum_unmoeglich, "das Datum ist unmöglich oder steht nicht in der verlangten Form"
    )


REGELN: tuple[Zeilenregel, ...] = (
    Zeilenregel(0, "", Code.feldzahl, "die Zeile hat eine andere Zahl von Feldern als die Kopfzeile",
                "so viele Felder wie in der Kopfzeile"),
    _is_missing(1, "pid"),
    _is_missing(2, "wohnungsstatus"),
    _schluessel(3, "wohnungsstatus"),
    _is_missing(4, "geschlecht"),
    _schluessel(5, "geschlecht"),
    _is_missing(6, "sta_1"),
    _schluessel(7, "sta_1"),
    _schluessel(8, "sta_2"),
    _schluessel(9, "sta_3"),
    _schluessel(10, "art_dt_sta"),
    _schluessel(11, "geburtsstaat"),
    _schluessel(12, "zuzug_staat"),
    _datum(13, "geburtsdatum"),
    _datum(14, "zuzug_datum_ausland"),
    _datum(15, "einzug_datum"),
    _datum(16, "auszug_datum"),
    _datum(17, "sterbe_datum"),
    Zeilenregel(18, "geburtsdatum", Code.datum_zukunft, "das Datum liegt in der Zukunft",
                "ein Tag nicht nach dem Datenstand der Lieferung"),
    Zeilenregel(19, "geburtsdatum", Code.datum_unmoeglich, "das Datum liegt über 130 Jahre zurück",
                "ein Geburtsjahr höchstens 130 Jahre vor dem Stichtag"),
    Zeilenregel(20, "sterbe_datum", Code.datum_reihenfolge, "das Sterbejahr liegt vor dem Geburtsjahr",
                "ein Tag nach der Geburt"),
    Zeilenregel(21, "auszug_datum", Code.datum_reihenfolge, "der Auszug liegt vor dem Einzug",
                "ein Tag nicht vor dem Einzug"),
    Zeilenregel(22, "elternteil_1_pid", Code.elternteil_selbst, "die Person ist ihr eigener Elternteil",
                "die pid eines Elternteils"),
    Zeilenregel(23, "elternteil_2_pid", Code.elternteil_selbst, "die Person ist ihr eigener Elternteil",
                "die pid eines Elternteils"),
    Zeilenregel(24, "sterbe_datum", Code.datum_zukunft, "das Datum liegt in der Zukunft",
                "ein Tag nicht nach dem Datenstand der Lieferung"),
)  # fmt: skip

# A row with another number of fields has its values in the wrong columns: only the first rule is reported for it.
NUR_FELDZAHL = 1
DOPPELT = Zeilenregel(
    63, "pid", Code.pid_doppelt, "die pid kommt mehrfach vor", "jede pid genau einmal je Auszug"
)  # fmt: skip
