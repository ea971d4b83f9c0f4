"""The register against a printed table of the same day, number by number.

Belongs here: what can be compared, what differs and where it stands. Does not belong here: which rows these are (load.py),
why nothing is compared (empty_sections.py).
"""

from dataclasses import dataclass

from pipelines.veroeffentlichung.bericht.content import (
    REGISTER,
    VERGLEICHSSPALTEN,
    Bericht,
)  # fmt: skip
from pipelines.veroeffentlichung.bericht.numbers import (
    Wert,
    anzahl,
    datum,
    ganz,
)  # fmt: skip
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow


def _zahl(n: int | None) -> Wert:
    return Wert(n, ganz(n)) if n is not None else Wert(None, "–", ("keine_daten",))


VERGLEICHSWORTE = dict(
    zip(VERGLEICHSSPALTEN, ("Einwohner:innen", "Ausländer:innen", "Personen mit Migrationshintergrund"), strict=True)
)


@dataclass(frozen=True)
class Vergleich:
    """Register against printed table: how many numbers were compared, the differences, all rows with their place.

    `erzeugt`: the compared extracts that are generated, as the published file names them; `zirkel`: from these very tables.
    """

    verglichen: int
    nicht_vergleichbar: int
    abweichungen: Tabelle | None
    zahl_abweichungen: int
    alle: Tabelle
    dateien: tuple[str, ...]
    erzeugt: tuple[str, ...] = ()
    zirkel: bool = False


def vergleich(bericht: Bericht) -> Vergleich | None:
    """Compare number by number; what either side does not publish cannot be compared."""
    if not bericht.vergleich:
        return None
    alle, anders, verglichen, offen = [], [], 0, 0
    for zeile in bericht.vergleich:
        paare = [(s, zeile[s], zeile[f"register_{s}"]) for s in VERGLEICHSSPALTEN]
        gueltig = [p for p in paare if p[1] is not None and p[2] is not None]
        verschieden = [p for p in gueltig if p[1] != p[2]]
        verglichen += len(gueltig)
        offen += len(paare) - len(gueltig)
        urteil = "verschieden" if verschieden else "gleich" if len(gueltig) == len(paare) else "nicht ganz vergleichbar"
        stelle = zeile["fundstelle"] or "–"
        alle.append(TableRow((zeile["gebiet"], datum(zeile["stichtag"]), *(anzahl(zeile, s) for s in VERGLEICHSSPALTEN), urteil,
                           stelle), summe=zeile["ist_kommune"]))  # fmt: skip
        for s, tabelle, register in verschieden:
            differenz = tabelle - register
            mit_vorzeichen = Wert(differenz, f"{'+' if differenz > 0 else ''}{ganz(differenz)}")
            anders.append(TableRow((zeile["gebiet"], datum(zeile["stichtag"]), VERGLEICHSWORTE[s], _zahl(register),
                                 _zahl(tabelle), mit_vorzeichen, stelle)))  # fmt: skip
    dateien = dict.fromkeys(
        f"{zeile['datei'] or zeile['quelle']} (Lieferung {zeile['lieferung_id']})" for zeile in bericht.vergleich
    )
    return Vergleich(
        verglichen, offen,
        Tabelle(
            "Abweichungen zwischen Register und Tabelle",
            ("Gebiet", "Stichtag", "Merkmal", "Register", "Tabelle", "Tabelle minus Register", "Fundstelle"),
            tuple(anders),
        ) if anders else None,
        len(anders),
        Tabelle(
            "Zahlen der gedruckten Tabelle, verglichen mit dem Register",
            ("Gebiet", "Stichtag", *VERGLEICHSWORTE.values(), "Vergleich mit dem Register", "Fundstelle"), tuple(alle),
        ),
        tuple(dateien),
        tuple(dict.fromkeys(
            zeile["register_herkunft"] or REGISTER
            for zeile in bericht.vergleich if zeile["register_lieferung"] in bericht.erzeugte
        )),
        any(zeile["zirkel"] for zeile in bericht.vergleich),
    )  # fmt: skip
